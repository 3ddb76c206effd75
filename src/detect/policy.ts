import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import { DIAMETER_COMMANDS } from '../signalling/diameter/dictionary/commands.ts'
import { parseMapContext } from '../signalling/ss7/map/application-contexts.ts'
import { MAP_OPERATIONS } from '../signalling/ss7/map/operations.ts'
import { isFromHome, isToHome, sourceOperator, targetOperator } from './perimeter.ts'
import { CATEGORY_MEANINGS, type Category, DEFAULT_POLICY, type PolicyRow, SUBSYSTEMS } from './policy-table.ts'

/** What operations are in their context: the table of the program, behind the rows of network.yaml. */
export interface Policy {
  /** Category of a request; null where no row speaks of it. */
  categoryOf(event: SignallingEvent): Category | null
  /** The row that decides, with its reason. */
  rowOf(event: SignallingEvent): PolicyRow | null
}

/** `policy` of network.yaml cannot be used. The message has a line for each problem: what is wrong, and what to do. */
export class PolicyError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'PolicyError'
    this.problems = problems
  }
}

const KEYS = ['category', 'perimeter', 'contexts', 'calling', 'called', 'reason'] as const
const PERIMETERS = ['international', 'national'] as const
const OPERATIONS: ReadonlySet<string> = new Set([
  ...MAP_OPERATIONS.map(({ name }) => name),
  ...DIAMETER_COMMANDS.map(({ name }) => name),
])
/** Problems told at most, and characters shown of a text of the file. */
const MOST_PROBLEMS = 20
const SHOWN_CHARACTERS = 40
const MOST_NUMBER = 0xffff_ffff

const made = new WeakMap<Network, Policy>()
/** The one asked for last: a run has one. */
let last: { readonly network: Network; readonly policy: Policy } | null = null

/**
 * The policy of a network, read once. @throws PolicyError when `policy` of its file is wrong.
 */
export function policyOf(network: Network): Policy {
  if (last?.network === network) return last.policy
  const known = made.get(network)
  const policy = known ?? createPolicy(readPolicy('policy' in network ? network.policy : undefined), network)
  if (known === undefined) made.set(network, policy)
  last = { network, policy }
  return policy
}

/** A policy of these rows in front of the table of the program. */
export function createPolicy(own: readonly PolicyRow[], network: Network): Policy {
  const byOperation = new Map<string, PolicyRow[]>()
  for (const row of [...own, ...DEFAULT_POLICY]) {
    const known = byOperation.get(row.operation)
    if (known === undefined) byOperation.set(row.operation, [row])
    else known.push(row)
  }
  // several detectors ask about one event before the next one comes
  let lastEvent: SignallingEvent | null = null
  let lastRow: PolicyRow | null = null
  const rowOf = (event: SignallingEvent): PolicyRow | null => {
    if (event === lastEvent) return lastRow
    const rows = event.operation === null ? undefined : byOperation.get(event.operation)
    lastRow = rows?.find((row) => fits(row, event, network)) ?? null
    lastEvent = event
    return lastRow
  }
  return { rowOf, categoryOf: (event) => rowOf(event)?.category ?? null }
}

function fits({ contexts, calling, called, perimeter }: PolicyRow, event: SignallingEvent, network: Network): boolean {
  if (contexts !== null && !isOneOf(contexts, contextOf(event))) return false
  if (calling !== null && !isOneOf(calling, event.callingSsn)) return false
  if (called !== null && !isOneOf(called, event.calledSsn)) return false
  return perimeter === null || perimeter === perimeterOf(event, network)
}

function isOneOf(list: readonly number[], value: number | null): boolean {
  return value !== null && list.includes(value)
}

function contextOf(event: SignallingEvent): number | null {
  if (event.protocol === 'diameter') return event.applicationId
  return event.applicationContext === null ? null : (parseMapContext(event.applicationContext)?.code ?? null)
}

/** Between networks of one country, or, where that is not known, international: the stricter. */
function perimeterOf(event: SignallingEvent, network: Network): (typeof PERIMETERS)[number] {
  const from = sourceOperator(event, network).country
  const isLeaving = isFromHome(event, network) === true && isToHome(event, network) === false
  const to =
    (isLeaving ? null : network.home?.country) ??
    targetOperator(event, network).country ??
    network.operatorOfImsi(event.subjectImsi).country ??
    network.operatorOfGt(event.subjectMsisdn).country
  return from !== null && from === to ? 'national' : 'international'
}

