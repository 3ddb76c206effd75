import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { parseMapContext } from '../../signalling/ss7/map/application-contexts.ts'
import { type ContextVersions, MAP_OPERATIONS } from '../../signalling/ss7/map/operations.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable, type Verdict } from '../detector.ts'
import { isBounded, standingOf } from '../standing.ts'
import { sourceWords } from '../words.ts'

/** Arcs of the mobile domain's own contexts, and how many each has. Source: 3GPP TS 29.002 §17.3.3. */
const MOBILE_DOMAIN = '0.4.0.0.1.0.'

export const oddApplicationContext = defineDetector({
  id: 'EVA-03',
  version: 2,
  class: 'evasion',
  severity: 'high',
  title: 'Application context that does not go with the operation',
  explanation:
    'The application context of a dialogue says which operations may follow, and filters decide by it (3GPP TS 29.002 §17.3, ITU-T Q.773 §4.2.3). One that is not defined, that has arcs too many, a version that never was, or that does not contain the operation sent, or none at all for an operation that never was without, is passed over by them, while some stacks look at the operation alone.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['A vendor’s own context under a private identifier.', 'A context defined after this program was written.'],
  unavailable: ['Where a request under a private context comes from.'],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example:
    'The title 46701740616 sends provideSubscriberInfo under the context 0.4.0.0.1.0.28.3.0, which has an arc more than MAP’s.',
  detect(event, network) {
    if (event.protocol !== 'map' || event.kind !== 'invoke') return null
    const oddity = oddityOf(event)
    if (oddity === null) return isBare(event) ? judgeBare(event, network) : 'pass'
    const { words, isPrivate } = oddity
    if (isPrivate) {
      // what is no operation of MAP, or asks for nothing that matters, is a vendor's business
      if (!isBounded(event, network)) return 'pass'
      const standing = standingOf(event, network)
      if (standing === 'in place') return 'pass'
      if (standing === 'unknown') return unavailable('where a request under a private context comes from is unknown')
    }
    const what = event.operation ?? (event.code === null ? 'an unreadable operation' : `operation ${event.code}`)
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${what} under ${words}`,
      confidence: confidence({ pattern: isPrivate ? 0.7 : 0.9 }),
    }
  },
})

/** Operations that phase 1, which had no application contexts, did not know. */
const LATER_OPERATIONS: ReadonlySet<string | null> = new Set<string | null>(
  MAP_OPERATIONS.filter(
    ({ contexts }) => contexts.length > 0 && contexts.every(([, first]: ContextVersions) => first > 1),
  ).map(({ name }) => name),
)

/** Whether a dialogue is opened without a context by an operation that has no form without one. */
function isBare({ tcap, applicationContext, operation, fault, anomalies }: SignallingEvent): boolean {
  if (applicationContext !== null || tcap !== 'begin' || fault !== null || anomalies.includes('cutByCapture'))
    return false
  return LATER_OPERATIONS.has(operation)
}

/** Some stacks leave it out in good faith, so that only what is out of place anyhow is reported. */
function judgeBare(event: SignallingEvent, network: Network): Verdict {
  if (standingOf(event, network) !== 'out of place') return 'pass'
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} without an application context, as only operations of phase 1 are`,
    confidence: confidence({ pattern: 0.7 }),
  }
}

function oddityOf(event: SignallingEvent): { readonly words: string; readonly isPrivate: boolean } | null {
  const { anomalies, applicationContext: name } = event
  if (anomalies.length === 0) return null
  const shown = name === null ? 'the context of its dialogue' : `the application context ${name.slice(0, 60)}`
  if (anomalies.includes('applicationContextMismatch')) {
    return { words: `${shown}, which does not contain it`, isPrivate: false }
  }
  if (anomalies.includes('applicationContextVersion')) {
    return { words: `${shown}, of a version that was never defined`, isPrivate: false }
  }
  if (!anomalies.includes('unknownApplicationContext')) return null
  const isMobile = name?.startsWith(MOBILE_DOMAIN) === true || (name !== null && parseMapContext(name) !== null)
  return { words: `${shown}, which is not defined`, isPrivate: !isMobile }
}
