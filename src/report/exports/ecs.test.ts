import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderEcs } from './ecs.ts'
import { CAMPAIGN, CLEAR_IMSI, CLEAR_MSISDN, FINDINGS, readerOf, textOf } from './intelligence.vectors.ts'

/** Fields used, and their types, as the field reference of the schema has them; `telecom` is ours. Source: ECS 8.17. */
const FIELDS: Readonly<Record<string, 'keyword' | 'date' | 'long' | 'ip' | 'text'>> = {
  '@timestamp': 'date',
  message: 'text',
  tags: 'keyword',
  'ecs.version': 'keyword',
  'event.kind': 'keyword',
  'event.category': 'keyword',
  'event.type': 'keyword',
  'event.module': 'keyword',
  'event.dataset': 'keyword',
  'event.id': 'keyword',
  'event.code': 'keyword',
  'event.severity': 'long',
  'event.outcome': 'keyword',
  'event.start': 'date',
  'event.end': 'date',
  'rule.id': 'keyword',
  'rule.name': 'keyword',
  'rule.version': 'keyword',
  'rule.category': 'keyword',
  'rule.ruleset': 'keyword',
  'threat.technique.id': 'keyword',
  'threat.technique.name': 'keyword',
  'threat.technique.reference': 'keyword',
  'threat.technique.subtechnique.id': 'keyword',
  'threat.technique.subtechnique.name': 'keyword',
  'threat.technique.subtechnique.reference': 'keyword',
  'observer.vendor': 'keyword',
  'observer.product': 'keyword',
  'observer.type': 'keyword',
  'observer.version': 'keyword',
  'source.address': 'keyword',
  'source.ip': 'ip',
  'source.domain': 'keyword',
  'source.geo.country_iso_code': 'keyword',
  'related.ip': 'ip',
  'related.hosts': 'keyword',
}
/** Values that the schema allows for its categorisation fields. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'event.kind': ['alert'],
  'event.category': ['network', 'intrusion_detection'],
  'event.type': ['info'],
  'event.outcome': ['success', 'failure', 'unknown'],
}

function* leaves(value: unknown, path = ''): Generator<[string, unknown]> {
  if (path === 'telecom') return
  if (Array.isArray(value)) for (const one of value) yield* leaves(one, path)
  else if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) yield* leaves(child, path === '' ? key : `${path}.${key}`)
  else yield [path, value]
}

const documents = async (options = { reveal: false, minCount: 0 }) => {
  const text = await textOf(renderEcs(readerOf(FINDINGS, [CAMPAIGN]), options))
  return {
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

test('every line is a document of the schema: known fields, their types, allowed values', async () => {
  const { lines } = await documents()
  assert.equal(lines.length, FINDINGS.length + 1)
  for (const line of lines) {
    for (const [path, value] of leaves(line)) {
      const type = FIELDS[path] ?? assert.fail(`${path} is no field of the schema`)
      if (type === 'long') assert.ok(Number.isInteger(value))
      else assert.equal(typeof value, 'string', path)
      if (type === 'ip') assert.match(String(value), /^[0-9a-fA-F.:]+$/)
      const allowed = ALLOWED[path]
      if (allowed !== undefined) assert.ok(allowed.includes(String(value)), `${path} ${value}`)
    }
  }
})

test('a finding keeps its facts', async () => {
  const { lines } = await documents()
  const [first] = lines
  assert.deepEqual(first.event.severity, 73)
  assert.deepEqual(first.threat.technique.id, ['MOT5012', 'MOT3003', 'FGT5012', 'T1430'])
  assert.deepEqual(first.threat.technique.subtechnique.id, ['MOT5012.501', 'MOT3003.301', 'FGT5012.008', 'T1430.002'])
  assert.deepEqual(first.source, { address: '12465550100', geo: { country_iso_code: 'BB' } })
  assert.deepEqual(first.telecom.subject, { imsi: '00101********37', msisdn: null })
  assert.equal(first.telecom.count, 3)
  const campaign = lines.at(-1).telecom.campaign
  assert.deepEqual([campaign.attempts, campaign.members.length, campaign.hypotheses.length], [60, 2, 2])
})

test('identities are masked unless asked, a pseudonym is kept, small counts are left out', async () => {
  const { text } = await documents()
  for (const identity of [CLEAR_IMSI, CLEAR_MSISDN]) assert.ok(!text.includes(identity))
  const revealed = await documents({ reveal: true, minCount: 10 })
  assert.equal(revealed.lines[1].telecom.subject.imsi, CLEAR_IMSI)
  assert.deepEqual([revealed.lines[0].telecom.count, revealed.lines[0].telecom.counts_below], [null, 10])
  assert.equal(revealed.lines.at(-1).telecom.campaign.subjects, null)
})
