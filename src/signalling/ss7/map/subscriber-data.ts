import { CAMEL_SUBSCRIPTION, SPECIFIC_CSI } from './camel-types.ts'
import {
  BASIC_SERVICE,
  diameterAddress,
  EXTENSION,
  EXTENSION_ONLY,
  extension,
  imsi,
  msisdn,
  type OperationSchema,
  SUBSCRIBER_IDENTITY,
  sequence,
  ssList,
} from './common-types.ts'
import { REQUESTED_INFO, SUBSCRIBER_INFO } from './location-types.ts'
import {
  barringFeatures,
  forwardingFeatures,
  MORE_SUBSCRIBER_DATA,
  ODB_DATA,
  SUBSCRIBER_DATA,
} from './profile-types.ts'
import {
  bits,
  context,
  enumerated,
  group,
  INTEGER,
  integer,
  list,
  MORE,
  NULL,
  NUMERIC_STRING,
  OCTET_STRING,
  opaque,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Profiles written, withdrawn and asked for. Source: 3GPP TS 29.002 §17.6.1, §17.7.1; GSM 09.02. */

const serviceList = (name: string, tag: number): SchemaElement =>
  list(name, context(tag), value('serviceCode', OCTET_STRING))

const identity = group('subscriberIdentity', context(0), SUBSCRIBER_IDENTITY)

/** A part that a message withdraws or modifies. */
const part = (name: string, tag: number): SchemaElement => value(name, context(tag), 'profilePart')
const parts = (name: string, tag: number, children: readonly SchemaElement[] = []): SchemaElement =>
  group(name, context(tag), children, 'profilePart')

const regionalResponse = (tag: number): SchemaElement => integer('regionalSubscriptionResponse', context(tag))

const wanted = (name: string, tag: number): SchemaElement => value(name, context(tag), 'requested')

/** RequestedCAMEL-SubscriptionInfo and its additional form, by number. */
const CAMEL_SUBSCRIPTIONS = [
  'o-CSI',
  't-CSI',
  'vt-CSI',
  'tif-CSI',
  'gprs-CSI',
  'mo-sms-CSI',
  'ss-CSI',
  'm-CSI',
  'd-csi',
] as const
const ADDITIONAL_CAMEL_SUBSCRIPTIONS = ['mt-sms-CSI', 'mg-csi', 'o-IM-CSI', 'd-IM-CSI', 'vt-IM-CSI'] as const

const REQUESTED_SUBSCRIPTION_INFO: readonly SchemaElement[] = [
  group(
    'requestedSS-Info',
    context(1),
    [value('ss-Code', OCTET_STRING, 'ssCode'), ...BASIC_SERVICE, MORE, value('longFTN-Supported', context(4))],
    'requested',
  ),
  wanted('odb', 2),
  enumerated('requestedCAMEL-SubscriptionInfo', context(3), 'requested', CAMEL_SUBSCRIPTIONS),
  wanted('supportedVLR-CAMEL-Phases', 4),
  wanted('supportedSGSN-CAMEL-Phases', 5),
  extension(context(6)),
  MORE,
  enumerated('additionalRequestedCAMEL-SubscriptionInfo', context(7), 'requested', ADDITIONAL_CAMEL_SUBSCRIPTIONS),
  wanted('msisdn-BS-List', 8),
  wanted('csg-SubscriptionDataRequested', 9),
  wanted('cw-Info', 10),
  wanted('clip-Info', 11),
  wanted('clir-Info', 12),
  wanted('hold-Info', 13),
  wanted('ect-Info', 14),
]

const odbInfo = (tag: number): SchemaElement =>
  group('odb-Info', context(tag), [
    group('odb-Data', SEQUENCE, ODB_DATA),
    value('notificationToCSE', NULL),
    EXTENSION,
    MORE,
  ])

const camelInfo = (tag: number): SchemaElement => group('camel-SubscriptionInfo', context(tag), CAMEL_SUBSCRIPTION)

/** Ext-ForwardingInfoFor-CSE and Ext-CallBarringInfoFor-CSE. */
const SS_INFO_FOR_CSE: readonly SchemaElement[] = [
  group('forwardingInfoFor-CSE', context(0), [
    value('ss-Code', context(0), 'ssCode'),
    forwardingFeatures(context(1)),
    value('notificationToCSE', context(2)),
    extension(context(3)),
    MORE,
  ]),
  group('callBarringInfoFor-CSE', context(1), [
    value('ss-Code', context(0), 'ssCode'),
    barringFeatures(context(1)),
    value('password', context(2)),
    integer('wrongPasswordAttemptsCounter', context(3)),
    value('notificationToCSE', context(4)),
    extension(context(5)),
    MORE,
  ]),
]

/** Call waiting, hold, line identification and transfer in a profile. */
const callData = (first: number): readonly SchemaElement[] =>
  ['cw-Data', 'ch-Data', 'clip-Data', 'clir-Data', 'ect-data'].map((name, i) => opaque(name, context(first + i)))

export const SUBSCRIBER = {
  insertSubscriberData: {
    argument: [sequence(imsi(context(0)), ...SUBSCRIBER_DATA, extension(context(14)), MORE, ...MORE_SUBSCRIBER_DATA)],
    result: [
      sequence(
        serviceList('teleserviceList', 1),
        serviceList('bearerServiceList', 2),
        ssList('ss-List', context(3)),
        value('odb-GeneralData', context(4)),
        regionalResponse(5),
        value('supportedCamelPhases', context(6)),
        extension(context(7)),
        MORE,
        value('offeredCamel4CSIs', context(8)),
        value('supportedFeatures', context(9)),
      ),
    ],
  },
  deleteSubscriberData: {
    argument: [
      sequence(
        imsi(context(0)),
        list('basicServiceList', context(1), BASIC_SERVICE, 'profilePart'),
        list('ss-List', context(2), value('ss-Code', OCTET_STRING), 'profilePart'),
        part('roamingRestrictionDueToUnsupportedFeature', 4),
        part('regionalSubscriptionIdentifier', 5),
        part('vbsGroupIndication', 7),
        part('vgcsGroupIndication', 8),
        part('camelSubscriptionInfoWithdraw', 9),
        extension(context(6)),
        MORE,
        parts('gprsSubscriptionDataWithdraw', 10),
        part('roamingRestrictedInSgsnDueToUnsuppportedFeature', 11),
        parts('lsaInformationWithdraw', 12),
        part('gmlc-ListWithdraw', 13),
        part('istInformationWithdraw', 14),
        bits('specificCSI-Withdraw', context(15), 'profilePart', SPECIFIC_CSI),
        part('chargingCharacteristicsWithdraw', 16),
        part('stn-srWithdraw', 17),
        parts('epsSubscriptionDataWithdraw', 18),
        part('apn-oi-replacementWithdraw', 19),
        part('csg-SubscriptionDeleted', 20),
        part('subscribedPeriodicTAU-RAU-TimerWithdraw', 22),
        part('subscribedPeriodicLAU-TimerWithdraw', 23),
        part('subscribed-vsrvccWithdraw', 21),
        part('vplmn-Csg-SubscriptionDeleted', 24),
        part('additionalMSISDN-Withdraw', 25),
        part('cs-to-ps-SRVCC-Withdraw', 26),
        part('imsiGroupIdList-Withdraw', 27),
        part('userPlaneIntegrityProtectionWithdraw', 28),
      ),
    ],
    result: [sequence(regionalResponse(0), EXTENSION, MORE)],
  },
  provideSubscriberInfo: {
    argument: [
      sequence(
        imsi(context(0)),
        value('lmsi', context(1)),
        group('requestedInfo', context(2), REQUESTED_INFO),
        extension(context(3)),
        MORE,
        integer('callPriority', context(4)),
      ),
    ],
    result: [sequence(group('subscriberInfo', SEQUENCE, SUBSCRIBER_INFO), EXTENSION, MORE)],
  },
  anyTimeInterrogation: {
    argument: [
      sequence(
        identity,
        group('requestedInfo', context(1), REQUESTED_INFO),
        value('gsmSCF-Address', context(3), 'node'),
        extension(context(2)),
        MORE,
      ),
    ],
    result: [sequence(group('subscriberInfo', SEQUENCE, SUBSCRIBER_INFO), EXTENSION, MORE)],
  },
  anyTimeSubscriptionInterrogation: {
    argument: [
      sequence(
        identity,
        group('requestedSubscriptionInfo', context(1), REQUESTED_SUBSCRIPTION_INFO),
        value('gsmSCF-Address', context(2), 'node'),
        extension(context(3)),
        value('longFTN-Supported', context(4)),
        MORE,
      ),
    ],
    result: [
      sequence(
        group('callForwardingData', context(1), [
          forwardingFeatures(SEQUENCE),
          value('notificationToCSE', NULL),
          extension(context(0)),
          MORE,
        ]),
        group('callBarringData', context(2), [
          barringFeatures(SEQUENCE),
          value('password', NUMERIC_STRING),
          value('wrongPasswordAttemptsCounter', INTEGER),
          value('notificationToCSE', NULL),
          EXTENSION,
          MORE,
        ]),
        odbInfo(3),
        camelInfo(4),
        value('supportedVLR-CAMEL-Phases', context(5)),
        value('supportedSGSN-CAMEL-Phases', context(6)),
        extension(context(7)),
        MORE,
        value('offeredCamel4CSIsInVLR', context(8)),
        value('offeredCamel4CSIsInSGSN', context(9)),
        list(
          'msisdn-BS-List',
          context(10),
          group('msisdn-BS', SEQUENCE, [
            msisdn(OCTET_STRING),
            list('basicServiceList', context(0), BASIC_SERVICE),
            extension(context(1)),
            MORE,
          ]),
        ),
        list('csg-SubscriptionDataList', context(11), opaque('csg-SubscriptionData', SEQUENCE)),
        ...callData(12),
      ),
    ],
  },
  anyTimeModification: {
    argument: [
      sequence(
        identity,
        value('gsmSCF-Address', context(1), 'node'),
        parts('modificationRequestFor-CF-Info', 2, [
          value('ss-Code', context(0), 'ssCode'),
          group('basicService', context(1), BASIC_SERVICE),
          value('ss-Status', context(2)),
          value('forwardedToNumber', context(3), 'forwardedTo'),
          value('forwardedToSubaddress', context(4)),
          integer('noReplyConditionTime', context(5)),
          integer('modifyNotificationToCSE', context(6)),
          extension(context(7)),
          MORE,
        ]),
        parts('modificationRequestFor-CB-Info', 3, [
          value('ss-Code', context(0), 'ssCode'),
          group('basicService', context(1), BASIC_SERVICE),
          value('ss-Status', context(2)),
          value('password', context(3)),
          integer('wrongPasswordAttemptsCounter', context(4)),
          integer('modifyNotificationToCSE', context(5)),
          extension(context(6)),
          MORE,
        ]),
        parts('modificationRequestFor-CSI', 4, [
          enumerated('requestedCamel-SubscriptionInfo', context(0), 'profilePart', CAMEL_SUBSCRIPTIONS),
          integer('modifyNotificationToCSE', context(1)),
          integer('modifyCSI-State', context(2)),
          extension(context(3)),
          MORE,
          enumerated(
            'additionalRequestedCAMEL-SubscriptionInfo',
            context(4),
            'profilePart',
            ADDITIONAL_CAMEL_SUBSCRIPTIONS,
          ),
        ]),
        extension(context(5)),
        value('longFTN-Supported', context(6)),
        MORE,
        parts('modificationRequestFor-ODB-data', 7),
        parts('modificationRequestFor-IP-SM-GW-Data', 8, [
          integer('modifyRegistrationStatus', context(0)),
          extension(context(1)),
          MORE,
          diameterAddress('ip-sm-gw-DiameterAddress', context(2)),
        ]),
        part('activationRequestForUE-reachability', 9),
        parts('modificationRequestFor-CSG', 10),
        parts('modificationRequestFor-CW-Data', 11),
        parts('modificationRequestFor-CLIP-Data', 12),
        parts('modificationRequestFor-CLIR-Data', 13),
        parts('modificationRequestFor-HOLD-Data', 14),
        parts('modificationRequestFor-ECT-Data', 15),
      ),
    ],
    result: [
      sequence(
        group('ss-InfoFor-CSE', context(0), SS_INFO_FOR_CSE),
        camelInfo(1),
        extension(context(2)),
        MORE,
        odbInfo(3),
        ...callData(4),
        value('serviceCentreAddress', context(9), 'otherNode'),
      ),
    ],
  },
  noteSubscriberDataModified: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        msisdn(OCTET_STRING),
        ...SS_INFO_FOR_CSE,
        odbInfo(2),
        camelInfo(3),
        value('allInformationSent', context(4)),
        EXTENSION,
        MORE,
        value('ue-reachable', context(5)),
        list('csg-SubscriptionDataList', context(6), opaque('csg-SubscriptionData', SEQUENCE)),
        ...callData(7),
      ),
    ],
    result: EXTENSION_ONLY,
  },
} as const satisfies Record<string, OperationSchema>
