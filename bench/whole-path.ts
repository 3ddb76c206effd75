import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateTraffic } from '../src/simulate/generate.ts'
import { tsharkCommand } from './tshark.ts'

/**
 * The whole path beside TShark on the same 200,000 generated messages, in one run, in turn: whole processes, start-up
 * included. Prints median seconds, messages a second, and the ratio to TShark's median.
 *   npm run bench [-- RUNS]
 */

const MESSAGES = 200_000
const RUNS = Number(process.argv[2] ?? 5)
const SHAPES = ['begins', 'dialogues', 'mixed'] as const

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'telltale-bench-'))
const node = process.execPath
const program = join(root, 'bin/telltale.js')
const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compile-cache') }

try {
  for (const shape of SHAPES) {
    const capture = join(folder, `${shape}.pcap`)
    generateTraffic(capture, { messages: MESSAGES, seed: 1, shape })
    compare(shape, {
      tshark: tsharkCommand(capture),
      'decoding alone': [node, join(root, 'bench/decode-only.ts'), capture],
      'telltale decode': [node, program, 'decode', capture],
      'telltale analyze': [
        node,
        program,
        'analyze',
        capture,
        '--quiet',
        '--network',
        'none',
        '--out',
        join(folder, 'case'),
      ],
    })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function compare(shape: string, commands: Readonly<Record<string, readonly string[]>>): void {
  const seconds = new Map(Object.keys(commands).map((name) => [name, [] as number[]]))
  // one round more than counted: the first fills the compile cache and the file cache
  for (let round = 0; round <= RUNS; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const taken = time(command)
      if (round > 0) seconds.get(name)?.push(taken)
    }
  }
  process.stdout.write(`${shape}: ${MESSAGES} messages, median of ${RUNS}\n`)
  const reference = median(seconds.get('tshark') ?? [])
  seconds.set('decoding, warm', warmSeconds(commands['decoding alone'] ?? []))
  seconds.set('to columns, warm', warmSeconds([...(commands['decoding alone'] ?? []), '--columns']))
  for (const [name, taken] of seconds) {
    const middle = median(taken)
    const [least = 0, most = 0] = [Math.min(...taken), Math.max(...taken)]
    process.stdout.write(
      `  ${name.padEnd(17)} ${middle.toFixed(2)} s (${least.toFixed(2)} to ${most.toFixed(2)})  ${Math.round(MESSAGES / middle)} messages/s  ${(reference / middle).toFixed(1)} × TShark\n`,
    )
  }
}

function time([command = '', ...args]: readonly string[]): number {
  const started = performance.now()
  const { status, error } = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'ignore'] })
  if (error !== undefined || status !== 0) throw new Error(`${command} failed: ${error?.message ?? `status ${status}`}`)
  return (performance.now() - started) / 1000
}

/** Seconds of decoding again and again in one process, without the first time. */
function warmSeconds([command = '', ...args]: readonly string[]): number[] {
  const { stdout } = spawnSync(command, [...args, String(RUNS + 1)], { env, encoding: 'utf8' })
  return stdout.trim().split('\n').slice(1).map(Number.parseFloat)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
