import type { SmsTpdu } from '../../signalling/sms/tpdu.ts'
import { blankDetail, type EventDetail, type EventDraft, NO_DETAIL, type SignallingEvent } from '../signalling-event.ts'

/** What few events carry, beside their columns: numbers in words, texts and short messages in lists, each read in its order. */
export interface Extras {
  readonly words: Int32Array
  readonly texts: readonly string[]
  readonly messages: readonly SmsTpdu[]
}

/** Bits of the word that says what an event has; its number in the batch stands before it. */
const BIT = {
  gsmScfAddresses: 1 << 0,
  forwardedTo: 1 << 1,
  position: 1 << 2,
  vectors: 1 << 3,
  fault: 1 << 4,
  message: 1 << 5,
  routeRecord: 1 << 6,
  detail: 1 << 7,
  flags: 1 << 8,
  cancellationType: 1 << 9,
  profileParts: 1 << 10,
  redirects: 1 << 11,
  otherAddresses: 1 << 12,
  callingNumber: 1 << 13,
  calledNumber: 1 << 14,
  redirectingNumber: 1 << 15,
  roamingNumber: 1 << 16,
  serviceKey: 1 << 17,
  ssCode: 1 << 18,
  lcsClient: 1 << 19,
  locationAgeMinutes: 1 << 20,
  requested: 1 << 21,
  rat: 1 << 22,
  fTeids: 1 << 23,
  proxyHosts: 1 << 24,
  hopByHop: 1 << 25,
  endToEnd: 1 << 26,
} as const

/** Words an event without lists takes at most, with room to spare. */
const MOST_WORDS = 64

/** Gathers what the events of a batch carry beside their columns. */
export class ExtrasWriter {
  /** Characters of the texts gathered since the last batch. */
  characters = 0
  private words = new Int32Array(1024)
  private length = 0
  private texts: string[] = []
  private messages: SmsTpdu[] = []

  /** @param index number of the event in the batch. */
  add(index: number, e: SignallingEvent): void {
    const { detail } = e
    const start = this.length
    this.reserve(MOST_WORDS)
    this.length += 2
    let bits = 0
    if (e.gsmScfAddresses.length > 0) bits |= this.list(BIT.gsmScfAddresses, e.gsmScfAddresses)
    if (e.forwardedTo !== null) bits |= this.text(BIT.forwardedTo, e.forwardedTo)
    if (e.position !== null) bits |= this.text(BIT.position, e.position)
    if (e.vectors !== 0) bits |= this.number(BIT.vectors, e.vectors)
    if (e.fault !== null) {
      this.text(0, e.fault.layer)
      this.text(0, e.fault.reason)
      bits |= this.number(BIT.fault, e.fault.offset)
    }
    if (e.sms !== null && e.sms.tpdu !== null) {
      this.messages.push(e.sms.tpdu)
      bits |= BIT.message
    }
    if (e.routeRecord !== null && !isOfWords(e.routeRecord)) bits |= this.list(BIT.routeRecord, e.routeRecord)
    if (detail !== NO_DETAIL) bits |= this.addDetail(detail)
    if (bits === 0) {
      this.length = start
      return
    }
    this.words[start] = index
    this.words[start + 1] = bits
  }

  /** What was gathered since the last call. */
  take(): Extras {
    const { texts, messages } = this
    const words = this.words.slice(0, this.length)
    this.length = 0
    this.texts = []
    this.messages = []
    this.characters = 0
    return { words, texts, messages }
  }

  private addDetail(detail: EventDetail): number {
    let bits: number = BIT.detail
    if (detail.flags !== null) bits |= this.number(BIT.flags, detail.flags)
    if (detail.cancellationType !== null) bits |= this.number(BIT.cancellationType, detail.cancellationType)
    if (detail.profileParts.length > 0) bits |= this.list(BIT.profileParts, detail.profileParts)
    if (detail.redirects.length > 0) bits |= this.list(BIT.redirects, detail.redirects)
    if (detail.otherAddresses.length > 0) bits |= this.list(BIT.otherAddresses, detail.otherAddresses)
    if (detail.callingNumber !== null) bits |= this.text(BIT.callingNumber, detail.callingNumber)
    if (detail.calledNumber !== null) bits |= this.text(BIT.calledNumber, detail.calledNumber)
    if (detail.redirectingNumber !== null) bits |= this.text(BIT.redirectingNumber, detail.redirectingNumber)
    if (detail.roamingNumber !== null) bits |= this.text(BIT.roamingNumber, detail.roamingNumber)
    if (detail.serviceKey !== null) bits |= this.number(BIT.serviceKey, detail.serviceKey)
    if (detail.ssCode !== null) bits |= this.number(BIT.ssCode, detail.ssCode)
    if (detail.lcsClient !== null) bits |= this.text(BIT.lcsClient, detail.lcsClient)
    if (detail.locationAgeMinutes !== null) bits |= this.number(BIT.locationAgeMinutes, detail.locationAgeMinutes)
    if (detail.requested.length > 0) bits |= this.list(BIT.requested, detail.requested)
    if (detail.rat !== null) bits |= this.text(BIT.rat, detail.rat)
    if (detail.fTeids.length > 0) bits |= this.list(BIT.fTeids, detail.fTeids)
    if (detail.proxyHosts.length > 0) bits |= this.list(BIT.proxyHosts, detail.proxyHosts)
    if (detail.hopByHop !== null) bits |= this.number(BIT.hopByHop, detail.hopByHop)
    if (detail.endToEnd !== null) bits |= this.number(BIT.endToEnd, detail.endToEnd)
    return bits
  }

