import type { ObservedSource } from '../../campaign/observation.ts'
import type { FindingSource } from '../../finding/finding.ts'
import { LIMITS } from '../../limits.ts'
import type { CaseReader } from '../case-reader.ts'
import { type AddressKind, primaryAddress } from '../tally.ts'
import { ADDRESS_KINDS, type Observable, observableOf } from './stix-addresses.ts'
import { techniqueOf } from './techniques.ts'

/** A source address, with what all findings and campaigns say of it together. */
export interface SurveyedSource {
  readonly kind: AddressKind
  readonly value: string
  readonly operator: string | null
  readonly country: string | null
  /** Null where only a campaign names the address. */
  readonly method: string | null
  readonly observable: Observable | null
  /** ISO 8601 as the case writes it. */
  firstSeen: string
  lastSeen: string
  findings: number
  readonly techniques: Set<string>
  /** Point codes through which its messages came, the first `MOST_POINT_CODES`. */
  readonly pointCodes: Set<number>
}

export interface SurveyedDetector {
  readonly id: string
  readonly title: string
  findings: number
  readonly techniques: Set<string>
  readonly benign: Set<string>
  /** True where a finding of it names no technique of a catalogue. */
  hasUnnamed: boolean
}

export interface SurveyedTechnique {
  findings: number
  readonly detectors: Set<string>
}

/** What a case names, once each, in the order in which the case first names it. */
export interface Survey {
  readonly sources: ReadonlyMap<string, SurveyedSource>
  readonly observables: ReadonlyMap<string, Observable>
  readonly techniques: ReadonlyMap<string, SurveyedTechnique>
  readonly detectors: ReadonlyMap<string, SurveyedDetector>
  /** Findings whose source address is beyond `LIMITS.exportSources`. */
  readonly unlisted: number
}

/** A title comes through few neighbours: one for each link and plane. */
const MOST_POINT_CODES = 16

/** Reads the case once and keeps what its findings and campaigns share; memory has a bound, whatever their number. */
export async function surveyOf(reader: CaseReader): Promise<Survey> {
  const sources = new Map<string, SurveyedSource>()
  const observables = new Map<string, Observable>()
  const techniques = new Map<string, SurveyedTechnique>()
  const detectors = new Map<string, SurveyedDetector>()
  let unlisted = 0
  for await (const finding of reader.findings()) {
    const { firstSeen, lastSeen, detector } = finding
    const known = finding.techniques.filter((id) => techniqueOf(id) !== null)
    const source = note(sources, observables, finding.source, finding.source.method, firstSeen, lastSeen)
    if (source !== null) source.findings++
    else if (primaryAddress(finding.source) !== null) unlisted++
    const rule = entry(detectors, detector, () => ({
      id: detector,
      title: finding.title,
      findings: 0,
      techniques: new Set(),
      benign: new Set(),
      hasUnnamed: false,
    }))
    if (rule !== null) {
      rule.findings++
      if (known.length === 0) rule.hasUnnamed = true
      for (const cause of finding.benign) if (rule.benign.size < LIMITS.exportNames) rule.benign.add(cause)
    }
    for (const id of known) {
      const technique = entry(techniques, id, () => ({ findings: 0, detectors: new Set() }))
      if (technique === null) continue
      technique.findings++
      if (rule !== null) technique.detectors.add(detector)
      rule?.techniques.add(id)
      source?.techniques.add(id)
    }
  }
  for await (const { members } of reader.campaigns()) {
    for (const { source, firstSeen, lastSeen } of members) note(sources, observables, source, null, firstSeen, lastSeen)
  }
  return { sources, observables, techniques, detectors, unlisted }
}

/** Key of a source's main address in a survey; null for a source without one. */
export function surveyKey(source: ObservedSource | FindingSource): string | null {
  const address = primaryAddress({ ...source, method: '' })
  return address === null ? null : `${address.kind} ${address.value}`
}

function note(
  sources: Map<string, SurveyedSource>,
  observables: Map<string, Observable>,
  source: ObservedSource | FindingSource,
  method: string | null,
  firstSeen: string,
  lastSeen: string,
): SurveyedSource | null {
  const key = surveyKey(source)
  const address = primaryAddress({ ...source, method: '' })
  if (key === null || address === null) return null
  const known = sources.get(key)
  if (known !== undefined) {
    if (firstSeen < known.firstSeen) known.firstSeen = firstSeen
    if (lastSeen > known.lastSeen) known.lastSeen = lastSeen
    for (const kind of ADDRESS_KINDS) noteObservable(observables, observableOf(source, kind))
    notePointCode(known, source)
    return known
  }
  if (sources.size >= LIMITS.exportSources) return null
  for (const kind of ADDRESS_KINDS) noteObservable(observables, observableOf(source, kind))
  const observable = observableOf(source, address.kind)
  const { operator, country } = source
  const isCountry = country !== null && /^[A-Z]{2}$/.test(country)
  const fresh = {
    kind: address.kind,
    value: address.value,
    operator,
    country: isCountry ? country : null,
    method,
    observable: observable !== null && observables.has(observable.id) ? observable : null,
    firstSeen,
    lastSeen,
    findings: 0,
    techniques: new Set<string>(),
    pointCodes: new Set<number>(),
  }
  notePointCode(fresh, source)
  sources.set(key, fresh)
  return fresh
}

function notePointCode({ pointCodes }: SurveyedSource, source: ObservedSource | FindingSource): void {
  const code = observableOf(source, 'opc')?.value
  if (typeof code === 'number' && pointCodes.size < MOST_POINT_CODES) pointCodes.add(code)
}

function noteObservable(observables: Map<string, Observable>, observable: Observable | null): void {
  if (observable === null || observables.has(observable.id)) return
  if (observables.size < LIMITS.exportAddresses) observables.set(observable.id, observable)
}

/** The value of `key`, made when it is new; null when the map is full. */
function entry<T>(map: Map<string, T>, key: string, make: () => T): T | null {
  const known = map.get(key)
  if (known !== undefined) return known
  if (map.size >= LIMITS.exportNames) return null
  const fresh = make()
  map.set(key, fresh)
  return fresh
}
