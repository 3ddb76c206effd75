import type { SignallingEvent } from '../event/signalling-event.ts'

/**
 * What the encoding of a request says of the stack that wrote it, whatever it asks and whoever passed it on: each feature
 * in its place, so that two marks are compared place by place. Null where the request tells too little.
 */
export interface StackMark {
  readonly features: readonly string[]
  /** The same as one text. */
  readonly text: string
  /** The text of a stack that is alike but counts its invoke identifiers, and so meets small ones too; null for others. */
  readonly counting: string | null
}

const COUNTED = 'invoke ids counted'
const NO_INVOKE_IDS = 'invoke ids -'
const INVOKE_IDS = 1

/** Encodings read once; they repeat. */
const MOST_KNOWN = 16_384
const known = new Map<string, StackMark>()

/** AVPs that nearly every request has, whose order a stack does not change. */
const COMMON_AVPS: ReadonlySet<string> = new Set(['264', '296', '283', '277'])

export function stackMark({ protocol, encoding }: SignallingEvent): StackMark | null {
  if (encoding === null || (protocol !== 'map' && protocol !== 'diameter')) return null
  const found = known.get(encoding)
  if (found !== undefined) return found
  const features = protocol === 'map' ? mapMark(encoding) : diameterMark(encoding)
  const isSmall = protocol === 'map' && features[INVOKE_IDS] !== COUNTED && features[INVOKE_IDS] !== NO_INVOKE_IDS
  const mark = {
    features,
    text: features.join('|'),
    counting: isSmall ? features.with(INVOKE_IDS, COUNTED).join('|') : null,
  }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(encoding, mark)
  return mark
}

/** Features in which two marks differ. */
export function differences(a: readonly string[], b: readonly string[]): number {
  let count = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++
  return count
}

/**
 * Of SS7 what TCAP and MAP write, which no transfer point changes. Left out is what follows from the request: versions,
 * tags, segmentation, and how large a number happens to be.
 */
function mapMark(encoding: string): string[] {
  const features = new Map(
    encoding
      .split(';')
      .map((feature) => [feature.slice(0, feature.indexOf('=')), feature.slice(feature.indexOf('=') + 1)]),
  )
  const invoke = features.get('invoke') ?? '-'
  const dialogue = features.get('dialogue') ?? '-'
  return [
    `transaction ids of ${features.get('otid')?.split('z')[0] ?? '-'} octets`,
    invoke === 'other' || invoke === 'negative' ? COUNTED : `invoke ids ${invoke}`,
    `${features.get('length') ?? '-'} lengths`,
    `protocol version ${dialogue === '-' ? '-' : dialogue.includes('v') ? 'told' : 'not told'}`,
    `${features.get('opcode') ?? '-'} operation codes`,
  ]
}

/** Of Diameter what the origin writes: agents change the Hop-by-Hop identifier, and add to the path. */
function diameterMark(encoding: string): string[] {
  const [, session = '-', flags = '0', ids = '-', avps = ''] =
    /^sid=(\S*) flags=([0-9a-f]*) ids=(\S*) order=\S* avps=(.*)$/.exec(encoding) ?? []
  const [hop = '-', end = '-'] = ids.split('/')
  const plain = avps.replaceAll(/\([^)]*\)/g, '').split(',')
  const order = plain.map((avp) => avp.replace(/[-!]+$/, '')).filter((code) => COMMON_AVPS.has(code))
  return [
    `sessions ${session}`,
    // a repeat of a request has a flag of its own (RFC 6733 §3)
    `flags ${(Number.parseInt(flags, 16) & ~0x10).toString(16)}`,
    `end-to-end ids ${end === 'same' ? hop : end}`,
    `order ${[...new Set(order)].join(' ')}`,
    `application ${plain.some((avp) => avp.startsWith('260')) ? 'told' : 'not told'}`,
  ]
}
