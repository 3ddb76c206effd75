import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../../limits.ts'
import { vote } from '../attribution.vectors.ts'
import type { VoteKind } from '../source-facts.ts'
import { BUNDLE, BUNDLE_OBJECTS, CLUSTER, LIST, TABLE } from './context.vectors.ts'
import { ContextError, type LoadedContext, loadContext } from './load.ts'
import { PublicContext } from './public-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'context-test-'))
after(() => rmSync(folder, { recursive: true }))
let files = 0

/** Reads texts as files. */
async function load(...texts: readonly (string | Uint8Array)[]): Promise<LoadedContext> {
  const own = join(folder, String(++files))
  const paths = texts.map((text, i) => {
    writeFileSync(`${own}-${i}`, text)
    return `${own}-${i}`
  })
  return loadContext(paths)
}

/** Who said what of one identifier, file names cut to the number behind them. */
function said(
  { context }: LoadedContext,
  kind: VoteKind,
  identifier: string,
  operator: string | null = null,
): string[] {
  return context
    .match([vote(kind, identifier, operator, null)])
    .statements.map(({ said: words, name, by, reference, date, marking, place }) =>
      [words, name, by, reference, date, marking, place].join(' · '),
    )
}

const told = ({ limitations }: LoadedContext): string[] => limitations.map((one) => one.replace(/^\d+-\d+/, 'F'))

test('an indicator says what it indicates, who made it, when, and how far it may go', async () => {
  const loaded = await load(BUNDLE)
  const first = 'What Invented calls home to · Invented · Example Laboratory ·  · 2030-01-01 · TLP:GREEN · object 1'
  assert.deepEqual(said(loaded, 'origin-host', 'mme.bad.EXAMPLE'), [first])
  assert.deepEqual(said(loaded, 'origin-realm', 'bad.example'), [first])
  assert.deepEqual(said(loaded, 'origin-realm', 'notbad.example'), [])
  assert.deepEqual(said(loaded, 'origin-realm', 'example'), [])
  const second = 'seen with forged titles ·  ·  · https://report.example/7 ·  ·  · object 2'
  assert.deepEqual(said(loaded, 'ip', '192.0.2.7'), [second])
  assert.deepEqual(said(loaded, 'ip', '192.0.2.70'), [])
  assert.deepEqual(said(loaded, 'route-record', 'worse.example'), [second])
  // a page was spoken of, not all hosts below its own
  assert.deepEqual(said(loaded, 'route-record', 'a.worse.example'), [])
  assert.deepEqual(said(loaded, 'origin-realm', 'gone.example'), [])
})

test('what a bundle holds beside that is told, by place and kind', async () => {
  assert.deepEqual(told(await load(BUNDLE)), [
    'F, object 4: its pattern joins several conditions; it is left out.',
    'F, object 6: its value is no domain; it is left out.',
    'F: indicators are not compared with any address: 1 of file:hashes.md5, 1 revoked by those who made them.',
    'F: objects other than indicators are not compared with any address: 1 observed-data.',
  ])
  const broken = BUNDLE.replace('"type":"malware"', '"type":malware').replace('{"type":"observed-data"', '{"kind":"x"')
  assert.deepEqual(told(await load(broken)).slice(2, 4), [
    'F, object 7: it is not a JSON object in UTF-8 of at most 1 MiB; it is left out.',
    'F, object 10: it has no type; it is left out.',
  ])
})

test('a cluster speaks of names, a list of hosts and ranges', async () => {
  const loaded = await load(CLUSTER, LIST)
  const entry = 'Sells access · Invented Ltd · Vendors, Example Project · https://vendors.example ·  ·  · entry 1'
  assert.deepEqual(said(loaded, 'link', 'link 3', 'INVENTED'), [entry])
  assert.deepEqual(said(loaded, 'link', 'link 3', 'Invented Mobile'), [])
  const host = 'Hosts that are known · Known hosts ·  ·  · version 7 ·  · entry 1'
  assert.deepEqual(said(loaded, 'origin-host', 'a.listed.example'), [host])
  assert.deepEqual(said(loaded, 'ip', '198.51.100.9'), [host.replace('entry 1', 'entry 2')])
  assert.deepEqual(told(loaded), [
    'F, entry 2: it is not a JSON object with a value; it is left out.',
    'F, entry 3: it is no text; it is left out.',
  ])
})

test('a table speaks of titles by their beginning, of ranges, domains, point codes, addresses', async () => {
  const loaded = await load(TABLE)
  assert.deepEqual(said(loaded, 'sccp-title', '447700900123'), [
    'let to a third party, we were told ·  · Example Desk · https://desk.example/1 · 2029 ·  · line 2',
  ])
  assert.deepEqual(said(loaded, 'claimed-address', '44770080'), [])
  assert.deepEqual(said(loaded, 'sccp-title', '12465550120'), [' ·  ·  ·  ·  ·  · line 3'])
  assert.deepEqual(said(loaded, 'sccp-title', '12465550200'), [])
  assert.deepEqual(said(loaded, 'origin-realm', 'a.epc.example'), ['seen ·  ·  ·  ·  ·  · line 4'])
  // 2-100-1 in the 3-8-3 form
  assert.deepEqual(said(loaded, 'point-code', String((2 << 11) | (100 << 3) | 1)), ['ours ·  ·  ·  ·  ·  · line 5'])
  assert.deepEqual(said(loaded, 'ip', '::ffff:192.0.2.9'), ['a "net" ·  ·  ·  ·  ·  · line 9'])
  assert.deepEqual(told(loaded), [
    'F, line 6: its type is none of gt, title, host, realm, domain, ip, opc, point-code, operator, name; it is left out.',
    'F, line 7: its value is not of type gt; it is left out.',
    'F, line 8: it is too long, not UTF-8, or a quotation mark in it does not close; it is left out.',
    'F: columns are not compared with any address: 1 unknown.',
  ])
  const [source] = loaded.sources
  assert.deepEqual([source?.bytes, source?.statements, source?.format], [TABLE.length, 5, 'CSV'])
})

