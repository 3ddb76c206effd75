import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadContext } from '../attribution/context/load.ts'
import type { Mode } from '../detect/detector.ts'
import { SEVERITIES, type Severity } from '../finding/finding.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import { loadNetwork } from '../network/network-file.ts'
import { type Analysis, analyze } from '../pipeline.ts'
import { stopReasons } from '../report/describe.ts'
import { formatSummary } from '../report/summary.ts'
import { loadKey, Pseudonyms } from '../store/pseudonym.ts'
import { type Command, type CommandInput, textOption, textOptions } from './command.ts'
import { COULD_NOT, FOUND, INTERRUPTED, isNothingRead, RAN } from './exit-status.ts'
import { Failure } from './failure.ts'
import { note, takesColour, terminalWidth, writeAll } from './output.ts'
import { Progress } from './progress.ts'

const MODES = ['learning', 'test', 'active'] as const satisfies readonly Mode[]
const NETWORK_FILE = 'network.yaml'

export const analyzeCommand: Command = {
  name: 'analyze',
  usage:
    'CAPTURE... [--network FILE] [--context FILE]... [--out DIR] [--state FILE] [--mode MODE] [--pseudonymize KEYFILE] [--fail-on SEVERITY] [--json] [--quiet]',
  about: 'the main job: decode, detect, and write a case with its report',
  help: `CAPTURE is a pcap or pcapng file, plain or compressed with gzip or zstd, a folder of them, or - for standard input.
Several captures are read as one stream in capture-time order.

  --network FILE       network.yaml: who "we" are, partners, agreed exceptions. When not given, a network.yaml
                       beside the first capture is used, and named; --network none uses none. Without it the
                       checks that need it are named in the result as not made.
  --context FILE       what others have said of addresses, hosts and networks: a STIX 2.1 bundle, a MISP galaxy cluster or warning
                       list, or your own table (CSV: type,value,said,by,reference,date). May be given several times.
                       What matches is shown beside a source with who said it; it changes no weight and no confidence.
                       docs/public-context.md describes it
  --out DIR            case folder to write (default: telltale-case). A case that stands there is replaced;
                       a folder that holds anything else is left alone.
  --state FILE         what detectors know of subscribers and sources: loaded when it is there, saved at the end, so that
                       a daily run knows yesterday. It names subscribers in full.
  --mode MODE          of detectors that need a history: learning (they report nothing), test (their findings have
                       severity info), active (default)
  --pseudonymize KEYFILE   replace subscriber identities everywhere in the case by pseudonyms that only the holder of the
                       key can work out; the same key gives the same ones in every case. The state file keeps the
                       real ones. \`openssl rand -hex 32 > KEYFILE\` makes a key
  --epoch DAYS         change pseudonyms every so many days of capture time (default: never)
  --fail-on SEVERITY   exit with status 3 when a finding is at least this grave: ${SEVERITIES.join(', ')}
  --json               print the case and its findings as JSON lines instead of the summary
  --quiet              no progress bar

Ctrl-C ends the reading; the case then holds what was analysed so far, and says so (exit status 130).

Examples
  telltale analyze examples/first-look.pcap
  telltale analyze tap-a/ tap-b/ --network network.yaml --out cases/2026-11-20
  telltale analyze day.pcap --context pegasus.stix2 --context our-notes.csv
  zstdcat day.pcapng.zst | telltale analyze - --fail-on high`,
  options: {
    network: { type: 'string' },
    context: { type: 'string', multiple: true },
    out: { type: 'string' },
    state: { type: 'string' },
    mode: { type: 'string' },
    pseudonymize: { type: 'string' },
    epoch: { type: 'string' },
    'fail-on': { type: 'string' },
    json: { type: 'boolean' },
    quiet: { type: 'boolean' },
  },
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  run,
}

