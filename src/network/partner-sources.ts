import { readdir } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { LIMITS } from '../limits.ts'
import { type OrganisationNames, parseIr21 } from './ir21.ts'
import { type OperatorEntry, readOperator } from './operator-entry.ts'
import { type PartnerList, parsePartnerList } from './partners-csv.ts'
import { NetworkFileError, type Place, ProblemList } from './problem.ts'
import { readText, reasonOf, refuse } from './read-text.ts'
import type { Value, YamlFile } from './yaml-file.ts'

const SOURCE_KEYS = ['file', 'folder'] as const

/** The partners of a network file: those written in it, and those of the lists that it names. */
export interface Partners {
  readonly inline: readonly OperatorEntry[]
  /** Each entry is a row of a partner list, which is left out as a whole when something is wrong with it. */
  readonly rows: readonly OperatorEntry[]
  /** Each entry is a network of an IR.21 file, of which only what is wrong is left out. */
  readonly documents: readonly OperatorEntry[]
  /** SCCP carriers named in IR.21 files. */
  readonly carriers: readonly OperatorEntry[]
  /** Each names a row or element that was left out. */
  readonly rowProblems: ProblemList
}

/** Collects while reading. */
interface Collection {
  readonly inline: OperatorEntry[]
  readonly rows: OperatorEntry[]
  readonly documents: OperatorEntry[]
  readonly carriers: OperatorEntry[]
  readonly rowProblems: ProblemList
  readonly names: OrganisationNames
}

/**
 * Reads `partners`: a list of partners, `{ file }` with a CSV or IR.21 file, `{ folder }` with any number of them, or a
 * list that mixes these. Files are taken from beside the network file at `path`. What is wrong in the network file or with
 * a file that it names is in `file.problems`.
 */
export async function readPartners(file: YamlFile, value: Value | undefined, path: string): Promise<Partners> {
  const rowProblems = new ProblemList()
  const collection: Collection = { inline: [], rows: [], documents: [], carriers: [], rowProblems, names: new Map() }
  if (value === undefined || file.isEmpty(value)) return collection
  if (!file.isList(value)) {
    await readSource(file, value, path, collection)
    return collection
  }
  for (const item of file.items(value)) {
    if (SOURCE_KEYS.some((key) => file.hasKey(item, key))) await readSource(file, item, path, collection)
    else {
      const partner = readOperator(file, item, 'partner')
      if (partner !== null) collection.inline.push(partner)
    }
  }
  return collection
}

async function readSource(file: YamlFile, value: Value, path: string, collection: Collection): Promise<void> {
  const before = file.problems.count
  const entries = file.entries(value, SOURCE_KEYS)
  if (entries?.size === 0 && file.problems.count === before) {
    const ways = 'list the partners, or name a list with { file: partners.csv } or { folder: ir21 }.'
    file.fail(value.place, `${value.path} is empty; ${ways}`)
  }
  for (const { key, value: named } of entries?.values() ?? []) {
    const name = file.text(named)
    if (name === null) continue
    const target = resolve(dirname(path), name.value)
    try {
      if (key === 'folder') await readFolder(target, name.value, name.place, collection)
      else add(await readList(target, name.value, name.place, collection), collection, name.value)
    } catch (error) {
      if (!(error instanceof NetworkFileError)) throw error
      for (const { place, message } of error.problems) file.fail(place, message)
    }
  }
}

/** Every CSV and XML file of a folder, in the order of their names; one that cannot be used is left out and named. */
async function readFolder(path: string, shown: string, place: Place, collection: Collection): Promise<void> {
  let names: string[]
  try {
    names = (await readdir(path)).filter((name) => isCsv(name) || isXml(name)).sort()
  } catch (error) {
    throw refuse(place, `${shown} cannot be read as a folder: ${reasonOf(error)}`)
  }
  if (names.length === 0) throw refuse(place, `${shown} holds no .xml or .csv file; name the folder of the lists.`)
  if (names.length > LIMITS.partnerFiles) {
    throw refuse(place, `${shown} holds over ${LIMITS.partnerFiles} files; spread them over several folders.`)
  }
  for (const name of names) {
    const file = `${shown.replace(/\/+$/, '')}/${name}`
    try {
      add(await readList(join(path, name), file, { file, line: 1, column: 1 }, collection), collection, file)
    } catch (error) {
      if (!(error instanceof NetworkFileError)) throw error
      for (const problem of error.problems) {
        collection.rowProblems.add(problem.place, `${problem.message} This file is left out.`)
      }
    }
  }
}

/** @throws NetworkFileError for a list that cannot be used as a whole. */
async function readList(path: string, shown: string, place: Place, collection: Collection): Promise<PartnerList> {
  const { rowProblems, names } = collection
  const text = await readText(path, place, LIMITS.partnerListBytes, shown, isXml(shown))
  const list = isXml(shown) ? parseIr21(shown, text, rowProblems, names) : parsePartnerList(shown, text, rowProblems)
  if (list.problems.length === 0) return list
  const problems = new ProblemList()
  for (const problem of list.problems) problems.add(problem.place, problem.message)
  throw new NetworkFileError(problems)
}

/** One by one: a list may hold more entries than a call takes arguments. */
function add(list: PartnerList, collection: Collection, name: string): void {
  for (const partner of list.partners) (isXml(name) ? collection.documents : collection.rows).push(partner)
  for (const carrier of list.carriers) collection.carriers.push(carrier)
}

function isXml(name: string): boolean {
  return extname(name).toLowerCase() === '.xml'
}

function isCsv(name: string): boolean {
  return extname(name).toLowerCase() === '.csv'
}
