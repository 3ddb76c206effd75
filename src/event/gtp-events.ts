import { Fault } from '../bytes/fault.ts'
import { formatHexWord } from '../bytes/tbcd.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeGtpHeader, GTP_PRIME_PORT, type GtpHeader, isPiggybacked, isUserData } from '../signalling/gtp/header.ts'
import type { GtpMessage, GtpTunnelEndpoint } from '../signalling/gtp/message.ts'
import type { GtpMessageType } from '../signalling/gtp/message-row.ts'
import { G_PDU, gtpV1Message } from '../signalling/gtp/messages-v1.ts'
import { gtpV2Message } from '../signalling/gtp/messages-v2.ts'
import { decodeGtpV1 } from '../signalling/gtp/v1c.ts'
import { decodeGtpV2 } from '../signalling/gtp/v2c.ts'
import { ratName } from '../signalling/gtp/values.ts'
import { type Outcome, outcome, worse } from './coverage.ts'
import { faultOf } from './event-fault.ts'
import { encodingOf } from './gtp-encoding.ts'
import { type GtpRequest, GtpRequests, hashOctets } from './gtp-requests.ts'
import { GtpTunnels, type TunnelSubscriber } from './gtp-tunnels.ts'
import { GtpVisibility } from './gtp-visibility.ts'
import { blankDetail, blankEvent, type EventDetail, type SignallingEvent } from './signalling-event.ts'

const USER_DATA = outcome('gtp-u', 'decoded', 'user data, not opened')
const VERSION_0 = outcome('gtpv0', 'not', 'protocol is recognised, not decoded')
const CHARGING = outcome('gtp-prime', 'not', 'protocol is recognised, not decoded')
const DECODED = { 1: outcome('gtpv1', 'decoded'), 2: outcome('gtpv2', 'decoded') } as const
const UNKNOWN_TYPE = {
  1: outcome('gtpv1', 'partly', 'message type not defined'),
  2: outcome('gtpv2', 'partly', 'message type not defined'),
} as const

const GTP_U_PORT = 2152
/** GTPv1 messages of the user plane. Source: 3GPP TS 29.281 §6.1. */
const USER_PLANE_TYPES = new Set([1, 2, 26, 31, 253, 254])
/** IMSI among the elements of each version. */
const IMSI_ELEMENT = { 1: 2, 2: 1 } as const
const NOBODY: TunnelSubscriber = { imsi: null, msisdn: null }

/** GTP messages → events, with requests paired to their answers and tunnels to their subscribers. */
export class GtpEvents {
  readonly requests = new GtpRequests()
  readonly tunnels = new GtpTunnels()
  readonly visibility = new GtpVisibility()
  private readonly captureNames: readonly { readonly name: string }[]
  private readonly nextSeq: () => number
  private readonly emit: (event: SignallingEvent) => void

  constructor(
    captureNames: readonly { readonly name: string }[],
    nextSeq: () => number,
    emit: (event: SignallingEvent) => void,
  ) {
    this.captureNames = captureNames
    this.nextSeq = nextSeq
    this.emit = emit
  }

  /** Decodes a datagram and emits an event for each message in it. @returns what became of the datagram. */
  take(payload: Payload, anomalies: AnomalyList): Outcome {
    const { bytes, start, end, srcPort, dstPort } = payload
    const complete = !payload.anomalies.includes('cutByCapture')
    if (isUserData(bytes, start, end, complete)) return USER_DATA
    const chargingPort = srcPort === GTP_PRIME_PORT || dstPort === GTP_PRIME_PORT
    const beside = anomalies.list()
    const header = decodeGtpHeader(bytes, start, end, complete, chargingPort, anomalies)
    if (header instanceof Fault) return outcome('gtp', 'not', header.reason)
    if (header.type === G_PDU && header.family !== 'v2') return USER_DATA
    if (header.family === 'v0') return VERSION_0
    if (header.family === 'prime') return CHARGING
    const first = this.message(payload, header, start, anomalies)
    if (!isPiggybacked(header) || header.messageEnd >= end) return first
    // the one message that may ride on the first (TS 29.274 §5.5.1)
    const own = AnomalyList.of(beside)
    const second = decodeGtpHeader(bytes, header.messageEnd, end, complete, chargingPort, own)
    if (second instanceof Fault) return worse(first, outcome('gtpv2', 'partly', second.reason))
    if (second.family !== 'v2') return worse(first, outcome('gtpv2', 'partly', 'unknown version'))
    if (isPiggybacked(second) && second.messageEnd < end) own.add('trailingOctets')
    return worse(first, this.message(payload, second, header.messageEnd, own))
  }

  private message(payload: Payload, header: GtpHeader, start: number, anomalies: AnomalyList): Outcome {
    const { bytes, end, srcPort, dstPort } = payload
    const isV1 = header.family === 'v1'
    const row = isV1 ? gtpV1Message(header.type) : gtpV2Message(header.type)
    if ((srcPort === GTP_U_PORT || dstPort === GTP_U_PORT) && !(isV1 && USER_PLANE_TYPES.has(header.type)))
      anomalies.add('controlMessageOnUserPort')
    const message = isV1 ? decodeGtpV1(bytes, header, end, anomalies) : decodeGtpV2(bytes, header, end, anomalies)
    this.emitMessage(payload, message, row, start, anomalies)
    if (message.fault !== null) return outcome(message.fault.layer, 'partly', message.fault.reason)
    return row === undefined ? UNKNOWN_TYPE[message.version] : DECODED[message.version]
  }

