import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex } from '../bytes/bytes.vectors.ts'
import { LIMITS } from '../limits.ts'
import { ethernet, HOST_A, HOST_B, ipv4, packetOf, udp } from '../packet/frames.vectors.ts'
import { PacketDecoder } from '../packet/packet-decoder.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import {
  CREATE_PDP_CONTEXT_REQUEST,
  CREATE_PDP_CONTEXT_RESPONSE,
  CREATE_SESSION_REQUEST,
  CREATE_SESSION_RESPONSE,
  fTeid,
  IMSI,
  IMSI_OCTETS,
  ie,
  MSISDN,
  tlv,
  tv,
  v1,
  v2,
} from '../signalling/gtp/gtp.vectors.ts'
import { GtpEvents } from './gtp-events.ts'
import type { SignallingEvent } from './signalling-event.ts'

/** A node: its address and the port it asks from. */
interface Node {
  readonly address: readonly number[]
  readonly port: number
}
const SGW: Node = { address: HOST_A, port: 40_000 }
const PGW: Node = { address: [198, 51, 100, 7], port: 2123 }
const STRANGER: Node = { address: [203, 0, 113, 66], port: 2123 }

/** Carries messages between nodes, keeps events and outcomes. */
class Tap {
  readonly events: SignallingEvent[] = []
  readonly outcomes: string[] = []
  timeUs = 1_772_438_400_000_000
  private seq = 0
  private frame = 0
  readonly gtp = new GtpEvents(
    [{ name: 'tap.pcap' }],
    () => ++this.seq,
    (event) => this.events.push(event),
  )
  private readonly packets = new PacketDecoder({
    payload: (payload) => {
      const { protocol, state, reason } = this.gtp.take(payload, AnomalyList.of(payload.anomalies))
      this.outcomes.push(`${protocol} ${state} ${reason}`.trim())
    },
  })

  send(from: Node, to: Node, message: string, missing = 0): SignallingEvent[] {
    const before = this.events.length
    const fields = { protocol: 17, src: from.address, dst: to.address }
    const frame = ethernet(0x0800, ipv4(udp([...hex(message)], from.port, to.port), fields))
    this.timeUs += 1_000
    const cut = frame.slice(0, frame.length - missing)
    this.packets.decode(packetOf(cut, { frame: ++this.frame, timeUs: this.timeUs, originalLength: frame.length }))
    return this.events.slice(before)
  }

  one(from: Node, to: Node, message: string): SignallingEvent {
    const [event, ...more] = this.send(from, to, message)
    assert.ok(event !== undefined && more.length === 0)
    return event
  }
}

test('a Create Session Request becomes an event with all it names', () => {
  const event = new Tap().one(SGW, PGW, CREATE_SESSION_REQUEST)
  const { encoding, detail, ...rest } = event
  assert.deepEqual(
    Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== 0 && value !== false)),
    {
      capture: 'tap.pcap',
      frame: 1,
      timeUs: 1_772_438_400_001_000,
      protocol: 'gtpv2',
      kind: 'request',
      operation: 'Create Session',
      code: 32,
      imsi: IMSI,
      msisdn: MSISDN,
      imei: '490154203237518',
      cellId: '001-01-180149761',
      srcIp: '192.0.2.1',
      dstIp: '198.51.100.7',
      srcPort: 40_000,
      dstPort: 2123,
      teid: '00000000',
      apn: 'roam.example',
      servingNetwork: '00101',
      anomalies: [],
      seq: 1,
      subjectImsi: IMSI,
      subjectMsisdn: MSISDN,
      gsmScfAddresses: [],
    },
  )
  assert.deepEqual(
    [detail.rat, detail.fTeids, detail.hopByHop],
    ['EUTRAN', ['6:0000000a@192.0.2.1', '4:0000000b@192.0.2.2'], 0x012345],
  )
  assert.match(encoding ?? '', /^gtpv2 type=32 flags=48 tail=0000 spare=3f0 order=\w{8} set=\w{8} recovery=1$/)
})

