import { tbcd } from './digits.ts'

/** Message types. Source: Q.763 table 4. */
const TYPES = {
  initialAddress: 0x01,
  addressComplete: 0x06,
  answer: 0x09,
  release: 0x0c,
  releaseComplete: 0x10,
} as const

function head(circuit: number, type: number): number[] {
  return [circuit & 0xff, circuit >> 8, type]
}

/** A party's number, international, E.164. Source: Q.763 §3.9 (called), §3.10 (calling). */
function party(digits: string, plan: number): number[] {
  return [(digits.length % 2 === 1 ? 0x80 : 0) | 4, plan, ...evened(digits)]
}

/** Initial address message of a speech call. Source: Q.763 table 32. */
export function initialAddress(circuit: number, called: string, calling: string): Uint8Array {
  const calledParty = party(called, 0x10)
  const callingParty = party(calling, 0x11)
  // two pointers, then the called number; the optional part follows it
  return Uint8Array.of(
    ...head(circuit, TYPES.initialAddress),
    0x00,
    ...[0x60, 0x01],
    0x0a,
    0x00,
    ...[2, 2 + calledParty.length],
    ...[calledParty.length, ...calledParty],
    ...[0x0a, callingParty.length, ...callingParty, 0],
  )
}

/** Address complete. Source: Q.763 table 21. */
export function addressComplete(circuit: number): Uint8Array {
  return Uint8Array.of(...head(circuit, TYPES.addressComplete), 0x16, 0x14, 0)
}

/** Answer. Source: Q.763 table 22. */
export function answer(circuit: number): Uint8Array {
  return Uint8Array.of(...head(circuit, TYPES.answer), 0)
}

/** Release, normal clearing or a cause of Q.850. Source: Q.763 table 33. */
export function release(circuit: number, cause = 16): Uint8Array {
  return Uint8Array.of(...head(circuit, TYPES.release), 2, 0, 2, 0x80, 0x80 | cause)
}

/** Release complete. Source: Q.763 table 34. */
export function releaseComplete(circuit: number): Uint8Array {
  return Uint8Array.of(...head(circuit, TYPES.releaseComplete), 0)
}

/** As TBCD, but a lone last half is filled with 0000. */
function evened(digits: string): Uint8Array {
  const out = tbcd(digits)
  if (digits.length % 2 === 1) out[out.length - 1] = (out[out.length - 1] ?? 0) & 0x0f
  return out
}
