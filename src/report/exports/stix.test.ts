import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sampleCase, sampleFinding, withEveryString } from '../report.vectors.ts'
import { CAMPAIGN, CLEAR_IMSI, CLEAR_MSISDN, FINDINGS, HOSTILE, readerOf, textOf } from './intelligence.vectors.ts'
import { loadSchemas, violations } from './json-schema.vectors.ts'
import { renderStix } from './stix.ts'
import { TLP_LEVELS } from './stix-marking.ts'

type StixObject = Record<string, unknown> & { id: string; type: string }
interface Bundle {
  id: string
  objects: StixObject[]
}

const SCHEMAS = fileURLToPath(new URL('../../../../shared/reference/stix2-schemas/schemas', import.meta.url))
const skip = existsSync(SCHEMAS) ? false : 'the OASIS schemas are not here'
const WHOLE = readerOf(FINDINGS, [CAMPAIGN])

async function bundleOf(...input: Parameters<typeof renderStix>): Promise<Bundle> {
  return JSON.parse(await textOf(renderStix(...input))) as Bundle
}

function schemaOf({ type }: StixObject): string {
  if (type === 'relationship' || type === 'sighting') return `/sros/${type}.json`
  if (type === 'extension-definition' || type === 'marking-definition') return `/common/${type}.json`
  if (/^(?:global-title|signalling-point-code)(?:-range)?$/.test(type)) return '/common/cyber-observable-core.json'
  return type.endsWith('-addr') || type === 'domain-name' ? `/observables/${type}.json` : `/sdos/${type}.json`
}

/** Types of STIX 2.1 that the list in bundle.json forgets: each fits both of its forms for objects of other kinds. */
const FORGOTTEN = new Set(['extension-definition', 'grouping', 'location', 'note'])

function withListed(bundle: Bundle): Bundle {
  return { ...bundle, objects: bundle.objects.filter(({ type }) => !FORGOTTEN.has(type)) }
}

function refsOf(object: StixObject | undefined): string[] {
  assert(Array.isArray(object?.object_refs))
  return object.object_refs.map(String)
}

test('every object is valid against its OASIS schema', { skip }, async () => {
  const schemas = loadSchemas(SCHEMAS)
  const readers = [WHOLE, readerOf([]), readerOf([], [], { firstSeen: null, lastSeen: null, inputs: [] })]
  for (const reader of readers) {
    for (const tlp of TLP_LEVELS) {
      const bundle = await bundleOf(reader, { tlp, organization: tlp === 'red' ? 'Example Mobile' : null })
      assert.deepEqual(violations(schemas, '/common/bundle.json', withListed(bundle)), [])
      for (const object of bundle.objects)
        assert.deepEqual(violations(schemas, schemaOf(object), object), [], object.id)
    }
  }
})

test('the checker refuses what the schemas forbid', { skip }, async () => {
  const schemas = loadSchemas(SCHEMAS)
  const { objects } = await bundleOf(WHOLE)
  const wrong: Record<string, Record<string, unknown>> = {
    sighting: { sighting_of_ref: 'relationship--00000000-0000-4000-8000-000000000000' },
    'observed-data': { number_observed: 0 },
    'ipv4-addr': { value: '300.1.1.1' },
    'global-title': { value: null },
    'attack-pattern': { external_references: [{ source_name: 'mitre-attack' }] },
    'extension-definition': { extension_types: ['new-thing'] },
    'marking-definition': { extensions: {}, definition: undefined },
    campaign: { created: '2026-03-01T00:00:00Z' },
    report: { object_refs: [] },
    note: { confidence: 101 },
    relationship: { relationship_type: 'Uses It' },
  }
  for (const [type, change] of Object.entries(wrong)) {
    const object = objects.find((candidate) => candidate.type === type)
    assert(object !== undefined, type)
    const changed = JSON.parse(JSON.stringify({ ...object, ...change })) as StixObject
    assert.notDeepEqual(violations(schemas, schemaOf(object), changed), [], type)
  }
})

