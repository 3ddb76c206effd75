import { DESTINATION, PLAIN_OCTETS, PLAIN_SEQUENCE, sequence } from '../cap/common-types.ts'
import { context, group, integer, opaque, type Schema, type SchemaElement, SEQUENCE, value } from '../map/schema.ts'
import type { InapOperationName } from './operations.ts'

/**
 * Where call parties and the service key stand in INAP arguments, in the order of the specification; elements behind the
 * last one of interest are not named. CAP took its operations over from CS-1, tags included.
 * Source: ITU-T Q.1218 §2.1, ETSI ETS 300 374-1 §6; later capability sets Q.1248.2 IN-SSF-SCF-ops-args.
 */

/** DpSpecificCommonParameters: what the operations of single detection points have in common. */
const DETECTION_POINT: readonly SchemaElement[] = [
  group('dpSpecificCommonParameters', context(0), [
    group('serviceAddressInformation', context(0), [integer('serviceKey', context(0), 'serviceKey')]),
    opaque('bearerCapability', context(1)),
    value('calledPartyNumber', context(2), 'calledNumber'),
    value('callingPartyNumber', context(3), 'callingNumber'),
  ]),
]

const detectionPoint: Schema = [sequence(...DETECTION_POINT)]

/** Arguments by operation. Of one that is not here nothing is known, or it has none. */
export const INAP_ARGUMENTS: Partial<Record<InapOperationName, Schema>> = {
  initialDP: [
    sequence(
      integer('serviceKey', context(0), 'serviceKey'),
      value('dialledDigits', context(1), 'calledNumber'),
      value('calledPartyNumber', context(2), 'calledNumber'),
      value('callingPartyNumber', context(3), 'callingNumber'),
      value('callingPartyBusinessGroupID', context(4)),
      value('callingPartysCategory', context(5)),
      value('callingPartySubaddress', context(6)),
      integer('cGEncountered', context(7)),
      value('iPSSPCapabilities', context(8)),
      value('iPAvailable', context(9)),
      value('locationNumber', context(10)),
      opaque('miscCallInfo', context(11)),
      value('originalCalledPartyID', context(12), 'originalCalledNumber'),
      value('serviceProfileIdentifier', context(13)),
      integer('terminalType', context(14)),
      opaque('extensions', context(15)),
      value('triggerType', context(16)),
      value('highLayerCompatibility', context(23)),
      value('serviceInteractionIndicators', context(24)),
      value('additionalCallingPartyNumber', context(25)),
      value('forwardCallIndicators', context(26)),
      opaque('bearerCapability', context(27)),
      integer('eventTypeBCSM', context(28)),
      value('redirectingPartyID', context(29), 'redirectingNumber'),
    ),
  ],
  originationAttemptAuthorized: detectionPoint,
  collectedInformation: detectionPoint,
  analysedInformation: [
    sequence(
      ...DETECTION_POINT,
      value('dialledDigits', context(1), 'calledNumber'),
      value('callingPartyBusinessGroupID', context(2)),
      value('callingPartySubaddress', context(3)),
      opaque('callingFacilityGroup', context(4)),
      value('callingFacilityGroupMember', context(5)),
      value('originalCalledPartyID', context(6), 'originalCalledNumber'),
      value('prefix', context(7)),
      value('redirectingPartyID', context(8), 'redirectingNumber'),
    ),
  ],
  routeSelectFailure: detectionPoint,
  oCalledPartyBusy: detectionPoint,
  oNoAnswer: detectionPoint,
  oAnswer: detectionPoint,
  oDisconnect: detectionPoint,
  termAttemptAuthorized: detectionPoint,
  tBusy: detectionPoint,
  tNoAnswer: detectionPoint,
  tAnswer: detectionPoint,
  tDisconnect: detectionPoint,
  oMidCall: detectionPoint,
  tMidCall: detectionPoint,
  assistRequestInstructions: [sequence(value('correlationID', context(0), 'calledGenericNumber'))],
  establishTemporaryConnection: [sequence(value('assistingSSPIPRoutingAddress', context(0), 'calledGenericNumber'))],
  connectToResource: [
    sequence(
      value('ipRoutingAddress', context(0), 'calledNumber'),
      value('legID', context(1)),
      group('ipAddressAndLegID', context(2), [value('ipRoutingAddress', context(0), 'calledNumber')]),
    ),
  ],
  connect: [
    sequence(
      DESTINATION,
      value('alertingPattern', context(1)),
      value('correlationID', context(2)),
      value('cutAndPaste', context(3)),
      integer('forwardingCondition', context(4)),
      value('iSDNAccessRelatedInformation', context(5)),
      value('originalCalledPartyID', context(6), 'originalCalledNumber'),
      opaque('routeList', context(7)),
      value('scfID', context(8)),
      value('travellingClassMark', context(9)),
      opaque('extensions', context(10)),
      value('carrier', context(11)),
      value('serviceInteractionIndicators', context(26)),
      value('callingPartyNumber', context(27), 'callingNumber'),
      value('callingPartysCategory', context(28)),
      value('redirectingPartyID', context(29), 'redirectingNumber'),
    ),
  ],
  releaseCall: [...PLAIN_OCTETS, opaque('allCallSegments', context(2)), opaque('initialCallSegment', SEQUENCE)],
  requestReportBCSMEvent: PLAIN_SEQUENCE,
  eventReportBCSM: PLAIN_SEQUENCE,
  requestNotificationChargingEvent: PLAIN_SEQUENCE,
  eventNotificationCharging: PLAIN_SEQUENCE,
  collectInformation: PLAIN_SEQUENCE,
  analyseInformation: [
    sequence(
      DESTINATION,
      value('alertingPattern', context(1)),
      value('iSDNAccessRelatedInformation', context(2)),
      value('originalCalledPartyID', context(3), 'originalCalledNumber'),
      opaque('extensions', context(4)),
      value('callingPartyNumber', context(5), 'callingNumber'),
      value('callingPartysCategory', context(6)),
      value('calledPartyNumber', context(7), 'calledNumber'),
    ),
  ],
  selectRoute: [sequence(DESTINATION)],
  initiateCallAttempt: [
    sequence(
      DESTINATION,
      value('alertingPattern', context(1)),
      value('iSDNAccessRelatedInformation', context(2)),
      value('travellingClassMark', context(3)),
      opaque('extensions', context(4)),
      value('serviceInteractionIndicators', context(29)),
      value('callingPartyNumber', context(30), 'callingNumber'),
    ),
  ],
  resetTimer: PLAIN_SEQUENCE,
  applyCharging: PLAIN_SEQUENCE,
  activateServiceFiltering: PLAIN_SEQUENCE,
  serviceFilteringResponse: PLAIN_SEQUENCE,
  callInformationReport: PLAIN_SEQUENCE,
  callInformationRequest: PLAIN_SEQUENCE,
  sendChargingInformation: PLAIN_SEQUENCE,
  playAnnouncement: PLAIN_SEQUENCE,
  promptAndCollectUserInformation: PLAIN_SEQUENCE,
  facilitySelectedAndAvailable: detectionPoint,
  originationAttempt: detectionPoint,
  terminationAttempt: detectionPoint,
  oAbandon: detectionPoint,
  oSuspended: detectionPoint,
  tSuspended: detectionPoint,
}
