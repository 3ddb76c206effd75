import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, u16At, u32At, u32leAt } from './at.ts'
import { hex } from './bytes.vectors.ts'
import { Cursor } from './cursor.ts'
import { Fault, isFault } from './fault.ts'

const BYTES = hex('01 0203 040506 0708090a 0b0c 8d8e8f90 11')

test('reads each width, both byte orders, unsigned', () => {
  const c = new Cursor(BYTES, 0, BYTES.length)
  assert.equal(c.u8(), 0x01)
  assert.equal(c.u16(), 0x0203)
  assert.equal(c.u24(), 0x040506)
  assert.equal(c.u32(), 0x0708090a)
  assert.equal(c.u16le(), 0x0c0b)
  assert.equal(c.left, 5)
  assert.equal(c.u32le(), 0x908f8e8d)
  c.skip(1)
  assert.equal(c.left, 0)
  assert.equal(c.failed, false)
  assert.equal(c.failedAt, -1)
})

test('a short read fails at its own offset, returns 0, and nothing is read behind it', () => {
  for (const read of [
    (c: Cursor) => c.u16(),
    (c: Cursor) => c.u16le(),
    (c: Cursor) => c.u24(),
    (c: Cursor) => c.u32(),
    (c: Cursor) => c.u32le(),
  ]) {
    const c = new Cursor(BYTES, 3, 5)
    c.u8()
    assert.equal(read(c), 0)
    assert.deepEqual([c.failed, c.failedAt, c.left], [true, 4, 0])
    assert.equal(c.u8(), 0)
    assert.equal(c.failedAt, 4, 'the first failure is the one that counts')
  }
})

test('an end past the buffer is cut to it, and a negative step fails', () => {
  const c = new Cursor(BYTES, 16, 1_000_000)
  assert.equal(c.left, 1)
  c.skip(-1)
  assert.deepEqual([c.failed, c.failedAt], [true, 16])
})

test('any sequence of reads stays in the range and fails at most once', () => {
  const step = fc.constantFrom('u8', 'u16', 'u16le', 'u24', 'u32', 'u32le')
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 20 }),
      fc.nat(25),
      fc.array(step, { maxLength: 12 }),
      (bytes, end, steps) => {
        const c = new Cursor(bytes, 0, end)
        for (const name of steps) {
          const failed = c.failed
          const value = c[name as 'u8']()
          assert.ok(c.offset <= Math.min(end, bytes.length))
          if (failed) assert.equal(value, 0)
        }
      },
    ),
    { numRuns: 500, seed: 7 },
  )
})

test('unchecked reads give 0 past the end', () => {
  assert.equal(at(BYTES, 99), 0)
  assert.equal(u16At(hex('ff'), 0), 0xff00)
  assert.equal(u32At(hex('ffee'), 0), 0xffee0000)
  assert.equal(u32leAt(hex('ffee'), 0), 0xeeff)
})

test('a fault is told from a value', () => {
  const fault = new Fault('layer', 'reason', 3)
  assert.deepEqual({ ...fault }, { layer: 'layer', reason: 'reason', offset: 3 })
  assert.equal(isFault(fault), true)
  assert.equal(isFault({ ...fault }), false)
})
