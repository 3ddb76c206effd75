import { at, u16At } from '../bytes/at.ts'
import { formatIpv4, formatIpv6 } from '../packet/address.ts'
import { FieldReader } from './field-reader.ts'
import type { Branch } from './tree.ts'
import { hexNumber, hexValue, type Names, named } from './values.ts'

/** Chunk types. Source: RFC 9260 §3.2, RFC 8260, RFC 5061, RFC 4895, RFC 3758, RFC 4820, RFC 6525. */
const CHUNKS: Names = new Map([
  [0, 'DATA'],
  [1, 'INIT'],
  [2, 'INIT ACK'],
  [3, 'SACK'],
  [4, 'HEARTBEAT'],
  [5, 'HEARTBEAT ACK'],
  [6, 'ABORT'],
  [7, 'SHUTDOWN'],
  [8, 'SHUTDOWN ACK'],
  [9, 'ERROR'],
  [10, 'COOKIE ECHO'],
  [11, 'COOKIE ACK'],
  [12, 'ECNE'],
  [13, 'CWR'],
  [14, 'SHUTDOWN COMPLETE'],
  [15, 'AUTH'],
  [16, 'NR-SACK'],
  [64, 'I-DATA'],
  [128, 'ASCONF-ACK'],
  [130, 'RE-CONFIG'],
  [132, 'PAD'],
  [192, 'FORWARD-TSN'],
  [193, 'ASCONF'],
  [194, 'I-FORWARD-TSN'],
])
/** Parameters of INIT, INIT ACK, ASCONF and RE-CONFIG. Source: https://www.iana.org/assignments/sctp-parameters. */
const PARAMETERS: Names = new Map([
  [1, 'Heartbeat Info'],
  [5, 'IPv4 Address'],
  [6, 'IPv6 Address'],
  [7, 'State Cookie'],
  [8, 'Unrecognized Parameter'],
  [9, 'Cookie Preservative'],
  [11, 'Host Name Address'],
  [12, 'Supported Address Types'],
  [13, 'Outgoing SSN Reset Request'],
  [14, 'Incoming SSN Reset Request'],
  [15, 'SSN/TSN Reset Request'],
  [16, 'Re-configuration Response'],
  [17, 'Add Outgoing Streams Request'],
  [18, 'Add Incoming Streams Request'],
  [0x8000, 'ECN Capable'],
  [0x8001, 'Zero Checksum Acceptable'],
  [0x8002, 'Random'],
  [0x8003, 'Chunk List'],
  [0x8004, 'Requested HMAC Algorithm'],
  [0x8005, 'Padding'],
  [0x8008, 'Supported Extensions'],
  [0xc000, 'Forward TSN Supported'],
  [0xc001, 'Add IP Address'],
  [0xc002, 'Delete IP Address'],
  [0xc003, 'Error Cause Indication'],
  [0xc004, 'Set Primary Address'],
  [0xc005, 'Success Indication'],
  [0xc006, 'Adaptation Layer Indication'],
])
/** Error causes. Source: RFC 9260 §3.3.10, RFC 5061 §4.3. */
const CAUSES: Names = new Map([
  [1, 'Invalid Stream Identifier'],
  [2, 'Missing Mandatory Parameter'],
  [3, 'Stale Cookie'],
  [4, 'Out of Resource'],
  [5, 'Unresolvable Address'],
  [6, 'Unrecognized Chunk Type'],
  [7, 'Invalid Mandatory Parameter'],
  [8, 'Unrecognized Parameters'],
  [9, 'No User Data'],
  [10, 'Cookie Received While Shutting Down'],
  [11, 'Restart of an Association with New Addresses'],
  [12, 'User-Initiated Abort'],
  [13, 'Protocol Violation'],
  [160, 'Request to Delete Last Remaining IP Address'],
  [161, 'Operation Refused Due to Resource Shortage'],
  [162, 'Request to Delete Source IP Address'],
  [163, 'Association Aborted Due to Illegal ASCONF-ACK'],
  [164, 'Request Refused - No Authorization'],
])
/** Payload protocols. Source: https://www.iana.org/assignments/sctp-parameters, Payload Protocol Identifiers. */
const PAYLOAD_PROTOCOLS: Names = new Map([
  [0, 'unspecified'],
  [1, 'IUA'],
  [2, 'M2UA'],
  [3, 'M3UA'],
  [4, 'SUA'],
  [5, 'M2PA'],
  [6, 'V5UA'],
  [7, 'H.248'],
  [8, 'BICC/Q.2150.3'],
  [9, 'TALI'],
  [10, 'DUA'],
  [18, 'S1AP'],
  [19, 'RUA'],
  [20, 'HNBAP'],
  [24, 'SBc-AP'],
  [25, 'NBAP'],
  [27, 'X2AP'],
  [29, 'LCS-AP'],
  [31, 'SABP'],
  [43, 'M2AP'],
  [44, 'M3AP'],
  [46, 'Diameter'],
  [47, 'Diameter over DTLS'],
  [60, 'NGAP'],
  [61, 'XnAP'],
  [62, 'F1AP'],
  [64, 'E1AP'],
])

