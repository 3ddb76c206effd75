import { CELL_OR_AREA } from '../map/common-types.ts'
import { LOCATION } from '../map/location-types.ts'
import { context, group, list, MORE, OCTET_STRING, opaque, type SchemaElement, SEQUENCE, value } from '../map/schema.ts'

/** Elements that several operations of CAP and INAP share. Source: 3GPP TS 29.078 §5.1 and §6.1.1. */

export const sequence = (...children: readonly SchemaElement[]): SchemaElement => group('argument', SEQUENCE, children)

/** An argument of which only its being a SEQUENCE is checked. */
export const PLAIN_SEQUENCE: readonly SchemaElement[] = [sequence()]

/** An argument that is an OCTET STRING with the encoding of a charging record, a cause or a call result. */
export const PLAIN_OCTETS: readonly SchemaElement[] = [value('argument', OCTET_STRING)]

/** DestinationRoutingAddress: one number in CAP, up to three in INAP. */
export const DESTINATION = list(
  'destinationRoutingAddress',
  context(0),
  value('calledPartyNumber', OCTET_STRING, 'calledNumber'),
)

/**
 * LocationInformation of MAP, but for the addresses in it: in CAP the switch names itself beside it, and the VLR is what
 * it claims besides.
 */
export const CALL_LOCATION: readonly SchemaElement[] = LOCATION.map((element) =>
  element.role === 'node' ? { ...element, role: 'otherNode' } : element,
)

/**
 * LocationInformationGPRS: the cell or area is MAP's CHOICE in earlier releases and its bare octets in later ones.
 * @param sgsn what its address means to the event.
 */
export function gprsLocation(tag: number, sgsn: 'node' | 'otherNode'): SchemaElement {
  return group('locationInformationGPRS', tag, [
    group('cellGlobalIdOrServiceAreaIdOrLAI', context(0), CELL_OR_AREA, 'cellOrArea'),
    value('routeingAreaIdentity', context(1), 'area'),
    value('geographicalInformation', context(2), 'geographical'),
    value('sgsn-Number', context(3), sgsn),
    value('selectedLSAIdentity', context(4)),
    opaque('extensionContainer', context(5)),
    MORE,
    value('sai-Present', context(6)),
    value('userCSGInformation', context(7)),
  ])
}

/** EndUserAddress. */
export const endUserAddress = (tag: number): SchemaElement => opaque('endUserAddress', tag)

const location = group('locationInformation', context(50), CALL_LOCATION)
const answer = (tag: number): SchemaElement =>
  group('answerSpecificInfo', context(tag), [value('destinationAddress', context(50), 'calledNumber')])
const located = (name: string, tag: number): SchemaElement => group(name, context(tag), [location])

/** EventSpecificInformationBCSM: who answered, and where a terminal was found. */
export const EVENT_SPECIFIC_BCSM: readonly SchemaElement[] = [
  opaque('routeSelectFailureSpecificInfo', context(2)),
  opaque('oCalledPartyBusySpecificInfo', context(3)),
  opaque('oNoAnswerSpecificInfo', context(4)),
  answer(5),
  opaque('oMidCallSpecificInfo', context(6)),
  opaque('oDisconnectSpecificInfo', context(7)),
  opaque('tBusySpecificInfo', context(8)),
  opaque('tNoAnswerSpecificInfo', context(9)),
  answer(10),
  opaque('tMidCallSpecificInfo', context(11)),
  opaque('tDisconnectSpecificInfo', context(12)),
  located('oTermSeizedSpecificInfo', 13),
  located('callAcceptedSpecificInfo', 20),
  opaque('oAbandonSpecificInfo', context(21)),
  located('oChangeOfPositionSpecificInfo', 50),
  located('tChangeOfPositionSpecificInfo', 51),
  group('dpSpecificInfoAlt', context(52), [
    opaque('oServiceChangeSpecificInfo', context(0)),
    opaque('tServiceChangeSpecificInfo', context(1)),
    group('collectedInfoSpecificInfo', context(2), [value('calledPartyNumber', context(0), 'calledNumber')]),
  ]),
]

/** GPRSEventSpecificInformation. */
export const EVENT_SPECIFIC_GPRS: readonly SchemaElement[] = [
  group('attachChangeOfPositionSpecificInformation', context(0), [gprsLocation(context(0), 'node')]),
  group('pdp-ContextchangeOfPositionSpecificInformation', context(1), [
    value('accessPointName', context(0), 'apn'),
    value('chargingID', context(1)),
    gprsLocation(context(2), 'node'),
  ]),
  opaque('detachSpecificInformation', context(2)),
  opaque('disconnectSpecificInformation', context(3)),
  group('pDPContextEstablishmentSpecificInformation', context(4), [
    value('accessPointName', context(0), 'apn'),
    endUserAddress(context(1)),
    opaque('qualityOfService', context(2)),
    gprsLocation(context(3), 'node'),
  ]),
  group('pDPContextEstablishmentAcknowledgementSpecificInformation', context(5), [
    value('accessPointName', context(0), 'apn'),
    value('chargingID', context(1)),
    endUserAddress(context(2)),
    opaque('qualityOfService', context(3)),
    gprsLocation(context(4), 'node'),
  ]),
]
