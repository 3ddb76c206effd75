import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHtml } from '../html-escape.ts'
import { barColumns } from './bars.ts'
import { storyChart } from './lanes.ts'
import { flowMap } from './map.ts'
import { periodStarts, stackedChart } from './periods.ts'
import { type Box, countTicks, fitText, logTicks, overlaps, placeLabel, WIDTH } from './scale.ts'

test('ticks are whole, begin at 0 and reach the largest count', () => {
  for (const most of [0, 1, 2, 3, 7, 10, 99, 101, 1_164, 23_026, 1e9]) {
    const ticks = countTicks(most)
    assert.equal(ticks[0], 0)
    assert.ok((ticks.at(-1) ?? 0) >= most, String(most))
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${most}: ${ticks}`)
    assert.equal(new Set(ticks).size, ticks.length)
  }
  assert.deepEqual(countTicks(1_164), [0, 500, 1_000, 1_500])
  assert.deepEqual(logTicks(1_000), [1, 10, 100, 1_000])
  assert.deepEqual(logTicks(1), [1, 10])
})

test('a text that is too wide is cut and says so', () => {
  assert.equal(fitText('Barbados', 200), 'Barbados')
  assert.equal(fitText('a very long name of a network', 60), 'a very…')
})

test('labels cover no other label and stay inside; where there is no room there is none', () => {
  const taken: Box[] = []
  const bounds = { x: 0, y: 0, width: 300, height: 120 }
  const placed = Array.from({ length: 40 }, () => placeLabel(150, 60, 'Antigua', taken, bounds)).filter(
    (one) => one !== null,
  )
  assert.ok(placed.length > 3 && placed.length < 40)
  for (const [index, one] of placed.entries()) {
    assert.ok(one.box.x >= 0 && one.box.x + one.box.width <= 300)
    for (const other of placed.slice(index + 1)) assert.equal(overlaps(one.box, other.box), false)
  }
})

const row = (from: string, attempts: number) => ({ from, generation: '3g' as const, country: 'BB', attempts })

test('months without attempts stand in the axis too, over the end of a year', () => {
  const rows = [row('2018-11-01T00:00:00Z', 3), row('2019-02-01T00:00:00Z', 1)]
  assert.deepEqual(
    periodStarts(rows, 'month').map((start) => start.slice(0, 7)),
    ['2018-11', '2018-12', '2019-01', '2019-02'],
  )
  assert.deepEqual(periodStarts([], 'month'), [])
  assert.equal(periodStarts([row('2026-03-02T08:01:00Z', 1), row('2026-03-02T08:24:00Z', 1)], 'minute').length, 24)
})

test('the height of a bar is its share of the axis', () => {
  const rows = [row('2019-01-01T00:00:00Z', 1_000), row('2019-02-01T00:00:00Z', 500)]
  const text = toHtml(stackedChart('c', rows, periodStarts(rows, 'month'), 'month', [], 't', 'd'))
  const [first, second] = [...text.matchAll(/class="g-3g"[^>]*height="([\d.]+)"/g)].map(([, height]) => Number(height))
  assert.equal(first, 260)
  assert.equal(second, 130)
})

test('bars are as long as their shares', () => {
  const cells = [0.5, 0.25].map((share) => [{ share, text: `${share}` }])
  const text = toHtml(
    barColumns(
      'b',
      ['2019'],
      cells.map((one) => ({ name: 'x', cells: one })),
      'g-3g',
      't',
      'd',
    ),
  )
  const widths = [...text.matchAll(/<rect class="g-3g"[^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  assert.ok(Math.abs((widths[0] ?? 0) - 2 * (widths[1] ?? 0)) < 0.3)
})

test('the map stays in its frame, also where countries cross the 180th meridian', () => {
  const text = toHtml(
    flowMap(
      'm',
      [
        { from: 'RU', to: 'FJ', attempts: 9 },
        { from: 'US', to: 'US', attempts: 1 },
      ],
      new Set(['RU']),
      [],
      't',
      'd',
    ),
  )
  assert.doesNotMatch(text, /NaN|Infinity/)
  for (const [, path = ''] of text.matchAll(/<path class="land[^"]*" d="([^"]*)"/g)) {
    for (const ring of path.split('Z')) {
      const xs = [...ring.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x))
      assert.ok(Math.min(...xs, WIDTH) >= -1 && Math.max(...xs, 0) <= WIDTH + 1)
      for (const [index, x] of xs.entries())
        assert.ok(index === 0 || Math.abs(x - (xs[index - 1] ?? x)) < WIDTH / 3, 'a line across the map')
    }
  }
})

test('a story shows each episode once: filled when answered, else hollow or dashed', () => {
  const episode = {
    id: 'F-1', firstSeen: '2019-11-13T00:00:00Z', lastSeen: '2019-11-13T00:00:00Z', generation: '3g', class: 'location', severity: 'high',
    detector: 'LOC-01', operation: 'anyTimeInterrogation', address: null, country: null, network: null, answered: true, messages: 1,
  } as const // biome-ignore format: a row
  const text = toHtml(
    storyChart('s', [episode, { ...episode, answered: false }, { ...episode, answered: null }], ['3g'], 't', 'd'),
  )
  assert.equal(text.match(/<circle/g)?.length, 3)
  assert.equal(text.match(/hollow/g)?.length, 1)
  assert.equal(text.match(/unseen/g)?.length, 1)
  assert.doesNotMatch(text, /NaN|Infinity/)
})
