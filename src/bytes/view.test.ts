import assert from 'node:assert/strict'
import { test } from 'node:test'
import { viewOf } from './view.ts'

test('shows each buffer its own octets, however many are read in turn', () => {
  const memory = new Uint8Array(100)
  const buffers = Array.from({ length: 20 }, (_, i) => memory.subarray(i * 5, i * 5 + 5).fill(i))
  for (let round = 0; round < 3; round++) {
    for (const [i, bytes] of buffers.entries()) {
      const view = viewOf(bytes)
      assert.equal(view.byteLength, 5)
      assert.equal(view.getUint8(4), i)
      assert.equal(viewOf(bytes), view)
    }
  }
})
