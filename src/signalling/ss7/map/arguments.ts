import {
  CELL_OR_AREA,
  EXT_SS_INFO_FORWARDING,
  IDENTITY,
  LOCATION,
  REQUESTED_INFO,
  SGSN_CAMEL,
  SUBSCRIBER_IDENTITY,
  USSD,
  VLR_CAMEL,
} from './common-types.ts'
import type { MapOperationName } from './operations.ts'
import {
  BOOLEAN,
  context,
  ENUMERATED,
  group,
  INTEGER,
  list,
  NULL,
  OCTET_STRING,
  type Schema,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/**
 * Where the subscriber, the claimed address and what is asked stand in each operation's argument, as far as the
 * elements up to the last one of interest: what follows is not named. Several alternatives are several versions.
 * Source: 3GPP TS 29.002 §17.7.1 to §17.7.6 and GSM 09.02 for phases 1 and 2.
 */

const sequence = (...children: SchemaElement[]): SchemaElement => group('argument', SEQUENCE, children)
const imsi = (tag: number): SchemaElement => value('imsi', tag, 'imsi')
const msisdn = (tag: number): SchemaElement => value('msisdn', tag, 'msisdn')
const either = (name: string, tag: number): SchemaElement => group(name, tag, SUBSCRIBER_IDENTITY)

/** SM-RP-DA and SM-RP-OA. Source: §17.7.6. */
const SM_RP: readonly SchemaElement[] = [
  value('imsi', context(0), 'imsi'),
  value('lmsi', context(1)),
  value('msisdn', context(2), 'msisdn'),
  value('roamingNumber', context(3)),
  value('serviceCentreAddress', context(4), 'node'),
  value('noSM-RP', context(5)),
]

/** SM-RP-DA, SM-RP-OA and SM-RP-UI are untagged CHOICEs in a row, told apart by their order. */
const FORWARD_SM = sequence(
  ...SM_RP,
  ...SM_RP,
  value('sm-RP-UI', OCTET_STRING, 'tpdu'),
  value('moreMessagesToSend', NULL),
  value('imsi', OCTET_STRING, 'imsi'),
)

const INSERT_SUBSCRIBER_DATA = sequence(
  value('imsi', context(0), 'imsi'),
  value('msisdn', context(1), 'msisdn'),
  value('category', context(2)),
  value('subscriberStatus', context(3), 'barred'),
  list('bearerServiceList', context(4), value('ext-BearerService', OCTET_STRING)),
  list('teleserviceList', context(6), value('ext-Teleservice', OCTET_STRING)),
  list('provisionedSS', context(7), EXT_SS_INFO_FORWARDING),
  group('odb-Data', context(8), []),
  value('roamingRestrictionDueToUnsupportedFeature', context(9)),
  list('regionalSubscriptionData', context(10), value('zoneCode', OCTET_STRING)),
  group('vbsSubscriptionData', context(11), []),
  group('vgcsSubscriptionData', context(12), []),
  group('vlrCamelSubscriptionInfo', context(13), VLR_CAMEL),
  group('extensionContainer', context(14), []),
  group('naea-PreferredCI', context(15), []),
  group('gprsSubscriptionData', context(16), []),
  value('roamingRestrictedInSgsnDueToUnsupportedFeature', context(23)),
  value('networkAccessMode', context(24)),
  group('lsaInformation', context(25), []),
  value('lmu-Indicator', context(21)),
  group('lcsInformation', context(22), []),
  value('istAlertTimer', context(26)),
  value('superChargerSupportedInHLR', context(27)),
  group('mc-SS-Info', context(28), []),
  value('cs-AllocationRetentionPriority', context(29)),
  group('sgsn-CAMEL-SubscriptionInfo', context(17), SGSN_CAMEL),
)

const SS_FOR_BS = sequence(
  value('ss-Code', OCTET_STRING),
  value('bearerService', context(2)),
  value('teleservice', context(3)),
)

/** Arguments by operation. An operation that is not here names no subscriber (or none in its argument). */
export const MAP_ARGUMENTS: Partial<Record<MapOperationName, Schema>> = {
  updateLocation: [
    sequence(
      imsi(OCTET_STRING),
      value('roamingNumber', context(0)),
      value('msc-Number', context(1)),
      value('vlr-Number', OCTET_STRING, 'node'),
      value('lmsi', context(10)),
    ),
  ],
  cancelLocation: [
    ...IDENTITY,
    group('argument', context(3), [
      ...IDENTITY,
      value('cancellationType', ENUMERATED),
      group('extensionContainer', SEQUENCE, []),
      value('typeOfUpdate', context(0)),
      value('mtrf', context(1)),
      value('mtrf', context(2)),
      value('newMSC-Number', context(3)),
      value('newVLR-Number', context(4), 'node'),
    ]),
  ],
  provideRoamingNumber: [
    sequence(
      imsi(context(0)),
      value('msc-Number', context(1)),
      value('msisdn', context(2), 'msisdn'),
      value('lmsi', context(4)),
      group('gsm-BearerCapability', context(5), []),
      group('networkSignalInfo', context(6), []),
      value('suppressionOfAnnouncement', context(7)),
      value('gmsc-Address', context(8), 'node'),
    ),
  ],
  noteSubscriberDataModified: [sequence(imsi(OCTET_STRING), value('msisdn', OCTET_STRING, 'msisdn'))],
  resumeCallHandling: [
    sequence(
      value('callReferenceNumber', context(0)),
      group('basicServiceGroup', context(1), []),
      group('forwardingData', context(2), []),
      value('imsi', context(3), 'imsi'),
      group('cug-CheckInfo', context(4), []),
      group('o-CSI', context(5), []),
      group('extensionContainer', context(7), []),
      value('ccbs-Possible', context(8)),
      value('msisdn', context(9), 'msisdn'),
    ),
  ],
  insertSubscriberData: [INSERT_SUBSCRIBER_DATA],
  deleteSubscriberData: [sequence(imsi(context(0)))],
  sendParameters: [
    sequence(
      value('imsi', context(0), 'imsi'),
      value('tmsi', context(1)),
      list('requestParameterList', SEQUENCE, value('requestParameter', ENUMERATED)),
    ),
  ],
  registerSS: [
    sequence(
      value('ss-Code', OCTET_STRING),
      value('bearerService', context(2)),
      value('teleservice', context(3)),
      value('forwardedToNumber', context(4), 'forwardedTo'),
    ),
  ],
  eraseSS: [SS_FOR_BS],
  activateSS: [SS_FOR_BS],
  deactivateSS: [SS_FOR_BS],
  interrogateSS: [SS_FOR_BS],
  authenticationFailureReport: [
    sequence(
      imsi(OCTET_STRING),
      value('failureCause', ENUMERATED),
      group('extensionContainer', SEQUENCE, []),
      value('re-attempt', BOOLEAN),
      value('accessType', ENUMERATED),
      value('rand', OCTET_STRING),
      value('vlr-Number', context(0), 'node'),
      value('sgsn-Number', context(1), 'node'),
    ),
  ],
  sendRoutingInfo: [
    sequence(
      msisdn(context(0)),
      group('cug-CheckInfo', context(1), []),
      value('numberOfForwarding', context(2)),
      value('interrogationType', context(3)),
      value('or-Interrogation', context(4)),
      value('or-Capability', context(5)),
      value('gmsc-OrGsmSCF-Address', context(6), 'node'),
    ),
  ],
  updateGprsLocation: [
    sequence(imsi(OCTET_STRING), value('sgsn-Number', OCTET_STRING, 'node'), value('sgsn-Address', OCTET_STRING)),
  ],
  sendRoutingInfoForGprs: [
    sequence(imsi(context(0)), value('ggsn-Address', context(1)), value('ggsn-Number', context(2), 'node')),
  ],
  failureReport: [sequence(imsi(context(0)), value('ggsn-Number', context(1), 'node'))],
  noteMsPresentForGprs: [sequence(imsi(context(0)))],
  cancelVcsgLocation: [sequence(...IDENTITY)],
  reset: [
    sequence(
      value('networkResource', ENUMERATED),
      value('hlr-Number', OCTET_STRING, 'node'),
      list('hlr-List', SEQUENCE, value('hlr-Id', OCTET_STRING)),
    ),
  ],
  checkIMEI: [value('imei', OCTET_STRING, 'imei'), sequence(value('imei', OCTET_STRING, 'imei'))],
  'mt-ForwardSM': [FORWARD_SM],
  'mo-ForwardSM': [FORWARD_SM],
  'mt-ForwardSM-VGCS': [
    sequence(value('asciCallReference', OCTET_STRING), value('serviceCentreAddressOA', context(4), 'node')),
  ],
  sendRoutingInfoForSM: [
    sequence(
      msisdn(context(0)),
      value('sm-RP-PRI', context(1)),
      value('serviceCentreAddress', context(2), 'node'),
      value('teleservice', context(5)),
      group('extensionContainer', context(6), []),
      value('gprsSupportIndicator', context(7)),
      value('sm-RP-MTI', context(8)),
      value('sm-RP-SMEA', context(9)),
      value('sm-deliveryNotIntended', context(10)),
      value('ip-sm-gwGuidanceIndicator', context(11)),
      value('imsi', context(12), 'imsi'),
    ),
  ],
  'reportSM-DeliveryStatus': [
    sequence(
      msisdn(OCTET_STRING),
      value('serviceCentreAddress', OCTET_STRING, 'node'),
      value('sm-DeliveryOutcome', ENUMERATED),
    ),
  ],
  noteSubscriberPresent: [value('imsi', OCTET_STRING, 'imsi')],
  alertServiceCentreWithoutResult: [
    sequence(msisdn(OCTET_STRING), value('serviceCentreAddress', OCTET_STRING, 'node')),
  ],
  prepareHandover: [
    group('argument', context(3), [
      value('targetCellId', context(0)),
      value('ho-NumberNotRequired', NULL),
      value('targetRNCId', context(1)),
      group('an-APDU', context(2), []),
      value('multipleBearerRequested', context(3)),
      value('imsi', context(4), 'imsi'),
    ]),
    sequence(),
  ],
  activateTraceMode: [sequence(value('imsi', context(0), 'imsi'))],
  deactivateTraceMode: [sequence(value('imsi', context(0), 'imsi'))],
  updateVcsgLocation: [
    sequence(
      imsi(OCTET_STRING),
      value('msisdn', context(2), 'msisdn'),
      value('vlr-Number', context(0), 'node'),
      value('sgsn-Number', context(1), 'node'),
    ),
  ],
  beginSubscriberActivity: [sequence(imsi(OCTET_STRING))],
  sendIdentification: [
    value('tmsi', OCTET_STRING),
    sequence(
      value('tmsi', OCTET_STRING),
      value('numberOfRequestedVectors', INTEGER),
      value('segmentationProhibited', NULL),
      group('extensionContainer', SEQUENCE, []),
      value('msc-Number', OCTET_STRING, 'node'),
    ),
  ],
  sendAuthenticationInfo: [value('imsi', OCTET_STRING, 'imsi'), sequence(imsi(context(0)))],
  restoreData: [sequence(imsi(OCTET_STRING))],
  sendIMSI: [value('msisdn', OCTET_STRING, 'msisdn')],
  'processUnstructuredSS-Request': [sequence(...USSD)],
  'unstructuredSS-Request': [sequence(...USSD)],
  'unstructuredSS-Notify': [sequence(...USSD)],
  anyTimeSubscriptionInterrogation: [
    sequence(
      either('subscriberIdentity', context(0)),
      group('requestedSubscriptionInfo', context(1), []),
      value('gsmSCF-Address', context(2), 'node'),
    ),
  ],
  informServiceCentre: [sequence(value('storedMSISDN', OCTET_STRING, 'msisdn'))],
  alertServiceCentre: [sequence(msisdn(OCTET_STRING), value('serviceCentreAddress', OCTET_STRING, 'node'))],
  anyTimeModification: [
    sequence(
      either('subscriberIdentity', context(0)),
      value('gsmSCF-Address', context(1), 'node'),
      group('modificationRequestFor-CF-Info', context(2), [
        value('ss-Code', context(0)),
        group('basicService', context(1), []),
        value('ss-Status', context(2)),
        value('forwardedToNumber', context(3), 'forwardedTo'),
      ]),
    ),
  ],
  readyForSM: [sequence(imsi(context(0)))],
  purgeMS: [
    sequence(imsi(OCTET_STRING), value('vlr-Number', OCTET_STRING, 'node')),
    group('argument', context(3), [
      imsi(OCTET_STRING),
      value('vlr-Number', context(0), 'node'),
      value('sgsn-Number', context(1), 'node'),
    ]),
  ],
  provideSubscriberInfo: [
    sequence(imsi(context(0)), value('lmsi', context(1)), group('requestedInfo', context(2), REQUESTED_INFO)),
  ],
  anyTimeInterrogation: [
    sequence(
      either('subscriberIdentity', context(0)),
      group('requestedInfo', context(1), REQUESTED_INFO),
      value('gsmSCF-Address', context(3), 'node'),
      group('extensionContainer', context(2), []),
    ),
  ],
  'ss-InvocationNotification': [sequence(imsi(context(0)), value('msisdn', context(1), 'msisdn'))],
  setReportingState: [sequence(value('imsi', context(0), 'imsi'))],
  statusReport: [sequence(imsi(context(0)))],
  remoteUserFree: [sequence(imsi(context(0)))],
  provideSubscriberLocation: [
    sequence(
      group('locationType', SEQUENCE, []),
      value('mlc-Number', OCTET_STRING, 'node'),
      group('lcs-ClientID', context(0), []),
      value('privacyOverride', context(1)),
      value('imsi', context(2), 'imsi'),
      value('msisdn', context(3), 'msisdn'),
      value('lmsi', context(4)),
      value('imei', context(5), 'imei'),
    ),
  ],
  sendGroupCallInfo: [
    sequence(
      value('requestedInfo', ENUMERATED),
      value('groupId', OCTET_STRING),
      value('teleservice', OCTET_STRING),
      value('cellId', context(0)),
      value('imsi', context(1), 'imsi'),
    ),
  ],
  sendRoutingInfoForLCS: [sequence(value('mlcNumber', context(0), 'node'), either('targetMS', context(1)))],
  subscriberLocationReport: [
    sequence(
      value('lcs-Event', ENUMERATED),
      group('lcs-ClientID', SEQUENCE, []),
      group('lcsLocationInfo', SEQUENCE, [value('networkNode-Number', OCTET_STRING, 'node')]),
      value('msisdn', context(0), 'msisdn'),
      value('imsi', context(1), 'imsi'),
      value('imei', context(2), 'imei'),
      value('na-ESRD', context(3)),
      value('na-ESRK', context(4)),
      value('locationEstimate', context(5), 'geographical'),
      value('ageOfLocationEstimate', context(6)),
      group('cellIdOrSai', context(13), CELL_OR_AREA),
    ),
  ],
  'ist-Alert': [sequence(imsi(context(0)))],
  'ist-Command': [sequence(imsi(context(0)))],
  'noteMM-Event': [
    sequence(
      value('serviceKey', INTEGER),
      value('eventMet', context(0)),
      value('imsi', context(1), 'imsi'),
      value('msisdn', context(2), 'msisdn'),
      group('locationInformation', context(3), LOCATION),
    ),
  ],
}

/** Operations whose argument must name a subscriber, by one identity or the other. */
export const IDENTITY_REQUIRED: ReadonlySet<string> = new Set<MapOperationName>([
  'updateLocation',
  'cancelLocation',
  'provideRoamingNumber',
  'noteSubscriberDataModified',
  'deleteSubscriberData',
  'authenticationFailureReport',
  'sendRoutingInfo',
  'updateGprsLocation',
  'sendRoutingInfoForGprs',
  'failureReport',
  'noteMsPresentForGprs',
  'sendRoutingInfoForSM',
  'reportSM-DeliveryStatus',
  'alertServiceCentre',
  'sendAuthenticationInfo',
  'restoreData',
  'sendIMSI',
  'anyTimeSubscriptionInterrogation',
  'anyTimeModification',
  'purgeMS',
  'provideSubscriberInfo',
  'anyTimeInterrogation',
  'ss-InvocationNotification',
  'statusReport',
  'provideSubscriberLocation',
  'sendRoutingInfoForLCS',
  'ist-Alert',
  'ist-Command',
])
