import { at } from '../../bytes/at.ts'
import { BerReader, berTag, decodeInteger, decodeObjectIdentifier, TAG_CLASS } from '../../bytes/ber.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { type AnomalyList, noteBerOddities, oddLengths } from '../anomaly.ts'
import { decodeDialoguePortion, type TcapDialogue } from './tcap-dialogue.ts'

/** Message types by application tag. Source: ITU-T Q.773 §4.1.1. */
export const TCAP_MESSAGES = [
  { tag: 1, name: 'unidirectional' },
  { tag: 2, name: 'begin' },
  { tag: 4, name: 'end' },
  { tag: 5, name: 'continue' },
  { tag: 7, name: 'abort' },
] as const

export type TcapMessageName = (typeof TCAP_MESSAGES)[number]['name']

/** Components by context tag. Source: ITU-T Q.773 §4.2.1.2. */
export const TCAP_COMPONENTS = [
  { tag: 1, name: 'invoke' },
  { tag: 2, name: 'returnResultLast' },
  { tag: 3, name: 'returnError' },
  { tag: 4, name: 'reject' },
  { tag: 7, name: 'returnResultNotLast' },
] as const

export type TcapComponentName = (typeof TCAP_COMPONENTS)[number]['name']

/** A component; its parameter is the BER element `bytes[parameterStart, parameterEnd)`, empty when absent. */
export interface TcapComponent {
  readonly name: TcapComponentName
  readonly invokeId: number | null
  readonly linkedId: number | null
  /** How operation or error code is encoded; null when there is none. */
  readonly codeForm: 'local' | 'global' | null
  /** Operation code of an invoke or result, error code of an error, problem code of a reject; null when absent. */
  readonly code: number | null
  readonly parameterStart: number
  readonly parameterEnd: number
}

export interface TcapMessage {
  readonly name: TcapMessageName
  /** Transaction identifiers: octets `[start, end)`, -1 when absent. */
  readonly otidStart: number
  readonly otidEnd: number
  readonly dtidStart: number
  readonly dtidEnd: number
  readonly dialogue: TcapDialogue | null
  /** P-Abort cause (Q.773 §4.2.1.4), else null. */
  readonly abortCause: number | null
  readonly components: readonly TcapComponent[]
  /** Where the component or dialogue portion could not be read to its end; what came before stands. */
  readonly fault: Fault | null
}

const APPLICATION = (number: number): number => berTag(TAG_CLASS.application, number)
const OTID = APPLICATION(8)
const DTID = APPLICATION(9)
const P_ABORT_CAUSE = APPLICATION(10)
const DIALOGUE_PORTION = APPLICATION(11)
const COMPONENT_PORTION = APPLICATION(12)
const INTEGER = berTag(TAG_CLASS.universal, 2)
const NULL = berTag(TAG_CLASS.universal, 5)
const OBJECT_IDENTIFIER = berTag(TAG_CLASS.universal, 6)
const SEQUENCE = berTag(TAG_CLASS.universal, 16)
const CONTEXT = berTag(TAG_CLASS.context, 0)
const LINKED_ID = CONTEXT

/** Names by the number of their tag. */
const MESSAGE_NAMES = byNumber(TCAP_MESSAGES)
const COMPONENT_NAMES = byNumber(TCAP_COMPONENTS)

function byNumber<T>(rows: readonly { readonly tag: number; readonly name: T }[]): readonly (T | null)[] {
  return Array.from({ length: 8 }, (_, tag) => rows.find((row) => row.tag === tag)?.name ?? null)
}

/** The name of a tag of class `first`, the tag with number 0 of that class; null for none. */
function nameOf<T>(names: readonly (T | null)[], tag: number, first: number): T | null {
  const number = tag - first
  return number < 0 || number >= names.length ? null : (names[number] ?? null)
}

const NO_COMPONENTS: readonly TcapComponent[] = []

/** Tells an ANSI package (private tags, T1.114.3 §3.1) from an ITU message by its first octet. */
export function isAnsiTcap(bytes: Uint8Array, start: number, end: number): boolean {
  const first = start < end ? at(bytes, start) : 0
  return (first >= 0xe1 && first <= 0xe6) || first === 0xf6
}

const outer = new BerReader()
const element = new BerReader()
const inner = new BerReader()

/**
 * Decodes a TCAP message in `bytes[start, end)`.
 * Source: ITU-T Q.773 §4. @returns a Fault when not even the message's own element can be read or its type is unknown;
 * a later break leaves `fault` in the message. Never throws.
 */
