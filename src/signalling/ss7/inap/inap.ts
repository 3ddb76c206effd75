import type { AnomalyList } from '../../anomaly.ts'
import { asLayer } from '../cap/cap.ts'
import type { Schema } from '../map/schema.ts'
import { type MapFields, walkParameter } from '../map/walker.ts'
import { INAP_ARGUMENTS } from './arguments.ts'
import { INAP_OPERATIONS } from './operations.ts'

const NOTHING: Schema = []

/** Schemas by operation code, so that a message costs one look-up. */
const ARGUMENTS: readonly Schema[] = byCode(INAP_ARGUMENTS)

function byCode(table: Partial<Record<string, Schema>>): readonly Schema[] {
  const schemas = Array.from({ length: 128 }, () => NOTHING)
  for (const { code, name } of INAP_OPERATIONS) schemas[code] = table[name] ?? NOTHING
  return schemas
}

/**
 * Decodes the argument of the invoke of INAP operation `code`: the BER element `bytes[start, end)`, which may be empty.
 * Source: ITU-T Q.1218 §2.1, ETSI ETS 300 374-1 §6. @returns what stands in it; a break leaves `fault`. Never throws.
 */
export function decodeInapArgument(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): MapFields {
  return asLayer('inap', walkParameter(bytes, start, end, ARGUMENTS[code] ?? NOTHING, anomalies))
}
