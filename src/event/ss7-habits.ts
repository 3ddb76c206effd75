import { at } from '../bytes/at.ts'
import { BerReader } from '../bytes/ber.ts'
import { LIMITS } from '../limits.ts'
import type { AnomalyList } from '../signalling/anomaly.ts'
import { M3UA_OPTIONAL } from '../signalling/sigtran/m3ua.ts'
import type { SccpUnitdata } from '../signalling/ss7/sccp.ts'
import type { SccpAddress } from '../signalling/ss7/sccp-address.ts'
import type { TcapComponent, TcapMessage } from '../signalling/ss7/tcap.ts'

/** Elements of an argument whose tags are told. */
const ARGUMENT_ELEMENTS = 16
/** Invoke identifiers told by their value; others by their kind. */
const PLAIN_INVOKE_IDS = new Set([-128, -1, 0, 1, 2])

const argument = new BerReader()
const element = new BerReader()

/**
 * How a sender writes its requests, apart from who asks about whom: the choices that a specification leaves open. Two
 * stacks that mean the same and write it differently give different texts; `docs/fingerprint.md` names the features.
 */
export class Ss7Habits {
  private texts = new Map<number, string>()
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
    this.hash = 0
    this.check = 0
    const lengths = lengthForms(anomalies)
    const { called, calling } = sccp
    this.mix(optionalParameters)
    this.mix(sccp.message.length * 16 + (sccp.protocolClass ?? 2) * 2 + (sccp.returnOnError ? 1 : 0))
    this.mix(sccp.hopCounter ?? 255)
    this.mixAddress(called)
    this.mixAddress(calling)
    this.mix((message.otidEnd - message.otidStart) * 8 + leadingZeros(bytes, message.otidStart, message.otidEnd))
    this.mix(component.invokeId ?? 1000)
    this.mix(lengths)
    const { dialogue } = message
    const version = dialogue === null ? 0 : versionOf(dialogue.applicationContext)
    this.mix(
      dialogue === null
        ? 0
        : 1 + (dialogue.hasVersion ? 2 : 0) + (dialogue.userInformationEnd > 0 ? 4 : 0) + version * 8,
    )
    this.mix((component.code ?? -1) * 4 + (component.codeForm === 'global' ? 1 : 0))
    this.mixTags(bytes, component.parameterStart, component.parameterEnd)
    const key = (this.hash >>> 0) * 0x200000 + (this.check & 0x1fffff)
    const known = this.texts.get(key)
    if (known !== undefined) return known
    const text = [
      `m3ua=${optionalNames(optionalParameters)}`,
      `sccp=${sccp.message}${sccp.protocolClass ?? '-'}${sccp.returnOnError ? 'r' : ''}`,
      `hop=${sccp.hopCounter ?? '-'}`,
      `called=${addressHabit(called)}`,
      `calling=${addressHabit(calling)}`,
      `otid=${message.otidEnd - message.otidStart}z${leadingZeros(bytes, message.otidStart, message.otidEnd)}`,
      `invoke=${invokeHabit(component.invokeId)}`,
      `length=${['minimal', 'long', 'indefinite', 'mixed'][lengths]}`,
      `dialogue=${dialogue === null ? '-' : `${dialogue.apdu}${dialogue.hasVersion ? 'v' : ''}${dialogue.userInformationEnd > 0 ? 'u' : ''}`}`,
      `context=${version === 0 ? '-' : version}`,
      `opcode=${component.codeForm ?? '-'}`,
      `argument=${component.code ?? '-'}:${tagNames(bytes, component.parameterStart, component.parameterEnd)}`,
    ].join(';')
    if (this.texts.size >= LIMITS.encodingHabits) this.texts = new Map()
    this.texts.set(key, text)
    return text
  }

  private mix(value: number): void {
    this.hash = Math.imul(this.hash ^ value, 0x9e3779b1)
    this.hash ^= this.hash >>> 15
    this.check = Math.imul(this.check + value + 1, 0x85ebca6b) ^ (this.hash >>> 7)
  }

  private mixAddress(address: SccpAddress): void {
    this.mix(address.globalTitleIndicator * 2 + (address.routedOnSsn ? 1 : 0))
    this.mix((address.translationType ?? 256) * 512 + (address.numberingPlan ?? 16) * 16)
    this.mix((address.natureOfAddress ?? 128) * 4 + (address.pointCode === null ? 0 : 1))
    this.mix(address.ssn ?? 256)
  }

  /** The tags in an argument, in their order; of nothing further in. */
  private mixTags(bytes: Uint8Array, start: number, end: number): void {
    if (start >= end || !argument.read(bytes, start, end)) return
    this.mix(at(bytes, start))
    if (!argument.constructed) return
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

function invokeHabit(invokeId: number | null): string {
  if (invokeId === null) return '-'
  if (PLAIN_INVOKE_IDS.has(invokeId)) return String(invokeId)
  return invokeId < 0 ? 'negative' : 'other'
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

function lengthForms(anomalies: AnomalyList): number {
  if (anomalies.isEmpty) return 0
  return (anomalies.has('nonMinimalLength') ? 1 : 0) + (anomalies.has('indefiniteLength') ? 2 : 0)
}

/** Last arc of an application context name: its version; 0 for none. */
function versionOf(context: string | null): number {
  if (context === null) return 0
  const last = context.charCodeAt(context.length - 1) - 48
  return last >= 0 && last <= 9 ? last : 0
}