  private emitMessage(
    payload: Payload,
    message: GtpMessage,
    row: GtpMessageType | undefined,
    start: number,
    anomalies: AnomalyList,
  ): void {
    const { packet, srcIp, dstIp, srcPort, dstPort } = payload
    const { version, header, imsi, msisdn } = message
    const isAnswer = row?.kind === 'answer'
    const request = isAnswer ? this.requestOf(payload, message, row) : null
    const subject = this.subjectOf(payload, message, request)
    const event = blankEvent()
    event.capture = this.captureNames[packet.capture]?.name ?? ''
    event.frame = packet.frame
    event.timeUs = packet.timeUs
    event.protocol = version === 1 ? 'gtpv1' : 'gtpv2'
    event.kind = isAnswer ? 'answer' : 'request'
    event.operation = row?.operation ?? null
    event.code = header.type
    event.imsi = imsi
    event.msisdn = msisdn
    event.imei = message.imei
    event.cellId = message.cellId
    event.resultCode = message.cause
    event.srcIp = srcIp
    event.dstIp = dstIp
    event.srcPort = srcPort
    event.dstPort = dstPort
    event.teid = header.teid === null ? null : formatHexWord(header.teid)
    event.apn = message.apn
    event.servingNetwork = message.servingNetwork
    event.anomalies = anomalies.list()
    event.fault = message.fault === null ? null : faultOf(message.fault, payload)
    event.seq = this.nextSeq()
    event.answers = request?.seq ?? 0
    event.subjectImsi = subject.imsi
    event.subjectMsisdn = subject.msisdn
    event.vectors = message.vectors
    event.identityMissing = !isAnswer && imsi === null && row?.mandatory.includes(IMSI_ELEMENT[version]) === true
    event.encoding = isAnswer ? null : encodingOf(message)
    event.detail = detailOf(message)
    if (isAnswer && dstIp !== null) this.visibility.note(dstIp)
    this.learn(payload, message, request, subject, isAnswer)
    if (row?.awaitsAnswer === true) this.await(payload, message, start, subject, event.seq)
    this.emit(event)
  }

  private requestOf(payload: Payload, { version, header }: GtpMessage, row: GtpMessageType): GtpRequest | null {
    if (header.sequence === null || row.answers === null) return null
    return this.requests.answer({
      version,
      answers: row.answers,
      sequence: header.sequence,
      requester: payload.dstIp ?? '',
      requesterPort: payload.dstPort,
      responder: payload.srcIp ?? '',
      timeUs: payload.packet.timeUs,
    })
  }

  /** Whom a message is about: whom it names, or the request it answers, or whose tunnel it was sent to. */
  private subjectOf(payload: Payload, message: GtpMessage, request: GtpRequest | null): TunnelSubscriber {
    const { imsi, msisdn, header } = message
    const known =
      request !== null && (request.imsi !== null || request.msisdn !== null)
        ? request
        : header.teid !== null && header.teid !== 0 && payload.dstIp !== null
          ? this.tunnels.subscriberOf(header.teid, payload.dstIp)
          : null
    if (imsi === null && msisdn === null) return known ?? NOBODY
    // what names one identity alone leaves the other to what is known of the same subscriber
    if (known !== null && (imsi === null || known.imsi === null || imsi === known.imsi))
      return { imsi: imsi ?? known.imsi, msisdn: msisdn ?? known.msisdn }
    return { imsi, msisdn }
  }

  /**
   * Learns whose the announced endpoints are. What an accepted procedure or the endpoint itself announces overrules what was
   * known; a request that names an endpoint of another address does not, or anybody could claim it.
   */
  private learn(
    payload: Payload,
    message: GtpMessage,
    request: GtpRequest | null,
    subject: TunnelSubscriber,
    isAnswer: boolean,
  ): void {
    if (subject.imsi === null && subject.msisdn === null) return
    const isAccepted = isAnswer && isAcceptance(message)
    if (isAnswer && !isAccepted) return
    for (const { isControl, teid, address } of message.endpoints) {
      if (isControl && teid !== null && teid !== 0 && address !== null)
        this.tunnels.learn(teid, address, subject, (isAccepted && request !== null) || address === payload.srcIp)
    }
    if (request === null || !isAccepted) return
    for (const { isControl, teid, address } of request.endpoints) {
      if (isControl && teid !== null && teid !== 0 && address !== null) this.tunnels.learn(teid, address, subject, true)
    }
  }

  private await(
    payload: Payload,
    { version, header, endpoints }: GtpMessage,
    start: number,
    subject: TunnelSubscriber,
    seq: number,
  ): void {
    if (header.sequence === null) return
    this.requests.add({
      version,
      type: header.type,
      sequence: header.sequence,
      requester: payload.srcIp ?? '',
      requesterPort: payload.srcPort,
      responder: payload.dstIp ?? '',
      octets: hashOctets(payload.bytes, start, Math.min(header.messageEnd, payload.end)),
      timeUs: payload.packet.timeUs,
      seq,
      imsi: subject.imsi,
      msisdn: subject.msisdn,
      endpoints,
    })
  }
}

/** Source: 3GPP TS 29.060 §7.7.1 (128 to 191), TS 29.274 §8.4 (16 to 63). */
function isAcceptance({ version, cause }: GtpMessage): boolean {
  if (cause === null) return false
  return version === 1 ? cause >= 128 && cause < 192 : cause >= 16 && cause < 64
}

function detailOf({ ratType, endpoints, header }: GtpMessage): EventDetail {
  const detail = blankDetail()
  if (ratType !== null) detail.rat = ratName(ratType)
  if (endpoints.length > 0) detail.fTeids = endpoints.map(formatEndpoint)
  detail.hopByHop = header.sequence
  return detail
}

/** `interfaceType:teid@address`; what is not known is left out. */
function formatEndpoint({ interfaceType, teid, address }: GtpTunnelEndpoint): string {
  return `${interfaceType}:${teid === null ? '' : formatHexWord(teid)}@${address ?? ''}`
}
