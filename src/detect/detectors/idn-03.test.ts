import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast, networkOf, type Party } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { vectorsWithoutRegistration } from './idn-03.ts'

const HOUR = 3600

function fetch(story: Story, { home }: Cast, seconds: number, from: string, imsi = home.imsi) {
  const route = { callingGt: from, callingSsn: 7, calledGt: home.hlr, calledSsn: 6 }
  const request = story.invoke(seconds, 'sendAuthenticationInfo', { ...route, imsi })
  story.result(seconds + 0.2, request, { vectors: 5 })
}

function register(story: Story, { home }: Cast, seconds: number, from: string, imsi = home.imsi): void {
  const route = { callingGt: from, callingSsn: 7, calledGt: home.hlr, calledSsn: 6, nodeAddress: from }
  const request = story.invoke(seconds, 'updateLocation', { ...route, imsi })
  story.result(seconds + 0.5, request)
}

/** Our subscriber attaches with a partner. */
function attach(story: Story, cast: Cast, seconds: number, who: Party = cast.partner, imsi = cast.home.imsi): void {
  fetch(story, cast, seconds, who.vlr, imsi)
  register(story, cast, seconds + 2, who.vlr, imsi)
}

/** In these the partner, the other and the stranger are of different countries. */
const [FIRST, SECOND] = CASTS
assert.ok(FIRST !== undefined && SECOND !== undefined)

test('fires when somebody who registers nobody fetches vectors of a phone that is served elsewhere', () => {
  for (const cast of CASTS) {
    const story = new Story()
    attach(story, cast, 0)
    fetch(story, cast, 300, cast.stranger.vlr)
    story.call(1900, '99988877')
    const { detections } = tell(vectorsWithoutRegistration, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /registers nobody, asked for authentication data .* serves/, cast)
  }
})

test('sendParameters of the first phase is such a request to the home, and none between visitor registers', () => {
  for (const cast of CASTS) {
    for (const { called, calledSsn, fires } of [
      { called: cast.home.hlr, calledSsn: 6, fires: 1 },
      { called: cast.home.vlr, calledSsn: 7, fires: 0 },
    ]) {
      const story = new Story()
      attach(story, cast, 0)
      const route = { callingGt: cast.stranger.vlr, callingSsn: 7, calledGt: called, calledSsn, imsi: cast.home.imsi }
      story.result(300.2, story.invoke(300, 'sendParameters', route), { vectors: 5 })
      story.call(1900, '99988877')
      assert.equal(tell(vectorsWithoutRegistration, story, cast.network).detections.length, fires)
    }
  }
})

test('without a network file, who never registers anybody is told from others that do', () => {
  const cast = FIRST
  for (const { customary, times, fires } of [
    { customary: 30, times: 4, fires: true },
    { customary: 30, times: 2, fires: false },
    { customary: 5, times: 4, fires: false },
  ]) {
    const story = new Story()
    for (let i = 0; i < customary; i++)
      attach(story, cast, 20 * i, cast.partner, cast.home.imsi.slice(0, -2) + String(30 + i))
    for (let i = 0; i < times; i++) fetch(story, cast, 4000 + 900 * i, cast.stranger.vlr)
    story.call(20_000, '99988877')
    const { detections } = tell(vectorsWithoutRegistration, story, EMPTY_NETWORK)
    assert.equal(detections.length > 0, fires)
    if (fires) assert.match(detections[0]?.suspicion.why ?? '', /unlike others registers nobody/)
  }
})

test('one request of a stranger is nothing where others’ registrations lie before the capture, two are', () => {
  for (const cast of [FIRST, SECOND]) {
    const { home, partner, stranger, network } = cast
    for (const { before, times, fires } of [
      { before: 0, times: 1, fires: true },
      { before: 6, times: 1, fires: false },
      { before: 6, times: 2, fires: true },
    ]) {
      const story = new Story()
      for (let i = 0; i < 30; i++) attach(story, cast, 20 * i, partner, home.imsi.slice(0, -2) + String(30 + i))
      for (let i = 0; i < before; i++) fetch(story, cast, 700 + i, partner.vlr, home.imsi.slice(0, -2) + String(70 + i))
      for (let i = 0; i < times; i++) fetch(story, cast, 4000 + 900 * i, stranger.vlr)
      story.call(20_000, '99988877')
      assert.equal(tell(vectorsWithoutRegistration, story, network).detections.length > 0, fires)
    }
  }
})

test('fires when a network does so again and again', () => {
  for (const cast of [FIRST, SECOND]) {
    const { home, other, network } = cast
    const imsis = [1, 2, 3, 4].map((i) => home.imsi.slice(0, -1) + String(i + 2))
    const story = new Story()
    attach(story, cast, 0, other, `${home.imsi.slice(0, -2)}99`)
    imsis.forEach((imsi, i) => {
      attach(story, cast, 10 + 10 * i, cast.partner, imsi)
    })
    // a day later, each could have travelled there
    imsis.forEach((imsi, i) => {
      fetch(story, cast, 24 * HOUR + 60 * i, other.vlr, imsi)
    })
    story.call(26 * HOUR, '99988877')
    const { detections } = tell(vectorsWithoutRegistration, story, network)
    assert.ok(detections.length >= 2)
    assertFires(detections.at(-1)?.suspicion ?? null, /4 times of late/, cast)
  }
})

test('fires when the phone cannot have travelled there', () => {
  const cast = FIRST
  const story = new Story()
  attach(story, cast, 0, cast.stranger, `${cast.home.imsi.slice(0, -2)}99`)
  attach(story, cast, 10)
  fetch(story, cast, 600, cast.stranger.vlr)
  attach(story, cast, 700, cast.stranger, `${cast.home.imsi.slice(0, -2)}98`)
  story.call(2000, '99988877')
  const { detections } = tell(vectorsWithoutRegistration, story, cast.network)
  assert.equal(detections.length, 1)
  assertFires(detections[0]?.suspicion ?? null, /out of its reach/, cast)
})