test('an answer belongs to its request, and the tunnel to its subscriber from then on', () => {
  const tap = new Tap()
  const request = tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  assert.equal(tap.gtp.visibility.couldSeeAnswer(request), false)
  const answer = tap.one(PGW, SGW, CREATE_SESSION_RESPONSE)
  assert.equal(tap.gtp.visibility.couldSeeAnswer(request), true)
  assert.deepEqual(
    [answer.kind, answer.operation, answer.answers, answer.resultCode, answer.imsi, answer.subjectImsi],
    ['answer', 'Create Session', request.seq, 16, null, IMSI],
  )
  assert.equal(answer.encoding, null)
  const toPgw = tap.one(SGW, PGW, v2(36, ie(73, '05'), { teid: '0000000c', sequence: '000002' }))
  assert.deepEqual([toPgw.subjectImsi, toPgw.subjectMsisdn, toPgw.teid], [IMSI, MSISDN, '0000000c'])
  const gone = tap.one(PGW, SGW, v2(37, ie(2, '1000'), { teid: '0000000a', sequence: '000002' }))
  assert.deepEqual([gone.answers, gone.subjectImsi], [toPgw.seq, IMSI])
  const toSgw = tap.one(PGW, { ...SGW, port: 2123 }, v2(99, ie(73, '05'), { teid: '0000000a', sequence: '000003' }))
  assert.equal(toSgw.subjectImsi, IMSI)
  const elsewhere = tap.one(SGW, STRANGER, v2(36, ie(73, '05'), { teid: '0000000c', sequence: '000004' }))
  assert.equal(elsewhere.subjectImsi, null, 'the same identifier of another node')
})

test('GTPv1: request, answer, tunnel', () => {
  const tap = new Tap()
  const request = tap.one(SGW, PGW, CREATE_PDP_CONTEXT_REQUEST)
  const answer = tap.one(PGW, SGW, CREATE_PDP_CONTEXT_RESPONSE)
  assert.deepEqual(
    [request.protocol, request.operation, answer.answers, answer.resultCode, answer.subjectImsi],
    ['gtpv1', 'Create PDP Context', request.seq, 128, IMSI],
  )
  const update = tap.one(SGW, PGW, v1(18, tv(20, '05'), { teid: '44444444', sequence: '0002' }))
  assert.deepEqual([update.subjectImsi, update.subjectMsisdn, update.teid], [IMSI, MSISDN, '44444444'])
})

test('an answer must come from where the request went, to where it came from, with its sequence number and type', () => {
  const answersTo = (from: Node, to: Node, message: string): number => {
    const tap = new Tap()
    tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
    return tap.one(from, to, message).answers
  }
  assert.equal(answersTo(PGW, SGW, CREATE_SESSION_RESPONSE), 1)
  assert.equal(answersTo({ ...PGW, port: 5000 }, SGW, CREATE_SESSION_RESPONSE), 1, 'its own port tells nothing')
  assert.equal(answersTo(PGW, { ...SGW, port: 2123 }, CREATE_SESSION_RESPONSE), 1, 'the registered port')
  assert.equal(answersTo(PGW, { ...SGW, port: 40_001 }, CREATE_SESSION_RESPONSE), 0)
  assert.equal(answersTo(STRANGER, SGW, CREATE_SESSION_RESPONSE), 0)
  assert.equal(answersTo(PGW, { ...SGW, address: HOST_B }, CREATE_SESSION_RESPONSE), 0)
  assert.equal(answersTo(PGW, SGW, v2(33, ie(2, '4000'), { sequence: '012346' })), 0)
  assert.equal(answersTo(PGW, SGW, v2(37, ie(2, '1000'))), 0)
  assert.equal(answersTo(PGW, SGW, '40030004 012345 00'), 1, 'version not supported')
})

test('an answer counts once; a retransmitted request has its own, after the first', () => {
  const tap = new Tap()
  const first = tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  const again = tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  assert.equal(tap.one(PGW, SGW, CREATE_SESSION_RESPONSE).answers, first.seq)
  assert.equal(tap.one(PGW, SGW, CREATE_SESSION_RESPONSE).answers, again.seq)
  assert.equal(tap.one(PGW, SGW, CREATE_SESSION_RESPONSE).answers, 0)
})