const DATA = 0
const INIT = 1
const INIT_ACK = 2
const SACK = 3
const NR_SACK = 16
const I_DATA = 64
const FLAG_END = 1
const FLAG_BEGIN = 2
const CHUNK_HEADER_BYTES = 4
/** Gap and duplicate entries shown of one acknowledgement; an honest one has a handful. */
const MOST_GAPS = 64

/** A DATA or I-DATA chunk: its row, and the user data in `bytes[start, end)`. */
export interface DataChunk {
  readonly branch: Branch
  readonly start: number
  readonly end: number
  readonly ppid: number
  /** The user message is whole in this chunk. */
  readonly whole: boolean
}

/**
 * Adds the common header and every chunk of the SCTP packet in `bytes[start, end)`. Source: RFC 9260 §3.
 * @param data is called for each chunk of user data, once its own fields are there.
 * @param cut the capture holds fewer octets than the packet had.
 */
export function addSctp(
  trunk: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  cut: boolean,
  data: (chunk: DataChunk) => void,
): void {
  const layer = trunk.layer('SCTP', null, start, end)
  const f = new FieldReader(layer, bytes, start, end)
  const source = f.u16('Source port')
  const destination = f.u16('Destination port')
  f.u32('Verification tag', (value) => hexNumber(value, 4))
  f.u32('Checksum', (value) => `${hexNumber(value, 4)}, not verified`)
  if (f.failed) return
  layer.setValue(`${source} → ${destination}`)
  // every round eats four octets or more
  for (let p = f.offset; p + CHUNK_HEADER_BYTES <= end; ) {
    const length = u16At(bytes, p + 2)
    if (length < CHUNK_HEADER_BYTES || (p + length > end && !cut)) {
      layer.failure('malformed chunk', p, end)
      return
    }
    addChunk(layer, bytes, p, Math.min(end, p + length), data)
    p += (length + 3) & ~3
  }
}

function addChunk(
  layer: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  data: (chunk: DataChunk) => void,
): void {
  const type = at(bytes, start)
  const flags = at(bytes, start + 1)
  const row = layer.field(`Chunk ${named(CHUNKS, type)}`, null, start, end)
  const f = new FieldReader(row, bytes, start, end)
  f.u8('Type', (value) => named(CHUNKS, value))
  const isData = type === DATA || type === I_DATA
  f.u8('Flags', (value) => (isData ? dataFlags(value) : hexNumber(value, 1)))
  f.u16('Length')
  if (isData) addData(f, type, flags, data)
  else if (type === INIT || type === INIT_ACK) addInit(f)
  else if (type === SACK || type === NR_SACK) addSack(f, type)
  else if (type === 6 || type === 9) addParameters(row, bytes, f.offset, end, CAUSES)
  else if (type === 4 || type === 5) addParameters(row, bytes, f.offset, end, PARAMETERS)
  else if (type === 7 || type === 12 || type === 13 || type === 192) {
    f.u32(type === 192 ? 'New cumulative TSN' : 'TSN')
    for (let i = 0; i < MOST_GAPS && f.left >= 4; i++) {
      f.u16('Stream')
      f.u16('Stream sequence number')
    }
  } else if (type === 193 || type === 128) {
    f.u32('Sequence number')
    addParameters(row, bytes, f.offset, end, PARAMETERS)
  } else if (type === 130) addParameters(row, bytes, f.offset, end, PARAMETERS)
  else if (f.left > 0) f.octets(type === 10 ? 'Cookie' : 'Value', f.left, (p) => hexValue(row.tree, bytes, p, end))
}

