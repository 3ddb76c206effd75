import type { AnomalyName } from '../signalling/anomaly.ts'
import type { TypeOfNumber } from '../signalling/sms/tpdu.ts'

export type Protocol = 'map' | 'cap' | 'inap' | 'isup' | 'diameter' | 'gtpv1' | 'gtpv2'
export type EventKind = 'invoke' | 'result' | 'error' | 'reject' | 'abort' | 'dialogue' | 'request' | 'answer'

export interface SmsHeaders {
  readonly pid: number
  readonly dcs: number
  readonly udh: string | null
  readonly originator: string | null
  readonly oaType: TypeOfNumber | null
}

export interface EventFault {
  readonly layer: string
  readonly reason: string
  /** Octets from the start of the frame, or of the reassembled message. */
  readonly offset: number
}

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
}