test('another request of the same sequence number comes before a retransmission that stayed unanswered', () => {
  const tap = new Tap()
  const other = v2(32, ie(1, '00010100000000f0') + ie(71, '01'))
  tap.send(SGW, PGW, CREATE_SESSION_REQUEST)
  tap.send(SGW, PGW, CREATE_SESSION_REQUEST)
  tap.send(PGW, SGW, CREATE_SESSION_RESPONSE)
  const request = tap.one(SGW, PGW, other)
  assert.equal(tap.one(PGW, SGW, CREATE_SESSION_RESPONSE).answers, request.seq)
})

test('a request is forgotten after its time', () => {
  const tap = new Tap()
  tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  tap.timeUs += LIMITS.gtpRequestUs
  assert.equal(tap.one(PGW, SGW, CREATE_SESSION_RESPONSE).answers, 0)
})

test('an acknowledgement belongs to the answer it acknowledges', () => {
  const tap = new Tap()
  const request = tap.one(SGW, PGW, v2(130, fTeid(12, '00000001', 'c0000201')))
  const answer = tap.one(PGW, SGW, v2(131, ie(2, '1000') + ie(1, IMSI_OCTETS), { teid: '00000001' }))
  const acknowledgement = tap.one(SGW, PGW, v2(132, ie(2, '1000')))
  assert.deepEqual([answer.answers, acknowledgement.answers], [request.seq, answer.seq])
  assert.deepEqual([acknowledgement.operation, acknowledgement.kind], ['Context Acknowledge', 'answer'])
  assert.equal(acknowledgement.subjectImsi, IMSI)
})

test('two messages in one datagram are two events', () => {
  const tap = new Tap()
  const request = tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  const bearer = v2(95, ie(73, '05') + ie(93, ie(73, '00')), { teid: '0000000a', sequence: '000009' })
  const [answer, second] = tap.send(PGW, SGW, CREATE_SESSION_RESPONSE.replace(/^48/, '58') + bearer)
  assert.deepEqual([answer?.answers, answer?.operation], [request.seq, 'Create Session'])
  assert.deepEqual(
    [second?.operation, second?.kind, second?.frame, second?.subjectImsi, second?.seq],
    ['Create Bearer', 'request', answer?.frame, IMSI, 3],
  )
  const modify = v2(34, ie(3, '01'), { teid: '0000000c', sequence: '000010' })
  const created = v2(96, ie(2, '1000') + ie(93, ie(73, '05')), { flags: '58', teid: '0000000c', sequence: '000009' })
  const [bearerAnswer, modifyRequest] = tap.send(SGW, PGW, created + modify)
  assert.deepEqual([bearerAnswer?.answers, modifyRequest?.operation], [second?.seq, 'Modify Bearer'])
  assert.deepEqual(tap.outcomes, ['gtpv2 decoded', 'gtpv2 decoded', 'gtpv2 decoded'])
})

test('what rides on a message and cannot be read does not hide it', () => {
  const tap = new Tap()
  tap.send(SGW, PGW, `${v2(158, ie(1, IMSI_OCTETS), { flags: '58' })}3210000000000000`)
  tap.send(SGW, PGW, `${v2(158, ie(1, IMSI_OCTETS), { flags: '58' })}481000`)
  const ridden = v2(34, ie(3, '01'), { flags: '58' })
  tap.send(SGW, PGW, ridden + ridden + ridden)
  assert.deepEqual(
    tap.events.map((event) => event.anomalies),
    [[], [], [], ['trailingOctets']],
  )
  assert.deepEqual(tap.outcomes, ['gtpv2 partly impossible length', 'gtpv2 partly truncated', 'gtpv2 decoded'])
})

test("a refused tunnel is nobody's, and nobody can claim the endpoint of another", () => {
  const tap = new Tap()
  tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  tap.one(PGW, SGW, v2(33, ie(2, '4000') + fTeid(7, '000000cc', 'c6336407', 1), { teid: '0000000a' }))
  assert.equal(tap.one(SGW, PGW, v2(36, '', { teid: '000000cc', sequence: '000002' })).subjectImsi, null)
  tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  tap.one(PGW, SGW, CREATE_SESSION_RESPONSE)
  const claim = ie(1, '0001010000000000') + fTeid(7, '0000000c', 'c6336407')
  tap.one(STRANGER, PGW, v2(34, claim, { sequence: '000003' }))
  assert.equal(tap.one(SGW, PGW, v2(36, '', { teid: '0000000c', sequence: '000004' })).subjectImsi, IMSI)
})

