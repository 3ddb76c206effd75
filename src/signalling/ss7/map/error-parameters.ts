import { BASIC_SERVICE, EXTENSION, extension, imsi, sequence } from './common-types.ts'
import {
  BOOLEAN,
  context,
  ENUMERATED,
  INTEGER,
  integer,
  MORE,
  NULL,
  OCTET_STRING,
  opaque,
  type Schema,
  SEQUENCE,
  value,
} from './schema.ts'

/** A parameter of nothing but extensions, as most errors have since version 3. */
const EXTENSION_ONLY: Schema = [sequence(EXTENSION, MORE)]
const cause = (name: string): Schema => [sequence(value(name, ENUMERATED), EXTENSION, MORE)]

/**
 * Parameters of the errors that have one, by code. Errors of versions before 3 come without, or with a bare cause.
 * Source: 3GPP TS 29.002 §17.7.7 MAP-ER-DataTypes.
 */
export const MAP_ERROR_PARAMETERS = [
  { code: 1, parameter: [sequence(EXTENSION, MORE, value('unknownSubscriberDiagnostic', ENUMERATED))] },
  {
    code: 4,
    parameter: [sequence(opaque('securityHeader', SEQUENCE), value('protectedPayload', OCTET_STRING))],
  },
  { code: 5, parameter: EXTENSION_ONLY },
  {
    code: 6,
    parameter: [
      sequence(
        value('absentSubscriberDiagnosticSM', INTEGER),
        EXTENSION,
        MORE,
        integer('additionalAbsentSubscriberDiagnosticSM', context(0)),
        imsi(context(1)),
        value('requestedRetransmissionTime', context(2)),
        value('userIdentifierAlert', context(3), 'imsi'),
      ),
    ],
  },
  {
    code: 8,
    parameter: [
      value('roamingNotAllowedCause', ENUMERATED),
      sequence(
        value('roamingNotAllowedCause', ENUMERATED),
        EXTENSION,
        MORE,
        integer('additionalRoamingNotAllowedCause', context(0)),
      ),
    ],
  },
  { code: 9, parameter: EXTENSION_ONLY },
  { code: 10, parameter: EXTENSION_ONLY },
  { code: 11, parameter: EXTENSION_ONLY },
  { code: 12, parameter: EXTENSION_ONLY },
  {
    code: 13,
    parameter: [
      value('callBarringCause', ENUMERATED),
      sequence(
        value('callBarringCause', ENUMERATED),
        EXTENSION,
        MORE,
        value('unauthorisedMessageOriginator', context(1)),
        value('anonymousCallRejection', context(2)),
      ),
    ],
  },
  { code: 14, parameter: EXTENSION_ONLY },
  { code: 15, parameter: [value('cug-RejectCause', ENUMERATED), ...cause('cug-RejectCause')] },
  { code: 16, parameter: EXTENSION_ONLY },
  { code: 17, parameter: [value('ss-Status', OCTET_STRING)] },
  { code: 18, parameter: EXTENSION_ONLY },
  { code: 19, parameter: EXTENSION_ONLY },
  {
    code: 20,
    parameter: [
      sequence(value('ss-Code', context(1), 'ssCode'), ...BASIC_SERVICE, value('ss-Status', context(4)), MORE),
    ],
  },
  {
    code: 21,
    parameter: [
      sequence(
        EXTENSION,
        MORE,
        value('shapeOfLocationEstimateNotSupported', context(0)),
        value('neededLcsCapabilityNotSupportedInServingNode', context(1)),
      ),
    ],
  },
  { code: 22, parameter: EXTENSION_ONLY },
  {
    code: 27,
    parameter: [value('mwd-Set', BOOLEAN), sequence(EXTENSION, MORE, integer('absentSubscriberReason', context(0)))],
  },
  { code: 28, parameter: EXTENSION_ONLY },
  { code: 29, parameter: [sequence(MORE)] },
  { code: 30, parameter: [sequence(MORE)] },
  { code: 31, parameter: [sequence(EXTENSION, MORE, value('gprsConnectionSuspended', NULL))] },
  {
    code: 32,
    parameter: [
      value('sm-EnumeratedDeliveryFailureCause', ENUMERATED),
      sequence(
        value('sm-EnumeratedDeliveryFailureCause', ENUMERATED),
        value('diagnosticInfo', OCTET_STRING),
        EXTENSION,
        MORE,
      ),
    ],
  },
  { code: 33, parameter: EXTENSION_ONLY },
  {
    code: 34,
    parameter: [
      value('networkResource', ENUMERATED),
      sequence(
        value('networkResource', ENUMERATED),
        EXTENSION,
        MORE,
        integer('additionalNetworkResource', context(0)),
        integer('failureCauseParam', context(1)),
      ),
    ],
  },
  { code: 35, parameter: EXTENSION_ONLY },
  { code: 36, parameter: [sequence(EXTENSION, MORE, value('unexpectedSubscriber', context(0)))] },
  { code: 37, parameter: [value('pw-RegistrationFailureCause', ENUMERATED)] },
  { code: 39, parameter: EXTENSION_ONLY },
  { code: 40, parameter: EXTENSION_ONLY },
  { code: 42, parameter: EXTENSION_ONLY },
  { code: 44, parameter: EXTENSION_ONLY },
  {
    code: 45,
    parameter: [sequence(EXTENSION, MORE, value('ccbs-Possible', context(0)), value('ccbs-Busy', context(1)))],
  },
  { code: 46, parameter: EXTENSION_ONLY },
  { code: 47, parameter: EXTENSION_ONLY },
  { code: 48, parameter: EXTENSION_ONLY },
  { code: 49, parameter: EXTENSION_ONLY },
  { code: 50, parameter: EXTENSION_ONLY },
  { code: 51, parameter: EXTENSION_ONLY },
  { code: 52, parameter: EXTENSION_ONLY },
  {
    code: 53,
    parameter: [sequence(integer('unauthorizedLCSClient-Diagnostic', context(0)), extension(context(1)), MORE)],
  },
  {
    code: 54,
    parameter: [sequence(integer('positionMethodFailure-Diagnostic', context(0)), extension(context(1)), MORE)],
  },
  { code: 58, parameter: EXTENSION_ONLY },
  { code: 59, parameter: EXTENSION_ONLY },
  { code: 60, parameter: EXTENSION_ONLY },
  { code: 61, parameter: EXTENSION_ONLY },
  { code: 62, parameter: EXTENSION_ONLY },
] as const satisfies readonly { code: number; parameter: Schema }[]