test('an unlisted network that registers nobody, about a phone not seen yet', () => {
  for (const cast of CASTS) {
    const story = new Story()
    fetch(story, cast, 0, cast.stranger.vlr)
    story.call(1900, '99988877')
    const { detections } = tell(vectorsWithoutRegistration, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /is no listed partner/, cast)
  }
})

test('an unlisted network that hardly registers anybody, about a phone not seen yet', () => {
  for (const cast of CASTS) {
    const visitor = `${cast.home.imsi.slice(0, -2)}99`
    const story = new Story()
    attach(story, cast, 0, cast.stranger, visitor)
    for (let i = 0; i < 3; i++) fetch(story, cast, HOUR + i * 300, cast.stranger.vlr)
    story.call(3 * HOUR, '99988877')
    const { detections, unavailable } = tell(vectorsWithoutRegistration, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /registers hardly anybody and is no listed partner/, cast)
    assert.equal(unavailable['no earlier location of the subscriber is known'], 2)
    // a network that registers phones has attaches that fail
    const ordinary = new Story()
    for (let i = 0; i < 4; i++) attach(ordinary, cast, i * 60, cast.stranger, visitor)
    for (let i = 0; i < 3; i++) fetch(ordinary, cast, HOUR + i * 300, cast.stranger.vlr)
    ordinary.call(3 * HOUR, '99988877')
    assert.deepEqual(tell(vectorsWithoutRegistration, ordinary, cast.network).detections, [])
  }
})

test('near misses: a registration follows, also over Diameter or refused; the serving network asks again', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    attach(story, cast, 0)
    attach(story, cast, HOUR, cast.stranger)
    attach(story, cast, 30 * HOUR, other)
    fetch(story, cast, 31 * HOUR, other.vlr)
    fetch(story, cast, 31.5 * HOUR, other.hlr)
    fetch(story, cast, 50 * HOUR, partner.vlr)
    const route = { callingGt: partner.scf, calledGt: home.hlr, nodeAddress: partner.scf, imsi: home.imsi }
    const refused = story.invoke(50 * HOUR + 5, 'updateGprsLocation', route)
    story.result(50 * HOUR + 6, refused, { errorCode: 8 })
    story.call(51 * HOUR, '99988877')
    const { detections, account } = tell(vectorsWithoutRegistration, story, network)
    assert.deepEqual(detections, [])
    assert.equal(account.passed, 6)
  }
})

test('look-alikes: an attach that fails, refused requests, our own network', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    attach(story, cast, 0, other, `${home.imsi.slice(0, -2)}99`)
    attach(story, cast, 10)
    fetch(story, cast, 24 * HOUR, other.vlr)
    const unknown = story.invoke(24 * HOUR + 1, 'sendAuthenticationInfo', {
      callingGt: cast.stranger.vlr,
      calledGt: home.hlr,
      imsi: home.imsi,
    })
    story.result(24 * HOUR + 2, unknown, { errorCode: 1 })
    fetch(story, cast, 24 * HOUR + 3, home.vlr)
    story.invoke(24 * HOUR + 4, 'sendAuthenticationInfo', {
      callingGt: home.vlr,
      calledGt: partner.hlr,
      imsi: partner.imsi,
    })
    story.call(25 * HOUR, '99988877')
    const { detections, account } = tell(vectorsWithoutRegistration, story, network)
    assert.deepEqual(detections, [])
    assert.equal(account.passed, account.checked)
  }
})

test('a test SIM that many countries ask for weighs less, and says so', () => {
  const cast = FIRST
  const codes = ['33', '49', '34', '39', '31', '32', '41', '43', '45', '47', '48', '351']
  const story = new Story()
  attach(story, cast, 0)
  codes.forEach((code, i) => {
    fetch(story, cast, 300 + 200 * i, `${code}600000011`)
  })
  story.call(9000, '99988877')
  const { detections } = tell(vectorsWithoutRegistration, story, cast.network)
  const last = detections.at(-1)?.suspicion
  assert.match(last?.why ?? '', /countries asked for this phone within a day, as for a test SIM/)
  assert.ok((last?.confidence.value ?? 1) < 0.5)
})

test('says what it could not check: a phone not seen yet, no identity, the end of the capture', () => {
  for (const cast of CASTS) {
    const { partner, home, network } = cast
    const story = new Story()
    fetch(story, cast, 0, partner.vlr)
    story.invoke(1, 'sendAuthenticationInfo', { callingGt: partner.vlr, calledGt: home.hlr })
    story.call(900, '99988877')
    fetch(story, cast, 901, cast.stranger.vlr)
    const { detections, unavailable } = tell(vectorsWithoutRegistration, story, network)
    assert.deepEqual(detections, [])
    assert.deepEqual(unavailable, {
      'no earlier location of the subscriber is known': 1,
      'the IMSI of the subscriber is not known': 1,
      'the capture ends before a registration was due': 1,
    })
    assert.deepEqual(tell(vectorsWithoutRegistration, story, networkOf(cast, [], false)).detections, [])
  }
})

test('a subscriber asked about again and again fills no memory', () => {
  const story = new Story()
  attach(story, FIRST, 0)
  for (let i = 0; i < 40; i++) fetch(story, FIRST, 300 + i, FIRST.stranger.vlr)
  assert.equal(tell(vectorsWithoutRegistration, story, FIRST.network).account.checked, 41)
})
