import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertFires, CASTS, type Cast, type Party } from '../cast.vectors.ts'
import { authenticate, farFrom, lteOrigin, register, registerLte } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { divertedDelivery } from './int-03.ts'

const MINUTE = 60
const HOUR = 3600

/** A short message to the phone of `home`, sent to a node. */
function deliver(story: Story, seconds: number, { other, home }: Cast, calledGt: string, operation = 'mt-ForwardSM') {
  return story.invoke(seconds, operation, { callingGt: other.scf, calledGt, calledSsn: 8, imsi: home.imsi })
}

/** The home names the node to deliver to. */
function route(story: Story, seconds: number, { other, home }: Cast, nodeAddress: string): void {
  const request = story.invoke(seconds, 'sendRoutingInfoForSM', {
    callingGt: other.scf,
    calledGt: home.hlr,
    msisdn: home.msisdn,
  })
  story.result(seconds + 1, request, { imsi: home.imsi, nodeAddress })
}

/** Networks where the guests of home are, all of which ask for authentication data first. */
function learnCustom(story: Story, { home, partner }: Cast): void {
  for (let i = 0; i < 25; i++) {
    const guest: Party = { ...home, imsi: home.imsi.slice(0, -2) + String(30 + i) }
    authenticate(story, i, partner, guest)
    register(story, i + 0.5, partner, guest)
  }
}

test('fires on a message led to a place out of reach, in every way that shows it', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const far = farFrom(cast)
    const ways: readonly ((story: Story) => void)[] = [
      (story) => deliver(story, 7 * MINUTE, cast, far.vlr),
      (story) => deliver(story, 7 * MINUTE, cast, far.vlr, 'mo-ForwardSM'),
      (story) => deliver(story, 7 * MINUTE, cast, far.vlr, 'provideRoamingNumber'),
      (story) => route(story, 7 * MINUTE, cast, far.vlr),
    ]
    for (const way of ways) {
      const story = new Story()
      register(story, 0, partner, home)
      const hostile = register(story, 5 * MINUTE, far, home)
      way(story)
      register(story, 12 * MINUTE, partner, home)
      const { detections, account } = tell(divertedDelivery, story, network)
      assert.deepEqual(
        detections.map(({ event }) => event),
        [hostile],
      )
      assertFires(detections[0]?.suspicion ?? null, new RegExp(`registered .*${far.vlr}.*(there|that node)`), cast)
      assert.equal(account.checked, 3)
    }
  }
})

test('fires on the way back, when nobody can have gone there and returned', () => {
  const [, cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, other, network } = cast
  for (const { backAt, fires } of [
    { backAt: 70 * MINUTE, fires: 1 },
    { backAt: 5 * HOUR, fires: 0 },
  ]) {
    const story = new Story()
    register(story, 0, partner, home)
    // time enough for one way
    register(story, HOUR, other, home)
    deliver(story, 65 * MINUTE, cast, other.vlr)
    register(story, backAt, partner, home)
    const { detections } = tell(divertedDelivery, story, network)
    assert.equal(detections.length, fires)
    if (fires > 0) assertFires(detections[0]?.suspicion ?? null, /registered back/, cast)
  }
})

test('fires on a return that nobody can have made, long after the phone was last seen', () => {
  const [, cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, other, network } = cast
  for (const { backAt, fires } of [
    { backAt: 30 * HOUR + 6 * MINUTE, fires: 1 },
    { backAt: 35 * HOUR, fires: 0 },
  ]) {
    const story = new Story()
    register(story, 0, partner, home)
    authenticate(story, 30 * HOUR - 2, other, home)
    register(story, 30 * HOUR, other, home)
    deliver(story, 30 * HOUR + 60, cast, other.vlr)
    register(story, backAt, partner, home)
    const { detections } = tell(divertedDelivery, story, network)
    assert.equal(detections.length, fires)
    if (fires > 0) assertFires(detections[0]?.suspicion ?? null, /registered back/, cast)
  }
})

test('fires next door when the phone’s authentication data was not asked for, against custom', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const nextDoor = { vlr: `${partner.prefix.startsWith('336') ? '491760000000' : farFrom(cast).vlr}` }
    for (const asks of [false, true]) {
      const story = new Story()
      learnCustom(story, cast)
      authenticate(story, 60, partner, home)
      register(story, 61, partner, home)
      if (asks) authenticate(story, 29 * HOUR, nextDoor, home)
      register(story, 29 * HOUR + 1, nextDoor, home)
      deliver(story, 29 * HOUR + 60, cast, nextDoor.vlr)
      assert.equal(tell(divertedDelivery, story, network).account.failed, asks ? 0 : 1)
    }
  }
})

