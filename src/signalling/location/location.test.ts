import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { formatArea, formatCell, formatEutranCell, formatNrArea, formatNrCell, formatPlmn } from './location.ts'

/** Octets, formatter, text. Source: TS 24.008 §10.5.1.3, TS 29.118 §9.4.3a, TS 23.032 §6.1; invented places. */
const PLACES = [
  ['00f110 1234 5678', formatCell, '001-01-4660-22136'],
  ['001110 1234 5678', formatCell, '001-011-4660-22136'],
  ['00f110 0abcde01', formatEutranCell, '001-01-180149761'],
  ['00f110 fabcde01', formatEutranCell, '001-01-180149761'],
  ['00f110 0abcde0123', formatNrCell, '001-01-2882396178'],
  ['00f110 fffffffff0', formatNrCell, '001-01-68719476735'],
  ['00f110 010007', formatNrArea, '001-01-65543'],
  ['00f110 0007', formatArea, '001-01-7'],
] as const

test('formats places, and nothing of a prefix', () => {
  for (const [octets, format, text] of PLACES) {
    const bytes = hex(octets)
    assert.equal(format(bytes, 0, bytes.length), text)
    for (const part of prefixes(bytes)) assert.equal(format(part, 0, part.length), null)
  }
})

test('a network in digits', () => {
  assert.equal(formatPlmn(hex('00f110'), 0, ''), '00101')
  assert.equal(formatPlmn(hex('130014'), 0, ''), '310410')
})
