import { at, u16At, u32At } from '../bytes/at.ts'

/** Addresses kept as text; an operator's signalling network has some thousands. A power of two. */
const SLOTS = 8_192

/** Formats the IPv4 address in the 4 octets at `offset`, dotted decimal. The caller has checked the bounds. */
export function formatIpv4(bytes: Uint8Array, offset: number): string {
  return `${at(bytes, offset)}.${at(bytes, offset + 1)}.${at(bytes, offset + 2)}.${at(bytes, offset + 3)}`
}

/**
 * Formats the IPv6 address in the 16 octets at `offset`: lower case, the longest run of two or more zero groups (the first
 * of equals) as `::`, IPv4-mapped addresses with a dotted tail. The caller has checked the bounds.
 * Source: RFC 5952 §4 and §5.
 */
export function formatIpv6(bytes: Uint8Array, offset: number): string {
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((octet) => u16At(bytes, offset + octet))
  let from = 0
  let length = 1
  for (let i = 0; i < 8; i++) {
    let run = 0
    while (i + run < 8 && groups[i + run] === 0) run++
    if (run > length) {
      from = i
      length = run
    }
  }
  if (from === 0 && length === 5 && groups[5] === 0xffff) return `::ffff:${formatIpv4(bytes, offset + 12)}`
  const words = groups.map((group) => group.toString(16))
  if (length < 2) return words.join(':')
  return `${words.slice(0, from).join(':')}::${words.slice(from + length).join(':')}`
}

/**
 * Texts of addresses, so that a packet costs no new string: a table of fixed size in which each address has one place,
 * and the last address to claim a place owns it. Bounded whatever the traffic.
 */
export class AddressTexts {
  private readonly words4 = new Uint32Array(SLOTS)
  private readonly texts4: (string | null)[] = new Array(SLOTS).fill(null)
  private readonly words6 = new Uint32Array(SLOTS * 4)
  private readonly texts6: (string | null)[] = new Array(SLOTS).fill(null)

  /** Text of the IPv4 address at `offset`. */
  ipv4(bytes: Uint8Array, offset: number): string {
    const word = u32At(bytes, offset)
    const slot = Math.imul(word, 0x9e3779b1) >>> 19
    const known = this.texts4[slot]
    if (typeof known === 'string' && this.words4[slot] === word) return known
    const text = formatIpv4(bytes, offset)
    this.words4[slot] = word
    this.texts4[slot] = text
    return text
  }

  /** Text of the IPv6 address at `offset`. */
  ipv6(bytes: Uint8Array, offset: number): string {
    const words = this.words6
    const a = u32At(bytes, offset)
    const b = u32At(bytes, offset + 4)
    const c = u32At(bytes, offset + 8)
    const d = u32At(bytes, offset + 12)
    const high = Math.imul(a ^ Math.imul(b, 0x85ebca6b), 0x9e3779b1)
    const slot = Math.imul(high ^ Math.imul(c, 0xc2b2ae35) ^ d, 0x9e3779b1) >>> 19
    const i = slot * 4
    const known = this.texts6[slot]
    const same = words[i] === a && words[i + 1] === b && words[i + 2] === c && words[i + 3] === d
    if (typeof known === 'string' && same) return known
    const text = formatIpv6(bytes, offset)
    words[i] = a
    words[i + 1] = b
    words[i + 2] = c
    words[i + 3] = d
    this.texts6[slot] = text
    return text
  }
}
