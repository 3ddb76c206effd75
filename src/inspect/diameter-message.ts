import { at, u16At, u32At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import { readTbcd } from '../bytes/tbcd.ts'
import { formatTime } from '../event/time.ts'
import { LIMITS } from '../limits.ts'
import { maskMsisdn } from '../numbering/mask.ts'
import { formatIpv4 } from '../packet/address.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { type AvpEntry, avpEntry } from '../signalling/diameter/avp-entries.ts'
import { AVP_FLAG, COMMAND_FLAG, type DiameterMessage, decodeDiameter } from '../signalling/diameter/diameter.ts'
import { applicationName } from '../signalling/diameter/dictionary/applications.ts'
import { HEADER_BYTES } from '../signalling/diameter/framing.ts'
import { decodeNumber } from '../signalling/diameter/identity.ts'
import { ROLES, type Role } from '../signalling/diameter/roles.ts'
import { decodeAddress, decodeText } from '../signalling/diameter/text.ts'
import { RAT_OCTETS } from '../signalling/diameter/value-names.ts'
import { formatPosition } from '../signalling/location/geographical-description.ts'
import { formatArea, formatCell, formatEutranCell, formatPlmn } from '../signalling/location/location.ts'
import { avpValueNames, VENDOR_NAMES } from './diameter-names.ts'
import { FieldReader } from './field-reader.ts'
import { identity, identityText, plainText } from './identities.ts'
import { addShortMessage, type MessageWay } from './short-message.ts'
import { type Branch, octets } from './tree.ts'
import { hexNumber, hexValue, isPrintable, named, withName } from './values.ts'

const AVP_BYTES = 8
const MO_FORWARD = 8_388_645
const MT_FORWARD = 8_388_646
const SUCCESS = 2001
/** Seconds from 1900, the epoch of Time, to 1970; and from 2036-02-07, where it begins anew. Source: RFC 6733 §4.3.1. */
const EPOCH_1900_S = 2_208_988_800
const WRAP_S = 0x1_0000_0000

const ROLE_BY_AVP = new Map<string, Role>(ROLES.map(({ vendor, code, role }) => [`${vendor} ${code}`, role]))
/** Roles whose text names a subscriber. */
const IDENTITY_TEXTS: ReadonlySet<Role> = new Set<Role>([
  'userName',
  'subscriptionData',
  'imsiText',
  'publicIdentity',
  'imei',
  'imeiOctets',
  'equipmentValue',
])
/** Keys of authentication vectors and other secrets. Source: RFC 7155 §4.3, 3GPP TS 29.272 §7.3, TS 29.229 §6.3. */
const SECRETS = new Set(
  `User-Password CHAP-Password Tunnel-Password ARAP-Password RAND XRES AUTN KASME Kc SRES Re-Synchronization-Info
Confidentiality-Key Integrity-Key SIP-Authenticate SIP-Authorization EAP-Payload EAP-Master-Session-Key
Authorization-Information-SIM`.split(/\s+/),
)
/** AVPs in which the words of a user or a whole profile stand. */
const OPAQUE = new Set(['SIP-User-Data-Contents', 'SM-User-Data-Header', 'User-Data'])

/** What bounds one message. */
interface Walk {
  readonly bytes: Uint8Array
  readonly message: DiameterMessage
  readonly way: MessageWay
  left: number
}

/** Adds every Diameter message in `bytes[start, end)`: header and AVPs. Source: RFC 6733 §3 and §4. */
export function addDiameter(layers: Branch, bytes: Uint8Array, start: number, end: number): void {
  let p = start
  for (let count = 0; p < end; count++) {
    const anomalies = new AnomalyList()
    const message = count < LIMITS.diameterMessagesPerPayload ? decodeDiameter(bytes, p, end, anomalies) : null
    if (message === null || message instanceof Fault) {
      const layer = layers.layer('Diameter', null, p, end)
      if (message === null) layer.failure('too many messages', p, end)
      else layer.fault(message)
      return
    }
    addMessage(layers, bytes, p, message, anomalies)
    p = message.end
  }
}

function addMessage(
  layers: Branch,
  bytes: Uint8Array,
  start: number,
  message: DiameterMessage,
  anomalies: AnomalyList,
): void {
  const { end, command, isRequest } = message
  const word = isRequest ? 'Request' : 'Answer'
  const title = command === null ? `command ${message.commandCode} ${word}` : `${command.name}-${word}`
  const layer = layers.layer('Diameter', title, start, end)
  const f = new FieldReader(layer, bytes, start, end)
  f.u8('Version')
  f.u24('Length')
  f.u8('Flags', (value) => `${hexNumber(value, 1)}: ${commandFlags(value)}`)
  f.u24('Command', (value) => withName(command?.name, value))
  f.u32('Application', (value) => withName(applicationName(value), value))
  f.u32('Hop-by-Hop identifier', (value) => hexNumber(value, 4))
  f.u32('End-to-End identifier', (value) => hexNumber(value, 4))
  const { commandCode, fields } = message
  const isForward = commandCode === MO_FORWARD || commandCode === MT_FORWARD
  const way = isForward
    ? {
        toMobile: (commandCode === MT_FORWARD) === isRequest,
        isReport: !isRequest,
        isError: !isRequest && fields.resultCode !== SUCCESS,
      }
    : null
  addAvps({ bytes, message, way, left: LIMITS.diameterAvps }, layer, start + HEADER_BYTES, end, 0)
  if (message.fault !== null) layer.fault(message.fault)
  layer.anomalies(anomalies, start, end)
}

function commandFlags(flags: number): string {
  const words: string[] = [(flags & COMMAND_FLAG.request) !== 0 ? 'request' : 'answer']
  if ((flags & COMMAND_FLAG.proxiable) !== 0) words.push('proxiable')
  if ((flags & COMMAND_FLAG.error) !== 0) words.push('error')
  if ((flags & COMMAND_FLAG.retransmitted) !== 0) words.push('potentially retransmitted')
  return words.join(', ')
}

function addAvps(walk: Walk, branch: Branch, start: number, end: number, depth: number): void {
  const { bytes } = walk
  for (let p = start; p < end; ) {
    if (walk.left-- === 0) {
      branch.failure('too many AVPs', p, end)
      return
    }
    const length = end - p < AVP_BYTES ? 0 : u32At(bytes, p + 4) & 0xffffff
    const flags = at(bytes, p + 4)
    const headerBytes = (flags & AVP_FLAG.vendor) !== 0 ? AVP_BYTES + 4 : AVP_BYTES
    if (length < headerBytes || p + length > end) {
      branch.failure('impossible AVP length', p, end)
      return
    }
    addAvp(walk, branch, p, p + headerBytes, p + length, depth)
    p = Math.min(end, p + ((length + 3) & ~3))
  }
}

/** One AVP: the row holds name and value, the header stands below it where something is odd to look at. */
function addAvp(walk: Walk, branch: Branch, start: number, valueStart: number, end: number, depth: number): void {
  const { bytes } = walk
  const code = u32At(bytes, start)
  const flags = at(bytes, start + 4)
  const vendor = (flags & AVP_FLAG.vendor) !== 0 ? u32At(bytes, start + 8) : 0
  const entry = avpEntry(vendor, code)
  const row = branch.field(`${entry?.name ?? 'Unknown AVP'} (${code})`, null, start, end)
  row.field('Flags', `${hexNumber(flags, 1)}: ${avpFlags(flags)}`, start + 4, start + 5)
  if ((flags & AVP_FLAG.vendor) !== 0) row.field('Vendor', named(VENDOR_NAMES, vendor), start + 8, start + 12)
  if (entry === null) row.setValue(hexValue(row.tree, bytes, valueStart, end))
  else if (entry.isGroup) {
    if (depth + 1 >= LIMITS.diameterDepth) row.failure('nested too deep', valueStart, end)
    else addAvps(walk, row, valueStart, end, depth + 1)
  } else addValue(walk, row, entry, valueStart, end)
}

function avpFlags(flags: number): string {
  const words: string[] = []
  if ((flags & AVP_FLAG.vendor) !== 0) words.push('vendor-specific')
  if ((flags & AVP_FLAG.mandatory) !== 0) words.push('mandatory')
  if ((flags & AVP_FLAG.protected) !== 0) words.push('protected')
  return words.length === 0 ? 'none' : words.join(', ')
}

function addValue(walk: Walk, row: Branch, entry: AvpEntry, start: number, end: number): void {
  const { bytes, way } = walk
  const { tree } = row
  if (entry.valueBytes !== 0 && end - start !== entry.valueBytes) {
    row.setValue(hexValue(tree, bytes, start, end))
    row.anomaly('avpValueLength', start, end)
    return
  }
  const role = ROLE_BY_AVP.get(`${entry.vendor} ${entry.code}`) ?? null
  if (role === 'tpdu') {
    row.setValue(octets(end - start))
    addShortMessage(row, bytes, start, end, way)
  } else if (role === 'profile' || SECRETS.has(entry.name) || OPAQUE.has(entry.name)) {
    tree.hide(row.buffer, start, end)
    row.setValue(`${octets(end - start)}, not shown`)
  } else
    row.setValue(
      (role === null ? null : roleText(row, role, bytes, start, end)) ?? typedText(row, entry, bytes, start, end),
    )
}

/** The value of an AVP whose meaning is known; null where its type says all. */
function roleText(row: Branch, role: Role, bytes: Uint8Array, start: number, end: number): string | null {
  const { tree } = row
  const oddities = new AnomalyList()
  if (IDENTITY_TEXTS.has(role)) {
    // an IMEI comes as characters or in TBCD
    if ((role === 'imei' || role === 'imeiOctets' || role === 'equipmentValue') && end - start <= 8)
      return identity(tree, 'imei', readTbcd(bytes, start, end).text)
    return identityText(tree, decodeText(bytes, start, end, oddities))
  }
  switch (role) {
    case 'msisdn':
      return identity(tree, 'msisdn', decodeNumber(bytes, start, end, oddities))
    case 'nodeNumber':
    case 'redirectNumber':
    case 'lcsClientNumber': {
      const digits = decodeNumber(bytes, start, end, oddities)
      if (digits === null) return hexValue(tree, bytes, start, end)
      tree.noteTitle(row.node, digits, maskMsisdn(digits))
      return digits
    }
    case 'visitedPlmn':
      return end - start === 3 ? formatPlmn(bytes, start, '-') : null
    case 'cell':
      return formatCell(bytes, start, end)
    case 'eutranCell':
      return formatEutranCell(bytes, start, end)
    case 'area':
      return formatArea(bytes, start, end)
    case 'geographical':
      return formatPosition(bytes, start, end)
    case 'nodeIpv4':
      return end - start === 4 ? formatIpv4(bytes, start) : null
    case 'ratOctet':
      return end - start === 1 ? withName(RAT_OCTETS[at(bytes, start)], at(bytes, start)) : null
    case 'userLocation':
      return userLocationText(bytes, start, end)
    case 'application':
      return withName(applicationName(u32At(bytes, start)), u32At(bytes, start))
    default:
      return null
  }
}

/** Source: 3GPP TS 29.061 §16.4.7.2. */
function userLocationText(bytes: Uint8Array, start: number, end: number): string | null {
  const type = at(bytes, start)
  if (type === 0) return prefixed('CGI', formatCell(bytes, start + 1, end))
  if (type === 1) return prefixed('SAI', formatCell(bytes, start + 1, end))
  if (type === 2) return prefixed('RAI', formatArea(bytes, start + 1, end))
  if (type === 128) return prefixed('TAI', formatArea(bytes, start + 1, end))
  if (type === 129) return prefixed('ECGI', formatEutranCell(bytes, start + 1, end))
  if (type !== 130) return null
  const area = formatArea(bytes, start + 1, end)
  const cell = formatEutranCell(bytes, start + 6, end)
  return area === null || cell === null ? null : `TAI ${area}, ECGI ${cell}`
}

function prefixed(kind: string, place: string | null): string | null {
  return place === null ? null : `${kind} ${place}`
}

/** The value by the type that the dictionary gives. Source: RFC 6733 §4.2, §4.3. */
function typedText(
  row: Branch,
  { type, vendor, code }: AvpEntry,
  bytes: Uint8Array,
  start: number,
  end: number,
): string {
  const { tree } = row
  const oddities = new AnomalyList()
  switch (type) {
    case 'Unsigned32':
    case 'Enumerated':
      return named(avpValueNames(vendor, code), u32At(bytes, start))
    case 'Integer32':
      return named(avpValueNames(vendor, code), u32At(bytes, start) | 0)
    case 'Unsigned64':
      return String(u64At(bytes, start))
    case 'Integer64':
      return String(BigInt.asIntN(64, u64At(bytes, start)))
    case 'Float32':
      return String(new DataView(bytes.buffer, bytes.byteOffset + start, 4).getFloat32(0))
    case 'Time': {
      const seconds = u32At(bytes, start)
      // the high bit is 0 only from 2036 on
      const since1970 = (seconds & 0x8000_0000) !== 0 ? seconds - EPOCH_1900_S : seconds + WRAP_S - EPOCH_1900_S
      return formatTime(since1970 * 1_000_000).replace('.000000', '')
    }
    case 'Address':
      return decodeAddress(bytes, start, end) ?? addressText(row, bytes, start, end)
    case 'UTF8String':
    case 'DiameterIdentity':
    case 'DiameterURI':
    case 'IPFilterRule':
    case 'QoSFilterRule':
      return start === end ? 'empty' : plainText(tree, decodeText(bytes, start, end, oddities))
    default:
      // names and reasons come as octets too
      return isPrintable(bytes, start, end)
        ? plainText(tree, decodeText(bytes, start, end, oddities))
        : hexValue(tree, bytes, start, end)
  }
}

const FAMILY_E164 = 8

function addressText(row: Branch, bytes: Uint8Array, start: number, end: number): string {
  if (u16At(bytes, start) === FAMILY_E164 && end - start > 2)
    return identityText(row.tree, decodeText(bytes, start + 2, end, new AnomalyList()))
  return hexValue(row.tree, bytes, start, end)
}

function u64At(bytes: Uint8Array, offset: number): bigint {
  return (BigInt(u32At(bytes, offset)) << 32n) | BigInt(u32At(bytes, offset + 4))
}
