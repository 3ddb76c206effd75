import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { addressScan } from './idn-06.ts'

let transaction = 0

function begin(
  { home }: Cast,
  story: Story,
  seconds: number,
  from: string,
  to: string,
  given: Partial<SignallingEvent> = {},
) {
  const otid = (++transaction).toString(16).padStart(8, '0')
  const route = { callingGt: from, calledGt: to, otid, imsi: home.imsi }
  return story.invoke(seconds, 'provideSubscriberInfo', { ...route, ...given })
}

const returned = (story: Story, seconds: number, request: SignallingEvent): SignallingEvent =>
  story.result(seconds, request, { kind: 'reject', tcap: 'begin', otid: request.otid })

const nodeOf = ({ home }: Cast, i: number): string => `${home.prefix}${String(i).padStart(4, '0')}7`

/** Ordinary requests that are answered. */
function traffic(cast: Cast, story: Story, seconds: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const request = begin(cast, story, seconds + i, cast.partner.hlr, nodeOf(cast, i % 5))
    story.result(seconds + i + 0.2, request, { dtid: request.otid })
  }
}

test('fires on a source whose requests to many addresses are returned, as one finding', () => {
  for (const cast of CASTS) {
    const story = new Story()
    traffic(cast, story, 0, 10)
    for (let i = 0; i < 40; i++) {
      const request = begin(cast, story, 20 + i, cast.stranger.scf, nodeOf(cast, i))
      if (i % 10 === 7) story.result(20.2 + i, request, { dtid: request.otid })
      else returned(story, 20.2 + i, request)
    }
    const { detections } = tell(addressScan, story, cast.network)
    assert.ok(detections.length >= 20)
    assert.ok(detections.every(({ event }) => event.callingGt === cast.stranger.scf && event.subjectImsi === null))
    assertFires(detections[0]?.suspicion ?? null, /requests to at least 15 addresses/, cast)
  }
})

test('fires on begins with nothing in them, unless dialogues go on', () => {
  for (const cast of CASTS) {
    for (const outcome of ['returned', 'goes on', 'aborted'] as const) {
      const story = new Story()
      traffic(cast, story, 0, 10)
      for (let i = 0; i < 40; i++) {
        const [from, to] = [cast.stranger.scf, nodeOf(cast, i)]
        const otid = (++transaction).toString(16).padStart(8, '0')
        const empty = { operation: null, tcap: 'begin', callingGt: from, calledGt: to, otid, imsi: null } as const
        story.add(20 + i, { ...empty, kind: 'dialogue' })
        const back = { operation: null, callingGt: to, calledGt: from, imsi: null } as const
        if (outcome === 'returned') story.add(20.2 + i, { ...back, kind: 'reject', tcap: 'begin', otid })
        else if (outcome === 'aborted') story.add(20.2 + i, { ...back, kind: 'abort', tcap: 'abort', dtid: otid })
        else story.add(20.2 + i, { ...back, kind: 'dialogue', tcap: 'continue', dtid: otid })
      }
      assert.equal(tell(addressScan, story, cast.network).detections.length > 0, outcome !== 'goes on', outcome)
    }
  }
})

test('fires on the subsystems of one node tried one after the other', () => {
  for (const cast of CASTS) {
    for (const { subsystems, fires } of [
      { subsystems: 30, fires: true },
      { subsystems: 3, fires: false },
    ]) {
      const story = new Story()
      traffic(cast, story, 0, 10)
      for (let i = 0; i < 40; i++) {
        const given = { calledSsn: 5 + (i % subsystems) }
        returned(story, 20.2 + i, begin(cast, story, 20 + i, cast.stranger.scf, cast.home.hlr, given))
      }
      assert.equal(tell(addressScan, story, cast.network).detections.length > 0, fires)
    }
  }
})

test('fires where nobody answers, on links that show answers', () => {
  for (const cast of CASTS) {
    const story = new Story()
    traffic(cast, story, 0, 10)
    for (let i = 0; i < 30; i++) begin(cast, story, 20 + i, cast.stranger.scf, nodeOf(cast, i))
    traffic(cast, story, 200, 10)
    assert.ok(tell(addressScan, story, cast.network).detections.length >= 10)
  }
})

