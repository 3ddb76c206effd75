import { readFile, stat } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { LIMITS } from '../limits.ts'
import { type AgreedException, type NamedDetector, readDetectorId, readException } from './exception.ts'
import { createNetwork, type Network, type Thresholds } from './network.ts'
import { type OperatorEntry, readOperator } from './operator-entry.ts'
import { findOverlaps, overlapProblem } from './overlap.ts'
import { type PartnerList, parsePartnerList } from './partners-csv.ts'
import { NetworkFileError, type Place, ProblemList } from './problem.ts'
import type { Value, YamlFile } from './yaml-file.ts'

const TOP_KEYS = ['home', 'partners', 'exceptions', 'thresholds'] as const

/**
 * Loads network.yaml: who "we" are, whom we know, which traffic is agreed, which thresholds differ. A partner list named
 * in it is read from beside it; its bad rows are left out and named in `warnings` of the result.
 * @param path of the file, as the user gave it; it stands so in messages.
 * @throws NetworkFileError listing every problem with file, line, column, what is wrong and what to do.
 */
export async function loadNetwork(path: string): Promise<Network> {
  const text = await readText(path, { file: path, line: 1, column: 1 }, LIMITS.networkFileBytes)
  // The YAML library takes longer to load than all else, and most runs have no network file.
  const { YamlFile } = await import('./yaml-file.ts')
  const file = new YamlFile(path, text)
  const { root } = file
  if (root !== null && file.isEmpty(root)) {
    file.fail(root.place, 'The file is empty; write at least "home:" with the name and addresses of your network.')
  }
  const top = file.problems.count > 0 || root === null ? null : file.entries(root, TOP_KEYS)
  if (root === null || top === null) throw new NetworkFileError(file.problems)

  const homeValue = top.get('home')?.value
  const home = homeValue ? readOperator(file, homeValue, 'home') : null
  if (homeValue === undefined) {
    file.fail(root.place, 'The file has no "home"; add "home:" with the name and addresses of your network.')
  }
  const list = await readPartners(file, top.get('partners')?.value, path)
  const detectors: NamedDetector[] = []
  const exceptionsValue = top.get('exceptions')?.value
  const exceptions = (exceptionsValue ? file.items(exceptionsValue) : [])
    .map((item) => readException(file, item, detectors))
    .filter((exception): exception is AgreedException => exception !== null)
  const thresholds = readThresholds(file, top.get('thresholds')?.value, detectors)

  const own = home === null ? [] : [home]
  const { partners, warnings } = settleOverlaps(file, own, list)
  if (file.problems.count > 0) throw new NetworkFileError(file.problems)
  return createNetwork({ home, partners, exceptions, thresholds, detectors, warnings })
}

/** Overlaps inside network.yaml are problems of `file`; a row of a partner list that overlaps is left out and named. */
function settleOverlaps(
  file: YamlFile,
  own: readonly OperatorEntry[],
  list: PartnerList,
): { partners: readonly OperatorEntry[]; warnings: readonly string[] } {
  const leftOut = new Set<OperatorEntry>()
  const { rowProblems } = list
  for (const overlap of findOverlaps([...own, ...list.partners])) {
    if (leftOut.has(overlap.earlier.entry)) continue
    const problem = overlapProblem(overlap)
    if (list.isFile) {
      leftOut.add(overlap.later.entry)
      rowProblems.add(problem.place, `${problem.message} This row is left out.`)
    } else file.fail(problem.place, problem.message)
  }
  const partners = list.partners.filter((partner) => !leftOut.has(partner))
  return { partners, warnings: rowProblems.format() }
}

async function readPartners(file: YamlFile, value: Value | undefined, path: string): Promise<PartnerList> {
  const none = { isFile: false, partners: [], rowProblems: new ProblemList(), problems: [] }
  if (value === undefined || file.isEmpty(value)) return none
  if (file.isList(value)) {
    const partners = file.items(value).map((item) => readOperator(file, item, 'partner'))
    return { ...none, partners: partners.filter((partner) => partner !== null) }
  }
  const entry = file.entries(value, ['file'])?.get('file')
  if (entry === undefined) {
    if (file.problems.count === 0) {
      file.fail(value.place, 'partners is empty; list the partners, or name a list with { file: partners.csv }.')
    }
    return none
  }
  const name = file.text(entry.value)
  if (name === null) return none
  if (extname(name.value).toLowerCase() === '.xml') {
    file.fail(
      name.place,
      'IR.21 RAEX XML is not supported in this version; write the partners into a .csv file with the columns name,country,plmns,globalTitles,realms,pointCodes,ipRanges.',
    )
    return none
  }
  try {
    const target = resolve(dirname(path), name.value)
    const list = parsePartnerList(name.value, await readText(target, name.place, LIMITS.partnerListBytes, name.value))
    for (const { place, message } of list.problems) file.fail(place, message)
    return list
  } catch (error) {
    if (!(error instanceof NetworkFileError)) throw error
    for (const { place, message } of error.problems) file.fail(place, message)
    return none
  }
}

function readThresholds(
  file: YamlFile,
  value: Value | undefined,
  named: NamedDetector[],
): ReadonlyMap<string, Thresholds> {
  const thresholds = new Map<string, Thresholds>()
  if (value === undefined || file.isEmpty(value)) return thresholds
  for (const { key, place, value: parameters } of file.entries(value, null)?.values() ?? []) {
    const id = readDetectorId(file, key, place, value.path)
    if (id === null) continue
    named.push({ id, place })
    const read: [string, number | string | boolean][] = []
    for (const parameter of file.entries(parameters, null)?.values() ?? []) {
      const scalar = file.scalar(parameter.value)
      if (scalar !== null) read.push([parameter.key, scalar])
    }
    thresholds.set(id, Object.freeze(Object.fromEntries(read)))
  }
  return thresholds
}

/** The text of a file; `place` is where it was named, for the message when it cannot be read. */
async function readText(path: string, place: Place, limitBytes: number, shown: string = path): Promise<string> {
  let bytes: Uint8Array
  try {
    const { isFile, size } = await stat(path).then((stats) => ({ isFile: stats.isFile(), size: stats.size }))
    if (!isFile) throw refuse(place, `${shown} is not a regular file; name a file.`)
    if (size > limitBytes) {
      throw refuse(
        place,
        `${shown} is larger than ${limitBytes / 1024 / 1024} MiB; keep it below that size, with many partners in a partner list of their own.`,
      )
    }
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof NetworkFileError) throw error
    throw refuse(place, `${shown} cannot be read: ${reasonOf(error)}`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse(place, `${shown} is not UTF-8 text; save it as UTF-8.`)
  }
}

function refuse(place: Place, message: string): NetworkFileError {
  const problems = new ProblemList()
  problems.add(place, message)
  return new NetworkFileError(problems)
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'there is no such file; check its name and folder.'
  if (code === 'EACCES') return 'permission is missing; allow reading it.'
  return `the system reports ${code ?? 'an error'}; check the file.`
}
