import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { lteOrigin, realmOf, register, registerLte } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { foreignPurge } from './dos-02.ts'

function purge(story: Story, { home }: Cast, callingGt: string, given: Partial<SignallingEvent> = {}) {
  return story.invoke(3600, 'purgeMS', { callingGt, callingSsn: 7, calledGt: home.hlr, imsi: home.imsi, ...given })
}

test('fires when another network purges, in its own name or that of the serving node', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const confidences: number[] = []
    for (const nodeAddress of [partner.vlr, other.vlr]) {
      const story = new Story()
      register(story, 0, partner, home)
      purge(story, cast, other.vlr, { nodeAddress })
      const { detections } = tell(foreignPurge, story, network)
      assert.equal(detections.length, 1)
      const suspicion = detections[0]?.suspicion ?? null
      assertFires(suspicion, new RegExp(`${other.vlr}.*which ${partner.vlr} of ${partner.name}.* serves`), cast)
      confidences.push(suspicion?.confidence.value ?? 0)
    }
    assert.ok((confidences[0] ?? 0) > (confidences[1] ?? 1))
    const story = new Story()
    registerLte(story, 0, partner, home)
    story.request(3600, 'Purge-UE', { ...lteOrigin(other), imsi: home.imsi })
    assertFires(tell(foreignPurge, story, network).detections[0]?.suspicion ?? null, /Purge-UE/, cast)
  }
})

test('look-alikes: the serving node, another of its operator, a pool, the node before, home', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const stories: readonly ((story: Story) => void)[] = [
      (story) => purge(story, cast, partner.vlr, { nodeAddress: partner.vlr }),
      (story) => purge(story, cast, partner.hlr, { nodeAddress: partner.vlr }),
      (story) => purge(story, cast, home.vlr),
      (story) => {
        register(story, 60, other, home)
        purge(story, cast, partner.vlr, { nodeAddress: partner.vlr })
      },
      (story) => {
        registerLte(story, 60, partner, home)
        story.request(3600, 'Purge-UE', { ...lteOrigin(partner, 'mme7'), imsi: home.imsi })
      },
    ]
    for (const [index, then] of stories.entries()) {
      const story = new Story()
      register(story, 0, partner, home)
      then(story)
      const { account } = tell(foreignPurge, story, network)
      assert.deepEqual([account.failed, account.passed], [0, 1], String(index))
    }
  }
})

test('says what it could not check: no state, the other domain alone, no origin', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    purge(story, cast, other.vlr)
    registerLte(story, 1, partner, home)
    purge(story, cast, other.vlr)
    purge(story, cast, other.vlr, { callingSsn: null })
    purge(story, cast, other.vlr, { callingGt: null })
    purge(story, cast, other.vlr, { imsi: null })
    const { account, unavailable } = tell(foreignPurge, story, network)
    assert.deepEqual(unavailable, {
      'where the subscriber is served is not known': 3,
      'the request names no origin': 1,
      'the IMSI of the subscriber is not known': 1,
    })
    assert.equal(account.failed, 0)
  }
})

test('reports on a phone: from the network that serves it they pass, from another they fire', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    register(story, 0, partner, home)
    registerLte(story, 5, partner, home)
    for (const [i, operation] of ['readyForSM', 'noteMM-Event'].entries()) {
      story.invoke(60 + i, operation, { callingGt: other.vlr, calledGt: home.hlr, imsi: home.imsi })
      story.invoke(70 + i, operation, { callingGt: partner.vlr, calledGt: home.hlr, imsi: home.imsi })
    }
    for (const party of [other, partner]) {
      story.request(80, 'Notify', { ...lteOrigin(party), destinationRealm: realmOf(home), imsi: home.imsi })
    }
    const { detections } = tell(foreignPurge, story, network)
    assert.equal(detections.length, 3)
    assertFires(detections[0]?.suspicion ?? null, /tells its home what only the serving node knows/, cast)
  }
})