function dataFlags(flags: number): string {
  const part =
    (flags & (FLAG_BEGIN | FLAG_END)) === (FLAG_BEGIN | FLAG_END)
      ? 'whole message'
      : (flags & FLAG_BEGIN) !== 0
        ? 'first fragment'
        : (flags & FLAG_END) !== 0
          ? 'last fragment'
          : 'middle fragment'
  return `${part}${flags & 4 ? ', unordered' : ''}${flags & 8 ? ', immediate' : ''}`
}

function addData(f: FieldReader, type: number, flags: number, data: (chunk: DataChunk) => void): void {
  const begins = (flags & FLAG_BEGIN) !== 0
  const whole = begins && (flags & FLAG_END) !== 0
  const tsn = f.u32('TSN')
  const stream = f.u16('Stream')
  let ppid = 0
  const protocol = (value: number): string => named(PAYLOAD_PROTOCOLS, value)
  if (type === DATA) {
    f.u16('Stream sequence number')
    ppid = f.u32('Payload protocol', protocol)
  } else {
    f.u16('Reserved')
    f.u32('Message identifier')
    if (begins) ppid = f.u32('Payload protocol', protocol)
    else f.u32('Fragment sequence number')
  }
  if (f.failed) return
  f.branch.setValue(`TSN ${tsn}, stream ${stream}${whole ? '' : `, ${dataFlags(flags & 3)}`}`)
  data({ branch: f.branch, start: f.offset, end: f.end, ppid, whole })
}

function addInit(f: FieldReader): void {
  f.u32('Initiate tag', (value) => hexNumber(value, 4))
  f.u32('Receiver window')
  f.u16('Outbound streams')
  f.u16('Inbound streams')
  f.u32('Initial TSN')
  if (!f.failed) addParameters(f.branch, f.bytes, f.offset, f.end, PARAMETERS)
}

function addSack(f: FieldReader, type: number): void {
  const tsn = f.u32('Cumulative TSN acknowledged')
  f.u32('Receiver window')
  const gaps = f.u16('Gap blocks')
  const nonRenegable = type === NR_SACK ? f.u16('Non-renegable gap blocks') : 0
  const duplicates = f.u16('Duplicate TSNs')
  if (type === NR_SACK) f.u16('Reserved')
  if (f.failed) return
  f.branch.setValue(`up to TSN ${tsn}`)
  const blocks = Math.min(MOST_GAPS, gaps + nonRenegable)
  for (let i = 0; i < blocks && f.left >= 4; i++) {
    f.octets('Gap block', 4, (p) => `TSN ${(tsn + u16At(f.bytes, p)) >>> 0} to ${(tsn + u16At(f.bytes, p + 2)) >>> 0}`)
  }
  for (let i = 0; i < Math.min(MOST_GAPS, duplicates) && f.left >= 4; i++) f.u32('Duplicate TSN')
}

/** Parameters and error causes: type, length, value, padded to four octets. Source: RFC 9260 §3.2.1. */
function addParameters(row: Branch, bytes: Uint8Array, start: number, end: number, names: Names): void {
  for (let p = start; p + 4 <= end; ) {
    const type = u16At(bytes, p)
    const length = u16At(bytes, p + 2)
    const name = names.get(type) ?? `Parameter ${hexNumber(type, 2)}`
    if (length < 4 || p + length > end) {
      row.failure('impossible parameter length', p, end)
      return
    }
    row.field(name, parameterValue(row, bytes, p, p + length, type, names), p, p + length)
    p += (length + 3) & ~3
  }
}

function parameterValue(
  row: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  type: number,
  names: Names,
): string | null {
  const length = end - start - 4
  if (length === 0) return null
  if (names === PARAMETERS) {
    if (type === 5 && length === 4) return formatIpv4(bytes, start + 4)
    if (type === 6 && length === 16) return formatIpv6(bytes, start + 4)
    if (type === 12) return length >= 2 ? listTypes(bytes, start + 4, end) : null
  }
  return hexValue(row.tree, bytes, start + 4, end)
}

function listTypes(bytes: Uint8Array, start: number, end: number): string {
  const types: string[] = []
  for (let p = start; p + 2 <= end && types.length < 8; p += 2) types.push(named(PARAMETERS, u16At(bytes, p)))
  return types.join(', ')
}
