import { element as e, hex } from '../bytes/bytes.vectors.ts'
import { chunk, data, ethernet, ipv4, packetOf, sctp } from '../packet/frames.vectors.ts'
import { m3uaData } from '../simulate/m3ua-writer.ts'
import { encodeSccpAddress, sccpMessages } from '../simulate/sccp-writer.ts'
import { EventDecoder } from './decoder.ts'
import type { SignallingEvent } from './signalling-event.ts'

/** TCAP messages for the tests of this folder, and a tap that carries them: SCCP, M3UA, SCTP, IPv4, Ethernet. */

export const IMSI = '001010123456789'
export const IMSI_OCTETS = '00010121436587f9'

export interface End {
  readonly gt: string
  readonly ssn: number
  readonly pointCode: number
}
/** Invented nodes of the range kept for drama. */
export const ALICE: End = { gt: '447700900077', ssn: 147, pointCode: 100 }
export const BOB: End = { gt: '447700900088', ssn: 6, pointCode: 200 }

export const tid = (tag: '48' | '49', id: string): string => e(tag, id)
export const invoke = (id: number, code: number, argument = ''): string =>
  e('a1', e('02', byte(id)), e('02', byte(code)), argument)
export const result = (id: number): string => e('a2', e('02', byte(id)))
export const resultNotLast = (id: number, code: number): string =>
  e('a7', e('02', byte(id)), e('30', e('02', byte(code)), e('30')))
export const returnError = (id: number, code: number): string => e('a3', e('02', byte(id)), e('02', byte(code)))
export const reject = (id: number): string => e('a4', e('02', byte(id)), e('81', '00'))
export const begin = (otid: string, ...components: readonly string[]): string =>
  e('62', tid('48', otid), ...portion(components))
export const goOn = (otid: string, dtid: string, ...components: readonly string[]): string =>
  e('65', tid('48', otid), tid('49', dtid), ...portion(components))
export const end = (dtid: string, ...components: readonly string[]): string =>
  e('64', tid('49', dtid), ...portion(components))
export const abort = (dtid: string): string => e('67', tid('49', dtid), e('4a', '01'))
/** provideSubscriberInfo and its argument. */
export const ASK = invoke(1, 70, e('30', e('80', IMSI_OCTETS), e('a2', e('80'))))

function byte(value: number): string {
  return value.toString(16).padStart(2, '0')
}

function portion(components: readonly string[]): string[] {
  return components.length === 0 ? [] : [e('6c', ...components)]
}

/** Feeds messages to a decoder and keeps the events. */
export class Tap {
  readonly events: SignallingEvent[] = []
  readonly decoder = new EventDecoder([{ name: 'tap.pcap' }], (event) => this.events.push(event))
  timeUs = 1_772_438_400_000_000
  private tsn = 1
  private frame = 0

  /** A TCAP message, or one that SCCP returns, as UDT or UDTS. @returns the events it gave. */
  send(from: End, to: End, tcap: string, returned = false): SignallingEvent[] {
    const [udt] = sccpMessages(address(to), address(from), hex(tcap), STYLE, 1)
    if (udt === undefined) return []
    if (returned) udt.set([0x0a, 1])
    return this.sendSccp(from, to, udt)
  }

  sendSccp(from: End, to: End, sccp: Uint8Array): SignallingEvent[] {
    const route = { opc: from.pointCode, dpc: to.pointCode, networkIndicator: 0, sls: 0 }
    return this.sendUser([...m3uaData({ ...route, networkAppearance: null, routingContext: null }, sccp)])
  }

  /** A user message with its payload protocol identifier. */
  sendUser(message: readonly number[], ppid = 3): SignallingEvent[] {
    return this.sendFrame(ethernet(0x0800, ipv4(sctp([data(this.tsn++, message, { ppid })]))))
  }

  sendFrame(octets: readonly number[], originalLength = octets.length): SignallingEvent[] {
    const before = this.events.length
    this.timeUs += 1_000
    this.decoder.take(packetOf(octets, { frame: ++this.frame, timeUs: this.timeUs, originalLength }))
    return this.events.slice(before)
  }
}

export const heartbeat = (): number[] => ethernet(0x0800, ipv4(sctp([chunk(4, 0, [0, 1, 0, 4])])))

const STYLE = { type: 'udt', segmentBytes: 240, returnOnError: true } as const

function address({ gt, ssn }: End): Uint8Array {
  return encodeSccpAddress({ digits: gt, ssn, translationType: 0, plan: 1, pointCode: null })
}