export function decodeTcap(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): TcapMessage | Fault {
  if (!outer.read(bytes, start, end)) return new Fault('tcap', 'truncated', outer.failedAt)
  const name = nameOf(MESSAGE_NAMES, outer.tag, APPLICATION(0))
  if (name === null) return new Fault('tcap', 'unknown message type', start)
  if (outer.oddities !== 0) noteBerOddities(outer.oddities, anomalies)
  if (outer.next < end) anomalies.add('trailingOctets')
  const limit = outer.end
  let p = outer.start
  let otidStart = -1
  let otidEnd = -1
  let dtidStart = -1
  let dtidEnd = -1
  let abortCause: number | null = null
  let dialogue: TcapDialogue | null = null
  let components = NO_COMPONENTS
  let fault: Fault | null = null
  while (p < limit) {
    if (!element.read(bytes, p, limit)) {
      fault = new Fault('tcap', 'unreadable element', element.failedAt)
      break
    }
    if (element.oddities !== 0) noteBerOddities(element.oddities, anomalies)
    p = element.next
    if (element.tag === OTID) {
      otidStart = element.start
      otidEnd = element.end
      if (otidEnd - otidStart < 1 || otidEnd - otidStart > 4) anomalies.add('transactionIdLength')
    } else if (element.tag === DTID) {
      dtidStart = element.start
      dtidEnd = element.end
      if (dtidEnd - dtidStart < 1 || dtidEnd - dtidStart > 4) anomalies.add('transactionIdLength')
    } else if (element.tag === P_ABORT_CAUSE) abortCause = decodeInteger(bytes, element.start, element.end)
    else if (element.tag === DIALOGUE_PORTION) {
      const portion = decodeDialoguePortion(bytes, element.start, element.end, anomalies)
      if (portion instanceof Fault) fault = portion
      else dialogue = portion
    } else if (element.tag === COMPONENT_PORTION) {
      fault = decodeComponents(bytes, element.start, element.end, components.length, anomalies) ?? fault
      if (components.length === 0) components = taken
      else {
        // a portion too many: which of them its receiver reads is for it to know
        anomalies.add('duplicateParameter')
        components = [...components, ...taken]
      }
    } else anomalies.add('unknownParameter')
  }
  if (components.length > 1) noteSeveralComponents(components, anomalies)
  if (isIdMissing(name, otidStart, dtidStart)) anomalies.add('transactionIdMissing')
  if (name === 'begin' && components.length === 0 && fault === null) anomalies.add('emptyBegin')
  return { name, otidStart, otidEnd, dtidStart, dtidEnd, dialogue, abortCause, components, fault }
}

/** Source: ITU-T Q.773 §4.2.1: a begin names its originator, an end and an abort whom they answer, a continue both. */
function isIdMissing(name: TcapMessageName, otidStart: number, dtidStart: number): boolean {
  const needsOtid = name === 'begin' || name === 'continue'
  const needsDtid = name === 'continue' || name === 'end' || name === 'abort'
  return (needsOtid && otidStart < 0) || (needsDtid && dtidStart < 0)
}

function noteSeveralComponents(components: readonly TcapComponent[], anomalies: AnomalyList): void {
  anomalies.add('severalComponents')
  const invokes = components.filter((c) => c.name === 'invoke')
  if (new Set(invokes.map((c) => c.code)).size > 1) anomalies.add('mixedOperations')
}

/** What `decodeComponents` read last. */
let taken: readonly TcapComponent[] = NO_COMPONENTS

/**
 * Reads the components in `bytes[start, end)` into `taken`, those behind one that cannot be read too.
 * @param before components of the message in front of these.
 * @returns a Fault for the first that cannot be read, else null.
 */
function decodeComponents(
  bytes: Uint8Array,
  start: number,
  end: number,
  before: number,
  anomalies: AnomalyList,
): Fault | null {
  let list: TcapComponent[] | null = null
  let fault: Fault | null = null
  taken = NO_COMPONENTS
  let p = start
  while (p < end) {
    if (!element.read(bytes, p, end)) return fault ?? new Fault('tcap', 'unreadable component', element.failedAt)
    if (element.oddities !== 0) noteBerOddities(element.oddities, anomalies)
    p = element.next
    const name = nameOf(COMPONENT_NAMES, element.tag, CONTEXT)
    if (name === null) {
      fault ??= new Fault('tcap', 'unknown component type', element.start)
      continue
    }
    if (before + taken.length >= LIMITS.tcapComponents) {
      anomalies.add('tooManyComponents')
      return fault ?? new Fault('tcap', 'too many components', element.start)
    }
    const component = decodeComponent(name, bytes, element.start, element.end, anomalies)
    if (component instanceof Fault) {
      fault ??= component
      continue
    }
    // nearly always the only one: a list of just its size
    if (list === null) taken = list = [component]
    else list.push(component)
  }
  return fault
}

