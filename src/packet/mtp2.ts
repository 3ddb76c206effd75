import { at } from '../bytes/at.ts'
import { ignored, undecoded } from './disposition.ts'
import type { Disposition } from './payload.ts'

const SHORT = undecoded('mtp2', 'truncated header')
const FILL_IN = ignored('mtp2', 'fill-in signal unit')
const LINK_STATUS = ignored('mtp2', 'link status signal unit')

/** Octets in front of MTP2: direction, Annex A flag, link number. Source: LINKTYPE_MTP2_WITH_PHDR. */
export const MTP2_PSEUDO_HEADER_BYTES = 4
/** Octets of a header with extended sequence numbers. Source: Q.703 Annex A.2. */
export const MTP2_EXTENDED_HEADER_BYTES = 6

/** True when the pseudo-header at `start` says that the link uses extended sequence numbers. */
export function isExtendedMtp2(bytes: Uint8Array, start: number): boolean {
  return at(bytes, start + 1) === 1
}

/**
 * Tells the signal unit in `bytes[start, end)` by its length indicator; `extended` is the format of Q.703 Annex A.
 * Source: Q.703 §2.3.3, Annex A.2.
 * @returns null for a message signal unit, else what to say of the packet. Never throws.
 */
export function classifySignalUnit(
  bytes: Uint8Array,
  start: number,
  end: number,
  extended: boolean,
): Disposition | null {
  const headerBytes = extended ? MTP2_EXTENDED_HEADER_BYTES : 3
  if (end - start < headerBytes) return SHORT
  const lengthIndicator = extended
    ? at(bytes, start + 4) | ((at(bytes, start + 5) & 1) << 8)
    : at(bytes, start + 2) & 0x3f
  if (lengthIndicator === 0) return FILL_IN
  if (lengthIndicator <= 2) return LINK_STATUS
  return end - start > headerBytes ? null : SHORT
}
