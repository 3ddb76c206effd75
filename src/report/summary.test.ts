import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { sampleCase, sampleFinding, withEveryString } from './report.vectors.ts'
import { formatSummary, type SummaryOptions } from './summary.ts'
import { displayWidth } from './visible-text.ts'

const PLAIN: SummaryOptions = { colour: false, width: 80, caseFolder: 'telltale-case' }

test('a finding says who asked what about whom, and whether an answer came', () => {
  const text = formatSummary(sampleCase(), [sampleFinding()], PLAIN)
  assert.match(text, /^Telltale 0\.1\.0: 1 finding in 1 capture file\n/)
  assert.match(text, /1 high\. 1 answered\./)
  assert.match(text, /high {6}LOC-01 {6}3 {2}2026-03-03 08:00 {2}yes {7}IMSI 00101\*+37/)
  assert.match(text, /global title 12465550100, Barbados \(BB\), operator unknown/)
  assert.match(text, /\nCase folder: telltale-case\n$/)
  assert.doesNotMatch(text, /001011234567837|\p{Cc}(?<!\n)/u)
})

test('identities are shown in full only when asked', () => {
  const text = formatSummary(sampleCase(), [sampleFinding()], { ...PLAIN, reveal: true })
  assert.match(text, /IMSI 001011234567837/)
})

test('the three answers have three words', () => {
  const findings = [true, false, null].map((answered) => sampleFinding({ answered }))
  const text = formatSummary(sampleCase({ findings: 3 }), findings, PLAIN)
  assert.match(text, /1 answered, 1 not answered, 1 not visible/)
  for (const word of ['yes', 'no', 'not visible']) assert.match(text, new RegExp(` {2}${word} {2,}IMSI`))
})

test('no finding is not a clean bill: it says what was judged and what was not', () => {
  const text = formatSummary(sampleCase({ findings: 0 }), [], PLAIN)
  assert.match(text, /No finding by the 1 check that ran\. That is not the same as no surveillance/)
  assert.match(text, /1 check looked at 900 events; 17 times the facts needed were missing/)
  assert.match(text, /isup +not decoded +90 +9\.0 % +protocol not decoded by this/)
  assert.match(text, /- No network\.yaml was given/)
  assert.match(text, /- LOC-01: 17 times, the source network is unknown/)
  assert.doesNotMatch(text, /clean|Top findings/i)
})

test('a part of the findings is called a part', () => {
  const text = formatSummary(sampleCase({ findings: 5_000 }), [sampleFinding()], PLAIN)
  assert.match(text, /This covers 1 of the 5,000 findings of the run/)
  assert.match(text, /Top findings \(1 of 5,000\)/)
  assert.doesNotMatch(formatSummary(sampleCase({ findings: 5_000 }), [], PLAIN), /No finding/)
})

test('coverage that does not add up is said', () => {
  assert.match(formatSummary(sampleCase(), [], PLAIN), /add up to 1,000: every message read is in one of them/)
  const text = formatSummary(sampleCase({ messages: 1_007 }), [], PLAIN)
  assert.match(text, /add up to 1,000, but 1,007 messages were read: 7 are not/)
})

test('an interrupted run and a damaged input stand at the top', () => {
  const damaged = sampleCase().inputs.map((input) => ({ ...input, damage: 'It ends in the middle of a packet.' }))
  const kase = sampleCase({ complete: false, interruptions: ['Interrupted after 900 packets.'], inputs: damaged })
  const top = formatSummary(kase, [], PLAIN).split('\n').slice(1, 4)
  assert.deepEqual(top, [
    '  The run did not read everything it was given.',
    '  - Interrupted after 900 packets.',
    '  - core.pcap: It ends in the middle of a packet.',
  ])
})

test('colour only repeats the words', () => {
  const coloured = formatSummary(sampleCase(), [sampleFinding()], { ...PLAIN, colour: true })
  assert.ok(coloured.includes('\x1b[31mhigh\x1b[0m'))
  assert.equal(stripVTControlCharacters(coloured), formatSummary(sampleCase(), [sampleFinding()], PLAIN))
})

test('an empty run is a summary too', () => {
  const kase = sampleCase({
    ...{ inputs: [], firstSeen: null, lastSeen: null, packets: 0, messages: 0, events: 0, findings: 0 },
    ...{ packetCoverage: [], messageCoverage: [], detectors: [], limitations: [], operations: [], sources: [] },
  })
  const text = formatSummary(kase, [], PLAIN)
  assert.match(text, /No finding, because no check ran\./)
  assert.match(text, /no capture time/)
})

test('nothing from the input drives the terminal, and every line fits', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
    fc.string({
      unit: fc.constantFrom('\x1b', '[2J', '\n', '\u202e', '示', 'word ', '\u0301', '\x9b'),
      maxLength: 80,
      size: 'max',
    }),
  )
  fc.assert(
    fc.property(hostile, fc.constantFrom(80, 100, 120), fc.boolean(), (text, width, times) => {
      const kase = withEveryString(sampleCase(), text, times)
      const summary = formatSummary(kase, [withEveryString(sampleFinding(), text, times)], { ...PLAIN, width })
      assert.doesNotMatch(summary.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
      for (const line of summary.split('\n')) assert.ok(displayWidth(line) <= width, line)
    }),
    { numRuns: 60 },
  )
})
