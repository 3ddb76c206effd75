import type { SignallingEvent } from '../../event/signalling-event.ts'
import { calledTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { sameOperator } from '../../network/resolution.ts'
import { areNeighbours } from '../../numbering/geography.ts'
import { isRequest } from '../category.ts'
import { confidence } from '../confidence.ts'
import { DELIVERY_OPERATIONS, DELIVERY_THRESHOLDS, DELIVERY_UNAVAILABLE, DeliveryWatch } from '../delivery-watch.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { entryOf } from '../entry.ts'
import { gtpCrossing, oddBetweenNetworks } from '../gtp-interfaces.ts'
import { confidenceOf, isFromHome, isToHome, targetOperator } from '../perimeter.ts'
import { policyOf } from '../policy.ts'
import { isFromServing, placeWords } from '../serving.ts'
import { isSmRouting, SM_ROUTING } from '../short-message.ts'
import { registrationDomain } from '../state/subscribers.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

/** What neighbours' switches ask each other when a phone crosses the border. Source: 3GPP TS 29.002 §8.1.4, §8.4. */
const OVER_BORDERS: ReadonlySet<string> = new Set([
  'sendIdentification',
  'prepareHandover',
  'prepareSubsequentHandover',
  'performHandover',
  'performSubsequentHandover',
  'sendEndSignal',
  'processAccessSignalling',
  'forwardAccessSignalling',
])
/** Those name a subscriber by what another visitor register gave it, whoever's it is. Source: 3GPP TS 29.002 §8.1.4. */
const BY_TEMPORARY_IDENTITY: ReadonlySet<string> = new Set(['sendIdentification'])
/** About equipment, which no network owns. */
const OF_EQUIPMENT: ReadonlySet<string> = new Set(['checkIMEI', 'ME-Identity-Check'])
/** Before a registration, or the registration itself: the phone is only just arriving. */
const ARRIVING: ReadonlySet<string> = new Set([
  'sendAuthenticationInfo',
  'authenticationFailureReport',
  'sendParameters',
  'Authentication-Information',
])

const DELIVERY: ReadonlySet<string | null> = new Set<string | null>(DELIVERY_OPERATIONS)

export const violationLeavingHome = defineDetector({
  id: 'EGR-01',
  version: 2,
  class: 'egress',
  severity: 'high',
  title: 'Request from our own network that no other network may get',
  explanation:
    'What is forbidden to arrive is forbidden to leave: requests for the inside of a network, requests that only a subscriber’s home may send, requests in the name of guests whom we do not serve, and look-ups of short message routes without a delivery (3GPP TS 29.002 §7.3, TS 29.272 §5, TS 29.060 §7.1). Under our own titles, realms or addresses, about other networks’ subscribers, they tell of a leased or stolen title, a customer or platform gone astray, and bring complaints to us. The same categories as for what arrives decide, seen from the other side; what concerns our own subscribers is our business.',
  techniques: ['MOT1583.301', 'MOT1199.301', 'FGT1199.501', 'FGT5016'],
  benign: [
    'A value-added service or location service agreed with the other network: write it into network.yaml, under exceptions.',
    'A mobile virtual operator on our network whose network codes network.yaml does not list.',
    'A test with a partner.',
  ],
  unavailable: [
    'Which network the request goes to: neither its called address nor its link tells.',
    'Whose subscriber it is: the request does not name one, or the network file does not list our network codes.',
    ...DELIVERY_UNAVAILABLE,
    'Whether we serve the guest: no registration of it was seen.',
  ],
  operations: 'any',
  answersOf: SM_ROUTING,
  example:
    'Our title 447700900077, leased to a customer, sends provideSubscriberInfo about a French subscriber to a switch in Sweden.',
  thresholds: DELIVERY_THRESHOLDS,
  start(context) {
    const lookUps = new DeliveryWatch(context, 'EGR-01', 'was told who and where it is, and delivered none', true)
    return (event) => {
      if (DELIVERY.has(event.operation)) {
        const verdict = lookUps.take(event)
        return isSmRouting(event) ? verdict : judge(event, context)
      }
      return judge(event, context)
    }
  },
})

function judge(event: SignallingEvent, context: Context): Verdict {
  const { network } = context
  if (network.home === null || !isRequest(event) || isFromHome(event, network) !== true) return null
  if (event.protocol === 'gtpv1' || event.protocol === 'gtpv2') return judgeTunnel(event, network)
  const category = policyOf(network).categoryOf(event)
  if (category === null || category === 'none' || category === 'sms') return null
  const isInward = isToHome(event, network)
  if (isInward === true) return null
  // our address from outside is forged, not leaving: SPF-01
  const entry = entryOf(event, network)
  if (entry !== null && entry !== 'inside') return null
  if (isInward === null || isToNobody(event, network)) {
    return unavailable('which network the request goes to is unknown')
  }
  const { operation, subjectImsi, subjectMsisdn } = event
  if (operation === null || OF_EQUIPMENT.has(operation)) return null
  if (network.homeOfImsi(subjectImsi) === true) return 'pass'
  if (category === '3') return subjectImsi === null ? nobodyKnown() : judgeGuest(event, subjectImsi, context)
  const border = category === '1' && OVER_BORDERS.has(operation) && isOverBorder(event, network)
  if (border) return 'pass'
  if (category === '2') {
    if (subjectImsi === null) return nobodyKnown()
    if (network.homeOfImsi(subjectImsi) === null) return nobodyKnown()
    return suspicion(event, network, 'which only the home of the subscriber may send')
  }
  const isNamed = subjectImsi !== null || subjectMsisdn !== null
  if (!isNamed && !event.identityMissing && !BY_TEMPORARY_IDENTITY.has(operation)) return nobodyKnown()
  if (subjectImsi === null && network.homeOfGt(subjectMsisdn) === true) return 'pass'
  return suspicion(event, network, 'which belongs inside one network')
}

const nobodyKnown = (): Verdict => unavailable('whose subscriber the request is about is unknown')

function judgeTunnel(event: SignallingEvent, network: Network): Verdict {
  if (gtpCrossing(event, network) !== 'outgoing') return null
  const odd = oddBetweenNetworks(event)
  return odd === null ? 'pass' : suspicion(event, network, `which ${odd}`)
}

/** Category 3: what a serving network asks the home of its guest. */
function judgeGuest(event: SignallingEvent, imsi: string, context: Context): Verdict {
  const { network, subscribers } = context
  const { operation, nodeAddress, visitedPlmn } = event
  if (operation !== null && ARRIVING.has(operation)) return 'pass'
  if (registrationDomain(operation) !== null) {
    if (event.protocol === 'map' && nodeAddress !== null && nodeAddress !== event.callingGt) {
      const isOther = network.homeOfGt(nodeAddress) === false && network.hubOfGt(nodeAddress) === null
      const owner = network.operatorOfGt(nodeAddress)
      if (isOther) return suspicion(event, network, `with the serving node ${nodeAddress} of ${operatorWords(owner)}`)
    }
    const visited = network.operatorOfPlmn(visitedPlmn)
    const isAbroad = visited.country !== null && visited.country !== network.home?.country
    if (visitedPlmn !== null && visited.method !== 'home' && isAbroad) {
      return suspicion(event, network, `in the name of the visited network ${visitedPlmn} of ${operatorWords(visited)}`)
    }
    return 'pass'
  }
  const serving = subscribers.lastServing(imsi)
  if (serving === null) return unavailable('no registration of the guest was seen')
  const isServing = isFromServing(event, imsi, subscribers, network)
  if (isServing === null) return unavailable('whose the node is that serves the guest is unknown')
  return isServing ? 'pass' : suspicion(event, network, `whom ${placeWords(serving.place, network)} serves`)
}

/** Whether a request is routed by a subscriber's number of no country, as where a capture made anonymous has other digits. */
function isToNobody(event: SignallingEvent, network: Network): boolean {
  const title = calledTitle(event)
  return title !== null && title === event.subjectMsisdn && targetOperator(event, network).method === 'unknown'
}

function isOverBorder(event: SignallingEvent, network: Network): boolean {
  const here = network.home?.country ?? null
  const there = targetOperator(event, network).country
  return here !== null && there !== null && (here === there || areNeighbours(here, there))
}

function suspicion(event: SignallingEvent, network: Network, clause: string): Suspicion {
  const target = targetOperator(event, network)
  const isSame = sameOperator(target, network.operatorOfImsi(event.subjectImsi))
  const about =
    isSame === true || event.subjectImsi === null
      ? ''
      : ` of ${operatorWords(network.operatorOfImsi(event.subjectImsi))}`
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)}${about} to ${operatorWords(target)}, ${clause}`,
    confidence: confidence({ operator: Math.max(0.85, confidenceOf(target)), pattern: 0.9 }),
  }
}
