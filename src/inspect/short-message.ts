import { at } from '../bytes/at.ts'
import { Cursor } from '../bytes/cursor.ts'
import { Fault } from '../bytes/fault.ts'
import { formatHex } from '../bytes/tbcd.ts'
import { formatTime } from '../event/time.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { readTpAddress } from '../signalling/sms/address.ts'
import { dataCodingOf } from '../signalling/sms/data-coding.ts'
import { protocolIdentifierName } from '../signalling/sms/protocol-identifier.ts'
import {
  readEnhancedValidity,
  readTimeStamp,
  relativeValiditySeconds,
  VALIDITY_FORMATS,
} from '../signalling/sms/time-stamp.ts'
import { decodeSms, type SmsDirection, type SmsTpdu, type SmsType } from '../signalling/sms/tpdu.ts'
import { userDataElementName } from '../signalling/sms/user-data-header.ts'
import { FieldReader } from './field-reader.ts'
import { identity, identityText } from './identities.ts'
import { addSimContent } from './sim-packet.ts'
import { type Branch, octets } from './tree.ts'
import { hexNumber, type Names, named, withName } from './values.ts'

/** How a short message travels; null where nothing says. */
export type MessageWay = SmsDirection | null

const TYPE_NAMES: Record<SmsType, string> = {
  deliver: 'SMS-DELIVER',
  deliverReport: 'SMS-DELIVER-REPORT',
  submit: 'SMS-SUBMIT',
  submitReport: 'SMS-SUBMIT-REPORT',
  statusReport: 'SMS-STATUS-REPORT',
  command: 'SMS-COMMAND',
}
/** Source: 3GPP TS 23.040 §9.2.3.22. */
const FAILURE_CAUSES: Names = new Map([
  [0x80, 'telematic interworking not supported'],
  [0x81, 'short message type 0 not supported'],
  [0x82, 'cannot replace short message'],
  [0x8f, 'unspecified TP-PID error'],
  [0x90, 'data coding scheme not supported'],
  [0x91, 'message class not supported'],
  [0x9f, 'unspecified TP-DCS error'],
  [0xa0, 'command cannot be actioned'],
  [0xa1, 'command unsupported'],
  [0xaf, 'unspecified TP-command error'],
  [0xb0, 'TPDU not supported'],
  [0xc0, 'service centre busy'],
  [0xc1, 'no service centre subscription'],
  [0xc2, 'service centre system failure'],
  [0xc3, 'invalid SME address'],
  [0xc4, 'destination SME barred'],
  [0xc5, 'duplicate rejected'],
  [0xc6, 'validity period format not supported'],
  [0xc7, 'validity period not supported'],
  [0xd0, 'SIM SMS storage full'],
  [0xd1, 'no SMS storage capability in SIM'],
  [0xd2, 'error in MS'],
  [0xd3, 'memory capacity exceeded'],
  [0xd4, 'SIM application toolkit busy'],
  [0xd5, 'SIM data download error'],
  [0xff, 'unspecified error cause'],
])

/**
 * Adds the short message TPDU in `bytes[start, end)`: every header field and user data header element, and the header of a
 * packet to or from a SIM. The text is never shown. Source: 3GPP TS 23.040 §9.2.2, §9.2.3.
 */
export function addShortMessage(branch: Branch, bytes: Uint8Array, start: number, end: number, way: MessageWay): void {
  if (start >= end) return
  const anomalies = new AnomalyList()
  const sms = way === null ? null : decodeSms(bytes, start, end, way, anomalies)
  if (sms === null || sms instanceof Fault) {
    branch.content('Short message', start, end, 'its direction is not known, text not shown')
    if (sms !== null) branch.fault(sms)
    return
  }
  const layer = branch.layer('Short message', TYPE_NAMES[sms.type], start, end)
  layer.tree.hide(layer.buffer, sms.bodyStart, sms.bodyEnd)
  const f = new FieldReader(layer, bytes, start, end)
  const first = f.u8('First octet', (value) => `${hexNumber(value, 1)}: ${firstOctet(sms, value)}`)
  addHeaders(f, sms, first, way?.isError ?? null)
  if (!f.failed && f.left > 0) addUserData(f, sms, (first & 0x40) !== 0)
  layer.anomalies(anomalies, start, end)
}