test('Diameter: hosts and realms that no agent finds', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  const origin = {
    originHost: 'mme.epc.mnc001.mcc240.3gppnetwork.org',
    originRealm: 'epc.mnc001.mcc240.3gppnetwork.org',
  }
  for (let i = 0; i < 30; i++) {
    const to = { destinationHost: `hss${i}.epc.mnc001.mcc001.3gppnetwork.org`, applicationId: 16777251 }
    story.answer(i + 0.1, story.request(i, 'Authentication-Information', { ...origin, ...to }), { resultCode: 3002 })
  }
  assert.ok(tell(addressScan, story, cast.network).detections.length > 0)
})

test('near misses: few addresses, one that is down, errors of nodes that exist', () => {
  for (const cast of CASTS) {
    const story = new Story()
    traffic(cast, story, 0, 10)
    for (let i = 0; i < 40; i++) {
      returned(story, 20.3 + i, begin(cast, story, 20 + i, cast.stranger.scf, nodeOf(cast, i % 4)))
      const request = begin(cast, story, 20.5 + i, cast.stranger.hlr, nodeOf(cast, i))
      story.result(20.7 + i, request, { errorCode: 1, dtid: request.otid })
    }
    assert.deepEqual(tell(addressScan, story, cast.network).detections, [])
  }
})

test('look-alikes: routing by the subscriber’s number, a dialogue that goes on, our own tests, answers out of sight', () => {
  for (const cast of CASTS) {
    const { home, stranger, partner, network } = cast
    const story = new Story()
    traffic(cast, story, 0, 10)
    for (let i = 0; i < 40; i++) {
      const msisdn = nodeOf(cast, i)
      returned(story, 20.1 + i, begin(cast, story, 20 + i, stranger.vlr, msisdn, { imsi: null, msisdn }))
      const slow = begin(cast, story, 20.2 + i, partner.vlr, nodeOf(cast, i))
      story.add(20.3 + i, {
        kind: 'dialogue',
        tcap: 'continue',
        dtid: slow.otid,
        callingGt: slow.calledGt,
        calledGt: slow.callingGt,
      })
      returned(story, 20.5 + i, begin(cast, story, 20.4 + i, home.vlr, nodeOf(cast, i)))
      begin(cast, story, 20.6 + i, stranger.hlr, nodeOf(cast, i), { opc: 77, dpc: 78 })
    }
    traffic(cast, story, 500, 10)
    assert.deepEqual(tell(addressScan, story, network).detections, [])
  }
})

test('says what it could not check: the requests of everybody fail', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  for (let i = 0; i < 60; i++) {
    for (const from of [cast.partner.hlr, cast.stranger.scf, cast.other.hlr, cast.partner.scf, cast.other.scf]) {
      returned(story, i + 0.2, begin(cast, story, i, from, nodeOf(cast, i)))
    }
  }
  const { detections, unavailable } = tell(addressScan, story, cast.network)
  assert.equal(detections.length, 0)
  assert.ok((unavailable['the requests of most sources fail'] ?? 0) > 0)
  assert.equal(tell(addressScan, { events: [] }, EMPTY_NETWORK).account.checked, 0)
})

test('a search of one source among much that it asks of known nodes', () => {
  for (const cast of CASTS) {
    const story = new Story()
    const from = cast.stranger.scf
    for (let i = 0; i < 90; i++) {
      const request = begin(cast, story, i, from, nodeOf(cast, i % 3))
      story.result(i + 0.2, request, { dtid: request.otid })
    }
    for (let i = 0; i < 30; i++) returned(story, 100.3 + i, begin(cast, story, 100 + i, from, nodeOf(cast, 50 + i)))
    const { detections } = tell(addressScan, story, cast.network)
    assert.ok(detections.length > 0)
    assertFires(detections[0]?.suspicion ?? null, /addresses where they were returned/, cast)
    // where as many live, some of them are down
    const pool = new Story()
    for (let i = 0; i < 90; i++) {
      const request = begin(cast, pool, i, from, nodeOf(cast, i))
      if (i % 3 === 0) returned(pool, i + 0.2, request)
      else pool.result(i + 0.2, request, { dtid: request.otid })
    }
    assert.deepEqual(tell(addressScan, pool, cast.network).detections, [])
  }
})
