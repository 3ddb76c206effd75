import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import { NO_SIM_CONTENT, recogniseSimContent, type SimContent } from './ota-recognition.ts'
import { USIM_DATA_DOWNLOAD } from './protocol-identifier.ts'
import type { SmsTpdu } from './tpdu.ts'
import { COMMAND_PACKET_ELEMENT, RESPONSE_PACKET_ELEMENT } from './user-data-header.ts'

interface Partial {
  readonly parts: Map<number, Uint8Array>
  readonly total: number
  bytes: number
  declaresCommand: boolean
  declaresResponse: boolean
  readonly timeUs: number
}

/**
 * Puts the parts of concatenated binary messages together (TS 23.040 §9.2.3.24.1), within LIMITS, for one end: to tell
 * what a SIM command packet that spans them is. Text is never held: a part counts only when its data coding is 8-bit, or
 * when the first part, seen before, declares a packet. What is whole is looked at once and forgotten.
 */
export class SmsAssembly {
  private readonly partials = new Map<string, Partial>()
  private heldBytes = 0
  private droppedParts = 0

  /**
   * Takes one part.
   * @param sms decoded from `bytes`. @param timeUs capture time, for expiry.
   * @returns what the whole message holds when this was the last part and it holds anything for a SIM, else null.
   */
  add(
    sms: SmsTpdu,
    bytes: Uint8Array,
    originator: string | null,
    destination: string | null,
    timeUs: number,
    anomalies: AnomalyList | null = null,
  ): SimContent | null {
    const { concatenation } = sms
    if (concatenation === null || concatenation.total < 2) return null
    const { reference, total, sequence } = concatenation
    this.expire(timeUs)
    const key = `${originator ?? ''}|${destination ?? ''}|${sms.type}|${reference}|${total}`
    const declaresCommand = sms.elements.includes(COMMAND_PACKET_ELEMENT)
    const declaresResponse = sms.elements.includes(RESPONSE_PACKET_ELEMENT)
    let partial = this.partials.get(key)
    const isDeclared = declaresCommand || declaresResponse || (partial !== undefined && isPacket(partial))
    if (!sms.binary && !isDeclared) return null
    if (partial === undefined) {
      if (this.partials.size >= LIMITS.smsAssemblies) this.dropOldest()
      partial = { parts: new Map(), total, bytes: 0, declaresCommand, declaresResponse, timeUs }
      this.partials.set(key, partial)
    } else if (partial.parts.has(sequence)) return null
    partial.declaresCommand ||= declaresCommand
    partial.declaresResponse ||= declaresResponse
    const part = bytes.slice(sms.bodyStart, sms.bodyEnd)
    partial.parts.set(sequence, part)
    partial.bytes += part.length
    this.heldBytes += part.length
    if (partial.parts.size < total) {
      while (this.heldBytes > LIMITS.smsAssemblyBytes) this.dropOldest()
      return null
    }
    this.forget(key, partial)
    const content = contentOf(partial, sms, anomalies)
    return content === NO_SIM_CONTENT ? null : content
  }

  /** Octets held. */
  get held(): number {
    return this.heldBytes
  }

  /** Parts given up since the last call: their messages were never whole. */
  takeDropped(): number {
    const { droppedParts } = this
    this.droppedParts = 0
    return droppedParts
  }

  /** Gives up all that is unfinished, at the end of the input. */
  flush(): void {
    while (this.partials.size > 0) this.dropOldest()
  }

  private forget(key: string, partial: Partial): void {
    this.partials.delete(key)
    this.heldBytes -= partial.bytes
  }

  private dropOldest(): void {
    const oldest = this.partials.entries().next()
    if (oldest.done) return
    const [key, partial] = oldest.value
    this.droppedParts += partial.parts.size
    this.forget(key, partial)
  }

  /** Partials stand in order of arrival, so that only the expired ones are looked at. */
  private expire(timeUs: number): void {
    for (const partial of this.partials.values()) {
      if (timeUs - partial.timeUs <= LIMITS.smsAssemblyUs) return
      this.dropOldest()
    }
  }
}

function isPacket(partial: Partial): boolean {
  return partial.declaresCommand || partial.declaresResponse
}

function contentOf(partial: Partial, last: SmsTpdu, anomalies: AnomalyList | null): SimContent {
  const whole = new Uint8Array(partial.bytes)
  let offset = 0
  for (let sequence = 1; sequence <= partial.total; sequence++) {
    const part = partial.parts.get(sequence)
    if (part === undefined) continue
    whole.set(part, offset)
    offset += part.length
  }
  const hint = {
    declaresCommand: partial.declaresCommand,
    declaresResponse: partial.declaresResponse,
    pid: last.pid,
    isSimData: last.type === 'deliver' && (last.pid === USIM_DATA_DOWNLOAD || last.messageClass === 2),
    cut: false,
  }
  return recogniseSimContent(whole, 0, whole.length, hint, anomalies)
}
