import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { foundingPairs, missedChanges, runFoundingCase, worstShare } from '../scripts/evaluate-campaigns.ts'

/** Legitimate procedures a month: few, so that capture file and analysis take seconds; the campaigns are whole. */
const MONTHLY = 40

const folder = mkdtempSync(join(tmpdir(), 'telltale-campaigns-'))
after(() => rmSync(folder, { recursive: true }))

test('far-from-home, capture file to case: the campaigns and only they, the changes to the month, the yearly shares', async () => {
  const run = await runFoundingCase(folder, 1, false, MONTHLY)
  const { wanted, found } = foundingPairs(run)
  assert.deepEqual([...found].sort(), [...wanted].sort())
  assert.deepEqual(
    run.campaigns.map(({ scale, members }) => [
      scale,
      [...new Set(members.map(({ source }) => source.country))].sort().join(' '),
    ]),
    [
      ['mass', 'BB BS CN'],
      ['targeted', 'IT KH SE UG'],
    ],
  )
  assert.deepEqual(missedChanges(run.trends, run.truth), [])
  const members = new Set(run.truth.cluster?.members)
  const own = missedChanges(
    run.campaigns[0]?.changes ?? [],
    run.truth,
    ({ network }) => network === null || members.has(network),
  )
  assert.deepEqual(own, [])
  assert.ok(worstShare(run) <= 1, `${worstShare(run)} percentage points`)
})

// the null data of small worlds is tested beside the method
const skip = process.env.TELLTALE_SLOW === '1' ? false : 'TELLTALE_SLOW=1 runs it'

test('far-from-home with subjects shuffled among the sources: no campaign, the same shares', { skip }, async () => {
  const run = await runFoundingCase(folder, 1, true, MONTHLY)
  assert.deepEqual(run.campaigns, [])
  assert.ok(worstShare(run) <= 1, `${worstShare(run)} percentage points`)
})
