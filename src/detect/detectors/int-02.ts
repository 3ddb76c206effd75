import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { sameOperator } from '../../network/resolution.ts'
import { kindOfPlmn } from '../../numbering/e212.ts'
import { kindOfRealm } from '../../numbering/realm.ts'
import { AUTHENTICATION_OPERATIONS } from '../authentications.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion } from '../detector.ts'
import { confidenceOf } from '../perimeter.ts'
import { operatorOfPlmn, PACE_THRESHOLDS } from '../travel.ts'
import { Velocity } from '../velocity.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

export const impossibleLteRegistration = defineDetector({
  id: 'INT-02',
  version: 1,
  class: 'interception',
  severity: 'critical',
  title: 'LTE registration in a place the phone cannot have reached, or in the name of another network',
  explanation:
    'Update-Location tells the home subscriber server which MME or SGSN serves a phone. Visited-PLMN-Id names the visited network, Origin-Realm the network that sends: they are one. The least distance between the country last known, by SS7 or Diameter, and the visited one is held against the time between, so that a 3G register in one country and an MME in a far one at the same time stand out, while a phone attached to both in one country does not (3GPP TS 29.272 §5.2.1.1, §7.3.9, TS 23.272 §5.2).',
  techniques: ['MOT1565.001', 'MOT3003.302', 'MOT1557', 'FGT5022'],
  benign: [
    'A hub or shared network whose realm belongs to another operator than the network visited.',
    'A ship, an aircraft or a hub under the network code of another country.',
    'A subscriber whose registration in between was not captured.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'Where the subscriber was before: no accepted registration was seen yet.',
    'The country of a serving node: neither its network code nor its realm tells.',
  ],
  operations: ['Update-Location', ...AUTHENTICATION_OPERATIONS],
  kinds: ['invoke', 'request'],
  example:
    'mme1.epc.mnc045.mcc001.3gppnetwork.org asks to serve a phone with Visited-PLMN-Id 00102, a network of another country.',
  thresholds: PACE_THRESHOLDS,
  start(context) {
    const velocity = new Velocity(context)
    return (event) => {
      if (velocity.authentications.note(event) || event.kind !== 'request') return null
      const verdict = velocity.judge(event)
      if (verdict !== null && typeof verdict !== 'string' && verdict.outcome === 'fail') return verdict
      return judgeVisited(event, context.network) ?? verdict
    }
  },
})

/** Holds Visited-PLMN-Id against Origin-Realm; null where they agree, or one of them does not tell a network. */
function judgeVisited(event: SignallingEvent, network: Network): Suspicion | null {
  const { visitedPlmn, originRealm } = event
  if (visitedPlmn === null || originRealm === null || kindOfRealm(originRealm) === 'hub') return null
  const kind = kindOfPlmn(visitedPlmn)
  if (kind !== 'national' && kind !== 'test' && kind !== 'internal') return null
  const visited = operatorOfPlmn(visitedPlmn, network)
  const sender = network.operatorOfRealm(originRealm)
  if (sameOperator(visited, sender) !== false) return null
  // networks of one country are shared and renamed: there only the user's own data tells two operators apart
  const isListed = visited.method !== 'public numbering' && sender.method !== 'public numbering'
  if (visited.country !== null && visited.country === sender.country && !isListed) return null
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} registered ${subjectWords(event)} in the name of the visited network ${visitedPlmn} of ${operatorWords(visited)}`,
    confidence: confidence({ operator: Math.max(0.8, confidenceOf(visited, sender)), pattern: 0.9 }),
  }
}