async function run(input: CommandInput): Promise<number> {
  const failOn = severityOption(input)
  const mode = modeOption(input)
  const pseudonyms = await pseudonymsOf(input)
  const context = await loadContext(textOptions(input, 'context'))
  const networkFile = await networkFileOf(input)
  const network = networkFile === null ? EMPTY_NETWORK : await loadNetwork(networkFile)
  const interrupt = new AbortController()
  let isReading = false
  const onInterrupt = (signal: NodeJS.Signals): void => {
    if (interrupt.signal.aborted) leaveBy(signal)
    if (!isReading) {
      note('Interrupted before anything was read: no case was written.')
      process.exit(INTERRUPTED)
    }
    note('Interrupted: writing what was analysed so far. Press Ctrl-C again to leave at once.')
    interrupt.abort()
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  const progress = new Progress(input.values.quiet !== true && process.stderr.isTTY)
  let analysis: Analysis
  try {
    analysis = await analyze({
      paths: input.positionals,
      network,
      networkFile,
      context,
      out: textOption(input, 'out') ?? 'telltale-case',
      version: input.version,
      mode,
      stateFile: textOption(input, 'state'),
      pseudonyms,
      signal: interrupt.signal,
      progress: (bytes, total, packets, findings) => {
        isReading = true
        progress.show(bytes, total, packets, findings)
      },
    })
  } finally {
    progress.clear()
  }
  for (const sentence of stopReasons(analysis.case)) note(sentence)
  await print(analysis, input)
  if (interrupt.signal.aborted) return INTERRUPTED
  if (isNothingRead(analysis.case.packets, analysis.case.inputs)) return COULD_NOT
  return failOn !== null && isReached(analysis, failOn) ? FOUND : RAN
}

/** Ends the process as the signal does where nobody handles it: `process.exit` breaks off a thread inside the database. */
function leaveBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/** The network file to use: the one named, else one beside the first capture, else none. */
async function networkFileOf(input: CommandInput): Promise<string | null> {
  const named = textOption(input, 'network')
  if (named !== null) return named === 'none' ? null : named
  const [first = '-'] = input.positionals
  if (first === '-') return null
  const folder = await stat(first).then(
    (found) => (found.isDirectory() ? first : dirname(first)),
    () => null,
  )
  if (folder === null) return null
  const beside = join(folder, NETWORK_FILE)
  if (!existsSync(beside)) return null
  note(`${beside} says who “we” are (--network FILE names another one, --network none uses none).`)
  return beside
}

async function pseudonymsOf(input: CommandInput): Promise<Pseudonyms | null> {
  const file = textOption(input, 'pseudonymize')
  const epoch = textOption(input, 'epoch')
  if (file === null) {
    if (epoch !== null) throw new Failure('--epoch goes with --pseudonymize KEYFILE.', 2)
    return null
  }
  if (epoch !== null && !/^[1-9]\d{0,4}$/.test(epoch)) {
    throw new Failure(`--epoch takes a whole number of days, not ${JSON.stringify(epoch)}.`, 2)
  }
  return new Pseudonyms(await loadKey(file), epoch === null ? null : Number(epoch))
}

function modeOption(input: CommandInput): Mode {
  const text = textOption(input, 'mode') ?? 'active'
  const mode = MODES.find((name) => name === text)
  if (mode === undefined) throw new Failure(`--mode takes one of ${MODES.join(', ')}, not ${JSON.stringify(text)}.`, 2)
  return mode
}

function severityOption(input: CommandInput): Severity | null {
  const text = textOption(input, 'fail-on')
  if (text === null) return null
  const severity = SEVERITIES.find((name) => name === text)
  if (severity === undefined)
    throw new Failure(`--fail-on takes one of ${SEVERITIES.join(', ')}, not ${JSON.stringify(text)}.`, 2)
  return severity
}

/** Findings are sorted, the gravest first. */
function isReached({ findings }: Analysis, severity: Severity): boolean {
  const [gravest] = findings
  return gravest !== undefined && SEVERITIES.indexOf(gravest.severity) >= SEVERITIES.indexOf(severity)
}

async function print({ case: facts, findings, folder }: Analysis, input: CommandInput): Promise<void> {
  if (input.values.json === true) {
    await writeAll([facts, ...findings].map((line) => `${JSON.stringify(line)}\n`).join(''))
    return
  }
  if (folder.replaced) note(`${folder.path}: the case that stood there was replaced.`)
  await writeAll(
    formatSummary(facts, findings, { colour: takesColour(), width: terminalWidth(), caseFolder: folder.path }),
  )
}
