import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../limits.ts'
import { renderHtml } from './html.ts'
import { manyFindings, sampleCase, sampleFinding, withEveryString } from './report.vectors.ts'

const COMMENT_OR_TAG = /<[^>]*>/g

/** The text a reader sees, without tags and style. */
function visible(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(COMMENT_OR_TAG, ' ')
    .replace(/\s+/g, ' ')
}

test('page one is sentences', () => {
  const text = visible(renderHtml(sampleCase(), [sampleFinding()]))
  assert.match(text, /Signalling surveillance report, 3 to 5 March 2026/)
  assert.match(
    text,
    /Between 08:00 on 3 March 2026 and 18:00 on 5 March 2026 \(UTC\), 1,000 signalling messages were read\./,
  )
  assert.match(text, /1 finding reports 3 messages from 1 source address, about 1 subscriber\. 1 finding was answered/)
  assert.match(text, /Messages that ask where a subscriber’s phone is\. 1 finding \(3 messages\) .*: 1 answered\./)
  assert.match(text, /Highest severity: high\. Confidence: high \(0\.90\)\./)
})

test('a finding carries why, answer, evidence, innocent explanations and techniques', () => {
  const text = visible(renderHtml(sampleCase(), [sampleFinding()]))
  assert.match(text, /Innocent explanations to rule out A location service both networks agreed on\./)
  assert.match(text, /high global title 12465550100 anyTimeInterrogation for a subscriber of 001 01 came from/)
  assert.match(text, /Answer answered Messages 3/)
  assert.match(text, /core\.pcap:7, core\.pcap:9 and 1 more/)
  assert.match(text, /Techniques: MOT5012\.501/)
  assert.match(text, /Other addresses point code 4321/)
})

test('answers are three different words', () => {
  for (const [answered, word] of [
    [true, 'answered'],
    [false, 'not answered'],
    [null, 'not visible'],
  ] as const) {
    assert.match(
      visible(renderHtml(sampleCase(), [sampleFinding({ answered })])),
      new RegExp(`Answer ${word} Messages`),
    )
  }
})

test('identities are masked unless revealed', () => {
  assert.doesNotMatch(renderHtml(sampleCase(), [sampleFinding()]), /001011234567837/)
  assert.match(renderHtml(sampleCase(), [sampleFinding()]), /IMSI 00101\*+37/)
  assert.match(renderHtml(sampleCase(), [sampleFinding()], { reveal: true }), /IMSI 001011234567837/)
})

test('without findings it says what was checked, and never that all is well', () => {
  const text = visible(renderHtml(sampleCase({ findings: 0 }), []))
  assert.match(
    text,
    /no finding was made\. No finding by the 1 check that ran\. That is not the same as no surveillance/,
  )
  assert.match(text, /100 messages \(10\.0 %\) could not be decoded, or only in part/)
  assert.match(text, /No network\.yaml was given/)
  assert.match(text, /the source network is unknown 17/)
  assert.doesNotMatch(text, /clean|Timeline/)
})

test('findings that were not given are not denied', () => {
  const text = visible(renderHtml(sampleCase({ findings: 9 }), []))
  assert.match(text, /This covers 0 of the 9 findings of the run/)
  assert.doesNotMatch(text, /[Nn]o finding was made/)
})

test('inputs stand with their hash, coverage with its sum', () => {
  const text = visible(renderHtml(sampleCase(), []))
  assert.match(text, /core\.pcap pcap 123\.5 kB 1,200 .* (ab){32}/)
  assert.match(text, /map decoded – 900 90\.0 % map decoded in part .* isup not decoded .* Total 1,000 100\.0 %/)
  assert.match(text, /add up to 1,000: every message read is in one of them/)
  assert.match(
    visible(renderHtml(sampleCase({ packets: 1_201 }), [])),
    /1,201 packets were read: 1 are not accounted for/,
  )
})

test('the same input gives the same page', () => {
  const findings = manyFindings(30, 3, 5)
  assert.equal(renderHtml(sampleCase(), findings), renderHtml(sampleCase(), findings.toReversed()))
})

