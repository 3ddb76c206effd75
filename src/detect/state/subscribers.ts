import type { SignallingEvent } from '../../event/signalling-event.ts'
import { LIMITS } from '../../limits.ts'
import { packDigits, unpackDigits } from '../../numbering/packed-digits.ts'
import { Places } from './places.ts'
import { type NumberColumn, Slots } from './slots.ts'
import { keyOf } from './subjects.ts'

/** What serves a subscriber: circuit-switched by a VLR; packet-switched by an SGSN or MME. A phone has one of each. */
export type Domain = 'cs' | 'ps'

/** A node, as the completed registration named it. */
export interface Place {
  readonly protocol: 'map' | 'diameter'
  /** VLR or SGSN number, or Origin-Host of the MME. */
  readonly address: string
  /** Calling global title of the registration, or Origin-Realm. */
  readonly via: string | null
  /** Visited-PLMN-Id, where the registration named it. */
  readonly plmn: string | null
}

/** Where a subscriber was served, and when that was learnt. */
export interface Serving {
  readonly place: Place
  readonly timeUs: number
}

/** More than there are places (LIMITS.servingNodes). */
const BEFORE = 2 ** 24

/** An identity made up for one message is used again for its repetitions at most, µs. */
const APART_US = 3_600_000_000

const ROUTING_FOR_MESSAGES: ReadonlySet<string> = new Set(['sendRoutingInfoForSM', 'Send-Routing-Info-for-SM'])

/** Operations by which a serving node registers a subscriber. */
export const REGISTRATIONS = ['updateLocation', 'updateGprsLocation', 'Update-Location'] as const

/** The domain that a registration of this name sets; null for any other operation. */
export function registrationDomain(operation: string | null): Domain | null {
  if (operation === 'updateLocation') return 'cs'
  return operation === 'updateGprsLocation' || operation === 'Update-Location' ? 'ps' : null
}

/**
 * Where each subscriber was last served, by SS7 and Diameter together, learnt only from registrations that were accepted:
 * LIMITS.subscribers at most, 72 octets each; what gives way is counted. A registration does not end the other
 * domain's, as a phone may be attached in both (TS 23.272).
 */
export class Subscribers {
  private readonly places = new Places()
  /** The IMSI asked for last: detectors ask one after the other for the same. */
  private lastImsi: string | null = null
  private lastSlot = -1
  private readonly slots = new Slots(LIMITS.subscribers)
  private readonly domains: Readonly<Record<Domain, DomainColumns>> = {
    cs: columnsOf(this.slots),
    ps: columnsOf(this.slots),
  }
  private readonly numbers = new Slots(LIMITS.subscribers)
  /** The IMSI of a number; below 0 one that was offered, not yet believed, at the time beside it. */
  private readonly imsis = this.numbers.column()
  private readonly offeredUs = this.numbers.column()

  /** Subscribers known. */
  get size(): number {
    return this.slots.size
  }

  /** Subscribers that gave way to others. */
  get evicted(): number {
    return this.slots.evicted + this.numbers.evicted
  }

  /** Where the subscriber is served in a domain; null when not known. */
  serving(imsi: string | null, domain: Domain): Serving | null {
    const slot = this.slotOf(imsi)
    if (slot < 0) return null
    const { places, nowUs } = this.domains[domain]
    return servingAt(this.places.at(Math.floor(places.get(slot) / BEFORE)), nowUs.get(slot))
  }

  /** Where it was before that. */
  before(imsi: string | null, domain: Domain): Serving | null {
    const slot = this.slotOf(imsi)
    if (slot < 0) return null
    const { places, beforeUs } = this.domains[domain]
    return servingAt(this.places.at(places.get(slot) % BEFORE), beforeUs.get(slot))
  }

  /** The later of both domains. */
  lastServing(imsi: string | null): Serving | null {
    const cs = this.serving(imsi, 'cs')
    const ps = this.serving(imsi, 'ps')
    if (cs === null || ps === null) return cs ?? ps
    return cs.timeUs >= ps.timeUs ? cs : ps
  }

  /** The IMSI that an answer once gave for a number; null when none did. */
  imsiOf(msisdn: string | null): string | null {
    const key = msisdn === null ? 0 : packDigits(msisdn)
    const slot = key === 0 ? -1 : this.numbers.find(key)
    const imsi = slot < 0 ? 0 : this.imsis.get(slot)
    return imsi <= 0 ? null : unpackDigits(imsi)
  }

