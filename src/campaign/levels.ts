import { addressKey, type ObservedSource } from './observation.ts'

/**
 * How finely senders are told apart. Titles, hosts, IP addresses and point codes stand side by side at one level, so that a
 * title and a host may form a pair: a campaign does not care which protocol an address belongs to.
 */
export const LEVELS = [
  { name: 'address', key: addressOf },
  { name: 'range', key: rangeOf },
  { name: 'operator', key: ({ operator }: ObservedSource): string | null => operator },
  { name: 'country', key: ({ country }: ObservedSource): string | null => country },
] as const

export type LevelName = (typeof LEVELS)[number]['name']

/** Digits at the end of a title that tell nodes of one range apart: ranges are let by the ten thousand. */
const RANGE_DIGITS = 4
const SHORTEST_PREFIX = 5

function addressOf(source: ObservedSource): string | null {
  const key = addressKey(source)
  return key === 'unknown' ? null : key
}

/** The range of a title, the realm of a host, the /24 or /48 of an IP address. */
function rangeOf({ gt, host, realm, ip }: ObservedSource): string | null {
  if (gt !== null) return `gt:${gt.slice(0, Math.max(SHORTEST_PREFIX, gt.length - RANGE_DIGITS))}`
  if (realm !== null) return `realm:${realm}`
  if (host !== null) return `realm:${host.slice(host.indexOf('.') + 1)}`
  if (ip === null) return null
  return ip.includes(':') ? `net:${ip.split(':').slice(0, 3).join(':')}` : `net:${ip.slice(0, ip.lastIndexOf('.'))}`
}
