/**
 * How signalling point codes are written, with the bits of each part, highest first: ITU-T Q.704 §2.2 in the usual 3-8-3
 * form, ANSI T1.111.4 (network, cluster, member), Japanese JT-Q704 in the 7-4-5 form.
 */
export const POINT_CODE_FORMATS = {
  itu: [3, 8, 3],
  ansi: [8, 8, 8],
  japan: [7, 4, 5],
} as const

export type PointCodeFormat = keyof typeof POINT_CODE_FORMATS

const LARGEST = 0xff_ffff
const PARTS = /^(\d{1,3})-(\d{1,3})-(\d{1,3})$/

/**
 * Reads a point code: three parts with hyphens in the given format (`2-100-1`), or one decimal number of up to 24 bits.
 * @returns null for anything else, a part that does not fit its bits included.
 */
export function parsePointCode(text: string, format: PointCodeFormat = 'itu'): number | null {
  if (/^\d{1,8}$/.test(text)) return Number(text) <= LARGEST ? Number(text) : null
  const match = PARTS.exec(text)
  if (match === null) return null
  let value = 0
  for (const [index, bits] of POINT_CODE_FORMATS[format].entries()) {
    const part = Number(match[index + 1])
    if (part >= 1 << bits) return null
    value = (value << bits) | part
  }
  return value
}

/** Writes a point code in the given format; one that has more bits than the format is written as a plain number. */
export function formatPointCode(value: number, format: PointCodeFormat = 'itu'): string {
  const [high, middle, low] = POINT_CODE_FORMATS[format]
  if (value >= 1 << (high + middle + low)) return String(value)
  return `${value >> (middle + low)}-${(value >> low) & ((1 << middle) - 1)}-${value & ((1 << low) - 1)}`
}
