import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, HOME_LINK, outcomeOf } from '../cast.vectors.ts'
import { lteOrigin, realmOf, register } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { foreignProfileRemoval, judgeRemoval } from './dos-03.ts'

const detect = judgeRemoval
const DETECTOR = { ...foreignProfileRemoval, detect }

const REMOVALS: readonly Partial<SignallingEvent>[] = [
  { operation: 'deleteSubscriberData' },
  { operation: 'insertSubscriberData', barred: true },
]

function fromStranger({ stranger, home }: Cast, given: Partial<SignallingEvent>) {
  return signallingEvent({ callingGt: stranger.hlr, calledGt: home.vlr, subjectImsi: home.imsi, ...given })
}

test('fires when another network deletes or bars', () => {
  for (const cast of CASTS) {
    for (const given of REMOVALS) {
      const request = fromStranger(cast, given)
      assertFires(detect(request, cast.network), /takes services from another operator’s subscriber/, cast)
      assertJudgesRequestsOnly(DETECTOR, request, cast.network)
    }
  }
})

test('near misses: the home of the subscriber does it; a profile that bars nothing', () => {
  for (const cast of CASTS) {
    for (const given of REMOVALS) {
      const request = { ...fromStranger(cast, given), callingGt: cast.partner.hlr, subjectImsi: cast.partner.imsi }
      assert.equal(outcomeOf(detect(request, cast.network)), 'pass')
    }
    const plain = fromStranger(cast, { operation: 'insertSubscriberData' })
    assert.equal(outcomeOf(detect(plain, cast.network)), 'none')
  }
})

test('fires on a reset in the name of a register of another network', () => {
  for (const cast of CASTS) {
    for (const owner of [cast.home, cast.partner]) {
      const reset = fromStranger(cast, { operation: 'reset', subjectImsi: null, nodeAddress: owner.hlr })
      assertFires(
        detect(reset, cast.network),
        new RegExp(`in the name of the register ${owner.hlr} of ${owner.name}`),
        cast,
      )
      assertJudgesRequestsOnly(DETECTOR, reset, cast.network)
    }
  }
})

test('look-alikes: a register that restarts says so in its own name, at home and abroad', () => {
  for (const cast of CASTS) {
    for (const owner of [cast.home, cast.partner]) {
      const reset = signallingEvent({ operation: 'reset', callingGt: owner.hlr, nodeAddress: owner.scf })
      assert.equal(outcomeOf(detect(reset, cast.network)), 'pass')
    }
  }
})

test('says what it could not check, and tells by countries without a network file', () => {
  for (const cast of CASTS) {
    for (const given of REMOVALS) {
      assert.equal(outcomeOf(detect({ ...fromStranger(cast, given), subjectImsi: null }, cast.network)), 'unavailable')
      assert.equal(outcomeOf(detect({ ...fromStranger(cast, given), callingGt: null }, cast.network)), 'unavailable')
    }
  }
  const reset = signallingEvent({ operation: 'reset', callingGt: '33639980010', nodeAddress: '33639980011' })
  const cases: readonly [Partial<SignallingEvent>, string][] = [
    [{}, 'unavailable'],
    [{ nodeAddress: '353209100010' }, 'fail'],
    [{ nodeAddress: null }, 'unavailable'],
    [{ callingGt: null }, 'unavailable'],
  ]
  for (const [given, outcome] of cases) {
    assert.equal(outcomeOf(detect({ ...reset, ...given }, EMPTY_NETWORK)), outcome, JSON.stringify(given))
  }
})

test('S6a: the same of Delete-Subscriber-Data, a barring Insert-Subscriber-Data and Reset', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const named: readonly Partial<SignallingEvent>[] = [
      { operation: 'Delete-Subscriber-Data' },
      { operation: 'Insert-Subscriber-Data', barred: true },
      { operation: 'Reset' },
    ]
    for (const given of named) {
      const story = new Story()
      const about = { destinationRealm: realmOf(partner), imsi: home.imsi, ...given }
      story.request(0, given.operation ?? '', { ...lteOrigin(other, 'hss1'), ...about })
      story.request(1, given.operation ?? '', { ...lteOrigin(home, 'hss1'), ...about })
      const { account } = tell(foreignProfileRemoval, story, network)
      assert.deepEqual([account.failed, account.passed], [1, 1], given.operation ?? '')
    }
    const story = new Story()
    story.request(0, 'Insert-Subscriber-Data', { ...lteOrigin(other, 'hss1'), imsi: home.imsi })
    story.request(0, 'Reset', lteOrigin(partner, 'hss1'))
    story.request(0, 'Reset', { originRealm: 'hss.example' })
    story.request(0, 'Reset', { originHost: `hss1.${realmOf(other)}`, originRealm: realmOf(partner) })
    const { account, whys } = tell(foreignProfileRemoval, story, network)
    assert.deepEqual([account.checked, account.passed, account.failed], [3, 1, 1])
    assert.match(whys[0] ?? '', new RegExp(`${other.name}.* in the name of the realm .* of ${partner.name}`))
  }
})

