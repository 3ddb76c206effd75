import {
  diameterAddress,
  EXTENSION,
  EXTENSION_ONLY,
  extension,
  imsi,
  msisdn,
  NOTHING,
  type OperationSchema,
  sequence,
} from './common-types.ts'
import {
  BIT_STRING,
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
  type Schema,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Short messages: routing, transfer, waiting. Source: 3GPP TS 29.002 §17.6.5, §17.7.6; GSM 09.02. */

const serviceCentre = value('serviceCentreAddress', OCTET_STRING, 'node')

/** SM-RP-DA and SM-RP-OA: untagged CHOICEs in a row, told apart by their order. */
const SM_RP: readonly SchemaElement[] = [
  imsi(context(0)),
  value('lmsi', context(1)),
  msisdn(context(2)),
  value('roamingNumber', context(3)),
  value('serviceCentreAddress', context(4), 'node'),
  value('noSM-RP', context(5)),
]
const SM_RP_UI = value('sm-RP-UI', OCTET_STRING, 'tpdu')

/** CorrelationID: the home of a subscriber without an MSISDN. */
const correlationId = (tag: number): SchemaElement =>
  group('correlationID', tag, [
    value('hlr-id', context(0)),
    value('sip-uri-A', context(1)),
    value('sip-uri-B', context(2)),
  ])

const additionalNumber = (name: string, tag: number): SchemaElement =>
  group(name, tag, [value('msc-Number', context(0), 'otherNode'), value('sgsn-Number', context(1), 'otherNode')])

/** What both directions begin with: phases 1 and 2 have one operation for the two. */
const FORWARDED: readonly SchemaElement[] = [
  ...SM_RP,
  ...SM_RP,
  SM_RP_UI,
  value('moreMessagesToSend', NULL),
  EXTENSION,
  MORE,
]
const MO_FORWARD_SM: Schema = [
  sequence(...FORWARDED, imsi(OCTET_STRING), correlationId(context(0)), integer('sm-DeliveryOutcome', context(1))),
]
const MT_FORWARD_SM: Schema = [
  sequence(
    ...FORWARDED,
    value('smDeliveryTimer', INTEGER),
    value('smDeliveryStartTime', OCTET_STRING),
    value('smsOverIP-OnlyIndicator', context(0)),
    correlationId(context(1)),
    value('maximumRetransmissionTime', context(2)),
    value('smsGmscAddress', context(3), 'otherNode'),
    diameterAddress('smsGmscDiameterAddress', context(4)),
  ),
]

/** The report that a transfer returns: a TPDU of another kind, not read. */
const FORWARD_SM_RESULT: Schema = [sequence(value('sm-RP-UI', OCTET_STRING), EXTENSION, MORE)]

/** LocationInfoWithLMSI, and LocationInfo of phases 1 and 2. */
const SM_LOCATION: readonly SchemaElement[] = [
  value('roamingNumber', context(0), 'roamingNumber'),
  value('networkNode-Number', context(1), 'node'),
  value('lmsi', OCTET_STRING),
  EXTENSION,
  MORE,
  value('gprsNodeIndicator', context(5)),
  additionalNumber('additional-Number', context(6)),
  diameterAddress('networkNodeDiameterAddress', context(7)),
  diameterAddress('additionalNetworkNodeDiameterAddress', context(8)),
  additionalNumber('thirdNumber', context(9)),
  diameterAddress('thirdNetworkNodeDiameterAddress', context(10)),
  value('imsNodeIndicator', context(11)),
  value('smsf-3gpp-Number', context(12), 'otherNode'),
  diameterAddress('smsf-3gpp-DiameterAddress', context(13)),
  value('smsf-non-3gpp-Number', context(14), 'otherNode'),
  diameterAddress('smsf-non-3gpp-DiameterAddress', context(15)),
  value('smsf-3gpp-address-indicator', context(16)),
  value('smsf-non-3gpp-address-indicator', context(17)),
]

const ALERT: Schema = [
  sequence(
    msisdn(OCTET_STRING),
    serviceCentre,
    MORE,
    imsi(OCTET_STRING),
    correlationId(SEQUENCE),
    value('maximumUeAvailabilityTime', context(0)),
    integer('smsGmscAlertEvent', context(1)),
    diameterAddress('smsGmscDiameterAddress', context(2)),
    value('newSGSNNumber', context(3), 'otherNode'),
    diameterAddress('newSGSNDiameterAddress', context(4)),
    value('newMMENumber', context(5), 'otherNode'),
    diameterAddress('newMMEDiameterAddress', context(6)),
    value('newMSCNumber', context(7), 'otherNode'),
  ),
]

export const SHORT_MESSAGE = {
  sendRoutingInfoForSM: {
    argument: [
      sequence(
        msisdn(context(0)),
        value('sm-RP-PRI', context(1)),
        value('serviceCentreAddress', context(2), 'node'),
        value('cug-Interlock', context(3)),
        value('teleservice', context(5)),
        extension(context(6)),
        MORE,
        value('gprsSupportIndicator', context(7)),
        integer('sm-RP-MTI', context(8)),
        value('sm-RP-SMEA', context(9)),
        enumerated('sm-deliveryNotIntended', context(10), 'requested', ['onlyIMSI-requested', 'onlyMCC-MNC-requested']),
        value('ip-sm-gwGuidanceIndicator', context(11)),
        imsi(context(12)),
        value('t4-Trigger-Indicator', context(14)),
        value('singleAttemptDelivery', context(13)),
        correlationId(context(15)),
      ),
    ],
    result: [
      sequence(
        imsi(OCTET_STRING),
        group('locationInfoWithLMSI', context(0), SM_LOCATION),
        value('mwd-Set', context(2)),
        extension(context(4)),
        MORE,
        opaque('ip-sm-gwGuidance', context(5)),
      ),
    ],
  },
  'mo-ForwardSM': { argument: MO_FORWARD_SM, result: FORWARD_SM_RESULT },
  'mt-ForwardSM': { argument: MT_FORWARD_SM, result: FORWARD_SM_RESULT },
  'mt-ForwardSM-VGCS': {
    argument: [
      sequence(
        value('asciCallReference', OCTET_STRING),
        msisdn(context(2)),
        value('serviceCentreAddressOA', context(4), 'node'),
        value('noSM-RP-OA', context(5)),
        SM_RP_UI,
        EXTENSION,
        MORE,
      ),
    ],
    result: [
      sequence(
        value('sm-RP-UI', context(0)),
        list('dispatcherList', context(1), value('dispatcher', OCTET_STRING)),
        value('ongoingCall', NULL),
        extension(context(2)),
        MORE,
        list('additionalDispatcherList', context(3), value('dispatcher', OCTET_STRING)),
      ),
    ],
  },
  'reportSM-DeliveryStatus': {
    argument: [
      sequence(
        msisdn(OCTET_STRING),
        serviceCentre,
        value('sm-DeliveryOutcome', ENUMERATED),
        integer('absentSubscriberDiagnosticSM', context(0)),
        extension(context(1)),
        MORE,
        value('gprsSupportIndicator', context(2)),
        value('deliveryOutcomeIndicator', context(3)),
        integer('additionalSM-DeliveryOutcome', context(4)),
        integer('additionalAbsentSubscriberDiagnosticSM', context(5)),
        value('ip-sm-gw-Indicator', context(6)),
        integer('ip-sm-gw-sm-deliveryOutcome', context(7)),
        integer('ip-sm-gw-absentSubscriberDiagnosticSM', context(8)),
        imsi(context(9)),
        value('singleAttemptDelivery', context(10)),
        correlationId(context(11)),
      ),
    ],
    result: [
      value('storedMSISDN', OCTET_STRING, 'msisdn'),
      sequence(value('storedMSISDN', OCTET_STRING, 'msisdn'), EXTENSION, MORE),
    ],
  },
  noteSubscriberPresent: { argument: [imsi(OCTET_STRING)], result: NOTHING },
  alertServiceCentreWithoutResult: { argument: ALERT, result: NOTHING },
  alertServiceCentre: { argument: ALERT, result: NOTHING },
  informServiceCentre: {
    argument: [
      sequence(
        value('storedMSISDN', OCTET_STRING, 'msisdn'),
        value('mw-Status', BIT_STRING),
        EXTENSION,
        MORE,
        value('absentSubscriberDiagnosticSM', INTEGER),
        integer('additionalAbsentSubscriberDiagnosticSM', context(0)),
      ),
    ],
    result: NOTHING,
  },
  readyForSM: {
    argument: [
      sequence(
        imsi(context(0)),
        value('alertReason', ENUMERATED),
        value('alertReasonIndicator', NULL),
        EXTENSION,
        MORE,
        value('additionalAlertReasonIndicator', context(1)),
        value('maximumUeAvailabilityTime', OCTET_STRING),
      ),
    ],
    result: EXTENSION_ONLY,
  },
} as const satisfies Record<string, OperationSchema>
