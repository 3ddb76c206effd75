import { LIMITS } from '../limits.ts'

/** What a statement is about. */
export type ContextKind = 'domain' | 'ip' | 'title' | 'name'

/** Somebody said so: shown beside a campaign with its source, without any weight. */
export interface Statement {
  readonly kind: ContextKind
  /** Domain or name in lower case, IP address, or digits of a title or its prefix. */
  readonly value: string
  /** What was said. */
  readonly said: string
  /** Who said it: a bundle, cluster, list or file, with the name inside it. */
  readonly by: string
  /** When, as written there; null where it does not say. */
  readonly since: string | null
}

/** What a file held. */
export interface ContextFile {
  readonly statements: readonly Statement[]
  /** What could not be used, a sentence each. */
  readonly problems: readonly string[]
}

/** Identifiers of a source to match. */
export interface ContextQuery {
  readonly titles: readonly string[]
  /** Origin-Host, Realm, Route-Record names. */
  readonly domains: readonly string[]
  readonly ips: readonly string[]
  /** Names of operators, as the data gives them. */
  readonly names: readonly string[]
}

const PATTERN = /(domain-name|url|ipv4-addr|ipv6-addr):value\s*=\s*'([^']*)'/g
const KIND_OF_COLUMN: Readonly<Record<string, ContextKind>> = {
  gt: 'title', title: 'title', domain: 'domain', host: 'domain', realm: 'domain', ip: 'ip', operator: 'name', name: 'name',
} // biome-ignore format: one table
/** A title's prefix says something from so many digits on: country and network. */
const SHORTEST_PREFIX = 4
const LIST_TYPES: Readonly<Record<string, ContextKind>> = {
  hostname: 'domain', domain: 'domain', 'domain|ip': 'domain', url: 'domain', 'ip-src': 'ip', 'ip-dst': 'ip', cidr: 'ip', string: 'name', substring: 'domain',
} // biome-ignore format: one table

/**
 * Reads a file of public context by what it holds: a STIX 2.1 bundle, a MISP galaxy cluster or warning list (JSON), else
 * comma-separated values with a header line (`type,value,said,since`; type is `gt`, `realm`, `host`, `ip` or `operator`).
 * Never throws: what cannot be read becomes a problem.
 * Source: STIX 2.1 §4.7, §4.11; MISP galaxy and warninglists formats.
 */
