import type { ParseArgsOptionsConfig } from 'node:util'

/** Options and names of one call, read by `parseArgs`. */
export interface CommandInput {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
  readonly version: string
}

/** A command of the program. */
export interface Command {
  readonly name: string
  /** What comes behind the name, as the help shows it. */
  readonly usage: string
  /** One line. */
  readonly about: string
  /** The whole help text behind usage and `about`. */
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** How many names it takes. */
  readonly minimum: number
  readonly maximum: number
  /** @returns the exit status. Throws Failure, or an error of a stage that carries a clear sentence. */
  run(input: CommandInput): Promise<number>
}

/** The value of an option that takes one, or null. */
export function textOption(input: CommandInput, name: string): string | null {
  const value = input.values[name]
  return typeof value === 'string' ? value : null
}

/** The values of an option that may be given several times, in their order. */
export function textOptions(input: CommandInput, name: string): readonly string[] {
  const value = input.values[name]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
