import { at } from '../bytes/at.ts'
import type { Mtp3Variant } from '../signalling/ss7/mtp3.ts'
import { pointCodeAt } from '../signalling/ss7/mtp3.ts'
import { SCCP_MESSAGES } from '../signalling/ss7/sccp.ts'
import { pointCodeText } from './mtp-message.ts'
import { addGlobalTitle, addSubsystem, type OctetField, subsystemText } from './sccp-address-rows.ts'
import { type Branch, octets } from './tree.ts'
import { hexNumber, hexValue, type Names, named, withName } from './values.ts'

/** Names in full. Source: ITU-T Q.713 §2.1. */
const FULL_NAMES: Names = new Map([
  [0x01, 'connection request'],
  [0x02, 'connection confirm'],
  [0x03, 'connection refused'],
  [0x04, 'released'],
  [0x05, 'release complete'],
  [0x06, 'data form 1'],
  [0x07, 'data form 2'],
  [0x08, 'data acknowledgement'],
  [0x09, 'unitdata'],
  [0x0a, 'unitdata service'],
  [0x0b, 'expedited data'],
  [0x0c, 'expedited data acknowledgement'],
  [0x0d, 'reset request'],
  [0x0e, 'reset confirm'],
  [0x0f, 'protocol data unit error'],
  [0x10, 'inactivity test'],
  [0x11, 'extended unitdata'],
  [0x12, 'extended unitdata service'],
  [0x13, 'long unitdata'],
  [0x14, 'long unitdata service'],
])
/** Source: ITU-T Q.713 §3.12. */
const RETURN_CAUSES: Names = new Map([
  [0, 'no translation for an address of such nature'],
  [1, 'no translation for this specific address'],
  [2, 'subsystem congestion'],
  [3, 'subsystem failure'],
  [4, 'unequipped user'],
  [5, 'MTP failure'],
  [6, 'network congestion'],
  [7, 'unqualified'],
  [8, 'error in message transport'],
  [9, 'error in local processing'],
  [10, 'destination cannot perform reassembly'],
  [11, 'SCCP failure'],
  [12, 'hop counter violation'],
  [13, 'segmentation not supported'],
  [14, 'segmentation failure'],
])
/** Optional parameters. Source: ITU-T Q.713 table 2. */
const OPTIONAL: Names = new Map([
  [0, 'end of optional parameters'],
  [3, 'called party address'],
  [4, 'calling party address'],
  [9, 'credit'],
  [15, 'data'],
  [16, 'segmentation'],
  [17, 'hop counter'],
  [18, 'importance'],
  [19, 'long data'],
])
const UDT = 0x09
const LUDT = 0x13
const HLR = 6

/**
 * Adds an SCCP message in `bytes[start, end)`: type, class, pointers and addresses; of a connection-oriented one its type.
 * Source: ITU-T Q.713 §4, ANSI T1.112.3. What it carries stands as a layer of its own; `decodeSccp` says where.
 */
export function addSccp(layers: Branch, bytes: Uint8Array, start: number, end: number, variant: Mtp3Variant): void {
  const layer = layers.layer('SCCP', null, start, end)
  if (start >= end) {
    layer.failure('truncated', start, end)
    return
  }
  const type = at(bytes, start)
  const row = SCCP_MESSAGES.find(({ code }) => code === type)
  layer.field(
    'Message type',
    withName(row === undefined ? null : `${row.name}, ${FULL_NAMES.get(type)}`, type),
    start,
    start + 1,
  )
  if (row === undefined) {
    layer.failure('unknown message type', start, end)
    return
  }
  layer.setValue(row.name)
  if (!row.connectionless) {
    layer.content('Content', start + 1, end, 'connection-oriented, not broken down')
    return
  }
  const service = type === UDT + 1 || type === 0x12 || type === LUDT + 1
  const extended = type > UDT + 1
  const wide = type >= LUDT
  const pointers = start + (extended ? 3 : 2)
  const pointerBytes = wide ? 2 : 1
  const count = extended ? 4 : 3
  if (pointers + pointerBytes * count > end) {
    layer.failure('truncated', start + 1, end)
    return
  }
  const kind = at(bytes, start + 1)
  if (service) layer.field('Return cause', named(RETURN_CAUSES, kind), start + 1, start + 2)
  else layer.field('Protocol class', `${kind & 15}${kind & 0x80 ? ', return on error' : ''}`, start + 1, start + 2)
  if (extended) layer.field('Hop counter', at(bytes, start + 2), start + 2, start + 3)
  const follow = (index: number): number => {
    const p = pointers + index * pointerBytes
    return wide ? p + 1 + (at(bytes, p) | (at(bytes, p + 1) << 8)) : p + at(bytes, p)
  }
  const names = ['called party', 'calling party', 'data', 'optional part']
  for (let i = 0; i < count; i++) {
    const p = pointers + i * pointerBytes
    const none = i === 3 && follow(i) === (wide ? p + 1 : p)
    layer.field(`Pointer to ${names[i]}`, none ? 'none' : `octet ${follow(i)}`, p, p + pointerBytes)
  }
  addParty(layer, 'Called party address', bytes, follow(0), end, variant, !service)
  addParty(layer, 'Calling party address', bytes, follow(1), end, variant, service)
  addData(layer, bytes, follow(2), end, wide)
  const optionalAt = pointers + 3 * pointerBytes
  const hasOptional = extended && (at(bytes, optionalAt) !== 0 || (wide && at(bytes, optionalAt + 1) !== 0))
  if (hasOptional) addOptional(layer, bytes, follow(3), end)
}

