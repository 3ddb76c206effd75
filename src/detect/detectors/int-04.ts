import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { judgeHomeOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, isTitleOfHomeOperator } from '../perimeter.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

/** Parts of a profile that only bar: DOS-03 is about them. */
const BARRING = /bar|odb|roaming|subscriber-?status|restrict/i

const UNKNOWN_OWNER = unavailable('the operator of a gsmSCF address or of the subscriber is unknown')

export const foreignServiceControl = defineDetector({
  id: 'INT-04',
  version: 2,
  class: 'interception',
  severity: 'critical',
  title: 'Subscriber profile that names a foreign service control function, or that another network writes',
  explanation:
    'A CAMEL subscription tells the serving switch which service control function (gsmSCF) to ask before each call or message; who names another one there can listen in or redirect. The operator of every gsmSCF address in insertSubscriberData is held against the operator that issued the IMSI. A profile that another network than the home writes, by insertSubscriberData or in LTE by Insert-Subscriber-Data, is reported whatever it names: forwarding, gateways, access points (3GPP TS 23.078 §4.3, TS 29.002 §8.8.1, TS 29.272 §5.2.2.1).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'MOT3003.302', 'FGT5022', 'MOT1557'],
  benign: [
    'A value-added roaming service that the home operator runs at a partner’s platform.',
    'A virtual operator whose host runs the service control function.',
    'A hub’s address in place of the home network’s.',
  ],
  unavailable: [
    'The IMSI: neither the request nor its dialogue names it.',
    'Whose the gsmSCF address, the sender or the IMSI is: neither the network file nor public numbering tells.',
  ],
  operations: ['insertSubscriberData', 'Insert-Subscriber-Data'],
  kinds: ['invoke', 'request'],
  example:
    '467017406010 in Sweden sends 447700900011 a profile of a British phone with 467017406016 as its service control function.',
  detect(event, network) {
    if (event.kind !== 'invoke' && event.kind !== 'request') return null
    return event.gsmScfAddresses.length > 0 ? judgeServiceControl(event, network) : judgeWriter(event, network)
  },
})

/** Whether every service control function that the profile names is the home's. */
function judgeServiceControl(event: SignallingEvent, network: Network): Verdict {
  if (event.subjectImsi === null) return unavailable('the IMSI of the subscriber is not known')
  let foreign: string | null = null
  let isUnclear = false
  for (const address of event.gsmScfAddresses) {
    const isOwn = isTitleOfHomeOperator(address, event.subjectImsi, network)
    if (isOwn === false) foreign ??= address
    isUnclear ||= isOwn === null
  }
  if (foreign === null) return isUnclear ? UNKNOWN_OWNER : 'pass'
  const isFromHomeRegister = isTitleOfHomeOperator(callingTitle(event), event.subjectImsi, network) === true
  const scf = network.operatorOfGt(foreign)
  const home = network.operatorOfImsi(event.subjectImsi)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent a profile for ${subjectWords(event)} of ${operatorWords(home)} that puts calls or messages under the control of ${foreign} of ${operatorWords(scf)}`,
    // a home register's own title speaks for an arrangement, unless it is forged
    confidence: confidence({ operator: confidenceOf(scf, home), pattern: isFromHomeRegister ? 0.65 : 1 }),
  }
}

/** Whether the home wrote the profile; null for a message that writes nothing that leads traffic elsewhere. */
function judgeWriter(event: SignallingEvent, network: Network): Verdict {
  const { profileParts, redirects } = event.detail
  const leads = redirects.length > 0 || event.forwardedTo !== null
  if (!leads && (event.barred || profileParts.every((part) => BARRING.test(part)))) return null
  const verdict = judgeHomeOnly(event, network, 'only its own register may')
  return verdict === null || typeof verdict === 'string' || verdict.outcome !== 'fail'
    ? verdict
    : writing(event, verdict, network)
}

function writing(event: SignallingEvent, suspicion: Suspicion, network: Network): Suspicion {
  const { redirects } = event.detail
  const home = operatorWords(network.operatorOfImsi(event.subjectImsi))
  const to =
    event.forwardedTo !== null ? ' with call forwarding' : redirects.length > 0 ? ` that names ${redirects[0]}` : ''
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)}, which is not its home, wrote a profile for ${subjectWords(event)} of ${home}${to}`,
    confidence: confidence({ ...suspicion.confidence.parts, pattern: to === '' ? 0.85 : 0.95 }),
  }
}
