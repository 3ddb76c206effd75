import { LEVELS } from '../../campaign/levels.ts'
import { formatPointCode } from '../../numbering/point-code.ts'
import { observableId, rangeId } from './stix-id.ts'
import { ownId, type Publisher, relation, type StixObject, sourceInfrastructure } from './stix-objects.ts'
import type { Survey, SurveyedSource } from './stix-survey.ts'
import { INTELLIGENCE_WORDS as I } from './stix-words.ts'

/** Addresses that several sources of a case have in common: a range of titles, a point code, or a group of point codes. */
export interface Block {
  /** Stays the same from case to case. */
  readonly key: string
  readonly kind: 'titles' | 'point-code' | 'point-codes'
  /** The observable that the block is made of. */
  readonly observable: Range | { readonly type: 'signalling-point-code'; readonly id: string }
  readonly name: string
  /** Keys of its sources in the survey. */
  readonly sources: string[]
  /** Different addresses seen in it. */
  readonly addresses: Set<string>
}

/** A stretch of addresses, both ends in it. */
export interface Range {
  readonly type: 'global-title-range' | 'signalling-point-code-range'
  readonly id: string
  readonly first: string | number
  readonly last: string | number
}

export const TITLE_RANGE_EXTENSION = 'extension-definition--819f333c-93d2-58cd-9da7-86498ce7f935'
export const POINT_CODE_RANGE_EXTENSION = 'extension-definition--0b5c26e3-e703-5291-990a-b24ae73436d7'

/** A block of fewer sources is no more than they are. */
const LEAST_SOURCES = 2
const LARGEST_ITU_CODE = 0x3fff
/** Point codes of one signalling network: 8 of ITU-T Q.708 §3, 256 of a cluster of ANSI T1.111.8. */
const ITU_BITS = 3
const ANSI_BITS = 8

/** Blocks that at least two sources of a case share, in the order in which the case first names one of their sources. */
export function blocksOf({ sources }: Survey): Block[] {
  const blocks = new Map<string, Block>()
  for (const [key, source] of sources) {
    for (const [block, address] of placesOf(source)) {
      const known = blocks.get(block.key) ?? block
      blocks.set(block.key, known)
      known.sources.push(key)
      known.addresses.add(address)
    }
  }
  return [...blocks.values()].filter(
    ({ kind, sources: own, addresses }) =>
      own.length >= LEAST_SOURCES && (kind === 'point-code' || addresses.size >= LEAST_SOURCES),
  )
}

/** A block, what it is made of, and the sources in it. */
export function* blockObjects(publisher: Publisher, survey: Survey, block: Block): Generator<StixObject> {
  const { key, name, kind, observable, sources, addresses } = block
  const id = blockId(publisher, block)
  if ('first' in observable) yield rangeObject(publisher, observable)
  const seen = sources.map((source) => survey.sources.get(source)).filter((source) => source !== undefined)
  const operators = new Set(seen.map(({ operator }) => operator))
  yield sourceInfrastructure(publisher, ['block', key], {
    name,
    description: I.block(kind, sources.length, addresses.size, operators.size === 1 && !operators.has(null)),
    firstSeen: seen.map(({ firstSeen }) => firstSeen).sort()[0] ?? '',
    lastSeen:
      seen
        .map(({ lastSeen }) => lastSeen)
        .sort()
        .at(-1) ?? '',
  })
  // a single point code is an observable of the survey, which has a bound
  if ('first' in observable || survey.observables.has(observable.id)) {
    yield relation(publisher, 'consists-of', id, observable.id, null)
  }
  for (const source of sources) {
    yield relation(publisher, 'consists-of', id, ownId(publisher, 'infrastructure', source), I.blockMember)
  }
}

export function blockId(publisher: Publisher, { key }: Block): string {
  return ownId(publisher, 'infrastructure', 'block', key)
}

function rangeObject({ markings }: Publisher, { type, id, first, last }: Range): StixObject {
  const extension = type === 'global-title-range' ? TITLE_RANGE_EXTENSION : POINT_CODE_RANGE_EXTENSION
  const extensions = { [extension]: { extension_type: 'new-sco' } }
  return { type, spec_version: '2.1', id, first, last, object_marking_refs: markings, extensions }
}

/** The blocks that a source may be in, each with its address there. */
function placesOf(source: SurveyedSource): (readonly [Block, string])[] {
  const places: (readonly [Block, string])[] = []
  const { kind, value } = source
  if (kind === 'gt' && /^\d+$/.test(value)) {
    const prefix = titleRange(value)
    const free = value.length - prefix.length
    if (free > 0) {
      const range = rangeOf('global-title-range', prefix + '0'.repeat(free), prefix + '9'.repeat(free))
      places.push([blockOf('titles', range, I.titleRange(String(range.first), String(range.last))), value])
    }
  }
  for (const code of source.pointCodes) {
    const id = observableId('signalling-point-code', code)
    const name = I.pointCodeBlock(formatPointCode(code))
    places.push([
      { ...empty('point-code', `point-code ${code}`, name), observable: { type: 'signalling-point-code', id } },
      String(code),
    ])
    const bits = code > LARGEST_ITU_CODE ? ANSI_BITS : ITU_BITS
    const first = (code >> bits) << bits
    const range = rangeOf('signalling-point-code-range', first, first + (1 << bits) - 1)
    const ends = [range.first, range.last].map((end) => formatPointCode(Number(end)))
    places.push([blockOf('point-codes', range, I.pointCodeRange(ends[0] ?? '', ends[1] ?? '')), String(code)])
  }
  return places
}

/** What the titles of one range have in common; campaigns tell ranges apart by the same digits. */
function titleRange(title: string): string {
  const level = LEVELS.find(({ name }) => name === 'range')
  const nobody = { host: null, realm: null, ip: null, opc: null, operator: null, country: null }
  return level?.key({ ...nobody, gt: title })?.slice('gt:'.length) ?? title
}

function rangeOf(type: Range['type'], first: string | number, last: string | number): Range {
  return { type, id: rangeId(type, first, last), first, last }
}

function blockOf(kind: Block['kind'], range: Range, name: string): Block {
  return { ...empty(kind, `${range.type} ${range.first} ${range.last}`, name), observable: range }
}

function empty(kind: Block['kind'], key: string, name: string): Omit<Block, 'observable'> {
  return { key, kind, name, sources: [], addresses: new Set() }
}
