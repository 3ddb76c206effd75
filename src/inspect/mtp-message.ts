import { at, u32At } from '../bytes/at.ts'
import { formatPointCode } from '../numbering/point-code.ts'
import { type Mtp3Transfer, type Mtp3Variant, SERVICE_INDICATORS, variantOfPointCodes } from '../signalling/ss7/mtp3.ts'
import { FieldReader } from './field-reader.ts'
import type { Branch } from './tree.ts'
import { hexNumber, listed, type Names, named, withName } from './values.ts'

const NETWORK_INDICATORS = ['international', 'international spare', 'national', 'national spare']
const LINK_STATUSES: Names = new Map([
  [0, 'out of alignment'],
  [1, 'normal alignment'],
  [2, 'emergency alignment'],
  [3, 'out of service'],
  [4, 'processor outage'],
  [5, 'busy'],
])
/** Source: ITU-T Q.704 §15, table 1; heading codes H0 and H1, and Q.707 §5.4 for the test messages. */
const MANAGEMENT: Names = new Map([
  [0x11, 'changeover order'],
  [0x21, 'changeover acknowledgement'],
  [0x51, 'changeback declaration'],
  [0x61, 'changeback acknowledgement'],
  [0x12, 'emergency changeover order'],
  [0x22, 'emergency changeover acknowledgement'],
  [0x13, 'signalling route set congestion test'],
  [0x23, 'transfer controlled'],
  [0x14, 'transfer prohibited'],
  [0x34, 'transfer restricted'],
  [0x54, 'transfer allowed'],
  [0x15, 'signalling route set test'],
  [0x25, 'signalling route set test, restricted'],
  [0x16, 'link inhibit'],
  [0x26, 'link uninhibit'],
  [0x36, 'link inhibit acknowledgement'],
  [0x46, 'link uninhibit acknowledgement'],
  [0x56, 'link inhibit denied'],
  [0x66, 'link forced uninhibit'],
  [0x76, 'link local inhibit test'],
  [0x86, 'link remote inhibit test'],
  [0x17, 'traffic restart allowed'],
  [0x18, 'signalling data link connection order'],
  [0x28, 'connection successful'],
  [0x38, 'connection not successful'],
  [0x48, 'connection not possible'],
  [0x1a, 'user part unavailable'],
])
const TEST: Names = new Map([
  [0x11, 'signalling link test'],
  [0x21, 'signalling link test acknowledgement'],
])

/** A point code as a number and in the usual parts of its format; ANSI where it has more than 14 bits. */
export function pointCodeText(value: number, variant: Mtp3Variant = variantOfPointCodes(value, 0)): string {
  return `${formatPointCode(value, variant)} (${value})`
}

/** A service indicator with its name. */
export function serviceText(si: number): string {
  return withName(SERVICE_INDICATORS.find((row) => row.code === si)?.name, si)
}

/** Adds the fields of an M3UA Protocol Data parameter in front of its user data. Source: RFC 4666 §3.3.1. */
export function addTransferFields(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  const f = new FieldReader(row, bytes, start, end)
  const opc = u32At(bytes, start)
  const variant = variantOfPointCodes(opc, u32At(bytes, start + 4))
  f.u32('Originating point code', (value) => pointCodeText(value, variant))
  f.u32('Destination point code', (value) => pointCodeText(value, variant))
  f.u8('Service indicator', serviceText)
  f.u8('Network indicator', (value) => listed(NETWORK_INDICATORS, value))
  f.u8('Message priority')
  f.u8('Signalling link selection')
}

/** Adds an MTP2 signal unit's header in `bytes[start, end)`. Source: ITU-T Q.703 §2.2, Annex A. */
export function addMtp2(layers: Branch, bytes: Uint8Array, start: number, end: number, extended: boolean): void {
  const stop = Math.min(end, start + (extended ? 6 : 3))
  const f = new FieldReader(layers.layer('MTP2', null, start, stop), bytes, start, stop)
  let length: number
  if (extended) {
    const number = (p: number): string => {
      const value = at(bytes, p) | (at(bytes, p + 1) << 8)
      return `${value & 0xfff}, indicator bit ${value >> 15}`
    }
    f.octets('Backward sequence number', 2, number)
    f.octets('Forward sequence number', 2, number)
    length = at(bytes, start + 4) | ((at(bytes, start + 5) & 1) << 8)
    f.octets('Length indicator', 2, () => String(length))
  } else {
    const number = (value: number): string => `${value & 0x7f}, indicator bit ${value >> 7}`
    f.u8('Backward sequence number', number)
    f.u8('Forward sequence number', number)
    length = at(bytes, start + 2) & 0x3f
    f.u8('Length indicator', (value) => String(value & 0x3f))
  }
  if (f.failed) return
  f.branch.setValue(length === 0 ? 'fill-in' : length <= 2 ? 'link status' : 'message')
  if (length === 1 || length === 2) {
    const status = layers.layer('MTP2 status field', null, stop, Math.min(end, stop + length))
    status.field('Status', named(LINK_STATUSES, at(bytes, stop) & 7), stop, stop + 1)
  }
}

/** Octets of the service information octet and the label. */
const LABEL_BYTES = { itu: 5, ansi: 8, japan: 6 } as const
const LABELS = { itu: 'ITU', ansi: 'ANSI', japan: 'Japan' } as const

/** Adds MTP3: service information octet and routing label, as `transfer` was read from `bytes[start, …)`. */
export function addMtp3(layers: Branch, transfer: Mtp3Transfer, start: number): void {
  const { variant, opc, dpc, si, ni, sls } = transfer
  const stop = start + LABEL_BYTES[variant]
  const layer = layers.layer(
    'MTP3',
    `${LABELS[variant]}, ${pointCodeText(opc, variant)} → ${pointCodeText(dpc, variant)}`,
    start,
    stop,
  )
  layer.field('Service indicator', serviceText(si), start, start + 1)
  layer.field('Network indicator', listed(NETWORK_INDICATORS, ni), start, start + 1)
  const p = start + 1
  const [dpcEnd, opcStart, opcEnd] =
    variant === 'itu' ? [p + 2, p + 1, p + 4] : variant === 'ansi' ? [p + 3, p + 3, p + 6] : [p + 2, p + 2, p + 4]
  layer.field('Destination point code', pointCodeText(dpc, variant), p, dpcEnd)
  layer.field('Originating point code', pointCodeText(opc, variant), opcStart, opcEnd)
  layer.field('Signalling link selection', sls, stop - 1, stop)
}

/** Adds a message of MTP3's own: network management or testing. Source: ITU-T Q.704 §15, Q.707 §5. */
export function addManagement(layers: Branch, { bytes, start, end, si }: Mtp3Transfer): void {
  const names = si === 0 ? MANAGEMENT : TEST
  const layer = layers.layer(si === 0 ? 'MTP3 management' : 'MTP3 test', null, start, end)
  const f = new FieldReader(layer, bytes, start, end)
  const heading = f.u8('Heading', (value) => names.get(value) ?? hexNumber(value, 1))
  if (f.failed) return
  layer.setValue(names.get(heading) ?? hexNumber(heading, 1))
  if (f.left > 0) layer.content('Parameters', f.offset, end, 'not broken down')
}
