import type { Packet } from '../capture/packet.ts'

/** What the layers above IP are given: `bytes[start, end)` is one SCTP packet, UDP datagram or TCP segment. One object is
 * filled again and again. */
export interface Datagram {
  packet: Packet
  bytes: Uint8Array
  start: number
  end: number
  /** True when the headers below announce more octets than were captured. */
  cut: boolean
  /** Textual addresses, null where the link layer carries SCTP itself. */
  srcIp: string | null
  dstIp: string | null
  /** Remark bits met below. */
  remarks: number
}
