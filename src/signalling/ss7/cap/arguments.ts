import { context, group, integer, MORE, opaque, type Schema, type SchemaElement, value } from '../map/schema.ts'
import {
  CALL_LOCATION,
  DESTINATION,
  EVENT_SPECIFIC_BCSM,
  EVENT_SPECIFIC_GPRS,
  endUserAddress,
  gprsLocation,
  PLAIN_OCTETS,
  PLAIN_SEQUENCE,
  sequence,
} from './common-types.ts'
import type { CapOperationName } from './operations.ts'

/**
 * Where call parties, the subscriber, his place and the claimed addresses stand in each operation's argument. In the order
 * of the specification; elements behind the last one of interest are not named.
 * Source: 3GPP TS 29.078 §6.1.1, §6.2.1, §7.1 and §8.1; phases 1 and 2 as GSM 09.78.
 */

/** InitialDPArg, whose extension alone differs between the phases. */
function initialDp(extension: readonly SchemaElement[]): SchemaElement {
  return sequence(
    integer('serviceKey', context(0), 'serviceKey'),
    value('calledPartyNumber', context(2), 'calledNumber'),
    value('callingPartyNumber', context(3), 'callingNumber'),
    value('callingPartysCategory', context(5)),
    integer('cGEncountered', context(7)),
    value('iPSSPCapabilities', context(8)),
    value('locationNumber', context(10)),
    value('originalCalledPartyID', context(12), 'originalCalledNumber'),
    opaque('extensions', context(15)),
    value('highLayerCompatibility', context(23)),
    value('additionalCallingPartyNumber', context(25)),
    opaque('bearerCapability', context(27)),
    integer('eventTypeBCSM', context(28)),
    value('redirectingPartyID', context(29), 'redirectingNumber'),
    value('redirectionInformation', context(30)),
    value('cause', context(17)),
    opaque('serviceInteractionIndicatorsTwo', context(32)),
    value('carrier', context(37)),
    integer('cug-Index', context(45)),
    value('cug-Interlock', context(46)),
    value('cug-OutgoingAccess', context(47)),
    value('iMSI', context(50), 'imsi'),
    opaque('subscriberState', context(51)),
    group('locationInformation', context(52), CALL_LOCATION),
    opaque('ext-basicServiceCode', context(53)),
    value('callReferenceNumber', context(54)),
    value('mscAddress', context(55), 'node'),
    value('calledPartyBCDNumber', context(56), 'calledAddress'),
    value('timeAndTimezone', context(57)),
    value('callForwardingSS-Pending', context(58)),
    group('initialDPArgExtension', context(59), extension),
  )
}