test('the page needs nothing and runs nothing', () => {
  const page = renderHtml(sampleCase(), [sampleFinding()])
  assert.doesNotMatch(page, /<script|<link|<img|<iframe|\s(?:src|style|on\w+)=|https?:/i)
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/)
})

test('structure for readers who do not see it: language, headings in order, scopes, captions, unique ids', () => {
  const page = renderHtml(sampleCase({ findings: 60 }), manyFindings(60, 4, 20))
  assert.match(page, /^<!doctype html>\n<html lang="en">/)
  const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
  assert.equal(levels[0], 1)
  assert.equal(levels.filter((level) => level === 1).length, 1)
  for (const [index, level] of levels.entries())
    assert.ok(level <= (levels[index - 1] ?? 0) + 1, `h${level} at ${index}`)
  assert.equal(page.match(/<table/g)?.length, page.match(/<caption/g)?.length)
  assert.doesNotMatch(page, /<th(?! scope=)[ >]/)
  assert.equal(page.match(/<svg/g)?.length, page.match(/<svg[^>]*><title[^>]*>[^<]+<\/title><desc/g)?.length)
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const [, names] of page.matchAll(/ (?:aria-labelledby|href)="#?([^"]*)"/g)) {
    for (const id of (names ?? '').split(' ')) assert.ok(ids.includes(id), `no element ${id}`)
  }
})

test('every element that opens is closed in order', () => {
  const page = renderHtml(sampleCase({ findings: 60 }), manyFindings(60, 4, 20))
  const open: string[] = []
  for (const [tag, slash, name, empty] of page.matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/g)) {
    if (name === 'meta' || name === 'wbr' || empty === '/') continue
    if (slash === '/') assert.equal(open.pop(), name, tag)
    else open.push(name ?? '')
  }
  assert.deepEqual(open, [])
})

test('thousands of findings are summarised, said to be, and stay under 3 MB', () => {
  const page = renderHtml(sampleCase({ findings: 14_000 }), manyFindings(2_000, 5, 400))
  assert.ok(Buffer.byteLength(page) < 3_000_000)
  assert.equal(page.match(/<article/g)?.length, 5 * LIMITS.reportFindingsPerDetector)
  assert.match(page, /and 388 more in findings\.ndjson/)
  assert.match(page, /This covers 2,000 of the 14,000 findings of the run/)
  assert.match(page, /and 200 more, in findings\.ndjson/)
})

test('many detectors share the page', () => {
  const page = renderHtml(sampleCase({ findings: 6_000 }), manyFindings(6_000, 100, 10))
  assert.equal(page.match(/<article/g)?.length, LIMITS.reportFindings)
  assert.ok(Buffer.byteLength(page) < 3_000_000)
})

test('hostile text in every field changes no tag and no attribute', () => {
  const tagsOf = (text: string, times: boolean) => {
    const finding = withEveryString(sampleFinding(), text, times)
    const page = renderHtml(withEveryString(sampleCase(), text, times), [finding], { reveal: true })
    assert.doesNotMatch(page.replace(/<style>.*?<\/style>/s, '').replace(COMMENT_OR_TAG, ''), /[<>]/)
    // a long name may break where its text says so: the one tag that depends on text
    return page.match(COMMENT_OR_TAG)?.filter((tag) => tag !== '<wbr>')
  }
  const harmless = [true, false].map((times) => tagsOf('x', times))
  const pieces = [
    '<',
    '>',
    '"',
    "'",
    '&',
    '</td>',
    '<script>',
    '<!--',
    ']]>',
    '--',
    ' onload=',
    '\0',
    '\u202e',
    '`',
    '${',
  ]
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60, size: 'max' }),
  )
  fc.assert(
    fc.property(hostile, (text) => {
      assert.deepEqual(
        [true, false].map((times) => tagsOf(`x${text}`, times)),
        harmless,
      )
    }),
    { numRuns: 40 },
  )
})

test('times that are none are drawn nowhere odd', () => {
  const page = renderHtml(sampleCase({ firstSeen: null, lastSeen: null }), [
    sampleFinding({ firstSeen: 'soon', lastSeen: 'later' }),
    sampleFinding({ firstSeen: '2026-03-03T08:00:00.000000Z' }),
  ])
  assert.doesNotMatch(page, /NaN|Infinity|undefined/)
})
