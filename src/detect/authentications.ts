import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import type { Memory, Table } from './state/memory.ts'
import { type Place, placeOf } from './state/subscribers.ts'
import { countriesOfPlace } from './travel.ts'

/** The requests for authentication data, which a serving network sends before it registers a phone (TS 29.002 §25.5.1). */
export const AUTHENTICATION_OPERATIONS = ['sendAuthenticationInfo', 'Authentication-Information'] as const

const DAY_US = 86_400_000_000

/** Who last asked for a subscriber's authentication data: a phone was in touch with that network then. */
export class Authentications {
  /** Time, protocol, address, sender's title or realm, visited network; empty texts where unknown. */
  private readonly table: Table<readonly [number, string, string, string, string]>
  private readonly network: Network

  constructor(memory: Memory, network: Network) {
    // one table for all detectors: they note the same
    this.table = memory.table('authentications')
    this.network = network
  }

  /** Notes a request for authentication data. @returns whether the event is one. */
  note(event: SignallingEvent): boolean {
    if (event.operation !== 'sendAuthenticationInfo' && event.operation !== 'Authentication-Information') return false
    const imsi = event.subjectImsi
    if (imsi === null || (event.kind !== 'invoke' && event.kind !== 'request')) return true
    const known = this.table.get(imsi)
    if (known !== undefined && known[0] === event.timeUs) return true
    const place = event.protocol === 'diameter' ? placeOf(event) : titlePlace(event)
    if (place === null) return true
    this.table.set(imsi, [event.timeUs, place.protocol, place.address, place.via ?? '', place.plmn ?? ''])
    return true
  }

  /** When a network of the same country as `place` last asked, if it was the last to ask, within a day; null else. */
  lastFrom(place: Place, imsi: string, nowUs: number): number | null {
    const known = this.table.get(imsi)
    if (known === undefined || nowUs - known[0] > DAY_US) return null
    const [timeUs, protocol, address, via, plmn] = known
    const asker: Place = {
      protocol: protocol === 'diameter' ? 'diameter' : 'map',
      address,
      via: via === '' ? null : via,
      plmn: plmn === '' ? null : plmn,
    }
    if (address === place.address || (asker.via !== null && asker.via === place.via)) return timeUs
    const countries = countriesOfPlace(place, this.network)
    return countriesOfPlace(asker, this.network).some((country) => countries.includes(country)) ? timeUs : null
  }
}

function titlePlace(event: SignallingEvent): Place | null {
  const title = callingTitle(event)
  return title === null ? null : { protocol: 'map', address: title, via: title, plmn: null }
}
