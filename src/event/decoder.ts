import { Fault } from '../bytes/fault.ts'
import type { Packet } from '../capture/packet.ts'
import { PacketDecoder } from '../packet/packet-decoder.ts'
import type { Disposition, Move, Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeM2pa } from '../signalling/sigtran/m2pa.ts'
import { decodeM2ua } from '../signalling/sigtran/m2ua.ts'
import { decodeM3ua } from '../signalling/sigtran/m3ua.ts'
import { decodeSua } from '../signalling/sigtran/sua.ts'
import { decodeMtp2, decodeMtp3, type Mtp3Transfer, serviceName } from '../signalling/ss7/mtp3.ts'
import { decodeSccp, type SccpUnitdata } from '../signalling/ss7/sccp.ts'
import { SccpReassembly } from '../signalling/ss7/sccp-reassembly.ts'
import { Coverage, type CoverageRow, type Outcome, outcome, worse } from './coverage.ts'
import { DiameterEvents } from './diameter-events.ts'
import { GtpEvents } from './gtp-events.ts'
import { BICC_SERVICE, ISUP_SERVICE, IsupEvents } from './isup-events.ts'
import { RecognisedMessages, STREAM_FRAMINGS } from './recognised.ts'
import type { SignallingEvent } from './signalling-event.ts'
import { type SignallingProtocol, signallingProtocol } from './signalling-protocol.ts'
import { type Route, Ss7Events } from './ss7-events.ts'
import { Visibility } from './visibility.ts'

const SCCP = 3
const SEGMENT_HELD = outcome('sccp', 'decoded', 'segment of a longer message')
const SEGMENT_LOST = outcome('sccp', 'not', 'segment of a message that was never complete')
const OTHER_PAYLOAD = outcome('sctp', 'not', 'payload protocol not known')
/** No signalling message: it counts among the packets only. */
const OTHER_DATAGRAM = outcome('udp', 'decoded', 'no port of signalling')
const SCCP_SERVICE = outcome('sccp', 'decoded', 'SCCP management')
const SCCP_MANAGEMENT_SSN = 1
const NO_ROUTE: Route = { opc: null, dpc: null, optionalParameters: 0 }

/**
 * Packets → events: the whole of decoding, with an account of what became of every packet and message.
 * Owns all state that decoding needs; `events` come out through `emit` in the order of the packets.
 */
export class EventDecoder {
  private readonly ss7: Ss7Events
  private readonly isup: IsupEvents
  private readonly gtp: GtpEvents
  private readonly diameter: DiameterEvents
  private readonly packets: PacketDecoder
  /** What has been seen of answers. */
  readonly visibility: Visibility
  private readonly recognised = new RecognisedMessages()
  private readonly segments = new SccpReassembly()
  private readonly messageCoverage = new Coverage()
  private readonly packetCoverage = new Coverage()
  private worst: Outcome | null = null
  private readonly counts = { packets: 0, messages: 0, events: 0, lostBeside: 0 }

  /** @param captures the inputs by `Packet.capture`, for their names. */
  constructor(captures: readonly { readonly name: string }[], emit: (event: SignallingEvent) => void) {
    const nextSeq = (): number => ++this.counts.events
    this.ss7 = new Ss7Events(captures, nextSeq, emit)
    this.isup = new IsupEvents(captures, nextSeq, emit)
    this.gtp = new GtpEvents(captures, nextSeq, emit)
    this.diameter = new DiameterEvents(captures, emit, nextSeq)
    this.visibility = new Visibility(
      this.ss7.visibility,
      this.isup.visibility,
      this.diameter.visibility,
      this.gtp.visibility,
    )
    this.packets = new PacketDecoder(this, STREAM_FRAMINGS, captures.length)
  }

  /** Decodes one packet. */
  take(packet: Packet): void {
    this.counts.packets++
    this.worst = null
    const disposition = this.packets.decode(packet)
    this.packetCoverage.add(disposition.outcome === 'carried' ? this.carried(disposition) : packetOutcome(disposition))
  }

  /** Called by the packet stage for each user message. */
  payload(payload: Payload): void {
    const result = this.decode(payload)
    this.worst = worse(this.worst, result)
    if (result === OTHER_DATAGRAM) return
    this.counts.messages++
    this.messageCoverage.add(result)
    const lost = this.segments.takeDropped()
    if (lost > 0) this.messageCoverage.move(SEGMENT_HELD, SEGMENT_LOST, lost)
  }

  /** Ends the input: gives up what waits for a rest that never came. */
  flush(): void {
    // first: messages behind a gap in a stream are handed over now. What packets turned out to be later is settled here:
    // the ledger keeps one sum for each kind of move
    this.applyMoves(this.packets.flush())
    this.segments.flush()
    const lost = this.segments.takeDropped()
    if (lost > 0) this.messageCoverage.move(SEGMENT_HELD, SEGMENT_LOST, lost)
  }

  /** Events emitted so far. */
  get eventCount(): number {
    return this.counts.events
  }

  /** Transactions and requests forgotten for want of room. */
  get forgottenRequests(): number {
    return this.ss7.transactions.forgotten + this.gtp.requests.forgotten + this.diameter.requests.forgotten
  }

  get packetCount(): number {
    return this.counts.packets
  }

  get messageCount(): number {
    return this.counts.messages
  }

  /** Packets whose messages were read, but which also held a fragment of a message that was never complete. */
  get lostBesideCount(): number {
    return this.counts.lostBeside
  }

