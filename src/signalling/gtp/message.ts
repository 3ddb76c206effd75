import type { Fault } from '../../bytes/fault.ts'
import type { GtpHeader } from './header.ts'

/** A tunnel endpoint that a message names. */
export interface GtpTunnelEndpoint {
  /** GTPv2: the interface type as a decimal number (TS 29.274 §8.22). GTPv1: `control` or `user`. */
  readonly interfaceType: string
  /** Of the control plane. */
  readonly isControl: boolean
  /** Null where a GTPv1 message names an address without an identifier. */
  readonly teid: number | null
  readonly address: string | null
}

const NO_ENDPOINTS: GtpTunnelEndpoint[] = []

/** A GTP message of either version; null or empty where nothing of the kind stood in it. */
export interface GtpMessage {
  readonly version: 1 | 2
  readonly header: GtpHeader
  imsi: string | null
  msisdn: string | null
  imei: string | null
  apn: string | null
  /** Cause of an answer, or why a request is sent. */
  cause: number | null
  ratType: number | null
  /** MCC and MNC as one number. */
  servingNetwork: string | null
  /** Cell as `mcc-mnc-lac-ci` or `mcc-mnc-eci`; the area `mcc-mnc-area` where no cell stood; decimal. */
  cellId: string | null
  endpoints: readonly GtpTunnelEndpoint[]
  /** Restart counter. */
  recovery: number | null
  /** Authentication vectors handed over (GTPv1). */
  vectors: number
  /** Information elements, nested ones included. */
  elements: number
  /** Hash of the top-level elements in their order, repeats included. */
  orderHash: number
  /** Hash of the set of top-level elements, whatever their order. */
  setHash: number
  /** Spare bits of Selection Mode (times 16) and of NSAPI or EPS Bearer ID, as found; -1 where neither stood. */
  spareHabit: number
  /** Where the elements stop being readable. */
  fault: Fault | null
}

/** A message of which only the header is known. */
export function blankMessage(version: 1 | 2, header: GtpHeader): GtpMessage {
  return {
    version,
    header,
    imsi: null,
    msisdn: null,
    imei: null,
    apn: null,
    cause: null,
    ratType: null,
    servingNetwork: null,
    cellId: null,
    endpoints: NO_ENDPOINTS,
    recovery: null,
    vectors: 0,
    elements: 0,
    orderHash: 0,
    setHash: 0,
    spareHabit: -1,
    fault: null,
  }
}

/** Counts an element into the hashes. @param isFirst it has not stood in the message before. */
export function noteElement(message: GtpMessage, key: number, isFirst: boolean): void {
  message.orderHash = Math.imul(message.orderHash ^ (key + 1), 0x9e3779b1)
  message.orderHash ^= message.orderHash >>> 15
  if (!isFirst) return
  const mixed = Math.imul(key + 1, 0x85ebca6b)
  message.setHash ^= mixed ^ (mixed >>> 13)
}

/** Notes spare bits of a value: `shift` 4 for Selection Mode, 0 for NSAPI and EPS Bearer ID. The first of each stands. */
export function noteSpareHabit(message: GtpMessage, bits: number, shift: 0 | 4): void {
  if (message.spareHabit < 0) message.spareHabit = 0
  message.spareHabit |= bits << shift
}
