import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Party } from '../cast.vectors.ts'
import { authenticate, farFrom, register, registerLte } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { impossibleRegistration } from './int-01.ts'

const MINUTE = 60
const HOUR = 3600

test('fires when the new network is out of reach, with the registrations alone and with a network file', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const far = farFrom(cast)
    for (const known of [network, EMPTY_NETWORK]) {
      const story = new Story()
      register(story, 0, partner, home)
      const hostile = register(story, 5 * MINUTE, far, home)
      const { detections } = tell(impossibleRegistration, story, known)
      assert.equal(detections.length, 1)
      assert.equal(detections[0]?.event, hostile)
      assertFires(detections[0]?.suspicion ?? null, new RegExp(`${far.vlr}.*5 minutes after ${partner.vlr}.*km`), cast)
    }
  }
})

test('near miss: the same move with time to fly', () => {
  for (const cast of CASTS) {
    const story = new Story()
    register(story, 0, cast.partner, cast.home)
    register(story, 24 * HOUR, farFrom(cast), cast.home)
    const { account } = tell(impossibleRegistration, story, cast.network)
    assert.deepEqual([account.failed, account.passed, account.checked], [0, 1, 2])
  }
})

test('authentication data asked for since tells when the phone was still there', () => {
  for (const cast of CASTS) {
    const story = new Story()
    register(story, 0, cast.partner, cast.home)
    authenticate(story, 24 * HOUR, cast.partner, cast.home)
    register(story, 24 * HOUR + 5 * MINUTE, farFrom(cast), cast.home)
    assert.equal(tell(impossibleRegistration, story, cast.network).account.failed, 1)
  }
})

test('the true network is not blamed for coming back, the false one is each time it tries', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const far = farFrom(cast)
    const story = new Story()
    register(story, 0, partner, home)
    const first = register(story, 5 * MINUTE, far, home)
    register(story, 10 * MINUTE, partner, home)
    registerLte(story, 11 * MINUTE, partner, home)
    const second = register(story, 15 * MINUTE, far, home)
    register(story, 20 * MINUTE, partner, home)
    const { detections } = tell(impossibleRegistration, story, network)
    assert.deepEqual(
      detections.map(({ event }) => event),
      [first, second],
    )
  }
})

test('look-alikes: the way home, another node of the country, 3G and 4G at once, neighbours, a refused attempt', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, stranger, network } = cast
  const stories: readonly ((story: Story) => void)[] = [
    (story) => register(story, 60, home, home),
    (story) => register(story, 60, { vlr: '33639989912' }, home),
    (story) => registerLte(story, 60, partner, home),
    (story) => register(story, 60, { vlr: '4915112345678' }, home),
    (story) => register(story, 60, { vlr: '881612345678' }, home),
    (story) => register(story, 60, { vlr: '870772001234' }, home),
  ]
  for (const [index, then] of stories.entries()) {
    const story = new Story()
    register(story, 0, partner, home)
    then(story)
    assert.equal(tell(impossibleRegistration, story, network).account.failed, 0, String(index))
  }
  // what was refused says nothing of where the phone is
  const story = new Story()
  register(story, 0, stranger, home, {}, { errorCode: 8, kind: 'error' })
  register(story, 60, partner, home)
  assert.equal(tell(impossibleRegistration, story, network).account.failed, 0)
})

test('says what it could not check', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, network } = cast
  const story = new Story()
  register(story, 0, partner, home)
  register(story, 60, partner, home, { imsi: null })
  register(story, 70, { vlr: '999999' }, home)
  assert.deepEqual(tell(impossibleRegistration, story, network).unavailable, {
    'no earlier location of the subscriber is known': 1,
    'the IMSI of the subscriber is not known': 1,
    'the country of a serving node is unknown': 1,
  })
})

test('an unlisted network fires once custom is known, unless it asked for authentication data as others do', () => {
  for (const cast of CASTS) {
    const { home, partner, network, stranger } = cast
    for (const { customary, asks, fires } of [
      { customary: 25, asks: false, fires: 1 },
      { customary: 25, asks: true, fires: 0 },
      { customary: 5, asks: false, fires: 0 },
    ]) {
      const story = new Story()
      for (let i = 0; i < customary; i++) {
        const guest: Party = { ...home, imsi: home.imsi.slice(0, -2) + String(30 + i) }
        authenticate(story, i * MINUTE, partner, guest)
        register(story, i * MINUTE + 10, partner, guest)
      }
      if (asks) authenticate(story, 30 * HOUR - 10, stranger, home)
      register(story, 30 * HOUR, stranger, home)
      const { detections } = tell(impossibleRegistration, story, network)
      assert.equal(detections.length, fires)
      if (fires > 0) assertFires(detections[0]?.suspicion ?? null, /no listed roaming partner/, cast)
    }
  }
})
