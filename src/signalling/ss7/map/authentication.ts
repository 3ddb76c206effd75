import {
  EXTENSION,
  EXTENSION_ONLY,
  extension,
  imsi,
  type OperationSchema,
  sequence,
  sequence3,
} from './common-types.ts'
import { SUBSCRIBER_DATA } from './profile-types.ts'
import {
  BIT_STRING,
  BOOLEAN,
  bits,
  context,
  ENUMERATED,
  enumerated,
  group,
  INTEGER,
  integer,
  list,
  MORE,
  NULL,
  OCTET_STRING,
  opaque,
  privateTag,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Authentication, identification between registers, equipment. Source: 3GPP TS 29.002 §17.6.1, §17.7.1; GSM 09.02. */

/** Triplets, quintuplets and quadruplets are counted, never kept: RAND counts, the rest is stepped over. */
const authenticationSet = (name: string, ...rest: readonly string[]): SchemaElement =>
  group(name, SEQUENCE, [
    value('rand', OCTET_STRING, 'vector'),
    ...rest.map((part) => value(part, OCTET_STRING)),
    EXTENSION,
    MORE,
  ])
const TRIPLET = authenticationSet('authenticationTriplet', 'sres', 'kc')
const AUTHENTICATION_SETS: readonly SchemaElement[] = [
  list('tripletList', context(0), TRIPLET),
  list('quintupletList', context(1), authenticationSet('authenticationQuintuplet', 'xres', 'ck', 'ik', 'autn')),
]

const currentSecurityContext = group('currentSecurityContext', context(2), [
  opaque('gsm-SecurityContextData', context(0)),
  opaque('umts-SecurityContextData', context(1)),
])

/** RequestParameter of phase 1; 3 was never defined. */
const REQUEST_PARAMETERS = ['requestIMSI', 'requestAuthenticationSet', 'requestSubscriberData', '', 'requestKi']

/** Any operation, protected: nothing can be read but which one. Source: TS 29.002 v6 §17.7.1, TS 33.200. */
const SECURE_TRANSPORT: OperationSchema = {
  argument: [sequence(opaque('securityHeader', SEQUENCE), value('protectedPayload', OCTET_STRING))],
  result: [sequence(opaque('securityHeader', SEQUENCE), value('protectedPayload', OCTET_STRING))],
}

export const AUTHENTICATION = {
  sendAuthenticationInfo: {
    argument: [
      imsi(OCTET_STRING),
      sequence(
        imsi(context(0)),
        value('numberOfRequestedVectors', INTEGER),
        value('segmentationProhibited', NULL),
        value('immediateResponsePreferred', context(1)),
        opaque('re-synchronisationInfo', SEQUENCE),
        extension(context(2)),
        MORE,
        integer('requestingNodeType', context(3)),
        value('requestingPLMN-Id', context(4)),
        integer('numberOfRequestedAdditional-Vectors', context(5)),
        value('additionalVectorsAreForEPS', context(6)),
        value('ueUsageTypeRequestIndication', context(7)),
      ),
    ],
    result: [
      list('authenticationSetList', SEQUENCE, TRIPLET),
      sequence3(
        ...AUTHENTICATION_SETS,
        EXTENSION,
        MORE,
        list('eps-AuthenticationSetList', context(2), authenticationSet('epc-AV', 'xres', 'autn', 'kasme')),
        value('ueUsageType', context(3)),
      ),
    ],
  },
  authenticationFailureReport: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        value('failureCause', ENUMERATED),
        EXTENSION,
        MORE,
        value('re-attempt', BOOLEAN),
        value('accessType', ENUMERATED),
        value('rand', OCTET_STRING),
        value('vlr-Number', context(0), 'node'),
        value('sgsn-Number', context(1), 'node'),
      ),
    ],
    result: EXTENSION_ONLY,
  },
  sendIdentification: {
    argument: [
      value('tmsi', OCTET_STRING),
      sequence(
        value('tmsi', OCTET_STRING),
        value('numberOfRequestedVectors', INTEGER),
        value('segmentationProhibited', NULL),
        EXTENSION,
        MORE,
        value('msc-Number', OCTET_STRING, 'node'),
        value('previous-LAI', context(0)),
        integer('hopCounter', context(1)),
        value('mtRoamingForwardingSupported', context(2)),
        value('newVLR-Number', context(3), 'otherNode'),
        value('new-lmsi', context(4)),
      ),
    ],
    result: [
      sequence(imsi(OCTET_STRING), list('authenticationSetList', SEQUENCE, TRIPLET), ...AUTHENTICATION_SETS, MORE),
      sequence3(
        imsi(OCTET_STRING),
        ...AUTHENTICATION_SETS,
        currentSecurityContext,
        extension(context(3)),
        MORE,
        value('lastUsedLtePLMN-Id', context(4)),
        value('mtCallPendingFlag', context(5)),
      ),
    ],
  },
  sendParameters: {
    argument: [
      sequence(
        imsi(context(0)),
        value('tmsi', context(1)),
        list(
          'requestParameterList',
          SEQUENCE,
          enumerated('requestParameter', ENUMERATED, 'requested', REQUEST_PARAMETERS),
        ),
      ),
    ],
    result: [
      list('sentParameterList', SEQUENCE, [
        imsi(context(0)),
        group('authenticationSet', context(1), [
          value('rand', OCTET_STRING, 'vector'),
          value('sres', OCTET_STRING),
          value('kc', OCTET_STRING),
          ...AUTHENTICATION_SETS,
        ]),
        group('subscriberData', context(2), SUBSCRIBER_DATA),
        value('ki', context(4)),
      ]),
    ],
  },
  sendIMSI: { argument: [value('msisdn', OCTET_STRING, 'msisdn')], result: [imsi(OCTET_STRING)] },
  checkIMEI: {
    argument: [
      value('imei', OCTET_STRING, 'imei'),
      sequence(
        value('imei', OCTET_STRING, 'imei'),
        bits('requestedEquipmentInfo', BIT_STRING, 'requested', ['equipmentStatus', 'bmuef']),
        EXTENSION,
        MORE,
        // what one vendor's switches add
        imsi(privateTag(1)),
        value('locationInformation', privateTag(3)),
      ),
    ],
    result: [
      value('equipmentStatus', ENUMERATED),
      sequence(value('equipmentStatus', ENUMERATED), opaque('bmuef', SEQUENCE), extension(context(0)), MORE),
    ],
  },
  secureTransportClass1: SECURE_TRANSPORT,
  secureTransportClass2: SECURE_TRANSPORT,
  secureTransportClass3: SECURE_TRANSPORT,
  secureTransportClass4: SECURE_TRANSPORT,
} as const satisfies Record<string, OperationSchema>
