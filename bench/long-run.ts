import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { generateTraffic } from '../src/simulate/generate.ts'
import { tsharkCommand } from './tshark.ts'

/**
 * `analyze` on long mixed captures beside TShark on the first 200,000 messages of the same traffic: time, rate and peak
 * memory (of Linux), and how both grow from one size to the next.
 *   node bench/long-run.ts [MESSAGES...]     (default 2000000 8000000: a few minutes, 2 GB of disk)
 */

const sizes = process.argv.slice(2).map(Number)
if (sizes.length === 0) sizes.push(2_000_000, 8_000_000)
const SHORT = 200_000
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'telltale-long-run-'))

interface Run {
  readonly seconds: number
  readonly peakMb: number
}

try {
  const capture = join(folder, 'mixed.pcap')
  let last: Run | null = null
  for (const messages of sizes) {
    generateTraffic(capture, { messages: SHORT, seed: 1, shape: 'mixed' })
    const tshark = SHORT / timeTshark(capture)
    generateTraffic(capture, { messages, seed: 1, shape: 'mixed' })
    const run = await analyze(capture)
    const rate = messages / run.seconds
    const grown =
      last === null
        ? ''
        : `; ${(run.seconds / last.seconds).toFixed(2)} times as long, ${Math.round((100 * run.peakMb) / last.peakMb - 100)} % more memory`
    process.stdout.write(
      `${messages} messages: ${run.seconds.toFixed(1)} s, ${Math.round(rate)} messages/s, ${(rate / tshark).toFixed(1)} × TShark, peak ${run.peakMb} MB${grown}\n`,
    )
    last = run
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function timeTshark(capture: string): number {
  const [command = '', ...args] = tsharkCommand(capture)
  const started = performance.now()
  const { status, error } = spawnSync(command, args, { stdio: 'ignore' })
  if (error !== undefined || status !== 0) throw new Error(`tshark failed: ${error?.message ?? `status ${status}`}`)
  return (performance.now() - started) / 1000
}

async function analyze(capture: string): Promise<Run> {
  const started = performance.now()
  const args = [join(root, 'bin/telltale.js'), 'analyze', capture, '--quiet', '--network', 'none', '--out']
  const child = spawn(process.execPath, [...args, join(folder, 'case')], { stdio: 'ignore' })
  let seconds = 0
  let peakMb = 0
  child.once('exit', (status) => {
    seconds = (performance.now() - started) / 1000
    if (status !== 0) throw new Error(`telltale failed: status ${status}`)
  })
  while (seconds === 0) {
    peakMb = Math.max(peakMb, peakMemoryMb(child.pid))
    await setTimeout(50)
  }
  return { seconds, peakMb }
}

/** Peak memory of a process so far; 0 once it has ended, and where the system does not tell. */
function peakMemoryMb(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}
