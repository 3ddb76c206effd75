import { type AvpType, VENDORS } from './dictionary/avp-row.ts'
import { DIAMETER_AVPS } from './dictionary/avps.ts'
import { READERS, type Reader } from './readers.ts'
import { ROLES } from './roles.ts'

/** What the walker needs of an AVP: its row, and how it is read. */
export interface AvpEntry {
  readonly code: number
  readonly vendor: number
  readonly name: string
  readonly type: AvpType
  readonly isGroup: boolean
  /** Octets of a value of fixed length, else 0. */
  readonly valueBytes: number
  /** Null for an AVP that the event has no use for. */
  readonly read: Reader | null
}

/** Octets by type, where the type has one length. Source: RFC 6733 §4.2, §4.3. */
const VALUE_BYTES: Partial<Record<AvpType, number>> = {
  Integer32: 4,
  Integer64: 8,
  Unsigned32: 4,
  Unsigned64: 8,
  Float32: 4,
  Time: 4,
  Enumerated: 4,
}

/** Entries of one vendor by code: a dense array, as codes are small. */
function entriesOf(vendor: number): readonly (AvpEntry | null)[] {
  const rows = DIAMETER_AVPS.filter((dictionary) => dictionary.vendor === vendor).flatMap(({ rows }) => rows)
  const entries: (AvpEntry | null)[] = new Array(rows.reduce((last, { code }) => Math.max(last, code), 0) + 1).fill(
    null,
  )
  for (const { code, name, type } of rows) {
    const role = ROLES.find((row) => row.vendor === vendor && row.code === code)?.role
    const read = role === undefined ? null : READERS[role]
    entries[code] = { code, vendor, name, type, isGroup: type === 'Grouped', valueBytes: VALUE_BYTES[type] ?? 0, read }
  }
  return entries
}

const IETF = entriesOf(VENDORS.ietf)
const TGPP = entriesOf(VENDORS.tgpp)
const OTHERS = new Map<number, readonly (AvpEntry | null)[]>([
  [VENDORS.tgpp2, entriesOf(VENDORS.tgpp2)],
  [VENDORS.etsi, entriesOf(VENDORS.etsi)],
])

/** The entry of an AVP, or null for one that no dictionary here defines. */
export function avpEntry(vendor: number, code: number): AvpEntry | null {
  if (vendor === VENDORS.ietf) return IETF[code] ?? null
  if (vendor === VENDORS.tgpp) return TGPP[code] ?? null
  return OTHERS.get(vendor)?.[code] ?? null
}