export function parseContext(file: string, text: string): ContextFile {
  if (text.length > LIMITS.contextBytes)
    return { statements: [], problems: [`${file} is larger than ${LIMITS.contextBytes} octets.`] }
  if (!/^\s*[[{]/.test(text)) return parseCsv(file, text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { statements: [], problems: [`${file} is not valid JSON.`] }
  }
  const root = asRecord(value)
  if (root === null) return { statements: [], problems: [`${file} is neither a STIX bundle nor a MISP file.`] }
  if (root.type === 'bundle') return parseBundle(file, root)
  if (Array.isArray(root.values)) return parseCluster(file, root)
  if (Array.isArray(root.list)) return parseList(file, root)
  return { statements: [], problems: [`${file} is neither a STIX bundle nor a MISP cluster or list.`] }
}

/** Statements, looked up by identifier. */
export class PublicContext {
  private readonly byValue = new Map<string, Statement[]>()
  private readonly longestTitle: number
  size = 0
  /** Statements beyond LIMITS.contextStatements. */
  dropped = 0

  constructor(files: Iterable<ContextFile>) {
    let longest = 0
    for (const { statements } of files) {
      for (const statement of statements) {
        if (this.size >= LIMITS.contextStatements) {
          this.dropped++
          continue
        }
        this.size++
        const key = `${statement.kind}:${statement.value}`
        const others = this.byValue.get(key)
        if (others === undefined) this.byValue.set(key, [statement])
        else others.push(statement)
        if (statement.kind === 'title') longest = Math.max(longest, statement.value.length)
      }
    }
    this.longestTitle = longest
  }

  /** What anyone said of these identifiers: a domain and those above it, a title and its prefixes, each once. */
  match(query: ContextQuery): Statement[] {
    const found = new Set<Statement>()
    const take = (key: string): void => {
      for (const statement of this.byValue.get(key) ?? []) found.add(statement)
    }
    for (const title of query.titles)
      for (let n = SHORTEST_PREFIX; n <= Math.min(title.length, this.longestTitle); n++)
        take(`title:${title.slice(0, n)}`)
    for (const domain of query.domains) {
      const labels = domain.toLowerCase().split('.')
      for (let i = 0; i + 1 < labels.length; i++) take(`domain:${labels.slice(i).join('.')}`)
    }
    for (const ip of query.ips) take(`ip:${ip}`)
    for (const name of query.names) take(`name:${name.toLowerCase()}`)
    return [...found]
  }
}

function parseBundle(file: string, root: Record<string, unknown>): ContextFile {
  const objects = asList(root.objects).map(asRecord)
  const names = new Map<string, string>()
  for (const object of objects)
    if (object !== null && object.type !== 'indicator') names.set(textOf(object.id), textOf(object.name))
  const indicates = new Map<string, string>()
  for (const object of objects) {
    if (object?.type !== 'relationship' || object.relationship_type !== 'indicates') continue
    const name = names.get(textOf(object.target_ref))
    if (name !== undefined && name !== '') indicates.set(textOf(object.source_ref), name)
  }
  const statements: Statement[] = []
  let unread = 0
  for (const object of objects) {
    if (object?.type !== 'indicator') continue
    const name = indicates.get(textOf(object.id)) ?? textOf(object.name)
    const before = statements.length
    for (const [, type = '', value = ''] of textOf(object.pattern).matchAll(PATTERN)) {
      const statement = { said: name === '' ? 'an indicator' : `an indicator of ${name}`, by: file }
      const since = textOf(object.valid_from) || null
      const kind = type.startsWith('ip') || /^[\d.]+$/.test(value) ? 'ip' : 'domain'
      statements.push({ kind, value: kind === 'ip' ? value : domainOf(value), ...statement, since })
    }
    if (statements.length === before) unread++
  }
  const problems = unread === 0 ? [] : [`${unread} indicators of ${file} are about something else than addresses.`]
  return { statements, problems }
}

function parseCluster(file: string, root: Record<string, unknown>): ContextFile {
  const list = textOf(root.name) || file
  const statements: Statement[] = []
  for (const one of asList(root.values)) {
    const row = asRecord(one)
    const name = textOf(row?.value)
    if (row === null || name === '') continue
    const synonyms = asList(asRecord(row.meta)?.synonyms).map(textOf)
    for (const value of new Set([name, ...synonyms])) {
      if (value === '') continue
      statements.push({ kind: 'name', value: value.toLowerCase(), said: `named as ${name}`, by: list, since: null })
    }
  }
  return { statements, problems: [] }
}

function parseList(file: string, root: Record<string, unknown>): ContextFile {
  const name = textOf(root.name) || file
  const kind = LIST_TYPES[textOf(root.type)] ?? 'domain'
  const statements = asList(root.list)
    .map(textOf)
    .filter((value) => value !== '')
    .map((value) => {
      const isIp = /^[\d.]+$|:.*:/.test(value)
      const plain = kind === 'name' ? value.toLowerCase() : isIp ? value : domainOf(value)
      const own: ContextKind = kind === 'name' ? 'name' : isIp ? 'ip' : 'domain'
      return { kind: own, value: plain, said: `on the list ${name}`, by: name, since: null }
    })
  return { statements, problems: [] }
}

function parseCsv(file: string, text: string): ContextFile {
  const statements: Statement[] = []
  const problems: string[] = []
  const [header = '', ...lines] = text.split(/\r\n|\n|\r/)
  const columns = header.split(',').map((name) => name.trim().toLowerCase())
  const [type, value, said, since] = ['type', 'value', 'said', 'since'].map((name) => columns.indexOf(name))
  if (type === undefined || value === undefined || type < 0 || value < 0)
    return { statements, problems: [`${file} needs a header line with the columns type,value,said,since.`] }
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const cells = splitLine(line)
    const kind = KIND_OF_COLUMN[(cells[type] ?? '').toLowerCase()]
    const plain = (cells[value] ?? '').trim()
    if (kind === undefined || plain === '' || (kind === 'title' && !/^\d{4,15}$/.test(plain))) {
      if (problems.length < LIMITS.networkFileProblems)
        problems.push(`${file}:${i + 2}: the type or the value cannot be used; this row is left out.`)
      continue
    }
    statements.push({
      kind,
      value: kind === 'title' || kind === 'ip' ? plain : plain.toLowerCase(),
      said: cells[said ?? -1] || 'listed',
      by: file,
      since: cells[since ?? -1] || null,
    })
  }
  return { statements, problems }
}

/** Cells of a line, quotation marks around them dropped. Source: RFC 4180, without line breaks inside quotes. */
function splitLine(line: string): string[] {
  if (line.length > LIMITS.partnerRowCharacters) return []
  const cells: string[] = []
  for (const [, quoted, plain = ''] of line.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))/g))
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim())
  return cells
}

/** The host of an address on the web, or the name itself, in lower case. */
function domainOf(value: string): string {
  return value
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/:?#].*$/, '')
    .replace(/^\./, '')
    .toLowerCase()
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
