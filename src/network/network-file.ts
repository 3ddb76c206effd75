import { LIMITS } from '../limits.ts'
import { type AgreedException, type NamedDetector, readDetectorId, readException } from './exception.ts'
import { createNetwork, type Network, type Policy, type Thresholds } from './network.ts'
import { type Identifier, type OperatorEntry, readOperator } from './operator-entry.ts'
import { findOverlaps, overlapProblem } from './overlap.ts'
import { type Partners, readPartners } from './partner-sources.ts'
import { NetworkFileError } from './problem.ts'
import { readText } from './read-text.ts'
import type { Value, YamlFile } from './yaml-file.ts'

const TOP_KEYS = ['home', 'partners', 'hubs', 'exceptions', 'thresholds', 'policy'] as const

/**
 * Loads network.yaml: who "we" are, whom we know, who carries messages between networks, which traffic is agreed, which
 * thresholds differ. Partner lists and IR.21 files named in it are read from beside it; their bad rows and elements are
 * left out and named in `warnings` of the result.
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
  const found = await readPartners(file, top.get('partners')?.value, path)
  const hubsValue = top.get('hubs')?.value
  const hubs = (hubsValue ? file.items(hubsValue) : [])
    .map((item) => readOperator(file, item, 'hub'))
    .filter((hub) => hub !== null)
  const detectors: NamedDetector[] = []
  const exceptionsValue = top.get('exceptions')?.value
  const exceptions = (exceptionsValue ? file.items(exceptionsValue) : [])
    .map((item) => readException(file, item, detectors))
    .filter((exception): exception is AgreedException => exception !== null)
  const thresholds = readThresholds(file, top.get('thresholds')?.value, detectors)

  const policy = readPolicy(file, top.get('policy')?.value)

  const partners = settleOverlaps(file, home === null ? [] : [home], found)
  if (file.problems.count > 0) throw new NetworkFileError(file.problems)
  const warnings = found.rowProblems.format()
  const { carriers } = found
  return createNetwork({ home, partners, hubs, carriers, policy, exceptions, thresholds, detectors, warnings })
}

/**
 * Overlaps inside network.yaml are problems of `file`. Of a partner list the row that overlaps is left out and named, of an
 * IR.21 file the element. What two IR.21 files both list (as networks do with their carrier's addresses) is nobody's; a
 * range inside another's is its user's, as the longest one counts.
 */
function settleOverlaps(file: YamlFile, own: readonly OperatorEntry[], found: Partners): readonly OperatorEntry[] {
  const leftOut = new Set<OperatorEntry | Identifier>()
  const written = new Set([...own, ...found.inline])
  const rows = new Set(found.rows)
  const documents = new Set(found.documents)
  // In this order the later one of two is never one of network.yaml, unless both are.
  for (const { earlier, later } of findOverlaps([...written, ...rows, ...documents])) {
    const problem = overlapProblem({ earlier, later })
    if (documents.has(earlier.entry)) {
      if (earlier.identifier.key !== later.identifier.key) continue
      leftOut.add(earlier.identifier).add(later.identifier)
      found.rowProblems.add(problem.place, `${problem.message} Both elements are left out.`)
    } else if ([earlier, later].some(({ entry, identifier }) => leftOut.has(entry) || leftOut.has(identifier))) continue
    else if (written.has(later.entry)) file.fail(problem.place, problem.message)
    else {
      const isRow = rows.has(later.entry)
      leftOut.add(isRow ? later.entry : later.identifier)
      found.rowProblems.add(problem.place, `${problem.message} This ${isRow ? 'row' : 'element'} is left out.`)
    }
  }
  return [...found.inline, ...found.rows, ...found.documents]
    .filter((partner) => !leftOut.has(partner))
    .map((partner) => ({ ...partner, identifiers: partner.identifiers.filter((one) => !leftOut.has(one)) }))
}

/** What stands under `policy`, as it is: the detectors know its form. */
function readPolicy(file: YamlFile, value: Value | undefined): Policy {
  if (value === undefined || file.isEmpty(value)) return {}
  const entries = file.entries(value, null)?.values() ?? []
  return Object.freeze(Object.fromEntries([...entries].map((entry) => [entry.key, file.plain(entry.value)])))
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
    const read: [string, number][] = []
    for (const parameter of file.entries(parameters, null)?.values() ?? []) {
      named.push({ id, threshold: parameter.key, place: parameter.place })
      const number = file.quantity(parameter.value)
      if (number !== null) read.push([parameter.key, number])
    }
    if (read.length === 0) named.push({ id, threshold: null, place })
    thresholds.set(id, Object.freeze(Object.fromEntries(read)))
  }
  return thresholds
}
