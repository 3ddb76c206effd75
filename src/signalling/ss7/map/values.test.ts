import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../../../bytes/bytes.vectors.ts'
import { decodeClientName, decodeName, formatIp } from './values.ts'

const text = (ascii: string): string => Buffer.from(ascii).toString('hex')

/** Reader, octets, text. */
const VALUES = [
  [formatIp, '04 c0000201', '192.0.2.1'],
  [formatIp, 'c0000201', '192.0.2.1'],
  [formatIp, '50 20010db8000000000000000000000001', '2001:db8::1'],
  [formatIp, '20010db8000000000000000000000001', '2001:db8::1'],
  [formatIp, 'c00002', null],
  [formatIp, '', null],
  [decodeName, text('mme1.example.org'), 'mme1.example.org'],
  [decodeName, `04${text('mme1')}07${text('example')}`, 'mme1.example'],
  [decodeName, `${text('a b')}ff`, 'a?b?'],
  [decodeName, '', null],
  [decodeName, '61'.repeat(256), null],
  [decodeClientName, '4121882a0f8fd76539', 'AB Tracker'],
  [decodeClientName, '546970b82c4aa7', 'TRACKERS'],
  // seven characters leave seven bits over: zeros, or a carriage return
  [decodeClientName, '546970b82c4a01', 'TRACKER'],
  [decodeClientName, '546970b82c4a1b', 'TRACKER'],
  [decodeClientName, '8088604b0a03', '@_$??a'],
  [decodeClientName, '', null],
  [decodeClientName, '61'.repeat(64), null],
] as const

for (const [read, octets, value] of VALUES) {
  test(`${read.name} of ${octets.slice(0, 40)} is ${value}`, () => {
    const bytes = hex('ff', octets, 'ff')
    assert.equal(read(bytes, 1, bytes.length - 1), value)
  })
}

test('a range beyond the octets there are reads nothing', () => {
  assert.equal(formatIp(hex('c00002'), 0, 4), null)
  assert.equal(decodeName(hex('6162'), 0, 3), null)
})
