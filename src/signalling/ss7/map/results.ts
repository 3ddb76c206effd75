import {
  AUTHENTICATION_SETS,
  CELL_OR_AREA,
  EPS_AUTHENTICATION_SETS,
  GMSC_CAMEL,
  SUBSCRIBER_IDENTITY,
  SUBSCRIBER_INFO,
} from './common-types.ts'
import type { MapOperationName } from './operations.ts'
import {
  context,
  ENUMERATED,
  group,
  NULL,
  OCTET_STRING,
  type Schema,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/**
 * What the results give away: identities, serving nodes, locations, vectors.
 * Source: 3GPP TS 29.002 §17.7.1 to §17.7.6 and GSM 09.02 for phases 1 and 2.
 */

const sequence = (...children: SchemaElement[]): SchemaElement => group('result', SEQUENCE, children)

/** LocationInfoWithLMSI, and LocationInfo of phase 1. Source: §17.7.6. */
const SM_LOCATION: readonly SchemaElement[] = [
  value('roamingNumber', context(0)),
  value('networkNode-Number', context(1), 'node'),
  value('lmsi', OCTET_STRING),
  group('extensionContainer', SEQUENCE, []),
  value('gprsNodeIndicator', context(5)),
  group('additional-Number', context(6), [value('msc-Number', context(0)), value('sgsn-Number', context(1))]),
]

const FORWARDING: readonly SchemaElement[] = [
  value('forwardedToSubaddress', context(4)),
  value('forwardedToNumber', context(5), 'forwardedTo'),
  value('forwardingOptions', context(6)),
]

const AUTHENTICATION = [...AUTHENTICATION_SETS, EPS_AUTHENTICATION_SETS] as const

/** Results by operation. An operation that is not here returns nothing about a subscriber. */
export const MAP_RESULTS: Partial<Record<MapOperationName, Schema>> = {
  updateLocation: [value('hlr-Number', OCTET_STRING, 'node'), sequence(value('hlr-Number', OCTET_STRING, 'node'))],
  updateGprsLocation: [sequence(value('hlr-Number', OCTET_STRING, 'node'))],
  restoreData: [sequence(value('hlr-Number', OCTET_STRING, 'node'), value('msNotReachable', NULL))],
  provideRoamingNumber: [
    value('roamingNumber', OCTET_STRING, 'roamingNumber'),
    sequence(
      value('roamingNumber', OCTET_STRING, 'roamingNumber'),
      group('extensionContainer', SEQUENCE, []),
      value('releaseResourcesSupported', NULL),
      value('vmsc-Address', OCTET_STRING, 'node'),
    ),
  ],
  sendRoutingInfo: [
    group('result', context(3), [
      value('imsi', context(9), 'imsi'),
      value('roamingNumber', OCTET_STRING, 'roamingNumber'),
      group('forwardingData', SEQUENCE, FORWARDING),
      group('camelRoutingInfo', context(8), [
        group('forwardingData', SEQUENCE, FORWARDING),
        group('gmscCamelSubscriptionInfo', context(0), GMSC_CAMEL),
      ]),
      group('cug-CheckInfo', context(3), []),
      value('cugSubscriptionFlag', context(6)),
      group('subscriberInfo', context(7), SUBSCRIBER_INFO),
      group('ss-List', context(1), []),
      group('basicService', context(5), []),
      value('forwardingInterrogationRequired', context(4)),
      value('vmsc-Address', context(2), 'node'),
      group('extensionContainer', context(0), []),
      value('naea-PreferredCI', context(10)),
      group('ccbs-Indicators', context(11), []),
      value('msisdn', context(12), 'msisdn'),
    ]),
    sequence(
      value('imsi', OCTET_STRING, 'imsi'),
      value('roamingNumber', OCTET_STRING, 'roamingNumber'),
      group('forwardingData', SEQUENCE, FORWARDING),
    ),
  ],
  sendRoutingInfoForGprs: [sequence(value('sgsn-Address', context(0)), value('ggsn-Address', context(1)))],
  sendRoutingInfoForSM: [
    sequence(
      value('imsi', OCTET_STRING, 'imsi'),
      group('locationInfoWithLMSI', context(0), SM_LOCATION),
      value('mwd-Set', context(2)),
      group('extensionContainer', context(4), []),
      group('ip-sm-gwGuidance', context(5), []),
    ),
  ],
  'reportSM-DeliveryStatus': [
    value('storedMSISDN', OCTET_STRING, 'msisdn'),
    sequence(value('storedMSISDN', OCTET_STRING, 'msisdn')),
  ],
  sendRoutingInfoForLCS: [
    sequence(
      group('targetMS', context(0), SUBSCRIBER_IDENTITY),
      group('lcsLocationInfo', context(1), [value('networkNode-Number', OCTET_STRING, 'node')]),
    ),
  ],
  provideSubscriberLocation: [
    sequence(
      value('locationEstimate', OCTET_STRING, 'geographical'),
      value('ageOfLocationEstimate', context(0)),
      group('extensionContainer', context(1), []),
      value('add-LocationEstimate', context(2)),
      value('deferredmt-lrResponseIndicator', context(3)),
      value('geranPositioningData', context(4)),
      value('utranPositioningData', context(5)),
      group('cellIdOrSai', context(6), CELL_OR_AREA),
    ),
  ],
  subscriberLocationReport: [sequence(group('extensionContainer', SEQUENCE, []), value('na-ESRK', context(0)))],
  provideSubscriberInfo: [sequence(group('subscriberInfo', SEQUENCE, SUBSCRIBER_INFO))],
  anyTimeInterrogation: [sequence(group('subscriberInfo', SEQUENCE, SUBSCRIBER_INFO))],
  sendIMSI: [value('imsi', OCTET_STRING, 'imsi')],
  sendIdentification: [
    sequence(value('imsi', OCTET_STRING, 'imsi'), ...AUTHENTICATION),
    group('result', context(3), [value('imsi', OCTET_STRING, 'imsi'), ...AUTHENTICATION]),
  ],
  sendAuthenticationInfo: [...AUTHENTICATION_SETS.slice(0, 1), group('result', context(3), AUTHENTICATION)],
  sendParameters: [group('result', SEQUENCE, [value('imsi', context(0), 'imsi')])],
  checkIMEI: [value('equipmentStatus', ENUMERATED), sequence()],
}
