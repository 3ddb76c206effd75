import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { confidence } from './confidence.ts'
import { type Suspicion, unavailable, type Verdict } from './detector.ts'
import { confidenceOf, crossingOf, isFromHome, isFromOperatorOf, isToHome, sourceOperator } from './perimeter.ts'
import { policyOf } from './policy.ts'
import type { Category } from './policy-table.ts'
import { operatorWords, sourceWords, subjectWords } from './words.ts'

/**
 * The two checks that most detectors of single messages share, as public descriptions of interconnect filtering give them.
 * The policy of the network may move an operation from one to the other, or allow it.
 */

/** Whether an event asks for something. */
export function isRequest({ kind }: SignallingEvent): boolean {
  return kind === 'invoke' || kind === 'request'
}

/**
 * Category 1: a request that belongs inside one network and arrives from another.
 * @param asks what it asks for, to finish "…, which …".
 */
export function judgeInternalOnly(event: SignallingEvent, network: Network, asks: string): Verdict {
  return judgeByPolicy(event, network, '1', asks)
}

/**
 * Category 2: a request that only the subscriber's home network may send, and another network sends. What our own nodes
 * ask each other about a guest crosses no boundary.
 * @param does what it does, to finish "…, which …".
 */
export function judgeHomeOnly(event: SignallingEvent, network: Network, does: string): Verdict {
  return judgeByPolicy(event, network, '2', does)
}

/** @param usual where the policy is silent, or leaves the operation to detectors that know where subscribers are. */
function judgeByPolicy(event: SignallingEvent, network: Network, usual: Category, clause: string): Verdict {
  if (!isRequest(event)) return null
  const category = policyOf(network).categoryOf(event)
  if (category === 'none') return 'pass'
  return (category === '1' || category === '2' ? category : usual) === '1'
    ? internalOnly(event, network, clause)
    : homeOnly(event, network, clause)
}

function internalOnly(event: SignallingEvent, network: Network, asks: string): Verdict {
  const { where, by } = crossingOf(event, network)
  if (where === 'outgoing') return null
  if (where === 'inside') return 'pass'
  if (where === 'unknown') return unavailable('whether the request crosses a network boundary is unknown')
  const source = sourceOperator(event, network)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)}, which ${asks}`,
    confidence: confidence({ operator: by === 'home' ? Math.max(0.9, confidenceOf(source)) : confidenceOf(source) }),
  }
}

function homeOnly(event: SignallingEvent, network: Network, does: string): Verdict {
  if (event.subjectImsi === null) return unavailable('the IMSI of the subscriber is not known')
  const nameless = namelessSource(event, network)
  if (nameless !== null) return unavailable(nameless)
  if (isFromHome(event, network) === true && isToHome(event, network) === true) return 'pass'
  const isHome = isFromOperatorOf(event, event.subjectImsi, network)
  if (isHome === null) return unavailable('the operator of the source or of the subscriber is unknown')
  if (isHome) return 'pass'
  // what we send abroad is EGR-01's
  return crossingOf(event, network).where === 'outgoing' ? null : notFromHome(event, network, does)
}

/** Why a request cannot be held against the home of its subscriber; null where it names its source. */
function namelessSource(event: SignallingEvent, network: Network): string | null {
  if (event.protocol === 'diameter') {
    return event.originRealm === null && event.originHost === null ? 'the request has no origin realm or host' : null
  }
  if (event.protocol === 'gtpv1' || event.protocol === 'gtpv2') {
    return event.srcIp === null ? 'the request has no source address' : null
  }
  if (callingTitle(event) !== null) return null
  // a national number that is not ours is nobody's who may ask about our own
  const isTold = event.callingGt !== null && isFromHome(event, network) !== null
  return isTold ? null : 'the request has no international calling global title'
}

function notFromHome(event: SignallingEvent, network: Network, does: string): Suspicion {
  const source = sourceOperator(event, network)
  const home = network.operatorOfImsi(event.subjectImsi)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)} of ${operatorWords(home)}, which ${does}`,
    confidence: confidence({ operator: confidenceOf(source, home) }),
  }
}
