import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast, type Party } from '../cast.vectors.ts'
import { testHomeOnly } from '../category-cases.vectors.ts'
import { farFrom, lteOrigin, realmOf, register, registerLte } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { foreignCancelLocation, judgeCancellation } from './dos-01.ts'

testHomeOnly(
  { ...foreignCancelLocation, detect: judgeCancellation },
  'cancelLocation',
  /takes another operator’s subscriber off the network/,
)

/** The home register, or who calls itself that, has a VLR forget the phone of home. */
function cancel(story: Story, seconds: number, { home }: Cast, vlr: string, given: Partial<SignallingEvent> = {}) {
  return story.invoke(seconds, 'cancelLocation', { callingGt: home.hlr, calledGt: vlr, imsi: home.imsi, ...given })
}

test('Cancel-Location of S6a: from another network it fires, from the home it passes', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    const to = { destinationHost: `mme1.${realmOf(partner)}`, destinationRealm: realmOf(partner), imsi: home.imsi }
    story.request(0, 'Cancel-Location', { ...lteOrigin(other, 'hss1'), ...to })
    story.request(1, 'Cancel-Location', { ...lteOrigin(home, 'hss1'), ...to })
    const { detections, account } = tell(foreignCancelLocation, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /Cancel-Location .*takes another operator’s subscriber/, cast)
    assert.deepEqual([account.checked, account.passed], [2, 1])
  }
})

test('fires on a cancellation in the home’s name that comes before a move nobody can make', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    for (const known of [true, false]) {
      const story = new Story()
      if (known) register(story, 0, partner, home)
      const forged = cancel(story, 3600, cast, partner.vlr)
      const move = register(story, 3720, farFrom(cast), home)
      const { detections, account } = tell(foreignCancelLocation, story, network)
      assert.deepEqual(
        detections.map(({ event }) => event),
        [forged],
      )
      assertFires(detections[0]?.suspicion ?? null, /before anyone had asked .* 2 minutes later/, cast)
      assert.equal(detections[0]?.suspicion.answerGoesElsewhere, true)
      assert.deepEqual(detections[0]?.suspicion.proof, [move])
      assert.equal(account.checked, 1)
    }
  }
})

test('look-alikes: the usual order, a late move, the same network again, home, a stale node, a refused move', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const far = farFrom(cast)
    const stories: readonly ((story: Story) => void)[] = [
      (story) => {
        const request = story.invoke(3600, 'updateLocation', {
          callingGt: far.vlr,
          nodeAddress: far.vlr,
          imsi: home.imsi,
        })
        cancel(story, 3600.2, cast, partner.vlr)
        story.result(3600.5, request)
      },
      (story) => {
        cancel(story, 3600, cast, partner.vlr)
        register(story, 3600 * 48, far, home)
      },
      (story) => {
        cancel(story, 3600, cast, partner.vlr)
        register(story, 3660, partner, home)
        register(story, 3600 * 48, far, home)
      },
      (story) => {
        cancel(story, 3600, cast, partner.vlr)
        register(story, 3660, home, home)
      },
      (story) => {
        register(story, 3600 * 48, far, home)
        cancel(story, 3600 * 49, cast, partner.vlr)
        registerLte(story, 3600 * 49 + 60, far, home)
      },
      (story) => {
        cancel(story, 3600, cast, partner.vlr)
        register(story, 3660, far, home, {}, { kind: 'error', errorCode: 8 })
      },
      (story) => cancel(story, 3600, cast, partner.vlr),
    ]
    for (const [index, then] of stories.entries()) {
      const story = new Story()
      register(story, 0, partner, home)
      then(story)
      const { account } = tell(foreignCancelLocation, story, network)
      assert.deepEqual([account.failed, account.passed], [0, 1], String(index))
    }
  }
})

test('beyond the bound the oldest gives way, and every cancellation is judged once', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  const many = 17_000
  for (let i = 0; i < many; i++) {
    const guest: Party = { ...cast.home, imsi: `00101${String(i).padStart(10, '0')}` }
    cancel(story, i / 100, cast, cast.partner.vlr, { imsi: guest.imsi })
  }
  const { account } = tell(foreignCancelLocation, story, cast.network)
  assert.deepEqual([account.checked, account.passed], [many, many])
})

test('Registration-Termination: from another network it fires, from our own register it passes', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    const to = { destinationRealm: realmOf(home), applicationId: 16777216, imsi: home.imsi }
    story.request(0, 'Registration-Termination', { ...lteOrigin(partner, 'hss1'), ...to })
    story.request(1, 'Registration-Termination', { ...lteOrigin(home, 'hss1'), ...to })
    const { detections, account } = tell(foreignCancelLocation, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /Registration-Termination .*ends a registration/, cast)
    assert.deepEqual([account.checked, account.passed], [2, 1])
  }
})