function firstOctet(sms: SmsTpdu, value: number): string {
  const words: string[] = [TYPE_NAMES[sms.type]]
  if (sms.moreMessages) words.push('more messages')
  if (sms.loopPrevention) words.push('loop prevention')
  if (sms.rejectDuplicates) words.push('reject duplicates')
  if (sms.statusReport) words.push('status report')
  if (sms.replyPath) words.push('reply path')
  if (sms.type === 'submit') words.push(`validity period ${sms.validityFormat}`)
  if ((value & 0x40) !== 0) words.push('user data header')
  return words.join(', ')
}

function addHeaders(f: FieldReader, sms: SmsTpdu, first: number, isError: boolean | null): void {
  switch (sms.type) {
    case 'deliver':
      addAddress(f, 'Originating address')
      addIdentifiers(f)
      addTime(f, 'Service centre time')
      return
    case 'submit':
      f.u8('Message reference')
      addAddress(f, 'Destination address')
      addIdentifiers(f)
      addValidity(f, (first >> 3) & 3)
      return
    case 'command':
      f.u8('Message reference')
      f.u8('Protocol identifier', protocolText)
      f.u8('Command type')
      f.u8('Message number')
      addAddress(f, 'Destination address')
      return
    case 'statusReport':
      f.u8('Message reference')
      addAddress(f, 'Recipient address')
      addTime(f, 'Service centre time')
      addTime(f, 'Discharge time')
      f.u8('Status', (value) => `${value} (${statusText(value)})`)
      if (f.left > 0) addIndicated(f, sms)
      return
    default:
      if (isError ?? sms.failureCause !== null) f.u8('Failure cause', (value) => named(FAILURE_CAUSES, value))
      addIndicated(f, sms)
  }
}

function addIdentifiers(f: FieldReader): void {
  f.u8('Protocol identifier', protocolText)
  f.u8('Data coding scheme', codingText)
}

/** TP-PI and what it names. Source: §9.2.3.27. */
function addIndicated(f: FieldReader, sms: SmsTpdu): void {
  let indicator = f.u8('Parameter indicator', (value) => hexNumber(value, 1))
  const named0 = indicator
  while ((indicator & 0x80) !== 0 && !f.failed) indicator = f.u8('Parameter indicator', (value) => hexNumber(value, 1))
  if (sms.type === 'submitReport') addTime(f, 'Service centre time')
  if ((named0 & 1) !== 0) f.u8('Protocol identifier', protocolText)
  if ((named0 & 2) !== 0) f.u8('Data coding scheme', codingText)
}

function protocolText(pid: number): string {
  return withName(protocolIdentifierName(pid), pid)
}

function codingText(dcs: number): string {
  const { alphabet, messageClass, compressed, automaticDeletion, waiting } = dataCodingOf(dcs)
  const words: string[] = [alphabet]
  if (messageClass !== null) words.push(`class ${messageClass}`)
  if (compressed) words.push('compressed')
  if (automaticDeletion) words.push('automatic deletion')
  if (waiting !== null) words.push(`message waiting ${waiting.kind} ${waiting.active ? 'on' : 'off'}`)
  return `${hexNumber(dcs, 1)}: ${words.join(', ')}`
}

/** Source: 3GPP TS 23.040 §9.2.3.15. */
function statusText(status: number): string {
  if (status < 0x20) return 'transaction completed'
  if (status < 0x40) return 'temporary error, still trying'
  if (status < 0x60) return 'permanent error'
  return status < 0x80 ? 'temporary error, no more attempts' : 'reserved'
}

function addAddress(f: FieldReader, name: string): void {
  const { bytes, branch, offset } = f
  const cursor = new Cursor(bytes, offset, f.end)
  const address = readTpAddress(cursor)
  f.take(cursor.failed ? f.left + 1 : cursor.offset - offset)
  if (f.failed) return
  const row = branch.field(name, null, offset, f.offset)
  // a sender in letters is nobody's number
  const isName = address.addressType === 'alphanumeric'
  row.setValue(
    isName ? identityText(branch.tree, address.address ?? 'empty') : identity(branch.tree, 'msisdn', address.address),
  )
  row.field('Length', `${at(bytes, offset)} semi-octets`, offset, offset + 1)
  row.field('Type of number', address.addressType, offset + 1, offset + 2)
  row.field('Numbering plan', address.addressPlan, offset + 1, offset + 2)
}

