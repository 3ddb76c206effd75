import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import type { Kept, Memory } from './state/memory.ts'
import { Places } from './state/places.ts'
import type { NumberColumn } from './state/slots.ts'
import type { SubjectRows, Subjects } from './state/subjects.ts'
import { type Place, placeOf } from './state/subscribers.ts'
import { countriesOfPlace } from './travel.ts'

/**
 * The requests for authentication data, which a serving network sends before it registers a phone (TS 29.002 §25.5.1); in
 * the first phase of MAP it does so by sendParameters.
 */
export const AUTHENTICATION_OPERATIONS = [
  'sendAuthenticationInfo',
  'Authentication-Information',
  'sendParameters',
] as const
const OPERATIONS: ReadonlySet<string | null> = new Set<string | null>(AUTHENTICATION_OPERATIONS)
/** Subsystem of a visitor register, which another asks by sendParameters who its phones are. */
const VLR = 7

const DAY_US = 86_400_000_000

/** Who last asked for a subscriber's authentication data: a phone was in touch with that network then. */
export class Authentications {
  private readonly subjects: Subjects
  private readonly asked: Asked
  private readonly network: Network

  constructor(memory: Memory, network: Network) {
    this.subjects = memory.subjects
    // one for all detectors: they note the same
    this.asked = memory.bySubject('authentications', (subjects) => new Asked(subjects))
    this.network = network
  }

  /** Notes a request for authentication data. @returns whether the event is one. */
  note(event: SignallingEvent): boolean {
    if (!asksForAuthentication(event)) return false
    const imsi = event.subjectImsi
    if (imsi === null || (event.kind !== 'invoke' && event.kind !== 'request')) return true
    const slot = this.subjects.of(imsi)
    if (this.asked.timeUs(slot) === event.timeUs) return true
    const place = event.protocol === 'diameter' ? placeOf(event) : titlePlace(event)
    if (place !== null) this.asked.set(slot, event.timeUs, place)
    return true
  }

  /** When a network of the same country as `place` last asked, if it was the last to ask, within a day; null else. */
  lastFrom(place: Place, imsi: string, nowUs: number): number | null {
    const slot = this.subjects.find(imsi)
    const timeUs = slot < 0 ? 0 : this.asked.timeUs(slot)
    const asker = timeUs === 0 || nowUs - timeUs > DAY_US ? null : this.asked.place(slot)
    if (asker === null) return null
    if (asker.address === place.address || (asker.via !== null && asker.via === place.via)) return timeUs
    const countries = countriesOfPlace(place, this.network)
    return countriesOfPlace(asker, this.network).some((country) => countries.includes(country)) ? timeUs : null
  }
}

/** Whether an event is, or answers, a request to the home for authentication data. */
export function asksForAuthentication({ operation, calledSsn }: SignallingEvent): boolean {
  return OPERATIONS.has(operation) && (operation !== 'sendParameters' || calledSsn !== VLR)
}

/** The last asker of each subscriber. Saved as time, protocol, address, title or realm, visited network; empty if unknown. */
class Asked implements SubjectRows {
  private readonly times: NumberColumn
  private readonly askers: NumberColumn
  private readonly places = new Places()

  constructor(subjects: Subjects) {
    this.times = subjects.numbers()
    this.askers = subjects.numbers()
  }

  /** 0 when nobody asked. */
  timeUs(slot: number): number {
    return this.times.get(slot)
  }

  place(slot: number): Place | null {
    return this.places.at(this.askers.get(slot))
  }

  set(slot: number, timeUs: number, place: Place): void {
    this.times.set(slot, timeUs)
    this.askers.set(slot, this.places.numberOf(place))
  }

  read(slot: number): Kept | undefined {
    const place = this.place(slot)
    return place === null
      ? undefined
      : [this.timeUs(slot), place.protocol, place.address, place.via ?? '', place.plmn ?? '']
  }

  write(slot: number, row: Kept): void {
    if (!Array.isArray(row)) return
    const [timeUs, protocol, address, via, plmn] = row
    this.set(slot, Number(timeUs), {
      protocol: protocol === 'diameter' ? 'diameter' : 'map',
      address: String(address),
      via: via === '' ? null : String(via),
      plmn: plmn === '' ? null : String(plmn),
    })
  }
}

function titlePlace(event: SignallingEvent): Place | null {
  const title = callingTitle(event)
  return title === null ? null : { protocol: 'map', address: title, via: title, plmn: null }
}
