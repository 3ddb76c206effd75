import { at } from '../bytes/at.ts'
import { LIMITS } from '../limits.ts'
import { type HeldDispositions, heldDispositions, ignored, type MoveLedger, undecoded } from './disposition.ts'
import type { IpHeader } from './ip-header.ts'
import type { Disposition } from './payload.ts'

/** Octets of a page; a power of two. */
const PAGE_BYTES = 2_048
const NOTHING = new Uint8Array(0)

/** A stretch of a datagram, so that a fragment far behind costs no more than one in front. */
class Page {
  readonly bytes = new Uint8Array(PAGE_BYTES)
  /** One octet for each 8 octets: 1 when they are there. */
  readonly blocks = new Uint8Array(PAGE_BYTES / 8)
}

/** An IP datagram being put together, or put together lately: then kept to know its fragments when they come again. */
export class IpDatagram {
  /** Protocol number of the payload, from the first fragment. */
  protocol: number
  /** The payload once it is complete. */
  bytes: Uint8Array = NOTHING
  /** Octets of the whole payload; -1 until the last fragment was seen. */
  lengthBytes = -1
  /** True once two fragments disagreed about the same octets. */
  overlap = false
  complete = false
  readonly held: HeldDispositions
  readonly firstTimeUs: number
  heldPackets = 0
  /** The payload until it is complete. */
  pages: (Page | undefined)[] = []
  filledBlocks = 0
  /** Largest end of any fragment. */
  reachedBytes = 0

  constructor(header: IpHeader, timeUs: number) {
    this.protocol = header.protocol
    this.held = header.version === 4 ? HELD4 : HELD6
    this.firstTimeUs = timeUs
  }
}

const HELD4 = heldDispositions('ipv4')
const HELD6 = heldDispositions('ipv6')

const CUT = undecoded('ip', 'fragment cut by the capture')
const EMPTY = undecoded('ip', 'fragment without data')
const NOT_IN_EIGHTS = undecoded('ip', 'fragment of an impossible length')
const TOO_LARGE = undecoded('ip', 'fragment beyond the largest datagram')
const CONTRADICTORY = undecoded('ip', 'fragment that contradicts the end of its datagram')
const OVERLAPPING = undecoded('ip', 'fragment that overlaps others with different data')
const DUPLICATE = ignored('ip', 'fragment seen before')

/**
 * Puts IP datagrams together: fragments in any order, the same fragment again, overlaps (the first data wins and the
 * datagram is marked). Source: RFC 791 §3.2, RFC 8200 §4.5; deviating from RFC 5722, overlapping IPv6 fragments are not
 * dropped, because the overlap is evidence.
 * Bounded by LIMITS.ipReassemblies, ipDatagramBytes and ipReassemblyUs; what is given up is written to the ledger.
 */
export class IpReassembly {
  private readonly datagrams = new Map<string, IpDatagram>()
  private readonly ledger: MoveLedger

  constructor(ledger: MoveLedger) {
    this.ledger = ledger
  }

