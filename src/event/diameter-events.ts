import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { type DiameterMessage, decodeDiameter } from '../signalling/diameter/diameter.ts'
import { diameterMessageLength } from '../signalling/diameter/framing.ts'
import { SmsAssembly } from '../signalling/sms/assembly.ts'
import { type Outcome, outcome, worse } from './coverage.ts'
import { type AnsweredRequest, DiameterRequests } from './diameter-requests.ts'
import { DiameterVisibility } from './diameter-visibility.ts'
import { faultOf } from './event-fault.ts'
import { shortMessage } from './short-message.ts'
import { blankDetail, type EventDetail, type SignallingEvent, type SmsHeaders } from './signalling-event.ts'

const DECODED = outcome('diameter', 'decoded')
const UNKNOWN_COMMAND = outcome('diameter', 'partly', 'command code not defined')
const TRAILING = outcome('diameter', 'partly', 'octets behind the message are no Diameter message')
const TOO_MANY = outcome('diameter', 'partly', 'more messages in one payload than are decoded')

/** Commands that forward a short message. */
const MO_FORWARD = 8388645
const MT_FORWARD = 8388646
/** DIAMETER_SUCCESS (RFC 6733 §7.1.2). */
const SUCCESS = 2001

/** Diameter messages → events, with requests paired to their answers. */
export class DiameterEvents {
  readonly visibility = new DiameterVisibility()
  readonly requests = new DiameterRequests()
  private readonly smsAssembly = new SmsAssembly()
  private readonly captureNames: readonly { readonly name: string }[]
  private readonly emit: (event: SignallingEvent) => void
  private readonly nextSeq: () => number

  /** @param nextSeq gives the number of the next event of the run; all adapters share it. */
  constructor(
    captureNames: readonly { readonly name: string }[],
    emit: (event: SignallingEvent) => void,
    nextSeq: () => number,
  ) {
    this.captureNames = captureNames
    this.emit = emit
    this.nextSeq = nextSeq
  }

  /**
   * Decodes the message in `payload`, or the several one behind the other, and emits an event for each.
   * @param anomalies what is odd about the payload: it counts for every message in it. @returns what became of it.
   */
  take(payload: Payload, anomalies: AnomalyList): Outcome {
    const { bytes, end } = payload
    const before = anomalies.list()
    let result: Outcome = DECODED
    let start = payload.start
    for (let count = 0; start < end; count++) {
      if (count === LIMITS.diameterMessagesPerPayload) return worse(result, TOO_MANY)
      if (count > 0 && diameterMessageLength(bytes, start, end) <= 0) return worse(result, TRAILING)
      const own = count === 0 ? anomalies : AnomalyList.of(before)
      const message = decodeDiameter(bytes, start, end, own)
      if (message instanceof Fault) {
        const { layer, reason } = message
        return count === 0 ? outcome(layer, 'not', reason) : worse(result, outcome(layer, 'partly', reason))
      }
      this.takeMessage(payload, message, own)
      const { fault } = message
      if (fault !== null) result = worse(result, outcome(fault.layer, 'partly', fault.reason))
      else if (message.command === null) result = worse(result, UNKNOWN_COMMAND)
      start = message.end
    }
    return result
  }

  private takeMessage(payload: Payload, message: DiameterMessage, anomalies: AnomalyList): void {
    const { packet, association, srcPort, dstPort } = payload
    const { commandCode, hopByHop, endToEnd, fields, isRequest } = message
    const { sessionId } = fields
    const ids = { association, srcPort, dstPort, commandCode, hopByHop, endToEnd, sessionId }
    let request: AnsweredRequest | null = null
    if (!isRequest) {
      request = this.requests.answer(ids, packet.timeUs)
      if (request?.endToEndChanged === true) anomalies.add('endToEndChanged')
      this.visibility.note(request?.originHost ?? null, payload.srcIp, payload.dstIp)
    }
    const event = this.eventOf(payload, message, request, anomalies)
    if (isRequest) this.requests.add(ids, packet.timeUs, event.seq, fields.imsi, fields.msisdn, fields.originHost)
    this.emit(event)
  }

