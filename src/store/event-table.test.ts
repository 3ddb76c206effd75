import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TYPES_OF_NUMBER } from '../signalling/sms/tpdu.ts'
import { CAP_OPERATIONS } from '../signalling/ss7/cap/operations.ts'
import { MAP_OPERATIONS } from '../signalling/ss7/map/operations.ts'
import { TCAP_MESSAGES } from '../signalling/ss7/tcap.ts'
import { createEventsSql, eventColumns } from './event-table.ts'

const columns = eventColumns(['a.pcap', "b'c.pcap"])
const wordsOf = (name: string): readonly string[] => columns.find((column) => column.name === name)?.words ?? []

test('every list of words holds each once, and few enough for one octet', () => {
  for (const { name, type, words } of columns) {
    assert.equal(type === 'word', words.length > 0, name)
    assert.equal(new Set(words).size, words.length, name)
    assert.ok(words.length < 256, `${name}: ${words.length} words`)
  }
})

test('the lists hold every word of the registries', () => {
  for (const { name } of [...MAP_OPERATIONS, ...CAP_OPERATIONS]) assert.ok(wordsOf('operation').includes(name), name)
  assert.deepEqual(
    wordsOf('tcap'),
    TCAP_MESSAGES.map(({ name }) => name),
  )
  assert.deepEqual(wordsOf('sms_oa_type'), TYPES_OF_NUMBER)
  assert.deepEqual(wordsOf('capture'), ['a.pcap', "b'c.pcap"])
})

test('columns have names of their own, and quotes in a word are doubled', () => {
  assert.equal(new Set(columns.map(({ name }) => name)).size, columns.length)
  assert.match(createEventsSql(columns), /"capture" ENUM\('a\.pcap', 'b''c\.pcap'\)/)
})

test('more captures than an ENUM can number are kept as texts', () => {
  const names = Array.from({ length: 65_536 }, (_, i) => `${i}.pcap`)
  assert.equal(eventColumns(names).find(({ name }) => name === 'capture')?.type, 'text')
})
