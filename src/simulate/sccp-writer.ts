import { globalTitleDigits } from './digits.ts'

/** An SCCP address routed on its global title. */
export interface SccpAddress {
  /** Digits of a global title of format 4. */
  readonly digits: string
  /** Null: the address names no subsystem. */
  readonly ssn: number | null
  /** Translation type, mostly 0. */
  readonly translationType: number
  /** Numbering plan: 1 for E.164, 7 for E.214. */
  readonly plan: number
  /** Point code in the address, ITU 14 bits, or null for none. */
  readonly pointCode: number | null
}

/** Octets of an address. Source: Q.713 §3.4. */
export function encodeSccpAddress(address: SccpAddress): Uint8Array {
  const digits = globalTitleDigits(address.digits)
  const pointCode = address.pointCode === null ? [] : [address.pointCode & 0xff, address.pointCode >> 8]
  const indicator = 0x10 | (address.ssn === null ? 0 : 2) | (address.pointCode === null ? 0 : 1)
  const scheme = address.digits.length % 2 === 1 ? 1 : 2
  const ssn = address.ssn === null ? [] : [address.ssn]
  const head = [indicator, ...pointCode, ...ssn, address.translationType, (address.plan << 4) | scheme, 0x04]
  const out = new Uint8Array(head.length + digits.length)
  out.set(head)
  out.set(digits, head.length)
  return out
}

/** How a message crosses SCCP. */
export interface SccpStyle {
  readonly type: 'udt' | 'xudt'
  /** Most user octets in one message; longer ones travel as XUDT segments. */
  readonly segmentBytes: number
  /** Asks for the message back when it cannot be delivered. */
  readonly returnOnError: boolean
}

/**
 * The SCCP messages that carry `data`: one, or the segments in order.
 * Source: Q.713 §4.10 (UDT), §4.18 (XUDT), §3.17 (segmentation).
 * @param localReference 24 bits that tell this message's segments from others.
 */
export function sccpMessages(
  called: Uint8Array,
  calling: Uint8Array,
  data: Uint8Array,
  style: SccpStyle,
  localReference: number,
): Uint8Array[] {
  const protocolClass = style.returnOnError ? 0x80 : 0x00
  // Pointers and lengths are one octet each: both addresses and the data must lie within 255 octets of them.
  const room = Math.min(style.segmentBytes, 254 - called.length - calling.length - 12)
  if (data.length <= room) {
    const head = style.type === 'udt' ? [0x09, protocolClass] : [0x11, protocolClass, 15]
    return [join(head, called, calling, data, new Uint8Array(0))]
  }
  const count = Math.ceil(data.length / room)
  const messages: Uint8Array[] = []
  for (let i = 0; i < count; i++) {
    // Class 1 keeps the segments in order; bit 8 marks the first, the low bits count those to come.
    const flags = (i === 0 ? 0x80 : 0) | (style.returnOnError ? 0x40 : 0) | (count - 1 - i)
    const reference = [localReference & 0xff, (localReference >> 8) & 0xff, (localReference >> 16) & 0xff]
    const optional = Uint8Array.of(0x10, 4, flags, ...reference, 0)
    messages.push(
      join([0x11, protocolClass | 1, 15], called, calling, data.subarray(i * room, (i + 1) * room), optional),
    )
  }
  return messages
}

/** Fixed part, pointers, then the variable and optional parts. An XUDT (0x11) has a fourth pointer. */
function join(
  head: readonly number[],
  called: Uint8Array,
  calling: Uint8Array,
  data: Uint8Array,
  optional: Uint8Array,
): Uint8Array {
  const pointers = head[0] === 0x11 ? 4 : 3
  const out = new Uint8Array(
    head.length + pointers + 3 + called.length + calling.length + data.length + optional.length,
  )
  out.set(head)
  let offset = head.length + pointers
  for (const [index, part] of [called, calling, data].entries()) {
    out[head.length + index] = offset - (head.length + index)
    out[offset] = part.length
    out.set(part, offset + 1)
    offset += 1 + part.length
  }
  if (pointers === 4) out[head.length + 3] = optional.length === 0 ? 0 : offset - (head.length + 3)
  out.set(optional, offset)
  return out
}
