import { type BerElement, constructed, integer, nullElement, primitive } from './ber-writer.ts'
import { address, imsi } from './digits.ts'
import { type Subject, subscriberIdentity } from './map-location.ts'

/** What an insertSubscriberData tells the serving node; a null field is not sent. */
export interface Profile {
  /** Absent inside an updateLocation dialogue, where the subscriber is known. */
  readonly imsi: string | null
  readonly msisdn: string | null
  /** gsmSCF of an originating CAMEL subscription: the node asked before each call. */
  readonly gsmScf: string | null
  /** All outgoing calls barred by the operator. */
  readonly barred: boolean
  /** Teleservices, supplementary services and packet data contexts, as at a first registration. */
  readonly services: boolean
  /** Packet data contexts in the full profile; ten of them make a message that SCCP must cut into segments. */
  readonly packetContexts: number
}

const EMPTY: Profile = { imsi: null, msisdn: null, gsmScf: null, barred: false, services: false, packetContexts: 0 }

/** InsertSubscriberDataArg. Source: TS 29.002 §17.7.1. */
export function insertSubscriberDataArg(given: Partial<Profile>): BerElement {
  const profile = { ...EMPTY, ...given }
  const fields: BerElement[] = []
  if (profile.imsi !== null) fields.push(imsi(0x80, profile.imsi))
  if (profile.msisdn !== null) fields.push(address(0x81, profile.msisdn))
  if (profile.services) fields.push(primitive(0x82, Uint8Array.of(0x0a)))
  if (profile.services || profile.barred) fields.push(integer(0x83, profile.barred ? 1 : 0))
  if (profile.services) fields.push(teleservices(), supplementaryServices())
  if (profile.barred) fields.push(constructed(0xa8, [primitive(0x03, Uint8Array.of(1, 0x80, 0x00))]))
  if (profile.gsmScf !== null) fields.push(camelSubscription(profile.gsmScf))
  if (profile.packetContexts > 0) fields.push(packetData(profile.packetContexts))
  return constructed(0x30, fields)
}

/** TeleserviceList: telephony, and short messages both ways. Codes: TS 29.002 §17.7.10. */
function teleservices(): BerElement {
  return constructed(
    0xa6,
    [0x11, 0x21, 0x22].map((code) => primitive(0x04, Uint8Array.of(code))),
  )
}

/** Ext-SS-InfoList: CLIP, CLIR and call waiting, active. Codes: TS 29.002 §17.7.5. */
function supplementaryServices(): BerElement {
  return constructed(
    0xa7,
    [0x11, 0x12, 0x41].map((code) =>
      constructed(0xa3, [primitive(0x04, Uint8Array.of(code)), primitive(0x84, Uint8Array.of(0x05))]),
    ),
  )
}

/** VlrCamelSubscriptionInfo with one O-CSI, triggered when the number dialled is known. Source: TS 29.002 §17.7.1. */
function camelSubscription(gsmScf: string): BerElement {
  const trigger = constructed(0x30, [integer(0x0a, 2), integer(0x02, 1), address(0x80, gsmScf), integer(0x81, 0)])
  return constructed(0xad, [constructed(0xa0, [constructed(0x30, [trigger]), integer(0x80, 2)])])
}

/** GPRSSubscriptionData. Source: TS 29.002 §17.7.1; PDP type IPv4: TS 29.060 §7.7.34; APN: TS 23.003 §9.1. */
function packetData(contexts: number): BerElement {
  const list: BerElement[] = []
  for (let id = 1; id <= contexts; id++) {
    const label = `service${String(id).padStart(2, '0')}`
    const apn = Uint8Array.of(label.length, ...Array.from(label, (letter) => letter.charCodeAt(0)))
    list.push(
      constructed(0x30, [
        integer(0x02, id),
        primitive(0x90, Uint8Array.of(0xf1, 0x21)),
        primitive(0x92, Uint8Array.of(0x23, 0x93, 0x1f)),
        primitive(0x94, apn),
      ]),
    )
  }
  return constructed(0xb0, [constructed(0xa1, list)])
}

/** InsertSubscriberDataRes of a node that offers CAMEL phases 1 to 3. Source: TS 29.002 §17.7.1. */
export function insertSubscriberDataRes(): BerElement {
  return constructed(0x30, [primitive(0x86, Uint8Array.of(4, 0xe0))])
}

/** DeleteSubscriberDataArg: takes telephony and the CAMEL services away. Source: TS 29.002 §17.7.1. */
export function deleteSubscriberDataArg(imsiDigits: string): BerElement {
  const basicServices = constructed(0xa1, [primitive(0x83, Uint8Array.of(0x11))])
  return constructed(0x30, [imsi(0x80, imsiDigits), basicServices, nullElement(0x89)])
}

/** AnyTimeModificationArg: forwards all calls to `forwardTo`. Source: TS 29.002 §17.7.1. */
export function anyTimeModificationArg(subject: Subject, gsmScf: string, forwardTo: string): BerElement {
  const forwarding = constructed(0xa2, [
    primitive(0x80, Uint8Array.of(0x21)),
    primitive(0x82, Uint8Array.of(0x07)),
    address(0x83, forwardTo),
  ])
  return constructed(0x30, [subscriberIdentity(0xa0, subject), address(0x81, gsmScf), forwarding])
}

/** AnyTimeSubscriptionInterrogationArg for barring and CAMEL support. Source: TS 29.002 §17.7.1. */
export function anyTimeSubscriptionInterrogationArg(subject: Subject, gsmScf: string): BerElement {
  const wanted = constructed(0xa1, [nullElement(0x82), nullElement(0x84)])
  return constructed(0x30, [subscriberIdentity(0xa0, subject), wanted, address(0x82, gsmScf)])
}

/** AnyTimeSubscriptionInterrogationRes: the CAMEL phases of the serving VLR. Source: TS 29.002 §17.7.1. */
export function anyTimeSubscriptionInterrogationRes(): BerElement {
  return constructed(0x30, [primitive(0x85, Uint8Array.of(4, 0xe0))])
}
