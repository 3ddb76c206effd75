import { isIPv4, isIPv6 } from 'node:net'

/**
 * The bits of an IP address as text, after the family's digit: `4` and 32 characters, or `6` and 128. A range is the
 * beginning of the bits of its addresses. IPv4-mapped IPv6 addresses count as IPv4 (RFC 4291 §2.5.5.2).
 * @returns null for text that is not one address; a zone (`%eth0`) is not accepted.
 */
export function ipBits(address: string): string | null {
  if (isIPv4(address)) return `4${bits(address.split('.').map(Number), 8)}`
  if (!isIPv6(address) || address.includes('%')) return null
  const groups = ipv6Groups(address)
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return mapped ? `4${bits(groups.slice(6), 16)}` : `6${bits(groups, 16)}`
}

export interface IpRange {
  /** The first bits that all addresses of the range share, as `ipBits` writes them. */
  readonly bits: string
  /** False when the address given has bits set after the prefix, so that it is not the first of its range. */
  readonly aligned: boolean
}

/** Reads an address range in CIDR form (RFC 4632 §3.1), or one address. @returns null for anything else. */
export function parseIpRange(text: string): IpRange | null {
  const slash = text.indexOf('/')
  const all = ipBits(slash < 0 ? text : text.slice(0, slash))
  if (all === null) return null
  const length = slash < 0 ? String(all.length - 1) : text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(length) || Number(length) > all.length - 1) return null
  const prefixEnd = Number(length) + 1
  return { bits: all.slice(0, prefixEnd), aligned: !all.includes('1', prefixEnd) }
}

function bits(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('')
}

/** The eight groups of an address that `isIPv6` accepts. */
function ipv6Groups(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const first = groupsOf(head)
  if (tail === undefined) return first
  const last = groupsOf(tail)
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last]
}

function groupsOf(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}
