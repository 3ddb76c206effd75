import { at, u16At, u32At } from '../bytes/at.ts'
import { formatIpv4, formatIpv6 } from '../packet/address.ts'
import { ParameterReader } from '../signalling/sigtran/common.ts'
import { FieldReader } from './field-reader.ts'
import { addTransferFields, pointCodeText } from './mtp-message.ts'
import { addGlobalTitle, subsystemText } from './sccp-address-rows.ts'
import {
  LINK_STATES,
  SIGTRAN_CLASSES,
  SIGTRAN_ERRORS,
  SIGTRAN_MESSAGES,
  SIGTRAN_PARAMETERS,
  SIGTRAN_STATUSES,
  TRAFFIC_MODES,
} from './sigtran-names.ts'
import type { Branch } from './tree.ts'
import { hexNumber, hexValue, isPrintable, latinText, listed, named, withName } from './values.ts'

/**
 * Adds an M3UA, M2UA, M2PA or SUA message in `bytes[start, end)`: common header and every parameter.
 * Source: RFC 4666 §3, RFC 3331 §3, RFC 4165 §2, RFC 3868 §3.
 */
export function addSigtran(
  layers: Branch,
  protocol: 'm3ua' | 'm2ua' | 'm2pa' | 'sua',
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  const announced = u32At(bytes, start + 4)
  const stop = announced >= 8 ? Math.min(end, start + announced) : end
  const layer = layers.layer(protocol.toUpperCase(), null, start, stop)
  const f = new FieldReader(layer, bytes, start, stop)
  f.u8('Version')
  f.u8('Reserved')
  const messageClass = f.u8('Message class', (value) => named(SIGTRAN_CLASSES, value))
  f.u8('Message type', (value) => withName(SIGTRAN_MESSAGES.get((messageClass << 8) | value), value))
  f.u32('Message length')
  if (f.failed) return
  const type = at(bytes, start + 3)
  layer.setValue(SIGTRAN_MESSAGES.get((messageClass << 8) | type) ?? `class ${messageClass} type ${type}`)
  if (protocol === 'm2pa') addM2pa(f, type)
  // what is returned has its addresses the other way round
  else addParameters(layer, bytes, f.offset, stop, 0, type === CLDR ? SOURCE : DESTINATION)
}

/** Source: RFC 4165 §2.2 and §2.3. */
function addM2pa(f: FieldReader, type: number): void {
  f.u8('Unused')
  f.u24('Backward sequence number')
  f.u8('Unused')
  f.u24('Forward sequence number')
  if (f.failed || f.left === 0) return
  if (type === 2) f.u32('State', (value) => listed(LINK_STATES, value))
  else f.u8('Priority', (value) => String(value >> 6))
}

/** Octets of parameters of parameters: a routing key or an address. */
const NESTED: readonly number[] = [0x0207, 0x0208, 0x0209, 0x0014, 0x0015, 0x0309, 0x010e]
const MOST_LEVELS = 3
const SOURCE = 0x0102
const DESTINATION = 0x0103
const GLOBAL_TITLE = 0x8001
const SUBSYSTEM = 0x8003
const CLDR = 2
const HLR = 6

/** @param asked tag of the address that may be the number of the subscriber asked about. */
function addParameters(
  branch: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  level: number,
  asked: number,
): void {
  const parameters = new ParameterReader()
  parameters.open(bytes, start, end)
  while (parameters.next()) {
    const { tag, start: from, end: to } = parameters
    const name = SIGTRAN_PARAMETERS.get(tag) ?? `Parameter ${hexNumber(tag, 2)}`
    const row = branch.field(name, null, from - 4, to)
    if (tag === 0x0210) addTransferFields(row, bytes, from, to)
    else if (tag === SOURCE || tag === DESTINATION) addSuaAddress(row, bytes, from, to, tag === asked)
    else if (NESTED.includes(tag) && level < MOST_LEVELS) addParameters(row, bytes, from, to, level + 1, asked)
    else addValue(row, bytes, from, to, tag)
  }
  if (parameters.failedAt >= 0) branch.failure('impossible parameter length', parameters.failedAt, end)
}

