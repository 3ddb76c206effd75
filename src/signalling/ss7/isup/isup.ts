import { at } from '../../../bytes/at.ts'
import { Fault } from '../../../bytes/fault.ts'
import type { AnomalyList } from '../../anomaly.ts'
import type { Mtp3Variant } from '../mtp3.ts'
import { type IsupMessageRow, isupMessageRow, type VariableParameter } from './messages.ts'
import { decodeGenericNumber, decodeIsupNumber, decodeSubsequentNumber, type IsupNumber } from './number.ts'

/** A message of ISUP or BICC: who calls whom on which circuit. Absent parts are null. */
export interface IsupMessage {
  /** Circuit identification code, or BICC's call instance code. */
  readonly cic: number
  readonly type: number
  /** Row of its type; null where none of the standards defines it. */
  readonly row: IsupMessageRow | null
  readonly calledNumber: IsupNumber | null
  readonly callingNumber: IsupNumber | null
  readonly redirectingNumber: IsupNumber | null
  readonly originalCalledNumber: IsupNumber | null
  /** Whom the call is to go to instead. */
  readonly redirectionNumber: IsupNumber | null
  readonly connectedNumber: IsupNumber | null
  readonly locationNumber: IsupNumber | null
  /** The first generic number. */
  readonly genericNumber: IsupNumber | null
  /** Digits that follow those of the initial address. */
  readonly subsequentDigits: string | null
  /** Cause value (Q.850 §2.2.5), 0 to 127. */
  readonly cause: number | null
  /** Where the message could not be read to its end; what came before stands. */
  readonly fault: Fault | null
}

/** Parameters read in the optional part, by their name's code. Source: ITU-T Q.763 table 5. */
export const ISUP_PARAMETERS = {
  calledPartyNumber: 0x04,
  subsequentNumber: 0x05,
  callingPartyNumber: 0x0a,
  redirectingNumber: 0x0b,
  redirectionNumber: 0x0c,
  causeIndicators: 0x12,
  connectedNumber: 0x21,
  originalCalledNumber: 0x28,
  locationNumber: 0x3f,
  genericNumber: 0xc0,
} as const

const END_OF_OPTIONAL = 0

type Draft = { -readonly [K in keyof IsupMessage]: IsupMessage[K] }

/**
 * Decodes an ISUP message in `bytes[start, end)`, from its circuit identification code on.
 * Source: ITU-T Q.763 §1; ANSI T1.113.3 where `variant` is `ansi`. @returns a Fault when not even circuit and type can be
 * read; a later break leaves `fault` in the message. Never throws.
 */
export function decodeIsup(
  bytes: Uint8Array,
  start: number,
  end: number,
  variant: Mtp3Variant,
  anomalies: AnomalyList,
): IsupMessage | Fault {
  if (end - start < 3 || end > bytes.length) return new Fault('isup', 'truncated', end)
  const ansi = variant === 'ansi'
  // low octet first; 12 bits, 14 in ANSI (Q.763 §1.2, T1.113.3 §1.2)
  const cic = (at(bytes, start) | (at(bytes, start + 1) << 8)) & (ansi ? 0x3fff : 0x0fff)
  return decodeMessage(bytes, start + 2, end, cic, ansi, anomalies)
}

/**
 * Decodes a BICC message in `bytes[start, end)`: ISUP's but for a call instance code of four octets.
 * Source: ITU-T Q.1902.3 §5.2. @returns as `decodeIsup`. Never throws.
 */
export function decodeBicc(
  bytes: Uint8Array,
  start: number,
  end: number,
  variant: Mtp3Variant,
  anomalies: AnomalyList,
): IsupMessage | Fault {
  if (end - start < 5 || end > bytes.length) return new Fault('bicc', 'truncated', end)
  const cic =
    (at(bytes, start) | (at(bytes, start + 1) << 8) | (at(bytes, start + 2) << 16) | (at(bytes, start + 3) << 24)) >>> 0
  return decodeMessage(bytes, start + 4, end, cic, variant === 'ansi', anomalies)
}

