import type { SignallingEvent } from '../../event/signalling-event.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion } from '../detector.ts'
import { HABIT_THRESHOLDS, HABIT_UNAVAILABLE, OddityJudge } from '../habit.ts'
import { isForwardSm, isSmRouting, senderAddress } from '../short-message.ts'
import { isBounded } from '../standing.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** Dialogues open at once that are told apart. */
const MOST_OPEN = 65_536

export const requestBehindEmptyBegin = defineDetector({
  id: 'EVA-06',
  version: 1,
  class: 'evasion',
  severity: 'low',
  title: 'Request sent only after an empty opening of its dialogue',
  explanation:
    'A dialogue may be opened without an operation, which then follows in a continue (ITU-T Q.771 §3.1.2, 3GPP TS 29.002 §7.3). Filters that look at openings only never see it. Short messages are sent like this in good faith, and so may be anything by some relays: the habit of each source is learnt.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: [
    'A relay that opens every dialogue before it sends.',
    'A long argument that does not fit beside the opening.',
  ],
  unavailable: [HABIT_UNAVAILABLE],
  operations: 'any',
  protocols: ['map'],
  kinds: ['dialogue', 'invoke'],
  example:
    'The title 46701740616 opens an empty dialogue with a register and, once it is accepted, sends anyTimeInterrogation in it.',
  thresholds: HABIT_THRESHOLDS,
  start(context) {
    const judge = new OddityJudge(context, 'EVA-06')
    const open = context.memory.table<number>('EVA-06 openings', MOST_OPEN)
    return (event) => {
      if (event.protocol !== 'map') return null
      if (event.kind === 'dialogue') {
        if (event.tcap === 'begin' && event.otid !== null) open.set(dialogueOf(event), event.timeUs)
        return null
      }
      if (event.kind !== 'invoke') return null
      // short messages are long, and their dialogues are opened first
      if (isForwardSm(event) || isSmRouting(event) || !isBounded(event, context.network)) return null
      if (event.tcap === 'begin') {
        judge.notePlain(event)
        return 'pass'
      }
      if (open.size === 0 || event.tcap !== 'continue' || event.otid === null) return null
      if (open.get(dialogueOf(event)) === undefined) return null
      open.delete(dialogueOf(event))
      const suspicion = (pattern: number): Suspicion => ({
        outcome: 'fail',
        why: `${sourceWords(event, context.network)} opened an empty dialogue and only then sent ${event.operation} about ${subjectWords(event)}`,
        confidence: confidence({ pattern }),
      })
      return judge.judge(event, suspicion)
    }
  },
})

/** The originator's side of a dialogue: it keeps its own transaction identifier. */
function dialogueOf(event: SignallingEvent): string {
  return `${senderAddress(event)} ${event.otid}`
}