function addValue(row: Branch, bytes: Uint8Array, start: number, end: number, tag: number): void {
  const length = end - start
  const value = u32At(bytes, start)
  switch (tag) {
    case 0x0006:
    case 0x0012:
    case 0x020b:
    case 0x020e:
    case 0x0206:
    case 0x8002: {
      // lists of words, where a point code has its mask in front
      const words: string[] = []
      for (let p = start; p + 4 <= end && words.length < 16; p += 4)
        words.push(tag === 0x0006 ? String(u32At(bytes, p)) : pointCodeText(u32At(bytes, p) & 0xffffff))
      row.setValue(words.join(', '))
      return
    }
    case 0x000b:
      row.setValue(listed(TRAFFIC_MODES, value))
      return
    case 0x000c:
      row.setValue(named(SIGTRAN_ERRORS, value))
      return
    case 0x000d:
      row.setValue(named(SIGTRAN_STATUSES, value))
      return
    case 0x0204:
    case 0x010c:
      row.setValue(`cause ${u16At(bytes, start)}, user ${u16At(bytes, start + 2)}`)
      return
    case 0x0115:
      row.setValue(`class ${value & 3}${value & 0x80 ? ', return on error' : ''}`)
      return
    case 0x0117: {
      const first = (value & 0x8000_0000) !== 0 ? 'first, ' : ''
      row.setValue(`${first}${(value >>> 24) & 15} remaining, reference ${hexNumber(value & 0xffffff, 3)}`)
      return
    }
    case 0x0106:
      row.setValue(`type ${at(bytes, start + 2)}, cause ${at(bytes, start + 3)}`)
      return
    case 0x0300:
    case 0x0301:
    case 0x000e:
    case 0x010b:
      // what it holds stands as layers of their own
      row.setValue(`${length} octets`)
      return
    case 0x0003:
    case 0x0004:
    case 0x8005:
      row.setValue(
        isPrintable(bytes, start, end) ? latinText(bytes, start, end) : hexValue(row.tree, bytes, start, end),
      )
      return
    case 0x8004:
      if (length === 4) row.setValue(formatIpv4(bytes, start))
      return
    case 0x8006:
      if (length === 16) row.setValue(formatIpv6(bytes, start))
      return
    default:
      row.setValue(length === 4 ? String(value) : hexValue(row.tree, bytes, start, end))
  }
}

const ROUTING_INDICATORS = [
  '',
  'global title',
  'subsystem number and point code',
  'hostname',
  'subsystem number and IP address',
]

/** Source: RFC 3868 §3.10.2. @param isAsked it may be the number of the subscriber asked about. */
function addSuaAddress(row: Branch, bytes: Uint8Array, start: number, end: number, isAsked: boolean): void {
  if (start + 4 > end) return
  row.field('Routing indicator', listed(ROUTING_INDICATORS, u16At(bytes, start)), start, start + 2)
  row.field('Address indicator', hexNumber(u16At(bytes, start + 2), 2), start + 2, start + 4)
  const toHlr = isAsked && subsystemOf(bytes, start + 4, end) === HLR
  const parameters = new ParameterReader()
  parameters.open(bytes, start + 4, end)
  while (parameters.next()) {
    const { tag, start: from, end: to } = parameters
    const part = row.field(SIGTRAN_PARAMETERS.get(tag) ?? `Parameter ${hexNumber(tag, 2)}`, null, from - 4, to)
    if (tag === GLOBAL_TITLE) addSuaTitle(part, bytes, from, to, toHlr)
    else if (tag === SUBSYSTEM) part.setValue(subsystemText(at(bytes, from + 3)))
    else addValue(part, bytes, from, to, tag)
  }
  if (parameters.failedAt >= 0) row.failure('impossible parameter length', parameters.failedAt, end)
}

function subsystemOf(bytes: Uint8Array, start: number, end: number): number | null {
  const parameters = new ParameterReader()
  parameters.open(bytes, start, end)
  while (parameters.next()) if (parameters.tag === SUBSYSTEM) return at(bytes, parameters.start + 3)
  return null
}

function addSuaTitle(row: Branch, bytes: Uint8Array, start: number, end: number, maySubscriber: boolean): void {
  if (start + 8 > end) return
  const digits = Math.min(at(bytes, start + 4), (end - start - 8) * 2)
  addGlobalTitle(row, {
    bytes,
    indicator: { value: at(bytes, start + 3), at: start + 3 },
    translationType: { value: at(bytes, start + 5), at: start + 5 },
    numberingPlan: { value: at(bytes, start + 6), at: start + 6 },
    natureOfAddress: { value: at(bytes, start + 7), at: start + 7 },
    signalsStart: start + 8,
    signalsEnd: end,
    signals: digits,
    maySubscriber,
  })
}
