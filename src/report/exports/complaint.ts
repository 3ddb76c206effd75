import { createHash } from 'node:crypto'
import type { Case } from '../../finding/case.ts'
import { LIMITS } from '../../limits.ts'
import { clipText, visibleText } from '../visible-text.ts'
import { formatCount, formatCountry, formatMoment, WORDS } from '../words.ts'
import { COMPLAINT_WORDS as C } from './complaint-words.ts'
import { csvRecord } from './csv.ts'
import { countText, type ExportOptions } from './options.ts'

/** Whom a letter goes to, and what it tells, as the store counts it. */
export interface ComplaintGroup {
  readonly number: number
  readonly operator: string | null
  readonly country: string | null
  readonly methods: readonly string[]
  readonly addresses: readonly { readonly kind: string; readonly value: string; readonly requests: number }[]
  readonly addressCount: number
  readonly requests: number
  readonly answered: number
  readonly subjects: number
  readonly categories: readonly { readonly category: string; readonly requests: number }[]
  readonly operations: readonly { readonly operation: string; readonly requests: number }[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly uncited: number
}

/** A message that a letter cites; it names no subscriber. */
export interface CitedMessage {
  readonly group: number
  readonly time: string
  readonly protocol: string
  readonly kind: string
  readonly value: string
  readonly called: string | null
  readonly operation: string | null
  readonly category: string
  readonly answered: string
  readonly transaction: string | null
}

/** Text for a file; pieces of one file come one behind the other. */
export interface FilePiece {
  /** Path below the folder of the export. */
  readonly path: string
  readonly text: string
}

/** A letter tells no count of subscribers under this one, unless the user names another. */
export const COMPLAINT_MIN_COUNT = 3
const COLUMNS = [
  'time_utc',
  'protocol',
  'source_kind',
  'source_address',
  'called_side',
  'operation',
  'category',
  'answered',
  'transaction_id',
] as const

/**
 * A folder for each operator or address: a letter, the messages it is about, and what to do with them. Nothing in it names
 * a subscriber; counts of subscribers under `minCount` are not told. Both lists are in the order of the groups' numbers.
 */
export async function* renderComplaints(
  groups: readonly ComplaintGroup[],
  messages: AsyncIterable<CitedMessage>,
  facts: Case,
  options: ExportOptions,
): AsyncGenerator<FilePiece> {
  const slugs = new Map<number, string>()
  for (const group of groups) {
    const slug = slugOf(group)
    slugs.set(group.number, slug)
    yield { path: `${slug}/letter.md`, text: letter(group, facts, options) }
    yield { path: `${slug}/README.md`, text: C.readme(addressee(group), markdown(facts.program.version)) }
  }
  let before: string | undefined
  for await (const message of messages) {
    const slug = slugs.get(message.group)
    if (slug === undefined) continue
    const path = `${slug}/observations.csv`
    if (slug !== before) yield { path, text: csvRecord(COLUMNS) }
    before = slug
    yield {
      path,
      text: csvRecord([
        message.time,
        message.protocol,
        kindWord(message.kind),
        message.value,
        message.called,
        message.operation,
        message.category,
        message.answered,
        message.transaction,
      ]),
    }
  }
}

/** Name of a group's folder: what can be read of its name, and a hash that keeps two apart. */
export function slugOf({ operator, country, addresses }: ComplaintGroup): string {
  const [first] = addresses
  const name = operator === null ? `${first?.kind ?? ''} ${first?.value ?? ''}` : `${operator} ${country ?? ''}`
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48)
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return words === '' ? hash : `${words}-${hash}`
}

function letter(group: ComplaintGroup, facts: Case, options: ExportOptions): string {
  const { operations, categories, addresses } = group
  const inputs = facts.inputs.map(({ sha256 }) => sha256).filter((hash) => hash !== null)
  return [
    `# ${C.title}`,
    `${C.to}: ${addressee(group)}  \n${C.from}: ${C.sender}  \n${C.reference}: ${slugOf(group)}`,
    C.salutation,
    C.opening(formatMoment(group.firstSeen), formatMoment(group.lastSeen), isNamed(group)),
    C.noAccusation,
    `## ${C.saw}`,
    [
      `- ${C.messages}: ${formatCount(group.requests)}`,
      `- ${C.answered}: ${formatCount(group.answered)}`,
      `- ${C.subscribers}: ${countText(group.subjects, options)}`,
      `- ${C.first}: ${visibleText(group.firstSeen)}`,
      `- ${C.last}: ${visibleText(group.lastSeen)}`,
      ...(group.uncited > 0 ? [`- ${C.uncited(formatCount(group.uncited))}`] : []),
    ].join('\n'),
    table(
      [C.address, C.kind, C.messages],
      addresses.map(({ kind, value, requests }) => [code(value), kindWord(kind), formatCount(requests)]),
    ),
    ...(group.addressCount > addresses.length ? [WORDS.more(group.addressCount - addresses.length)] : []),
    table(
      [C.operation, C.messages],
      operations.map(({ operation, requests }) => [code(operation), formatCount(requests)]),
    ),
    table(
      [C.category, C.messages, C.meaning],
      categories.map(({ category, requests }) => [markdown(category), formatCount(requests), meaningOf(category)]),
    ),
    C.resolved(group.methods.map(markdown).join(', ')),
    `## ${C.ask}`,
    C.requests.map((sentence, index) => `${index + 1}. ${sentence}`).join('\n'),
    C.conduct,
    `## ${C.attached}`,
    C.attachedText,
    ...(inputs.length === 0 ? [] : [C.hashes(inputs.slice(0, LIMITS.exportedOperations))]),
    C.privacy,
    C.closing,
    C.sender,
  ]
    .map((part) => `${part}\n`)
    .join('\n')
}

function isNamed({ operator }: ComplaintGroup): boolean {
  return operator !== null
}

function addressee({ operator, country, addresses }: ComplaintGroup): string {
  const [first] = addresses
  if (operator !== null) return `${markdown(operator)}, ${markdown(formatCountry(country))}`
  return C.holder(kindWord(first?.kind ?? ''), code(first?.value ?? ''), markdown(formatCountry(country)))
}

function kindWord(kind: string): string {
  return Object.hasOwn(WORDS.address, kind) ? WORDS.address[kind as keyof typeof WORDS.address] : kind
}

/** A message may stand in several categories; each has its sentence. */
function meaningOf(category: string): string {
  return category
    .split(' ')
    .flatMap((name) =>
      Object.hasOwn(WORDS.classes, name) ? [WORDS.classes[name as keyof typeof WORDS.classes][1]] : [],
    )
    .join(' ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Text from a capture or a file of the user as Markdown that shows just that. Source: CommonMark 0.31 §2.4. */
function markdown(text: string): string {
  return clipText(visibleText(text), LIMITS.reportNameColumns).replace(
    /[\\`*_{}[\]<>()#+!|~&@:]/g,
    (char) => `\\${char}`,
  )
}

/** As a code span, in which nothing is markup or becomes a link; a table still ends its cell at a bar. */
function code(text: string): string {
  return `\`${clipText(visibleText(text), LIMITS.reportNameColumns).replaceAll('`', "'").replaceAll('|', '\\|')}\``
}
