import type { Network } from '../network/network.ts'
import { type Resolution, sameOperator } from '../network/resolution.ts'

/**
 * Whose registers our own nodes register guests at. Our own routing chose them, which nobody outside can forge: the
 * register of a virtual operator, or of one identity of several on a SIM, may stand under another operator's address.
 */

/** Digits of an IMSI that routing goes by: MCC, MNC, and with a short MNC the first digit of the range. */
const ROUTED_DIGITS = 6
/** Ranges kept, and operators of one. */
const MOST_RANGES = 16_384
const MOST_OPERATORS = 4

const known = new WeakMap<Network, Map<string, readonly Resolution[]>>()

/** Notes at whose register one of our nodes registers a guest. */
export function noteRegister(imsi: string, register: Resolution, network: Network): void {
  let ranges = known.get(network)
  if (ranges === undefined) {
    ranges = new Map()
    known.set(network, ranges)
  }
  const range = imsi.slice(0, ROUTED_DIGITS)
  const registers = ranges.get(range) ?? []
  if (registers.includes(register) || registers.length >= MOST_OPERATORS) return
  if (registers.length > 0 || ranges.size < MOST_RANGES) ranges.set(range, [...registers, register])
}

/** Whether our nodes register guests with such an IMSI at registers of that operator. */
export function isRegisterOf(operator: Resolution, imsi: string, network: Network): boolean {
  const registers = known.get(network)?.get(imsi.slice(0, ROUTED_DIGITS))
  return registers?.some((register) => sameOperator(register, operator) === true) ?? false
}