test('every reference leads to an object of the bundle, each id is there once, and the report names all', async () => {
  const { objects } = await bundleOf(WHOLE)
  const ids = new Set(objects.map(({ id }) => id))
  assert.equal(ids.size, objects.length)
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      if (!key.endsWith('_ref') && !key.endsWith('_refs')) continue
      for (const ref of [value].flat()) assert(ids.has(String(ref)), `${object.id} ${key} ${String(ref)}`)
    }
  }
  const report = objects.at(-1)
  assert.equal(report?.type, 'report')
  const named = new Set(refsOf(report))
  const content = objects.filter(({ type }) => !['marking-definition', 'extension-definition', 'report'].includes(type))
  assert.deepEqual(
    content.filter(({ id }) => !named.has(id)).map((object) => object.name),
    ['Telltale'],
  )
})

test('a finding becomes a sighting of its first technique with what was observed', async () => {
  const { objects } = await bundleOf(readerOf([sampleFinding({ techniques: ['MOT5012.501', 'T1430.002'] })]))
  const byType = (type: string): StixObject[] => objects.filter((object) => object.type === type)
  const [sighting] = byType('sighting')
  const pattern = objects.find(({ id }) => id === sighting?.sighting_of_ref)
  assert.equal(pattern?.name, 'Core Network Function Signalling')
  assert.deepEqual(pattern.external_references, [
    {
      source_name: 'gsma-motif',
      external_id: 'MOT5012.501',
      url: 'https://www.gsma.com/solutions-and-impact/technologies/security/wp-content/uploads/2024/04/FS.57-MoTIF-Principles-v1.0.pdf',
    },
  ])
  assert.equal(sighting?.count, 3)
  assert.equal(sighting.first_seen, '2026-03-03T08:00:12.000001Z')
  assert.equal(sighting.created, '2026-03-03T08:00:12.000Z')
  assert.equal(sighting.confidence, 90)
  assert.deepEqual(sighting.labels, ['LOC-01', 'location', 'severity high', 'answer: answered'])
  const [observed] = byType('observed-data')
  assert.deepEqual(sighting.observed_data_refs, [observed?.id])
  assert.deepEqual(observed?.object_refs, [
    'global-title--082a42f1-dfc8-5882-8fa4-9df91d57f671',
    'signalling-point-code--8317ef71-6366-52f5-876f-d002eda9a708',
  ])
  assert.equal(byType('location')[0]?.country, 'BB')
  assert.deepEqual(
    byType('relationship').map((object) => [object.relationship_type, String(object.target_ref).split('--')[0]]),
    [
      ['consists-of', 'global-title'],
      ['located-at', 'location'],
      ['related-to', 'attack-pattern'],
      ['related-to', 'attack-pattern'],
    ],
  )
})

