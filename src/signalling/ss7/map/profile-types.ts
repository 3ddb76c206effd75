import { SGSN_CAMEL, VLR_CAMEL } from './camel-types.ts'
import { BASIC_SERVICE, EXTENSION, extension } from './common-types.ts'
import {
  BIT_STRING,
  context,
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

/** The parts of a subscriber profile. Source: 3GPP TS 29.002 §17.7.1 SubscriberData, InsertSubscriberDataArg. */

/** A part of the profile that is a value, a sequence, a list. */
const part = (name: string, tag: number): SchemaElement => value(name, context(tag), 'profilePart')
const number = (name: string, tag: number): SchemaElement => integer(name, context(tag), 'profilePart')
const parts = (name: string, tag: number, children: readonly SchemaElement[]): SchemaElement =>
  group(name, context(tag), children, 'profilePart')
const partList = (name: string, tag: number, items: SchemaElement | readonly SchemaElement[]): SchemaElement =>
  list(name, context(tag), items, 'profilePart')

/** Ext-ForwFeatureList: where calls are forwarded to. */
export const forwardingFeatures = (tag: number): SchemaElement =>
  list(
    'forwardingFeatureList',
    tag,
    group('ext-ForwFeature', SEQUENCE, [
      ...BASIC_SERVICE,
      value('ss-Status', context(4)),
      value('forwardedToNumber', context(5), 'forwardedTo'),
      value('forwardedToSubaddress', context(8)),
      value('forwardingOptions', context(6)),
      integer('noReplyConditionTime', context(7)),
      extension(context(9)),
      MORE,
      value('longForwardedToNumber', context(10), 'forwardedTo'),
    ]),
  )

/** Ext-CallBarFeatureList. */
export const barringFeatures = (tag: number): SchemaElement =>
  list(
    'callBarringFeatureList',
    tag,
    group('ext-CallBarringFeature', SEQUENCE, [...BASIC_SERVICE, value('ss-Status', context(4)), EXTENSION, MORE]),
  )

/** Ext-SS-Info ::= CHOICE. A profile has many SS-Codes: none of them is the one the message is about. */
const EXT_SS_INFO: readonly SchemaElement[] = [
  group('forwardingInfo', context(0), [
    value('ss-Code', OCTET_STRING),
    forwardingFeatures(SEQUENCE),
    extension(context(0)),
    MORE,
  ]),
  group('callBarringInfo', context(1), [value('ss-Code', OCTET_STRING), barringFeatures(SEQUENCE), EXTENSION, MORE]),
  opaque('cug-Info', context(2)),
  group('ss-Data', context(3), [
    value('ss-Code', OCTET_STRING),
    value('ss-Status', context(4)),
    integer('cliRestrictionOption', context(2)),
    integer('overrideCategory', context(1)),
    list('basicServiceGroupList', SEQUENCE, BASIC_SERVICE),
    extension(context(5)),
    MORE,
  ]),
  opaque('emlpp-Info', context(4)),
]

/** ODB-Data */
export const ODB_DATA: readonly SchemaElement[] = [
  value('odb-GeneralData', BIT_STRING, 'operatorBarring'),
  value('odb-HPLMN-Data', BIT_STRING),
  EXTENSION,
  MORE,
]

/** SubscriberData, without what follows it in InsertSubscriberDataArg. */
export const SUBSCRIBER_DATA: readonly SchemaElement[] = [
  value('msisdn', context(1), 'msisdn'),
  part('category', 2),
  integer('subscriberStatus', context(3), 'barred'),
  partList('bearerServiceList', 4, value('ext-BearerService', OCTET_STRING)),
  partList('teleserviceList', 6, value('ext-Teleservice', OCTET_STRING)),
  partList('provisionedSS', 7, EXT_SS_INFO),
  parts('odb-Data', 8, ODB_DATA),
  part('roamingRestrictionDueToUnsupportedFeature', 9),
  partList('regionalSubscriptionData', 10, value('zoneCode', OCTET_STRING)),
  partList('vbsSubscriptionData', 11, opaque('voiceBroadcastData', SEQUENCE)),
  partList('vgcsSubscriptionData', 12, opaque('voiceGroupCallData', SEQUENCE)),
  parts('vlrCamelSubscriptionInfo', 13, VLR_CAMEL),
]

/** PDN-GW-Identity: where a packet session leaves the network. */
export const GATEWAY_IDENTITY: readonly SchemaElement[] = [
  value('pdn-gw-ipv4-Address', context(0), 'redirectIp'),
  value('pdn-gw-ipv6-Address', context(1), 'redirectIp'),
  value('pdn-gw-name', context(2), 'redirectName'),
  extension(context(3)),
  MORE,
]

/** APN-OI-Replacement: the operator whose gateway serves an APN. */
const apnOperator = (tag: number): SchemaElement => value('apn-oi-Replacement', context(tag), 'redirectName')

/** GPRSSubscriptionData */
const GPRS_SUBSCRIPTION: readonly SchemaElement[] = [
  value('completeDataListIncluded', NULL),
  list(
    'gprsDataList',
    context(1),
    group('pdp-Context', SEQUENCE, [
      value('pdp-ContextId', INTEGER),
      value('pdp-Type', context(16)),
      value('pdp-Address', context(17)),
      value('qos-Subscribed', context(18)),
      value('vplmnAddressAllowed', context(19)),
      value('apn', context(20)),
      extension(context(21)),
      MORE,
      value('ext-QoS-Subscribed', context(0)),
      value('pdp-ChargingCharacteristics', context(1)),
      value('ext2-QoS-Subscribed', context(2)),
      value('ext3-QoS-Subscribed', context(3)),
      value('ext4-QoS-Subscribed', context(4)),
      apnOperator(5),
      value('ext-pdp-Type', context(6)),
      value('ext-pdp-Address', context(7)),
      opaque('ambr', context(10)),
      integer('sipto-Permission', context(8)),
      integer('lipa-Permission', context(9)),
      value('restoration-Priority', context(11)),
      integer('sipto-local-network-Permission', context(12)),
    ]),
  ),
  extension(context(2)),
  MORE,
  apnOperator(3),
]

/** APN-Configuration */
const APN_CONFIGURATION: readonly SchemaElement[] = [
  integer('contextId', context(0)),
  value('pdn-Type', context(1)),
  value('servedPartyIP-IPv4-Address', context(2)),
  value('apn', context(3)),
  opaque('eps-qos-Subscribed', context(4)),
  group('pdn-gw-Identity', context(5), GATEWAY_IDENTITY),
  integer('pdn-gw-AllocationType', context(6)),
  value('vplmnAddressAllowed', context(7)),
  value('chargingCharacteristics', context(8)),
  opaque('ambr', context(9)),
  list(
    'specificAPNInfoList',
    context(10),
    group('specificAPNInfo', SEQUENCE, [
      value('apn', context(0)),
      group('pdn-gw-Identity', context(1), GATEWAY_IDENTITY),
      extension(context(2)),
      MORE,
    ]),
  ),
  extension(context(11)),
  value('servedPartyIP-IPv6-Address', context(12)),
  MORE,
  apnOperator(13),
  integer('sipto-Permission', context(14)),
  integer('lipa-Permission', context(15)),
  value('restoration-Priority', context(16)),
  integer('sipto-local-network-Permission', context(17)),
  opaque('wlan-offloadability', context(18)),
  value('non-IP-PDN-Type-Indicator', context(19)),
  integer('nIDD-Mechanism', context(20)),
  value('sCEF-ID', context(21), 'redirectName'),
]

/** EPS-SubscriptionData */
const EPS_SUBSCRIPTION: readonly SchemaElement[] = [
  apnOperator(0),
  integer('rfsp-id', context(2)),
  opaque('ambr', context(3)),
  group('apn-ConfigurationProfile', context(4), [
    value('defaultContext', INTEGER),
    value('completeDataListIncluded', NULL),
    list('epsDataList', context(1), group('apn-Configuration', SEQUENCE, APN_CONFIGURATION)),
    extension(context(2)),
    MORE,
    integer('additionalDefaultContext', context(3)),
  ]),
  value('stn-sr', context(6), 'redirect'),
  extension(context(5)),
  MORE,
  value('mps-CSPriority', context(7)),
  value('mps-EPSPriority', context(8)),
  value('subscribed-vsrvcc', context(9)),
]

const csgList = (name: string, tag: number): SchemaElement =>
  partList(name, tag, opaque('csg-SubscriptionData', SEQUENCE))

/** What follows SubscriberData in InsertSubscriberDataArg, behind its extension marker. */
export const MORE_SUBSCRIBER_DATA: readonly SchemaElement[] = [
  parts('naea-PreferredCI', 15, []),
  parts('gprsSubscriptionData', 16, GPRS_SUBSCRIPTION),
  part('roamingRestrictedInSgsnDueToUnsupportedFeature', 23),
  number('networkAccessMode', 24),
  parts('lsaInformation', 25, []),
  part('lmu-Indicator', 21),
  parts('lcsInformation', 22, [
    list('gmlc-List', context(0), value('gmlc', OCTET_STRING, 'redirect')),
    list('lcs-PrivacyExceptionList', context(1), opaque('lcs-PrivacyClass', SEQUENCE)),
    list('molr-List', context(2), opaque('molr-Class', SEQUENCE)),
    MORE,
    list('add-lcs-PrivacyExceptionList', context(3), opaque('lcs-PrivacyClass', SEQUENCE)),
  ]),
  number('istAlertTimer', 26),
  part('superChargerSupportedInHLR', 27),
  parts('mc-SS-Info', 28, []),
  part('cs-AllocationRetentionPriority', 29),
  parts('sgsn-CAMEL-SubscriptionInfo', 17, SGSN_CAMEL),
  part('chargingCharacteristics', 18),
  part('accessRestrictionData', 19),
  part('ics-Indicator', 20),
  parts('eps-SubscriptionData', 31, EPS_SUBSCRIPTION),
  csgList('csg-SubscriptionDataList', 32),
  part('ue-ReachabilityRequestIndicator', 33),
  value('sgsn-Number', context(34), 'otherNode'),
  value('mme-Name', context(35), 'otherNodeName'),
  number('subscribedPeriodicRAUTAUtimer', 36),
  part('vplmnLIPAAllowed', 37),
  part('mdtUserConsent', 38),
  number('subscribedPeriodicLAUtimer', 39),
  csgList('vplmn-Csg-SubscriptionDataList', 40),
  part('additionalMSISDN', 41),
  part('psAndSMS-OnlyServiceProvision', 42),
  part('smsInSGSNAllowed', 43),
  part('cs-to-ps-SRVCC-Allowed-Indicator', 44),
  part('pcscf-Restoration-Request', 45),
  partList('adjacentAccessRestrictionDataList', 46, opaque('adjacentAccessRestrictionData', SEQUENCE)),
  partList('imsi-Group-Id-List', 47, opaque('imsi-GroupId', SEQUENCE)),
  part('ueUsageType', 48),
  part('userPlaneIntegrityProtectionIndicator', 49),
  number('dl-Buffering-Suggested-Packet-Count', 50),
  partList('reset-Id-List', 51, value('reset-Id', OCTET_STRING)),
  partList('eDRX-Cycle-Length-List', 52, opaque('eDRX-Cycle-Length', SEQUENCE)),
]
