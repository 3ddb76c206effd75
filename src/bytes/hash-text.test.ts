import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashText } from './hash-text.ts'

test('every character counts, and its place', () => {
  const texts = ['', '4', '44', '447', '4477', '44770', '44707', '44770\u0000', 'pc 7', 'pc 70']
  assert.equal(new Set(texts.map((text) => hashText(1, text))).size, texts.length)
  assert.notEqual(hashText(1, '44770'), hashText(2, '44770'))
})

test('numbers in a row spread over the buckets of an index', () => {
  const buckets = new Set<number>()
  for (let i = 0; i < 1024; i++) buckets.add(hashText(7, `44770090${String(i).padStart(4, '0')}`) & 1023)
  // 1024 thrown at random hit 647 places
  assert.ok(buckets.size > 550, String(buckets.size))
})