test('sources that share a range of titles or point codes form blocks, which a campaign uses', async () => {
  const { source } = sampleFinding()
  const sources = [
    { gt: '12465550100', opc: 4321 },
    { gt: '12465559999', opc: 4322 },
    // beside the range: of another length, and of the next ten thousand
    { gt: '124655501000', opc: 9000 },
    { gt: '12465560000', opc: 9000 },
    { gt: '4477009000B0', opc: null },
  ].map((addresses) => ({ ...source, ...addresses }))
  const findings = sources.map((one, index) => sampleFinding({ id: `f${index}`, source: one }))
  const [member] = CAMPAIGN.members
  assert(member !== undefined)
  const members = sources.slice(0, 3).map((one) => ({ ...member, source: one }))
  const { objects } = await bundleOf(readerOf(findings, [{ ...CAMPAIGN, members }]))
  const ranges = objects.filter(({ type }) => type.endsWith('-range'))
  assert.deepEqual(
    ranges.map(({ type, first, last }) => [type, first, last]),
    [
      ['global-title-range', '12465550000', '12465559999'],
      ['signalling-point-code-range', 4320, 4327],
    ],
  )
  const nameOf = (id: unknown): unknown => {
    const object = objects.find((one) => one.id === id)
    return object?.name ?? `${object?.type} ${object?.first ?? object?.value}`
  }
  const consistsOf = (name: string): unknown[] =>
    objects
      .filter(({ relationship_type, source_ref }) => relationship_type === 'consists-of' && nameOf(source_ref) === name)
      .map(({ target_ref }) => nameOf(target_ref))
  assert.deepEqual(consistsOf('global titles 12465550000 to 12465559999'), [
    'global-title-range 12465550000',
    'global title 12465550100',
    'global title 12465559999',
  ])
  assert.deepEqual(consistsOf('source addresses behind point codes 2-28-0 to 2-28-7').length, 3)
  assert.deepEqual(consistsOf('source addresses behind point code 4-101-0'), [
    'signalling-point-code 9000',
    'global title 124655501000',
    'global title 12465560000',
  ])
  const campaign = objects.find(({ type }) => type === 'campaign')
  const used = objects.filter(
    ({ relationship_type, source_ref }) => relationship_type === 'uses' && source_ref === campaign?.id,
  )
  assert.deepEqual(
    used.map(({ target_ref }) => nameOf(target_ref)),
    [
      'global title 12465550100',
      'global title 12465559999',
      'global title 124655501000',
      'global titles 12465550000 to 12465559999',
      'source addresses behind point codes 2-28-0 to 2-28-7',
    ],
  )
  // each type of our own says by which definition
  for (const object of objects.filter(({ type }) => /^(?:global-title|signalling-point-code)/.test(type))) {
    const [definition] = Object.keys(object.extensions as object)
    assert.equal(objects.find(({ id }) => id === definition)?.name, object.type)
  }
  if (skip !== false) return
  const schemas = loadSchemas(SCHEMAS)
  for (const object of objects) assert.deepEqual(violations(schemas, schemaOf(object), object), [], object.id)
})

test('a campaign, its hypotheses and innocent explanations are objects; nobody is an intrusion set', async () => {
  const { objects } = await bundleOf(WHOLE)
  const types = new Set(objects.map(({ type }) => type))
  for (const type of ['intrusion-set', 'threat-actor', 'indicator', 'malware']) assert(!types.has(type), type)
  const campaign = objects.find(({ type }) => type === 'campaign')
  const notes = objects.filter(({ type }) => type === 'note')
  const about = notes.filter((note) => refsOf(note)[0] === campaign?.id)
  assert.deepEqual(
    about.map(({ confidence }) => confidence),
    [70, 30],
  )
  assert.match(String(about[1]?.content), /Against: No delivery follows\./)
  assert(notes.some(({ content }) => content === '- A location service both networks agreed on.'))
  const grouping = objects.find(({ type }) => type === 'grouping')
  assert.deepEqual(
    refsOf(grouping).map((ref) => ref.split('--')[0]),
    ['campaign', 'infrastructure', 'infrastructure', 'sighting', 'sighting'],
  )
})

test('the fixed markings of TLP 2.0 are used, amber unless told', async () => {
  const { objects } = await bundleOf(WHOLE)
  const amber = 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'
  assert.equal(objects[0]?.id, amber)
  for (const object of objects) {
    if (object.id !== amber && 'object_marking_refs' in object)
      assert((object.object_marking_refs as string[]).includes(amber), object.id)
  }
  const red = await bundleOf(WHOLE, { tlp: 'red' })
  assert.equal(red.objects[0]?.name, 'TLP:RED')
  assert(!JSON.stringify(red).includes(amber))
})

test('no identity in clear, pseudonyms kept, hostile names made visible', async () => {
  const text = await textOf(renderStix(WHOLE))
  assert(!text.includes(CLEAR_IMSI) && !text.includes(CLEAR_MSISDN))
  assert(text.includes('00101********37'))
  assert(text.includes('~i3f9a2c71'))
  assert(!text.includes('\u202e') && !text.includes('\\u0000') && !text.includes('\\ud800'))
  const { objects } = JSON.parse(text) as Bundle
  assert(objects.some((object) => String(object.description).includes('\\u{202e}<script>')))
  assert(!objects.some(({ type, value }) => type === 'domain-name' && String(value).includes(HOSTILE.slice(0, 4))))
})