  /**
   * Takes the fragment that `header` describes. `src` and `dst` are the addresses as text.
   * @returns the datagram when this fragment completes it; it is valid until the next call. Else what became of the packet.
   */
  add(bytes: Uint8Array, header: IpHeader, src: string, dst: string, timeUs: number): IpDatagram | Disposition {
    this.expire(timeUs)
    const start = header.fragmentOffset
    const lengthBytes = header.payloadEnd - header.payloadStart
    const end = start + lengthBytes
    if (header.cut) return CUT
    if (lengthBytes === 0) return EMPTY
    if (header.moreFragments && lengthBytes % 8 !== 0) return NOT_IN_EIGHTS
    if (end > LIMITS.ipDatagramBytes) return TOO_LARGE
    const protocol = header.version === 4 ? header.protocol : 'v6'
    const key = `${src} ${dst} ${header.identification} ${protocol}`
    const data = bytes.subarray(header.payloadStart, header.payloadEnd)
    const known = this.datagrams.get(key)
    if (known?.complete) {
      if (end <= known.lengthBytes && sameOctets(known.bytes, start, end, data, 0)) return DUPLICATE
      this.datagrams.delete(key) // the identification is used again
    }
    const datagram = known === undefined || known.complete ? this.begin(key, header, timeUs) : known
    if (!header.moreFragments) {
      if (datagram.lengthBytes >= 0 ? end !== datagram.lengthBytes : end < datagram.reachedBytes) return CONTRADICTORY
      datagram.lengthBytes = end
    } else if (datagram.lengthBytes >= 0 && end > datagram.lengthBytes) return CONTRADICTORY
    const before = datagram.filledBlocks
    if (start === 0 && datagram.pages[0]?.blocks[0] !== 1) datagram.protocol = header.protocol
    const differs = fill(datagram, start, data)
    if (differs) datagram.overlap = true
    if (datagram.filledBlocks === before) return differs ? OVERLAPPING : DUPLICATE
    if (datagram.lengthBytes < 0 || datagram.filledBlocks < Math.ceil(datagram.lengthBytes / 8)) {
      datagram.heldPackets++
      return datagram.held.waiting
    }
    finish(datagram)
    this.ledger.add(datagram.held.waiting, datagram.held.completed, datagram.heldPackets)
    return datagram
  }

  /** Gives up whatever is not complete. */
  flush(): void {
    for (const datagram of this.datagrams.values()) this.giveUp(datagram, datagram.held.neverCompleted)
    this.datagrams.clear()
  }

  private begin(key: string, header: IpHeader, timeUs: number): IpDatagram {
    if (this.datagrams.size >= LIMITS.ipReassemblies) {
      for (const [oldest, datagram] of this.datagrams) {
        this.datagrams.delete(oldest)
        this.giveUp(datagram, datagram.held.limitReached)
        break
      }
    }
    const datagram = new IpDatagram(header, timeUs)
    this.datagrams.set(key, datagram)
    return datagram
  }

  /** The oldest stand first; capture time may jump back between captures, which only keeps them longer. */
  private expire(timeUs: number): void {
    for (const [key, datagram] of this.datagrams) {
      if (timeUs - datagram.firstTimeUs <= LIMITS.ipReassemblyUs) return
      this.datagrams.delete(key)
      this.giveUp(datagram, datagram.held.neverCompleted)
    }
  }

  private giveUp(datagram: IpDatagram, disposition: Disposition): void {
    if (!datagram.complete) this.ledger.add(datagram.held.waiting, disposition, datagram.heldPackets)
  }
}

/** Copies the blocks of `data` that are not there yet. @returns true when data differ from what was there. */
function fill(datagram: IpDatagram, start: number, data: Uint8Array): boolean {
  const end = start + data.length
  datagram.reachedBytes = Math.max(datagram.reachedBytes, end)
  let differs = false
  for (let from = start; from < end; from += 8) {
    const length = Math.min(8, end - from)
    const number = Math.floor(from / PAGE_BYTES)
    const page = datagram.pages[number] ?? new Page()
    datagram.pages[number] = page
    const offset = from % PAGE_BYTES
    if (page.blocks[offset / 8] === 1) {
      differs ||= !sameOctets(page.bytes, offset, offset + length, data, from - start)
      continue
    }
    for (let i = 0; i < length; i++) page.bytes[offset + i] = at(data, from - start + i)
    page.blocks[offset / 8] = 1
    datagram.filledBlocks++
  }
  return differs
}

/** Joins the pages. */
function finish(datagram: IpDatagram): void {
  const bytes = new Uint8Array(datagram.lengthBytes)
  for (const [number, page] of datagram.pages.entries()) {
    const start = number * PAGE_BYTES
    if (page !== undefined) bytes.set(page.bytes.subarray(0, Math.min(PAGE_BYTES, bytes.length - start)), start)
  }
  datagram.bytes = bytes
  datagram.pages = []
  datagram.complete = true
}

/** True when `bytes[start, end)` holds the octets of `data` from `offset` on. */
function sameOctets(bytes: Uint8Array, start: number, end: number, data: Uint8Array, offset: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== data[offset + i - start]) return false
  return true
}
