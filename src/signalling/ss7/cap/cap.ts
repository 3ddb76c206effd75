import { Fault } from '../../../bytes/fault.ts'
import type { AnomalyList } from '../../anomaly.ts'
import type { Schema } from '../map/schema.ts'
import { type MapFields, walkParameter } from '../map/walker.ts'
import type { CapPhase } from './application-contexts.ts'
import { CAP_ARGUMENTS, CAP_RESULTS, INITIAL_DP_PHASE_2 } from './arguments.ts'
import { CAP_OPERATIONS } from './operations.ts'

const NOTHING: Schema = []
const INITIAL_DP = 0

/** Schemas by operation code, so that a message costs one look-up. */
const ARGUMENTS: readonly Schema[] = byCode(CAP_ARGUMENTS)
const RESULTS: readonly Schema[] = byCode(CAP_RESULTS)

function byCode(table: Partial<Record<string, Schema>>): readonly Schema[] {
  const schemas = Array.from({ length: 128 }, () => NOTHING)
  for (const { code, name } of CAP_OPERATIONS) schemas[code] = table[name] ?? NOTHING
  return schemas
}

/**
 * Decodes the argument of the invoke of CAP operation `code`: the BER element `bytes[start, end)`, which may be empty.
 * Source: 3GPP TS 29.078 §6 to §8. @param phase of the dialogue (`capPhase`), where known. @returns what stands in it; a
 * break leaves `fault`. Never throws.
 */
export function decodeCapArgument(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
  phase: CapPhase | null = null,
): MapFields {
  const schema = code === INITIAL_DP && phase !== null && phase <= 2 ? INITIAL_DP_PHASE_2 : (ARGUMENTS[code] ?? NOTHING)
  return asLayer('cap', walkParameter(bytes, start, end, schema, anomalies))
}

/** Decodes the result of CAP operation `code`, as `decodeCapArgument` its argument. */
export function decodeCapResult(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): MapFields {
  return asLayer('cap', walkParameter(bytes, start, end, RESULTS[code] ?? NOTHING, anomalies))
}

/** Says in which protocol a walk broke off: the walker is MAP's. */
export function asLayer(layer: 'cap' | 'inap', fields: MapFields): MapFields {
  const { fault } = fields
  if (fault !== null) fields.fault = new Fault(layer, fault.reason, fault.offset)
  return fields
}
