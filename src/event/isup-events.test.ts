import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../bytes/bytes.vectors.ts'
import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeMtp3 } from '../signalling/ss7/mtp3.ts'
import type { Outcome } from './coverage.ts'
import { BICC_SERVICE, ISUP_SERVICE, IsupEvents } from './isup-events.ts'
import type { SignallingEvent } from './signalling-event.ts'

/** Exchanges of an invented network, by point code. */
const ALICE = 100
const BOB = 200
const CAROL = 300

const IAM =
  '01 00 6001 0a 00 02 0a 08 0410447700091032 0a08 0417447700090077 0b07 0314 7700090088 2807 8410 4477000900 00'
const ACM = '06 1604 00'
const CPG = '2c 01 00'
const ANM = '09 00'
const CON = '07 1604 00'
const REL_BUSY = '0c 02 00 02 8091'
const RLC = '10 00'

/** Feeds messages to an adapter and keeps the events. */
class Line {
  readonly events: SignallingEvent[] = []
  outcome: Outcome | null = null
  timeUs = 1_772_438_400_000_000
  readonly isup = new IsupEvents(
    [{ name: 'tap.pcap' }],
    () => this.events.length + 1,
    (event) => this.events.push(event),
  )

  /** A message of `cic`, with the circuit in front. @returns the event it gave. */
  send(opc: number, dpc: number, message: string, cic = 14): SignallingEvent {
    this.take(opc, dpc, hex(cic.toString(16).padStart(2, '0'), '00', message), ISUP_SERVICE)
    const event = this.events.at(-1)
    assert.ok(event !== undefined)
    return event
  }

  take(opc: number, dpc: number, bytes: Uint8Array, si: number): void {
    this.timeUs += 1_000
    const payload: Payload = {
      packet: {
        capture: 0,
        frame: this.events.length + 1,
        timeUs: this.timeUs,
        linkType: 141,
        bytes,
        start: 0,
        end: bytes.length,
        originalLength: bytes.length,
      },
      transport: 'mtp3',
      bytes,
      start: 0,
      end: bytes.length,
      ppid: 0,
      srcIp: null,
      dstIp: null,
      srcPort: 0,
      dstPort: 0,
      association: 0,
      anomalies: [],
      stream: null,
    }
    // the service information octet and label of ITU-T Q.704 §2.2 and §14.2
    const label = hex((0x80 | si).toString(16), '00000000')
    const unit = decodeMtp3(Uint8Array.of(...label, ...bytes), 0, label.length + bytes.length)
    assert.ok(!(unit instanceof Fault))
    const transfer = { ...unit, opc, dpc, bytes, start: 0, end: bytes.length }
    this.outcome = this.isup.take(payload, transfer, new AnomalyList())
  }
}

const summary = ({ kind, answers }: SignallingEvent): [string, number] => [kind, answers]

test('an initial address says who calls whom', () => {
  const line = new Line()
  const event = line.send(ALICE, BOB, IAM)
  const { protocol, kind, operation, code, opc, dpc, capture, frame, callingNature, calledNature, detail } = event
  assert.deepEqual([protocol, kind, operation, code], ['isup', 'request', 'Initial Address', 1])
  assert.deepEqual([capture, frame, opc, dpc, callingNature, calledNature], ['tap.pcap', 1, ALICE, BOB, 4, 4])
  assert.deepEqual(
    [detail.callingNumber, detail.calledNumber, detail.redirectingNumber],
    ['447700900077', '447700900123', '7700900088'],
  )
  assert.deepEqual([line.outcome?.protocol, line.outcome?.state], ['isup', 'decoded'])
})

test('a call that is answered and ended', () => {
  const line = new Line()
  const call = line.send(ALICE, BOB, IAM).seq
  assert.deepEqual(summary(line.send(BOB, ALICE, ACM)), ['answer', call])
  assert.deepEqual(summary(line.send(BOB, ALICE, CPG)), ['answer', call])
  assert.deepEqual(summary(line.send(BOB, ALICE, ANM)), ['answer', call])
  const release = line.send(BOB, ALICE, REL_BUSY)
  assert.deepEqual(summary(release), ['request', 0], 'the call was set up: its release answers nothing')
  assert.deepEqual(summary(line.send(ALICE, BOB, RLC)), ['answer', release.seq])
  assert.deepEqual(summary(line.send(BOB, ALICE, ACM)), ['answer', 0], 'the circuit is idle')
})

test('a call that is refused: the release answers it, with its cause', () => {
  const line = new Line()
  const call = line.send(ALICE, BOB, IAM).seq
  const release = line.send(BOB, ALICE, REL_BUSY)
  assert.deepEqual([...summary(release), release.resultCode], ['answer', call, 17])
  assert.deepEqual(summary(line.send(ALICE, BOB, RLC)), ['answer', release.seq])
})

test('a call that its own side gives up is not answered', () => {
  const line = new Line()
  line.send(ALICE, BOB, IAM)
  const release = line.send(ALICE, BOB, REL_BUSY)
  assert.deepEqual(summary(release), ['request', 0])
  assert.deepEqual(summary(line.send(BOB, ALICE, RLC)), ['answer', release.seq])
})

