const TWO_32 = 2 ** 32

/** How the timestamps of one pcapng interface count. One of the three ways below, chosen once per interface. */
export interface TimestampUnit {
  /** Ticks per µs for 10^-6 to 10^-12 s, else 0: whole quotients, so a 64-bit tick count loses nothing. */
  readonly ticksPerUs: number
  /** Ticks per second for 2^0 to 2^-32 s, else 0. */
  readonly ticksPerSecond: bigint | number
  /** Added to each time, µs. */
  readonly offsetUs: number
}

/**
 * Reads if_tsresol: with the top bit clear the resolution is 10^-n s, with it set 2^-n s.
 * Source: draft-ietf-opsawg-pcapng §4.2.
 * @param offsetSeconds if_tsoffset, signed.
 */
export function timestampUnit(resolution: number, offsetSeconds: bigint): TimestampUnit {
  const exponent = resolution & 0x7f
  const binary = (resolution & 0x80) !== 0
  const offsetUs = clampUs(Number(offsetSeconds) * 1_000_000)
  if (!binary && exponent >= 6 && exponent <= 12) {
    return { ticksPerUs: 10 ** (exponent - 6), ticksPerSecond: 0, offsetUs }
  }
  if (binary && exponent <= 32) return { ticksPerUs: 0, ticksPerSecond: 2 ** exponent, offsetUs }
  return { ticksPerUs: 0, ticksPerSecond: (binary ? 2n : 10n) ** BigInt(exponent), offsetUs }
}

/**
 * A 64-bit timestamp as µs since 1970, rounded down; what lies beyond the safe integers (year 2255) is held to them.
 * @param high and low: the two unsigned 32-bit halves.
 */
export function toTimeUs(unit: TimestampUnit, high: number, low: number): number {
  const { ticksPerUs, ticksPerSecond, offsetUs } = unit
  let timeUs: number
  if (ticksPerUs > 0) {
    // Long division by halves: the remainder stays under 10^6 · 2^32, which a double holds exactly.
    const quotient = Math.floor(high / ticksPerUs)
    timeUs = quotient * TWO_32 + Math.floor(((high - quotient * ticksPerUs) * TWO_32 + low) / ticksPerUs)
  } else if (typeof ticksPerSecond === 'number') {
    const seconds = high * (TWO_32 / ticksPerSecond) + Math.floor(low / ticksPerSecond)
    timeUs = seconds * 1_000_000 + Math.floor(((low % ticksPerSecond) * 1_000_000) / ticksPerSecond)
  } else {
    timeUs = Number((((BigInt(high) << 32n) | BigInt(low)) * 1_000_000n) / ticksPerSecond)
  }
  return clampUs(timeUs + offsetUs)
}

function clampUs(timeUs: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, timeUs))
}