/** From the message type at `p` on. */
function decodeMessage(
  bytes: Uint8Array,
  p: number,
  end: number,
  cic: number,
  ansi: boolean,
  anomalies: AnomalyList,
): IsupMessage {
  const type = at(bytes, p)
  const row = isupMessageRow(type, ansi)
  const message: Draft = {
    cic,
    type,
    row: row ?? null,
    calledNumber: null,
    callingNumber: null,
    redirectingNumber: null,
    originalCalledNumber: null,
    redirectionNumber: null,
    connectedNumber: null,
    locationNumber: null,
    genericNumber: null,
    subsequentDigits: null,
    cause: null,
    fault: null,
  }
  if (row !== undefined) message.fault = decodeParts(bytes, p + 1, end, row, message, anomalies)
  return message
}

/** The parts behind the message type: fixed, variable by pointers, optional by a pointer. Source: Q.763 §1.5 to §1.9. */
function decodeParts(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: IsupMessageRow,
  message: Draft,
  anomalies: AnomalyList,
): Fault | null {
  let p = start + row.fixed
  if (p + row.variable.length > end) return new Fault('isup', 'truncated', end)
  let fault: Fault | null = null
  for (const name of row.variable) {
    const lengthAt = p + at(bytes, p)
    const valueEnd = lengthAt + 1 + at(bytes, lengthAt)
    if (lengthAt >= end || valueEnd > end) fault ??= new Fault('isup', 'parameter out of range', p)
    else takeVariable(name, bytes, lengthAt + 1, valueEnd, message, anomalies)
    p++
  }
  // a type that gained its optional part in a later edition may end without a pointer to it
  if (!row.optional || p >= end || at(bytes, p) === 0) return fault
  return fault ?? decodeOptional(bytes, p + at(bytes, p), end, message, anomalies)
}

function takeVariable(
  name: VariableParameter,
  bytes: Uint8Array,
  start: number,
  end: number,
  message: Draft,
  anomalies: AnomalyList,
): void {
  if (name === 'called') message.calledNumber = decodeIsupNumber(bytes, start, end, anomalies)
  else if (name === 'subsequent') message.subsequentDigits = decodeSubsequentNumber(bytes, start, end, anomalies)
  else if (name === 'cause') message.cause = decodeCause(bytes, start, end)
}

/** Name, length, value, until the octet that ends them. Source: Q.763 §1.9. */
function decodeOptional(
  bytes: Uint8Array,
  start: number,
  end: number,
  message: Draft,
  anomalies: AnomalyList,
): Fault | null {
  let p = start
  while (p < end) {
    const name = at(bytes, p)
    if (name === END_OF_OPTIONAL) return null
    const valueStart = p + 2
    const valueEnd = valueStart + at(bytes, p + 1)
    if (valueStart > end || valueEnd > end) return new Fault('isup', 'parameter out of range', p)
    takeOptional(name, bytes, valueStart, valueEnd, message, anomalies)
    p = valueEnd
  }
  return new Fault('isup', 'optional part without end', end)
}

/** Keeps a parameter; the first of a name stands. */
function takeOptional(
  name: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  message: Draft,
  anomalies: AnomalyList,
): void {
  switch (name) {
    case ISUP_PARAMETERS.calledPartyNumber:
      message.calledNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.subsequentNumber:
      message.subsequentDigits ??= decodeSubsequentNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.callingPartyNumber:
      message.callingNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.redirectingNumber:
      message.redirectingNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.redirectionNumber:
      message.redirectionNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.causeIndicators:
      message.cause ??= decodeCause(bytes, start, end)
      return
    case ISUP_PARAMETERS.connectedNumber:
      message.connectedNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.originalCalledNumber:
      message.originalCalledNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.locationNumber:
      message.locationNumber ??= decodeIsupNumber(bytes, start, end, anomalies)
      return
    case ISUP_PARAMETERS.genericNumber:
      message.genericNumber ??= decodeGenericNumber(bytes, start, end, anomalies)
      return
  }
}

/**
 * Cause value of cause indicators, `bytes[start, end)`: coding standard and location in front, a recommendation octet
 * between them where the extension bit is 0. Source: ITU-T Q.850 §2.2. @returns null when it is not there.
 */
export function decodeCause(bytes: Uint8Array, start: number, end: number): number | null {
  if (start >= end) return null
  const valueAt = (at(bytes, start) & 0x80) !== 0 ? start + 1 : start + 2
  return valueAt < end ? at(bytes, valueAt) & 0x7f : null
}
