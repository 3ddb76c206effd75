import { dCsi, GMSC_CAMEL, oCsi } from './camel-types.ts'
import {
  BASIC_SERVICE,
  camelInfo,
  cugCheckInfo,
  EXTENSION,
  EXTENSION_ONLY,
  extension,
  imsi,
  msisdn,
  type OperationSchema,
  pagingArea,
  sequence,
  sequence3,
  signalInfo,
  ssList,
} from './common-types.ts'
import { SUBSCRIBER_INFO } from './location-types.ts'
import {
  context,
  group,
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

/** Calls to a subscriber, and what watches them. Source: 3GPP TS 29.002 §17.6.3, §17.7.3; GSM 09.02. */

/** ForwardingData */
const FORWARDING: readonly SchemaElement[] = [
  value('forwardedToNumber', context(5), 'forwardedTo'),
  value('forwardedToSubaddress', context(4)),
  value('forwardingOptions', context(6)),
  extension(context(7)),
  MORE,
  value('longForwardedToNumber', context(8), 'forwardedTo'),
]

/** RoutingInfo: an untagged CHOICE. */
const ROUTING_INFO: readonly SchemaElement[] = [
  value('roamingNumber', OCTET_STRING, 'roamingNumber'),
  group('forwardingData', SEQUENCE, FORWARDING),
]

/** CCBS-Feature */
export const ccbsFeature = (tag: number): SchemaElement =>
  group('ccbs-Feature', tag, [
    integer('ccbs-Index', context(0)),
    value('b-subscriberNumber', context(1)),
    value('b-subscriberSubaddress', context(2)),
    group('basicServiceGroup', context(3), BASIC_SERVICE),
    MORE,
  ])

const ccbsStatus = (tag: number): SchemaElement => integer('ccbs-SubscriberStatus', tag)

export const CALL_HANDLING = {
  sendRoutingInfo: {
    argument: [
      sequence(
        msisdn(context(0)),
        cugCheckInfo(context(1)),
        integer('numberOfForwarding', context(2)),
        integer('interrogationType', context(3)),
        value('or-Interrogation', context(4)),
        integer('or-Capability', context(5)),
        value('gmsc-OrGsmSCF-Address', context(6), 'node'),
        value('callReferenceNumber', context(7)),
        integer('forwardingReason', context(8)),
        group('basicServiceGroup', context(9), BASIC_SERVICE),
        signalInfo('networkSignalInfo', context(10)),
        camelInfo(context(11)),
        value('suppressionOfAnnouncement', context(12)),
        extension(context(13)),
        MORE,
        value('alertingPattern', context(14)),
        value('ccbs-Call', context(15)),
        integer('supportedCCBS-Phase', context(16)),
        signalInfo('additionalSignalInfo', context(17)),
        integer('istSupportIndicator', context(18)),
        value('pre-pagingSupported', context(19)),
        value('callDiversionTreatmentIndicator', context(20)),
        value('longFTN-Supported', context(21)),
        value('suppress-VT-CSI', context(22)),
        value('suppressIncomingCallBarring', context(23)),
        value('gsmSCF-InitiatedCall', context(24)),
        group('basicServiceGroup2', context(25), BASIC_SERVICE),
        signalInfo('networkSignalInfo2', context(26)),
        value('suppressMTSS', context(27)),
        value('mtRoamingRetrySupported', context(28)),
        integer('callPriority', context(29)),
      ),
    ],
    result: [
      sequence3(
        imsi(context(9)),
        ...ROUTING_INFO,
        group('camelRoutingInfo', context(8), [
          group('forwardingData', SEQUENCE, FORWARDING),
          group('gmscCamelSubscriptionInfo', context(0), GMSC_CAMEL),
          extension(context(1)),
          MORE,
        ]),
        cugCheckInfo(context(3)),
        value('cugSubscriptionFlag', context(6)),
        group('subscriberInfo', context(7), SUBSCRIBER_INFO),
        ssList('ss-List', context(1)),
        group('basicService', context(5), BASIC_SERVICE),
        value('forwardingInterrogationRequired', context(4)),
        value('vmsc-Address', context(2), 'node'),
        extension(context(0)),
        MORE,
        opaque('naea-PreferredCI', context(10)),
        opaque('ccbs-Indicators', context(11)),
        msisdn(context(12)),
        integer('numberPortabilityStatus', context(13)),
        integer('istAlertTimer', context(14)),
        value('supportedCamelPhasesInVMSC', context(15)),
        value('offeredCamel4CSIsInVMSC', context(16)),
        group('routingInfo2', context(17), ROUTING_INFO),
        ssList('ss-List2', context(18)),
        group('basicService2', context(19), BASIC_SERVICE),
        value('allowedServices', context(20)),
        integer('unavailabilityCause', context(21)),
        value('releaseResourcesSupported', context(22)),
        signalInfo('gsm-BearerCapability', context(23)),
      ),
      sequence(imsi(OCTET_STRING), ...ROUTING_INFO, cugCheckInfo(SEQUENCE), MORE),
    ],
  },
  provideRoamingNumber: {
    argument: [
      sequence(
        imsi(context(0)),
        value('msc-Number', context(1), 'otherNode'),
        msisdn(context(2)),
        value('previousRoamingNumber', context(3)),
        value('lmsi', context(4)),
        signalInfo('gsm-BearerCapability', context(5)),
        signalInfo('networkSignalInfo', context(6)),
        value('suppressionOfAnnouncement', context(7)),
        value('gmsc-Address', context(8), 'node'),
        value('callReferenceNumber', context(9)),
        value('or-Interrogation', context(10)),
        extension(context(11)),
        MORE,
        value('alertingPattern', context(12)),
        value('ccbs-Call', context(13)),
        value('supportedCamelPhasesInInterrogatingNode', context(15)),
        signalInfo('additionalSignalInfo', context(14)),
        value('orNotSupportedInGMSC', context(16)),
        value('pre-pagingSupported', context(17)),
        value('longFTN-Supported', context(18)),
        value('suppress-VT-CSI', context(19)),
        value('offeredCamel4CSIsInInterrogatingNode', context(20)),
        value('mtRoamingRetrySupported', context(21)),
        pagingArea(context(22)),
        integer('callPriority', context(23)),
        value('mtrf-Indicator', context(24)),
        value('oldMSC-Number', context(25), 'otherNode'),
        value('lastUsedLtePLMN-Id', context(26)),
      ),
    ],
    result: [
      value('roamingNumber', OCTET_STRING, 'roamingNumber'),
      sequence(
        value('roamingNumber', OCTET_STRING, 'roamingNumber'),
        EXTENSION,
        MORE,
        value('releaseResourcesSupported', NULL),
        value('vmsc-Address', OCTET_STRING, 'node'),
      ),
    ],
  },
  resumeCallHandling: {
    argument: [
      sequence(
        value('callReferenceNumber', context(0)),
        group('basicServiceGroup', context(1), BASIC_SERVICE),
        group('forwardingData', context(2), FORWARDING),
        imsi(context(3)),
        cugCheckInfo(context(4)),
        oCsi(5),
        extension(context(7)),
        value('ccbs-Possible', context(8)),
        msisdn(context(9)),
        opaque('uu-Data', context(10)),
        value('allInformationSent', context(11)),
        MORE,
        dCsi(12),
        list('o-BcsmCamelTDPCriteriaList', context(13), opaque('o-BcsmCamelTDP-Criteria', SEQUENCE)),
        group('basicServiceGroup2', context(14), BASIC_SERVICE),
        value('mtRoamingRetry', context(15)),
      ),
    ],
    result: EXTENSION_ONLY,
  },
  setReportingState: {
    argument: [
      sequence(
        imsi(context(0)),
        value('lmsi', context(1)),
        integer('ccbs-Monitoring', context(2)),
        extension(context(3)),
        MORE,
      ),
    ],
    result: [sequence(ccbsStatus(context(0)), extension(context(1)), MORE)],
  },
  statusReport: {
    argument: [
      sequence(
        imsi(context(0)),
        group('eventReportData', context(1), [ccbsStatus(context(0)), extension(context(1)), MORE]),
        group('callReportdata', context(2), [
          integer('monitoringMode', context(0)),
          integer('callOutcome', context(1)),
          extension(context(2)),
          MORE,
        ]),
        extension(context(3)),
        MORE,
      ),
    ],
    result: [sequence(extension(context(0)), MORE)],
  },
  remoteUserFree: {
    argument: [
      sequence(
        imsi(context(0)),
        signalInfo('callInfo', context(1)),
        ccbsFeature(context(2)),
        value('translatedB-Number', context(3), 'calledAddress'),
        value('replaceB-Number', context(4)),
        value('alertingPattern', context(5)),
        extension(context(6)),
        MORE,
      ),
    ],
    result: [sequence(integer('ruf-Outcome', context(0)), extension(context(1)), MORE)],
  },
  'ist-Alert': {
    argument: [sequence(imsi(context(0)), extension(context(1)), MORE)],
    result: [
      sequence(
        integer('istAlertTimer', context(0)),
        value('istInformationWithdraw', context(1)),
        integer('callTerminationIndicator', context(2)),
        extension(context(3)),
        MORE,
      ),
    ],
  },
  'ist-Command': { argument: [sequence(imsi(context(0)), extension(context(1)), MORE)], result: EXTENSION_ONLY },
  releaseResources: {
    argument: [sequence(value('msrn', OCTET_STRING, 'roamingNumber'), EXTENSION, MORE)],
    result: EXTENSION_ONLY,
  },
  provideSIWFSNumber: {
    argument: [
      sequence(
        signalInfo('gsm-BearerCapability', context(0)),
        signalInfo('isdn-BearerCapability', context(1)),
        value('call-Direction', context(2)),
        value('b-Subscriber-Address', context(3), 'calledAddress'),
        signalInfo('chosenChannel', context(4)),
        signalInfo('lowerLayerCompatibility', context(5)),
        signalInfo('highLayerCompatibility', context(6)),
        extension(context(7)),
        MORE,
      ),
    ],
    result: [sequence(value('sIWFSNumber', context(0)), extension(context(1)), MORE)],
  },
  'siwfs-SignallingModify': {
    argument: [
      sequence(
        signalInfo('channelType', context(0)),
        signalInfo('chosenChannel', context(1)),
        extension(context(2)),
        MORE,
      ),
    ],
    result: [sequence(signalInfo('channelType', context(0)), extension(context(1)), MORE)],
  },
} as const satisfies Record<string, OperationSchema>
