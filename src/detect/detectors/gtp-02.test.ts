import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { CASTS, type Cast } from '../cast.vectors.ts'
import { realmOf } from '../diameter.vectors.ts'
import { GATEWAYS, gatewayNetwork, gtpRequest } from '../gtp.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { sessionElsewhere } from './gtp-02.ts'

const { home: ours, inner, partner: theirs, other: others, nobody } = GATEWAYS

const imsiOf = ({ home }: Cast, serial: number): string =>
  home.plmn + String(serial).padStart(15 - home.plmn.length, '0')

function send(
  story: Story,
  at: number,
  operation: string,
  from: string,
  imsi: string,
  given: Partial<SignallingEvent> = {},
) {
  return story.add(at, gtpRequest(operation, from, ours, { imsi, subjectImsi: imsi, ...given }))
}

function register(story: Story, at: number, imsi: string, plmn: string, to: string): void {
  const request = story.request(at, 'Update-Location', {
    imsi,
    originHost: `mme1.${realmOf(plmn)}`,
    originRealm: realmOf(plmn),
    destinationRealm: realmOf(to),
    visitedPlmn: plmn,
  })
  story.answer(at + 0.2, request)
}

test('fires on a peer of another operator than the network it names', () => {
  for (const cast of CASTS) {
    const { home, other } = cast
    for (const operation of ['Create Session', 'Create PDP Context']) {
      const story = new Story()
      send(story, 0, operation, theirs, home.imsi, { servingNetwork: other.plmn })
      const { whys } = tell(sessionElsewhere, story, gatewayNetwork(cast))
      assert.equal(whys.length, 1)
      assert.match(whys[0] ?? '', new RegExp(`198\\.51\\.100\\.33 of .*serving network ${other.plmn} of ${other.name}`))
      assert.ok(!whys[0]?.includes(home.imsi))
    }
    const own = new Story()
    send(own, 0, 'Create Session', theirs, home.imsi, { servingNetwork: home.plmn })
    assert.equal(tell(sessionElsewhere, own, gatewayNetwork(cast)).whys.length, 1)
  }
})

test('fires on an unlisted address in the name of a network whose addresses are listed', () => {
  for (const cast of CASTS) {
    // at first sight, and in the names of two networks
    const first = new Story()
    send(first, 0, 'Create Session', nobody, imsiOf(cast, 1), { servingNetwork: cast.partner.plmn })
    send(first, 9, 'Create PDP Context', nobody, imsiOf(cast, 2), { servingNetwork: cast.other.plmn })
    const { whys, detections: unused } = tell(sessionElsewhere, first, gatewayNetwork(cast))
    assert.equal(whys.length, 2)
    assert.match(whys[0] ?? '', new RegExp(`${nobody} of .* serving network ${cast.partner.plmn}`))
    const story = new Story()
    const servingNetwork = cast.partner.plmn
    for (let i = 0; i < 6; i++) send(story, i, 'Create Session', theirs, imsiOf(cast, i), { servingNetwork })
    send(story, 60, 'Create Session', nobody, cast.home.imsi, { servingNetwork })
    const { detections } = tell(sessionElsewhere, story, gatewayNetwork(cast))
    assert.deepEqual(
      detections.map(({ event }) => event.srcIp),
      [nobody],
    )
    const [less, more] = [unused, detections].map(([one]) => one?.suspicion.confidence.value ?? 0)
    assert.ok(less !== undefined && more !== undefined && less < more)
  }
})

test('fires on a session in another network than registered the subscriber', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const story = new Story()
    register(story, 0, imsiOf(cast, 9), other.plmn, home.plmn)
    register(story, 1, home.imsi, partner.plmn, home.plmn)
    send(story, 2, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(story, 600, 'Create Session', others, home.imsi, { servingNetwork: other.plmn })
    const { detections, whys } = tell(sessionElsewhere, story, gatewayNetwork(cast))
    assert.deepEqual(
      detections.map(({ event }) => event.srcIp),
      [others],
    )
    assert.match(whys[0] ?? '', /10 minutes after mme1\./)
  }
})