function addData(layer: Branch, bytes: Uint8Array, p: number, end: number, wide: boolean): void {
  const from = p + (wide ? 2 : 1)
  const length = wide ? at(bytes, p) | (at(bytes, p + 1) << 8) : at(bytes, p)
  if (from > end) {
    layer.failure('pointer out of range', end, end)
    return
  }
  if (from + length > end) {
    layer.failure('user data out of range', p, end)
    return
  }
  layer.field('Data', octets(length), p, from + length)
}

/** @param asksSubscriber the title may be the number of the subscriber asked about. */
function addParty(
  layer: Branch,
  name: string,
  bytes: Uint8Array,
  lengthAt: number,
  end: number,
  variant: Mtp3Variant,
  asksSubscriber: boolean,
): void {
  if (lengthAt >= end) {
    layer.failure('pointer out of range', end, end)
    return
  }
  const stop = lengthAt + 1 + at(bytes, lengthAt)
  if (stop > end) {
    layer.failure(`${name.toLowerCase()} out of range`, lengthAt, end)
    return
  }
  const row = layer.field(name, null, lengthAt, stop)
  row.field('Length', stop - lengthAt - 1, lengthAt, lengthAt + 1)
  addAddress(row, bytes, lengthAt + 1, stop, variant, asksSubscriber)
}

/** Source: ITU-T Q.713 §3.4; ANSI T1.112.3 §3.4.1 swaps the two presence bits and puts the subsystem number first. */
function addAddress(
  row: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  variant: Mtp3Variant,
  asksSubscriber: boolean,
): void {
  if (start >= end) {
    row.setValue('empty')
    return
  }
  const indicator = at(bytes, start)
  const ansi = variant === 'ansi' && (indicator & 0x80) !== 0
  const hasSsn = (indicator & (ansi ? 1 : 2)) !== 0
  const hasPointCode = (indicator & (ansi ? 2 : 1)) !== 0
  const title = (indicator >> 2) & 15
  const routed = (indicator & 0x40) !== 0 ? 'subsystem number' : 'global title'
  const parts = [`routed on ${routed}`]
  if (hasPointCode) parts.push('point code')
  if (hasSsn) parts.push('subsystem number')
  if (title !== 0) parts.push(`global title of form ${title}`)
  row.field('Address indicator', `${hexNumber(indicator, 1)}: ${parts.join(', ')}`, start, start + 1)
  let p = start + 1
  let ssn: number | null = null
  const takeSsn = (): void => {
    if (!hasSsn || p >= end) return
    ssn = at(bytes, p)
    addSubsystem(row, ssn, p, p + 1)
    p++
  }
  if (ansi) takeSsn()
  if (hasPointCode) {
    const length = ansi ? 3 : 2
    if (p + length > end) {
      row.failure('truncated', p, end)
      return
    }
    const value = ansi
      ? at(bytes, p) | (at(bytes, p + 1) << 8) | (at(bytes, p + 2) << 16)
      : pointCodeAt(bytes, p) & (variant === 'japan' ? 0xffff : 0x3fff)
    row.field('Point code', pointCodeText(value, ansi ? 'ansi' : variant), p, p + length)
    p += length
  }
  if (!ansi) takeSsn()
  if (ssn !== null) row.setValue(subsystemText(ssn))
  if (title !== 0) addTitleParts(row, bytes, p, end, title, ansi, asksSubscriber && ssn === HLR)
}

