import { at } from '../../../bytes/at.ts'
import { BerReader, berTag, TAG_CLASS } from '../../../bytes/ber.ts'
import { Fault } from '../../../bytes/fault.ts'
import { LIMITS } from '../../../limits.ts'
import { ansiMapOperationName } from './operations.ts'

/** Package types by private tag. Source: ANSI T1.114.3 §3.1, §3.2. */
export const ANSI_PACKAGES = [
  { tag: 1, name: 'unidirectional' },
  { tag: 2, name: 'queryWithPermission' },
  { tag: 3, name: 'queryWithoutPermission' },
  { tag: 4, name: 'response' },
  { tag: 5, name: 'conversationWithPermission' },
  { tag: 6, name: 'conversationWithoutPermission' },
  { tag: 22, name: 'abort' },
] as const

export type AnsiPackageName = (typeof ANSI_PACKAGES)[number]['name']

/** Components by private tag. Source: ANSI T1.114.3 §3.5. */
export const ANSI_COMPONENTS = [
  { tag: 9, name: 'invokeLast' },
  { tag: 10, name: 'returnResultLast' },
  { tag: 11, name: 'returnError' },
  { tag: 12, name: 'reject' },
  { tag: 13, name: 'invokeNotLast' },
  { tag: 14, name: 'returnResultNotLast' },
] as const

export type AnsiComponentName = (typeof ANSI_COMPONENTS)[number]['name']

export interface AnsiComponent {
  readonly name: AnsiComponentName
  /** `national` operations are those of T1.114.5, `private` ones name their family of another standard. */
  readonly form: 'national' | 'private' | null
  /** Operation family without the bit that asks for a reply; null where the component carries no operation. */
  readonly family: number | null
  /** Operation specifier. */
  readonly specifier: number | null
}

/** An ANSI TCAP package: what it is, between whom, and of which operations. */
export interface AnsiPackage {
  readonly name: AnsiPackageName
  /** Transaction identifiers: octets `[start, end)`, -1 when absent. A package carries that of its sender first. */
  readonly otidStart: number
  readonly otidEnd: number
  readonly dtidStart: number
  readonly dtidEnd: number
  readonly components: readonly AnsiComponent[]
  /** Where the package could not be read to its end; what came before stands. */
  readonly fault: Fault | null
}

const PRIVATE = (number: number): number => berTag(TAG_CLASS.private, number)
const TRANSACTION_ID = PRIVATE(7)
const COMPONENT_SEQUENCE = PRIVATE(8)
const COMPONENT_ID = PRIVATE(15)
const NATIONAL_OPERATION = PRIVATE(16)
const PRIVATE_OPERATION = PRIVATE(17)
const TRANSACTION_ID_BYTES = 4
/** Operation family of ANSI-41 mobile application part. */
const MOBILE_FAMILY = 9

const PACKAGE_NAMES = new Map<number, AnsiPackageName>(ANSI_PACKAGES.map((row) => [PRIVATE(row.tag), row.name]))
const COMPONENT_NAMES = new Map<number, AnsiComponentName>(ANSI_COMPONENTS.map((row) => [PRIVATE(row.tag), row.name]))

const outer = new BerReader()
const element = new BerReader()
const inner = new BerReader()

/**
 * Decodes an ANSI TCAP package in `bytes[start, end)`: all but the parameters of its operations.
 * Source: ANSI T1.114.3 §3. @returns a Fault when the package's own element cannot be read or its type is unknown; a later
 * break leaves `fault`. Never throws.
 */
export function decodeAnsiTcap(bytes: Uint8Array, start: number, end: number): AnsiPackage | Fault {
  if (!outer.read(bytes, start, end)) return new Fault('ansi-tcap', 'truncated', outer.failedAt)
  const name = PACKAGE_NAMES.get(outer.tag)
  if (name === undefined) return new Fault('ansi-tcap', 'unknown package type', start)
  const limit = outer.end
  let p = outer.start
  let otidStart = -1
  let otidEnd = -1
  let dtidStart = -1
  let dtidEnd = -1
  let fault: Fault | null = null
  const components: AnsiComponent[] = []
  while (p < limit) {
    if (!element.read(bytes, p, limit)) {
      fault = new Fault('ansi-tcap', 'unreadable element', element.failedAt)
      break
    }
    p = element.next
    if (element.tag === TRANSACTION_ID) {
      const { start: first, end: last } = element
      const two = last - first >= 2 * TRANSACTION_ID_BYTES
      // a query has the sender's alone, a response or abort the receiver's
      const sendersFirst = two || name === 'queryWithPermission' || name === 'queryWithoutPermission'
      if (sendersFirst && last > first) {
        otidStart = first
        otidEnd = two ? first + TRANSACTION_ID_BYTES : last
      }
      if (two || (!sendersFirst && last > first)) {
        dtidStart = two ? first + TRANSACTION_ID_BYTES : first
        dtidEnd = last
      }
    } else if (element.tag === COMPONENT_SEQUENCE) {
      fault = decodeComponents(bytes, element.start, element.end, components) ?? fault
    }
  }
  return { name, otidStart, otidEnd, dtidStart, dtidEnd, components, fault }
}

/**
 * The operation of a package in the words of a coverage row: the name of the first that ANSI-41 defines, else its kind.
 * Fixed words only, so that rows are as many as the table's.
 */
export function ansiOperation(bytes: Uint8Array, start: number, end: number): string {
  const decoded = decodeAnsiTcap(bytes, start, end)
  if (decoded instanceof Fault) return 'unreadable package'
  for (const { form, family, specifier, name } of decoded.components) {
    if (specifier === null) {
      if (name === 'returnError' || name === 'reject') return name
      if (name.startsWith('returnResult')) return 'returnResult'
      continue
    }
    if (form === 'national') return 'national operation'
    if (family !== MOBILE_FAMILY) return 'operation of another family'
    return ansiMapOperationName(specifier) ?? 'undefined operation'
  }
  return decoded.name === 'abort' ? 'abort' : 'package without operation'
}

function decodeComponents(bytes: Uint8Array, start: number, end: number, list: AnsiComponent[]): Fault | null {
  let p = start
  while (p < end) {
    if (!element.read(bytes, p, end)) return new Fault('ansi-tcap', 'unreadable component', element.failedAt)
    p = element.next
    const name = COMPONENT_NAMES.get(element.tag)
    if (name === undefined) return new Fault('ansi-tcap', 'unknown component type', element.start)
    if (list.length === LIMITS.tcapComponents) return new Fault('ansi-tcap', 'too many components', element.start)
    const component = decodeComponent(name, bytes, element.start, element.end)
    if (component instanceof Fault) return component
    list.push(component)
  }
  return null
}

/** Source: ANSI T1.114.3 §3.5: component identifiers, operation or error code, parameters. */
function decodeComponent(
  name: AnsiComponentName,
  bytes: Uint8Array,
  start: number,
  end: number,
): AnsiComponent | Fault {
  let p = start
  while (p < end) {
    if (!inner.read(bytes, p, end)) return new Fault('ansi-tcap', 'unreadable component', inner.failedAt)
    p = inner.next
    if (inner.tag === COMPONENT_ID) continue
    const form = inner.tag === NATIONAL_OPERATION ? 'national' : inner.tag === PRIVATE_OPERATION ? 'private' : null
    if (form === null) break
    if (inner.end - inner.start !== 2) break
    return { name, form, family: at(bytes, inner.start) & 0x7f, specifier: at(bytes, inner.start + 1) }
  }
  return { name, form: null, family: null, specifier: null }
}
