import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { Payload } from '../packet/payload.ts'
import type { AnomalyList } from '../signalling/anomaly.ts'
import { decodeBicc, decodeIsup, type IsupMessage } from '../signalling/ss7/isup/isup.ts'
import {
  ANSWER,
  CONNECT,
  IAM,
  type IsupMessageRow,
  RELEASE,
  RELEASE_COMPLETE,
  RESET_CIRCUIT,
  UNEQUIPPED,
} from '../signalling/ss7/isup/messages.ts'
import type { Mtp3Transfer } from '../signalling/ss7/mtp3.ts'
import { AnswerVisibility } from './answer-visibility.ts'
import { type Outcome, outcome } from './coverage.ts'
import { blankDetail, blankEvent, NO_DETAIL, type SignallingEvent } from './signalling-event.ts'

/** Service indicators of ISUP and BICC. Source: ITU-T Q.704 §14.2.1. */
export const ISUP_SERVICE = 5
export const BICC_SERVICE = 13

const DECODED = outcome('isup', 'decoded')
const DECODED_BICC = outcome('bicc', 'decoded')
const UNKNOWN_TYPE = outcome('isup', 'partly', 'message type not defined')

/** What settles whether an initial address led to a call. */
const ENDS_SETUP: ReadonlySet<number> = new Set([CONNECT, ANSWER, RELEASE, UNEQUIPPED])

/** Requests of one side on one circuit that may still be answered. */
interface Circuit {
  /** `seq` of the initial address, or 0; answered by what sets the call up and by the other side's release. */
  call: number
  callUs: number
  release: number
  /** The last request of another kind, its message type and `seq`. */
  otherType: number
  other: number
}

/** ISUP and BICC messages → events, with answers paired to the requests that went the other way on the same circuit. */
export class IsupEvents {
  readonly visibility = new AnswerVisibility()
  private readonly captureNames: readonly { readonly name: string }[]
  private readonly nextSeq: () => number
  private readonly emit: (event: SignallingEvent) => void
  /** Number of a direction, by its point codes. */
  private readonly links = new Map<number, number>()
  /** By direction and circuit, the oldest call first. */
  private readonly circuits = new Map<number, Circuit>()

  constructor(
    captureNames: readonly { readonly name: string }[],
    nextSeq: () => number,
    emit: (event: SignallingEvent) => void,
  ) {
    this.captureNames = captureNames
    this.nextSeq = nextSeq
    this.emit = emit
  }

  /** Decodes the user part of `transfer`, ISUP or BICC by its service, and emits its event. @returns what became of it. */
  take(payload: Payload, transfer: Mtp3Transfer, anomalies: AnomalyList): Outcome {
    const { bytes, start, end, variant } = transfer
    const isBicc = transfer.si === BICC_SERVICE
    const message = (isBicc ? decodeBicc : decodeIsup)(bytes, start, end, variant, anomalies)
    if (message instanceof Fault) return outcome(message.layer, 'not', message.reason)
    this.emitMessage(payload, transfer, message, anomalies)
    if (message.fault !== null) return outcome(isBicc ? 'bicc' : 'isup', 'partly', message.fault.reason)
    if (message.row === null) return UNKNOWN_TYPE
    return isBicc ? DECODED_BICC : DECODED
  }

  private emitMessage(payload: Payload, transfer: Mtp3Transfer, message: IsupMessage, anomalies: AnomalyList): void {
    const { packet } = payload
    const { opc, dpc } = transfer
    const { row, fault, callingNumber, calledNumber } = message
    const seq = this.nextSeq()
    const answers = this.pair(opc, dpc, message, seq, packet.timeUs)
    if (answers > 0) this.visibility.note(`pc ${dpc}`, opc, dpc)
    const event = blankEvent()
    event.capture = this.captureNames[packet.capture]?.name ?? ''
    event.frame = packet.frame
    event.timeUs = packet.timeUs
    event.protocol = 'isup'
    event.kind = answers > 0 || isAnswerAlone(message) ? 'answer' : 'request'
    event.operation = row?.name ?? null
    event.code = message.type
    event.opc = opc
    event.dpc = dpc
    event.resultCode = message.cause
    event.srcIp = payload.srcIp
    event.dstIp = payload.dstIp
    event.srcPort = payload.srcPort === 0 ? null : payload.srcPort
    event.dstPort = payload.dstPort === 0 ? null : payload.dstPort
    event.anomalies = anomalies.list()
    if (fault !== null) {
      const base = transfer.bytes === packet.bytes ? packet.start : 0
      event.fault = { layer: fault.layer, reason: fault.reason, offset: fault.offset - base }
    }
    event.seq = seq
    event.answers = answers
    event.callingNature = callingNumber?.natureOfAddress ?? null
    event.calledNature = calledNumber?.natureOfAddress ?? null
    event.detail = detailOf(message)
    this.emit(event)
  }