/** Source: ITU-T Q.713 §3.4.2.3; ANSI T1.112.3 §3.5.3 for indicators 1 and 2 of national coding. */
function addTitleParts(
  row: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  indicator: number,
  ansi: boolean,
  maySubscriber: boolean,
): void {
  let p = start
  const octet = (mask: number, shift: number): OctetField => ({ value: (at(bytes, p) >> shift) & mask, at: p })
  let translationType: OctetField | null = null
  let numberingPlan: OctetField | null = null
  let natureOfAddress: OctetField | null = null
  let odd = false
  const withPlan = indicator === 3 || indicator === 4 || (ansi && indicator === 1)
  const fixed = indicator === 4 ? 3 : withPlan ? 2 : indicator <= 2 ? 1 : -1
  if (fixed < 0 || start + fixed > end) {
    row.field('Global title', hexValue(row.tree, bytes, start, end), start, end)
    return
  }
  if (indicator === 1 && !ansi) {
    odd = (at(bytes, p) & 0x80) !== 0
    natureOfAddress = octet(0x7f, 0)
    p++
  } else {
    translationType = octet(0xff, 0)
    p++
    if (withPlan) {
      numberingPlan = octet(15, 4)
      odd = (at(bytes, p) & 1) !== 0
      p++
    }
    if (indicator === 4) {
      natureOfAddress = octet(0x7f, 0)
      p++
    }
  }
  let signals = (end - p) * 2
  if (signals > 0 && (odd || at(bytes, end - 1) >> 4 === 15)) signals--
  addGlobalTitle(row, {
    bytes,
    indicator: null,
    translationType,
    numberingPlan,
    natureOfAddress,
    signalsStart: p,
    signalsEnd: end,
    signals,
    maySubscriber,
  })
}

/** Name, length, value, until the octet that ends them. */
function addOptional(layer: Branch, bytes: Uint8Array, start: number, end: number): void {
  const part = layer.field('Optional part', null, Math.min(start, end), end)
  for (let p = start; p < end; ) {
    const name = at(bytes, p)
    if (name === 0) {
      part.field('End of optional parameters', null, p, p + 1)
      return
    }
    const length = at(bytes, p + 1)
    const from = p + 2
    if (from > end || from + length > end) {
      part.failure('parameter out of range', p, end)
      return
    }
    const row = part.field(withName(OPTIONAL.get(name), name), null, p, from + length)
    if (name === 16 && length === 4) {
      const octet = at(bytes, from)
      row.field('First segment', octet & 0x80 ? 'yes' : 'no', from, from + 1)
      row.field('Class', octet & 0x40 ? 1 : 0, from, from + 1)
      row.field('Remaining segments', octet & 15, from, from + 1)
      const reference = at(bytes, from + 1) | (at(bytes, from + 2) << 8) | (at(bytes, from + 3) << 16)
      row.field('Local reference', hexNumber(reference, 3), from + 1, from + 4)
    } else row.setValue(length === 1 ? String(at(bytes, from)) : hexValue(layer.tree, bytes, from, from + length))
    p = from + length
  }
}

/** Adds an SCCP management message. Source: ITU-T Q.713 §5.3. */
export function addSccpManagement(layers: Branch, bytes: Uint8Array, start: number, end: number): void {
  const name = MANAGEMENT.get(at(bytes, start))
  const layer = layers.layer('SCCP management', name ?? null, start, end)
  if (end - start < 5) {
    layer.failure('truncated', start, end)
    return
  }
  layer.field('Message type', named(MANAGEMENT, at(bytes, start)), start, start + 1)
  addSubsystem(layer, at(bytes, start + 1), start + 1, start + 2)
  layer.field('Affected point code', pointCodeText(pointCodeAt(bytes, start + 2) & 0x3fff, 'itu'), start + 2, start + 4)
  layer.field('Subsystem multiplicity', at(bytes, start + 4) & 3, start + 4, start + 5)
  if (end > start + 5) layer.field('Congestion level', at(bytes, start + 5), start + 5, start + 6)
}

const MANAGEMENT: Names = new Map([
  [1, 'subsystem allowed'],
  [2, 'subsystem prohibited'],
  [3, 'subsystem status test'],
  [4, 'subsystem out of service request'],
  [5, 'subsystem out of service grant'],
  [6, 'subsystem congested'],
])