/**
 * An invoke stands even when its operation code (then null) or its parameter (then all that is left) cannot be read:
 * that somebody asked for something is known. Source: ITU-T Q.773 §4.2.1.2 and Q.772 §3.
 */
function decodeComponent(
  name: TcapComponentName,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): TcapComponent | Fault {
  let p = start
  let limit = end
  let invokeId: number | null = null
  let linkedId: number | null = null
  let codeForm: 'local' | 'global' | null = null
  let code: number | null = null
  if (!readInner(bytes, p, limit, anomalies)) return new Fault('tcap', 'unreadable invoke identifier', p)
  p = inner.next
  if (inner.tag === INTEGER) invokeId = readInteger(bytes, anomalies)
  else if (inner.tag !== NULL || name !== 'reject') return new Fault('tcap', 'no invoke identifier', inner.start)
  const result = name === 'returnResultLast' || name === 'returnResultNotLast'
  let more = readInner(bytes, p, limit, anomalies)
  if (more) p = inner.next
  if (name === 'invoke' && more && inner.tag === LINKED_ID) {
    linkedId = readInteger(bytes, anomalies)
    more = readInner(bytes, p, limit, anomalies)
    if (more) p = inner.next
  }
  if (result && more) {
    if (inner.tag !== SEQUENCE) return new Fault('tcap', 'result without operation', inner.start)
    p = inner.start
    limit = inner.end
    more = readInner(bytes, p, limit, anomalies)
    if (more) p = inner.next
  }
  if (name === 'reject') {
    if (!more) return new Fault('tcap', 'reject without problem', p)
    return {
      name,
      invokeId,
      linkedId,
      codeForm,
      code: decodeInteger(bytes, inner.start, inner.end),
      parameterStart: p,
      parameterEnd: p,
    }
  }
  if (more) {
    if (inner.tag === INTEGER) {
      codeForm = 'local'
      code = readInteger(bytes, anomalies)
    } else if (inner.tag === OBJECT_IDENTIFIER) {
      codeForm = 'global'
      anomalies.add('globalOpcode')
      code = globalCode(bytes, inner.start, inner.end)
    } else if (name !== 'invoke') return new Fault('tcap', 'no operation or error code', inner.start)
  } else if (name === 'returnError') return new Fault('tcap', 'no operation or error code', p)
  const parameterStart = p
  if (p < limit) {
    const around = oddLengths(anomalies)
    if (!readInner(bytes, p, limit, anomalies)) {
      if (name !== 'invoke') return new Fault('tcap', 'unreadable parameter', inner.failedAt)
      return { name, invokeId, linkedId, codeForm, code, parameterStart, parameterEnd: limit }
    }
    if (name === 'invoke' && oddLengths(anomalies) !== around) anomalies.add('unevenLengths')
    if (inner.next < limit) anomalies.add('trailingOctets')
    return { name, invokeId, linkedId, codeForm, code, parameterStart, parameterEnd: inner.next }
  }
  return { name, invokeId, linkedId, codeForm, code, parameterStart, parameterEnd: parameterStart }
}

/** Moves `inner` to the element at `p`. @returns false when there is none to be read. */
function readInner(bytes: Uint8Array, p: number, limit: number, anomalies: AnomalyList): boolean {
  if (p >= limit || !inner.read(bytes, p, limit)) return false
  if (inner.oddities !== 0) noteBerOddities(inner.oddities, anomalies)
  return true
}

/** The INTEGER that `inner` stands at; octets in front that only repeat the sign are an oddity (X.690 §8.3.2). */
function readInteger(bytes: Uint8Array, anomalies: AnomalyList): number | null {
  const { start, end } = inner
  if (end - start > 1) {
    const first = at(bytes, start)
    const second = at(bytes, start + 1)
    if ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)) anomalies.add('paddedInteger')
    if (end - start > 6) {
      let p = start
      while (p < end - 1 && at(bytes, p) === 0) p++
      return decodeInteger(bytes, p, end)
    }
  }
  return decodeInteger(bytes, start, end)
}

/**
 * The operation a global code stands for. Stacks that accept one where a local code belongs take its octets as the
 * number; a true object identifier ends in its number.
 */
function globalCode(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start <= 2) return decodeInteger(bytes, start, end)
  const dotted = decodeObjectIdentifier(bytes, start, end)
  return dotted === null ? null : Number(dotted.slice(dotted.lastIndexOf('.') + 1))
}
