import { at } from '../bytes/at.ts'
import { BerReader } from '../bytes/ber.ts'
import { LIMITS } from '../limits.ts'
import { type AnomalyList, oddLengths } from '../signalling/anomaly.ts'
import { M3UA_OPTIONAL } from '../signalling/sigtran/m3ua.ts'
import type { SccpUnitdata } from '../signalling/ss7/sccp.ts'
import type { SccpAddress } from '../signalling/ss7/sccp-address.ts'
import type { TcapComponent, TcapMessage } from '../signalling/ss7/tcap.ts'
import type { TcapDialogue } from '../signalling/ss7/tcap-dialogue.ts'

/** Elements of an argument whose tags are told. */
const ARGUMENT_ELEMENTS = 16
/** Kinds of invoke identifiers; some are told by their value. */
const INVOKE = { none: 0, negative: 1, other: 2, value: 3 } as const

const argument = new BerReader()
const element = new BerReader()

/**
 * How a sender writes its requests, apart from who asks about whom: the choices that a specification leaves open. Two
 * stacks that mean the same and write it differently give different texts; `docs/fingerprint.md` names the features.
 */
export class Ss7Habits {
  /** Texts already made, each at the place its features give; whichever comes there last owns it. */
  private readonly texts: (string | undefined)[] = new Array(LIMITS.encodingHabits).fill(undefined)
  /** `hash` and `check` of the features of each. */
  private readonly keys = new Int32Array(LIMITS.encodingHabits * 2)
  private hash = 0
  private check = 0

  /**
   * The features of an invoke that opens a transaction, `name=value` apart by semicolons, in a fixed order.
   * @param bytes the message's octets, to which the positions in `message` and `component` refer.
   */
  textOf(
    optionalParameters: number,
    sccp: SccpUnitdata,
    bytes: Uint8Array,
    message: TcapMessage,
    component: TcapComponent,
    anomalies: AnomalyList,
  ): string {
    const { called, calling } = sccp
    const { dialogue } = message
    const lengths = oddLengths(anomalies)
    const version = dialogue === null ? 0 : versionOf(dialogue.applicationContext)
    const otidBytes = message.otidEnd - message.otidStart
    const otidZeros = leadingZeros(bytes, message.otidStart, message.otidEnd)
    // small values side by side in as few words as hold them
    this.hash = 0
    this.check = 0
    this.mix(
      optionalParameters |
        ((sccp.protocolClass ?? 16) << 4) |
        (sccp.returnOnError ? 1 << 9 : 0) |
        (lengths << 10) |
        (sccp.message.length << 12) |
        (sccp.message.charCodeAt(0) << 15) |
        (component.codeForm === 'global' ? 1 << 22 : 0),
    )
    this.mix(((called.ssn ?? 256) << 18) | ((calling.ssn ?? 256) << 9) | (sccp.hopCounter ?? 256))
    this.mix(addressWord(called))
    this.mix(addressWord(calling))
    this.mix((otidBytes << 16) ^ otidZeros)
    this.mix((invokeKind(component.invokeId) << 8) | (dialogue === null ? 0 : dialogueWord(dialogue, version)))
    this.mix(component.code ?? -1)
    this.mixTags(bytes, component.parameterStart, component.parameterEnd)
    const { hash, check, keys, texts } = this
    const place = (hash ^ (hash >>> 16)) & (texts.length - 1)
    const known = texts[place]
    if (known !== undefined && keys[2 * place] === hash && keys[2 * place + 1] === check) return known
    const text = [
      `m3ua=${optionalNames(optionalParameters)}`,
      `sccp=${sccp.message}${sccp.protocolClass ?? '-'}${sccp.returnOnError ? 'r' : ''}`,
      `hop=${sccp.hopCounter ?? '-'}`,
      `called=${addressHabit(called)}`,
      `calling=${addressHabit(calling)}`,
      `otid=${otidBytes}z${otidZeros}`,
      `invoke=${invokeHabit(component.invokeId)}`,
      `length=${['minimal', 'long', 'indefinite', 'mixed'][lengths]}`,
      `dialogue=${dialogue === null ? '-' : `${dialogue.apdu}${dialogue.hasVersion ? 'v' : ''}${dialogue.userInformationEnd > 0 ? 'u' : ''}`}`,
      `context=${version === 0 ? '-' : version}`,
      `opcode=${component.codeForm ?? '-'}`,
      `argument=${component.code ?? '-'}:${tagNames(bytes, component.parameterStart, component.parameterEnd)}`,
    ].join(';')
    keys[2 * place] = hash
    keys[2 * place + 1] = check
    texts[place] = text
    return text
  }

