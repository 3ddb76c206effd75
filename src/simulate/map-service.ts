import { type BerElement, constructed, integer, primitive } from './ber-writer.ts'
import { address, imsi } from './digits.ts'
import type { Subject } from './map-location.ts'
import { packSeptets } from './sms-writer.ts'

/** RoutingInfoForSM-Arg. Source: TS 29.002 §17.7.6. */
export function sendRoutingInfoForSmArg(msisdn: string, serviceCentre: string): BerElement {
  return constructed(0x30, [address(0x80, msisdn), primitive(0x81, Uint8Array.of(0xff)), address(0x82, serviceCentre)])
}

/** RoutingInfoForSM-Res: the identity to deliver to and the node to deliver at. Source: TS 29.002 §17.7.6. */
export function sendRoutingInfoForSmRes(imsiDigits: string, node: string): BerElement {
  return constructed(0x30, [imsi(0x04, imsiDigits), constructed(0xa0, [address(0x81, node)])])
}

/** MT-ForwardSM-Arg. @param tpdu as made by `smsDeliver`. Source: TS 29.002 §17.7.6. */
export function mtForwardSmArg(imsiDigits: string, serviceCentre: string, tpdu: Uint8Array): BerElement {
  return constructed(0x30, [imsi(0x80, imsiDigits), address(0x84, serviceCentre), primitive(0x04, tpdu)])
}

/** The bare number that sendIMSI asks about. Source: TS 29.002 §17.6.2. */
export function sendImsiArg(msisdn: string): BerElement {
  return address(0x04, msisdn)
}

/** The bare IMSI that sendIMSI answers with. Source: TS 29.002 §17.6.2. */
export function sendImsiRes(imsiDigits: string): BerElement {
  return imsi(0x04, imsiDigits)
}

/** SendRoutingInfoArg for a basic call. Source: TS 29.002 §17.7.3. */
export function sendRoutingInfoArg(msisdn: string, gmsc: string): BerElement {
  return constructed(0x30, [address(0x80, msisdn), integer(0x83, 0), address(0x86, gmsc)])
}

/** SendRoutingInfoRes: the IMSI and the roaming number to call. Source: TS 29.002 §17.7.3. */
export function sendRoutingInfoRes(imsiDigits: string, roamingNumber: string): BerElement {
  return constructed(0xa3, [imsi(0x89, imsiDigits), address(0x04, roamingNumber)])
}

/** ProvideRoamingNumberArg. Source: TS 29.002 §17.7.3. */
export function provideRoamingNumberArg(subject: { imsi: string; msisdn: string }, msc: string): BerElement {
  return constructed(0x30, [imsi(0x80, subject.imsi), address(0x81, msc), address(0x82, subject.msisdn)])
}

/** ProvideRoamingNumberRes. Source: TS 29.002 §17.7.3. */
export function provideRoamingNumberRes(roamingNumber: string): BerElement {
  return constructed(0x30, [address(0x04, roamingNumber)])
}

/** USSD-Arg and USSD-Res: text in the default alphabet. Source: TS 29.002 §17.7.4. */
export function ussdText(text: string): BerElement {
  return constructed(0x30, [primitive(0x04, Uint8Array.of(0x0f)), primitive(0x04, packSeptets(text))])
}

/**
 * MAP-OpenInfo, where an USSD dialogue says whom it is about: the IMSI as destination, the sending node as origination
 * reference. Source: TS 29.002 §17.4; the IMSI's address octet (land mobile plan, 0x96): TS 29.002 §7.3.1.
 */
export function openInfo(subject: Extract<Subject, { imsi: string }>, origin: string): BerElement {
  const bare = imsi(0x80, subject.imsi)
  const octets = bare.content instanceof Uint8Array ? bare.content : new Uint8Array(0)
  const reference = primitive(0x80, Uint8Array.of(0x96, ...octets), { kind: 'imsi', digits: subject.imsi })
  return constructed(0xa0, [reference, address(0x81, origin)])
}