test('an endpoint used again belongs to its new subscriber', () => {
  const tap = new Tap()
  const other = '00010100000000f0'
  tap.one(SGW, PGW, CREATE_SESSION_REQUEST)
  tap.one(PGW, SGW, CREATE_SESSION_RESPONSE)
  tap.one(SGW, PGW, CREATE_SESSION_REQUEST.replace(IMSI_OCTETS, other))
  tap.one(PGW, SGW, CREATE_SESSION_RESPONSE)
  const request = tap.one(SGW, PGW, v2(36, '', { teid: '0000000c', sequence: '000002' }))
  assert.equal(request.subjectImsi, '001010000000000')
})

test('user data is counted and never opened; its signalling has names', () => {
  const tap = new Tap()
  const user = { ...SGW, port: 2152 }
  tap.send(user, { ...PGW, port: 2152 }, `30ff002c00000001${CREATE_PDP_CONTEXT_REQUEST.slice(0, 88)}`)
  tap.send(user, { ...PGW, port: 2152 }, `30ff00ff00000001${'00'.repeat(255)}`, 200)
  const indication = `${tv(16, '0000beef')}${tlv(133, 'c0000201')}`
  const events = [v1(1, ''), v1(2, tv(14, '00')), v1(26, indication), '30fe000000000001'].map((message) =>
    tap.one(user, { ...PGW, port: 2152 }, message),
  )
  assert.deepEqual(
    events.map((event) => `${event.protocol} ${event.operation} ${event.kind} ${event.anomalies}`),
    ['gtpv1 Echo request ', 'gtpv1 Echo answer ', 'gtpv1 Error Indication request ', 'gtpv1 End Marker request '],
  )
  assert.deepEqual(tap.outcomes.slice(0, 2), Array(2).fill('gtp-u decoded user data, not opened'))
})

test('control messages on the port of user data are named', () => {
  const to = { ...PGW, port: 2152 }
  assert.deepEqual(new Tap().one(SGW, to, CREATE_PDP_CONTEXT_REQUEST).anomalies, ['controlMessageOnUserPort'])
  assert.deepEqual(new Tap().one(SGW, to, CREATE_SESSION_REQUEST).anomalies, ['controlMessageOnUserPort'])
})

test('other families and other protocols are no events', () => {
  const tap = new Tap()
  tap.send(SGW, PGW, '6bcb0100000100000000000004616263640365666706686969')
  tap.send(SGW, PGW, `1e100000${'00'.repeat(16)}`)
  tap.send(SGW, { ...PGW, port: 3386 }, '2ef000020001aaaa')
  assert.deepEqual(tap.events, [])
  assert.deepEqual(tap.outcomes, [
    'gtp not unknown version',
    'gtpv0 not protocol is recognised, not decoded',
    'gtp-prime not protocol is recognised, not decoded',
  ])
})

test('a message type that is not defined, and one that is broken, are events that say so', () => {
  const tap = new Tap()
  const unknown = tap.one(SGW, PGW, v2(250, ie(1, IMSI_OCTETS)))
  assert.deepEqual([unknown.operation, unknown.code, unknown.imsi], [null, 250, IMSI])
  const broken = tap.one(SGW, PGW, v2(158, `${ie(1, IMSI_OCTETS)}0300090007`))
  // Ethernet, IPv4, UDP, the header of GTP and the element before
  const offset = 14 + 20 + 8 + 12 + 12
  assert.deepEqual(broken.fault, { layer: 'gtpv2', reason: 'element beyond the message', offset })
  assert.equal(broken.imsi, IMSI)
  assert.deepEqual(tap.outcomes, ['gtpv2 partly message type not defined', 'gtpv2 partly element beyond the message'])
})

test('a message that the capture cut is read as far as it goes', () => {
  const tap = new Tap()
  const [event] = tap.send(SGW, PGW, CREATE_SESSION_REQUEST, 40)
  assert.deepEqual([event?.imsi, event?.fault?.layer, event?.anomalies], [IMSI, 'gtpv2', ['cutByCapture']])
})

