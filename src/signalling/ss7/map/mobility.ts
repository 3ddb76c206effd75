import {
  diameterAddress,
  EXTENSION,
  EXTENSION_ONLY,
  extension,
  IDENTITY,
  imsi,
  msisdn,
  NOTHING,
  type OperationSchema,
  pagingArea,
  sequence,
  sequence3,
} from './common-types.ts'
import { EPS_LOCATION, GPRS_LOCATION, LOCATION } from './location-types.ts'
import { GATEWAY_IDENTITY } from './profile-types.ts'
import {
  context,
  ENUMERATED,
  group,
  INTEGER,
  integer,
  list,
  MORE,
  NULL,
  OCTET_STRING,
  opaque,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Where subscribers are registered, and the restarts of registers. Source: 3GPP TS 29.002 §17.6.1, §17.7.1; GSM 09.02. */

const hlrNumber = value('hlr-Number', OCTET_STRING, 'node')

const addInfo = (tag: number): SchemaElement =>
  group('add-info', tag, [value('imeisv', context(0), 'imei'), value('skipSubscriberDataUpdate', context(1)), MORE])

const VLR_CAPABILITY = group('vlr-Capability', context(6), [
  value('supportedCamelPhases', context(0)),
  EXTENSION,
  MORE,
  value('solsaSupportIndicator', context(2)),
  integer('istSupportIndicator', context(1)),
  opaque('superChargerSupportedInServingNetworkEntity', context(3)),
  value('longFTN-Supported', context(4)),
  value('supportedLCS-CapabilitySets', context(5)),
  value('offeredCamel4CSIs', context(6)),
  value('supportedRAT-TypesIndicator', context(7)),
  value('longGroupID-Supported', context(8)),
  value('mtRoamingForwardingSupported', context(9)),
  value('msisdn-lessOperation-Supported', context(10)),
])

const plmnList = (name: string, tag: number): SchemaElement => list(name, tag, value('plmn-Id', OCTET_STRING))

export const MOBILITY = {
  updateLocation: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        value('roamingNumber', context(0), 'roamingNumber'),
        value('msc-Number', context(1), 'otherNode'),
        value('vlr-Number', OCTET_STRING, 'node'),
        value('lmsi', context(10)),
        EXTENSION,
        MORE,
        VLR_CAPABILITY,
        value('informPreviousNetworkEntity', context(11)),
        value('cs-LCS-NotSupportedByUE', context(12)),
        value('v-gmlc-Address', context(2), 'otherNodeIp'),
        addInfo(context(13)),
        pagingArea(context(14)),
        value('skipSubscriberDataUpdate', context(15)),
        value('restorationIndicator', context(16)),
        plmnList('eplmn-List', context(3)),
        diameterAddress('mme-DiameterAddress', context(4)),
      ),
    ],
    result: [
      hlrNumber,
      sequence(hlrNumber, EXTENSION, MORE, value('add-Capability', NULL), value('pagingArea-Capability', context(0))),
    ],
  },
  cancelLocation: {
    argument: [
      ...IDENTITY,
      sequence3(
        ...IDENTITY,
        value('cancellationType', ENUMERATED, 'cancellationType'),
        EXTENSION,
        MORE,
        integer('typeOfUpdate', context(0)),
        value('mtrf-SupportedAndAuthorized', context(1)),
        value('mtrf-SupportedAndNotAuthorized', context(2)),
        value('newMSC-Number', context(3), 'otherNode'),
        value('newVLR-Number', context(4), 'node'),
        value('new-lmsi', context(5)),
        value('reattach-Required', context(6)),
      ),
    ],
    result: EXTENSION_ONLY,
  },
  updateGprsLocation: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        value('sgsn-Number', OCTET_STRING, 'node'),
        value('sgsn-Address', OCTET_STRING, 'otherNodeIp'),
        EXTENSION,
        MORE,
        opaque('sgsn-Capability', context(0)),
        value('informPreviousNetworkEntity', context(1)),
        value('ps-LCS-NotSupportedByUE', context(2)),
        value('v-gmlc-Address', context(3), 'otherNodeIp'),
        addInfo(context(4)),
        group('eps-info', context(5), [
          group('pdn-gw-update', context(0), [
            value('apn', context(0)),
            group('pdn-gw-Identity', context(1), GATEWAY_IDENTITY),
            integer('contextId', context(2)),
            extension(context(3)),
            MORE,
          ]),
          value('isr-Information', context(1)),
        ]),
        value('servingNodeTypeIndicator', context(6)),
        value('skipSubscriberDataUpdate', context(7)),
        integer('usedRAT-Type', context(8)),
        value('gprsSubscriptionDataNotNeeded', context(9)),
        value('nodeTypeIndicator', context(10)),
        value('areaRestricted', context(11)),
        value('ue-reachableIndicator', context(12)),
        value('epsSubscriptionDataNotNeeded', context(13)),
        integer('ue-srvcc-Capability', context(14)),
        plmnList('eplmn-List', context(15)),
        value('mmeNumberforMTSMS', context(16), 'otherNode'),
        integer('smsRegisterRequest', context(17)),
        value('sms-Only', context(18)),
        value('removalofMMERegistrationforSMS', context(22)),
        value('sgsn-Name', context(19), 'otherNodeName'),
        value('sgsn-Realm', context(20), 'otherNodeName'),
        value('lgd-supportIndicator', context(21)),
        plmnList('adjacentPLMN-List', context(23)),
      ),
    ],
    result: [
      sequence(
        hlrNumber,
        EXTENSION,
        MORE,
        value('add-Capability', NULL),
        value('sgsn-mmeSeparationSupported', context(0)),
        value('mmeRegisteredforSMS', context(1)),
      ),
    ],
  },
  purgeMS: {
    argument: [
      sequence(imsi(OCTET_STRING), value('vlr-Number', OCTET_STRING, 'node'), MORE),
      sequence3(
        imsi(OCTET_STRING),
        value('vlr-Number', context(0), 'node'),
        value('sgsn-Number', context(1), 'node'),
        EXTENSION,
        MORE,
        group('locationInformation', context(2), LOCATION),
        group('locationInformationGPRS', context(3), GPRS_LOCATION),
        group('locationInformationEPS', context(4), EPS_LOCATION),
      ),
    ],
    result: [
      sequence(
        value('freezeTMSI', context(0)),
        value('freezeP-TMSI', context(1)),
        EXTENSION,
        MORE,
        value('freezeM-TMSI', context(2)),
      ),
    ],
  },
  updateVcsgLocation: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        msisdn(context(2)),
        value('vlr-Number', context(0), 'node'),
        value('sgsn-Number', context(1), 'node'),
        EXTENSION,
        MORE,
      ),
    ],
    result: [sequence(value('temporaryEmptySubscriptiondataIndicator', NULL), EXTENSION, MORE)],
  },
  cancelVcsgLocation: { argument: [sequence(...IDENTITY, EXTENSION, MORE)], result: EXTENSION_ONLY },
  restoreData: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        value('lmsi', OCTET_STRING),
        EXTENSION,
        MORE,
        VLR_CAPABILITY,
        value('restorationIndicator', context(7)),
      ),
    ],
    result: [sequence(hlrNumber, value('msNotReachable', NULL), EXTENSION, MORE)],
  },
  reset: {
    argument: [
      sequence(
        value('networkResource', ENUMERATED),
        hlrNumber,
        value('css-Number', context(1), 'node'),
        list('hlr-List', SEQUENCE, value('hlr-Id', OCTET_STRING)),
        extension(context(0)),
        MORE,
      ),
    ],
    result: NOTHING,
  },
  'forwardCheckSS-Indication': { argument: NOTHING, result: NOTHING },
  'noteMM-Event': {
    argument: [
      sequence(
        value('serviceKey', INTEGER, 'serviceKey'),
        value('eventMet', context(0)),
        imsi(context(1)),
        msisdn(context(2)),
        group('locationInformation', context(3), LOCATION),
        value('supportedCAMELPhases', context(5)),
        extension(context(6)),
        MORE,
        group('locationInformationGPRS', context(7), GPRS_LOCATION),
        value('offeredCamel4Functionalities', context(8)),
      ),
    ],
    result: EXTENSION_ONLY,
  },
  noteMsPresentForGprs: {
    argument: [
      sequence(
        imsi(context(0)),
        value('sgsn-Address', context(1), 'otherNodeIp'),
        value('ggsn-Address', context(2), 'otherNodeIp'),
        extension(context(3)),
        MORE,
      ),
    ],
    result: [sequence(extension(context(0)), MORE)],
  },
  sendRoutingInfoForGprs: {
    argument: [
      sequence(
        imsi(context(0)),
        value('ggsn-Address', context(1), 'otherNodeIp'),
        value('ggsn-Number', context(2), 'node'),
        extension(context(3)),
        MORE,
      ),
    ],
    result: [
      sequence(
        value('sgsn-Address', context(0), 'otherNodeIp'),
        value('ggsn-Address', context(1), 'otherNodeIp'),
        integer('mobileNotReachableReason', context(2)),
        extension(context(3)),
        MORE,
      ),
    ],
  },
  failureReport: {
    argument: [
      sequence(
        imsi(context(0)),
        value('ggsn-Number', context(1), 'node'),
        value('ggsn-Address', context(2), 'otherNodeIp'),
        extension(context(3)),
        MORE,
      ),
    ],
    result: [sequence(value('ggsn-Address', context(0), 'otherNodeIp'), extension(context(1)), MORE)],
  },
} as const satisfies Record<string, OperationSchema>
