import { CELL_OR_AREA, extension, imsi, msisdn } from './common-types.ts'
import {
  bits,
  context,
  ENUMERATED,
  enumerated,
  group,
  INTEGER,
  integer,
  list,
  MORE,
  opaque,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Where a subscriber is, and what is asked about one. Source: 3GPP TS 29.002 §17.7.1 SubscriberInfo, RequestedInfo. */

/** LocationInformationEPS */
export const EPS_LOCATION: readonly SchemaElement[] = [
  value('e-utranCellGlobalIdentity', context(0), 'eutranCell'),
  value('trackingAreaIdentity', context(1), 'area'),
  extension(context(2)),
  value('geographicalInformation', context(3), 'geographical'),
  value('geodeticInformation', context(4), 'geodetic'),
  value('currentLocationRetrieved', context(5)),
  integer('ageOfLocationInformation', context(6), 'locationAge'),
  MORE,
  value('mme-Name', context(7), 'otherNodeName'),
]

/** LocationInformation */
export const LOCATION: readonly SchemaElement[] = [
  value('ageOfLocationInformation', INTEGER, 'locationAge'),
  value('geographicalInformation', context(0), 'geographical'),
  value('vlr-number', context(1), 'node'),
  value('locationNumber', context(2)),
  group('cellGlobalIdOrServiceAreaIdOrLAI', context(3), CELL_OR_AREA),
  extension(context(4)),
  MORE,
  value('selectedLSA-Id', context(5)),
  value('msc-Number', context(6), 'node'),
  value('geodeticInformation', context(7), 'geodetic'),
  value('currentLocationRetrieved', context(8)),
  value('sai-Present', context(9)),
  group('locationInformationEPS', context(10), EPS_LOCATION),
  opaque('userCSGInformation', context(11)),
]

/** LocationInformationGPRS */
export const GPRS_LOCATION: readonly SchemaElement[] = [
  group('cellGlobalIdOrServiceAreaIdOrLAI', context(0), CELL_OR_AREA),
  value('routeingAreaIdentity', context(1), 'area'),
  value('geographicalInformation', context(2), 'geographical'),
  value('sgsn-Number', context(3), 'node'),
  value('selectedLSAIdentity', context(4)),
  extension(context(5)),
  MORE,
  value('sai-Present', context(6)),
  value('geodeticInformation', context(7), 'geodetic'),
  value('currentLocationRetrieved', context(8)),
  integer('ageOfLocationInformation', context(9), 'locationAge'),
  opaque('userCSGInformation', context(10)),
]

/** LocationInformation5GS */
const LOCATION_5GS: readonly SchemaElement[] = [
  value('nrCellGlobalIdentity', context(0), 'nrCell'),
  value('e-utranCellGlobalIdentity', context(1), 'eutranCell'),
  value('geographicalInformation', context(2), 'geographical'),
  value('geodeticInformation', context(3), 'geodetic'),
  value('amf-address', context(4), 'otherNodeName'),
  value('trackingAreaIdentity', context(5), 'area'),
  value('currentLocationRetrieved', context(6)),
  integer('ageOfLocationInformation', context(7), 'locationAge'),
  value('vplmnId', context(8)),
  value('localtimeZone', context(9)),
  integer('rat-Type', context(10)),
  extension(context(11)),
  MORE,
  value('nrTrackingAreaIdentity', context(12), 'nrArea'),
]

/** PDP-ContextInfo: the gateway that carries a packet session, among what else is known of it. */
const PDP_CONTEXT_INFO: readonly SchemaElement[] = [
  integer('pdp-ContextIdentifier', context(0)),
  value('pdp-ContextActive', context(1)),
  value('pdp-Type', context(2)),
  value('pdp-Address', context(3)),
  value('apn-Subscribed', context(4)),
  value('apn-InUse', context(5)),
  integer('nsapi', context(6)),
  value('transactionId', context(7)),
  value('teid-ForGnAndGp', context(8)),
  value('teid-ForIu', context(9)),
  value('ggsn-Address', context(10), 'otherNodeIp'),
  value('qos-Subscribed', context(11)),
  value('qos-Requested', context(12)),
  value('qos-Negotiated', context(13)),
  value('chargingId', context(14)),
  value('chargingCharacteristics', context(15)),
  value('rnc-Address', context(16), 'otherNodeIp'),
  extension(context(17)),
  MORE,
]

const pdpContexts = (name: string, tag: number): SchemaElement =>
  list(name, tag, group('pdp-ContextInfo', SEQUENCE, PDP_CONTEXT_INFO))

/** PS-SubscriberState */
const PACKET_STATE: readonly SchemaElement[] = [
  value('notProvidedFromSGSNorMME', context(0)),
  value('ps-Detached', context(1)),
  value('ps-AttachedNotReachableForPaging', context(2)),
  value('ps-AttachedReachableForPaging', context(3)),
  pdpContexts('ps-PDP-ActiveNotReachableForPaging', context(4)),
  pdpContexts('ps-PDP-ActiveReachableForPaging', context(5)),
  value('netDetNotReachable', ENUMERATED),
]

/** SubscriberInfo */
export const SUBSCRIBER_INFO: readonly SchemaElement[] = [
  group('locationInformation', context(0), LOCATION),
  group('subscriberState', context(1), [
    value('assumedIdle', context(0)),
    value('camelBusy', context(1)),
    value('netDetNotReachable', ENUMERATED),
    value('notProvidedFromVLR', context(2)),
  ]),
  extension(context(2)),
  MORE,
  group('locationInformationGPRS', context(3), GPRS_LOCATION),
  group('ps-SubscriberState', context(4), PACKET_STATE),
  value('imei', context(5), 'imei'),
  value('ms-Classmark2', context(6)),
  opaque('gprs-MS-Class', context(7)),
  group('mnpInfoRes', context(8), [
    value('routeingNumber', context(0)),
    imsi(context(1)),
    msisdn(context(2)),
    integer('numberPortabilityStatus', context(3)),
    extension(context(4)),
    MORE,
  ]),
  integer('imsVoiceOverPS-SessionsIndication', context(9)),
  value('lastUE-ActivityTime', context(10)),
  integer('lastRAT-Type', context(11)),
  group('eps-SubscriberState', context(12), PACKET_STATE),
  group('locationInformationEPS', context(13), EPS_LOCATION),
  value('timeZone', context(14)),
  integer('daylightSavingTime', context(15)),
  group('locationInformation5GS', context(16), LOCATION_5GS),
]

/** RequestedInfo */
export const REQUESTED_INFO: readonly SchemaElement[] = [
  value('locationInformation', context(0), 'locationWanted'),
  value('subscriberState', context(1), 'requested'),
  extension(context(2)),
  MORE,
  value('currentLocation', context(3), 'locationWanted'),
  enumerated('requestedDomain', context(4), 'requested', ['cs-Domain', 'ps-Domain']),
  value('imei', context(6), 'requested'),
  value('ms-classmark', context(5), 'requested'),
  value('mnpRequestedInfo', context(7), 'requested'),
  value('locationInformationEPS-Supported', context(11), 'requested'),
  value('t-adsData', context(8), 'requested'),
  bits('requestedNodes', context(9), 'requested', ['mme', 'sgsn']),
  value('servingNodeIndication', context(10), 'requested'),
  value('localTimeZoneRequest', context(12), 'requested'),
]
