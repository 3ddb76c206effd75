import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import type { Resolution } from '../network/resolution.ts'
import { maskImsi, maskMsisdn } from '../numbering/mask.ts'

/** Clauses that detectors build their sentences from. Identities come out masked. */

/** `the operator Example (FR)`, `an unknown operator in FR`, `an unknown network`. */
export function operatorWords({ operator, country }: Resolution): string {
  if (operator !== null) return country === null ? operator : `${operator} (${country})`
  return country === null ? 'an unknown network' : `an unknown operator in ${country}`
}

/** The calling address and whose it is. */
export function sourceWords(event: SignallingEvent, network: Network): string {
  if (event.protocol === 'diameter') {
    const name = event.originHost ?? event.originRealm
    const owner = network.operatorOfRealm(event.originRealm ?? event.originHost)
    return name === null ? 'a Diameter node that is not named' : `${name} of ${operatorWords(owner)}`
  }
  if (event.protocol === 'gtpv1' || event.protocol === 'gtpv2') {
    return `${event.srcIp ?? 'an address that is missing'} of ${operatorWords(network.operatorOfIp(event.srcIp))}`
  }
  if (event.callingGt !== null)
    return `${event.callingGt} of ${operatorWords(network.operatorOfGt(callingTitle(event)))}`
  const owner = network.operatorOfPointCode(event.opc)
  return event.opc === null ? 'an address that is missing' : `point code ${event.opc} of ${operatorWords(owner)}`
}

/** `IMSI 00101*******21` or the number, masked. */
export function subjectWords(event: SignallingEvent): string {
  if (event.subjectImsi !== null) return `IMSI ${maskImsi(event.subjectImsi)}`
  if (event.subjectMsisdn !== null) return `number ${maskMsisdn(event.subjectMsisdn)}`
  return 'a subscriber who is not named'
}
