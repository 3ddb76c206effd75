import { berTag, TAG_CLASS } from '../bytes/ber.ts'
import { capPhase } from '../signalling/ss7/cap/application-contexts.ts'
import { CAP_ARGUMENTS, CAP_RESULTS, INITIAL_DP_PHASE_2 } from '../signalling/ss7/cap/arguments.ts'
import { capErrorName } from '../signalling/ss7/cap/errors.ts'
import { capOperationName } from '../signalling/ss7/cap/operations.ts'
import { INAP_ARGUMENTS } from '../signalling/ss7/inap/arguments.ts'
import { inapOperationName } from '../signalling/ss7/inap/operations.ts'
import { MAP_ERROR_PARAMETERS } from '../signalling/ss7/map/error-parameters.ts'
import { mapErrorName } from '../signalling/ss7/map/errors.ts'
import { MAP_OPERATION_SCHEMAS } from '../signalling/ss7/map/operation-schemas.ts'
import { mapOperationName } from '../signalling/ss7/map/operations.ts'
import {
  context,
  enumerated,
  group,
  INTEGER,
  integer,
  opaque,
  type Schema,
  SEQUENCE,
  value,
} from '../signalling/ss7/map/schema.ts'
import type { TcapUser } from '../signalling/ss7/tcap-user.ts'

/** Schemas of dialogues and operations, in the form that arguments have. */

const OBJECT_IDENTIFIER = berTag(TAG_CLASS.universal, 6)
const EXTERNAL = berTag(TAG_CLASS.universal, 8)
const application = (number: number): number => berTag(TAG_CLASS.application, number)

/** MAP-DialogueInformation. Source: 3GPP TS 29.002 §17.4. */
const MAP_DIALOGUE = [
  group('map-open', context(0), [
    value('destinationReference', context(0), 'msisdn'),
    value('originationReference', context(1), 'node'),
    opaque('extensionContainer', SEQUENCE),
  ]),
  group('map-accept', context(1), [opaque('extensionContainer', SEQUENCE)]),
  group('map-close', context(2), [opaque('extensionContainer', SEQUENCE)]),
  group('map-refuse', context(3), [
    value('reason', berTag(TAG_CLASS.universal, 10)),
    opaque('extensionContainer', SEQUENCE),
    value('alternativeApplicationContext', OBJECT_IDENTIFIER),
  ]),
  group('map-userAbort', context(4), [
    value('userSpecificReason', context(0)),
    value('userResourceLimitation', context(1)),
    integer('resourceUnavailable', context(2)),
    integer('applicationProcedureCancellation', context(3)),
  ]),
  group('map-providerAbort', context(5), [value('map-ProviderAbortReason', berTag(TAG_CLASS.universal, 10))]),
]

const userInformation = (tag: number) =>
  group('user-information', tag, [
    group('EXTERNAL', EXTERNAL, [
      value('direct-reference', OBJECT_IDENTIFIER),
      group('single-ASN1-type', context(0), MAP_DIALOGUE),
    ]),
  ])

const applicationContext = group('application-context-name', context(1), [value('name', OBJECT_IDENTIFIER)])
const protocolVersion = value('protocol-version', context(0))
const resultSource = [
  group('dialogue-service-user', context(1), [value('diagnostic', INTEGER)]),
  group('dialogue-service-provider', context(2), [value('diagnostic', INTEGER)]),
]

/** The dialogue portion's content. Source: ITU-T Q.773 §4.2.3. */
export const DIALOGUE_PORTION: Schema = [
  group('EXTERNAL', EXTERNAL, [
    value('direct-reference', OBJECT_IDENTIFIER),
    group('single-ASN1-type', context(0), [
      group('AARQ (or AUDT)', application(0), [protocolVersion, applicationContext, userInformation(context(30))]),
      group('AARE', application(1), [
        protocolVersion,
        applicationContext,
        group('result', context(2), [enumerated('result', INTEGER, 'requested', ['accepted', 'reject-permanent'])]),
        group('result-source-diagnostic', context(3), resultSource),
        userInformation(context(30)),
      ]),
      group('ABRT', application(4), [
        enumerated('abort-source', context(0), 'requested', ['dialogue-service-user', 'dialogue-service-provider']),
        userInformation(context(30)),
      ]),
    ]),
  ]),
]

/** Name of an operation, or null. */
export function operationName(user: TcapUser, code: number): string | null {
  if (user === 'map') return mapOperationName(code)
  return user === 'cap' ? capOperationName(code) : inapOperationName(code)
}

/** Name of an error. */
export function errorName(user: TcapUser, code: number): string {
  return user === 'map' ? mapErrorName(code) : capErrorName(code)
}

const NOTHING: Schema = []
const INITIAL_DP = 0

/** What the argument of an operation may be. @param applicationContext of the dialogue: CAP's phases differ. */
export function argumentSchema(user: TcapUser, code: number, applicationContext: string | null): Schema {
  if (user === 'map') {
    const name = mapOperationName(code)
    return name === null ? NOTHING : MAP_OPERATION_SCHEMAS[name].argument
  }
  if (user === 'cap') {
    const name = capOperationName(code)
    const phase = applicationContext === null ? null : capPhase(applicationContext)
    if (code === INITIAL_DP && phase !== null && phase <= 2) return INITIAL_DP_PHASE_2
    return (name === null ? null : CAP_ARGUMENTS[name]) ?? NOTHING
  }
  const name = inapOperationName(code)
  return (name === null ? null : INAP_ARGUMENTS[name]) ?? NOTHING
}

export function resultSchema(user: TcapUser, code: number): Schema {
  if (user === 'map') {
    const name = mapOperationName(code)
    return name === null ? NOTHING : MAP_OPERATION_SCHEMAS[name].result
  }
  const name = user === 'cap' ? capOperationName(code) : null
  return (name === null ? null : CAP_RESULTS[name]) ?? NOTHING
}

export function errorSchema(user: TcapUser, code: number): Schema {
  if (user !== 'map') return NOTHING
  return MAP_ERROR_PARAMETERS.find((row) => row.code === code)?.parameter ?? NOTHING
}