test('a statement is told once, whichever identifiers it fits; the same file counts once', async () => {
  const loaded = await load(TABLE, TABLE)
  const votes = [vote('origin-host', 'a.epc.example', null, null), vote('origin-realm', 'epc.example', null, null)]
  const { statements, statementCount } = loaded.context.match(votes)
  assert.deepEqual(
    statements.map(({ about, identifier, value }) => [about, identifier, value]),
    [['origin-host', 'a.epc.example', 'epc.example']],
  )
  assert.equal(statementCount, 1)
  assert.match(told(loaded).at(-1) ?? '', /given twice/)
})

test('a file that cannot be used is one sentence', async () => {
  const texts: readonly (readonly [string | Uint8Array, RegExp])[] = [
    [BUNDLE.slice(0, -9), /not valid JSON from octet \d+ on/],
    ['{"a":1}', /is not known: give a STIX/],
    ['[]', /is not known/],
    ['', /is not known/],
    ['a,b\n1,2', /is not known/],
    [new Uint8Array([0xff, 0xfe, 0x00]), /is not known/],
  ]
  for (const [text, words] of texts)
    await assert.rejects(load(text), (error) => error instanceof ContextError && words.test(error.message))
  for (const [path, words] of [
    [join(folder, 'none'), /there is no such file/],
    [folder, /is a folder/],
    ['/dev/null', /not a regular file/],
  ] as const)
    await assert.rejects(loadContext([path]), (error) => error instanceof ContextError && words.test(error.message))
})

test('texts are shortened, and line breaks in them are none', async () => {
  const long = 'x'.repeat(LIMITS.contextSaidCharacters * 3)
  const loaded = await load(`type,value,said\ngt,4477009,${long}\n`)
  const [first] = loaded.context.match([vote('sccp-title', '447700900123', null, null)]).statements
  assert.equal(first?.said?.length, LIMITS.contextSaidCharacters)
  const list = await load(JSON.stringify({ list: ['a.example'], name: 'a\r\n\t b', type: 'hostname' }))
  assert.match(said(list, 'origin-realm', 'a.example')[0] ?? '', / · a b · /)
})

test('a crowd about one value is counted, and told as far as there is room', () => {
  const context = new PublicContext()
  const label = { form: 'row', said: null, name: null, by: null, reference: null, date: null, marking: null } as const
  for (let i = 0; i < 1_000; i++) context.add('title', '4477009', { ...label, file: `f${i}` }, 'line 2')
  const { statements, statementCount } = context.match([vote('sccp-title', '447700900123', null, null)])
  assert.deepEqual([statements.length, statementCount], [LIMITS.contextMatches, 1_000])
})

test('a million indicators: bounded in number and memory, and what is beyond is told', {
  timeout: 60_000,
}, async () => {
  const context = new PublicContext()
  const label = { form: 'row', name: null, by: null, reference: null, date: null, marking: null, file: 'f' } as const
  const said = 'y'.repeat(LIMITS.contextSaidCharacters)
  let offered = 0
  // texts that differ, so that none is held twice for another
  while (context.dropped === 0) {
    context.add('domain', `host-${offered}.example`, { ...label, said: `${offered}${said}` }, `line ${offered}`)
    offered++
    assert.ok(offered < LIMITS.contextStatements, 'texts are not bounded')
  }
  assert.ok(offered * said.length <= LIMITS.contextCharacters)
  assert.equal(context.size, offered - 1)
  const rows = Array.from({ length: 120_000 }, (_, i) => `gt,4477${String(i).padStart(8, '0')},same\n`)
  const before = process.memoryUsage().heapUsed
  const loaded = await load(`type,value,said\n${rows.join('')}`)
  assert.equal(loaded.context.size, rows.length)
  assert.ok((process.memoryUsage().heapUsed - before) / rows.length < 1_000, 'octets a statement')
})

test('hostile files never throw anything but the one error', async () => {
  const texts = [BUNDLE, CLUSTER, LIST, TABLE]
  const tried = texts.flatMap((text) => {
    const step = Math.ceil(text.length / 25)
    return Array.from({ length: 25 }, (_, i) => text.slice(0, i * step))
  })
  const file = fc.record({
    type: fc.constantFrom('bundle', 'string', 1),
    objects: fc.oneof(fc.jsonValue(), fc.shuffledSubarray([...BUNDLE_OBJECTS])),
    values: fc.jsonValue(),
    list: fc.jsonValue(),
  })
  for (const value of fc.sample(file, { seed: 1, numRuns: 80 })) tried.push(JSON.stringify(value))
  for (const text of tried) {
    const loaded = await load(text).catch((error: unknown) => {
      assert.ok(error instanceof ContextError, String(error))
      return null
    })
    loaded?.context.match([
      vote('sccp-title', '1', '', ''),
      vote('ip', '', null, null),
      vote('origin-host', '.', null, null),
    ])
  }
})
