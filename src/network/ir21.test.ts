import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseIr21 } from './ir21.ts'
import { NEWER_FILE, OLDER_FILE } from './ir21.vectors.ts'
import type { OperatorEntry } from './operator-entry.ts'
import type { PartnerList } from './partners-csv.ts'
import { ProblemList } from './problem.ts'

function parse(text: string, problems = new ProblemList()): PartnerList {
  return parseIr21('a.xml', text, problems, new Map())
}

/** Kind and key of each identifier, in order. */
function listed(entry: OperatorEntry | undefined): string[] {
  return (entry?.identifiers ?? []).map(({ kind, key }) => `${kind} ${key}`)
}

test('a network has all its identifiers; what is wrong is named by its line and the rest is read', () => {
  const problems = new ProblemList()
  const { partners, carriers } = parse(NEWER_FILE, problems)
  assert.equal(partners.length, 1)
  assert.equal(partners[0]?.name, 'Example & Sons')
  assert.equal(partners[0]?.place.line, 18)
  assert.deepEqual(listed(partners[0]), [
    'plmns 00101',
    'mobileGlobalTitles 1404556',
    'globalTitles 1404555010',
    'globalTitles 1404555011',
    'globalTitles 14045550',
    'globalTitles 12125550100',
    `ipRanges 4${'11000000000000000000001000010000'.slice(0, 28)}`,
    `ipRanges 4${'11000110001100110110010000000000'.slice(0, 24)}`,
    `ipRanges 6${'0010000000000001000011011011100000000000'.padEnd(125, '0')}111`,
    'realms org.3gppnetwork.mcc001.mnc001.epc.',
    'realms net.example.epc.',
    'hosts net.example.dea1.',
    'hosts net.example.hss1.',
  ])
  assert.deepEqual(
    carriers.map((carrier) => [carrier.role, carrier.name, listed(carrier)]),
    [['hub', 'Example Carrier', ['pointCodes 4897.']]],
  )
  const lines = problems.format()
  assert.equal(lines.length, 2)
  assert.match(lines[0] ?? '', /^a\.xml:40:1: NumberRange: "140x" is not a global title .*This element is left out\.$/)
  assert.match(lines[1] ?? '', /^a\.xml:55:1: DPC: "nine" is not a point code; .*This element is left out\.$/)
})

test('no person, key or secret of the file is kept', () => {
  const text = JSON.stringify(parse(NEWER_FILE))
  for (const secret of ['nobody', 'secret', '203.0.113']) assert.ok(!text.includes(secret), secret)
})

test('an older file is read by what it has', () => {
  const { partners, carriers } = parse(OLDER_FILE)
  assert.deepEqual(partners.map(listed), [
    ['plmns 00102', 'mobileGlobalTitles 1505555', `ipRanges 4${'11000000000000000000001010000000'.slice(0, 25)}`],
    [],
  ])
  assert.deepEqual(carriers, [])
})

test('organisations of one name in two countries are told apart', () => {
  const names = new Map<string, string>()
  const nameOf = (text: string) => parseIr21('a.xml', text, new ProblemList(), names).partners[0]?.name
  assert.equal(nameOf(OLDER_FILE), 'Elder')
  assert.equal(nameOf(OLDER_FILE), 'Elder')
  assert.equal(nameOf(OLDER_FILE.replace('>ELD<', '>TST<').replace('>Elder<', '>ELDER<')), 'ELDER (TST)')
})

/** Text, where, part of what is wrong. */
for (const [text, place, part] of [
  ['', 1, 'holds no XML element'],
  ['<a>', 1, 'cannot be read as XML'],
  ['\n<Report/>', 2, '"Report", not that of an IR.21 file'],
  ['<!DOCTYPE x><TADIGRAEXIR21/>', 1, 'document type declaration'],
] as const) {
  test(`${JSON.stringify(text)} is refused`, () => {
    const { problems, partners } = parse(text)
    assert.equal(problems.length, 1)
    assert.equal(problems[0]?.place.line, place)
    assert.ok(problems[0]?.message.includes(part), problems[0]?.message)
    assert.deepEqual(partners, [])
  })
}

test('a file without a network is named', () => {
  const problems = new ProblemList()
  assert.deepEqual(parse('<TADIGRAEXIR21/>', problems).partners, [])
  assert.match(problems.format()[0] ?? '', /^a\.xml:1:1: The file describes no network/)
})

test('every beginning of a file is refused as a whole', () => {
  for (let end = 0; end < NEWER_FILE.trimEnd().length; end += 7) {
    assert.equal(parse(NEWER_FILE.slice(0, end)).problems.length, 1, String(end))
  }
})

test('a damaged file is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.nat(NEWER_FILE.length), fc.nat(40), fc.string({ maxLength: 5 }), (at, gap, filling) => {
      const text = NEWER_FILE.slice(0, at) + filling + NEWER_FILE.slice(at + gap)
      assert.ok(Array.isArray(parse(text).partners))
    }),
    { seed: 1, numRuns: 300 },
  )
})
