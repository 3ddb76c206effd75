import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { CASTS, type Cast } from '../cast.vectors.ts'
import { realmOf, s6aRequest } from '../diameter.vectors.ts'
import { Story, type Told, tell } from '../sequence.vectors.ts'
import { originsDisagree } from './spf-03.ts'

const INWARD = { srcIp: '198.51.100.7', dstIp: '192.0.2.10' }

function told(requests: readonly SignallingEvent[], { network }: Pick<Cast, 'network'>): Told {
  const story = new Story()
  for (const [i, request] of requests.entries()) story.add(i, request)
  return tell(originsDisagree, story, network)
}

const host = (plmn: string, node = 'mme1'): string => `${node}.${realmOf(plmn)}`

test('fires when the host is of another network than the realm', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const forged = s6aRequest('Cancel-Location', partner.plmn, home.plmn, {
      ...INWARD,
      originHost: host(other.plmn),
      sessionId: `${host(other.plmn)};1;2`,
      subjectImsi: home.imsi,
    })
    const { whys } = told([forged], cast)
    assert.equal(whys.length, 1)
    assert.ok(whys[0]?.includes(`with the Origin-Realm ${realmOf(partner.plmn)}`))
    assert.ok(!whys[0]?.includes(home.imsi))
  }
})

test('fires when session and path name another network, or one of them against the habit', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const honest = s6aRequest('Update-Location', partner.plmn, home.plmn, {
      ...INWARD,
      routeRecord: [host(partner.plmn)],
    })
    const sessionId = `${host(other.plmn)};1;2`
    const both = { ...honest, sessionId, routeRecord: [host(other.plmn), 'dra.ipxuni.3gppnetwork.org'] }
    assert.match(told([both], cast).whys[0] ?? '', /a session of .*, the first hop /)
    const habit = Array.from({ length: 12 }, () => honest)
    assert.equal(told([...habit, { ...honest, sessionId }], cast).whys.length, 1)
    assert.equal(told([...habit, { ...honest, routeRecord: [host(other.plmn)] }], cast).whys.length, 1)
    assert.deepEqual(told([{ ...honest, sessionId }], cast).whys, [], 'one of them alone says too little')
  }
})

test('the habit of a network holds for a host that is heard for the first time', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const honest = Array.from({ length: 24 }, (_, i) =>
      s6aRequest('Update-Location', partner.plmn, home.plmn, {
        ...INWARD,
        originHost: host(partner.plmn, `mme${i % 6}`),
        sessionId: `${host(partner.plmn, `mme${i % 6}`)};${i};1`,
        routeRecord: [host(partner.plmn, 'dea')],
      }),
    )
    const register = s6aRequest('Insert-Subscriber-Data', partner.plmn, home.plmn, {
      ...INWARD,
      originHost: host(partner.plmn, 'hss1'),
      sessionId: `${host(partner.plmn, 'hss1')};1;1`,
      routeRecord: [host(partner.plmn, 'dea')],
    })
    const strayed = { ...register, routeRecord: [host(other.plmn, 'dea')] }
    assert.match(told([...honest, strayed], cast).whys[0] ?? '', /the first hop /)
    const borrowed = { ...register, sessionId: `${host(other.plmn, 'hss9')};1;1` }
    assert.match(told([...honest, borrowed], cast).whys[0] ?? '', /a session of /)
    assert.deepEqual(told([...honest, register], cast).whys, [])
    assert.deepEqual(told([...honest.slice(0, 6), strayed], cast).whys, [], 'no habit is known yet')
  }
})

test('look-alike: an agent that two networks of a group use at times', () => {
  for (const cast of CASTS) {
    const { home, partner, other, stranger } = cast
    const requests = [partner, stranger].flatMap(({ plmn }) =>
      Array.from({ length: 24 }, (_, i) =>
        s6aRequest('Update-Location', plmn, home.plmn, {
          ...INWARD,
          routeRecord: [i % 8 === 7 ? host(other.plmn, 'dra') : host(plmn, 'dea')],
        }),
      ),
    )
    assert.deepEqual(told(requests, cast).whys, [])
    assert.equal(told(requests.slice(0, 24), cast).whys.length, 2, 'for one network alone it is no shared agent')
  }
})

test('the peer on the link weighs where no path is told', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const peer = s6aRequest('Capabilities-Exchange', other.plmn, home.plmn, { ...INWARD, applicationId: 0 })
    const forged = s6aRequest('Cancel-Location', partner.plmn, home.plmn, {
      ...INWARD,
      sessionId: `${host(other.plmn, 'hss')};1;2`,
    })
    assert.match(told([peer, forged], cast).whys[0] ?? '', /the peer mme1\./)
    const fitting = { ...forged, sessionId: `${forged.originHost};1;2` }
    assert.deepEqual(told([peer, fitting], cast).whys, [])
  }
})

test('near misses and look-alikes: own agents, hubs, topology hiding, sessions of the receiver', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const honest = s6aRequest('Update-Location', partner.plmn, home.plmn, INWARD)
    const ipx = 'dra1.ipxuni.3gppnetwork.org'
    const benign: SignallingEvent[] = [
      honest,
      { ...honest, routeRecord: [host(partner.plmn), host(partner.plmn, 'dea'), ipx] },
      { ...honest, routeRecord: [ipx], sessionId: `${ipx};7;8` },
      { ...honest, routeRecord: ['DEA01', 'dra.carrier.example'], sessionId: 'dra.carrier.example;9;1' },
      { ...honest, originHost: host(partner.plmn, 'hidden7'), sessionId: `${host(partner.plmn, 'mme4')};1;2` },
      { ...honest, originHost: `MME1.${realmOf(partner.plmn).toUpperCase()}`, sessionId: 'abc' },
      { ...honest, operation: 'Re-Auth', applicationId: 16777238, sessionId: `${host(other.plmn, 'pgw')};1;2` },
      { ...honest, originHost: 'hss.operator.example', sessionId: 'hss.operator.example;1;2' },
    ]
    const { whys, account } = told(benign, cast)
    assert.deepEqual(whys, [])
    assert.ok(account.passed >= 7)
  }
})

test('look-alike: an agent of one network that carries several', () => {
  for (const cast of CASTS) {
    const { home, partner, other, stranger } = cast
    const agent = host(other.plmn, 'dra')
    const carried = [partner.plmn, stranger.plmn, '00177', '00178'].map((plmn) =>
      s6aRequest('Update-Location', plmn, home.plmn, { ...INWARD, routeRecord: [agent], sessionId: null }),
    )
    const last = { ...carried[0], sessionId: `${agent};1;2` } as SignallingEvent
    assert.deepEqual(told([...carried, last], cast).whys, [])
  }
})

test('says what it could not check', () => {
  const { unavailable } = told(
    [
      s6aRequest('Update-Location', '00101', '00102', {
        originHost: 'mme1',
        originRealm: 'operator.example',
        sessionId: 'x;1',
      }),
    ],
    { network: EMPTY_NETWORK },
  )
  assert.deepEqual(unavailable, { 'fewer than two of its names tell a network': 1 })
  assert.equal(
    told([s6aRequest('Update-Location', '00101', '00102', { kind: 'answer' })], { network: EMPTY_NETWORK }).account
      .checked,
    0,
  )
})
