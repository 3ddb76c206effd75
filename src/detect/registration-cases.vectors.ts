import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Cast, Party } from './cast.vectors.ts'
import type { Story } from './sequence.vectors.ts'

/** Registrations for the stories of sequence detectors: a second passes between a request and its answer. */

/** A VLR registers a phone of `home`, and is accepted unless told otherwise. */
export function register(
  story: Story,
  seconds: number,
  { vlr }: Pick<Party, 'vlr'>,
  home: Party,
  given: Partial<SignallingEvent> = {},
  answer: Partial<SignallingEvent> = {},
): SignallingEvent {
  const request = story.invoke(seconds, 'updateLocation', {
    callingGt: vlr,
    callingSsn: 7,
    calledGt: home.hlr,
    nodeAddress: vlr,
    imsi: home.imsi,
    ...given,
  })
  story.result(seconds + 1, request, answer)
  return request
}

export function realmOf({ plmn }: Party): string {
  return `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`
}

/** Origin of a node of a party, and the network it says is visited. */
export function lteOrigin(party: Party, node = 'mme1'): Partial<SignallingEvent> {
  return { originHost: `${node}.${realmOf(party)}`, originRealm: realmOf(party), visitedPlmn: party.plmn }
}

/** An MME registers a phone of `home`, and is accepted. */
export function registerLte(
  story: Story,
  seconds: number,
  party: Party,
  home: Party,
  given: Partial<SignallingEvent> = {},
): SignallingEvent {
  const request = story.request(seconds, 'Update-Location', {
    ...lteOrigin(party),
    destinationRealm: realmOf(home),
    imsi: home.imsi,
    ...given,
  })
  story.answer(seconds + 1, request)
  return request
}

/** A VLR asks for authentication data of a phone of `home`. */
export function authenticate(story: Story, seconds: number, { vlr }: Pick<Party, 'vlr'>, home: Party): void {
  const request = story.invoke(seconds, 'sendAuthenticationInfo', {
    callingGt: vlr,
    calledGt: home.hlr,
    imsi: home.imsi,
  })
  story.result(seconds + 1, request)
}

/** In each cast, a network in a far country and one close to home or the partner. */
export function farFrom({ other, stranger, home }: Cast): Party {
  return home.prefix.startsWith('1212') ? other : stranger
}