test('fires on a session ended by a third network, and on gateway procedures from one', () => {
  for (const cast of CASTS) {
    const { home, partner } = cast
    const story = new Story()
    send(story, 0, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(story, 60, 'Delete Session', others, home.imsi)
    const guest = partner.imsi
    send(story, 70, 'Create Bearer', others, guest)
    const { whys } = tell(sessionElsewhere, story, gatewayNetwork(cast))
    assert.equal(whys.length, 2)
  }
})

test('near misses: a whole session, a move between networks, the home’s own gateway', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const story = new Story()
    register(story, 0, home.imsi, partner.plmn, home.plmn)
    send(story, 2, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(story, 3, 'Modify Bearer', theirs, home.imsi)
    send(story, 4, 'Delete Session', theirs, home.imsi)
    // the registration may be seen a little later than the session
    send(story, 90_000, 'Create Session', others, home.imsi, { servingNetwork: other.plmn })
    register(story, 90_002, home.imsi, other.plmn, home.plmn)
    send(story, 90_010, 'Delete Session', others, home.imsi)
    send(story, 90_020, 'Create Bearer', theirs, partner.imsi)
    send(story, 90_021, 'Create Session', inner, home.imsi, { servingNetwork: home.plmn })
    const { whys, account } = tell(sessionElsewhere, story, gatewayNetwork(cast))
    assert.deepEqual(whys, [])
    assert.equal(account.passed, 6)
  }
})

test('look-alikes: an exchange that hides addresses, and a network whose registrations take another way', () => {
  for (const cast of CASTS) {
    const { home, partner, other, stranger } = cast
    const hub = new Story()
    const names = [partner.plmn, other.plmn, stranger.plmn]
    for (let i = 0; i < 8; i++)
      send(hub, i, 'Create Session', theirs, imsiOf(cast, i), { servingNetwork: partner.plmn })
    for (let i = 0; i < 9; i++)
      send(hub, 60 + i, 'Create Session', nobody, imsiOf(cast, i), { servingNetwork: names[i % 2] ?? '' })
    for (let i = 0; i < 8; i++)
      send(hub, 30 + i, 'Create Session', others, imsiOf(cast, i), { servingNetwork: other.plmn })
    assert.deepEqual(tell(sessionElsewhere, hub, gatewayNetwork(cast)).whys, [])
    const unseen = new Story()
    register(unseen, 0, home.imsi, partner.plmn, home.plmn)
    send(unseen, 86_000, 'Create Session', others, home.imsi, { servingNetwork: other.plmn })
    const { whys, unavailable } = tell(sessionElsewhere, unseen, gatewayNetwork(cast))
    assert.deepEqual(whys, [])
    assert.equal(unavailable['whether registrations from that network would be seen'], 1)
  }
})

test('fires on a session in an unlisted network that registered nobody, against custom', () => {
  for (const cast of CASTS) {
    const { home, partner } = cast
    // of no cast, in a country far from all of them
    const servingNetwork = '54299'
    for (const { sessions, fires } of [
      { sessions: 25, fires: 1 },
      { sessions: 8, fires: 0 },
    ]) {
      const story = new Story()
      for (let i = 0; i < sessions; i++) {
        register(story, 10 * i, imsiOf(cast, i + 1), partner.plmn, home.plmn)
        send(story, 10 * i + 5, 'Create Session', theirs, imsiOf(cast, i + 1), { servingNetwork: partner.plmn })
      }
      send(story, 200_000, 'Create PDP Context', nobody, imsiOf(cast, 1), { servingNetwork })
      const { whys } = tell(sessionElsewhere, story, gatewayNetwork(cast))
      assert.equal(whys.length, fires)
      if (fires > 0) assert.match(whys[0] ?? '', /as served by 54299/)
    }
  }
})

