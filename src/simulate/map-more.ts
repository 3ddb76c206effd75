import { type BerElement, constructed, primitive } from './ber-writer.ts'
import { address, imsi } from './digits.ts'

/** MO-ForwardSM-Arg. @param tpdu an SMS-SUBMIT. Source: TS 29.002 §17.7.6. */
export function moForwardSmArg(msisdn: string, serviceCentre: string, tpdu: Uint8Array): BerElement {
  return constructed(0x30, [address(0x84, serviceCentre), address(0x82, msisdn), primitive(0x04, tpdu)])
}

/** RestoreDataArg. Source: TS 29.002 §17.7.1. */
export function restoreDataArg(imsiDigits: string): BerElement {
  return constructed(0x30, [imsi(0x04, imsiDigits)])
}

/** RestoreDataRes. Source: TS 29.002 §17.7.1. */
export function restoreDataRes(hlr: string): BerElement {
  return constructed(0x30, [address(0x04, hlr)])
}

/** RegisterSS-Arg: forwards all calls. Source: TS 29.002 §17.7.4; code 0x21: §17.7.5. */
export function registerSsArg(forwardTo: string): BerElement {
  return constructed(0x30, [
    primitive(0x04, Uint8Array.of(0x21)),
    primitive(0x83, Uint8Array.of(0x11)),
    address(0x84, forwardTo),
  ])
}

/** SS-Info that confirms a forwarding. Source: TS 29.002 §17.7.4. */
export function forwardingInfo(forwardTo: string): BerElement {
  const feature = constructed(0x30, [primitive(0x84, Uint8Array.of(0x07)), address(0x85, forwardTo)])
  return constructed(0xa0, [primitive(0x04, Uint8Array.of(0x21)), constructed(0x30, [feature])])
}