  private mix(value: number): void {
    this.hash = Math.imul(this.hash ^ value, 0x9e3779b1)
    this.hash ^= this.hash >>> 15
    this.check = Math.imul(this.check + value + 1, 0x85ebca6b) ^ (this.hash >>> 7)
  }

  /** The tags in an argument, in their order; of nothing further in. */
  private mixTags(bytes: Uint8Array, start: number, end: number): void {
    if (start >= end) return
    const readable = argument.read(bytes, start, end)
    this.mix(readable ? at(bytes, start) : -1)
    if (!readable || !argument.constructed) return
    let p = argument.start
    for (let i = 0; i < ARGUMENT_ELEMENTS && p < argument.end; i++) {
      if (!element.read(bytes, p, argument.end)) return
      this.mix(at(bytes, p) + 256)
      p = element.next
    }
  }
}

function tagNames(bytes: Uint8Array, start: number, end: number): string {
  if (start >= end) return '-'
  if (!argument.read(bytes, start, end)) return '?'
  const names: string[] = []
  let p = argument.start
  for (let i = 0; argument.constructed && i < ARGUMENT_ELEMENTS && p < argument.end; i++) {
    if (!element.read(bytes, p, argument.end)) break
    names.push(hex(at(bytes, p)))
    p = element.next
  }
  return names.length === 0 ? hex(at(bytes, start)) : `${hex(at(bytes, start))}(${names.join('.')})`
}

const hex = (octet: number): string => octet.toString(16).padStart(2, '0')

/** Global title indicator, translation type, numbering plan, nature of address, subsystem; how it is routed. */
function addressHabit(address: SccpAddress): string {
  const { globalTitleIndicator, translationType, numberingPlan, natureOfAddress, ssn, pointCode, routedOnSsn } = address
  const parts = [globalTitleIndicator, translationType, numberingPlan, natureOfAddress, ssn].map((part) => part ?? '-')
  return `${parts.join('.')}${pointCode === null ? '' : 'p'}${routedOnSsn ? 's' : ''}`
}

/** The address without its title and subsystem in one word: two are alike when it is. */
function addressWord(address: SccpAddress): number {
  return (
    address.globalTitleIndicator |
    (address.routedOnSsn ? 1 << 4 : 0) |
    (address.pointCode === null ? 0 : 1 << 5) |
    ((address.numberingPlan ?? 16) << 6) |
    ((address.natureOfAddress ?? 128) << 11) |
    ((address.translationType ?? 256) << 19)
  )
}

/** A dialogue portion in one word, bits 8 to 16 left free; never 0. */
function dialogueWord({ apdu, hasVersion, userInformationEnd }: TcapDialogue, version: number): number {
  const name = (apdu.charCodeAt(1) << 7) | apdu.charCodeAt(3)
  return (name << 17) | (version << 3) | (hasVersion ? 4 : 0) | (userInformationEnd > 0 ? 2 : 0) | 1
}

function invokeKind(invokeId: number | null): number {
  if (invokeId === null) return INVOKE.none
  if (invokeId === -128 || (invokeId >= -1 && invokeId <= 2)) return INVOKE.value + (invokeId & 0xff)
  return invokeId < 0 ? INVOKE.negative : INVOKE.other
}

function invokeHabit(invokeId: number | null): string {
  const kind = invokeKind(invokeId)
  if (kind === INVOKE.none) return '-'
  if (kind >= INVOKE.value) return String(invokeId)
  return kind === INVOKE.negative ? 'negative' : 'other'
}

function leadingZeros(bytes: Uint8Array, start: number, end: number): number {
  let p = start
  while (p < end && at(bytes, p) === 0) p++
  return p - start
}

function optionalNames(bits: number): string {
  const names = Object.entries(M3UA_OPTIONAL).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name]))
  return names.length === 0 ? '-' : names.join('+')
}

/** Last arc of an application context name: its version; 0 for none. */
function versionOf(context: string | null): number {
  if (context === null) return 0
  const last = context.charCodeAt(context.length - 1) - 48
  return last >= 0 && last <= 9 ? last : 0
}
