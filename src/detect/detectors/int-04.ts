import { callingTitle } from '../../event/title.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { confidenceOf, isTitleOfHomeOperator } from '../perimeter.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

export const foreignServiceControl = defineDetector({
  id: 'INT-04',
  version: 1,
  class: 'interception',
  severity: 'critical',
  title: 'Subscriber profile that names a foreign service control function',
  explanation:
    'A CAMEL subscription tells the serving switch which service control function (gsmSCF) to ask before each call or message; who names another one there can listen in or redirect. The operator of every gsmSCF address in insertSubscriberData is held against the operator that issued the IMSI (3GPP TS 23.078 §4.3, TS 29.002 §8.8.1).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'FGT5022', 'MOT1557'],
  benign: [
    'A value-added roaming service that the home operator runs at a partner’s platform.',
    'A virtual operator whose host runs the service control function.',
  ],
  unavailable: [
    'The IMSI: neither the request nor its dialogue names it.',
    'Whose the gsmSCF address or the IMSI is: neither the network file nor public numbering tells.',
  ],
  operations: ['insertSubscriberData'],
  detect(event, network) {
    if (event.kind !== 'invoke' || event.gsmScfAddresses.length === 0) return null
    if (event.subjectImsi === null) return unavailable('the IMSI of the subscriber is not known')
    const owned = event.gsmScfAddresses.map((address) => isTitleOfHomeOperator(address, event.subjectImsi, network))
    const foreign = event.gsmScfAddresses[owned.indexOf(false)]
    if (foreign === undefined) {
      return owned.includes(null)
        ? unavailable('the operator of a gsmSCF address or of the subscriber is unknown')
        : 'pass'
    }
    const isFromHomeRegister = isTitleOfHomeOperator(callingTitle(event), event.subjectImsi, network) === true
    const scf = network.operatorOfGt(foreign)
    const home = network.operatorOfImsi(event.subjectImsi)
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent a profile for ${subjectWords(event)} of ${operatorWords(home)} that puts calls or messages under the control of ${foreign} of ${operatorWords(scf)}`,
      // a home register's own title speaks for an arrangement, unless it is forged
      confidence: confidence({ operator: confidenceOf(scf, home), pattern: isFromHomeRegister ? 0.65 : 1 }),
    }
  },
})