  /** Learns from a request and the answer that accepted it. */
  learn(request: SignallingEvent, answer: SignallingEvent): void {
    const domain = registrationDomain(request.operation)
    if (domain !== null) {
      const place = placeOf(request)
      if (place !== null) this.register(request.subjectImsi, domain, place, answer.timeUs)
    }
    const msisdn = request.msisdn ?? answer.msisdn
    const imsi = request.imsi ?? answer.imsi
    if (msisdn === null || imsi === null) return
    if (ROUTING_FOR_MESSAGES.has(request.operation ?? '')) this.offer(msisdn, imsi, answer.timeUs)
    else this.pair(msisdn, imsi)
  }

  /** Sets where a subscriber is served. */
  register(imsi: string | null, domain: Domain, place: Place, timeUs: number): void {
    if (imsi === null) return
    this.lastImsi = null
    this.lastSlot = -1
    const slot = this.slots.take(keyOf(imsi))
    const { places, nowUs, beforeUs } = this.domains[domain]
    const known = Math.floor(places.get(slot) / BEFORE)
    const number = this.places.numberOf(place)
    if (known !== number) {
      places.set(slot, number * BEFORE + known)
      beforeUs.set(slot, nowUs.get(slot))
    }
    nowUs.set(slot, timeUs)
  }

  /** Every subscriber's places, for saving; what has a pseudonym is known for one run. */
  *registrations(): Generator<{ readonly imsi: string; readonly domain: Domain; readonly serving: Serving }> {
    for (const [key] of this.slots.entries()) {
      if (key < 0) continue
      const imsi = unpackDigits(key)
      for (const domain of ['cs', 'ps'] as const) {
        const before = this.before(imsi, domain)
        if (before !== null) yield { imsi, domain, serving: before }
        const serving = this.serving(imsi, domain)
        if (serving !== null) yield { imsi, domain, serving }
      }
    }
  }

  /** Every number and its IMSI, for saving. */
  *pairs(): Generator<{ readonly msisdn: string; readonly imsi: string }> {
    for (const [key, slot] of this.numbers.entries()) {
      const imsi = this.imsis.get(slot)
      if (imsi > 0) yield { msisdn: unpackDigits(key), imsi: unpackDigits(imsi) }
    }
  }

  /** Notes whose number it is. */
  pair(msisdn: string, imsi: string): void {
    const key = packDigits(msisdn)
    const packed = packDigits(imsi)
    if (key !== 0 && packed !== 0) this.imsis.set(this.numbers.take(key), packed)
  }

  /**
   * Under home routing, answers for messages hold identities made up for one message (TS 23.040 §3.2.7.4): one is believed
   * that registered, or that comes again after a while.
   */
  private offer(msisdn: string, imsi: string, timeUs: number): void {
    const key = packDigits(msisdn)
    const packed = packDigits(imsi)
    if (key === 0 || packed === 0) return
    const slot = this.numbers.take(key)
    const known = this.imsis.get(slot)
    if (known > 0) return
    const isAgain = known === -packed && timeUs - this.offeredUs.get(slot) >= APART_US
    if (isAgain || this.slots.find(packed) >= 0) this.imsis.set(slot, packed)
    else if (known !== -packed) {
      this.imsis.set(slot, -packed)
      this.offeredUs.set(slot, timeUs)
    }
  }

  private slotOf(imsi: string | null): number {
    if (imsi !== this.lastImsi) {
      this.lastImsi = imsi
      this.lastSlot = imsi === null ? -1 : this.slots.find(keyOf(imsi))
    }
    return this.lastSlot
  }
}

/** Where a subscriber is in a domain: the number of the place now, times BEFORE, and that of the one before it; the times. */
interface DomainColumns {
  readonly places: NumberColumn
  readonly nowUs: NumberColumn
  readonly beforeUs: NumberColumn
}

function columnsOf(slots: Slots): DomainColumns {
  return { places: slots.column(), nowUs: slots.column(), beforeUs: slots.column() }
}

function servingAt(place: Place | null, timeUs: number): Serving | null {
  return place === null ? null : { place, timeUs }
}

let lastRequest: SignallingEvent | null = null
let lastPlace: Place | null = null

/** The node a registration names; null where it names none. Several ask about one request before the next one comes. */
export function placeOf(request: SignallingEvent): Place | null {
  if (request !== lastRequest) {
    lastPlace = findPlace(request)
    lastRequest = request
  }
  return lastPlace
}

function findPlace(request: SignallingEvent): Place | null {
  if (request.protocol === 'diameter') {
    const address = request.originHost ?? request.originRealm
    if (address === null) return null
    return { protocol: 'diameter', address, via: request.originRealm, plmn: request.visitedPlmn }
  }
  const address = request.nodeAddress ?? request.callingGt
  return address === null ? null : { protocol: 'map', address, via: request.callingGt, plmn: null }
}
