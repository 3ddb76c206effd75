import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DETECTORS } from '../../detect/index.ts'
import { ATTACK_VERSION, TECHNIQUE_IDS, techniqueOf } from './techniques.ts'

const FRAMEWORKS = fileURLToPath(new URL('../../../../shared/reference/frameworks/', import.meta.url))
const skip = existsSync(FRAMEWORKS) ? false : 'the catalogues of techniques are not here'
const read = (file: string): string => readFileSync(`${FRAMEWORKS}${file}`, 'utf8')
const slug = (tactic: string): string => tactic.toLowerCase().replaceAll(' ', '-')

test('every technique that a detector names is in the table', () => {
  const named = new Set(TECHNIQUE_IDS)
  for (const { id, techniques } of DETECTORS)
    for (const technique of techniques) assert(named.has(technique), `${id} ${technique}`)
})

test('an id tells its catalogue and where to read; other text is no technique', () => {
  assert.deepEqual(techniqueOf('T1430.002'), {
    id: 'T1430.002',
    framework: 'mitre-attack',
    name: 'Impersonate SS7 Nodes',
    tactics: ['collection', 'discovery'],
    url: 'https://attack.mitre.org/techniques/T1430/002',
  })
  assert.equal(techniqueOf('FGT5002')?.url, 'https://fight.mitre.org/techniques/FGT5002')
  assert.equal(techniqueOf('MOT3003.301')?.framework, 'gsma-motif')
  assert.deepEqual(techniqueOf('T9999')?.name, 'T9999')
  for (const id of ['', 'T143', 'T1430.02', 'xT1430', 'T1430 ', 'FGT5002\n', 'constructor'])
    assert.equal(techniqueOf(id), null, id)
})

test('names and tactics are those of MoTIF', { skip }, () => {
  interface Cluster {
    version: number
    values: { value: string; meta: { external_id: string; kill_chain: string[] } }[]
  }
  const cluster = JSON.parse(read('gsma-motif.json')) as Cluster
  assert.equal(cluster.version, 1)
  const rows = new Map(cluster.values.map((row) => [row.meta.external_id, row]))
  let compared = 0
  for (const id of TECHNIQUE_IDS) {
    const technique = techniqueOf(id)
    if (technique?.framework !== 'gsma-motif') continue
    const row = rows.get(id)
    assert.equal(technique.name, row?.value, id)
    assert.deepEqual(
      technique.tactics,
      row?.meta.kill_chain.map((phase) => slug(phase.replace('Techniques:', ''))),
      id,
    )
    compared++
  }
  assert(compared > 20)
})

test('names and tactics are those of ATT&CK Mobile', { skip }, () => {
  const rows = JSON.parse(read('attack-mobile-techniques.json')) as {
    id: string
    name: string
    url: string
    tactics: string[]
  }[]
  assert.match(ATTACK_VERSION, /^17\.1$/)
  let compared = 0
  for (const id of TECHNIQUE_IDS) {
    const technique = techniqueOf(id)
    if (technique?.framework !== 'mitre-attack') continue
    const row = rows.find((candidate) => candidate.id === id)
    assert.deepEqual([technique.name, technique.url, technique.tactics], [row?.name, row?.url, row?.tactics], id)
    compared++
  }
  assert(compared > 3)
})

test('names and tactics are those of FiGHT', { skip }, () => {
  const [, tacticText = '', techniqueText = ''] = read('mitre-fight.yaml').split(/\ntactics:\n|\ntechniques:\n/)
  const tactics = new Map(
    [...tacticText.matchAll(/\n {2}id: (TA\d+)\n {2}name: (.*)/g)].map((m) => [m[1], slug(m[2] ?? '')]),
  )
  const blocks = `\n${techniqueText}`.split('\n- ')
  let compared = 0
  for (const id of TECHNIQUE_IDS) {
    const technique = techniqueOf(id)
    if (technique?.framework !== 'mitre-fight') continue
    const block = blocks.find((text) => text.includes(`\n  id: ${id}\n`)) ?? ''
    const title = /\n {2}name: '?(.*?) ?'?\n/.exec(block)?.[1]
    const listed = /\n {2}tactics:\n((?: {2}- TA\d+\n?)+)/.exec(block)?.[1] ?? ''
    assert.equal(technique.name, title, id)
    assert.deepEqual(
      technique.tactics,
      [...listed.matchAll(/TA\d+/g)].map(([code]) => tactics.get(code)),
      id,
    )
    compared++
  }
  assert(compared > 15)
})
