import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

/** What the encoder may use beside its own files: nothing that decodes, and nothing that opens a socket. */
const ALLOWED = new Set(['limits.ts', 'node:fs', 'node:fs/promises'])

test('the encoder shares no code with the decoders and cannot send', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  assert.ok(sources.length > 30)
  for (const file of sources) {
    const depth = file.split(/[\\/]/).length
    const source = readFileSync(join(import.meta.dirname, file), 'utf8')
    for (const [, target = ''] of source.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
      const climbs = target.split('../').length - 1
      const outside = !target.startsWith('.') || climbs >= depth
      assert.ok(!outside || ALLOWED.has(target.replaceAll('../', '')), `${file} imports ${target}`)
    }
  }
})
