import { parseMapContext } from './map/application-contexts.ts'
import { mapOperationName } from './map/operations.ts'

/** Who uses a TCAP dialogue. */
export type TcapUser = 'map' | 'cap' | 'inap'

/** Subsystems of MAP and CAP. Source: 3GPP TS 23.003 §8.1. */
const MAP_SUBSYSTEMS: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 145, 147, 148, 149, 150])
const CAP_SUBSYSTEM = 146

/** Contexts of CAP phases 1 and 2, 3 and 4. Source: TS 29.078 §6.1, §7.1, §8.1. */
const CAP_PREFIXES = [
  '0.4.0.0.1.0.50.',
  '0.4.0.0.1.0.51.',
  '0.4.0.0.1.0.52.',
  '0.4.0.0.1.20.',
  '0.4.0.0.1.21.',
  '0.4.0.0.1.22.',
  '0.4.0.0.1.23.',
]
/** Contexts of INAP CS1 of ETSI, of ITU-T and of Ericsson (1.2.826.0.1249.51). Source: ETS 300 374-1 §10, Q.1218 §2.2. */
const INAP_PREFIXES = ['0.4.0.1.1.', '0.0.17.1218.', '1.2.826.0.1249.51.']

/** What names the user of a dialogue, best first. */
export interface UserHints {
  readonly applicationContext: string | null
  readonly calledSsn: number | null
  readonly callingSsn: number | null
  /** Operation code of the first invoke, or null. */
  readonly code: number | null
}

/** A user, and whether nothing but its operation code names it. */
export interface UserGuess {
  readonly user: TcapUser | null
  readonly bySubsystem: boolean
}

const MAP_BY_CONTEXT: UserGuess = { user: 'map', bySubsystem: true }

/**
 * The user of a dialogue: by application context, else by subsystem number, else by an operation code that MAP defines
 * (an address without a usable subsystem must not hide a message).
 */
export function tcapUser(hints: UserHints): UserGuess {
  const { applicationContext } = hints
  if (applicationContext !== null) {
    const mapContext = parseMapContext(applicationContext)
    if (mapContext?.known) return MAP_BY_CONTEXT
    if (CAP_PREFIXES.some((prefix) => applicationContext.startsWith(prefix))) return { user: 'cap', bySubsystem: true }
    if (INAP_PREFIXES.some((prefix) => applicationContext.startsWith(prefix)))
      return { user: 'inap', bySubsystem: true }
    if (mapContext !== null) return MAP_BY_CONTEXT
  }
  const { calledSsn, callingSsn } = hints
  if (calledSsn === CAP_SUBSYSTEM || callingSsn === CAP_SUBSYSTEM) return { user: 'cap', bySubsystem: true }
  if (
    (calledSsn !== null && MAP_SUBSYSTEMS.has(calledSsn)) ||
    (callingSsn !== null && MAP_SUBSYSTEMS.has(callingSsn))
  ) {
    return { user: 'map', bySubsystem: true }
  }
  const user = hints.code !== null && mapOperationName(hints.code) !== null ? 'map' : null
  return { user, bySubsystem: false }
}