/** Arguments by operation. An operation that is not here has none. */
export const CAP_ARGUMENTS: Partial<Record<CapOperationName, Schema>> = {
  initialDP: [
    initialDp([
      value('gmscAddress', context(0), 'node'),
      value('forwardingDestinationNumber', context(1)),
      value('ms-Classmark2', context(2)),
      value('iMEI', context(3), 'imei'),
    ]),
  ],
  assistRequestInstructions: [sequence(value('correlationID', context(0), 'calledGenericNumber'))],
  establishTemporaryConnection: [
    sequence(
      value('assistingSSPIPRoutingAddress', context(0), 'calledGenericNumber'),
      value('correlationID', context(1)),
      value('scfID', context(3)),
      opaque('extensions', context(4)),
      value('carrier', context(5)),
      opaque('serviceInteractionIndicatorsTwo', context(6)),
      integer('callSegmentID', context(7)),
      value('naOliInfo', context(50)),
      value('chargeNumber', context(51)),
      MORE,
      value('originalCalledPartyID', context(52), 'originalCalledNumber'),
      value('callingPartyNumber', context(53), 'callingNumber'),
    ),
  ],
  connectToResource: [sequence(value('ipRoutingAddress', context(0), 'calledNumber'))],
  connect: [
    sequence(
      DESTINATION,
      value('alertingPattern', context(1)),
      value('originalCalledPartyID', context(6), 'originalCalledNumber'),
      opaque('extensions', context(10)),
      value('carrier', context(11)),
      value('callingPartysCategory', context(28)),
      value('redirectingPartyID', context(29), 'redirectingNumber'),
    ),
  ],
  releaseCall: [...PLAIN_OCTETS, opaque('allCallSegmentsWithExtension', context(2))],
  requestReportBCSMEvent: PLAIN_SEQUENCE,
  eventReportBCSM: [
    sequence(
      integer('eventTypeBCSM', context(0)),
      group('eventSpecificInformationBCSM', context(2), EVENT_SPECIFIC_BCSM),
    ),
  ],
  collectInformation: PLAIN_SEQUENCE,
  initiateCallAttempt: [
    sequence(
      DESTINATION,
      opaque('extensions', context(4)),
      opaque('legToBeCreated', context(5)),
      integer('newCallSegment', context(6)),
      value('callingPartyNumber', context(30), 'callingNumber'),
      value('callReferenceNumber', context(51)),
      value('gsmSCFAddress', context(52), 'node'),
    ),
  ],
  resetTimer: PLAIN_SEQUENCE,
  furnishChargingInformation: PLAIN_OCTETS,
  applyCharging: PLAIN_SEQUENCE,
  applyChargingReport: PLAIN_OCTETS,
  callGap: [
    sequence(
      group('gapCriteria', context(0), [
        value('calledAddressValue', context(0), 'calledGenericNumber'),
        group('gapOnService', context(2), [integer('serviceKey', context(0), 'serviceKey')]),
      ]),
    ),
  ],
  callInformationReport: PLAIN_SEQUENCE,
  callInformationRequest: PLAIN_SEQUENCE,
  sendChargingInformation: PLAIN_SEQUENCE,
  playAnnouncement: PLAIN_SEQUENCE,
  promptAndCollectUserInformation: PLAIN_SEQUENCE,
  initialDPSMS: [
    sequence(
      integer('serviceKey', context(0), 'serviceKey'),
      value('destinationSubscriberNumber', context(1), 'calledAddress'),
      value('callingPartyNumber', context(2), 'callingAddress'),
      integer('eventTypeSMS', context(3)),
      value('iMSI', context(4), 'imsi'),
      group('locationInformationMSC', context(5), CALL_LOCATION),
      gprsLocation(context(6), 'otherNode'),
      value('sMSCAddress', context(7), 'otherNode'),
      value('timeAndTimezone', context(8)),
      value('tPShortMessageSpecificInfo', context(9)),
      value('tPProtocolIdentifier', context(10)),
      value('tPDataCodingScheme', context(11)),
      value('tPValidityPeriod', context(12)),
      opaque('extensions', context(13)),
      MORE,
      value('smsReferenceNumber', context(14)),
      value('mscAddress', context(15), 'node'),
      value('sgsn-Number', context(16), 'node'),
      value('ms-Classmark2', context(17)),
      opaque('gPRSMSClass', context(18)),
      value('iMEI', context(19), 'imei'),
      value('calledPartyNumber', context(20), 'calledAddress'),
    ),
  ],
  furnishChargingInformationSMS: PLAIN_OCTETS,
  connectSMS: [
    sequence(
      value('callingPartysNumber', context(0), 'callingAddress'),
      value('destinationSubscriberNumber', context(1), 'calledAddress'),
      value('sMSCAddress', context(2), 'node'),
    ),
  ],
  requestReportSMSEvent: PLAIN_SEQUENCE,
  eventReportSMS: PLAIN_SEQUENCE,
  releaseSMS: PLAIN_OCTETS,
  resetTimerSMS: PLAIN_SEQUENCE,
  applyChargingGPRS: PLAIN_SEQUENCE,
  applyChargingReportGPRS: PLAIN_SEQUENCE,
  cancelGPRS: PLAIN_SEQUENCE,
  connectGPRS: [sequence(value('accessPointName', context(0), 'apn'))],
  continueGPRS: PLAIN_SEQUENCE,
  entityReleasedGPRS: PLAIN_SEQUENCE,
  furnishChargingInformationGPRS: PLAIN_OCTETS,
  initialDPGPRS: [
    sequence(
      integer('serviceKey', context(0), 'serviceKey'),
      integer('gPRSEventType', context(1)),
      value('mSISDN', context(2), 'msisdn'),
      value('iMSI', context(3), 'imsi'),
      value('timeAndTimeZone', context(4)),
      opaque('gPRSMSClass', context(5)),
      endUserAddress(context(6)),
      opaque('qualityOfService', context(7)),
      value('accessPointName', context(8), 'apn'),
      value('routeingAreaIdentity', context(9)),
      value('chargingID', context(10)),
      value('sGSNCapabilities', context(11)),
      gprsLocation(context(12), 'node'),
      integer('pDPInitiationType', context(13)),
      opaque('extensions', context(14)),
      MORE,
      value('gGSNAddress', context(15)),
      value('secondaryPDP-context', context(16)),
      value('iMEI', context(17), 'imei'),
    ),
  ],
  releaseGPRS: PLAIN_SEQUENCE,
  eventReportGPRS: [
    sequence(
      integer('gPRSEventType', context(0)),
      opaque('miscGPRSInfo', context(1)),
      group('gPRSEventSpecificInformation', context(2), EVENT_SPECIFIC_GPRS),
    ),
  ],
  requestReportGPRSEvent: PLAIN_SEQUENCE,
  resetTimerGPRS: PLAIN_SEQUENCE,
  sendChargingInformationGPRS: PLAIN_SEQUENCE,
  dFCWithArgument: PLAIN_SEQUENCE,
  continueWithArgument: PLAIN_SEQUENCE,
  disconnectLeg: PLAIN_SEQUENCE,
  moveLeg: PLAIN_SEQUENCE,
  splitLeg: PLAIN_SEQUENCE,
  playTone: PLAIN_SEQUENCE,
}

/** InitialDPArg of phases 1 and 2: North American carrier information in front of the GMSC's address. */
export const INITIAL_DP_PHASE_2: Schema = [
  initialDp([opaque('naCarrierInformation', context(0)), value('gmscAddress', context(1), 'node')]),
]

/** Results by operation. An operation that is not here has an empty one, or none. */
export const CAP_RESULTS: Partial<Record<CapOperationName, Schema>> = {
  initiateCallAttempt: PLAIN_SEQUENCE,
  promptAndCollectUserInformation: [value('digitsResponse', context(0))],
}
