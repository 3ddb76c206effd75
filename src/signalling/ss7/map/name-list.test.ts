import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../../limits.ts'
import { NO_TEXTS } from './detail.ts'
import { NameList } from './name-list.ts'
import { context, group, value } from './schema.ts'

const parent = group('profile', context(0), [
  value('category', context(0), 'profilePart'),
  value('imsi', context(1), 'imsi'),
  value('subscriberStatus', context(2), 'barred'),
  ...Array.from({ length: 40 }, (_, i) => value(`part${i}`, context(3 + i), 'profilePart')),
])

test('equal lists are one, each name stands once', () => {
  const none = new NameList(NO_TEXTS)
  const both = none.with('a').with('b')
  assert.deepEqual(both.names, ['a', 'b'])
  assert.equal(none.with('a').with('b'), both)
  assert.equal(both.with('a'), both)
  assert.deepEqual(none.with('b').with('a').names, ['b', 'a'])
})

test('children that say something by their presence are named, beyond the first 32 too', () => {
  const none = new NameList(NO_TEXTS)
  const list = none.withMet(parent, 0b111, 1 << 1)
  assert.deepEqual(list.names, ['category', 'subscriberStatus', 'part30'])
  assert.equal(none.withMet(parent, 0b111, 1 << 1), list)
  assert.deepEqual(none.withMet(parent, 0b111, 1 << 2).names, ['category', 'subscriberStatus', 'part31'])
  assert.equal(none.withMet(parent, 0b10, 0), none)
})

test('other parents with the same bits are told apart', () => {
  const none = new NameList(NO_TEXTS)
  const asked = group('requested', context(0), [value('imei', context(0), 'requested')])
  assert.deepEqual(none.withMet(parent, 1, 0).names, ['category'])
  assert.deepEqual(none.withMet(asked, 1, 0).names, ['imei'])
  assert.deepEqual(none.withMet(parent, 1, 0).names, ['category'])
})

test('beyond the bound lists are right still, only made anew', () => {
  const none = new NameList(NO_TEXTS)
  for (let i = 0; i < LIMITS.nameLists + 10; i++) none.with(`name ${i}`)
  assert.deepEqual(none.with('late').names, ['late'])
  assert.deepEqual(none.withMet(parent, 1, 0).names, ['category'])
})
