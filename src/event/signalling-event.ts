import { type AnomalyName, NO_ANOMALIES } from '../signalling/anomaly.ts'
import type { SmsTpdu, TypeOfNumber } from '../signalling/sms/tpdu.ts'

export type Protocol = 'map' | 'cap' | 'inap' | 'isup' | 'diameter' | 'gtpv1' | 'gtpv2'
export type EventKind = 'invoke' | 'result' | 'error' | 'reject' | 'abort' | 'dialogue' | 'request' | 'answer'

export interface SmsHeaders {
  readonly pid: number
  readonly dcs: number
  readonly udh: string | null
  readonly originator: string | null
  readonly oaType: TypeOfNumber | null
  /** All that was decoded of the message; its text is not part of it. */
  readonly tpdu: SmsTpdu | null
}

export interface EventFault {
  readonly layer: string
  readonly reason: string
  /** Octets from the start of the frame, or of the reassembled message. */
  readonly offset: number
}

/**
 * What only some operations carry, and detectors and fingerprints need besides: null or empty where it does not apply.
 * Events without any of it share `NO_DETAIL`.
 */
export interface EventDetail {
  /** Value of the flags AVP of a Diameter request: ULR-, IDR-, DSR-, CLR-, PUR-, NOR-Flags (TS 29.272 §7.3). */
  readonly flags: number | null
  /** Cancellation-Type (TS 29.272 §7.3.24) or CancellationType (TS 29.002). */
  readonly cancellationType: number | null
  /** Parts of a subscriber profile that a message writes, as the specification names them: `apnConfigurationProfile`. */
  readonly profileParts: readonly string[]
  /** Hosts or addresses that a profile sends the subscriber's traffic to, besides gsmSCF: PDN gateways, GMLC, charging. */
  readonly redirects: readonly string[]
  /** Addresses the application layer claims beyond `nodeAddress`. */
  readonly otherAddresses: readonly string[]
  /** Call parties (CAP, INAP, ISUP): digits. */
  readonly callingNumber: string | null
  readonly calledNumber: string | null
  readonly redirectingNumber: string | null
  /** Number a provideRoamingNumber returned. */
  readonly roamingNumber: string | null
  readonly serviceKey: number | null
  /** SS-Code (TS 29.002 §17.7.5). */
  readonly ssCode: number | null
  /** LCS client: its name or number. */
  readonly lcsClient: string | null
  /** Age of the location returned, minutes. */
  readonly locationAgeMinutes: number | null
  /** Names of what a request asks for: `locationInformation`, `subscriberState`, `currentLocation`, `imei` … */
  readonly requested: readonly string[]
  /** Radio access type by its name, as in TS 29.212 RAT-Type or TS 29.274 §8.17. */
  readonly rat: string | null
  /** Tunnel endpoints as `interfaceType:teid@address`, TEID in hexadecimal. */
  readonly fTeids: readonly string[]
  /** Proxy-Host of each Proxy-Info. */
  readonly proxyHosts: readonly string[]
  /** Hop-by-Hop and End-to-End identifiers (RFC 6733 §3), or the GTP sequence number as `hopByHop`. */
  readonly hopByHop: number | null
  readonly endToEnd: number | null
}

const NO_TEXTS: readonly string[] = Object.freeze([])

/** A detail under construction: nothing in it, in the shape that all share. */
export function blankDetail(): { -readonly [K in keyof EventDetail]: EventDetail[K] } {
  return {
    flags: null,
    cancellationType: null,
    profileParts: NO_TEXTS,
    redirects: NO_TEXTS,
    otherAddresses: NO_TEXTS,
    callingNumber: null,
    calledNumber: null,
    redirectingNumber: null,
    roamingNumber: null,
    serviceKey: null,
    ssCode: null,
    lcsClient: null,
    locationAgeMinutes: null,
    requested: NO_TEXTS,
    rat: null,
    fTeids: NO_TEXTS,
    proxyHosts: NO_TEXTS,
    hopByHop: null,
    endToEnd: null,
  }
}

export const NO_DETAIL: EventDetail = Object.freeze(blankDetail())

/**
 * One signalling operation, flat: every key is always there, null where it does not apply or could not be decoded.
 * The first part is what `telltale decode` prints; the second is what detectors and pairing need besides.
 */