  private eventOf(
    payload: Payload,
    message: DiameterMessage,
    request: AnsweredRequest | null,
    anomalies: AnomalyList,
  ): SignallingEvent {
    const { packet } = payload
    const { fields, isRequest } = message
    return {
      capture: this.captureNames[packet.capture]?.name ?? '',
      frame: packet.frame,
      timeUs: packet.timeUs,
      protocol: 'diameter',
      kind: isRequest ? 'request' : 'answer',
      operation: message.command?.name ?? null,
      code: message.commandCode,
      opcodeForm: null,
      applicationContext: null,
      opc: null,
      dpc: null,
      callingGt: null,
      callingSsn: null,
      calledGt: null,
      calledSsn: null,
      tcap: null,
      otid: null,
      dtid: null,
      invokeId: null,
      errorCode: null,
      imsi: fields.imsi,
      msisdn: fields.msisdn,
      imei: fields.imei,
      nodeAddress: fields.nodeAddress,
      cellId: fields.cellId,
      sms: fields.tpdu === null ? null : smsHeaders(this.smsAssembly, message, packet.timeUs, anomalies),
      originHost: fields.originHost,
      originRealm: fields.originRealm,
      destinationHost: fields.destinationHost,
      destinationRealm: fields.destinationRealm,
      userName: fields.userName,
      visitedPlmn: fields.visitedPlmn,
      routeRecord: fields.routeRecord,
      sessionId: fields.sessionId,
      applicationId: message.applicationId,
      resultCode: fields.resultCode,
      srcIp: payload.srcIp,
      dstIp: payload.dstIp,
      srcPort: payload.srcPort === 0 ? null : payload.srcPort,
      dstPort: payload.dstPort === 0 ? null : payload.dstPort,
      teid: null,
      apn: fields.apn,
      servingNetwork: fields.servingNetwork,
      anomalies: anomalies.list(),
      fault: message.fault === null ? null : faultOf(message.fault, payload),
      seq: this.nextSeq(),
      answers: request?.seq ?? 0,
      callingNature: null,
      calledNature: null,
      subjectImsi: fields.imsi ?? fields.imsiPrefix ?? request?.imsi ?? null,
      subjectMsisdn: fields.msisdn ?? request?.msisdn ?? null,
      gsmScfAddresses: NO_ADDRESSES,
      forwardedTo: null,
      position: fields.position,
      barred: fields.barred,
      locationWanted: fields.locationWanted,
      vectors: fields.vectors,
      identityMissing: message.identityMissing,
      invokesBefore: 0,
      encoding: message.encoding,
      detail: detailOf(message),
      answeredBy: null,
    }
  }
}

const NO_ADDRESSES: readonly string[] = []

function detailOf(message: DiameterMessage): EventDetail {
  const { fields } = message
  const detail = blankDetail()
  if (message.isRequest) detail.flags = fields.flags
  detail.cancellationType = fields.cancellationType
  detail.profileParts = fields.profileParts
  detail.redirects = fields.redirects
  detail.otherAddresses = fields.otherAddresses
  detail.lcsClient = fields.lcsClient
  detail.locationAgeMinutes = fields.locationAgeMinutes
  detail.requested = fields.requested
  detail.rat = fields.rat
  detail.proxyHosts = fields.proxyHosts
  detail.hopByHop = message.hopByHop
  detail.endToEnd = message.endToEnd
  return detail
}

/** A short message of SGd or Gdd; one in an answer is its report. Source: TS 29.338 §6.3. */
function smsHeaders(
  assembly: SmsAssembly,
  message: DiameterMessage,
  timeUs: number,
  anomalies: AnomalyList,
): SmsHeaders | null {
  const { fields, commandCode, isRequest } = message
  if (commandCode !== MO_FORWARD && commandCode !== MT_FORWARD) return null
  const toMobile = (commandCode === MT_FORWARD) === isRequest
  const isError = !isRequest && fields.resultCode !== SUCCESS
  return shortMessage(assembly, fields, { toMobile, isReport: !isRequest, isError }, timeUs, anomalies)
}
