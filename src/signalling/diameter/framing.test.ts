import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { LIMITS } from '../../limits.ts'
import { message } from './avp.vectors.ts'
import { MESSAGES } from './diameter.vectors.ts'
import { diameterMessageLength } from './framing.ts'

const lengthOf = (bytes: Uint8Array): number => diameterMessageLength(bytes, 0, bytes.length)

/** First octets, and the length they announce. Source: RFC 6733 §3. */
const FRAMES = [
  ['', 0],
  ['01', 0],
  ['02', -1],
  ['16030100', -1],
  ['01000014', 0],
  ['01000013', -1],
  ['01000016', -1],
  ['01000014 80000118', 20],
  ['01000014 80000101', 20],
  ['01000014 80000001', -1],
  ['01040000 80000118', LIMITS.diameterMessageBytes],
  ['01040004 80000118', -1],
] as const

test('announces the length, asks for more, or refuses', () => {
  for (const [octets, length] of FRAMES) assert.equal(lengthOf(hex(octets)), length, octets)
})

test('the length of every message is its own', () => {
  for (const [octets] of MESSAGES) {
    const bytes = hex(octets)
    assert.equal(lengthOf(bytes), bytes.length)
    assert.equal(diameterMessageLength(hex('ff', octets), 1, 9999), bytes.length)
  }
})

test('a longer range never contradicts a shorter one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (rest) => {
      const bytes = Uint8Array.of(1, 0, 0, ...rest)
      const whole = lengthOf(bytes)
      for (const part of prefixes(bytes)) {
        const length = lengthOf(part)
        if (length !== 0) assert.equal(length, whole)
      }
    }),
    { seed: 7 },
  )
  for (const part of prefixes(hex(message('80', 280, 0)))) assert.ok([0, 20].includes(lengthOf(part)))
})