test('fires on the reset of an unlisted network that has no guest here, once the guests are known', () => {
  // numbers of a country that no cast has
  const far = { plmn: '26201', hlr: '4917101234567' }
  for (const { home, partner, network } of CASTS.slice(0, 1)) {
    for (const { guests, ofFar, sender, fires } of [
      { guests: 25, ofFar: 0, sender: far.hlr, fires: 1 },
      { guests: 25, ofFar: 1, sender: far.hlr, fires: 0 },
      { guests: 5, ofFar: 0, sender: far.hlr, fires: 0 },
      { guests: 25, ofFar: 0, sender: partner.hlr, fires: 0 },
    ]) {
      const story = new Story()
      for (let i = 0; i < guests + ofFar; i++) {
        const imsi = i < guests ? partner.imsi.slice(0, -2) + String(30 + i) : `${far.plmn}0123456789`
        const leaves = { opc: HOME_LINK.pointCode, dpc: 2057, callingGt: home.vlr, calledGt: partner.hlr }
        story.invoke(i, 'updateLocation', { ...leaves, nodeAddress: home.vlr, imsi })
      }
      story.invoke(100, 'reset', { callingGt: sender, nodeAddress: sender, calledGt: home.vlr })
      const { whys } = tell(foreignProfileRemoval, story, network)
      assert.equal(whys.length, fires)
      if (fires > 0) assert.match(whys[0] ?? '', /has no guest here, sent reset/)
    }
  }
})

test('fires on removals from many guests at once and resets repeated to one node, not on a restart', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const remove = (story: Story, count: number, spacing: number) => {
      for (let i = 0; i < count; i++) {
        const imsi = partner.imsi.slice(0, -3) + String(i % 1000).padStart(3, '0')
        const route = { callingGt: partner.hlr, calledGt: home.vlr }
        story.invoke(i * spacing, 'deleteSubscriberData', { ...route, imsi })
      }
    }
    const burst = new Story()
    remove(burst, 310, 0.5)
    const told = tell(foreignProfileRemoval, burst, network)
    assert.equal(told.account.failed, 10)
    assertFires(told.detections[0]?.suspicion ?? null, /301 requests that take services .* within 10 minutes/, cast)
    const slow = new Story()
    remove(slow, 310, 10)
    assert.equal(tell(foreignProfileRemoval, slow, network).account.failed, 0)

    for (const { tcap, failed } of [
      { tcap: 'begin', failed: 10 },
      { tcap: 'continue', failed: 0 },
    ] as const) {
      const arriving = new Story()
      for (let i = 0; i < 310; i++) {
        const imsi = partner.imsi.slice(0, -3) + String(i).padStart(3, '0')
        const route = { callingGt: partner.hlr, calledGt: home.vlr, tcap }
        arriving.invoke(i * 0.5, 'insertSubscriberData', { ...route, imsi, barred: true })
      }
      assert.equal(tell(foreignProfileRemoval, arriving, network).account.failed, failed)
    }

    const reset = { callingGt: partner.hlr, nodeAddress: partner.hlr }
    const repeated = new Story()
    for (let i = 0; i < 6; i++) repeated.invoke(i, 'reset', { ...reset, calledGt: home.vlr })
    assert.equal(tell(foreignProfileRemoval, repeated, network).account.failed, 1)
    const restart = new Story()
    for (let i = 0; i < 50; i++) restart.invoke(i, 'reset', { ...reset, calledGt: home.prefix + String(i + 100) })
    assert.equal(tell(foreignProfileRemoval, restart, network).account.failed, 0)
    const ours = new Story()
    for (let i = 0; i < 50; i++)
      ours.invoke(i, 'reset', { callingGt: home.hlr, nodeAddress: home.hlr, calledGt: partner.vlr })
    assert.equal(tell(foreignProfileRemoval, ours, network).account.failed, 0)
  }
})

test('services taken away as the subscriber may: by the network that serves it they pass, by another they fire', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    for (const operation of ['eraseSS', 'deactivateSS', 'registerPassword']) {
      const story = new Story()
      register(story, 0, partner, home)
      story.invoke(60, operation, { callingGt: other.vlr, calledGt: home.hlr, imsi: home.imsi })
      story.invoke(61, operation, { callingGt: partner.vlr, calledGt: home.hlr, imsi: home.imsi })
      const { detections, account } = tell(foreignProfileRemoval, story, network)
      assert.deepEqual([account.passed, account.failed], [1, 1])
      assertFires(detections[0]?.suspicion ?? null, /changes services as the subscriber may/, cast)
    }
  }
})
