import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import type { FoundCampaign } from '../campaign/campaign.ts'
import { type DetectState, newState } from '../detect/runner.ts'
import type { Kept } from '../detect/state/memory.ts'
import type { Domain, Place } from '../detect/state/subscribers.ts'
import { LIMITS } from '../limits.ts'
import { reasonOf } from './case-folder.ts'

/** Why a state cannot be loaded or saved: one sentence. */
export class StateFileError extends Error {}

const HEADER = { schema: 1, kind: 'telltale-state' } as const
/** Lines put together before they are compressed. */
const LINES_PER_CHUNK = 1_024

/** What lasts from run to run: what detectors know, and the campaigns that may go on. */
export interface SavedState {
  readonly detect: DetectState
  readonly campaigns: readonly FoundCampaign[]
}

/** One line of the file behind its header. */
type Row =
  | readonly ['place', number, Place['protocol'], string, string | null, string | null]
  | readonly ['served', string, Domain, number, number]
  | readonly ['number', string, string]
  | readonly ['table', string, number]
  | readonly ['entry', string, string, Kept]
  | readonly ['campaign', FoundCampaign]

/**
 * What detectors knew at the end of a run, so that a daily run knows yesterday: JSON lines, compressed with zstd. It names
 * subscribers in full: as personal as a capture.
 */
export async function saveState(file: string, state: SavedState): Promise<void> {
  // never half a state: the old one stands until the new one is whole
  const draft = `${file}.part`
  try {
    await pipeline(Readable.from(chunksOf(state)), createZstdCompress(), createWriteStream(draft))
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw refusal(file, 'saved', error)
  }
}

/**
 * The state a file holds; a new one where there is no file. Throws StateFileError for a file that holds anything else,
 * and for a place where no state could be saved when the run is over.
 */
export async function loadState(file: string): Promise<SavedState> {
  await access(dirname(file), constants.W_OK).catch((error) => {
    throw refusal(file, 'saved', error)
  })
  const detect = newState()
  const campaigns: FoundCampaign[] = []
  if ((await stat(file).catch(() => null)) === null) return { detect, campaigns }
  const bad = (line: number, reason: string): StateFileError =>
    new StateFileError(
      `${file}:${line}: this is not a state that telltale saved: ${reason}; name another file with --state.`,
    )
  const reader = new StateReader(detect, campaigns)
  let line = 0
  try {
    const input = createZstdDecompress()
    createReadStream(file)
      .on('error', (error) => input.destroy(error))
      .pipe(input)
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++
      const problem = text.length > LIMITS.stateLineCharacters ? 'a line is too long' : reader.read(text)
      if (problem !== null) throw bad(line, problem)
    }
  } catch (error) {
    if (error instanceof StateFileError) throw error
    throw error instanceof Error && 'syscall' in error ? refusal(file, 'read', error) : bad(line, reasonOf(error))
  }
  if (!reader.hasHeader) throw bad(1, 'it is empty')
  return { detect, campaigns }
}

function refusal(file: string, what: 'read' | 'saved', error: unknown): StateFileError {
  return new StateFileError(
    `${file}: the state of the detectors cannot be ${what}: ${reasonOf(error)}; name another file with --state.`,
  )
}

function* chunksOf(state: SavedState): Generator<string> {
  let lines: string[] = [JSON.stringify(HEADER)]
  for (const row of rowsOf(state)) {
    lines.push(JSON.stringify(row))
    if (lines.length < LINES_PER_CHUNK) continue
    yield `${lines.join('\n')}\n`
    lines = []
  }
  yield `${lines.join('\n')}\n`
}

function* rowsOf({ detect: { subscribers, memory }, campaigns }: SavedState): Generator<Row> {
  const places = new Map<Place, number>()
  for (const { imsi, domain, serving } of subscribers.registrations()) {
    const { place, timeUs } = serving
    let number = places.get(place)
    if (number === undefined) {
      number = places.size
      places.set(place, number)
      yield ['place', number, place.protocol, place.address, place.via, place.plmn]
    }
    yield ['served', imsi, domain, number, timeUs]
  }
  for (const { msisdn, imsi } of subscribers.pairs()) yield ['number', msisdn, imsi]
  for (const [name, table] of memory.all()) {
    yield ['table', name, table.most]
    for (const [key, value] of table.entries()) yield ['entry', name, key, value]
  }
  for (const campaign of campaigns) yield ['campaign', campaign]
}

/** Puts rows into a state, each checked: the file may come from anywhere. */
class StateReader {
  hasHeader = false
  private readonly state: DetectState
  private readonly campaigns: FoundCampaign[]
  private readonly places: Place[] = []

  constructor(state: DetectState, campaigns: FoundCampaign[]) {
    this.state = state
    this.campaigns = campaigns
  }

  /** @returns what is wrong with a line, or null. */
  read(text: string): string | null {
    let row: unknown
    try {
      row = JSON.parse(text)
    } catch {
      return 'a line is no JSON'
    }
    if (!this.hasHeader) {
      this.hasHeader = isHeader(row)
      return this.hasHeader ? null : 'its first line says something else'
    }
    return Array.isArray(row) && this.take(row) ? null : 'a line cannot be read'
  }

  private take([kind, ...rest]: readonly unknown[]): boolean {
    const { subscribers, memory } = this.state
    if (kind === 'place') {
      const [number, protocol, address, via, plmn] = rest
      if (number !== this.places.length || (protocol !== 'map' && protocol !== 'diameter')) return false
      if (typeof address !== 'string' || !isTextOrNull(via) || !isTextOrNull(plmn)) return false
      this.places.push({ protocol, address, via, plmn })
      return true
    }
    if (kind === 'served') {
      const [imsi, domain, number, timeUs] = rest
      const place = typeof number === 'number' ? this.places[number] : undefined
      if (typeof imsi !== 'string' || (domain !== 'cs' && domain !== 'ps') || place === undefined) return false
      if (typeof timeUs !== 'number') return false
      subscribers.register(imsi, domain, place, timeUs)
      return true
    }
    if (kind === 'campaign') {
      const [campaign] = rest
      if (!isCampaign(campaign)) return false
      this.campaigns.push(campaign)
      return true
    }
    const [name, key, value] = rest
    if (typeof name !== 'string') return false
    if (kind === 'number') {
      if (typeof key !== 'string') return false
      subscribers.pair(name, key)
      return true
    }
    if (kind === 'table') {
      if (typeof key !== 'number' || key < 1 || key > LIMITS.subscribers) return false
      memory.table(name, key)
      return true
    }
    if (kind !== 'entry' || typeof key !== 'string' || !isKept(value)) return false
    memory.table(name).set(key, value)
    return true
  }
}

function isHeader(row: unknown): boolean {
  return (
    typeof row === 'object' &&
    row !== null &&
    'schema' in row &&
    row.schema === 1 &&
    'kind' in row &&
    row.kind === HEADER.kind
  )
}

/** What grouping reads of a campaign; the rest is only written again. */
function isCampaign(value: unknown): value is FoundCampaign {
  const found = value as FoundCampaign | null
  return (
    typeof found === 'object' &&
    found !== null &&
    found.campaign?.schema === 1 &&
    typeof found.campaign.id === 'string' &&
    Array.isArray(found.campaign.members) &&
    Array.isArray(found.subjectKeys) &&
    Array.isArray(found.patterns)
  )
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function isKept(value: unknown): value is Kept {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'number' || typeof one === 'string')
  return typeof value === 'number' || typeof value === 'string'
}