/**
 * Reads `policy` of network.yaml: by operation a category, a row or a list of rows.
 *
 *     policy:
 *       provideSubscriberLocation: 2
 *       sendRoutingInfo: { category: none, calling: [hlr], reason: "agreed with the portability centre" }
 *
 * @throws PolicyError with all that is wrong.
 */
export function readPolicy(value: unknown): readonly PolicyRow[] {
  if (value === undefined || value === null) return []
  const problems: string[] = []
  const fail = (path: string, what: string): null => {
    problems.push(`policy${path}: ${what}`)
    return null
  }
  const rows: PolicyRow[] = []
  if (!isMapping(value)) {
    fail('', 'is not a mapping; write operations with their category, such as "provideSubscriberLocation: 2".')
  } else {
    for (const [operation, given] of Object.entries(value)) {
      if (!OPERATIONS.has(operation)) {
        fail('', `${quote(operation)} is no operation of MAP and no command of Diameter; write its standard name.`)
        continue
      }
      const items: readonly unknown[] = Array.isArray(given) ? given : [given]
      items.forEach((item, i) => {
        const path = `.${operation}${Array.isArray(given) ? `[${i}]` : ''}`
        const row = readRow(operation, item, path, fail)
        if (row !== null) rows.push(row)
      })
    }
  }
  if (problems.length > MOST_PROBLEMS) {
    throw new PolicyError([
      ...problems.slice(0, MOST_PROBLEMS),
      `${problems.length - MOST_PROBLEMS} more problems are not shown.`,
    ])
  }
  if (problems.length > 0) throw new PolicyError(problems)
  return rows
}

type Fail = (path: string, what: string) => null

function readRow(operation: string, item: unknown, path: string, fail: Fail): PolicyRow | null {
  const given: Readonly<Record<string, unknown>> = isMapping(item) ? item : { category: item }
  let complete = true
  for (const key of Object.keys(given)) {
    if (KEYS.some((known) => known === key)) continue
    complete = false
    fail(path, `${quote(key)} is not known here; use ${KEYS.join(', ')}.`)
  }
  const category = readCategory(given.category, path, fail)
  const perimeter = readPerimeter(given.perimeter, path, fail)
  const contexts = readNumbers(given.contexts, `${path}.contexts`, null, fail)
  const calling = readNumbers(given.calling, `${path}.calling`, SUBSYSTEMS, fail)
  const called = readNumbers(given.called, `${path}.called`, SUBSYSTEMS, fail)
  const { reason = 'agreed, as network.yaml says' } = given
  if (typeof reason !== 'string') return fail(`${path}.reason`, 'is not a text.')
  if (!complete || category === null || perimeter === false) return null
  if (contexts === false || calling === false || called === false) return null
  return { operation, contexts, calling, called, perimeter, category, reason }
}

function readCategory(value: unknown, path: string, fail: Fail): Category | null {
  const name = String(value)
  const known = (Object.keys(CATEGORY_MEANINGS) as Category[]).find((category) => category === name)
  if (known !== undefined && (typeof value === 'string' || typeof value === 'number')) return known
  return fail(path, `the category is missing or unknown; write one of ${Object.keys(CATEGORY_MEANINGS).join(', ')}.`)
}

/** False where it is wrong. */
function readPerimeter(value: unknown, path: string, fail: Fail): PolicyRow['perimeter'] | false {
  if (value === undefined || value === null) return null
  const known = PERIMETERS.find((perimeter) => perimeter === value)
  if (known !== undefined) return known
  fail(`${path}.perimeter`, `write ${PERIMETERS.join(' or ')}.`)
  return false
}

/** False where it is wrong. @param names what may stand for a number. */
function readNumbers(
  value: unknown,
  path: string,
  names: Readonly<Record<string, number>> | null,
  fail: Fail,
): readonly number[] | null | false {
  if (value === undefined || value === null) return null
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  const numbers = items.flatMap((item) => {
    const read = typeof item === 'string' && names !== null ? names[item.toLowerCase()] : item
    return typeof read === 'number' && Number.isInteger(read) && read >= 0 && read <= MOST_NUMBER ? [read] : []
  })
  if (numbers.length === items.length && numbers.length > 0) return numbers
  fail(
    path,
    names === null ? 'is not a number or a list of numbers.' : `write numbers, or of ${Object.keys(names).join(', ')}.`,
  )
  return false
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function quote(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text)
}
