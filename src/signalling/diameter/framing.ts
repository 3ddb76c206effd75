import { at, u32At } from '../../bytes/at.ts'
import { LIMITS } from '../../limits.ts'

/** Octets of a Diameter header. Source: RFC 6733 §3. */
export const HEADER_BYTES = 20
/** Octets that tell a Diameter message from others: version, length, flags, command. */
const PLAUSIBLE_BYTES = 8
const VERSION = 1
/** Command codes below are RADIUS's. Source: RFC 6733 §11.2. */
const FIRST_COMMAND = 256

/**
 * Length of the Diameter message that begins at `bytes[start]`, octets, header included. Source: RFC 6733 §3.
 * @returns 0 when `bytes[start, end)` has fewer octets than tell (8), -1 as soon as it cannot be a Diameter message:
 * another version, a length under 20, not a multiple of 4 or past LIMITS.diameterMessageBytes, or a command code of RADIUS.
 * The answer to a longer range never contradicts that to a shorter one, but for 0. Never throws.
 */
export function diameterMessageLength(bytes: Uint8Array, start: number, end: number): number | 0 | -1 {
  const available = Math.min(end, bytes.length) - start
  if (available < 1) return 0
  if (at(bytes, start) !== VERSION) return -1
  if (available < 4) return 0
  const length = u32At(bytes, start) & 0xffffff
  if (length < HEADER_BYTES || (length & 3) !== 0 || length > LIMITS.diameterMessageBytes) return -1
  if (available < PLAUSIBLE_BYTES) return 0
  return (u32At(bytes, start + 4) & 0xffffff) < FIRST_COMMAND ? -1 : length
}
