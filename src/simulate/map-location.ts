import { type BerElement, constructed, integer, nullElement, primitive } from './ber-writer.ts'
import { address, type Cell, cellOctets, imsi, type Point, pointOctets } from './digits.ts'

/** Who a request is about: by IMSI or by MSISDN. */
export type Subject = { readonly imsi: string } | { readonly msisdn: string }

/** SubscriberIdentity, a CHOICE, so written explicitly under `tag`. Source: TS 29.002 §17.7.8. */
export function subscriberIdentity(tag: number, subject: Subject): BerElement {
  return constructed(tag, ['imsi' in subject ? imsi(0x80, subject.imsi) : address(0x81, subject.msisdn)])
}

/** RequestedInfo: location and state, with the current location (which makes the network page) on demand. */
function requestedInfo(tag: number, current: boolean): BerElement {
  const wanted = [nullElement(0x80), nullElement(0x81)]
  if (current) wanted.push(nullElement(0x83))
  return constructed(tag, wanted)
}

/** AnyTimeInterrogationArg. Source: TS 29.002 §17.7.1. */
export function anyTimeInterrogationArg(subject: Subject, gsmScf: string, current: boolean): BerElement {
  return constructed(0x30, [subscriberIdentity(0xa0, subject), requestedInfo(0xa1, current), address(0x83, gsmScf)])
}

/** ProvideSubscriberInfoArg. Source: TS 29.002 §17.7.1. */
export function provideSubscriberInfoArg(imsiDigits: string, current: boolean): BerElement {
  return constructed(0x30, [imsi(0x80, imsiDigits), requestedInfo(0xa2, current)])
}

/** Result of both interrogations: serving nodes, cell, idle. Source: TS 29.002 §17.7.1 SubscriberInfo. */
export function subscriberInfoRes(vlr: string, cell: Cell, ageMinutes: number): BerElement {
  const location = constructed(0xa0, [
    integer(0x02, ageMinutes),
    address(0x81, vlr),
    constructed(0xa3, [primitive(0x80, cellOctets(cell))]),
  ])
  return constructed(0x30, [constructed(0x30, [location, constructed(0xa1, [nullElement(0x80)])])])
}

/** ProvideSubscriberLocation-Arg for the current position. Source: TS 29.002 §17.7.13. */
export function provideSubscriberLocationArg(subject: { imsi: string; msisdn: string }, gmlc: string): BerElement {
  return constructed(0x30, [
    constructed(0x30, [integer(0x80, 0)]),
    address(0x04, gmlc),
    constructed(0xa0, [integer(0x80, 2), integer(0x83, 0)]),
    imsi(0x82, subject.imsi),
    address(0x83, subject.msisdn),
    primitive(0x86, Uint8Array.of(1)),
    constructed(0xa7, [primitive(0x80, Uint8Array.of(20))]),
    primitive(0x89, Uint8Array.of(1, 0xfe)),
  ])
}

/** ProvideSubscriberLocation-Res: a point and the cell. Source: TS 29.002 §17.7.13. */
export function provideSubscriberLocationRes(point: Point, cell: Cell): BerElement {
  return constructed(0x30, [
    primitive(0x04, pointOctets(point)),
    integer(0x80, 0),
    constructed(0xa6, [primitive(0x80, cellOctets(cell))]),
  ])
}

/** RoutingInfoForLCS-Arg. Source: TS 29.002 §17.7.13. */
export function sendRoutingInfoForLcsArg(subject: Subject, gmlc: string): BerElement {
  return constructed(0x30, [address(0x80, gmlc), subscriberIdentity(0xa1, subject)])
}

/** RoutingInfoForLCS-Res: the IMSI and the node that serves it. Source: TS 29.002 §17.7.13. */
export function sendRoutingInfoForLcsRes(imsiDigits: string, servingNode: string): BerElement {
  return constructed(0x30, [
    subscriberIdentity(0xa0, { imsi: imsiDigits }),
    constructed(0xa1, [address(0x04, servingNode)]),
  ])
}
