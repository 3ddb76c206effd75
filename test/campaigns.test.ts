import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { foundingPairs, missedChanges, runFoundingCase, worstShare } from '../scripts/evaluate-campaigns.ts'
import { loadContext } from '../src/attribution/context/load.ts'
import type { Dossier } from '../src/attribution/dossier.ts'
import { loadNetwork } from '../src/network/network-file.ts'
import { analyze } from '../src/pipeline.ts'

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

test('what others said stands in the dossiers, and changes no octet of campaigns and findings', async () => {
  const [capture, networkFile] = [join(folder, 'capture.pcap'), join(folder, 'network.yaml')]
  const out = join(folder, 'told')
  const table = join(folder, 'own.csv')
  writeFileSync(table, 'type,value,said,by\ngt,86000,guilty,somebody\noperator,Example Bahamas,guilty,somebody\n')
  const context = await loadContext([table])
  await analyze({
    paths: [capture],
    network: await loadNetwork(networkFile),
    networkFile,
    context,
    out,
    version: '0.0.0',
    mode: 'active',
    stateFile: null,
    pseudonyms: null,
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  const [before, after] = ['case', 'told'].map(
    (name) => (file: string) => readFileSync(join(folder, name, file), 'utf8'),
  )
  for (const file of ['campaigns.ndjson', 'findings.ndjson']) assert.equal(after?.(file), before?.(file), file)
  const dossiers = (text = '') =>
    text
      .trimEnd()
      .split('\n')
      .map((line): Dossier => JSON.parse(line))
  const told = dossiers(after?.('dossiers.ndjson'))
  const spoken = told.filter(({ statementCount }) => statementCount > 0)
  assert.ok(spoken.length >= 8, `${spoken.length} sources were spoken of`)
  assert.deepEqual(
    told.map((dossier) => ({ ...dossier, statements: [], statementCount: 0 })),
    dossiers(before?.('dossiers.ndjson')),
  )
  const facts = JSON.parse(after?.('case.json') ?? '')
  assert.equal(facts.settings.context[0].sha256, context.sources[0]?.sha256)
  assert.match(facts.references.at(-1).version, /^SHA-256 [0-9a-f]{64}$/)
  assert.ok(after?.('chain.ndjson').includes(context.sources[0]?.sha256 ?? '?'))
  const page = after?.('report.html') ?? ''
  assert.match(page, /What others have said \(not checked by Telltale\)/)
  assert.doesNotMatch(before?.('report.html') ?? '', /What others have said/)
})

// the null data of small worlds is tested beside the method
const skip = process.env.TELLTALE_SLOW === '1' ? false : 'TELLTALE_SLOW=1 runs it'

test('far-from-home with subjects shuffled among the sources: no campaign, the same shares', { skip }, async () => {
  const run = await runFoundingCase(folder, 1, true, MONTHLY)
  assert.deepEqual(run.campaigns, [])
  assert.ok(worstShare(run) <= 1, `${worstShare(run)} percentage points`)
})
