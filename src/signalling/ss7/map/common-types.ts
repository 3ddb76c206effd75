import {
  context,
  ENUMERATED,
  group,
  INTEGER,
  list,
  OCTET_STRING,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Elements that several operations share. Source: 3GPP TS 29.002 §17.7.1, §17.7.8. */

/** SubscriberIdentity ::= CHOICE { imsi [0], msisdn [1] } */
export const SUBSCRIBER_IDENTITY: readonly SchemaElement[] = [
  value('imsi', context(0), 'imsi'),
  value('msisdn', context(1), 'msisdn'),
]

/** Identity ::= CHOICE { imsi, imsi-WithLMSI } */
export const IDENTITY: readonly SchemaElement[] = [
  value('imsi', OCTET_STRING, 'imsi'),
  group('imsi-WithLMSI', SEQUENCE, [value('imsi', OCTET_STRING, 'imsi'), value('lmsi', OCTET_STRING)]),
]

/** USSD-Arg, with the number it is about in the network-initiated forms. Source: §17.7.4. */
export const USSD: readonly SchemaElement[] = [
  value('ussd-DataCodingScheme', OCTET_STRING),
  value('ussd-String', OCTET_STRING),
  value('alertingPattern', OCTET_STRING),
  value('msisdn', context(0), 'msisdn'),
]

/** CellGlobalIdOrServiceAreaIdOrLAI ::= CHOICE { cellGlobalIdOrServiceAreaIdFixedLength [0], laiFixedLength [1] } */
export const CELL_OR_AREA: readonly SchemaElement[] = [
  value('cellGlobalIdOrServiceAreaIdFixedLength', context(0), 'cell'),
  value('laiFixedLength', context(1), 'area'),
]

const EPS_LOCATION: readonly SchemaElement[] = [
  value('e-utranCellGlobalIdentity', context(0), 'eutranCell'),
  value('trackingAreaIdentity', context(1), 'area'),
  group('extensionContainer', context(2), []),
  value('geographicalInformation', context(3), 'geographical'),
  value('geodeticInformation', context(4)),
  value('currentLocationRetrieved', context(5)),
  value('ageOfLocationInformation', context(6)),
  value('mme-Name', context(7)),
]

/** LocationInformation */
export const LOCATION: readonly SchemaElement[] = [
  value('ageOfLocationInformation', INTEGER),
  value('geographicalInformation', context(0), 'geographical'),
  value('vlr-number', context(1), 'node'),
  value('locationNumber', context(2)),
  group('cellGlobalIdOrServiceAreaIdOrLAI', context(3), CELL_OR_AREA),
  group('extensionContainer', context(4), []),
  value('selectedLSA-Id', context(5)),
  value('msc-Number', context(6), 'node'),
  value('geodeticInformation', context(7)),
  value('currentLocationRetrieved', context(8)),
  value('sai-Present', context(9)),
  group('locationInformationEPS', context(10), EPS_LOCATION),
  group('userCSGInformation', context(11), []),
]

const GPRS_LOCATION: readonly SchemaElement[] = [
  group('cellGlobalIdOrServiceAreaIdOrLAI', context(0), CELL_OR_AREA),
  value('routeingAreaIdentity', context(1), 'area'),
  value('geographicalInformation', context(2), 'geographical'),
  value('sgsn-Number', context(3), 'node'),
  value('selectedLSAIdentity', context(4)),
  group('extensionContainer', context(5), []),
  value('sai-Present', context(6)),
  value('geodeticInformation', context(7)),
  value('currentLocationRetrieved', context(8)),
  value('ageOfLocationInformation', context(9)),
]

/** SubscriberInfo */
export const SUBSCRIBER_INFO: readonly SchemaElement[] = [
  group('locationInformation', context(0), LOCATION),
  group('subscriberState', context(1), []),
  group('extensionContainer', context(2), []),
  group('locationInformationGPRS', context(3), GPRS_LOCATION),
  group('ps-SubscriberState', context(4), []),
  value('imei', context(5), 'imei'),
  value('ms-Classmark2', context(6)),
  group('gprs-MS-Class', context(7), []),
  group('mnpInfoRes', context(8), [
    value('routeingNumber', context(0)),
    value('imsi', context(1), 'imsi'),
    value('msisdn', context(2), 'msisdn'),
    value('numberPortabilityStatus', context(3)),
  ]),
  group('locationInformationEPS', context(13), EPS_LOCATION),
]

/** RequestedInfo */
export const REQUESTED_INFO: readonly SchemaElement[] = [
  value('locationInformation', context(0), 'locationWanted'),
  value('subscriberState', context(1)),
  group('extensionContainer', context(2), []),
  value('currentLocation', context(3), 'locationWanted'),
  value('requestedDomain', context(4)),
  value('imei', context(6)),
  value('ms-classmark', context(5)),
  value('mnpRequestedInfo', context(7)),
]

/** O-CSI and T-CSI: lists of trigger points, each with the gsmSCF to ask. Source: §17.7.1 O-CSI, T-CSI. */
const CALL_CSI: readonly SchemaElement[] = [
  list(
    'bcsmCamelTDPDataList',
    SEQUENCE,
    group('bcsmCamelTDPData', SEQUENCE, [
      value('bcsmTriggerDetectionPoint', ENUMERATED),
      value('serviceKey', INTEGER),
      value('gsmSCF-Address', context(0), 'gsmScf'),
      value('defaultCallHandling', context(1)),
    ]),
  ),
  group('extensionContainer', SEQUENCE, []),
  value('camelCapabilityHandling', context(0)),
]

const TAGGED_TDP_DATA: readonly SchemaElement[] = [
  value('triggerDetectionPoint', context(0)),
  value('serviceKey', context(1)),
  value('gsmSCF-Address', context(2), 'gsmScf'),
  value('defaultHandling', context(3)),
]

/** SMS-CSI and GPRS-CSI */
const PACKET_CSI: readonly SchemaElement[] = [
  list('camelTDP-DataList', context(0), group('camelTDPData', SEQUENCE, TAGGED_TDP_DATA)),
  value('camelCapabilityHandling', context(1)),
]

/** M-CSI and MG-CSI */
const MOBILITY_CSI: readonly SchemaElement[] = [
  list('mobilityTriggers', SEQUENCE, value('mm-Code', OCTET_STRING)),
  value('serviceKey', INTEGER),
  value('gsmSCF-Address', context(0), 'gsmScf'),
]

/** SS-CSI */
const SS_CSI: readonly SchemaElement[] = [
  group('ss-CamelData', SEQUENCE, [
    list('ss-EventList', SEQUENCE, value('ss-Code', OCTET_STRING)),
    value('gsmSCF-Address', OCTET_STRING, 'gsmScf'),
  ]),
]

/** D-CSI */
const DIALLED_CSI: readonly SchemaElement[] = [
  list(
    'dp-AnalysedInfoCriteriaList',
    context(0),
    group('dp-AnalysedInfoCriterium', SEQUENCE, [
      value('dialledNumber', OCTET_STRING),
      value('serviceKey', INTEGER),
      value('gsmSCF-Address', OCTET_STRING, 'gsmScf'),
      value('defaultCallHandling', ENUMERATED),
    ]),
  ),
]

/** VlrCamelSubscriptionInfo */
export const VLR_CAMEL: readonly SchemaElement[] = [
  group('o-CSI', context(0), CALL_CSI),
  group('extensionContainer', context(1), []),
  group('ss-CSI', context(2), SS_CSI),
  value('tif-CSI', context(3)),
  list('o-BcsmCamelTDP-CriteriaList', context(4), group('o-BcsmCamelTDP-Criteria', SEQUENCE, [])),
  group('m-CSI', context(5), MOBILITY_CSI),
  group('mo-sms-CSI', context(6), PACKET_CSI),
  group('vt-CSI', context(7), CALL_CSI),
  list('t-BCSM-CAMEL-TDP-CriteriaList', context(8), group('t-BCSM-CAMEL-TDP-Criteria', SEQUENCE, [])),
  group('d-CSI', context(9), DIALLED_CSI),
  group('mt-sms-CSI', context(10), PACKET_CSI),
]

/** SGSN-CAMEL-SubscriptionInfo */
export const SGSN_CAMEL: readonly SchemaElement[] = [
  group('gprs-CSI', context(0), PACKET_CSI),
  group('mo-sms-CSI', context(1), PACKET_CSI),
  group('extensionContainer', context(2), []),
  group('mt-sms-CSI', context(3), PACKET_CSI),
  list('mt-smsCAMELTDP-CriteriaList', context(4), group('mt-smsCAMELTDP-Criteria', SEQUENCE, [])),
  group('mg-csi', context(5), MOBILITY_CSI),
]

/** GmscCamelSubscriptionInfo */
export const GMSC_CAMEL: readonly SchemaElement[] = [
  group('t-CSI', context(0), CALL_CSI),
  group('o-CSI', context(1), CALL_CSI),
]

/** Ext-ForwInfo and Ext-SS-Info: call forwarding in a profile. Source: §17.7.1 Ext-SS-Info. */
export const EXT_SS_INFO_FORWARDING = group('forwardingInfo', context(0), [
  value('ss-Code', OCTET_STRING),
  list(
    'forwardingFeatureList',
    SEQUENCE,
    group('ext-ForwFeature', SEQUENCE, [
      value('ext-BearerService', context(2)),
      value('ext-Teleservice', context(3)),
      value('ss-Status', context(4)),
      value('forwardedToNumber', context(5), 'forwardedTo'),
    ]),
  ),
])

/** AuthenticationSetList, phases 2 and 3: triplets and quintuplets are counted, never kept. Source: §17.7.1. */
const AUTHENTICATION_SET = group('authenticationSet', SEQUENCE, [value('rand', OCTET_STRING, 'vector')])
export const AUTHENTICATION_SETS: readonly SchemaElement[] = [
  list('authenticationSetList', SEQUENCE, AUTHENTICATION_SET),
  list('tripletList', context(0), AUTHENTICATION_SET),
  list('quintupletList', context(1), AUTHENTICATION_SET),
]
export const EPS_AUTHENTICATION_SETS = list('eps-AuthenticationSetList', context(2), AUTHENTICATION_SET)