  /** Finds what the message answers and notes what it asks. @returns `seq` of the request, or 0. */
  private pair(opc: number, dpc: number, { cic, type, row }: IsupMessage, seq: number, timeUs: number): number {
    if (row === null) return 0
    const answered = row.answers.length > 0 ? this.answer(circuitKey(this.linkOf(dpc, opc), cic), row, timeUs) : 0
    const own = circuitKey(this.linkOf(opc, dpc), cic)
    if (type === RELEASE_COMPLETE) {
      // the circuit is idle again, whichever side gave it up
      this.circuits.delete(own)
      this.circuits.delete(circuitKey(this.linkOf(dpc, opc), cic))
    } else if (type === RELEASE || row.answers.length === 0) this.ask(own, type, seq, timeUs)
    return answered
  }

  /** The request of the other side on a circuit that a message of type `row` is for. */
  private answer(key: number, { code: by, answers }: IsupMessageRow, timeUs: number): number {
    const circuit = this.circuits.get(key)
    if (circuit === undefined || timeUs - circuit.callUs > LIMITS.isupCallUs) return 0
    for (const type of answers) {
      const seq =
        type === IAM
          ? circuit.call
          : type === RELEASE
            ? circuit.release
            : type === circuit.otherType
              ? circuit.other
              : 0
      if (seq > 0) {
        // once the call is set up or refused nothing answers it any more: a release later on ends it
        if (type === IAM && ENDS_SETUP.has(by)) circuit.call = 0
        return seq
      }
    }
    return 0
  }

  private ask(key: number, type: number, seq: number, timeUs: number): void {
    if (key < 0) return
    let circuit = this.circuits.get(key)
    if (circuit === undefined || type === IAM || type === RESET_CIRCUIT) {
      // a call of its own, and the newest
      this.circuits.delete(key)
      circuit = { call: 0, callUs: timeUs, release: 0, otherType: 0, other: 0 }
      if (this.circuits.size >= LIMITS.isupCircuits) {
        for (const oldest of this.circuits.keys()) {
          this.circuits.delete(oldest)
          break
        }
      }
      this.circuits.set(key, circuit)
    }
    if (type === IAM) circuit.call = seq
    else if (type === RELEASE) circuit.release = seq
    else {
      circuit.otherType = type
      circuit.other = seq
    }
  }

  /** Number of the direction from one point code to another; -1 when there are too many. */
  private linkOf(from: number, to: number): number {
    const key = from * 0x1000000 + to
    const known = this.links.get(key)
    if (known !== undefined) return known
    if (this.links.size >= LIMITS.isupLinks) return -1
    this.links.set(key, this.links.size)
    return this.links.size - 1
  }
}

/** A circuit of a direction as one number: circuit codes of BICC have 32 bits. -1 for a direction without a number. */
function circuitKey(link: number, cic: number): number {
  return link < 0 ? -1 : link * 0x1_0000_0000 + cic
}

/** Whether a message whose request was not seen is an answer all the same: a release may begin as well as end one. */
function isAnswerAlone({ type, row }: IsupMessage): boolean {
  return row !== null && row.answers.length > 0 && type !== RELEASE
}

/** Messages without a party share one object. */
function detailOf(message: IsupMessage): SignallingEvent['detail'] {
  const { callingNumber, calledNumber, redirectingNumber, originalCalledNumber, subsequentDigits } = message
  const calling = callingNumber?.digits ?? null
  const called = calledNumber?.digits ?? subsequentDigits
  const redirecting = redirectingNumber?.digits ?? originalCalledNumber?.digits ?? null
  if (calling === null && called === null && redirecting === null) return NO_DETAIL
  const detail = blankDetail()
  detail.callingNumber = calling
  detail.calledNumber = called
  detail.redirectingNumber = redirecting
  return detail
}
