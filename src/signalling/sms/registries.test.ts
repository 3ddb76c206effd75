import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALPHABETS, dataCodingOf } from './data-coding.ts'
import { PROACTIVE_COMMANDS } from './proactive-commands.ts'
import { PROTOCOL_IDENTIFIERS, protocolIdentifierName } from './protocol-identifier.ts'
import { USER_DATA_ELEMENTS, userDataElementName } from './user-data-header.ts'

for (const [name, table] of [
  ['protocol identifiers', PROTOCOL_IDENTIFIERS],
  ['user data header elements', USER_DATA_ELEMENTS],
] as const) {
  test(`the table of ${name} covers every octet once`, () => {
    let next = 0
    for (const { from, to } of table) {
      assert.equal(from, next)
      assert.ok(to >= from)
      next = to + 1
    }
    assert.equal(next, 256)
  })
}

test('protocol identifiers have their names', () => {
  for (const [pid, name] of [
    [0x00, 'shortMessage'],
    [0x25, 'telematicInterworking'],
    [0x40, 'shortMessageType0'],
    [0x47, 'replaceShortMessageType7'],
    [0x7f, 'usimDataDownload'],
    [0xc1, 'serviceCentreSpecific'],
  ] as const)
    assert.equal(protocolIdentifierName(pid), name)
})

test('user data header elements have their names', () => {
  for (const [iei, name] of [
    [0x00, 'concatenation8'],
    [0x05, 'ports16'],
    [0x08, 'concatenation16'],
    [0x25, 'nationalLanguageLockingShift'],
    [0x70, 'commandPacket'],
    [0x71, 'responsePacket'],
    [0x9f, 'smeToSmeSpecific'],
    [0xc0, 'scSpecific'],
  ] as const)
    assert.equal(userDataElementName(iei), name)
})

/** Source: 3GPP TS 23.038 §4. */
test('data codings say alphabet, class, compression and waiting', () => {
  const plain = { messageClass: null, compressed: false, automaticDeletion: false, waiting: null }
  const rows = [
    [0x00, { ...plain, alphabet: 'gsm7' }],
    [0x04, { ...plain, alphabet: '8bit' }],
    [0x08, { ...plain, alphabet: 'ucs2' }],
    [0x0c, { ...plain, alphabet: 'reserved' }],
    [0x16, { ...plain, alphabet: '8bit', messageClass: 2 }],
    [0x20, { ...plain, alphabet: 'gsm7', compressed: true }],
    [0x53, { ...plain, alphabet: 'gsm7', messageClass: 3, automaticDeletion: true }],
    [0x84, { ...plain, alphabet: 'gsm7' }],
    [0xc8, { ...plain, alphabet: 'gsm7', waiting: { kind: 'voicemail', active: true, discard: true } }],
    [0xd1, { ...plain, alphabet: 'gsm7', waiting: { kind: 'fax', active: false, discard: false } }],
    [0xea, { ...plain, alphabet: 'ucs2', waiting: { kind: 'electronicMail', active: true, discard: false } }],
    [0xf0, { ...plain, alphabet: 'gsm7', messageClass: 0 }],
    [0xf6, { ...plain, alphabet: '8bit', messageClass: 2 }],
  ] as const
  for (const [dcs, expected] of rows) assert.deepEqual(dataCodingOf(dcs), expected, dcs.toString(16))
  for (let dcs = 0; dcs < 256; dcs++) assert.ok(ALPHABETS.includes(dataCodingOf(dcs).alphabet))
})

test('proactive commands stand in code order, each once', () => {
  let last = -1
  for (const { code } of PROACTIVE_COMMANDS) {
    assert.ok(code > last)
    last = code
  }
  assert.equal(new Set(PROACTIVE_COMMANDS.map(({ name }) => name)).size, PROACTIVE_COMMANDS.length)
})
