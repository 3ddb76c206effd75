import assert from 'node:assert/strict'

/** Octets for tests, written as hexadecimal, and the ways every decoder's input is damaged. */

/** The octets of `text`, hexadecimal; spaces are for the reader. */
export function hex(...text: readonly string[]): Uint8Array {
  return Uint8Array.from(Buffer.from(text.join('').replaceAll(/\s/g, ''), 'hex'))
}

/** Hexadecimal of a BER element: tag, shortest length, content. */
export function element(tag: string, ...content: readonly string[]): string {
  const octets = content.join('').replaceAll(/\s/g, '')
  const length = octets.length / 2
  const form = length < 0x80 ? '' : length < 0x100 ? '81' : '82'
  return tag + form + length.toString(16).padStart(form === '82' ? 4 : 2, '0') + octets
}

/** Every strict prefix of `bytes`, the empty one first, each in a buffer of its own. */
export function prefixes(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, length) => bytes.slice(0, length))
}

/**
 * Time of one run of `work`, µs: the least of several, so that another process takes no part.
 * @param work is warmed up first.
 */
export function costUs(work: () => void): number {
  for (let i = 0; i < 3; i++) work()
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 7; i++) {
    const start = performance.now()
    work()
    least = Math.min(least, (performance.now() - start) * 1000)
  }
  return least
}

/** Doubled input may cost this many times as much: under the four times of quadratic cost, over the noise of a busy machine. */
const DOUBLE = 3.2
const COMPARISONS = 3

/**
 * Holds that doubled input costs about double. A busy machine spoils a comparison now and then, so that one of three is
 * enough.
 * @param cost measures the work on the input (1) or on the doubled input (2), in any unit.
 * @param what names the input where there are several kinds.
 */
export async function assertLinear(cost: (times: 1 | 2) => number | Promise<number>, what = 'input'): Promise<void> {
  const seen: string[] = []
  for (let i = 0; i < COMPARISONS; i++) {
    const one = await cost(1)
    const two = await cost(2)
    if (two < one * DOUBLE) return
    seen.push(`${two} after ${one}`)
  }
  assert.fail(`doubled ${what} costs more than double: ${seen.join(', ')}`)
}