test('LTE: the message goes to the false MME', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    registerLte(story, 0, partner, home)
    registerLte(story, 300, other, home)
    const { originHost = null, originRealm = null } = lteOrigin(other)
    const to = { destinationHost: originHost, destinationRealm: originRealm }
    story.request(360, 'MT-Forward-Short-Message', { ...lteOrigin(home, 'smsc'), ...to, imsi: home.imsi })
    assert.equal(tell(divertedDelivery, story, network).account.failed, 1)
  }
})

test('near misses and look-alikes', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const far = farFrom(cast)
    const stories: readonly ((story: Story) => void)[] = [
      // no message
      (story) => {
        register(story, 300, far, home)
        register(story, 600, partner, home)
      },
      // a message to the true node
      (story) => {
        register(story, 300, far, home)
        deliver(story, 400, cast, partner.vlr)
      },
      // refused
      (story) => {
        register(story, 300, far, home, {}, { errorCode: 8, kind: 'error' })
        deliver(story, 400, cast, far.vlr)
      },
      // a traveller and a welcome message
      (story) => {
        register(story, 24 * HOUR, far, home)
        deliver(story, 24 * HOUR + 60, cast, far.vlr)
        register(story, 48 * HOUR, partner, home)
      },
      // another switch of the network, and 4G beside 3G
      (story) => {
        registerLte(story, 300, partner, home)
        deliver(story, 400, cast, partner.vlr)
      },
      // the way home
      (story) => {
        register(story, 300, home, home)
        deliver(story, 400, cast, home.vlr)
      },
    ]
    for (const [index, then] of stories.entries()) {
      const story = new Story()
      register(story, 0, partner, home)
      then(story)
      assert.equal(tell(divertedDelivery, story, network).account.failed, 0, String(index))
    }
  }
})

test('a border flip with a welcome message in between', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, network } = cast
  const nextDoor = { vlr: '491760000000' }
  const story = new Story()
  for (const [seconds, node] of [
    [0, partner],
    [600, nextDoor],
    [1200, partner],
    [1800, nextDoor],
  ] as const) {
    authenticate(story, seconds, node, home)
    register(story, seconds + 2, node, home)
    deliver(story, seconds + 30, cast, node.vlr)
  }
  assert.equal(tell(divertedDelivery, story, network).account.failed, 0)
})

test('says what it could not check, and ends what is open with the input', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, network } = cast
  const story = new Story()
  register(story, 0, partner, home)
  register(story, 60, partner, home, { imsi: null })
  register(story, 300, farFrom(cast), home)
  const { account, unavailable } = tell(divertedDelivery, story, network)
  assert.deepEqual(unavailable, {
    'no earlier location of the subscriber is known': 1,
    'the IMSI of the subscriber is not known': 1,
  })
  assert.deepEqual([account.checked, account.passed], [3, 1])
})

test('beyond the bound the oldest gives way, and every registration is judged once', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, network } = cast
  const far = farFrom(cast)
  const story = new Story()
  const many = 33_000
  for (let i = 0; i < many; i++) {
    const guest: Party = { ...home, imsi: `00101${String(i).padStart(10, '0')}` }
    register(story, i / 100, partner, guest)
    register(story, 400 + i / 100, far, guest)
  }
  story.events.sort((a, b) => a.timeUs - b.timeUs)
  const { account } = tell(divertedDelivery, story, network)
  assert.deepEqual([account.checked, account.passed, account.failed], [2 * many, many, 0])
})

test('the delivery that was led away, and the way back, are the proof', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const far = farFrom(cast)
    for (const isFast of [true, false]) {
      const story = new Story()
      learnCustom(story, cast)
      authenticate(story, 99, partner, home)
      register(story, 100, partner, home)
      // long after, so that only the missing authentication and the short stay tell
      const since = isFast ? 5 * MINUTE : 40 * HOUR
      register(story, since, far, home)
      const led = deliver(story, since + 2 * MINUTE, cast, far.vlr)
      const back = register(story, since + 6 * MINUTE, partner, home)
      const { detections } = tell(divertedDelivery, story, network)
      assert.equal(detections.length, 1)
      const proof = detections[0]?.suspicion.proof ?? []
      assert.equal(proof[0], led)
      assert.ok(proof.length === 1 || proof[1] === back)
    }
  }
})
