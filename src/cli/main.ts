import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Command, CommandInput } from './command.ts'
import { COULD_NOT, RAN, USAGE } from './exit-status.ts'
import { Failure } from './failure.ts'
import { note, writeAll } from './output.ts'

/** Commands by name; each is loaded only when it is called or helped with. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  analyze: async () => (await import('./analyze.ts')).analyzeCommand,
  decode: async () => (await import('./decode.ts')).decodeCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  detectors: async () => (await import('./detectors.ts')).detectorsCommand,
  evidence: async () => (await import('./evidence.ts')).evidenceCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
}

/** Errors of the stages whose message is one clear sentence for the user, or several. */
const EXPECTED: ReadonlySet<string> = new Set([
  'CaptureError',
  'CaseFolderError',
  'CaseReaderError',
  'CaseTablesError',
  'ContextError',
  'EvidenceError',
  'NetworkFileError',
  'PseudonymError',
  'PolicyError',
  'StateFileError',
  'StoreError',
])

/** Runs the program. @returns the exit status: 0 it ran, 1 it could not, 2 usage, 3 for `--fail-on`. */
export async function main(args: readonly string[], version: string): Promise<number> {
  // when nobody reads standard error, there is nobody to tell
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // a reader that has gone (`| head`) has read what it wanted
    if (error.code === 'EPIPE') return
    note(`Standard output cannot be written: ${error.code === 'ENOSPC' ? 'the disk is full' : error.message}.`)
    process.exit(COULD_NOT)
  })
  try {
    return await dispatch(args, version)
  } catch (error) {
    if (error instanceof Failure) {
      note(error.message)
      return error.status
    }
    if (error instanceof Error && EXPECTED.has(error.constructor.name)) {
      for (const sentence of sentencesOf(error)) note(sentence)
      return COULD_NOT
    }
    const reason = error instanceof Error ? (process.env.TELLTALE_DEBUG ? error.stack : error.message) : String(error)
    note(`this is a fault of the program: ${reason} (TELLTALE_DEBUG=1 shows where; please report it)`)
    return COULD_NOT
  }
}

/** Only a list of captures or of problems in a file holds several sentences; a name may hold a line feed too. */
function sentencesOf(error: Error): readonly string[] {
  if ('sentences' in error && Array.isArray(error.sentences)) return error.sentences.map(String)
  return 'problems' in error ? error.message.split('\n') : [error.message]
}

async function dispatch(args: readonly string[], version: string): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const [about] = rest
    await writeAll(about === undefined ? await overview() : helpOf(await commandOf(about)))
    return name === undefined ? USAGE : RAN
  }
  if (name === '--version' || name === '-V') {
    await writeAll(`telltale ${version}\n`)
    return 0
  }
  const command = await commandOf(name)
  const { values, positionals } = read(command, rest)
  if (values.help === true) {
    await writeAll(helpOf(command))
    return 0
  }
  if (positionals.length < command.minimum || positionals.length > command.maximum) {
    throw new Failure(
      `Usage: telltale ${command.name} ${command.usage}; \`telltale ${command.name} --help\` explains it.`,
      USAGE,
    )
  }
  return command.run({ values, positionals, version })
}

async function commandOf(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    const advice = existsSync(name) ? `try \`telltale analyze\` with it` : '`telltale help` lists them'
    throw new Failure(`There is no command ${JSON.stringify(name)}; ${advice}.`, USAGE)
  }
  return load()
}

/** The call's options and names, none of them empty: that is a variable of a script that was not set. */
function read(command: Command, args: string[]): Pick<CommandInput, 'values' | 'positionals'> {
  const { values, positionals } = parsed(command, args)
  const empty = Object.keys(values).find((name) => [values[name]].flat().includes(''))
  if (empty !== undefined || positionals.includes('')) {
    const what = empty === undefined ? 'A name' : `--${empty}`
    throw new Failure(`${what} is empty; \`telltale ${command.name} --help\` shows what it takes.`, USAGE)
  }
  return { values, positionals }
}

function parsed(command: Command, args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
    }) as {
      values: CommandInput['values']
      positionals: string[]
    }
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split('. ') : []
    throw new Failure(`${sentence.replace(/\.$/, '')}; \`telltale ${command.name} --help\` shows what it takes.`, USAGE)
  }
}

async function overview(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  const rows = commands.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`)
  return `telltale reads captures of mobile signalling and says which phones were watched, by which network addresses, how,
and whether they got an answer. It only reads: it never sends signalling.

Usage: telltale COMMAND …

${rows.join('\n')}

telltale help COMMAND   options and examples of one command
telltale --version

Examples
  telltale analyze capture.pcap --network network.yaml
  telltale decode capture.pcap | head

Exit status: 0 it ran, 1 it could not, 2 usage, 3 a finding reached --fail-on.
`
}

function helpOf(command: Command): string {
  return `telltale ${command.name}: ${command.about}

Usage: telltale ${command.name} ${command.usage}

${command.help}
`
}
