import { at } from '../bytes/at.ts'
import { BICC_SERVICE } from '../event/isup-events.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeCause } from '../signalling/ss7/isup/isup.ts'
import { isupMessageRow } from '../signalling/ss7/isup/messages.ts'
import { decodeSubsequentNumber } from '../signalling/ss7/isup/number.ts'
import type { Mtp3Transfer } from '../signalling/ss7/mtp3.ts'
import { identity } from './identities.ts'
import { CALLING_CATEGORIES, CAUSES, FIXED_PARTS, LOCATIONS, PARAMETERS, TRANSMISSION_MEDIA } from './isup-names.ts'
import { addIsupNumber } from './isup-number.ts'
import { type Branch, octets } from './tree.ts'
import { hexNumber, hexValue, listed, named, withName } from './values.ts'

const NUMBERS: readonly number[] = [0x04, 0x0a, 0x0b, 0x0c, 0x21, 0x28, 0x3f]
const SUBSEQUENT_NUMBER = 0x05
const CAUSE_INDICATORS = 0x12
const GENERIC_NUMBER = 0xc0
/** User-to-user information, access transport and generic digits: words of a user. */
const USER_WORDS: readonly number[] = [0x20, 0x03, 0xc1, 0xc7]
const VARIABLE = { called: 0x04, subsequent: SUBSEQUENT_NUMBER, cause: CAUSE_INDICATORS, other: -1 } as const

/**
 * Adds an ISUP or BICC message: circuit, type, and every parameter of its three parts.
 * Source: ITU-T Q.763 §1; ANSI T1.113.3 where the transfer is of that format.
 */
export function addIsup(layers: Branch, { bytes, start, end, si, variant }: Mtp3Transfer): void {
  const isBicc = si === BICC_SERVICE
  const layer = layers.layer(isBicc ? 'BICC' : 'ISUP', null, start, end)
  const circuitBytes = isBicc ? 4 : 2
  if (end - start < circuitBytes + 1) {
    layer.failure('truncated', start, end)
    return
  }
  const ansi = variant === 'ansi'
  const word = at(bytes, start) | (at(bytes, start + 1) << 8)
  const circuit = isBicc
    ? (word | (at(bytes, start + 2) << 16) | (at(bytes, start + 3) << 24)) >>> 0
    : word & (ansi ? 0x3fff : 0x0fff)
  layer.field(isBicc ? 'Call instance code' : 'Circuit identification code', circuit, start, start + circuitBytes)
  let p = start + circuitBytes
  const type = at(bytes, p)
  const row = isupMessageRow(type, ansi)
  layer.field('Message type', withName(row?.name, type), p, p + 1)
  layer.setValue(`${row?.name ?? `type ${type}`}, circuit ${circuit}`)
  p++
  if (row === undefined) {
    if (p < end) layer.content('Parameters', p, end, 'of an unknown message, not broken down')
    return
  }
  if (p + row.fixed + row.variable.length > end) {
    layer.failure('truncated', p, end)
    return
  }
  addFixed(layer, bytes, p, row.fixed, ansi ? [] : (FIXED_PARTS.get(type) ?? []))
  p += row.fixed
  for (const name of row.variable) {
    const lengthAt = p + at(bytes, p)
    const stop = lengthAt + 1 + at(bytes, lengthAt)
    layer.field('Pointer to a variable parameter', `octet ${lengthAt}`, p, p + 1)
    if (lengthAt >= end || stop > end) layer.failure('parameter out of range', p, p + 1)
    else addParameter(layer, VARIABLE[name], bytes, lengthAt, lengthAt + 1, stop)
    p++
  }
  if (!row.optional || p >= end) return
  const optionalAt = at(bytes, p) === 0 ? -1 : p + at(bytes, p)
  layer.field('Pointer to the optional part', optionalAt < 0 ? 'none' : `octet ${optionalAt}`, p, p + 1)
  if (optionalAt >= 0) addOptional(layer, bytes, optionalAt, end)
}

/** The mandatory fixed part, by names and lengths where they are known. */
function addFixed(
  layer: Branch,
  bytes: Uint8Array,
  start: number,
  length: number,
  parts: readonly { readonly code: number; readonly bytes: number }[],
): void {
  let p = start
  for (const part of parts) {
    addParameter(layer, part.code, bytes, p, p, p + part.bytes)
    p += part.bytes
  }
  if (p < start + length) layer.field('Fixed part', hexValue(layer.tree, bytes, p, start + length), p, start + length)
}

function addOptional(layer: Branch, bytes: Uint8Array, start: number, end: number): void {
  for (let p = start; p < end; ) {
    const code = at(bytes, p)
    if (code === 0) {
      layer.field('End of optional parameters', null, p, p + 1)
      return
    }
    const stop = p + 2 + at(bytes, p + 1)
    if (p + 2 > end || stop > end) {
      layer.failure('parameter out of range', p, end)
      return
    }
    addParameter(layer, code, bytes, p, p + 2, stop)
    p = stop
  }
  layer.failure('optional part without end', end, end)
}

function addParameter(layer: Branch, code: number, bytes: Uint8Array, at0: number, start: number, end: number): void {
  const name = code < 0 ? 'Variable parameter' : (PARAMETERS.get(code) ?? `Parameter ${hexNumber(code, 1)}`)
  const row = layer.field(name, null, at0, end)
  const first = at(bytes, start)
  if (NUMBERS.includes(code)) addIsupNumber(row, bytes, start, end)
  else if (code === GENERIC_NUMBER) {
    row.field('Qualifier', named(QUALIFIERS, first), start, Math.min(end, start + 1))
    addIsupNumber(row, bytes, start + 1, end)
  } else if (code === SUBSEQUENT_NUMBER) {
    const anomalies = new AnomalyList()
    row.setValue(identity(row.tree, 'msisdn', decodeSubsequentNumber(bytes, start, end, anomalies)))
    row.anomalies(anomalies, start, end)
  } else if (code === CAUSE_INDICATORS) {
    const cause = decodeCause(bytes, start, end)
    if (cause === null) {
      row.failure('truncated', start, end)
      return
    }
    row.setValue(named(CAUSES, cause))
    row.field('Location', listed(LOCATIONS, first & 15), start, start + 1)
    row.field('Cause value', named(CAUSES, cause), end - 1, end)
  } else if (USER_WORDS.includes(code)) {
    row.tree.hide(row.buffer, start, end)
    row.setValue(`${octets(end - start)}, text not shown`)
  } else if (code === 0x02 && end - start === 1) row.setValue(named(TRANSMISSION_MEDIA, first))
  else if (code === 0x09 && end - start === 1) row.setValue(named(CALLING_CATEGORIES, first))
  else if (code === 0x3d && end - start === 1) row.setValue(String(first & 31))
  else row.setValue(hexValue(row.tree, bytes, start, end))
}

/** Source: ITU-T Q.763 §3.26 a. */
const QUALIFIERS = new Map([
  [0, 'dialled digits'],
  [1, 'additional called number'],
  [5, 'additional connected number'],
  [6, 'additional calling party number'],
  [7, 'additional original called number'],
  [8, 'additional redirecting number'],
  [9, 'additional redirection number'],
])
