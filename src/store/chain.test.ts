import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { addStep, CHAIN_FILE, verifyCase } from './chain.ts'

const root = mkdtempSync(join(tmpdir(), 'chain-test-'))
after(() => rmSync(root, { recursive: true }))
let cases = 0

/** A case of two files and two steps. */
async function caseOfTwoSteps(): Promise<string> {
  const folder = mkdtempSync(join(root, `${cases++}-`))
  writeFileSync(join(folder, 'case.json'), '{}')
  writeFileSync(join(folder, 'report.html'), 'a')
  await addStep(folder, 'analyze', { version: '1' }, ['case.json', 'report.html'])
  writeFileSync(join(folder, 'report.html'), 'b')
  await addStep(folder, 'report', {}, ['report.html'])
  return folder
}

test('a case as it was written has nothing altered, and a new hash for each step', async () => {
  const folder = await caseOfTwoSteps()
  const { steps, head, alterations } = await verifyCase(folder)
  assert.deepEqual([steps, alterations], [2, []])
  assert.match(head ?? '', /^[0-9a-f]{64}$/)
  await addStep(folder, 'export', {}, [])
  assert.notEqual((await verifyCase(folder)).head, head)
})

test('what was altered is named: a file, one that is missing, a step, its order, one taken out', async () => {
  const alteredBy = async (alter: (folder: string) => void): Promise<string[]> => {
    const folder = await caseOfTwoSteps()
    alter(folder)
    return (await verifyCase(folder)).alterations.map(({ file, what }) => `${file} ${what.split(/[(:]/)[0]?.trim()}`)
  }
  const editChain = (edit: (lines: string[]) => string[]) => (folder: string) => {
    const path = join(folder, CHAIN_FILE)
    writeFileSync(path, `${edit(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n')}\n`)
  }
  assert.deepEqual(await alteredBy((folder) => writeFileSync(join(folder, 'report.html'), 'a')), [
    'report.html was altered',
  ])
  assert.deepEqual(await alteredBy((folder) => rmSync(join(folder, 'case.json'))), ['case.json is missing'])
  assert.deepEqual(await alteredBy((folder) => rmSync(join(folder, CHAIN_FILE))), ['chain.ndjson is missing'])
  assert.deepEqual(await alteredBy(editChain(([a = '', b = '']) => [a.replace('"1"', '"2"'), b])), [
    'chain.ndjson:1 was altered',
  ])
  assert.deepEqual(await alteredBy(editChain(([, b = '']) => [b])), [
    'chain.ndjson:1 does not follow the step before it',
    // only the second step is left to tell of files
  ])
  assert.deepEqual(await alteredBy(editChain(([a = '', b = '']) => [a, 'x', '{"schema":1}', b])), [
    'chain.ndjson:2 is no step of a case',
    'chain.ndjson:3 is no step of a case',
  ])
})

test('a history cannot make us read outside the case', async () => {
  const folder = await caseOfTwoSteps()
  const line = readFileSync(join(folder, CHAIN_FILE), 'utf8').split('\n')[0] ?? ''
  writeFileSync(join(folder, CHAIN_FILE), `${line.replace('case.json', '../../etc/passwd')}\n`)
  assert.deepEqual(
    (await verifyCase(folder)).alterations.map(({ file }) => file),
    ['chain.ndjson:1'],
  )
})
