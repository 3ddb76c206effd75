import type { Network } from '../network/network.ts'
import { type Resolution, sameOperator } from '../network/resolution.ts'
import type { Table } from './state/memory.ts'

/**
 * Whose registers our own nodes register guests at. Our own routing chose them, which nobody outside can forge: the
 * register of a virtual operator, or of one identity of several on a SIM, may stand under another operator's address.
 */

/** Digits of an IMSI that routing goes by: MCC, MNC, and with a short MNC the first digit of the range. */
const ROUTED_DIGITS = 6
/** Ranges kept, and operators of one. */
export const MOST_RANGES = 16_384
const MOST_OPERATORS = 4

/** A register's global title, or its realm or host. */
export type RegisterAddress = `gt ${string}` | `realm ${string}`

interface Registers {
  /** By range: addresses, each of another operator; it outlives the run. */
  readonly table: Table<readonly string[]>
  /** The same, with whose they are. */
  readonly operators: Map<string, readonly Resolution[]>
}

/** What the run that goes on with this network knows. */
const known = new WeakMap<Network, Registers>()

/** Takes up what an earlier run learnt, and keeps there what this one learns. */
export function keepRegisters(network: Network, table: Table<readonly string[]>): void {
  const operators = new Map<string, readonly Resolution[]>()
  for (const [range, addresses] of table.entries()) {
    const told = addresses.map((address) => operatorAt(String(address), network))
    operators.set(range, told)
  }
  known.set(network, { table, operators })
}

/** Notes at whose register one of our nodes registers a guest. */
export function noteRegister(imsi: string, address: RegisterAddress, network: Network): void {
  const registers = known.get(network)
  if (registers === undefined) return
  const { table, operators } = registers
  const range = imsi.slice(0, ROUTED_DIGITS)
  const others = operators.get(range) ?? []
  const register = operatorAt(address, network)
  const { operator, method } = register
  if (operator === null || method === 'hub' || others.includes(register) || others.length >= MOST_OPERATORS) return
  if (others.length === 0 && operators.size >= MOST_RANGES) return
  operators.set(range, [...others, register])
  table.set(range, [...(table.get(range) ?? []), address])
}

/** Whether our nodes register guests with such an IMSI at registers of that operator. */
export function isRegisterOf(operator: Resolution, imsi: string, network: Network): boolean {
  const registers = known.get(network)?.operators.get(imsi.slice(0, ROUTED_DIGITS))
  return registers?.some((register) => sameOperator(register, operator) === true) ?? false
}

function operatorAt(address: string, network: Network): Resolution {
  const value = address.slice(address.indexOf(' ') + 1)
  return address.startsWith('gt ') ? network.operatorOfGt(value) : network.operatorOfRealm(value)
}
