import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrapText } from './charts/scale.ts'
import { toHtml } from './html-escape.ts'
import { sharesPart, trendsPart } from './html-trends.ts'
import { sampleCase } from './report.vectors.ts'
import type { NetworkPeriodRow, Period, ReportFacts } from './report-facts.ts'

const none = { attempts: 0, subjects: 0, addresses: 0, answered: 0 }
const place = { days: 7, subjects: 0, known: 0, abroad: 0, registered: 0, arrived: 0, countries: [] }

function factsOf(period: Period, networkPeriods: readonly NetworkPeriodRow[]): ReportFacts {
  return {
    total: { ...none, networks: 0, countries: 0 },
    years: [], networks: [], countries: [], period, periods: [], networkPeriods, classes: [], classTotals: [], detectors: [], flows: [],
    roaming: place, spread: [], sources: 0, matrix: { weeks: 8, networks: [], shared: [] }, subjects: [], dossiers: [], campaigns: [],
  } // biome-ignore format: nothing in it
}

const months = (count: number) =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(2018, 1 + index, 1)).toISOString().replace('.000', ''))
const row = (from: string, network: string | null, attempts: number): NetworkPeriodRow => ({
  from,
  generation: '3g',
  country: network === null ? '*' : 'BB',
  network,
  attempts,
})

test('shares are whole per cent of their column; nothing, and less than one, are no number', () => {
  const [first = '', second = ''] = months(2)
  const facts = factsOf('month', [
    row(first, 'Example', 300),
    row(first, 'Other', 100),
    row(second, 'Example', 999),
    row(second, null, 1),
  ])
  const html = toHtml(sharesPart(facts, [first, second]))
  const rows = [...html.matchAll(/<tr><th scope="row".*?<\/tr>/gs)].map(([text]) =>
    text
      .replace(/<[^>]*>/g, ' ')
      .trim()
      .split(/\s{2,}/),
  )
  assert.deepEqual(rows, [
    ['Example (BB)', '75', '&gt;99', '93'],
    ['Other (BB)', '25', '·', '7'],
    ['others', '·', '&lt;1', '&lt;1'],
  ])
})

test('long times are put together by the quarters of the calendar; hours and one network are not told', () => {
  const starts = months(35)
  const rows = starts.flatMap((from) => [row(from, 'Example', 3), row(from, 'Other', 1)])
  const html = toHtml(sharesPart(factsOf('month', rows), starts))
  // February and March 2018 are the first quarter, then eleven
  const heads = [...html.matchAll(/<th scope="col" class="num">([A-Z][a-z]{2})<\/th>/g)].map(([, head]) => head)
  assert.deepEqual(heads.slice(0, 4), ['Feb', 'Apr', 'Jul', 'Oct'])
  assert.equal(heads.length, 12)
  assert.match(html, /A column is 3 months, named by the first\./)
  assert.equal(toHtml(sharesPart(factsOf('hour', rows), starts)), '')
  const one = rows.filter(({ network }) => network === 'Example')
  assert.doesNotMatch(toHtml(sharesPart(factsOf('month', one), starts)), /<table/)
})

test('a change is drawn at its date, as a bar of its uncertainty, and told in words', () => {
  const at = '2018-04-01T00:00:00.000000Z'
  const trends = [
    { kind: 'fade', at, uncertaintyDays: 10, from: '<b>A network', to: null },
    { kind: 'protocol-shift', at, uncertaintyDays: 1, from: 'ss7', to: 'diameter' },
  ] as const
  const html = toHtml(trendsPart(sampleCase({ trends }), months(5), factsOf('month', [])))
  assert.match(html, /&lt;b&gt;A network fades/)
  assert.match(
    html,
    /1 April 2018, ± 10 days: &lt;b&gt;A network fades\. 1 April 2018, ± 1 day: 3G signalling \(SS7\) gives way to 4G/,
  )
  const widths = [...html.matchAll(/<rect class="unsure"[^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  assert.ok((widths[0] ?? 0) > 8 * (widths[1] ?? 0), String(widths))
  assert.equal(toHtml(trendsPart(sampleCase({ trends: [] }), months(5), factsOf('month', []))), '')
})

test('lines break between words, and what has no room is cut', () => {
  assert.deepEqual(wrapText('one two three', 60, 2, 10), ['one two', 'three'])
  assert.deepEqual(wrapText('one two three four', 42, 2, 10), ['one two', 'three …'])
})
