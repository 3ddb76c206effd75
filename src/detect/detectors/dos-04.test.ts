import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { register } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { requestFlood } from './dos-04.ts'

const OPERATION = 'sendAuthenticationInfo'
const FLOOD_AT = 20 * 60

function imsiOf({ home }: Cast, serial: number): string {
  return home.imsi.slice(0, -4) + String(serial).padStart(4, '0')
}

/** Ten sources send a few requests a minute for twenty minutes. */
function normal(story: Story, cast: Cast, operation = OPERATION): void {
  for (let minute = 0; minute < 20; minute++) {
    for (let source = 0; source < 10; source++) {
      for (let i = 0; i < 5 + (source % 3); i++) ask(story, minute * 60 + i, cast, source, { operation })
    }
  }
}

function ask(story: Story, seconds: number, cast: Cast, source: number, given: Partial<SignallingEvent> = {}): void {
  const { partner, home } = cast
  const route = { callingGt: `${partner.prefix}${5 + (source % 5)}${source}`, calledGt: home.hlr }
  story.invoke(seconds, given.operation ?? OPERATION, { ...route, imsi: imsiOf(cast, source), ...given })
}

function flood(story: Story, cast: Cast, count: number, callingGt: string, given: Partial<SignallingEvent> = {}): void {
  for (let i = 0; i < count; i++) {
    story.invoke(FLOOD_AT + (i * 50) / count, given.operation ?? OPERATION, {
      callingGt,
      calledGt: cast.home.hlr,
      imsi: imsiOf(cast, i % 7),
      ...given,
    })
  }
}

test('fires on a source that sends many times what it, or for a new one anybody, usually does', () => {
  for (const cast of CASTS) {
    for (const callingGt of [cast.other.scf, `${cast.partner.prefix}50`]) {
      const story = new Story()
      normal(story, cast)
      flood(story, cast, 400, callingGt)
      const { detections } = tell(requestFlood, story, cast.network)
      assert.ok(detections.length >= 100 && detections.length <= 281, String(detections.length))
      assert.ok(detections.every(({ event }) => event.callingGt === callingGt))
      assertFires(detections[0]?.suspicion ?? null, /400 requests sendAuthenticationInfo within 60 seconds/, cast)
    }
  }
})

test('a flood that begins at the end of a window does not become usual', () => {
  for (const cast of CASTS) {
    const story = new Story()
    normal(story, cast)
    for (let i = 0; i < 600; i++) {
      const about = { callingGt: cast.other.scf, calledGt: cast.home.hlr, imsi: imsiOf(cast, i % 7) }
      story.invoke(FLOOD_AT + 42 + i * 0.15, OPERATION, about)
    }
    assert.ok(tell(requestFlood, story, cast.network).account.failed > 200)
  }
})

test('near misses: under the floor, and what is usual for the source', () => {
  for (const cast of CASTS) {
    const few = new Story()
    normal(few, cast)
    flood(few, cast, 119, cast.other.scf)
    assert.equal(tell(requestFlood, few, cast.network).account.failed, 0)
    const usual = new Story()
    for (let minute = 0; minute < 21; minute++) {
      for (let i = 0; i < 200 + minute * 8; i++) ask(usual, minute * 60 + i / 8, cast, 1)
    }
    assert.equal(tell(requestFlood, usual, cast.network).account.failed, 0)
  }
})

test('look-alikes: recovery of many, a switch that restarts, bulk messages, our own nodes', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const recovery = new Story()
    normal(recovery, cast)
    for (let i = 0; i < 150; i++)
      for (let source = 0; source < 6; source++) ask(recovery, FLOOD_AT + i / 4, cast, source)
    assert.equal(tell(requestFlood, recovery, network).account.failed, 0)

    const restart = new Story()
    for (let i = 0; i < 300; i++) register(restart, i, other, { ...home, imsi: imsiOf(cast, i) })
    normal(restart, cast)
    for (let i = 0; i < 300; i++) {
      const about = { callingGt: other.vlr, calledGt: home.hlr, imsi: imsiOf(cast, i) }
      restart.invoke(FLOOD_AT + i / 6, OPERATION, about)
    }
    restart.events.sort((a, b) => a.timeUs - b.timeUs)
    assert.equal(tell(requestFlood, restart, network).account.failed, 0)

    const bulk = new Story()
    normal(bulk, cast, 'mt-ForwardSM')
    normal(bulk, cast, 'sendRoutingInfoForSM')
    bulk.events.sort((a, b) => a.timeUs - b.timeUs)
    for (let i = 0; i < 400; i++) {
      const route = { callingGt: partner.scf, calledGt: home.vlr }
      bulk.invoke(FLOOD_AT + i / 8, 'sendRoutingInfoForSM', { ...route, imsi: imsiOf(cast, i) })
      bulk.invoke(FLOOD_AT + i / 8 + 0.01, 'mt-ForwardSM', { ...route, imsi: imsiOf(cast, i) })
    }
    assert.equal(tell(requestFlood, bulk, network).account.failed, 0)

    const ours = new Story()
    normal(ours, cast)
    flood(ours, cast, 400, home.scf)
    assert.equal(tell(requestFlood, ours, network).account.failed, 0)
  }
})

test('bulk to one subscriber, and routing requests without delivery, are floods', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  for (const given of [{ operation: 'mt-ForwardSM', imsi: imsiOf(cast, 1) }, { operation: 'sendRoutingInfoForSM' }]) {
    const story = new Story()
    normal(story, cast, given.operation)
    flood(story, cast, 400, cast.other.scf, given)
    assert.ok(tell(requestFlood, story, cast.network).account.failed > 100, given.operation)
  }
})

test('at the begin of a capture nothing is usual yet', () => {
  for (const cast of CASTS) {
    const story = new Story()
    for (let i = 0; i < 400; i++) ask(story, i / 8, cast, 1)
    const { account, unavailable } = tell(requestFlood, story, cast.network)
    assert.equal(account.failed, 0)
    assert.deepEqual(Object.keys(unavailable), ['the usual rate is not known yet'])
  }
})

test('a flood about many is a finding about none of them, one aimed at somebody about them', () => {
  for (const cast of CASTS) {
    const many = new Story()
    normal(many, cast)
    for (let i = 0; i < 400; i++) {
      const about = { callingGt: cast.other.scf, calledGt: cast.home.hlr, imsi: imsiOf(cast, i) }
      many.invoke(FLOOD_AT + i / 8, OPERATION, about)
    }
    const { detections } = tell(requestFlood, many, cast.network)
    assert.ok(detections.length >= 100)
    assert.ok(detections.every(({ suspicion }) => suspicion.ofSource === 'episode'))
    const one = new Story()
    normal(one, cast)
    flood(one, cast, 400, cast.other.scf, { imsi: imsiOf(cast, 3) })
    const aimed = tell(requestFlood, one, cast.network).detections
    assert.ok(aimed.length >= 100 && aimed.every(({ suspicion }) => suspicion.ofSource === undefined))
  }
})

test('look-alike: the profiles that one register sends behind the registrations of many networks', () => {
  for (const cast of CASTS) {
    for (const tcap of ['continue', 'begin'] as const) {
      const story = new Story()
      normal(story, cast)
      flood(story, cast, 400, cast.partner.hlr, { operation: 'insertSubscriberData', tcap })
      const { detections } = tell(requestFlood, story, cast.network)
      assert.equal(detections.length > 0, tcap === 'begin')
    }
  }
})