function addTime(f: FieldReader, name: string): void {
  f.octets(name, 7, (p) => timeText(f.bytes, p))
}

function timeText(bytes: Uint8Array, p: number): string {
  const timeUs = readTimeStamp(new Cursor(bytes, p, p + 7))
  return timeUs === null ? `impossible (${formatHex(bytes, p, p + 7)})` : formatTime(timeUs).replace('.000000', '')
}

function addValidity(f: FieldReader, format: number): void {
  const kind = VALIDITY_FORMATS[format]
  if (kind === 'relative') f.u8('Validity period', (value) => `${relativeValiditySeconds(value)} s`)
  else if (kind === 'absolute') addTime(f, 'Validity period')
  else if (kind === 'enhanced') {
    f.octets('Validity period', 7, (p) => {
      const seconds = readEnhancedValidity(new Cursor(f.bytes, p, p + 7))
      return seconds === null ? 'none' : `${seconds} s`
    })
  }
}

/** TP-UDL, the user data header and what stands behind it. Source: §9.2.3.16, §9.2.3.24. */
function addUserData(f: FieldReader, sms: SmsTpdu, hasHeader: boolean): void {
  const { bytes, branch } = f
  const counted = sms.alphabet === 'gsm7' || sms.alphabet === 'reserved' ? 'septets' : 'octets'
  const length = f.u8(
    sms.type === 'command' ? 'Command data length' : 'User data length',
    (value) => `${value} ${counted}`,
  )
  if (hasHeader && length > 0 && f.left > 0) {
    const from = f.offset
    const stop = Math.min(f.end, from + 1 + at(bytes, from))
    const header = branch.field('User data header', octets(at(bytes, from)), from, stop)
    addElements(header, bytes, from + 1, stop)
    f.take(stop - from)
  }
  if (sms.bodyEnd > sms.bodyStart) {
    const body = branch.content(sms.binary ? 'Data' : 'Text', sms.bodyStart, sms.bodyEnd, 'text not shown')
    addSimContent(body, sms)
  }
  if (sms.holdsLocation)
    branch.field('Shape of the data', 'as of one that carries a location out', sms.bodyStart, sms.bodyEnd)
  if (sms.holdsImei) branch.field('Shape of the data', 'as of one that carries an IMEI out', sms.bodyStart, sms.bodyEnd)
}

function addElements(header: Branch, bytes: Uint8Array, start: number, end: number): void {
  for (let p = start; p < end; ) {
    const iei = at(bytes, p)
    const from = p + 2
    const stop = from + at(bytes, p + 1)
    if (from > end || stop > end) {
      header.failure('element out of range', p, end)
      return
    }
    const row = header.field(`${userDataElementName(iei)} (${hexNumber(iei, 1)})`, null, p, stop)
    const wide = iei === 0x08 || iei === 0x05
    const head = wide ? (at(bytes, from) << 8) | at(bytes, from + 1) : at(bytes, from)
    if ((iei === 0x00 && stop - from === 3) || (iei === 0x08 && stop - from === 4)) {
      row.setValue(`reference ${head}, part ${at(bytes, stop - 1)} of ${at(bytes, stop - 2)}`)
    } else if ((iei === 0x04 && stop - from === 2) || (iei === 0x05 && stop - from === 4)) {
      const origin = wide ? (at(bytes, from + 2) << 8) | at(bytes, from + 3) : at(bytes, from + 1)
      row.setValue(`to port ${head}, from port ${origin}`)
    } else if (stop - from <= 4) row.setValue(stop === from ? 'empty' : formatHex(bytes, from, stop))
    else {
      // addresses, links and texts of a user stand in the longer ones
      row.setValue(`${octets(stop - from)}, not shown`)
      row.tree.hide(row.buffer, from, stop)
    }
    p = stop
  }
}
