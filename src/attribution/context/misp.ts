import { LIMITS } from '../../limits.ts'
import type { ContextAccount } from './account.ts'
import { visitMembers } from './json-members.ts'
import { type ContextLabel, type PublicContext, shortened } from './public-context.ts'
import { asList, asRecord, firstText, type JsonRecord, parseRange, textOf } from './record.ts'
import { type ContextKind, isIp } from './values.ts'

const NAMES = LIMITS.contextNameCharacters
/** Kinds of lists whose values can be compared. Source: MISP warninglists, schema.json. */
const LIST_TYPES: ReadonlySet<string> = new Set(['', 'hostname', 'domain', 'string', 'substring', 'cidr'])

/** Takes the entries of a MISP galaxy cluster: names and synonyms. Source: MISP galaxy format (draft-dulaunoy-misp-galaxy-format). */
export function readCluster(
  bytes: Uint8Array,
  head: JsonRecord,
  account: ContextAccount,
  context: PublicContext,
): void {
  const list = shortened(textOf(head.name), NAMES)
  const source = shortened(textOf(head.source), NAMES)
  const by = [list, source].filter((text) => text !== null).join(', ') || authorsOf(head)
  visitMembers(bytes, (key, position, start, end) => {
    if (key !== 'values' || position === 0) return
    const place = `entry ${position}`
    const row = asRecord(parseRange(bytes, start, end))
    const name = textOf(row?.value)
    if (row === null || name === '') {
      account.refuse(place, 'it is not a JSON object with a value')
      return
    }
    const meta = asRecord(row.meta)
    const label: ContextLabel = {
      form: 'cluster',
      said: shortened(textOf(row.description), LIMITS.contextSaidCharacters),
      name: shortened(name, NAMES),
      by,
      reference: shortened(firstText([...asList(meta?.refs), ...asList(meta?.['official-refs'])]), NAMES),
      date: shortened(textOf(meta?.date), 40),
      marking: null,
      file: account.file,
    }
    for (const value of new Set([name, ...asList(meta?.synonyms).map(textOf)]))
      if (value !== '' && !context.add('name', value, label, place)) account.refuse(place, 'a name in it is too long')
  })
}

/** Takes the values of a MISP warning list. Source: MISP warninglists. */
export function readList(bytes: Uint8Array, head: JsonRecord, account: ContextAccount, context: PublicContext): void {
  const type = textOf(head.type)
  if (!LIST_TYPES.has(type)) {
    account.refuse('list', 'its type is none whose values can be compared with addresses')
    return
  }
  const label: ContextLabel = {
    form: 'list',
    said: shortened(textOf(head.description), LIMITS.contextSaidCharacters),
    name: shortened(textOf(head.name), NAMES),
    by: null,
    reference: null,
    date: typeof head.version === 'number' ? `version ${head.version}` : shortened(textOf(head.version), 40),
    marking: null,
    file: account.file,
  }
  visitMembers(bytes, (key, position, start, end) => {
    if (key !== 'list' || position === 0) return
    const value = textOf(parseRange(bytes, start, end))
    const place = `entry ${position}`
    if (value.trim() === '') account.refuse(place, 'it is no text')
    else if (!context.add(kindOf(type, value), value, label, place))
      account.refuse(place, 'it is none of the kind the list is of')
  })
}

function kindOf(type: string, value: string): ContextKind {
  if (isIp(value)) return 'ip'
  return type === 'string' && !value.includes('.') ? 'name' : 'domain'
}

function authorsOf(head: JsonRecord): string | null {
  return shortened(
    asList(head.authors)
      .slice(0, 5)
      .map(textOf)
      .filter((name) => name !== '')
      .join(', '),
    NAMES,
  )
}
