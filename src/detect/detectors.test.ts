import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DIAMETER_COMMANDS } from '../signalling/diameter/dictionary/commands.ts'
import { gtpV1Message } from '../signalling/gtp/messages-v1.ts'
import { gtpV2Message } from '../signalling/gtp/messages-v2.ts'
import { capOperationName } from '../signalling/ss7/cap/operations.ts'
import { ISUP_MESSAGES } from '../signalling/ss7/isup/messages.ts'
import { mapOperationName } from '../signalling/ss7/map/operations.ts'
import { detectorPage } from './document.ts'
import { DETECTORS } from './index.ts'
import { FINDING_CLASSES, SEVERITIES } from './severity.ts'

const root = join(import.meta.dirname, '../..')
const frameworks = join(root, '../shared/reference/frameworks')

test('the list holds every detector of the folder once, in the order of the catalogue', () => {
  const ids = DETECTORS.map(({ id }) => id)
  const files = readdirSync(join(import.meta.dirname, 'detectors')).filter((file) => !file.endsWith('.test.ts'))
  assert.deepEqual(ids.map((id) => `${id.toLowerCase()}.ts`).sort(), files.sort())
  for (const id of ids) assert.match(id, /^[A-Z]{3}-\d\d$/)
})

test('each detector says what it is, in words for people', () => {
  const operations = new Set<string | null>([
    ...Array.from({ length: 128 }, (_, code) => mapOperationName(code)),
    ...Array.from({ length: 128 }, (_, code) => capOperationName(code)),
    ...DIAMETER_COMMANDS.map(({ name }) => name),
    ...ISUP_MESSAGES.map(({ name }) => name),
    ...Array.from({ length: 256 }, (_, type) => gtpV1Message(type)?.operation ?? null),
    ...Array.from({ length: 256 }, (_, type) => gtpV2Message(type)?.operation ?? null),
  ])
  for (const detector of DETECTORS) {
    assert.ok(FINDING_CLASSES.includes(detector.class) && SEVERITIES.includes(detector.severity))
    assert.ok(Number.isInteger(detector.version) && detector.version >= 1)
    assert.match(detector.explanation, /TS \d\d\.\d{3}|ITU-T [QX]\.\d{3}|RFC \d{4}/, `${detector.id} names its source`)
    assert.ok(detector.benign.length > 0 && detector.techniques.length > 0)
    assert.match(detector.explanation, /\.$/)
    for (const text of [...detector.benign, ...detector.unavailable]) assert.match(text, /^[A-Z].*\.$/)
    if (detector.operations === 'any') continue
    for (const operation of detector.operations) assert.ok(operations.has(operation), operation)
  }
})

test('docs/detectors.md is what the detectors say', () => {
  const page = readFileSync(join(root, 'docs/detectors.md'), 'utf8')
  assert.equal(page, detectorPage(DETECTORS), 'write it again: node scripts/write-detector-docs.ts')
})

test('technique ids exist in their frameworks', (t) => {
  if (!existsSync(frameworks)) return t.skip('the frameworks are not here')
  const motif = JSON.parse(readFileSync(join(frameworks, 'gsma-motif.json'), 'utf8')) as {
    values: { meta: { external_id: string } }[]
  }
  const attack = JSON.parse(readFileSync(join(frameworks, 'attack-mobile-techniques.json'), 'utf8')) as { id: string }[]
  const fight = readFileSync(join(frameworks, 'mitre-fight.yaml'), 'utf8')
  const known = new Set([
    ...motif.values.map(({ meta }) => meta.external_id),
    ...attack.map(({ id }) => id),
    ...Array.from(fight.matchAll(/^\s+id: (FGT[\d.]+)$/gm), ([, id]) => id ?? ''),
  ])
  assert.ok(known.size > 150)
  for (const { id, techniques } of DETECTORS) {
    for (const technique of techniques) assert.ok(known.has(technique), `${id}: ${technique}`)
    assert.equal(new Set(techniques).size, techniques.length)
  }
})