  private number(bit: number, value: number): number {
    this.words[this.length++] = value
    return bit
  }

  private text(bit: number, text: string): number {
    this.push(text)
    return bit
  }

  private list(bit: number, texts: readonly string[]): number {
    this.words[this.length++] = texts.length
    for (const text of texts) this.push(text)
    return bit
  }

  private push(text: string): void {
    this.texts.push(text)
    this.characters += text.length
  }

  private reserve(words: number): void {
    if (this.length + words <= this.words.length) return
    const larger = new Int32Array(this.words.length * 2)
    larger.set(this.words)
    this.words = larger
  }
}

/** Reads the extras of a batch, event by event. */
export class ExtrasReader {
  private words: Int32Array = new Int32Array(0)
  private texts: readonly string[] = []
  private messages: readonly SmsTpdu[] = []
  private next = 0
  private nextText = 0
  private nextMessage = 0

  learn({ words, texts, messages }: Extras): void {
    this.words = words
    this.texts = texts
    this.messages = messages
    this.next = 0
    this.nextText = 0
    this.nextMessage = 0
  }

  /** Fills in what the event of this number in the batch has beside its columns. */
  read(index: number, draft: EventDraft): void {
    if (this.words[this.next] !== index) return
    this.next++
    const bits = this.number()
    if ((bits & BIT.gsmScfAddresses) !== 0) draft.gsmScfAddresses = this.list()
    if ((bits & BIT.forwardedTo) !== 0) draft.forwardedTo = this.text()
    if ((bits & BIT.position) !== 0) draft.position = this.text()
    if ((bits & BIT.vectors) !== 0) draft.vectors = this.number()
    if ((bits & BIT.fault) !== 0) draft.fault = { layer: this.text(), reason: this.text(), offset: this.number() }
    if ((bits & BIT.message) !== 0 && draft.sms !== null)
      draft.sms = { ...draft.sms, tpdu: this.messages[this.nextMessage++] ?? null }
    if ((bits & BIT.routeRecord) !== 0) draft.routeRecord = this.list()
    if ((bits & BIT.detail) !== 0) draft.detail = this.detail(bits)
  }

  private detail(bits: number): EventDetail {
    const detail = blankDetail()
    if ((bits & BIT.flags) !== 0) detail.flags = this.unsigned()
    if ((bits & BIT.cancellationType) !== 0) detail.cancellationType = this.number()
    if ((bits & BIT.profileParts) !== 0) detail.profileParts = this.list()
    if ((bits & BIT.redirects) !== 0) detail.redirects = this.list()
    if ((bits & BIT.otherAddresses) !== 0) detail.otherAddresses = this.list()
    if ((bits & BIT.callingNumber) !== 0) detail.callingNumber = this.text()
    if ((bits & BIT.calledNumber) !== 0) detail.calledNumber = this.text()
    if ((bits & BIT.redirectingNumber) !== 0) detail.redirectingNumber = this.text()
    if ((bits & BIT.roamingNumber) !== 0) detail.roamingNumber = this.text()
    if ((bits & BIT.serviceKey) !== 0) detail.serviceKey = this.unsigned()
    if ((bits & BIT.ssCode) !== 0) detail.ssCode = this.number()
    if ((bits & BIT.lcsClient) !== 0) detail.lcsClient = this.text()
    if ((bits & BIT.locationAgeMinutes) !== 0) detail.locationAgeMinutes = this.number()
    if ((bits & BIT.requested) !== 0) detail.requested = this.list()
    if ((bits & BIT.rat) !== 0) detail.rat = this.text()
    if ((bits & BIT.fTeids) !== 0) detail.fTeids = this.list()
    if ((bits & BIT.proxyHosts) !== 0) detail.proxyHosts = this.list()
    if ((bits & BIT.hopByHop) !== 0) detail.hopByHop = this.unsigned()
    if ((bits & BIT.endToEnd) !== 0) detail.endToEnd = this.unsigned()
    return detail
  }

  private number(): number {
    return this.words[this.next++] ?? 0
  }

  /** Flags, keys and identifiers have up to 32 bits. */
  private unsigned(): number {
    return this.number() >>> 0
  }

  private text(): string {
    return this.texts[this.nextText++] ?? ''
  }

  private list(): readonly string[] {
    const first = this.nextText
    this.nextText += this.number()
    return this.texts.slice(first, this.nextText)
  }
}

/** Whether texts can be told apart again once they are joined by spaces. */
function isOfWords(texts: readonly string[]): boolean {
  for (const text of texts) if (text === '' || text.includes(' ')) return false
  return texts.length > 0
}
