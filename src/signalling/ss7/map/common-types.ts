import {
  BIT_STRING,
  context,
  ENUMERATED,
  group,
  list,
  MORE,
  NULL,
  OCTET_STRING,
  opaque,
  type Schema,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Elements that operations of several services share. Source: 3GPP TS 29.002 §17.7.8 MAP-CommonDataTypes. */

/** What one operation carries: alternatives by outermost tag, as versions differ. Empty: nothing, or nothing named. */
export interface OperationSchema {
  readonly argument: Schema
  readonly result: Schema
}

export const NOTHING: Schema = []

/** An argument or result: SEQUENCE. */
export const sequence = (...children: readonly SchemaElement[]): SchemaElement => group('parameter', SEQUENCE, children)

/** An argument or result of version 3: `[3] SEQUENCE`. */
export const sequence3 = (...children: readonly SchemaElement[]): SchemaElement =>
  group('parameter', context(3), children)

/** ExtensionContainer: private extensions, stepped over. Source: §17.7.11. */
export const extension = (tag: number): SchemaElement => opaque('extensionContainer', tag)
export const EXTENSION = extension(SEQUENCE)

/** A result of nothing but extensions. */
export const EXTENSION_ONLY: Schema = [sequence(EXTENSION, MORE)]

export const imsi = (tag: number): SchemaElement => value('imsi', tag, 'imsi')
export const msisdn = (tag: number): SchemaElement => value('msisdn', tag, 'msisdn')

/** SubscriberIdentity ::= CHOICE { imsi [0], msisdn [1] } */
export const SUBSCRIBER_IDENTITY: readonly SchemaElement[] = [imsi(context(0)), msisdn(context(1))]

/** Identity ::= CHOICE { imsi, imsi-WithLMSI } */
export const IDENTITY: readonly SchemaElement[] = [
  imsi(OCTET_STRING),
  group('imsi-WithLMSI', SEQUENCE, [imsi(OCTET_STRING), value('lmsi', OCTET_STRING), MORE]),
]

/** BasicServiceCode and Ext-BasicServiceCode: untagged CHOICEs. */
export const BASIC_SERVICE: readonly SchemaElement[] = [
  value('bearerService', context(2)),
  value('teleservice', context(3)),
]

/** NetworkNodeDiameterAddress, by what its names mean. */
export const diameterAddress = (name: string, tag: number): SchemaElement =>
  group(name, tag, [
    value('diameter-Name', context(0), 'otherNodeName'),
    value('diameter-Realm', context(1), 'otherNodeName'),
  ])

/** CellGlobalIdOrServiceAreaIdOrLAI ::= CHOICE { cellGlobalIdOrServiceAreaIdFixedLength [0], laiFixedLength [1] } */
export const CELL_OR_AREA: readonly SchemaElement[] = [
  value('cellGlobalIdOrServiceAreaIdFixedLength', context(0), 'cell'),
  value('laiFixedLength', context(1), 'area'),
]

/** PagingArea: areas an MS is to be paged in, not where it is. Source: §17.7.1. */
export const pagingArea = (tag: number): SchemaElement =>
  list('pagingArea', tag, [value('laiFixedLength', context(0)), value('lac', context(1))])

/** ExternalSignalInfo, AccessNetworkSignalInfo and their kin. */
export const signalInfo = (name: string, tag: number): SchemaElement =>
  group(name, tag, [value('protocolId', ENUMERATED), value('signalInfo', OCTET_STRING), EXTENSION, MORE])

/** SS-List. */
export const ssList = (name: string, tag: number): SchemaElement => list(name, tag, value('ss-Code', OCTET_STRING))

/** CUG-CheckInfo. Source: §17.7.3. */
export const cugCheckInfo = (tag: number): SchemaElement =>
  group('cug-CheckInfo', tag, [
    value('cug-Interlock', OCTET_STRING),
    value('cug-OutgoingAccess', NULL),
    EXTENSION,
    MORE,
  ])

/** CamelInfo. Source: §17.7.3. */
export const camelInfo = (tag: number): SchemaElement =>
  group('camelInfo', tag, [
    value('supportedCamelPhases', BIT_STRING),
    value('suppress-T-CSI', NULL),
    EXTENSION,
    MORE,
    value('offeredCamel4CSIs', context(0)),
  ])
