import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../limits.ts'
import { PublicContext, parseContext } from './public-context.ts'

/* Invented names; the forms are those of STIX 2.1, MISP galaxy clusters and MISP warning lists. */

const BUNDLE = JSON.stringify({
  type: 'bundle',
  objects: [
    { type: 'malware', id: 'malware--1', name: 'Invented' },
    {
      type: 'indicator',
      id: 'indicator--1',
      pattern: "[domain-name:value='Bad.example']",
      valid_from: '2030-01-01T00:00:00Z',
    },
    {
      type: 'indicator',
      id: 'indicator--2',
      pattern: "[ipv4-addr:value='192.0.2.7' OR url:value='https://worse.example/x']",
    },
    { type: 'indicator', id: 'indicator--3', pattern: "[file:hashes.md5='0']" },
    { type: 'relationship', relationship_type: 'indicates', source_ref: 'indicator--1', target_ref: 'malware--1' },
  ],
})
const CLUSTER = JSON.stringify({
  name: 'Vendors',
  values: [{ value: 'Invented Ltd', meta: { synonyms: ['Invented'] } }],
})
const LIST = JSON.stringify({ name: 'Known hosts', type: 'hostname', list: ['.listed.example', '198.51.100.9'] })
const CSV =
  'type,value,said,since\ngt,447700900,"let to a third party, we were told",2029\nrealm,epc.example,seen,\nplanet,Mars,,\n'

const context = (): PublicContext =>
  new PublicContext([
    parseContext('b.stix2', BUNDLE),
    parseContext('c.json', CLUSTER),
    parseContext('l.json', LIST),
    parseContext('own.csv', CSV),
  ])
const match = (more: Partial<Parameters<PublicContext['match']>[0]>): string[] =>
  context()
    .match({ titles: [], domains: [], ips: [], names: [], ...more })
    .map(({ said, by, since }) => `${said} · ${by} · ${since}`)

test('a domain matches itself and what stands under it, with who said what since when', () => {
  assert.deepEqual(match({ domains: ['mme.bad.EXAMPLE'] }), [
    'an indicator of Invented · b.stix2 · 2030-01-01T00:00:00Z',
  ])
  assert.deepEqual(match({ domains: ['notbad.example', 'example'] }), [])
  assert.deepEqual(match({ domains: ['worse.example'] }), ['an indicator · b.stix2 · null'])
  assert.deepEqual(match({ domains: ['a.listed.example'] }), ['on the list Known hosts · Known hosts · null'])
})

test('titles match by prefix, addresses and names as a whole', () => {
  assert.deepEqual(match({ titles: ['447700900123'] }), ['let to a third party, we were told · own.csv · 2029'])
  assert.deepEqual(match({ titles: ['44770080'] }), [])
  assert.deepEqual(match({ ips: ['192.0.2.7', '192.0.2.70', '198.51.100.9'] }), [
    'an indicator · b.stix2 · null',
    'on the list Known hosts · Known hosts · null',
  ])
  assert.deepEqual(match({ names: ['INVENTED'] }), ['named as Invented Ltd · Vendors · null'])
})

test('what cannot be used is told', () => {
  assert.deepEqual(parseContext('b', BUNDLE).problems, ['1 indicators of b are about something else than addresses.'])
  assert.deepEqual(parseContext('own.csv', CSV).problems, [
    'own.csv:4: the type or the value cannot be used; this row is left out.',
  ])
  assert.deepEqual(parseContext('x', '{'), { statements: [], problems: ['x is not valid JSON.'] })
  assert.equal(parseContext('x', '[]').problems.length, 1)
  assert.equal(parseContext('x', '{"a":1}').problems.length, 1)
  assert.equal(parseContext('x', 'a,b\n1,2').problems.length, 1)
})

test('hostile files never throw', () => {
  const texts = [BUNDLE, CLUSTER, LIST, CSV]
  for (const text of texts) for (let end = 0; end < text.length; end += 7) parseContext('x', text.slice(0, end))
  const file = fc.record({
    type: fc.constantFrom('bundle', 1),
    objects: fc.jsonValue(),
    values: fc.jsonValue(),
    list: fc.jsonValue(),
  })
  fc.assert(
    fc.property(file, (value) => {
      new PublicContext([parseContext('x', JSON.stringify(value))]).match({
        titles: ['1'],
        domains: ['a.b'],
        ips: [''],
        names: [''],
      })
    }),
    { seed: 1, numRuns: 200 },
  )
  assert.ok(LIMITS.contextStatements > 0)
})
