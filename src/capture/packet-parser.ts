import type { Fault } from '../bytes/fault.ts'
import type { Packet } from './packet.ts'

/** The stretch of an uncompressed capture that is in memory: `bytes[start, end)` is still to be parsed. */
export interface Window {
  bytes: Uint8Array
  /** Over the same memory as `bytes`. */
  view: DataView
  start: number
  end: number
  /** Offset of `bytes[0]` in the uncompressed capture. */
  base: number
}

/**
 * Cuts the packets out of a capture, one at a time, as its octets come in. Never throws. Packets are views into the
 * window; nothing is copied.
 */
export interface PacketParser {
  /** Octets that must stand from `window.start` on before `next` can go on. At most LIMITS.packetBytes and a header. */
  readonly need: number
  /** Why parsing stopped for good, or null; `offset` counts from the start of the uncompressed capture. */
  readonly fault: Fault | null
  /** The next packet, moving `window.start` behind it; null when `need` octets are missing or a fault was met. */
  next(window: Window): Packet | null
  /** Where the capture ends here: the fault of ending in the middle, or null at the end of a record. */
  cut(window: Window): Fault | null
}
