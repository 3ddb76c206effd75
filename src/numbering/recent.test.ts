import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoiseRecent } from './recent.ts'

test('what was computed is remembered, and never given for another text', () => {
  let computed = 0
  const lengthOf = memoiseRecent((text) => {
    computed++
    return text.length
  })
  assert.equal(lengthOf('447700900010'), 12)
  assert.equal(lengthOf('447700900010'), 12)
  assert.equal(computed, 1)
  // more texts than places, many of them in one place
  for (let i = 0; i < 20_000; i++) assert.equal(lengthOf(`${i}0010`), String(i).length + 4)
  assert.equal(lengthOf(''), 0)
  assert.equal(lengthOf('447700900010'), 12)
})

test('null is remembered as any other answer', () => {
  let computed = 0
  const none = memoiseRecent(() => {
    computed++
    return null
  })
  assert.equal(none('a'), null)
  assert.equal(none('a'), null)
  assert.equal(computed, 1)
})
