import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isNationalNumber } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
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
const NATIONAL = '3'
/** E.212 and E.214. Source: 3GPP TS 29.002 §6.1.3.4. */
const SUBSCRIBER_PLANS: ReadonlySet<string> = new Set(['6', '7'])
const HLR = '6'
/** Habits read once; they repeat. */
const MOST_KNOWN = 4096

export const oddAddress = defineDetector({
  id: 'EVA-05',
  version: 3,
  class: 'evasion',
  severity: 'medium',
  title: 'Request whose addresses are incomplete or unusual',
  explanation:
    'A called address without a subsystem number, or with one that no MAP node has, is told to nobody by its type, and filters that go by it let the message pass; so do translation types, numbering plans and natures of address that routing tables do not expect, in either address; a title that is said to be national hides its country. Without a calling title nobody can tell whose network a request is from, and no answer finds the way back (ITU-T Q.713 §3.4, 3GPP TS 23.003 §8). Some gateways always write so: the habit of each source is learnt, and it counts where the request is out of place or the form is new to its source.',
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
      const oddity = isNameless ? 'without a calling title' : oddityOf(event, network, forms)
      if (oddity === null) {
        judge.notePlain(event)
        return 'pass'
      }
      const suspicion = (pattern: number): Suspicion => ({
        outcome: 'fail',
        why: `${sourceWords(event, network)} sent ${event.operation ?? `operation ${event.code}`} about ${subjectWords(event)} ${oddity}`,
        confidence: confidence({ pattern }),
      })
      return judge.judge(event, suspicion)
    }
  },
})

function oddityOf(event: SignallingEvent, network: Network, forms: Map<string, string | null>): string | null {
  const { calledSsn, calledGt, calledNature, encoding } = event
  if (calledSsn === null || calledSsn === 0)
    return `to an address with ${calledSsn === 0 ? 'subsystem number 0' : 'no subsystem number'}`
  if (!SUBSYSTEMS.has(calledSsn)) return `to an address with subsystem number ${calledSsn}, which MAP does not use`
  if (isNationalNumber(calledNature) && network.homeOfGt(calledGt) === true)
    return 'to an address that is said to be national and has a country code'
  if (calledGt === null || encoding === null) return null
  const known = forms.get(encoding)
  if (known !== undefined) return known
  const called = oddForm('called', encoding)
  const calling = called === null ? oddForm('calling', encoding) : null
  const oddity = called !== null ? `to an address with ${called}` : calling && `from an address with ${calling}`
  if (forms.size >= MOST_KNOWN) forms.clear()
  forms.set(encoding, oddity)
  return oddity
}

const FORMS = { called: /(?:^|;)called=([^;]*)/, calling: /(?:^|;)calling=([^;]*)/ }

/** What is odd about an address: global title indicator, translation type, numbering plan, nature, subsystem. */
function oddForm(side: 'called' | 'calling', encoding: string): string | null {
  const form = FORMS[side].exec(encoding)?.[1]
  if (form === undefined) return null
  const [, translation = '-', plan = '-', nature = '-', subsystem = '-'] = form.split('.')
  if (!NUMBERING_PLANS.has(plan)) return `numbering plan ${plan}`
  // only a home register is reached by the numbers of its subscribers, and nobody writes from one
  if (SUBSCRIBER_PLANS.has(plan) && (side === 'calling' || !subsystem.startsWith(HLR)))
    return `numbering plan ${plan}, that of a subscriber`
  if (!NATURES.has(nature) || (side === 'calling' && nature === NATIONAL)) return `nature of address ${nature}`
  return translation === '-' || translation === '0' ? null : `translation type ${translation}`
}
