import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { identityEnumeration } from './idn-04.ts'

/** What makes 40 numbers that follow no order. */
const SCATTERED = Array.from({ length: 40 }, (_, i) => 100 + ((i * 377) % 800))

function ask({ home }: Cast, story: Story, seconds: number, from: string, serial: number, errorCode: number | null) {
  const imsi = `${home.plmn}${String(serial).padStart(15 - home.plmn.length, '0')}`
  const msisdn = `${home.prefix.slice(0, 5)}${String(serial).padStart(7, '0')}`
  const request = story.invoke(seconds, 'sendRoutingInfoForSM', { callingGt: from, calledGt: home.hlr, msisdn })
  story.result(seconds + 0.2, request, errorCode === null ? { imsi, nodeAddress: home.vlr } : { errorCode })
  return imsi
}

function deliver({ home }: Cast, story: Story, seconds: number, from: string, imsi: string): void {
  story.invoke(seconds, 'mt-ForwardSM', { callingGt: from, calledGt: home.vlr, imsi })
}

function delivery(cast: Cast, story: Story, seconds: number, serial: number, from = cast.partner.vlr): void {
  deliver(cast, story, seconds + 1, from, ask(cast, story, seconds, from, serial, null))
}

test('fires once for a source that asks about numbers one behind the other', () => {
  for (const cast of CASTS) {
    for (const direction of [1, -2]) {
      const story = new Story()
      delivery(cast, story, 0, 5)
      for (let i = 0; i < 30; i++)
        ask(cast, story, 10 + 5 * i, cast.stranger.vlr, 500 + direction * i, i % 3 === 0 ? 1 : null)
      story.call(1000, '99988877')
      const { detections } = tell(identityEnumeration, story, cast.network)
      assert.ok(detections.length > 0)
      assert.ok(detections.every(({ event }) => event.subjectImsi === null && event.subjectMsisdn === null))
      assert.ok(detections.every(({ event }) => event.callingGt === cast.stranger.vlr))
      assertFires(detections[0]?.suspicion ?? null, /one behind the other/, cast)
    }
  }
})

test('fires where the register knows few of many', () => {
  for (const cast of CASTS) {
    const story = new Story()
    SCATTERED.forEach((serial, i) => {
      ask(cast, story, 5 * i, cast.stranger.vlr, serial, i % 4 === 0 ? null : 1)
    })
    const { detections } = tell(identityEnumeration, story, cast.network)
    assert.ok(detections.length > 5)
    assertFires(detections[0]?.suspicion ?? null, /did not know \d+/, cast)
  }
})

test('near misses: few numbers, a short sequence, one number again and again', () => {
  for (const cast of CASTS) {
    const story = new Story()
    delivery(cast, story, 0, 5)
    for (let i = 0; i < 6; i++) ask(cast, story, 10 + i, cast.stranger.vlr, 500 + i, null)
    for (let i = 0; i < 12; i++) ask(cast, story, 30 + i, cast.stranger.scf, 900, 1)
    for (let i = 0; i < 10; i++) ask(cast, story, 60 + i, cast.other.vlr, SCATTERED[i] ?? 0, 1)
    story.call(1000, '99988877')
    assert.deepEqual(tell(identityEnumeration, story, cast.network).detections, [])
  }
})

test('look-alikes: bulk messages in sequence, an old list of numbers, a fleet that registers, our own', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    for (let i = 0; i < 40; i++) delivery(cast, story, 5 * i, 500 + i)
    SCATTERED.forEach((serial, i) => {
      const imsi = ask(cast, story, 300 + 5 * i, other.vlr, serial, i % 5 === 0 ? 1 : null)
      deliver(cast, story, 301 + 5 * i, other.vlr, imsi)
    })
    for (let i = 0; i < 40; i++) {
      const imsi = `${home.plmn}${String(i).padStart(15 - home.plmn.length, '0')}`
      const route = { callingGt: partner.scf, calledGt: home.hlr, imsi }
      story.result(600.5 + 2 * i, story.invoke(600 + 2 * i, 'sendAuthenticationInfo', route))
      story.result(601.5 + 2 * i, story.invoke(601 + 2 * i, 'updateLocation', { ...route, nodeAddress: partner.scf }))
      ask(cast, story, 700 + i, home.vlr, 300 + i, null)
    }
    story.events.sort((a, b) => a.timeUs - b.timeUs)
    const { detections } = tell(identityEnumeration, story, network)
    assert.deepEqual(detections, [])
  }
})

test('says what it could not check: a capture without deliveries', () => {
  for (const cast of CASTS) {
    const story = new Story()
    for (let i = 0; i < 20; i++) ask(cast, story, 10 * i, cast.partner.vlr, 500 + i, null)
    const { detections, unavailable } = tell(identityEnumeration, story, cast.network)
    assert.deepEqual(detections, [])
    assert.ok(Object.keys(unavailable).length === 1)
  }
})

test('Diameter: authentication data of one IMSI after the other', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  const realms = {
    originRealm: 'epc.mnc001.mcc240.3gppnetwork.org',
    destinationRealm: 'epc.mnc001.mcc001.3gppnetwork.org',
  }
  for (let i = 0; i < 20; i++) {
    const route = {
      ...realms,
      originHost: `mme.${realms.originRealm}`,
      imsi: `00101${String(4000 + i).padStart(10, '0')}`,
    }
    story.answer(10 * i + 0.1, story.request(10 * i, 'Authentication-Information', route), { resultCode: 5001 })
  }
  assert.ok(tell(identityEnumeration, story, cast.network).detections.length > 0)
})

test('more sources than are remembered', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  for (let i = 0; i < 5000; i++)
    ask(cast, story, i / 100, `4670174${String(i).padStart(5, '0')}`, 500 + (i % 7) * 30, 1)
  assert.deepEqual(tell(identityEnumeration, story, cast.network).detections, [])
})
