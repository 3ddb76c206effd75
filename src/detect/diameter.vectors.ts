import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'

/** The realm of a network. Source: 3GPP TS 23.003 §19.2. */
export function realmOf(plmn: string): string {
  return `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`
}

/** A request of S6a from the host `node` of one network to another network. */
export function s6aRequest(
  operation: string,
  from: string,
  to: string,
  given: Partial<SignallingEvent> = {},
  node = 'mme1',
): SignallingEvent {
  const originHost = `${node}.${realmOf(from)}`
  return signallingEvent({
    protocol: 'diameter',
    kind: 'request',
    operation,
    tcap: null,
    opcodeForm: null,
    opc: null,
    dpc: null,
    callingSsn: null,
    calledSsn: null,
    invokeId: null,
    applicationId: 16777251,
    originHost,
    originRealm: realmOf(from),
    destinationRealm: realmOf(to),
    sessionId: `${originHost};1700000000;42`,
    ...given,
  })
}
