/** How a length is written. X.690 §8.1.3 allows all three; MAP stacks normally write the first. */
export type LengthForm = 'minimal' | 'padded' | 'indefinite'

/** The number an element carries, kept beside its octets so that what was written can be compared with what is read. */
export interface Digits {
  readonly kind: 'imsi' | 'address'
  readonly digits: string
}

/** A value to be written: `content` is its octets, or the elements it holds. */
export interface BerElement {
  /** Identifier octets as one number, class and constructed bit included: 0x30, 0xa3, 0x9f0a. */
  readonly tag: number
  readonly content: Uint8Array | readonly BerElement[]
  /** Overrides the length form of the message for this element; null leaves it. */
  readonly length: LengthForm | null
  readonly digits: Digits | null
}

/** An element of raw octets. */
export function primitive(tag: number, octets: Uint8Array, digits: Digits | null = null): BerElement {
  return { tag, content: octets, length: null, digits }
}

/** An element that holds others. The caller sets the constructed bit in `tag`. */
export function constructed(tag: number, children: readonly BerElement[]): BerElement {
  return { tag, content: children, length: null, digits: null }
}

/** A NULL under `tag`. */
export function nullElement(tag: number): BerElement {
  return primitive(tag, new Uint8Array(0))
}

/**
 * An INTEGER or ENUMERATED of 0 or more under `tag`. Source: X.690 §8.3.
 * @param padding needless leading zero octets, an oddity X.690 §8.3.2 forbids and some stacks accept.
 */
export function integer(tag: number, value: number, padding = 0): BerElement {
  const octets = [value & 0xff]
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff)
  if ((octets[0] ?? 0) & 0x80) octets.unshift(0)
  for (let i = 0; i < padding; i++) octets.unshift(0)
  return primitive(tag, Uint8Array.from(octets))
}

/** The same element under another tag. */
export function retag(element: BerElement, tag: number): BerElement {
  return { ...element, tag }
}

/** The same element with its own length form, whatever the message around it uses. */
export function withLength(element: BerElement, length: LengthForm): BerElement {
  return { ...element, length }
}

/** Largest message this writer makes, octets: far above any TCAP message that SCCP can carry (Q.713: 3,952). */
const SCRATCH_BYTES = 16_384
const scratch = new Uint8Array(SCRATCH_BYTES)

/**
 * Writes `element` and all it holds. Source: X.690 §8.1.
 * @param form for every element without a form of its own; `indefinite` applies to constructed elements only.
 */
export function encode(element: BerElement, form: LengthForm = 'minimal'): Uint8Array {
  return scratch.slice(writeBackwards(element, form, SCRATCH_BYTES), SCRATCH_BYTES)
}

/** As `encode`, but the octets last only until the next call: for who copies them at once. */
export function encodeBriefly(element: BerElement, form: LengthForm): Uint8Array {
  return scratch.subarray(writeBackwards(element, form, SCRATCH_BYTES), SCRATCH_BYTES)
}

/** Writes from the end towards the start, so that every length is known when it is due. Returns where it starts. */
function writeBackwards(element: BerElement, messageForm: LengthForm, end: number): number {
  const form = element.length ?? messageForm
  const { content } = element
  const isPrimitive = content instanceof Uint8Array
  const indefinite = form === 'indefinite' && !isPrimitive
  let at = end
  if (indefinite) {
    scratch[--at] = 0
    scratch[--at] = 0
  }
  const contentEnd = at
  if (isPrimitive) {
    at -= content.length
    // most are a few octets, for which a copy by hand is the quickest
    if (at >= 0) for (let i = 0; i < content.length; i++) scratch[at + i] = content[i] ?? 0
  } else {
    for (let i = content.length - 1; i >= 0; i--) {
      const child = content[i]
      if (child !== undefined) at = writeBackwards(child, messageForm, at)
    }
  }
  if (at < 16) throw new RangeError(`a message of more than ${SCRATCH_BYTES} octets`)
  if (indefinite) scratch[--at] = 0x80
  else at = writeLength(contentEnd - at, form === 'padded', at)
  for (let tag = element.tag; ; tag = Math.floor(tag / 256)) {
    scratch[--at] = tag & 0xff
    if (tag <= 0xff) return at
  }
}

function writeLength(length: number, padded: boolean, end: number): number {
  let at = end
  if (length < 0x80 && !padded) {
    scratch[--at] = length
    return at
  }
  const wide = length > 0xff || (padded && length >= 0x80)
  scratch[--at] = length & 0xff
  if (wide) scratch[--at] = length >> 8
  scratch[--at] = wide ? 0x82 : 0x81
  return at
}

/** Every number carried in `element`, in order. */
export function digitsOf(element: BerElement): Digits[] {
  if (element.digits !== null) return [element.digits]
  return element.content instanceof Uint8Array ? [] : element.content.flatMap(digitsOf)
}
