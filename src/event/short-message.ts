import { Fault } from '../bytes/fault.ts'
import type { Slice } from '../bytes/slice.ts'
import type { AnomalyList } from '../signalling/anomaly.ts'
import type { SmsAssembly } from '../signalling/sms/assembly.ts'
import { decodeSms, type SmsDirection } from '../signalling/sms/tpdu.ts'
import type { SmsHeaders } from './signalling-event.ts'

/** What a protocol that carries a short message says of it. */
interface Carrier {
  readonly tpdu: Slice | null
  readonly imsi: string | null
  readonly msisdn: string | null
}

/**
 * The headers of the short message that an operation carries, whatever its protocol; parts are put together.
 * @returns null where there is none, or none that can be read.
 */
export function shortMessage(
  assembly: SmsAssembly,
  { tpdu, imsi, msisdn }: Carrier,
  direction: SmsDirection,
  timeUs: number,
  anomalies: AnomalyList,
): SmsHeaders | null {
  if (tpdu === null) return null
  const { toMobile } = direction
  const sms = decodeSms(tpdu.bytes, tpdu.start, tpdu.end, direction, anomalies)
  if (sms instanceof Fault) return null
  const originator = toMobile ? sms.address : msisdn
  const destination = toMobile ? imsi : sms.address
  const whole =
    sms.concatenation === null ? null : assembly.add(sms, tpdu.bytes, originator, destination, timeUs, anomalies)
  const { pid, dcs, udh } = sms
  return {
    pid,
    dcs,
    udh,
    originator,
    oaType: toMobile ? sms.addressType : null,
    tpdu: whole === null ? sms : { ...sms, ...whole },
  }
}
