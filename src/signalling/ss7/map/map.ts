import { BerReader } from '../../../bytes/ber.ts'
import { type AnomalyList, noteBerOddities } from '../../anomaly.ts'
import { MAP_ERROR_PARAMETERS } from './error-parameters.ts'
import { IDENTITY_REQUIRED, MAP_OPERATION_SCHEMAS } from './operation-schemas.ts'
import { MAP_OPERATIONS, mapOperationName } from './operations.ts'
import { context, type Schema } from './schema.ts'
import { decodeAddressString, numberingPlan } from './values.ts'
import { joinPieces, type MapFields, walkParameter } from './walker.ts'

const NOTHING: Schema = []

/** Schemas by operation or error code, so that a message costs one look-up. */
const ARGUMENTS: Schema[] = new Array(128).fill(NOTHING)
const RESULTS: Schema[] = new Array(128).fill(NOTHING)
const ERRORS: Schema[] = new Array(128).fill(NOTHING)
for (const { code, name } of MAP_OPERATIONS) {
  ARGUMENTS[code] = MAP_OPERATION_SCHEMAS[name].argument
  RESULTS[code] = MAP_OPERATION_SCHEMAS[name].result
}
for (const { code, parameter } of MAP_ERROR_PARAMETERS) ERRORS[code] = parameter

/** Codes whose argument must name a subscriber. */
const NAMES_SUBSCRIBER: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  IDENTITY_REQUIRED.has(mapOperationName(code) ?? ''),
)

/**
 * Decodes the argument of the invoke of operation `code`: the BER element `bytes[start, end)`, which may be empty.
 * Source: 3GPP TS 29.002 §17.7. @returns what stands in it; a break leaves `fault`. Never throws.
 */
export function decodeMapArgument(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): MapFields {
  const fields = walkParameter(bytes, start, end, ARGUMENTS[code] ?? NOTHING, anomalies)
  if (isIdentityMissing(code, fields)) anomalies.add('missingParameter')
  return fields
}

/** Tells whether the operation must name a subscriber and no identity could be read. */
export function isIdentityMissing(code: number, fields: MapFields): boolean {
  return NAMES_SUBSCRIBER[code] === true && fields.imsi === null && fields.msisdn === null
}

/** Decodes the result of operation `code`, as `decodeMapArgument` its argument. */
export function decodeMapResult(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): MapFields {
  return walkParameter(bytes, start, end, RESULTS[code] ?? NOTHING, anomalies)
}

/** Decodes the parameter of MAP error `code` (`MAP_ERRORS`), as `decodeMapArgument` an argument. Source: §17.7.7. */
export function decodeMapError(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): MapFields {
  return walkParameter(bytes, start, end, ERRORS[code] ?? NOTHING, anomalies)
}

/** The references of MAP-OpenInfo: about whom a dialogue is, and who opened it. */
export interface MapOpen {
  /** Digits of the destination reference; an IMSI when its numbering plan is E.212. */
  readonly destinationReference: string | null
  readonly destinationIsImsi: boolean
  readonly originationReference: string | null
}

const E212 = 6
/** Tags on the way: EXTERNAL's value [0], then map-open [0]. */
const CONTEXT_0 = context(0)
const CONTEXT_1 = context(1)
const reader = new BerReader()

/**
 * Finds MAP-OpenInfo in the user information of a dialogue APDU, `bytes[start, end)`: a row of EXTERNAL.
 * Source: 3GPP TS 29.002 §17.4 MAP-DialogueInformation. @returns null when there is none to be read. Never throws.
 */
export function decodeMapOpen(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): MapOpen | null {
  for (let next = start; next < end && enter(bytes, next, end, anomalies); ) {
    next = reader.next
    // EXTERNAL { OID, [0] { map-open [0] { … } } }
    if (!find(CONTEXT_0, bytes, anomalies) || !find(CONTEXT_0, bytes, anomalies)) continue
    return decodeReferences(bytes, reader.start, reader.end, anomalies)
  }
  return null
}

function decodeReferences(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): MapOpen {
  let destinationReference: string | null = null
  let destinationIsImsi = false
  let originationReference: string | null = null
  for (let p = start; p < end && enter(bytes, p, end, anomalies); p = reader.next) {
    if (reader.tag !== CONTEXT_0 && reader.tag !== CONTEXT_1) continue
    const [octets, from, to] = stringOctets(bytes, anomalies)
    const reference = decodeAddressString(octets, from, to, anomalies)
    if (reader.tag === CONTEXT_1) originationReference = reference
    else {
      destinationReference = reference
      destinationIsImsi = numberingPlan(octets, from) === E212
    }
  }
  return { destinationReference, destinationIsImsi, originationReference }
}

/** Reads the element at `start`, noting what is odd about it. */
function enter(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): boolean {
  if (!reader.read(bytes, start, end)) return false
  if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
  return true
}

/** Goes into the element of `tag` inside the one just read. */
function find(tag: number, bytes: Uint8Array, anomalies: AnomalyList): boolean {
  const limit = reader.end
  for (let p = reader.start; p < limit && enter(bytes, p, limit, anomalies); p = reader.next) {
    if (reader.tag === tag) return true
  }
  return false
}

/** The octets of the string just read, also where it came in pieces. */
function stringOctets(bytes: Uint8Array, anomalies: AnomalyList): readonly [Uint8Array, number, number] {
  if (!reader.constructed) return [bytes, reader.start, reader.end]
  anomalies.add('constructedString')
  const whole = joinPieces(bytes, reader.start, reader.end) ?? new Uint8Array(0)
  return [whole, 0, whole.length]
}
