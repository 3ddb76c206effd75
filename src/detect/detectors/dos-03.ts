import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { judgeHomeOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable, type Verdict } from '../detector.ts'
import { areTitlesOfOneOperator, confidenceOf } from '../perimeter.ts'
import { operatorWords, sourceWords } from '../words.ts'

export const foreignProfileRemoval = defineDetector({
  id: 'DOS-03',
  version: 1,
  class: 'disruption',
  severity: 'high',
  title: 'Services taken away, or a register reset, by another network',
  explanation:
    'deleteSubscriberData and a barring insertSubscriberData take services away from a phone; reset makes a visited network distrust all it knows of a home network’s subscribers. All belong to the home location register of the subscribers concerned (3GPP TS 29.002 §8.8.2, §8.8.1, §8.10.1).',
  techniques: ['MOT3003.301', 'MOT1565.001', 'FGT1498.501', 'FGT5022'],
  benign: [
    'A home location register that restarts behind a hub’s address.',
    'Subscribers moved between operators of one group.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it cannot be read.',
    'The calling global title: the request has none.',
    'Whose the global title or the IMSI is: neither the network file nor public numbering tells.',
    'The register that a reset speaks for: the request does not name it, or nobody tells whose it is.',
  ],
  operations: ['deleteSubscriberData', 'insertSubscriberData', 'reset'],
  detect(event, network) {
    if (event.kind !== 'invoke') return null
    if (event.operation === 'reset') return judgeReset(event, network)
    if (event.operation === 'insertSubscriberData' && !event.barred) return null
    return judgeHomeOnly(event, network, 'takes services from another operator’s subscriber')
  },
})

/** Reset names no subscriber: the register it speaks for is held against the network that sent it. */
function judgeReset(event: SignallingEvent, network: Network): Verdict {
  const title = callingTitle(event)
  if (title === null) return unavailable('the request has no international calling global title')
  if (event.nodeAddress === null) return unavailable('the reset names no register')
  const same = areTitlesOfOneOperator(title, event.nodeAddress, network)
  if (same === null) return unavailable('the operator of the source or of the register is unknown')
  if (same) return 'pass'
  const source = network.operatorOfGt(title)
  const register = network.operatorOfGt(event.nodeAddress)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent reset in the name of the register ${event.nodeAddress} of ${operatorWords(register)}`,
    confidence: confidence({ operator: confidenceOf(source, register) }),
  }
}
