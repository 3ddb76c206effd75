import { Cursor } from '../../bytes/cursor.ts'
import { Fault } from '../../bytes/fault.ts'
import { formatHex } from '../../bytes/tbcd.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import { readTpAddress, type TypeOfNumber } from './address.ts'
import { type Alphabet, type DataCoding, dataCodingOf, type MessageWaiting } from './data-coding.ts'
import { DATA_MESSAGE, dataMessageShape } from './data-message.ts'
import type { OtaCommand, OtaResponse } from './ota-packet.ts'
import { NO_SIM_CONTENT, recogniseSimContent } from './ota-recognition.ts'
import { SHORT_MESSAGE_TYPE_0, USIM_DATA_DOWNLOAD } from './protocol-identifier.ts'
import {
  readEnhancedValidity,
  readTimeStamp,
  relativeValiditySeconds,
  VALIDITY_FORMATS,
  type ValidityFormat,
} from './time-stamp.ts'
import {
  type ApplicationPorts,
  COMMAND_PACKET_ELEMENT,
  type Concatenation,
  decodeUserDataHeader,
  NO_USER_DATA_HEADER,
  RESPONSE_PACKET_ELEMENT,
  type UserDataHeader,
} from './user-data-header.ts'

export { TYPES_OF_NUMBER, type TypeOfNumber } from './address.ts'

/** Types of TPDU. Source: 3GPP TS 23.040 §9.2.2. */
export type SmsType = 'deliver' | 'deliverReport' | 'submit' | 'submitReport' | 'statusReport' | 'command'

/** The headers of a short message, and what its body is. The body itself is never kept. */
export interface SmsTpdu {
  readonly type: SmsType
  /** TP-PID; 0 where the TPDU carries none. */
  readonly pid: number
  /** TP-DCS; 0 where the TPDU carries none. */
  readonly dcs: number
  /** User data header elements as hexadecimal, without the length octet; null when there is none. */
  readonly udh: string | null
  /** TP-OA of a DELIVER, TP-DA of a SUBMIT or COMMAND, TP-RA of a STATUS-REPORT; null in the others. */
  readonly address: string | null
  readonly addressType: TypeOfNumber | null
  readonly addressPlan: number | null
  /** TP-MR: number of a SUBMIT or COMMAND, or of the one a STATUS-REPORT is about. */
  readonly messageReference: number | null
  /** TP-MN: the message a COMMAND is about. */
  readonly messageNumber: number | null
  /** TP-CT of a COMMAND. */
  readonly commandType: number | null
  /** TP-ST of a STATUS-REPORT. */
  readonly status: number | null
  /** TP-FCS of a report that refuses; null in one that acknowledges. */
  readonly failureCause: number | null
  /** TP-SCTS, µs since 1970; null when absent or impossible. */
  readonly serviceCentreTimeUs: number | null
  /** TP-DT of a STATUS-REPORT, µs since 1970. */
  readonly dischargeTimeUs: number | null
  readonly validityFormat: ValidityFormat
  /** Relative or enhanced validity period, s. */
  readonly validitySeconds: number | null
  /** Absolute validity period, µs since 1970. */
  readonly expiryTimeUs: number | null
  /** TP-MMS says that more messages wait: its bit is 0. */
  readonly moreMessages: boolean
  /** TP-LP: forwarded or spawned, and not to be again. */
  readonly loopPrevention: boolean
  readonly rejectDuplicates: boolean
  /** TP-SRI, TP-SRR or TP-SRQ. */
  readonly statusReport: boolean
  readonly replyPath: boolean
  /** Null where the TPDU carries no text or data of a user. */
  readonly alphabet: Alphabet | null
  readonly messageClass: DataCoding['messageClass']
  readonly compressed: boolean
  readonly waiting: MessageWaiting | null
  /** The body is 8-bit data. */
  readonly binary: boolean
  /** A DELIVER of type 0: the phone acknowledges it and shows nothing. */
  readonly silent: boolean
  /** Octets of user data, header included, as TP-UDL declares them. */
  readonly lengthOctets: number
  /** Identifiers of the user data header's elements. */
  readonly elements: readonly number[]
  readonly concatenation: Concatenation | null
  readonly ports: ApplicationPorts | null
  readonly singleShift: number | null
  readonly lockingShift: number | null
  /** A SIM command or response packet (TS 31.115) in the body. */
  readonly command: OtaCommand | null
  readonly response: OtaResponse | null
  /** Proactive commands that unsecured data would have the SIM issue, by name. */
  readonly commands: readonly string[]
  /** A binary SUBMIT shaped like one that carries the phone's location or IMEI out. */
  readonly holdsLocation: boolean
  readonly holdsImei: boolean
  /** Where the body stands in the buffer, behind the user data header: `[bodyStart, bodyEnd)`. */
  readonly bodyStart: number
  readonly bodyEnd: number
}

