import type { SignallingEvent } from '../../event/signalling-event.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion } from '../detector.ts'
import { HABIT_THRESHOLDS, HABIT_UNAVAILABLE, OddityJudge } from '../habit.ts'
import { crossingOf } from '../perimeter.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** Subsystems that MAP requests go to. Source: 3GPP TS 23.003 §8.1. */
const SUBSYSTEMS: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 145, 146, 147, 148, 149, 150])
/** E.164, E.212 and E.214; national and international numbers. Source: ITU-T Q.713 §3.4.2.3, E.214. */
const NUMBERING_PLANS: ReadonlySet<string> = new Set(['-', '1', '6', '7'])
const NATURES: ReadonlySet<string> = new Set(['-', '3', '4'])
/** Habits read once; they repeat. */
const MOST_KNOWN = 4096

export const oddAddress = defineDetector({
  id: 'EVA-05',
  version: 2,
  class: 'evasion',
  severity: 'medium',
  title: 'Request whose addresses are incomplete or unusual',
  explanation:
    'A called address without a subsystem number, or with one that no MAP node has, is told to nobody by its type, and filters that go by it let the message pass; so do translation types, numbering plans and natures of address that routing tables do not expect. Without a calling title nobody can tell whose network a request is from, and no answer finds the way back (ITU-T Q.713 §3.4, 3GPP TS 23.003 §8). Some gateways always write so: the habit of each source is learnt, and it counts where the request is out of place or the form is new to its source.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['A gateway that leaves the subsystem to global title translation.', 'A route newly set up.'],
  unavailable: [HABIT_UNAVAILABLE],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example: 'The title 46701740616 sends provideSubscriberInfo to a switch with subsystem number 0.',
  thresholds: HABIT_THRESHOLDS,
  start(context) {
    const judge = new OddityJudge(context, 'EVA-05')
    const forms = new Map<string, string | null>()
    return (event) => {
      if (event.protocol !== 'map' || event.kind !== 'invoke' || event.tcap !== 'begin') return null
      const { network } = context
      const isNameless = event.callingGt === null && crossingOf(event, network).where === 'outside'
      const oddity = isNameless ? 'without a calling title' : oddityOf(event, forms)
      if (oddity === null) {
        judge.notePlain(event)
        return 'pass'
      }
      const suspicion = (pattern: number): Suspicion => ({
        outcome: 'fail',
        why: `${sourceWords(event, network)} sent ${event.operation ?? `operation ${event.code}`} about ${subjectWords(event)} ${isNameless ? oddity : `to an address with ${oddity}`}`,
        confidence: confidence({ pattern }),
      })
      return judge.judge(event, suspicion)
    }
  },
})

function oddityOf(event: SignallingEvent, forms: Map<string, string | null>): string | null {
  const { calledSsn, calledGt, encoding } = event
  if (calledSsn === null || calledSsn === 0) return calledSsn === 0 ? 'subsystem number 0' : 'no subsystem number'
  if (!SUBSYSTEMS.has(calledSsn)) return `subsystem number ${calledSsn}, which MAP does not use`
  if (calledGt === null || encoding === null) return null
  const known = forms.get(encoding)
  if (known !== undefined) return known
  const oddity = oddForm(encoding)
  if (forms.size >= MOST_KNOWN) forms.clear()
  forms.set(encoding, oddity)
  return oddity
}

/** What is odd about `called=`: global title indicator, translation type, numbering plan, nature, subsystem. */
function oddForm(encoding: string): string | null {
  const form = /(?:^|;)called=([^;]*)/.exec(encoding)?.[1]
  if (form === undefined) return null
  const [, translation = '-', plan = '-', nature = '-'] = form.split('.')
  if (!NUMBERING_PLANS.has(plan)) return `numbering plan ${plan}`
  if (!NATURES.has(nature)) return `nature of address ${nature}`
  return translation === '-' || translation === '0' ? null : `translation type ${translation}`
}
