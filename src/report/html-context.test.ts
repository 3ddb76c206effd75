import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { facts, vote } from '../attribution/attribution.vectors.ts'
import type { Statement } from '../attribution/context/public-context.ts'
import { buildDossiers, type Dossier } from '../attribution/dossier.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { renderHtml } from './html.ts'
import { campaignContext, dossierContext } from './html-context.ts'
import { toHtml } from './html-escape.ts'
import { sampleCase, sampleFinding } from './report.vectors.ts'

const TAG = /<[^>]*>/g
const KEY = 'gt:12465550100'

const STATEMENT: Statement = {
  about: 'sccp-title',
  identifier: '12465550100',
  value: '1246555',
  form: 'row',
  said: 'let to a reseller',
  name: 'Invented',
  by: 'Example Desk',
  reference: 'https://desk.example/1',
  date: '2029-03-01',
  marking: 'TLP:GREEN',
  file: 'own.csv',
  place: 'line 2',
}

const MEMBER = {
  source: { gt: '12465550100', host: null, realm: null, ip: null, opc: null, operator: 'Isle', country: 'BB' },
  attempts: 3,
  subjects: 2,
  answered: 1,
  firstSeen: '2026-03-03T08:00:00.000000Z',
  lastSeen: '2026-03-03T09:00:00.000000Z',
}

const CAMPAIGN: Campaign = {
  schema: 1,
  id: 'C-0001',
  title: 'two sources took turns',
  class: 'location',
  scale: 'targeted',
  protocols: ['ss7'],
  firstSeen: '2026-03-03T08:00:00.000000Z',
  lastSeen: '2026-03-03T09:00:00.000000Z',
  members: [MEMBER, { ...MEMBER, source: { ...MEMBER.source, gt: '12465550101' } }],
  subjects: 2,
  attempts: 6,
  coTargeting: null,
  fingerprints: [],
  changes: [],
  findings: ['f0001'],
  hypotheses: [{ statement: 'Somebody tests', for: [], against: [], weight: 0.4 }],
  confidence: 0.7,
}

function dossier(statements: readonly Statement[], sourceKey = KEY): Dossier {
  const votes = [vote('sccp-title', '12465550100', 'Isle', 'BB')]
  const [made] = buildDossiers([facts(sourceKey, { votes })], []).values()
  assert.ok(made !== undefined)
  return { ...made, statements, statementCount: statements.length }
}

const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<wbr>/g, '')
    .replace(TAG, ' ')
    .replace(/\s+/g, ' ')

function page(dossiers: readonly Dossier[]): string {
  const kase = sampleCase({ campaigns: 1, settings: { context: [{ file: 'own.csv' }] } })
  return renderHtml(kase, [sampleFinding()], { campaigns: [CAMPAIGN], dossiers })
}

test('a statement stands with who made it, where, when, and of what', () => {
  const text = textOf(toHtml(dossierContext(dossier([STATEMENT]), 'a')))
  assert.match(text, /What others have said \(not checked by Telltale\)/)
  assert.match(text, /12465550100 SCCP title\. Said of 1246555 “let to a reseller” row of a table: Invented/)
  assert.match(text, /Example Desk own\.csv, line 2, TLP:GREEN 2029-03-01 https:\/\/desk\.example\/1/)
  const bare = dossier([{ ...STATEMENT, said: null, name: null, by: null, reference: null, date: null, marking: null }])
  assert.match(
    textOf(toHtml(dossierContext(bare, 'a'))),
    /listed, without words row of a table the file does not say who own\.csv, line 2 no date/,
  )
})

test('where nobody spoke there is no block', () => {
  assert.equal(toHtml(dossierContext(dossier([]), 'a')), '')
  assert.doesNotMatch(page([dossier([])]), /What others have said \(/)
})

test('a campaign tells a statement once, with the members it is about, apart from the hypotheses', () => {
  const second = { ...dossier([STATEMENT]), sourceKey: 'gt:12465550101' }
  const html = page([dossier([STATEMENT]), second])
  assert.equal(html.match(/class="others"/g)?.length, 1)
  assert.match(textOf(html), /1246555 2 of 2 members: global title 12465550100, global title 12465550101 “let/)
  assert.ok(html.indexOf('class="others"') > html.indexOf('id="campaign-1-hypotheses"'))
  // without the block the page is the one that is made when nobody said anything
  const without = html.replace(/<div class="others">.*?<\/div>\s*<\/div>/s, '')
  assert.equal(without, page([dossier([]), { ...second, statements: [], statementCount: 0 }]))
})

test('more than there is room for is counted', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ ...STATEMENT, place: `line ${i}` }))
  const text = textOf(toHtml(dossierContext({ ...dossier(many), statementCount: 1_040 }, 'a')))
  assert.match(text, /and 1,028 more in dossiers\.ndjson/)
  const all = textOf(
    toHtml(campaignContext(CAMPAIGN, new Map([[KEY, { ...dossier(many), statementCount: 140 }]]), 'a')),
  )
  assert.match(all, /and 128 more in dossiers\.ndjson/)
})

test('hostile words of others change no tag and no attribute', () => {
  const tagsOf = (text: string) => {
    const said: Statement = {
      ...STATEMENT,
      identifier: text,
      value: text,
      said: text,
      name: text,
      by: text,
      reference: text,
      date: text,
      marking: text,
      file: text,
      place: text,
    }
    const made = dossier([said, { ...said, about: text as never, form: text as never }])
    const html = page([made]) + toHtml(dossierContext(made, 'a'))
    assert.doesNotMatch(html.replace(/<style>.*?<\/style>/s, '').replace(TAG, ''), /[<>]/)
    return html.match(TAG)?.filter((tag) => tag !== '<wbr>')
  }
  const harmless = tagsOf('x')
  const pieces = ['<', '>', '"', "'", '&', '</td>', '</div>', '<script>', '<!--', ' onload=', '\0', '\u202e', '`', '${', 'javascript:', '\n'] // biome-ignore format: one list
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60, size: 'max' }),
  )
  fc.assert(
    fc.property(hostile, (text) => {
      assert.deepEqual(tagsOf(`x${text}`), harmless)
    }),
    { seed: 11, numRuns: 60 },
  )
  // an address is text: nothing can be called up from the page
  assert.doesNotMatch(page([dossier([STATEMENT])]), /<a [^>]*href="(?!#)/)
})
