import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAMPAIGN, CLEAR_IMSI, CLEAR_MSISDN, FINDINGS, readerOf, textOf } from './intelligence.vectors.ts'
import { renderMisp } from './misp.ts'

interface Attribute {
  uuid: string
  type: string
  category: string
  value: string
  to_ids: boolean
  object_relation?: string
  comment: string
  timestamp: string
  distribution: string
}
interface MispObject {
  uuid: string
  name: string
  template_uuid: string
  Attribute: Attribute[]
  ObjectReference: { object_uuid: string; referenced_uuid: string; relationship_type: string }[]
  comment: string
}
interface Event {
  uuid: string
  info: string
  date: string
  timestamp: string
  threat_level_id: string
  analysis: string
  distribution: string
  published: boolean
  Orgc: { name: string; uuid: string }
  Tag: { name: string }[]
  Attribute: Attribute[]
  Object: MispObject[]
}

const WHOLE = readerOf(FINDINGS, [CAMPAIGN])
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * Which categories MISP takes a type in, and the form of its values; the types written here only.
 * Source: PyMISP, data/describeTypes.json; MISP, AttributeValidationTool.
 */
const TYPES: Record<string, { readonly categories: readonly string[]; readonly form: RegExp }> = {
  text: { categories: ['Other', 'Internal reference'], form: /./s },
  'phone-number': { categories: ['Other'], form: /^\d+$/ },
  hostname: { categories: ['Network activity'], form: /^[a-z0-9.\-_]+\.[a-z0-9-]{2,30}$/ },
  'ip-src': { categories: ['Network activity'], form: /^[0-9a-f.:]+$/ },
  datetime: { categories: ['Other'], form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/ },
}
/** Relations of the templates that are written. Source: MISP/misp-objects, objects/NAME/definition.json. */
const RELATIONS: Record<string, readonly string[]> = {
  'ss7-attack': 'SccpCgGT SccpCgGT-CountryISO2 SccpCgGT-OperatorName SccpCgPC MapImsi MapMsisdn first-seen text'.split(
    ' ',
  ),
  'diameter-attack': ['Origin-Host', 'Origin-Realm', 'Username', 'first-seen', 'text'],
  'gtp-attack': ['ipSrc', 'GtpImsi', 'GtpMsisdn', 'first-seen', 'text'],
  annotation: ['text', 'type'],
}

async function eventOf(...input: Parameters<typeof renderMisp>): Promise<Event> {
  return (JSON.parse(await textOf(renderMisp(...input))) as { Event: Event }).Event
}

test('the event has what the core format asks for', async () => {
  const event = await eventOf(WHOLE)
  assert.equal(event.date, '2026-03-03')
  assert.equal(event.timestamp, String(Date.parse('2026-03-05T18:00:00Z') / 1000))
  assert.equal(event.threat_level_id, '1')
  assert.deepEqual([event.analysis, event.distribution, event.published], ['1', '0', false])
  assert.equal(event.Orgc.name, 'Telltale')
  const tags = event.Tag.map(({ name }) => name)
  assert.equal(tags[0], 'tlp:amber')
  assert(tags.includes('misp-galaxy:gsma-motif="SS7 Protocol"'))
  assert(tags.includes('misp-galaxy:mitre-attack-pattern="Impersonate SS7 Nodes - T1430.002"'))
  assert(tags.includes('mitre-fight:technique="FGT5012.008"'))
  const uuids = [event, ...event.Attribute, ...event.Object, ...event.Object.flatMap((object) => object.Attribute)]
  for (const { uuid } of uuids) assert.match(uuid, UUID)
  assert.equal(new Set(uuids.map(({ uuid }) => uuid)).size, uuids.length)
})

test('no address of record is for detection, and every value has the form of its type', async () => {
  const event = await eventOf(WHOLE)
  const attributes = [...event.Attribute, ...event.Object.flatMap((object) => object.Attribute)]
  for (const { type, category, value, to_ids } of attributes) {
    assert.equal(to_ids, false)
    assert(TYPES[type]?.categories.includes(category), `${type} ${category}`)
    assert.match(value, TYPES[type]?.form ?? /^$/)
  }
  const addresses = event.Attribute.slice(1).map(({ type, value }) => `${type} ${value}`)
  assert.deepEqual(addresses.slice(0, 2), [
    'phone-number 12465550100',
    'hostname mme1.epc.mnc001.mcc001.3gppnetwork.org',
  ])
  assert(addresses.includes('ip-src 192.0.2.7'))
})

test('a finding is an object of MISP’s own templates', async () => {
  const { Object: objects } = await eventOf(WHOLE)
  for (const { name, Attribute: rows } of objects) {
    for (const { object_relation } of rows) assert(RELATIONS[name]?.includes(String(object_relation)), name)
    assert(
      rows.some(({ object_relation }) => object_relation === 'text'),
      name,
    )
  }
  assert.deepEqual(
    objects.slice(0, FINDINGS.length).map(({ name }) => name),
    ['ss7-attack', 'ss7-attack', 'diameter-attack', 'diameter-attack', 'gtp-attack', 'annotation'],
  )
  const values = Object.fromEntries((objects[1]?.Attribute ?? []).map((row) => [row.object_relation, row.value]))
  assert.equal(values.SccpCgGT, '12465550100')
  assert.equal(values['SccpCgGT-OperatorName'], 'Example Roaming')
  assert.equal(values.SccpCgPC, '4321')
  assert.equal(values.MapImsi, undefined)
  assert.equal(objects[2]?.Attribute.find(({ object_relation }) => object_relation === 'Username')?.value, '~i3f9a2c71')
})

test('campaigns and hypotheses annotate what they are about', async () => {
  const { Object: objects } = await eventOf(WHOLE)
  const uuids = new Set(objects.map(({ uuid }) => uuid))
  const references = objects.flatMap(({ ObjectReference }) => ObjectReference)
  assert.equal(references.length, CAMPAIGN.findings.length + CAMPAIGN.hypotheses.length)
  for (const { object_uuid, referenced_uuid } of references)
    assert(uuids.has(object_uuid) && uuids.has(referenced_uuid))
  const texts = objects.flatMap((object) => object.Attribute.map(({ value }) => value))
  assert(texts.some((value) => value.includes('A shared hub of two innocent networks.')))
  assert(texts.some((value) => value.includes('- A location service both networks agreed on.')))
})

test('no identity in clear; the same case gives the same text; no finding is a low threat', async () => {
  const text = await textOf(renderMisp(WHOLE, { tlp: 'red', organization: 'Example Mobile' }))
  assert(!text.includes(CLEAR_IMSI) && !text.includes(CLEAR_MSISDN))
  assert(!text.includes('\u202e'))
  assert.equal(text, await textOf(renderMisp(WHOLE, { tlp: 'red', organization: 'Example Mobile' })))
  assert(text.includes('tlp:red') && text.includes('"name":"Example Mobile"'))
  const empty = await eventOf(readerOf([]))
  assert.equal(empty.threat_level_id, '4')
  assert.deepEqual(empty.Object, [])
  assert.match(empty.Attribute[0]?.value ?? '', /1 capture/)
})
