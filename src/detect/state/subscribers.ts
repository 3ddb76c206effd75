import type { SignallingEvent } from '../../event/signalling-event.ts'
import { LIMITS } from '../../limits.ts'
import { packDigits, unpackDigits } from '../../numbering/packed-digits.ts'
import { Places } from './places.ts'
import { longer, Slots } from './slots.ts'

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

const DOMAINS = { cs: 0, ps: 1 } as const
/** Rows of a subscriber: for each domain the place now and the one before. */
const ROWS = 4


const ROUTING_FOR_MESSAGES: ReadonlySet<string> = new Set(['sendRoutingInfoForSM', 'Send-Routing-Info-for-SM'])

/** The domain that a registration of this name sets; null for any other operation. */
export function registrationDomain(operation: string | null): Domain | null {
  if (operation === 'updateLocation') return 'cs'
  return operation === 'updateGprsLocation' || operation === 'Update-Location' ? 'ps' : null
}

/**
 * Where each subscriber was last served, by SS7 and Diameter together, learnt only from registrations that were accepted:
 * LIMITS.subscribers at most, some 80 octets each; what gives way is counted. A registration does not end the other
 * domain's, as a phone may be attached in both (TS 23.272).
 */
export class Subscribers {
  private readonly places = new Places()
  /** The IMSI asked for last: detectors ask one after the other for the same. */
  private lastImsi: string | null = null
  private lastSlot = -1
  private place = new Int32Array(0)
  private time = new Float64Array(0)
  private readonly slots = new Slots(
    LIMITS.subscribers,
    (slots) => {
      this.place = longer(this.place, new Int32Array(slots * ROWS))
      this.time = longer(this.time, new Float64Array(slots * ROWS))
    },
    (slot) => {
      this.place.fill(0, slot * ROWS, (slot + 1) * ROWS)
    },
  )
  private imsis = new Float64Array(0)
  private readonly numbers = new Slots(
    LIMITS.subscribers,
    (slots) => {
      this.imsis = longer(this.imsis, new Float64Array(slots))
    },
    (slot) => {
      this.imsis[slot] = 0
    },
  )

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
    return this.read(imsi, DOMAINS[domain] * 2)
  }

  /** Where it was before that. */
  before(imsi: string | null, domain: Domain): Serving | null {
    return this.read(imsi, DOMAINS[domain] * 2 + 1)
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
    const imsi = slot < 0 ? 0 : (this.imsis[slot] ?? 0)
    return imsi === 0 ? null : unpackDigits(imsi)
  }

  /** Learns from a request and the answer that accepted it. */
  learn(request: SignallingEvent, answer: SignallingEvent): void {
    const domain = registrationDomain(request.operation)
    if (domain !== null) {
      const place = placeOf(request)
      if (place !== null) this.register(request.subjectImsi, domain, place, answer.timeUs)
    }
    // under home routing these answers hold identities made up for one message (TS 23.040 §3.2.7.4)
    if (ROUTING_FOR_MESSAGES.has(request.operation ?? '')) return
    const msisdn = request.msisdn ?? answer.msisdn
    const imsi = request.imsi ?? answer.imsi
    if (msisdn !== null && imsi !== null) this.pair(msisdn, imsi)
  }

  /** Sets where a subscriber is served. */
  register(imsi: string | null, domain: Domain, place: Place, timeUs: number): void {
    const key = imsi === null ? 0 : packDigits(imsi)
    if (key === 0) return
    this.lastImsi = null
    this.lastSlot = -1
    const row = this.slots.take(key) * ROWS + DOMAINS[domain] * 2
    const number = this.places.numberOf(place)
    if (this.place[row] !== number) {
      this.place[row + 1] = this.place[row] ?? 0
      this.time[row + 1] = this.time[row] ?? 0
      this.place[row] = number
    }
    this.time[row] = timeUs
  }

  /** Every subscriber's places, for saving. */
  *registrations(): Generator<{ readonly imsi: string; readonly domain: Domain; readonly serving: Serving }> {
    for (const [key] of this.slots.entries()) {
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
      const imsi = this.imsis[slot] ?? 0
      if (imsi !== 0) yield { msisdn: unpackDigits(key), imsi: unpackDigits(imsi) }
    }
  }

  /** Notes whose number it is. */
  pair(msisdn: string, imsi: string): void {
    const key = packDigits(msisdn)
    const packed = packDigits(imsi)
    if (key !== 0 && packed !== 0) this.imsis[this.numbers.take(key)] = packed
  }

  private read(imsi: string | null, offset: number): Serving | null {
    if (imsi !== this.lastImsi) {
      const key = imsi === null ? 0 : packDigits(imsi)
      this.lastImsi = imsi
      this.lastSlot = key === 0 ? -1 : this.slots.find(key)
    }
    const slot = this.lastSlot
    if (slot < 0) return null
    const number = this.place[slot * ROWS + offset] ?? 0
    const place = this.places.at(number)
    return place === null ? null : { place, timeUs: this.time[slot * ROWS + offset] ?? 0 }
  }
}

/** The node a registration names; null where it names none. */
export function placeOf(request: SignallingEvent): Place | null {
  if (request.protocol === 'diameter') {
    const address = request.originHost ?? request.originRealm
    if (address === null) return null
    return { protocol: 'diameter', address, via: request.originRealm, plmn: request.visitedPlmn }
  }
  const address = request.nodeAddress ?? request.callingGt
  return address === null ? null : { protocol: 'map', address, via: request.callingGt, plmn: null }
}
