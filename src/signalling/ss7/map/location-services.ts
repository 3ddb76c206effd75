import {
  CELL_OR_AREA,
  EXTENSION,
  extension,
  imsi,
  msisdn,
  NOTHING,
  type OperationSchema,
  SUBSCRIBER_IDENTITY,
  sequence,
} from './common-types.ts'
import {
  BIT_STRING,
  bits,
  context,
  ENUMERATED,
  enumerated,
  group,
  integer,
  MORE,
  OCTET_STRING,
  opaque,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Location services. Source: 3GPP TS 29.002 §17.6.8, §17.7.13; TS 24.080 §4.4.2. */

const LOCATION_ESTIMATE_TYPES = [
  'currentLocation',
  'currentOrLastKnownLocation',
  'initialLocation',
  'activateDeferredLocation',
  'cancelDeferredLocation',
  'notificationVerificationOnly',
] as const

const DEFERRED_EVENTS = [
  'msAvailable',
  'enteringIntoArea',
  'leavingFromArea',
  'beingInsideArea',
  'periodicLDR',
] as const

const locationType = (tag: number): SchemaElement =>
  group('locationType', tag, [
    enumerated('locationEstimateType', context(0), 'requested', LOCATION_ESTIMATE_TYPES),
    MORE,
    bits('deferredLocationEventType', context(1), 'requested', DEFERRED_EVENTS),
  ])

const externalClient = (tag: number): SchemaElement =>
  group('lcsClientExternalID', tag, [value('externalAddress', context(0), 'lcsClient'), extension(context(1)), MORE])

const clientName = (tag: number): SchemaElement =>
  group('lcsClientName', tag, [
    value('dataCodingScheme', context(0)),
    value('nameString', context(2), 'lcsClientName'),
    MORE,
    integer('lcs-FormatIndicator', context(3)),
  ])

/** LCS-ClientID: who asks. */
const lcsClient = (tag: number): SchemaElement =>
  group('lcs-ClientID', tag, [
    integer('lcsClientType', context(0)),
    externalClient(context(1)),
    value('lcsClientDialedByMS', context(2), 'lcsClient'),
    integer('lcsClientInternalID', context(3)),
    clientName(context(4)),
    MORE,
    value('lcsAPN', context(5)),
    opaque('lcsRequestorID', context(6)),
  ])

/** LCSLocationInfo: which nodes serve the subscriber. */
const LCS_LOCATION_INFO: readonly SchemaElement[] = [
  value('networkNode-Number', OCTET_STRING, 'node'),
  value('lmsi', context(0)),
  extension(context(1)),
  MORE,
  value('gprsNodeIndicator', context(2)),
  group('additional-Number', context(3), [
    value('msc-Number', context(0), 'otherNode'),
    value('sgsn-Number', context(1), 'otherNode'),
  ]),
  value('supportedLCS-CapabilitySets', context(4)),
  value('additional-LCS-CapabilitySets', context(5)),
  value('mme-Name', context(6), 'otherNodeName'),
  value('aaa-Server-Name', context(8), 'otherNodeName'),
  value('sgsn-Name', context(9), 'otherNodeName'),
  value('sgsn-Realm', context(10), 'otherNodeName'),
]

const servingNode = (tag: number): SchemaElement =>
  group('targetServingNodeForHandover', tag, [
    value('msc-Number', context(0), 'otherNode'),
    value('sgsn-Number', context(1), 'otherNode'),
    value('mme-Number', context(2), 'otherNodeName'),
  ])

const gmlc = (name: string, tag: number): SchemaElement => value(name, context(tag), 'otherNodeIp')
const periodicInfo = (tag: number): SchemaElement => opaque('periodicLDRInfo', tag)

export const LOCATION_SERVICES = {
  sendRoutingInfoForLCS: {
    argument: [
      sequence(
        value('mlcNumber', context(0), 'node'),
        group('targetMS', context(1), SUBSCRIBER_IDENTITY),
        extension(context(2)),
        MORE,
      ),
    ],
    result: [
      sequence(
        group('targetMS', context(0), SUBSCRIBER_IDENTITY),
        group('lcsLocationInfo', context(1), LCS_LOCATION_INFO),
        extension(context(2)),
        MORE,
        gmlc('v-gmlc-Address', 3),
        gmlc('h-gmlc-Address', 4),
        gmlc('ppr-Address', 5),
        gmlc('additional-v-gmlc-Address', 6),
      ),
    ],
  },
  provideSubscriberLocation: {
    argument: [
      sequence(
        locationType(SEQUENCE),
        value('mlc-Number', OCTET_STRING, 'node'),
        lcsClient(context(0)),
        value('privacyOverride', context(1)),
        imsi(context(2)),
        msisdn(context(3)),
        value('lmsi', context(4)),
        value('imei', context(5), 'imei'),
        value('lcs-Priority', context(6)),
        opaque('lcs-QoS', context(7)),
        extension(context(8)),
        MORE,
        value('supportedGADShapes', context(9)),
        value('lcs-ReferenceNumber', context(10)),
        integer('lcsServiceTypeID', context(11)),
        opaque('lcsCodeword', context(12)),
        opaque('lcs-PrivacyCheck', context(13)),
        opaque('areaEventInfo', context(14)),
        gmlc('h-gmlc-Address', 15),
        value('mo-lrShortCircuitIndicator', context(16)),
        periodicInfo(context(17)),
        opaque('reportingPLMNList', context(18)),
      ),
    ],
    result: [
      sequence(
        value('locationEstimate', OCTET_STRING, 'geographical'),
        integer('ageOfLocationEstimate', context(0), 'locationAge'),
        extension(context(1)),
        MORE,
        value('add-LocationEstimate', context(2), 'geographical'),
        value('deferredmt-lrResponseIndicator', context(3)),
        value('geranPositioningData', context(4)),
        value('utranPositioningData', context(5)),
        group('cellIdOrSai', context(6), CELL_OR_AREA),
        value('sai-Present', context(7)),
        integer('accuracyFulfilmentIndicator', context(8)),
        value('velocityEstimate', context(9)),
        value('mo-lrShortCircuitIndicator', context(10)),
        value('geranGANSSpositioningData', context(11)),
        value('utranGANSSpositioningData', context(12)),
        servingNode(context(13)),
        value('utranAdditionalPositioningData', context(14)),
        integer('utranBaroPressureMeas', context(15)),
        value('utranCivicAddress', context(16)),
      ),
    ],
  },
  subscriberLocationReport: {
    argument: [
      sequence(
        value('lcs-Event', ENUMERATED),
        lcsClient(SEQUENCE),
        group('lcsLocationInfo', SEQUENCE, LCS_LOCATION_INFO),
        msisdn(context(0)),
        imsi(context(1)),
        value('imei', context(2), 'imei'),
        value('na-ESRD', context(3)),
        value('na-ESRK', context(4)),
        value('locationEstimate', context(5), 'geographical'),
        integer('ageOfLocationEstimate', context(6), 'locationAge'),
        opaque('slr-ArgExtensionContainer', context(7)),
        MORE,
        value('add-LocationEstimate', context(8), 'geographical'),
        group('deferredmt-lrData', context(9), [
          value('deferredLocationEventType', BIT_STRING),
          integer('terminationCause', context(0)),
          group('lcsLocationInfo', context(1), LCS_LOCATION_INFO),
          MORE,
        ]),
        value('lcs-ReferenceNumber', context(10)),
        value('geranPositioningData', context(11)),
        value('utranPositioningData', context(12)),
        group('cellIdOrSai', context(13), CELL_OR_AREA),
        gmlc('h-gmlc-Address', 14),
        integer('lcsServiceTypeID', context(15)),
        value('sai-Present', context(17)),
        value('pseudonymIndicator', context(18)),
        integer('accuracyFulfilmentIndicator', context(19)),
        value('velocityEstimate', context(20)),
        integer('sequenceNumber', context(21)),
        periodicInfo(context(22)),
        value('mo-lrShortCircuitIndicator', context(23)),
        value('geranGANSSpositioningData', context(24)),
        value('utranGANSSpositioningData', context(25)),
        servingNode(context(26)),
        value('utranAdditionalPositioningData', context(27)),
        integer('utranBaroPressureMeas', context(28)),
        value('utranCivicAddress', context(29)),
      ),
    ],
    result: [
      sequence(
        EXTENSION,
        MORE,
        value('na-ESRK', context(0)),
        value('na-ESRD', context(1)),
        gmlc('h-gmlc-Address', 2),
        value('mo-lrShortCircuitIndicator', context(3)),
        opaque('reportingPLMNList', context(4)),
        value('lcs-ReferenceNumber', context(5)),
      ),
    ],
  },
  'lcs-LocationNotification': {
    argument: [
      sequence(
        integer('notificationType', context(0)),
        locationType(context(1)),
        externalClient(context(2)),
        clientName(context(3)),
        MORE,
        opaque('lcsRequestorID', context(4)),
        opaque('lcsCodeword', context(5)),
        integer('lcsServiceTypeID', context(6)),
      ),
    ],
    result: [sequence(integer('verificationResponse', context(0)), MORE)],
  },
  'lcs-MOLR': {
    argument: [
      sequence(
        integer('molr-Type', context(0)),
        integer('locationMethod', context(1)),
        opaque('lcs-QoS', context(2)),
        externalClient(context(3)),
        value('mlc-Number', context(4), 'otherNode'),
        value('gpsAssistanceData', context(5)),
        MORE,
        value('supportedGADShapes', context(6)),
        integer('lcsServiceTypeID', context(7)),
        integer('ageOfLocationInfo', context(8)),
        locationType(context(9)),
        value('pseudonymIndicator', context(10)),
        gmlc('h-gmlc-address', 11),
        value('locationEstimate', context(12), 'geographical'),
        value('velocityEstimate', context(13)),
        value('referenceNumber', context(14)),
        periodicInfo(context(15)),
        value('locationUpdateRequest', context(16)),
        integer('sequenceNumber', context(17)),
        integer('terminationCause', context(18)),
        value('mo-lrShortCircuit', context(19)),
        value('ganssAssistanceData', context(20)),
        opaque('multiplePositioningProtocolPDUs', context(21)),
      ),
    ],
    result: [
      sequence(
        value('locationEstimate', context(0), 'geographical'),
        value('decipheringKeys', context(1)),
        MORE,
        value('add-LocationEstimate', context(2), 'geographical'),
        value('velocityEstimate', context(3)),
        value('referenceNumber', context(4)),
        gmlc('h-gmlc-address', 5),
        value('mo-lrShortCircuit', context(6)),
        opaque('reportingPLMNList', context(7)),
      ),
    ],
  },
  'lcs-AreaEventRequest': {
    argument: [
      sequence(
        value('referenceNumber', context(0)),
        gmlc('h-gmlc-address', 1),
        bits('deferredLocationEventType', context(3), 'requested', DEFERRED_EVENTS),
        opaque('areaEventInfo', context(4)),
        MORE,
      ),
    ],
    result: NOTHING,
  },
  'lcs-AreaEventReport': {
    argument: [sequence(value('referenceNumber', context(0)), gmlc('h-gmlc-address', 1), MORE)],
    result: NOTHING,
  },
  'lcs-AreaEventCancellation': {
    argument: [sequence(value('referenceNumber', context(0)), gmlc('h-gmlc-address', 1), MORE)],
    result: NOTHING,
  },
  'lcs-PeriodicLocationRequest': {
    argument: [
      sequence(
        value('referenceNumber', context(0)),
        periodicInfo(context(1)),
        externalClient(context(2)),
        opaque('qoS', context(3)),
        gmlc('h-gmlc-address', 4),
        value('mo-lrShortCircuit', context(5)),
        opaque('reportingPLMNList', context(6)),
        MORE,
      ),
    ],
    result: [sequence(value('mo-lrShortCircuit', context(0)), MORE)],
  },
  'lcs-LocationUpdate': {
    argument: [
      sequence(
        value('referenceNumber', context(0)),
        value('add-LocationEstimate', context(1), 'geographical'),
        value('velocityEstimate', context(2)),
        integer('sequenceNumber', context(3)),
        MORE,
      ),
    ],
    result: [sequence(integer('terminationCause', context(0)), MORE)],
  },
  'lcs-PeriodicLocationCancellation': {
    argument: [sequence(value('referenceNumber', context(0)), gmlc('h-gmlc-address', 1), MORE)],
    result: NOTHING,
  },
} as const satisfies Record<string, OperationSchema>
