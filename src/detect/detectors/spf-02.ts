import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { kindOfE164 } from '../../numbering/e164.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { areTitlesOfOneOperator, confidenceOf, isFromHome } from '../perimeter.ts'
import { RELAY_THRESHOLDS, RelayWatch } from '../relay-watch.ts'
import { TitleRoutes } from '../title-routes.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

/**
 * What the address in an argument is, where it must be the sender's own. Operations that name the receiver's node, or a
 * third one (cancelLocation's new VLR, provideRoamingNumber's gateway), are not here, nor deliveries of short messages,
 * which SMS-01 judges. Source: 3GPP TS 29.002 §8.1.2, §8.1.4, §8.1.6, §8.1.7, §8.5.3, §8.10.1,
 * §8.11, §10.1, §13A.
 */
const CLAIMS: ReadonlyMap<string, string> = new Map([
  ['updateLocation', 'visitor register or switch'],
  ['updateGprsLocation', 'SGSN'],
  ['purgeMS', 'serving node'],
  ['authenticationFailureReport', 'serving node'],
  ['sendIdentification', 'switch'],
  ['reset', 'home register'],
  ['anyTimeInterrogation', 'service control function'],
  ['anyTimeSubscriptionInterrogation', 'service control function'],
  ['anyTimeModification', 'service control function'],
  ['sendRoutingInfo', 'gateway'],
  ['sendRoutingInfoForGprs', 'GGSN'],
  ['sendRoutingInfoForLCS', 'location centre'],
  ['provideSubscriberLocation', 'location centre'],
  ['subscriberLocationReport', 'serving node'],
])
/** Service centres are often of others, by design; only our own cannot ask from outside. */
const ROUTING = 'sendRoutingInfoForSM'
/** What no hub between networks carries: nothing to wait for. */
const INTERNAL: ReadonlySet<string> = new Set([
  'anyTimeInterrogation',
  'anyTimeSubscriptionInterrogation',
  'anyTimeModification',
])
const NUMBER = /^\d{5,15}$/
const NO_OTHERS: readonly string[] = []

export const addressesDisagree = defineDetector({
  id: 'SPF-02',
  version: 1,
  class: 'spoofing',
  severity: 'high',
  title: 'Calling title, the node named in the argument and the link are of different operators',
  explanation:
    'Many MAP requests name their sender twice: by the calling global title, and in the argument (the visitor register of updateLocation, the service control function of anyTimeInterrogation, the location centre of sendRoutingInfoForLCS). The two are of one operator, unless a hub sends for others. Where they are not, one of them is made up: answers go to the title, calls and messages to the node (3GPP TS 29.002 §8.1.2, §8.11.1, TS 23.012 §4.1). A title that comes in over the direct link of another operator, although its own way is known, is reported as well (ITU-T Q.704 §2). A source that speaks for several operators is taken for a hub, one that always names the same other operator for the holder of a leased range.',
  techniques: ['MOT1036.301', 'MOT3003.301'],
  benign: [
    'A hub that sends for several networks and of which little was seen.',
    'A range of titles leased from, or taken over by, another operator.',
    'Traffic that was led another way after a failure.',
  ],
  unavailable: [
    'The calling title: it is missing, or not international.',
    'Whose the addresses are: numbering does not tell two operators of one country apart, and the network file does not list them.',
  ],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example:
    'The title 46701740616 in Sweden sends updateLocation and names the visitor register 33639981011 in France, where the subscriber is.',
  thresholds: [
    ...RELAY_THRESHOLDS,
    {
      name: 'linkRequests',
      default: 20,
      unit: 'requests',
      meaning:
        'Requests over a link, and of an operator over its own way, before a title on the wrong link is reported.',
    },
  ],
  start(context) {
    const watch = new RelayWatch(context, 'SPF-02 spoken for')
    const routes = new TitleRoutes(context, 'SPF-02', context.threshold('linkRequests'))
    return (event) => {
      if (event.protocol !== 'map' || event.kind !== 'invoke') return null
      const verdict = judgeClaims(event, context, watch)
      return routes.judge(event) ?? verdict
    }
  },
})

function judgeClaims(event: SignallingEvent, context: Context, watch: RelayWatch): Verdict {
  const { network } = context
  const { operation, nodeAddress } = event
  if (operation === null || nodeAddress === null) return null
  const isRouting = operation === ROUTING
  const role = isRouting ? 'service centre' : CLAIMS.get(operation)
  if (role === undefined) return null
  const title = callingTitle(event)
  if (title === null) return unavailable('the request has no international calling global title')
  // what our own nodes send is EGR-01's, and under our title from outside SPF-01's
  if (isFromHome(event, network) === true) return null
  if (network.hubOfGt(title) !== null) return 'pass'
  const others = operation === 'updateLocation' ? event.detail.otherAddresses : NO_OTHERS
  let isTold = false
  for (let i = 0; i <= others.length; i++) {
    const address = i === 0 ? nodeAddress : (others[i - 1] ?? '')
    if (!NUMBER.test(address) || isOfNoCountry(address) || network.hubOfGt(address) !== null) continue
    const same = address === title ? true : areTitlesOfOneOperator(title, address, network)
    isTold ||= same !== null
    if (same !== false) continue
    const isOurs = network.homeOfGt(address) === true
    if (isRouting && !isOurs) return 'pass'
    const suspicion = disagreement(event, network, title, address, role)
    if (isOurs || INTERNAL.has(operation)) return suspicion
    const { operator, country } = network.operatorOfGt(address)
    return watch.judge(event, relayKey(title, network), operator ?? country ?? address, () => suspicion)
  }
  if (!isTold) return unavailable('whose the calling title and the node named are is unknown')
  watch.noteOwn(relayKey(title, network))
  return 'pass'
}

/** The titles of one platform count together. */
function relayKey(title: string, network: Network): string {
  const { operator, country } = network.operatorOfGt(title)
  return operator === null ? title.slice(0, Math.max(4, title.length - 3)) : `${operator} ${country}`
}

/** A satellite's, a ship's or a network's of no country, whose nodes answer for it from anywhere. */
function isOfNoCountry(address: string): boolean {
  const kind = kindOfE164(address)
  return kind === 'satellite' || kind === 'network' || kind === 'service'
}

function disagreement(
  event: SignallingEvent,
  network: Network,
  title: string,
  address: string,
  role: string,
): Suspicion {
  const [source, owner] = [network.operatorOfGt(title), network.operatorOfGt(address)]
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)} and named the ${role} ${address} of ${operatorWords(owner)} as its own`,
    confidence: confidence({ operator: Math.max(0.75, confidenceOf(source, owner)), pattern: 0.85 }),
  }
}