/** How a TPDU travels, without which its type is not known. */
export interface SmsDirection {
  /** This TPDU goes towards the phone. */
  readonly toMobile: boolean
  /** It answers a message: it came in a result or an error. */
  readonly isReport: boolean
  /** It came in an error; when left out, the first octet tells a cause of failure from a parameter indicator. */
  readonly isError?: boolean
}

type Draft = { -readonly [K in keyof SmsTpdu]: SmsTpdu[K] }

const TO_MOBILE: SmsDirection = { toMobile: true, isReport: false }
const FROM_MOBILE: SmsDirection = { toMobile: false, isReport: false }

/**
 * Decodes a TPDU of a forwarded message in `bytes[start, end)`: DELIVER or STATUS-REPORT towards the phone, else SUBMIT
 * or COMMAND. As `decodeSms`.
 */
export function decodeTpdu(
  bytes: Uint8Array,
  start: number,
  end: number,
  toMobile: boolean,
  anomalies: AnomalyList | null = null,
): SmsTpdu | Fault {
  return decodeSms(bytes, start, end, toMobile ? TO_MOBILE : FROM_MOBILE, anomalies)
}

/**
 * Decodes a TPDU in `bytes[start, end)`.
 * Source: 3GPP TS 23.040 §9.2.2. @returns a Fault when cut within the headers, or for a type its direction does not
 * have; a body that is cut is no fault. Never throws.
 */
export function decodeSms(
  bytes: Uint8Array,
  start: number,
  end: number,
  direction: SmsDirection,
  anomalies: AnomalyList | null = null,
): SmsTpdu | Fault {
  const c = new Cursor(bytes, start, end)
  const first = c.u8()
  if (c.failed) return new Fault('sms', 'truncated', c.failedAt)
  const type = typeOf(first & 3, direction, anomalies)
  if (type === null) return new Fault('sms', 'unknown message type', start)
  const t = blank(type)
  const present = readHeaders(c, t, first, direction, anomalies)
  if (c.failed) return new Fault('sms', 'truncated', c.failedAt)
  if (!present) return t
  return readUserData(c, t, (first & 0x40) !== 0, anomalies) ?? t
}

/** Source: TS 23.040 §9.2.3.1; a phone takes the reserved type for a DELIVER. */
function typeOf(
  indicator: number,
  { toMobile, isReport }: SmsDirection,
  anomalies: AnomalyList | null,
): SmsType | null {
  if (isReport) {
    if (toMobile) return indicator === 1 ? 'submitReport' : null
    return indicator === 0 ? 'deliverReport' : null
  }
  if (!toMobile) return indicator === 1 ? 'submit' : indicator === 2 ? 'command' : null
  if (indicator === 3) anomalies?.add('smsReservedType')
  return indicator === 1 ? null : indicator === 2 ? 'statusReport' : 'deliver'
}

