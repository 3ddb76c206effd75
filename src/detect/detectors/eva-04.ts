import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { AnomalyName } from '../../signalling/anomaly.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion } from '../detector.ts'
import { HABIT_THRESHOLDS, HABIT_UNAVAILABLE, OddityJudge } from '../habit.ts'
import { standingOf } from '../standing.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** What no stack needs and hardly any writes. */
const UNEXPLAINED: ReadonlySet<AnomalyName> = new Set<AnomalyName>([
  'nonMinimalTag',
  'constructedString',
  'primitiveConstructed',
  'wrongTagClass',
])

/** Those that a stack writes throughout, and may: BER allows them (X.690 §8.1.3), unlike padded integers (§8.3.2). */
const STACK_LENGTHS: ReadonlySet<AnomalyName> = new Set(['nonMinimalLength', 'indefiniteLength'])

/** What some stacks always write. */
const DIALECT: ReadonlySet<AnomalyName> = new Set<AnomalyName>([
  ...STACK_LENGTHS,
  'paddedInteger',
  'unevenLengths',
  'trailingOctets',
  'parameterOrder',
  'duplicateParameter',
  'unknownParameter',
  'digitsAfterFiller',
])

export const oddEncoding = defineDetector({
  id: 'EVA-04',
  version: 4,
  class: 'evasion',
  severity: 'high',
  title: 'Request written in a way that others may not read',
  explanation:
    'Transaction identifiers of more than four octets, tags in a longer form than needed, strings in pieces and padded or indefinite lengths mean the same to a tolerant stack and hide operation and identity from a stricter filter (ITU-T Q.773 §4.2, X.690 §8.1). Old stacks write some of it all the time, so that the habit of each source and its network is learnt, of lengths and of the rest apart; it counts where the source has no such habit and the request is out of place or new to it. Odd lengths all over a message, from a source of which little is known, may be its stack’s: they count where its network does not write so, where the argument alone has them, or where nobody can be read in it.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: [
    'An old stack of which little was seen yet.',
    'A node that was replaced.',
    'A gateway that writes messages anew.',
  ],
  unavailable: [HABIT_UNAVAILABLE],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example:
    'The title 46701740616, whose requests were plain, sends provideSubscriberInfo about a British subscriber with the tag of the IMSI in two octets.',
  thresholds: HABIT_THRESHOLDS,
  start(context) {
    const judge = new OddityJudge(context, 'EVA-04')
    const forms = new OddityJudge(context, 'EVA-04 forms')
    const { network } = context
    return (event) => {
      if (event.protocol !== 'map' || event.kind !== 'invoke') return null
      const { anomalies } = event
      if (anomalies.length === 0) {
        judge.notePlain(event)
        forms.notePlain(event)
        return 'pass'
      }
      const ofStack = isOfStack(event)
      const suspicion = (pattern: number): Suspicion => {
        const what = event.operation ?? `operation ${event.code}`
        const sent = ofStack ? `writes requests, such as ${what},` : `sent ${what} about ${subjectWords(event)}`
        return {
          outcome: 'fail',
          why: `${sourceWords(event, network)} ${sent} in an odd encoding (${signs(anomalies).join(', ')})`,
          confidence: confidence({ pattern }),
          ...(ofStack ? { ofSource: 'custom' } : {}),
        }
      }
      if (anomalies.includes('transactionIdLength')) return suspicion(0.95)
      const isUnexplained = anomalies.some((name) => UNEXPLAINED.has(name))
      if (isUnexplained && standingOf(event, network) !== 'in place') return suspicion(0.9)
      const isDialect = anomalies.some((name) => DIALECT.has(name))
      const isForm = anomalies.some((name) => DIALECT.has(name) && !STACK_LENGTHS.has(name))
      const isMisplaced = isForm && standingOf(event, network) === 'out of place'
      if (!isForm) forms.notePlain(event)
      else if (!isMisplaced) forms.noteOdd(event)
      if (!isDialect) judge.notePlain(event)
      const verdict = isDialect ? judge.judge(event, suspicion, !ofStack) : 'pass'
      // whose stack writes long lengths has no custom of padded integers by that
      return verdict === 'pass' && isMisplaced ? forms.judge(event, suspicion) : verdict
    }
  },
})

function signs(anomalies: readonly AnomalyName[]): AnomalyName[] {
  return anomalies.filter((name) => name === 'transactionIdLength' || UNEXPLAINED.has(name) || DIALECT.has(name))
}

/** Whether all that is odd may be how the sender's stack writes every length. */
function isOfStack({ anomalies, identityMissing }: SignallingEvent): boolean {
  return !identityMissing && signs(anomalies).every((name) => STACK_LENGTHS.has(name))
}
