import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BlockedSource, renderBlocklistCsv, renderBlocklistJson } from './blocklist.ts'
import { HOSTILE, textOf } from './intelligence.vectors.ts'

const SOURCE: BlockedSource = {
  kind: 'gt',
  value: '12465550100',
  operator: 'Example, Roaming',
  country: 'BB',
  method: 'partner prefix',
  findings: 3,
  severities: [
    { severity: 'critical', findings: 1 },
    { severity: 'high', findings: 2 },
  ],
  detectors: ['LOC-01', 'LOC-02'],
  firstSeen: '2026-03-03T08:00:12.000001Z',
  lastSeen: '2026-03-03T09:00:12.000001Z',
  messages: 1_000,
  requests: 800,
  subjects: 70,
  operations: [
    { protocol: 'map', operation: 'updateLocation', requests: 798 },
    { protocol: 'map', operation: 'anyTimeInterrogation', requests: 2 },
  ],
  suspicious: 2,
}
const OPTIONS = { reveal: false, minCount: 0 }

async function* of(...sources: BlockedSource[]): AsyncGenerator<BlockedSource> {
  yield* sources
}

test('the list says first that it is a draft, then a line for each source with all it would hit', async () => {
  const lines = (await textOf(renderBlocklistCsv(of(SOURCE), OPTIONS))).trimEnd().split('\n')
  const notice = lines.filter((line) => line.startsWith('# '))
  assert.match(notice.join(' '), /Draft to be reviewed by a person, not a verdict/)
  assert.deepEqual(lines.slice(notice.length + 1), [
    'global title,12465550100,"Example, Roaming",BB,partner prefix,3,critical 1; high 2,LOC-01 LOC-02,2026-03-03T08:00:12.000001Z,2026-03-03T09:00:12.000001Z,1000,800,70,2,0.003,map updateLocation 798; map anyTimeInterrogation 2',
  ])
  const [head, entry] = (await textOf(renderBlocklistJson(of(SOURCE), OPTIONS)))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.match(head.notice, /^Draft/)
  assert.deepEqual([entry.value, entry.wouldHit.requests, entry.wouldHit.suspiciousShare], ['12465550100', 800, 0.003])
})

test('small counts are not told, nor a share that would tell them', async () => {
  const options = { reveal: false, minCount: 3 }
  const csv = await textOf(renderBlocklistCsv(of(SOURCE), options))
  assert.match(csv, /,1000,800,70,fewer than 3,,map updateLocation 798; map anyTimeInterrogation fewer than 3\n$/)
  const [, entry] = (await textOf(renderBlocklistJson(of(SOURCE), options)))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    [entry.wouldHit.suspicious, entry.wouldHit.suspiciousShare, entry.wouldHit.subjects],
    [null, null, 70],
  )
})

test('a hostile host name is no formula and no further line of the list', async () => {
  const csv = await textOf(renderBlocklistCsv(of({ ...SOURCE, kind: 'host', value: HOSTILE, operator: null }), OPTIONS))
  assert.ok(csv.includes(`host,"'=cmd|x!A1""'`))
  const list = await textOf(renderBlocklistJson(of({ ...SOURCE, value: HOSTILE }), OPTIONS))
  assert.equal(list.trimEnd().split('\n').length, 2)
})
