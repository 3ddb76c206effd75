import type { AnomalyList } from '../signalling/anomaly.ts'
import type { SmsAssembly } from '../signalling/sms/assembly.ts'
import type { MapOpen } from '../signalling/ss7/map/map.ts'
import type { MapFields } from '../signalling/ss7/map/walker.ts'
import type { SccpUnitdata } from '../signalling/ss7/sccp.ts'
import type { SccpAddress } from '../signalling/ss7/sccp-address.ts'
import type { TcapComponent } from '../signalling/ss7/tcap.ts'
import { shortMessage } from './short-message.ts'
import type { EventKind, SmsHeaders } from './signalling-event.ts'

/* What an event of SS7 takes from the layers of its message. */

const MT_FORWARD_SM = 44
const MO_FORWARD_SM = 46

/** How many invokes stand in front of a component in its message. */
export function invokesBefore(components: readonly TcapComponent[], component: TcapComponent | null): number {
  let count = 0
  for (const other of components) {
    if (other === component) break
    if (other.name === 'invoke') count++
  }
  return count
}

/** The text an address is matched by: its global title, else its point code. */
export function addressOf(address: SccpAddress, pointCode: number | null): string {
  return address.gt ?? `pc ${address.pointCode ?? pointCode}`
}

/** Notes what is missing of the addresses. */
export function noteAddressing(sccp: SccpUnitdata, anomalies: AnomalyList): void {
  if (sccp.called.ssn === null || sccp.called.ssn === 0) anomalies.add('calledSsnMissing')
  const { calling } = sccp
  if (calling.gt === null && calling.ssn === null && calling.pointCode === null) anomalies.add('callingAddressMissing')
  else if (calling.ssn === null || calling.ssn === 0) anomalies.add('callingSsnMissing')
}

/** MAP-OpenInfo names the subscriber of supplementary service dialogues, whose arguments do not. */
export function takeReference(open: MapOpen, fields: MapFields): void {
  if (open.destinationReference === null) return
  if (open.destinationIsImsi) fields.imsi ??= open.destinationReference
  else if (fields.imsi === null) fields.msisdn ??= open.destinationReference
}

/** The headers of the short message that an operation carries; parts are put together. */
export function smsHeaders(
  assembly: SmsAssembly,
  code: number | null,
  kind: EventKind,
  fields: MapFields,
  timeUs: number,
  anomalies: AnomalyList,
): SmsHeaders | null {
  if (fields.tpdu === null) return null
  const isReport = kind === 'result' || kind === 'error'
  // phases 1 and 2 use one code for both directions: towards the phone the destination is an IMSI
  const isDelivery =
    code === MT_FORWARD_SM || (code === MO_FORWARD_SM && fields.imsi !== null && fields.msisdn === null)
  const toMobile = isReport ? !isDelivery : isDelivery
  return shortMessage(assembly, fields, { toMobile, isReport, isError: kind === 'error' }, timeUs, anomalies)
}
