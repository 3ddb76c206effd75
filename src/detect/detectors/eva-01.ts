import { confidence } from '../confidence.ts'
import { defineDetector } from '../detector.ts'
import { sourceWords } from '../words.ts'

export const globalOperationCode = defineDetector({
  id: 'EVA-01',
  version: 1,
  class: 'evasion',
  severity: 'high',
  title: 'Operation hidden in a global operation code',
  explanation:
    'MAP uses local operation codes only (3GPP TS 29.002 §17.5). The same number as a global code is passed over by filters that look for the local one, while some stacks carry it out all the same.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['A vendor’s own operations under a private application context.'],
  unavailable: [],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example: 'The title 46701740616 sends anyTimeInterrogation with its code 71 under the tag of an object identifier.',
  detect(event, network) {
    if (event.protocol !== 'map' || event.kind !== 'invoke') return null
    if (event.opcodeForm !== 'global') return 'pass'
    const what =
      event.operation ?? (event.code === null ? 'an operation that could not be read' : `operation ${event.code}`)
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${what} under a global operation code, which MAP does not use`,
      confidence: confidence({ pattern: 0.9 }),
    }
  },
})