  /** Rows that add up to `packetCount`. */
  packetRows(): CoverageRow[] {
    return this.packetCoverage.rows()
  }

  /** Rows that add up to `messageCount`. */
  messageRows(): CoverageRow[] {
    return this.messageCoverage.rows()
  }

  /** What the coverage says of a packet that carried messages: the worst of them, and what was odd about the packet. */
  private carried(disposition: Disposition): Outcome {
    const worst = this.worst ?? OTHER_DATAGRAM
    if (disposition.reason === '' || worst.state !== 'decoded') return worst
    return outcome(worst.protocol, 'partly', disposition.reason)
  }

  private applyMoves(moves: readonly Move[]): void {
    for (const { from, to, count } of moves) {
      // a packet that carried messages stands in their row; what it lost besides is told apart
      if (from.outcome === 'carried') this.counts.lostBeside += count
      else this.packetCoverage.move(packetOutcome(from), packetOutcome(to), count)
    }
  }

  private decode(payload: Payload): Outcome {
    const protocol = signallingProtocol(payload)
    if (protocol === null) return payload.transport === 'sctp' ? OTHER_PAYLOAD : OTHER_DATAGRAM
    const anomalies = new AnomalyList()
    if (protocol.swapped) anomalies.add('littleEndianPpid')
    if (payload.anomalies.length > 0) for (const name of payload.anomalies) anomalies.add(name)
    const { bytes, start, end } = payload
    switch (protocol.name) {
      case 'm3ua':
        return this.transfer(payload, 'm3ua', decodeM3ua(bytes, start, end), anomalies)
      case 'm2ua':
        return this.transfer(payload, 'm2ua', decodeM2ua(bytes, start, end), anomalies)
      case 'm2pa':
        return this.transfer(payload, 'm2pa', decodeM2pa(bytes, start, end), anomalies)
      case 'mtp2':
        return this.transfer(payload, 'mtp2', decodeMtp2(bytes, start, end), anomalies)
      case 'mtp3':
        return this.transfer(payload, 'mtp3', decodeMtp3(bytes, start, end), anomalies)
      case 'sua': {
        const message = decodeSua(bytes, start, end)
        if (message instanceof Fault) return unread(message, payload)
        return 'maintenance' in message ? maintenance('sua') : this.unitdata(payload, NO_ROUTE, message, anomalies)
      }
      case 'sccp':
        return this.sccp(payload, NO_ROUTE, payload, 'itu', anomalies)
      case 'diameter':
        return this.diameter.take(payload, anomalies)
      case 'gtp':
        return this.gtp.take(payload, anomalies)
      case 's1ap':
      case 'x2ap':
      case 'ngap':
      case 'http1':
      case 'http2':
        return this.recognised.take(protocol.name, payload)
      default:
        return outcome(protocol.name, 'not', 'protocol is recognised, not decoded')
    }
  }

  private transfer(
    payload: Payload,
    layer: SignallingProtocol,
    transfer: Mtp3Transfer | { readonly maintenance: true } | Fault,
    anomalies: AnomalyList,
  ): Outcome {
    if (transfer instanceof Fault) return unread(transfer, payload)
    if ('maintenance' in transfer) return maintenance(layer)
    if (transfer.si <= 2) return outcome('mtp3', 'decoded', 'network management and testing')
    if (transfer.si === ISUP_SERVICE || transfer.si === BICC_SERVICE)
      return this.isup.take(payload, transfer, anomalies)
    if (transfer.si !== SCCP) return outcome(serviceName(transfer.si), 'not', 'protocol is recognised, not decoded')
    return this.sccp(payload, transfer, transfer, transfer.variant, anomalies)
  }

  private sccp(
    payload: Payload,
    route: Route,
    part: { readonly bytes: Uint8Array; readonly start: number; readonly end: number },
    variant: Mtp3Transfer['variant'],
    anomalies: AnomalyList,
  ): Outcome {
    const message = decodeSccp(part.bytes, part.start, part.end, variant, anomalies)
    if (message instanceof Fault) return unread(message, payload)
    if ('connectionOriented' in message) return outcome('sccp', 'not', 'connection-oriented SCCP is not decoded')
    return this.unitdata(payload, route, message, anomalies)
  }

  private unitdata(payload: Payload, route: Route, message: SccpUnitdata, anomalies: AnomalyList): Outcome {
    if (message.called.ssn === SCCP_MANAGEMENT_SSN && message.calling.ssn === SCCP_MANAGEMENT_SSN) return SCCP_SERVICE
    const data = this.segments.add(message, route.opc, payload.packet.timeUs, anomalies)
    if (data === null) return SEGMENT_HELD
    return this.ss7.take(payload, route, message, data, anomalies)
  }
}

/** Why a message was not read: of one that the capture cut, that is why. */
function unread({ layer, reason }: Fault, { anomalies }: Payload): Outcome {
  return outcome(layer, 'not', anomalies.includes('cutByCapture') ? 'cut by the capture' : reason)
}

function maintenance(layer: SignallingProtocol): Outcome {
  return outcome(layer, 'decoded', 'link and application server management')
}

const packetOutcomes = new Map<Disposition, Outcome>()

/** The coverage row of a packet that carried no message. Dispositions are a fixed set of objects. */
function packetOutcome(disposition: Disposition): Outcome {
  const known = packetOutcomes.get(disposition)
  if (known !== undefined) return known
  const state = disposition.outcome === 'undecoded' ? 'not' : 'decoded'
  const made = outcome(disposition.protocol, state, disposition.reason)
  packetOutcomes.set(disposition, made)
  return made
}