export interface SignallingEvent {
  readonly capture: string
  readonly frame: number
  /** Capture time, µs since 1970-01-01T00:00:00Z. */
  readonly timeUs: number
  readonly protocol: Protocol
  readonly kind: EventKind
  readonly operation: string | null
  readonly code: number | null
  readonly opcodeForm: 'local' | 'global' | null
  readonly applicationContext: string | null
  readonly opc: number | null
  readonly dpc: number | null
  readonly callingGt: string | null
  readonly callingSsn: number | null
  readonly calledGt: string | null
  readonly calledSsn: number | null
  readonly tcap: 'begin' | 'continue' | 'end' | 'abort' | 'unidirectional' | null
  readonly otid: string | null
  readonly dtid: string | null
  readonly invokeId: number | null
  readonly errorCode: number | null
  readonly imsi: string | null
  readonly msisdn: string | null
  readonly imei: string | null
  readonly nodeAddress: string | null
  readonly cellId: string | null
  readonly sms: SmsHeaders | null
  readonly originHost: string | null
  readonly originRealm: string | null
  readonly destinationHost: string | null
  readonly destinationRealm: string | null
  readonly userName: string | null
  readonly visitedPlmn: string | null
  readonly routeRecord: readonly string[] | null
  readonly sessionId: string | null
  readonly applicationId: number | null
  readonly resultCode: number | null
  readonly srcIp: string | null
  readonly dstIp: string | null
  readonly srcPort: number | null
  readonly dstPort: number | null
  readonly teid: string | null
  readonly apn: string | null
  readonly servingNetwork: string | null
  readonly anomalies: readonly AnomalyName[]
  readonly fault: EventFault | null

  /** Number of the event in this run, from 1. */
  readonly seq: number
  /** `seq` of the invoke or request that this event answers, or 0. */
  readonly answers: number
  /** Nature of address of the global titles (Q.713 §3.4.2.3.1), null where the title carries none. */
  readonly callingNature: number | null
  readonly calledNature: number | null
  /** Identity of the subscriber it is about: from this event, the one it answers, or, where it names none, the dialogue's
   * opening. */
  readonly subjectImsi: string | null
  readonly subjectMsisdn: string | null
  /** gsmSCF addresses that a profile names. */
  readonly gsmScfAddresses: readonly string[]
  readonly forwardedTo: string | null
  /** `latitude,longitude`, in degrees. */
  readonly position: string | null
  /** The profile bars the subscriber. */
  readonly barred: boolean
  /** The request asks for a location. */
  readonly locationWanted: boolean
  /** Authentication vectors handed over. */
  readonly vectors: number
  /** The operation must name a subscriber, and none could be read. */
  readonly identityMissing: boolean
  /** Invokes in front of this one in the same TCAP message. */
  readonly invokesBefore: number
  /** Encoding and numbering habits of the sender, as features in a fixed order: equal texts, equal habits. Null where none
   * were taken. */
  readonly encoding: string | null
  readonly detail: EventDetail
  /** The answer, once it has come: for what is judged only later. The detectors' runner notes it. */
  answeredBy: SignallingEvent | null
}

/** An event under construction. */
export type EventDraft = { -readonly [K in keyof SignallingEvent]: SignallingEvent[K] }

/** An event with nothing in it: every key null, empty or 0. */
export function blankEvent(): EventDraft {
  return {
    capture: '',
    frame: 0,
    timeUs: 0,
    protocol: 'map',
    kind: 'request',
    operation: null,
    code: null,
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
    imsi: null,
    msisdn: null,
    imei: null,
    nodeAddress: null,
    cellId: null,
    sms: null,
    originHost: null,
    originRealm: null,
    destinationHost: null,
    destinationRealm: null,
    userName: null,
    visitedPlmn: null,
    routeRecord: null,
    sessionId: null,
    applicationId: null,
    resultCode: null,
    srcIp: null,
    dstIp: null,
    srcPort: null,
    dstPort: null,
    teid: null,
    apn: null,
    servingNetwork: null,
    anomalies: NO_ANOMALIES,
    fault: null,
    seq: 0,
    answers: 0,
    callingNature: null,
    calledNature: null,
    subjectImsi: null,
    subjectMsisdn: null,
    gsmScfAddresses: NO_TEXTS,
    forwardedTo: null,
    position: null,
    barred: false,
    locationWanted: false,
    vectors: 0,
    identityMissing: false,
    invokesBefore: 0,
    encoding: null,
    detail: NO_DETAIL,
    answeredBy: null,
  }
}
