import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { test } from 'node:test'

/** What each folder may import, beside itself and what everybody may: only stages before it. */
const STAGES: Record<string, readonly string[]> = {
  capture: [],
  packet: ['capture'],
  'signalling/sigtran': ['packet', 'signalling/ss7'],
  'signalling/sms': [],
  'signalling/location': [],
  'signalling/ss7': ['packet', 'signalling/location'],
  'signalling/diameter': ['packet', 'signalling/location', 'signalling/sms'],
  'signalling/gtp': ['packet', 'signalling/location'],
  'signalling/http2': ['packet'],
  'signalling/s1ap': ['packet'],
  'signalling/ngap': ['signalling/s1ap'],
  signalling: ['packet'],
  event: ['capture', 'packet', 'signalling'],
  network: [],
  detect: ['event', 'network', 'signalling'],
  finding: ['capture', 'event', 'network', 'detect', 'signalling'],
  campaign: ['event', 'network', 'detect', 'finding'],
  attribution: ['event', 'network', 'detect', 'finding', 'campaign'],
  report: ['capture', 'event', 'network', 'detect', 'finding', 'campaign', 'attribution', 'signalling'],
  // the store answers what the report asks, in the report's types
  store: ['capture', 'event', 'network', 'detect', 'finding', 'campaign', 'attribution', 'report', 'signalling'],
  evidence: ['capture', 'detect', 'finding', 'campaign', 'store'],
  inspect: ['capture', 'packet', 'signalling', 'event'],
  simulate: [],
  bytes: [],
  numbering: [],
}
/** Folders that anybody may import; `limits.ts` stands at the root. */
const SHARED = ['bytes', 'numbering']
/** They bring the stages together, and may import all of them. */
const TOP = new Set(['cli', 'pipeline.ts'])
/** They see hostile bytes: nothing comes in but our own code. */
const DECODERS = ['bytes', 'packet', 'signalling']
const ROOT = join(import.meta.dirname, '../src')

interface Import {
  readonly file: string
  /** Path under src, or the name of a package. */
  readonly target: string
  readonly relative: boolean
}

/** Every import of every source, tests and their vectors left out. */
function imports(): Import[] {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  const sources = files.filter((file) => /^(?!.*\.(test|vectors)\.ts$).*\.ts$/.test(file))
  return sources.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    const targets = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|new URL\()\s*'([^']+)'/g)].map(
      ([, name = '']) => name,
    )
    return targets.map((name) => {
      const relative = name.startsWith('.')
      return { file, target: relative ? posix.join(dirname(file), name) : name, relative }
    })
  })
}

/** The stage a file belongs to: its folder, or the family inside signalling/. */
function stageOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  return `${first}/${second}` in STAGES ? `${first}/${second}` : first
}

const all = imports()
const relative = all.filter((row) => row.relative)
const words = ({ file, target }: Import): string => `${file} imports ${target}`

test('the sources are found', () => {
  assert.ok(all.length > 200)
  const stages = new Set(relative.map((row) => stageOf(row.file)))
  for (const stage of stages)
    assert.ok(stage in STAGES || TOP.has(stage) || stage === 'limits.ts', `${stage} has no place`)
})

test('a folder imports only from stages before it', () => {
  const wrong = relative.filter(({ file, target }) => {
    const [own, other] = [stageOf(file), stageOf(target)]
    if (TOP.has(own) || own === other || other === 'limits.ts' || SHARED.includes(other)) return false
    const allowed = STAGES[own] ?? []
    // the layout of signalling/ itself is told apart only inside it
    return (
      !allowed.includes(other) &&
      !(allowed.includes('signalling') && other.startsWith('signalling')) &&
      !(own.startsWith('signalling') && other === 'signalling')
    )
  })
  assert.deepEqual(wrong.map(words), [])
})

test('bytes/ and numbering/ know nothing of the stages', () => {
  const wrong = relative.filter(
    ({ file, target }) => SHARED.includes(stageOf(file)) && !SHARED.includes(stageOf(target)) && target !== 'limits.ts',
  )
  assert.deepEqual(wrong.map(words), [])
})

test('decoders import nothing but relative paths', () => {
  const wrong = all.filter((row) => !row.relative && DECODERS.some((folder) => row.file.startsWith(`${folder}/`)))
  assert.deepEqual(wrong.map(words), [])
})

test('only store/ imports a database', () => {
  const databases = all.filter((row) => row.target.startsWith('@duckdb/'))
  assert.ok(databases.length > 0)
  assert.deepEqual(databases.filter((row) => !row.file.startsWith('store/')).map(words), [])
})

test('no file imports a test or its vectors', () => {
  const wrong = relative.filter((row) => /\.(test|vectors)\.ts$/.test(row.target))
  assert.deepEqual(wrong.map(words), [])
})
