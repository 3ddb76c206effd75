import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const compare = path('../../shared/oracle/compare.mjs')
const captures = path('../../shared/captures/')

function missing(): string | false {
  if (!existsSync(compare)) return 'the shared oracle is not here'
  return spawnSync('tshark', ['--version']).status === 0 ? false : 'tshark is not installed'
}

test('agrees with TShark on at least 99 % of the MAP rows', { skip: missing(), timeout: 60_000 }, () => {
  const folders = readdirSync(captures).filter((name) => name.startsWith('ss7') || name === 'lab')
  const telltale = `${process.execPath} ${path('../bin/telltale.js')}`
  const output = execFileSync(
    process.execPath,
    [compare, '--telltale', telltale, '--show', '3', ...folders.map((name) => captures + name)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const rows = [...output.matchAll(/^map (.+?) +(\d+)\/(\d+) /gm)]
  assert.ok(rows.length >= 12, output)
  const sum = (column: 2 | 3): number => rows.reduce((total, row) => total + Number(row[column]), 0)
  assert.ok(sum(3) > 3_000, output)
  assert.ok(sum(2) >= 0.99 * sum(3), output)
  for (const [row, , agree, of] of rows) assert.ok(Number(agree) >= 0.99 * Number(of), `${row}\n${output}`)
})
