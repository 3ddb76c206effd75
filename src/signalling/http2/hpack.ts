import { at } from '../../bytes/at.ts'
import { LIMITS } from '../../limits.ts'
import { STATIC_TABLE } from './hpack-static-table.ts'
import { decodeHuffman } from './huffman.ts'

/** The pseudo-header fields of one message; null where absent or not readable. */
export interface PseudoHeaders {
  method: string | null
  path: string | null
  authority: string | null
  status: string | null
  /** True when a field stood in a part of the dynamic table that was never seen. */
  missing: boolean
}

/** An entry of the dynamic table. Only pseudo-header fields keep their texts: others may hold what is nobody's business. */
interface Entry {
  readonly name: string
  readonly value: string
  readonly nameBytes: number
  /** Source: RFC 7541 §4.1. */
  readonly sizeBytes: number
}

const DEFAULT_TABLE_BYTES = 4_096
const ENTRY_OVERHEAD_BYTES = 32
/** Longest text kept of a name or value: no path of the service-based interface comes near. */
const TEXT_BYTES = 4_096

const STATIC_ENTRIES: readonly Entry[] = STATIC_TABLE.map(([name, value]) => ({
  name,
  value,
  nameBytes: name.length,
  sizeBytes: name.length + value.length + ENTRY_OVERHEAD_BYTES,
}))

/**
 * Decodes the header blocks of one direction of an HTTP/2 connection, in their order. Where the beginning of the stream
 * was not seen, entries added since are found all the same: they stand in front. Source: RFC 7541.
 */
export class HpackDecoder {
  /** The oldest first; those before `oldest` are gone. */
  private table: Entry[] = []
  private oldest = 0
  private tableBytes = 0
  private largestBytes = DEFAULT_TABLE_BYTES
  private readonly scratch = new Uint8Array(TEXT_BYTES)

  // Of the block being read.
  private bytes: Uint8Array = this.scratch
  private offset = 0
  private end = 0
  private failed = false
  /** Octets of the string read last. */
  private stringBytes = 0

  /** Forgets the dynamic table: header blocks were lost. */
  forget(): void {
    this.table = []
    this.oldest = 0
    this.tableBytes = 0
  }

  /** Decodes the block `bytes[start, end)` into `into`. @returns false when it is malformed or cut; the table is forgotten then. */
  decode(bytes: Uint8Array, start: number, end: number, into: PseudoHeaders): boolean {
    into.method = null
    into.path = null
    into.authority = null
    into.status = null
    into.missing = false
    this.bytes = bytes
    this.offset = start
    this.end = Math.min(end, bytes.length)
    this.failed = false
    for (let fields = 0; this.offset < this.end && !this.failed; fields++) {
      if (fields >= LIMITS.hpackFields) this.failed = true
      else this.readField(into)
    }
    if (this.failed) this.forget()
    return !this.failed
  }

  /** Source: RFC 7541 §6. */
  private readField(into: PseudoHeaders): void {
    const first = at(this.bytes, this.offset)
    if ((first & 0x80) !== 0) {
      const index = this.readInteger(7)
      if (index === 0) this.failed = true
      else note(this.entry(index), into)
    } else if ((first & 0x60) === 0x20) {
      this.largestBytes = Math.min(this.readInteger(5), LIMITS.hpackTableBytes)
      this.evict(0)
    } else {
      const indexed = (first & 0x40) !== 0
      const index = this.readInteger(indexed ? 6 : 4)
      const known = index === 0 ? null : this.entry(index)
      let name = known?.name ?? ''
      let nameBytes = known?.nameBytes ?? 0
      if (index === 0) {
        name = this.readString(true)
        nameBytes = this.stringBytes
      } else if (known === undefined) into.missing = true
      const isPseudo = name.startsWith(':')
      const value = this.readString(isPseudo)
      if (this.failed) return
      const sizeBytes = nameBytes + this.stringBytes + ENTRY_OVERHEAD_BYTES
      const entry = { name: isPseudo ? name : '', value, nameBytes, sizeBytes }
      note(entry, into)
      if (indexed) this.add(entry)
    }
  }

  private entry(index: number): Entry | undefined {
    if (index <= STATIC_ENTRIES.length) return STATIC_ENTRIES[index - 1]
    const place = this.table.length - (index - STATIC_ENTRIES.length)
    return place < this.oldest ? undefined : this.table[place]
  }

  /** Source: RFC 7541 §4.4. */
  private add(entry: Entry): void {
    this.evict(entry.sizeBytes)
    if (entry.sizeBytes > this.largestBytes) return
    this.table.push(entry)
    this.tableBytes += entry.sizeBytes
  }

  /** Makes room for `sizeBytes`. */
  private evict(sizeBytes: number): void {
    while (this.oldest < this.table.length && this.tableBytes + sizeBytes > this.largestBytes)
      this.tableBytes -= this.table[this.oldest++]?.sizeBytes ?? 0
    if (this.oldest > 64 && this.oldest * 2 > this.table.length) {
      this.table = this.table.slice(this.oldest)
      this.oldest = 0
    }
  }

  /** Source: RFC 7541 §5.1. No integer here is legal past the largest table and block. */
  private readInteger(prefixBits: number): number {
    const mask = (1 << prefixBits) - 1
    let value = at(this.bytes, this.offset++) & mask
    if (value < mask) return value
    for (let shift = 0; shift < 28; shift += 7) {
      if (this.offset >= this.end) break
      const octet = at(this.bytes, this.offset++)
      value += (octet & 0x7f) << shift
      if ((octet & 0x80) === 0) return value
    }
    this.failed = true
    return 0
  }

  /** Source: RFC 7541 §5.2. @returns the text when it is wanted, else ''. */
  private readString(wanted: boolean): string {
    this.stringBytes = 0
    if (this.failed || this.offset >= this.end) {
      this.failed = true
      return ''
    }
    const coded = (at(this.bytes, this.offset) & 0x80) !== 0
    const length = this.readInteger(7)
    const { bytes, offset } = this
    const stop = offset + length
    if (this.failed || stop > this.end) {
      this.failed = true
      return ''
    }
    this.offset = stop
    if (!coded) {
      this.stringBytes = length
      return wanted ? textOf(bytes, offset, Math.min(stop, offset + TEXT_BYTES)) : ''
    }
    const decoded = decodeHuffman(bytes, offset, stop, this.scratch)
    if (decoded < 0) this.failed = true
    else this.stringBytes = decoded
    return wanted && decoded > 0 ? textOf(this.scratch, 0, Math.min(decoded, TEXT_BYTES)) : ''
  }
}

function note(entry: Entry | undefined, into: PseudoHeaders): void {
  if (entry === undefined) into.missing = true
  else if (entry.name === ':path') into.path = entry.value
  else if (entry.name === ':method') into.method = entry.value
  else if (entry.name === ':status') into.status = entry.value
  else if (entry.name === ':authority') into.authority = entry.value
}

/** One character an octet. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(at(bytes, i))
  return text
}
