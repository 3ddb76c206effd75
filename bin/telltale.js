#!/usr/bin/env node
// Plain JavaScript, so that an old Node can say what is wrong instead of failing on the syntax.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { setFlagsFromString } from 'node:v8'

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `telltale: Node ${process.versions.node} is too old: Node 24 or newer is needed. In a checkout, \`npm ci\` brings it and \`npx telltale\` uses it.\n`,
  )
  process.exit(1)
}
module.enableCompileCache?.()
// most of what a run allocates is short-lived: let little garbage wait beside what lives
setFlagsFromString('--heap-growing-percent=30')
// a checkout runs its sources; a published package its build
const source = new URL('../src/cli/main.ts', import.meta.url)
const entry = existsSync(source) ? source : new URL('../dist/cli/main.js', import.meta.url)
const { main } = await import(entry.href)
const { version } = module.createRequire(import.meta.url)('../package.json')
process.exitCode = await main(process.argv.slice(2), version)
