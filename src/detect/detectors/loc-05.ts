import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isRequest, judgeHomeOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable, type Verdict } from '../detector.ts'

export const insertSubscriberDataLocation = defineDetector({
  id: 'LOC-05',
  version: 2,
  class: 'location',
  severity: 'high',
  title: 'Location request in a profile update from a realm that is not the subscriber’s home',
  explanation:
    'Insert-Subscriber-Data may carry, in place of a profile, flags that make the serving MME or SGSN tell the cell a phone is in, or its state, at need by paging it. Only the home register sends it. The network that issued the IMSI is held against that of the Origin-Realm; a request with such flags and no profile at all is the clearest sign, and there the flags that ask when the phone can be reached, or where it last was on the air, tell as well (3GPP TS 29.272 §5.2.2.1, §7.3.103).',
  techniques: ['MOT5012.501', 'MOT3003.302', 'FGT5012.008', 'FGT5012.004'],
  benign: [
    'A virtual operator or multi-IMSI SIM whose home is listed under another operator.',
    'A signalling hub that puts its own realm in place of the home network’s.',
    'A location request of the home for a voice call over LTE, through an agent of another name.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'The origin: the request names neither realm nor host.',
    'Whose the realm or the IMSI is: neither the network file nor public numbering tells.',
    'What is asked for: the flags cannot be read.',
  ],
  operations: ['Insert-Subscriber-Data'],
  kinds: ['invoke', 'request'],
  example:
    'hss1.epc.mnc045.mcc001.3gppnetwork.org asks our MME with EPS-Location-Information-Request and Current-Location-Request for a phone whose IMSI another network issued.',
  thresholds: [],
  detect(event, network): Verdict {
    if (!isRequest(event)) return null
    if (!asksWhere(event))
      return isUnread(event) ? unavailable('the flags that say what is asked cannot be read') : null
    const verdict = judgeHomeOnly(event, network, 'asks for the location or state of another operator’s subscriber')
    if (verdict === null || typeof verdict === 'string' || verdict.outcome !== 'fail') return verdict
    const pattern = event.detail.profileParts.length === 0 ? 1 : 0.85
    return { ...verdict, confidence: confidence({ ...verdict.confidence.parts, pattern }) }
  },
})

/** Bits of IDR-Flags: EPS-User-State-, EPS-Location-Information- and Current-Location-Request. Source: TS 29.272 §7.3.103. */
const STATE_OR_LOCATION = 0b11100

/** UE-Reachability-, T-ADS-Data- and Local-Time-Zone-Request, which come with a profile as well. */
const PRESENCE = 0b100011

/** Whether a request without a profile, which can only ask for something, has no flags that can be read. */
function isUnread({ detail, anomalies }: SignallingEvent): boolean {
  return detail.flags === null && detail.profileParts.length === 0 && anomalies.includes('avpValueLength')
}

function asksWhere({ locationWanted, detail }: SignallingEvent): boolean {
  const flags = detail.flags ?? 0
  if (locationWanted || (flags & STATE_OR_LOCATION) !== 0) return true
  return detail.profileParts.length === 0 && (flags & PRESENCE) !== 0
}
