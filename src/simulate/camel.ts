import { type BerElement, constructed, integer, primitive } from './ber-writer.ts'
import { address, imsi, tbcd } from './digits.ts'
import type { Operation } from './map-operations.ts'

/** CAP of phase 2. Source: TS 09.78 §6.1; context name 0.4.0.0.1.0.50.1. In order of code. */
export const CAP_OPERATIONS = {
  initialDp: { name: 'initialDP', code: 0, context: 50, version: 1 },
  connect: { name: 'connect', code: 20, context: 50, version: 1 },
  requestReport: { name: 'requestReportBCSMEvent', code: 23, context: 50, version: 1 },
  continueCall: { name: 'continue', code: 31, context: 50, version: 1 },
} as const satisfies Record<string, Operation>

/** A party as in ISUP without length. Source: Q.763 §3.9. */
function party(digits: string): Uint8Array {
  return Uint8Array.of((digits.length % 2 === 1 ? 0x80 : 0) | 4, 0x10, ...tbcd(digits))
}

/** InitialDPArg of an originating call. Source: TS 29.078 §6.1.1. */
export function initialDpArg(about: { imsi: string; msisdn: string }, called: string, msc: string): BerElement {
  return constructed(0x30, [
    integer(0x80, 1),
    primitive(0x83, party(about.msisdn)),
    primitive(0x85, Uint8Array.of(0x0a)),
    integer(0x9c, 2),
    imsi(0x9f32, about.imsi),
    address(0x9f37, msc),
    primitive(0x9f38, Uint8Array.of(0x91, ...tbcd(called))),
  ])
}

/** ConnectArg: sends the call to another number. Source: TS 29.078 §6.1.1. */
export function connectArg(to: string): BerElement {
  return constructed(0x30, [constructed(0xa0, [primitive(0x04, party(to))])])
}