test('a network left behind may end the session it had opened, a third one may not', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const story = new Story()
    send(story, 0, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(story, 8000, 'Create PDP Context', others, home.imsi, { servingNetwork: other.plmn })
    send(story, 8060, 'Delete Session', theirs, home.imsi)
    send(story, 8120, 'Delete PDP Context', others, home.imsi)
    assert.equal(tell(sessionElsewhere, story, gatewayNetwork(cast)).whys.length, 0)
    const unlisted = new Story()
    send(unlisted, 0, 'Create Session', nobody, home.imsi, { servingNetwork: '54299' })
    send(unlisted, 8000, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(unlisted, 8060, 'Delete Session', nobody, home.imsi)
    assert.equal(tell(sessionElsewhere, unlisted, gatewayNetwork(cast)).whys.length, 0)
    const third = new Story()
    send(third, 0, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(third, 60, 'Create Session', theirs, home.imsi, { servingNetwork: partner.plmn })
    send(third, 120, 'Delete Session', others, home.imsi)
    assert.equal(tell(sessionElsewhere, third, gatewayNetwork(cast)).whys.length, 1)
  }
})

test('says what it could not check', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  send(story, 0, 'Create Session', nobody, cast.home.imsi, { servingNetwork: cast.partner.plmn })
  send(story, 1, 'Create Session', others, cast.home.imsi)
  story.add(2, gtpRequest('Delete Session', others, ours))
  send(story, 3, 'Delete Session', others, imsiOf(cast, 77))
  send(story, 4, 'Create Bearer', nobody, cast.partner.imsi)
  const { account, unavailable } = tell(sessionElsewhere, story, gatewayNetwork(cast, false))
  assert.equal(
    account.checked,
    Object.values(unavailable).reduce((sum, count) => sum + count, 0),
  )
  assert.equal(Object.keys(unavailable).length, 4)
  assert.deepEqual(tell(sessionElsewhere, story, EMPTY_NETWORK).whys, [])
})

test('fires on an unlisted address that ends or moves the session of a listed one', () => {
  for (const cast of CASTS) {
    const servingNetwork = cast.partner.plmn
    for (const operation of ['Delete Session', 'Delete PDP Context', 'Modify Bearer', 'Update PDP Context']) {
      const open = (): Story => {
        const story = new Story()
        send(story, 0, 'Create Session', theirs, cast.home.imsi, { servingNetwork })
        return story
      }
      const ended = open()
      send(ended, 60, operation, nobody, cast.home.imsi)
      const { whys } = tell(sessionElsewhere, ended, gatewayNetwork(cast))
      assert.equal(whys.length, 1, operation)
      assert.match(whys[0] ?? '', /an address that no network lists, sent .* whose session .* had opened/)
      // its own, behind a private address, or where its addresses are not listed
      for (const [from, lists] of [
        [theirs, true],
        ['10.1.2.3', true],
        [nobody, false],
      ] as const) {
        const story = open()
        send(story, 60, operation, from, cast.home.imsi)
        assert.deepEqual(tell(sessionElsewhere, story, gatewayNetwork(cast, lists)).whys, [], `${operation} ${from}`)
      }
    }
    // handed over to a network that the file does not list
    const away = new Story()
    send(away, 0, 'Create Session', theirs, cast.home.imsi, { servingNetwork })
    send(away, 60, 'Modify Bearer', nobody, cast.home.imsi, { servingNetwork: cast.stranger.plmn })
    send(away, 90, 'Delete Session', nobody, cast.home.imsi)
    assert.deepEqual(tell(sessionElsewhere, away, gatewayNetwork(cast)).whys, [])
  }
})

test('fires on a gateway procedure from an unlisted address where the home’s gateways are listed and in use', () => {
  for (const cast of CASTS) {
    for (const [lists, count] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const story = new Story()
      const imsi = cast.partner.imsi
      story.add(
        0,
        gtpRequest('Create Session', ours, theirs, { imsi, subjectImsi: imsi, servingNetwork: cast.home.plmn }),
      )
      story.add(
        1,
        gtpRequest('Create Session', ours, theirs, { imsi, subjectImsi: imsi, servingNetwork: cast.home.plmn }),
      )
      send(story, 60, 'Update Bearer', theirs, imsi)
      send(story, 61, 'Delete Bearer', nobody, imsi)
      const { whys } = tell(sessionElsewhere, story, gatewayNetwork(cast, lists))
      assert.equal(whys.length, count)
      if (lists) assert.match(whys[0] ?? '', /sent Delete Bearer .* whose gateways are others/)
    }
  }
})