test('answers go by circuit, direction and exchange', () => {
  const line = new Line()
  const first = line.send(ALICE, BOB, IAM, 1).seq
  const second = line.send(ALICE, BOB, IAM, 2).seq
  const back = line.send(BOB, ALICE, IAM, 1).seq
  const other = line.send(CAROL, BOB, IAM, 1).seq
  assert.deepEqual(summary(line.send(BOB, ALICE, CON, 2)), ['answer', second])
  assert.deepEqual(summary(line.send(BOB, ALICE, CON, 1)), ['answer', first])
  assert.deepEqual(summary(line.send(BOB, CAROL, CON, 1)), ['answer', other])
  assert.deepEqual(summary(line.send(ALICE, BOB, CON, 1)), ['answer', back])
  assert.deepEqual(summary(line.send(ALICE, BOB, CON, 9)), ['answer', 0])
})

test('supervision of circuits is paired too', () => {
  const line = new Line()
  const blocking = line.send(ALICE, BOB, '13').seq
  assert.deepEqual(summary(line.send(BOB, ALICE, '16')), ['answer', 0], 'an acknowledgement of something else')
  assert.deepEqual(summary(line.send(BOB, ALICE, '15')), ['answer', blocking])
  const reset = line.send(ALICE, BOB, '12').seq
  assert.deepEqual(summary(line.send(BOB, ALICE, RLC)), ['answer', reset])
})

test('a subsequent address carries digits of the called number', () => {
  const event = new Line().send(ALICE, BOB, '02 02 00 03 80 21 03')
  assert.deepEqual([event.operation, event.detail.calledNumber], ['Subsequent Address', '123'])
})

test('BICC goes the same way', () => {
  const line = new Line()
  line.take(ALICE, BOB, hex('040302f1', IAM), BICC_SERVICE)
  line.take(BOB, ALICE, hex('040302f1', ANM), BICC_SERVICE)
  assert.deepEqual(line.events.map(summary), [
    ['request', 0],
    ['answer', 1],
  ])
  assert.equal(line.outcome?.protocol, 'bicc')
})

test('an answer is visible only where answers were seen', () => {
  const line = new Line()
  const call = line.send(ALICE, BOB, IAM)
  assert.equal(line.isup.visibility.couldSeeAnswer(call), false)
  line.send(BOB, ALICE, ACM)
  assert.equal(line.isup.visibility.couldSeeAnswer(call), true)
  assert.equal(line.isup.visibility.couldSeeAnswer({ ...call, opc: CAROL }), false)
})

test('broken, unknown and unreadable messages have their outcome', () => {
  const line = new Line()
  const broken = line.send(ALICE, BOB, '0c 40 00 02 8091')
  assert.deepEqual([line.outcome?.state, line.outcome?.reason], ['partly', 'parameter out of range'])
  assert.deepEqual(broken.fault, { layer: 'isup', reason: 'parameter out of range', offset: 3 })
  const unknown = line.send(ALICE, BOB, '99')
  assert.deepEqual([unknown.operation, unknown.code, unknown.kind], [null, 0x99, 'request'])
  assert.deepEqual([line.outcome?.state, line.outcome?.reason], ['partly', 'message type not defined'])
  line.take(ALICE, BOB, hex('0e'), ISUP_SERVICE)
  assert.deepEqual([line.outcome?.state, line.events.length], ['not', 2])
})

test('a call is forgotten after its time', () => {
  const line = new Line()
  line.send(ALICE, BOB, IAM)
  line.timeUs += LIMITS.isupCallUs
  assert.deepEqual(summary(line.send(BOB, ALICE, ANM)), ['answer', 0])
})

test('directions beyond the bound are not paired, those before go on', () => {
  const line = new Line()
  const call = line.send(ALICE, BOB, IAM).seq
  line.send(BOB, ALICE, CPG)
  for (let pc = 0; pc < LIMITS.isupLinks / 2; pc++) line.send(0x1000 + pc, 1, ANM)
  line.send(CAROL, BOB, IAM)
  assert.deepEqual(summary(line.send(BOB, ALICE, ANM)), ['answer', call])
  assert.deepEqual(summary(line.send(BOB, CAROL, ANM)), ['answer', 0])
})

test('circuits beyond the bound push the oldest out', () => {
  const line = new Line()
  line.send(ALICE, BOB, IAM)
  const second = line.send(ALICE, BOB, IAM, 15).seq
  for (let count = 0; count < LIMITS.isupCircuits - 1; count++) {
    const bytes = Uint8Array.of(count & 0xff, (count >> 8) & 15, 8, 0)
    line.take(0x1000, count >> 12, bytes, ISUP_SERVICE)
  }
  assert.deepEqual(summary(line.send(BOB, ALICE, ANM)), ['answer', 0])
  assert.deepEqual(summary(line.send(BOB, ALICE, ANM, 15)), ['answer', second])
})