/** Reads all in front of TP-UDL. @returns whether TP-UDL (or TP-CDL) follows. */
function readHeaders(
  c: Cursor,
  t: Draft,
  first: number,
  direction: SmsDirection,
  anomalies: AnomalyList | null,
): boolean {
  switch (t.type) {
    case 'deliver':
      t.moreMessages = (first & 4) === 0
      t.loopPrevention = (first & 8) !== 0
      t.statusReport = (first & 0x20) !== 0
      t.replyPath = (first & 0x80) !== 0
      readAddress(c, t, anomalies)
      t.pid = c.u8()
      t.dcs = c.u8()
      t.serviceCentreTimeUs = readTimeStamp(c)
      t.silent = t.pid === SHORT_MESSAGE_TYPE_0
      return true
    case 'submit':
      t.rejectDuplicates = (first & 4) !== 0
      t.statusReport = (first & 0x20) !== 0
      t.replyPath = (first & 0x80) !== 0
      t.messageReference = c.u8()
      readAddress(c, t, anomalies)
      t.pid = c.u8()
      t.dcs = c.u8()
      readValidity(c, t, (first >> 3) & 3)
      return true
    case 'command':
      t.statusReport = (first & 0x20) !== 0
      t.messageReference = c.u8()
      t.pid = c.u8()
      t.commandType = c.u8()
      t.messageNumber = c.u8()
      readAddress(c, t, anomalies)
      return true
    case 'statusReport':
      t.moreMessages = (first & 4) === 0
      t.loopPrevention = (first & 8) !== 0
      t.statusReport = (first & 0x20) !== 0
      t.messageReference = c.u8()
      readAddress(c, t, anomalies)
      t.serviceCentreTimeUs = readTimeStamp(c)
      t.dischargeTimeUs = readTimeStamp(c)
      t.status = c.u8()
      if (c.left <= 0) return false
      return readIndicated(c, t, c.u8())
    default: {
      let indicator = c.u8()
      // causes of failure begin at 0x80 (§9.2.3.22); the same bit of an indicator announces another, which none needs
      if (direction.isError ?? indicator >= 0x80) {
        t.failureCause = indicator
        indicator = c.u8()
      }
      return readIndicated(c, t, indicator)
    }
  }
}

/** Reads what stands behind TP-PI; a SUBMIT-REPORT has its time stamp in between. */
function readIndicated(c: Cursor, t: Draft, indicator: number): boolean {
  skipExtensions(c, indicator)
  if (t.type === 'submitReport') t.serviceCentreTimeUs = readTimeStamp(c)
  return readParameters(c, t, indicator)
}

/** Reads TP-PI's further octets, each announced by the one in front; they name nothing yet. Source: TS 23.040 §9.2.3.27. */
function skipExtensions(c: Cursor, indicator: number): void {
  let octet = indicator
  while ((octet & 0x80) !== 0 && !c.failed) octet = c.u8()
}

/** Reads the parameters that a TP-PI octet names. @returns whether TP-UDL follows. */
function readParameters(c: Cursor, t: Draft, indicator: number): boolean {
  if ((indicator & 1) !== 0) t.pid = c.u8()
  if ((indicator & 2) !== 0) t.dcs = c.u8()
  return (indicator & 4) !== 0
}

function readAddress(c: Cursor, t: Draft, anomalies: AnomalyList | null): void {
  const found = readTpAddress(c)
  t.address = found.address
  t.addressType = found.addressType
  t.addressPlan = found.addressPlan
  if (found.tooLong) anomalies?.add('identityLength')
}

function readValidity(c: Cursor, t: Draft, format: number): void {
  t.validityFormat = VALIDITY_FORMATS[format] ?? 'none'
  if (format === 1) t.validitySeconds = readEnhancedValidity(c)
  else if (format === 2) t.validitySeconds = relativeValiditySeconds(c.u8())
  else if (format === 3) t.expiryTimeUs = readTimeStamp(c)
}