test('the same case gives the same text; another case shares the ids of what both name', async () => {
  assert.equal(await textOf(renderStix(WHOLE)), await textOf(renderStix(WHOLE)))
  const one = await bundleOf(readerOf(FINDINGS.slice(0, 1)))
  const other = await bundleOf(readerOf(FINDINGS.slice(1, 2), [], { lastSeen: '2027-01-01T00:00:00Z' }))
  const idOf = (bundle: Bundle, type: string) => bundle.objects.find((object) => object.type === type)?.id
  for (const type of ['infrastructure', 'location', 'global-title'])
    assert.equal(idOf(one, type), idOf(other, type), type)
  for (const type of ['report', 'sighting', 'observed-data']) assert.notEqual(idOf(one, type), idOf(other, type), type)
  assert.notEqual(one.id, other.id)
})

test('an organisation that publishes is author and observer, and ids are its own', async () => {
  const named = await bundleOf(WHOLE, { organization: 'Example Mobile' })
  const other = await bundleOf(WHOLE, { organization: 'Example Roaming' })
  const sighting = named.objects.find(({ type }) => type === 'sighting')
  const author = named.objects.find(({ id }) => id === sighting?.created_by_ref)
  assert.equal(author?.name, 'Example Mobile')
  assert.deepEqual(sighting?.where_sighted_refs, [author.id])
  assert.notEqual(other.objects.find(({ type }) => type === 'sighting')?.id, sighting.id)
})

test('small counts of a campaign are not told where a least count is given', async () => {
  const campaignOf = (bundle: Bundle) => bundle.objects.find(({ type }) => type === 'campaign')?.description
  assert.match(String(campaignOf(await bundleOf(WHOLE))), /60 attempts on 9 subscribers.*\n7 subscribers were sought/)
  assert.match(
    String(campaignOf(await bundleOf(WHOLE, { minCount: 10 }))),
    /60 attempts on fewer than 10 subscribers.*\nfewer than 10 subscribers were sought/,
  )
})

test('a case without findings says what was examined', async () => {
  const { objects } = await bundleOf(readerOf([]))
  const report = objects.at(-1)
  assert.match(String(report?.description), /1 capture, 1,200 packets/)
  assert.equal(refsOf(report).length, 1)
  assert(JSON.stringify(report).includes('ab'.repeat(32)))
})

test('text comes in small parts', async () => {
  const source = sampleFinding().source
  function* many(count: number) {
    for (let index = 0; index < count; index++)
      yield sampleFinding({ id: `f${index}`, source: { ...source, gt: String(12_465_550_100 + (index % 50)) } })
  }
  const reader = {
    ...readerOf([]),
    findings: async function* () {
      yield* many(4_000)
    },
  }
  let largest = 0
  let parts = 0
  for await (const part of renderStix(reader)) {
    largest = Math.max(largest, part.length)
    parts++
  }
  assert(largest < 3_000, String(largest))
  assert(parts > 16_000)
})

test('a case with hostile text in every place is still a valid bundle', { skip }, async () => {
  const schemas = loadSchemas(SCHEMAS)
  const findings = FINDINGS.map((finding) => withEveryString(finding, HOSTILE, true))
  const campaign = withEveryString(CAMPAIGN, HOSTILE, true)
  const facts = withEveryString(sampleCase(), HOSTILE, true)
  const { objects } = await bundleOf(readerOf(findings, [campaign], facts), { organization: HOSTILE })
  for (const object of objects) assert.deepEqual(violations(schemas, schemaOf(object), object), [], object.id)
  assert(objects.some(({ type }) => type === 'sighting'))
})