test('a request that must name a subscriber and names none says so', () => {
  const tap = new Tap()
  assert.equal(tap.one(SGW, PGW, v2(158, ie(3, '07'))).identityMissing, true)
  assert.equal(tap.one(SGW, PGW, v1(32, tlv(255, '0001'))).identityMissing, true)
  assert.equal(tap.one(SGW, PGW, v2(158, ie(1, IMSI_OCTETS))).identityMissing, false)
  assert.equal(tap.one(SGW, PGW, v2(36, ie(73, '05'))).identityMissing, false)
})

test('equal habits give equal texts, other habits others', () => {
  const encoding = (message: string): string | null => new Tap().one(SGW, PGW, message).encoding
  const plain = encoding(v2(34, ie(3, '07') + ie(73, '05')))
  assert.equal(encoding(v2(34, ie(3, '09') + ie(73, '06'), { teid: '00000007', sequence: '000777' })), plain)
  const others = [
    v2(34, ie(73, '05') + ie(3, '07')),
    v2(34, ie(73, '05')),
    v2(34, ie(3, '07') + ie(73, 'f5')),
    v2(34, ie(3, '07') + ie(73, '05'), { flags: '4c' }),
    v2(34, ie(3, '07') + ie(73, '05')).replace(/^(.{22})00/, '$1f0'),
    v2(35, ie(3, '07') + ie(73, '05')),
  ].map(encoding)
  assert.equal(new Set([plain, ...others]).size, others.length + 1)
  const tails = ['0000', 'ff00', '00ff'].map((tail) => encoding(v1(1, '').replace(/0000$/, tail)))
  assert.equal(new Set(tails).size, 3)
})

test('bounded: the oldest requests and tunnels give way and are counted', () => {
  const tap = new Tap()
  const { requests, tunnels } = tap.gtp
  const request = { version: 2, type: 32, requester: 'a', requesterPort: 1, responder: 'b', octets: 0, seq: 1 }
  const subject = { imsi: null, msisdn: null, endpoints: [] }
  for (let i = 0; i <= LIMITS.gtpRequests; i++) requests.add({ ...request, ...subject, sequence: i, timeUs: i })
  const key = { version: 2, answers: 32, requester: 'a', requesterPort: 1, responder: 'b', timeUs: LIMITS.gtpRequests }
  assert.equal(requests.forgotten, 1)
  assert.equal(requests.answer({ ...key, sequence: 0 }), null)
  assert.equal(requests.answer({ ...key, sequence: 1 })?.sequence, 1)
  for (let i = 0; i <= LIMITS.gtpTunnels; i++) tunnels.learn(i, 'a', { imsi: `${i}`, msisdn: null }, false)
  assert.equal(tunnels.forgotten, 1)
  assert.equal(tunnels.subscriberOf(0, 'a'), null)
  assert.equal(tunnels.subscriberOf(1, 'a')?.imsi, '1')
})

test('requests of one sequence number cost no more for being many', async () => {
  const cost = (count: number): number =>
    costUs(() => {
      const { requests } = new Tap().gtp
      const request = { version: 2, type: 32, requester: 'a', requesterPort: 1, responder: 'b', sequence: 7, timeUs: 1 }
      for (let i = 0; i < count; i++)
        requests.add({ ...request, octets: i, seq: i, imsi: null, msisdn: null, endpoints: [] })
    })
  await assertLinear((times) => cost(8_000 * times))
})

test('damaged datagrams give events and outcomes, never an exception', () => {
  const whole = [CREATE_SESSION_REQUEST, CREATE_SESSION_RESPONSE, CREATE_PDP_CONTEXT_REQUEST].map((text) => [
    ...hex(text),
  ])
  const tap = new Tap()
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 5 }),
      fc.constantFrom(2123, 2152, 3386),
      (octets, changes, port) => {
        const damaged = octets.slice()
        for (const [at, value] of changes) damaged[at % damaged.length] = value
        const before = tap.outcomes.length
        for (const event of tap.send(SGW, { ...PGW, port }, Buffer.from(damaged).toString('hex'))) {
          if (event.fault !== null) assert.ok(event.fault.offset >= 42 && event.fault.offset <= 42 + damaged.length)
        }
        assert.equal(tap.outcomes.length, before + 1)
      },
    ),
    { numRuns: 400, seed: 7 },
  )
})