/** Reads TP-UDL and what follows. Source: TS 23.040 §9.2.3.16, §9.2.3.24. */
function readUserData(c: Cursor, t: Draft, hasHeader: boolean, anomalies: AnomalyList | null): Fault | null {
  const length = c.u8()
  if (c.failed) return new Fault('sms', 'truncated', c.failedAt)
  const { bytes } = c
  const from = c.offset
  const isCommand = t.type === 'command'
  if (!isCommand) {
    const coding = dataCodingOf(t.dcs)
    t.alphabet = coding.alphabet
    t.messageClass = coding.messageClass
    t.compressed = coding.compressed
    t.waiting = coding.waiting
    t.binary = coding.alphabet === '8bit'
  }
  // septets are counted, not octets, unless they are compressed
  const isPacked = !isCommand && !t.compressed && (t.alphabet === 'gsm7' || t.alphabet === 'reserved')
  t.lengthOctets = isPacked ? (length * 7 + 7) >> 3 : length
  if (c.left !== t.lengthOctets) anomalies?.add('smsUserDataLength')
  // where the two disagree, all that is there: a SIM is handed the whole TPDU
  t.bodyEnd = Math.min(c.end, from + LIMITS.smsUserDataBytes)
  t.bodyStart = Math.min(from, t.bodyEnd)
  let header: UserDataHeader = NO_USER_DATA_HEADER
  if (hasHeader && length > 0) {
    const octets = c.u8()
    const start = c.offset
    c.skip(octets)
    if (c.failed) return new Fault('sms', 'user data header out of range', start)
    t.udh = formatHex(bytes, start, c.offset)
    t.bodyStart = c.offset
    header = decodeUserDataHeader(bytes, start, c.offset)
    t.elements = header.elements
    t.concatenation = header.concatenation
    t.ports = header.ports
    t.singleShift = header.singleShift
    t.lockingShift = header.lockingShift
    if (header.isOdd || octets + 1 > t.lengthOctets) anomalies?.add('smsUserDataHeader')
  }
  if (!isCommand) inspectBody(bytes, t, header, anomalies)
  return null
}

function inspectBody(bytes: Uint8Array, t: Draft, header: UserDataHeader, anomalies: AnomalyList | null): void {
  const { concatenation, elements } = header
  // the packet's header stands in the first part only
  if (concatenation === null || concatenation.sequence === 1) {
    const hint = {
      declaresCommand: elements.includes(COMMAND_PACKET_ELEMENT),
      declaresResponse: elements.includes(RESPONSE_PACKET_ELEMENT),
      pid: t.pid,
      isSimData: t.binary && t.type === 'deliver' && (t.pid === USIM_DATA_DOWNLOAD || t.messageClass === 2),
      cut: concatenation !== null && concatenation.total > 1,
    }
    const content = recogniseSimContent(bytes, t.bodyStart, t.bodyEnd, hint, anomalies)
    t.command = content.command
    t.response = content.response
    t.commands = content.commands
  }
  if (t.binary && t.type === 'submit') {
    const shape = dataMessageShape(bytes, t.bodyStart, t.bodyEnd)
    t.holdsLocation = (shape & DATA_MESSAGE.location) !== 0
    t.holdsImei = (shape & DATA_MESSAGE.imei) !== 0
  }
}

function blank(type: SmsType): Draft {
  return {
    type,
    pid: 0,
    dcs: 0,
    udh: null,
    address: null,
    addressType: null,
    addressPlan: null,
    messageReference: null,
    messageNumber: null,
    commandType: null,
    status: null,
    failureCause: null,
    serviceCentreTimeUs: null,
    dischargeTimeUs: null,
    validityFormat: 'none',
    validitySeconds: null,
    expiryTimeUs: null,
    moreMessages: false,
    loopPrevention: false,
    rejectDuplicates: false,
    statusReport: false,
    replyPath: false,
    alphabet: null,
    messageClass: null,
    compressed: false,
    waiting: null,
    binary: false,
    silent: false,
    lengthOctets: 0,
    elements: NO_USER_DATA_HEADER.elements,
    concatenation: null,
    ports: null,
    singleShift: null,
    lockingShift: null,
    command: null,
    response: null,
    commands: NO_SIM_CONTENT.commands,
    holdsLocation: false,
    holdsImei: false,
    bodyStart: 0,
    bodyEnd: 0,
  }
}
