import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Finding } from '../finding/finding.ts'
import { CASE_FILES, CaseFolder, CaseFolderError } from './case-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'case-folder-test-'))
after(() => rmSync(root, { recursive: true }))

const refuses = (path: string, message: RegExp) =>
  assert.rejects(CaseFolder.prepare(path), (error) => {
    assert.ok(error instanceof CaseFolderError)
    assert.match(error.message, message)
    assert.match(error.message, /^[^\n]+ --out\.$/)
    return true
  })

async function prepared(path: string): Promise<CaseFolder> {
  const folder = await CaseFolder.prepare(path)
  await folder.closeFindings()
  return folder
}

test('a nested path is made, and holds a case from the start', async () => {
  const path = join(root, 'a', 'b', 'c')
  const folder = await prepared(path)
  assert.equal(folder.replaced, false)
  assert.deepEqual(readdirSync(path).sort(), [CASE_FILES.campaigns, CASE_FILES.findings])
})

test('an empty folder is taken', async () => {
  const path = join(root, 'empty')
  mkdirSync(path)
  assert.equal((await prepared(path)).replaced, false)
})

test('an earlier case, or what is left of one, is replaced', async () => {
  for (const names of [
    Object.values(CASE_FILES),
    [CASE_FILES.campaigns],
    [CASE_FILES.campaigns, 'telltale.duckdb.wal'],
  ]) {
    const path = mkdtempSync(join(root, 'old-'))
    for (const name of names) writeFileSync(join(path, name), 'old')
    assert.equal((await prepared(path)).replaced, true)
    assert.deepEqual(readdirSync(path).sort(), [CASE_FILES.campaigns, CASE_FILES.findings])
    for (const name of readdirSync(path)) assert.equal(readFileSync(join(path, name), 'utf8'), '')
  }
})

test('what the database of a killed run left behind goes with its case', async () => {
  const path = mkdtempSync(join(root, 'killed-'))
  writeFileSync(join(path, CASE_FILES.campaigns), '')
  mkdirSync(join(path, 'telltale.duckdb.tmp'))
  const left = ['duckdb_temp_storage_S32K-0.tmp', 'duckdb_temp_storage_DEFAULT-0.tmp', 'duckdb_temp_block-17.block']
  for (const name of left) writeFileSync(join(path, 'telltale.duckdb.tmp', name), 'old')
  assert.equal((await prepared(path)).replaced, true)
  assert.deepEqual(readdirSync(path).sort(), [CASE_FILES.campaigns, CASE_FILES.findings])

  mkdirSync(join(path, 'telltale.duckdb.tmp'))
  writeFileSync(join(path, 'telltale.duckdb.tmp', 'notes.tmp'), 'mine')
  await refuses(path, /holds something else \("telltale\.duckdb\.tmp\/notes\.tmp"\)/)
})

test('a folder that holds anything else is left as it is', async () => {
  for (const names of [['notes.txt'], [...Object.values(CASE_FILES), 'notes.txt'], ['report.html'], ['case.json']]) {
    const path = mkdtempSync(join(root, 'other-'))
    for (const name of names) writeFileSync(join(path, name), 'mine')
    await refuses(path, /holds something else \("/)
    for (const name of names) assert.equal(readFileSync(join(path, name), 'utf8'), 'mine')
  }
  const path = mkdtempSync(join(root, 'other-'))
  writeFileSync(join(path, CASE_FILES.campaigns), 'mine')
  mkdirSync(join(path, CASE_FILES.report))
  await refuses(path, /holds something else \("report\.html"\)/)
})

test('a path that is a file, or leads through one, is refused', async () => {
  const file = join(root, 'file')
  writeFileSync(file, 'mine')
  await refuses(file, /a file of that name exists/)
  await refuses(join(file, 'below'), /part of its path is a file/)
  assert.equal(readFileSync(file, 'utf8'), 'mine')
  await refuses(join(root, 'case?'), /cannot stand below a “\?”/)
})

test('findings that cannot be written are told in one sentence', async () => {
  const path = join(root, 'gone')
  const folder = await CaseFolder.prepare(path)
  rmSync(path, { recursive: true })
  folder.addFinding({} as Finding)
  // the file was open already, or could not be opened: both must end
  await folder.closeFindings().catch((error: unknown) => {
    assert.ok(error instanceof CaseFolderError)
    assert.match(error.message, /^[^\n]+findings\.ndjson: cannot be written: there is no such folder\.$/)
  })
  await assert.rejects(folder.writeReport('x'), {
    message: /report\.html: cannot be written: there is no such folder\.$/,
  })
})
