/**
 * One captured packet, as the capture file holds it: `bytes[start, end)` are the captured octets from the link layer on.
 * The octets are valid only until the next batch of packets is asked for: who wants to keep any copies them.
 */
export interface Packet {
  /** Index of the input in the list of captures of this run. */
  readonly capture: number
  /** Number of the packet in its capture, from 1, as Wireshark counts. */
  readonly frame: number
  /** Capture time in µs since 1970-01-01T00:00:00Z, an integer; 0 where the block carries none. */
  readonly timeUs: number
  /** LINKTYPE_ number (https://www.tcpdump.org/linktypes.html). */
  readonly linkType: number
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Octets on the wire; more than `end - start` when the capture cut the packet. */
  readonly originalLength: number
}

/** What is known of one input once it has been read. */
export interface CaptureInfo {
  /** `Input.name`, as findings and events cite it. */
  readonly name: string
  /** Path as the user gave it. */
  readonly path: string
  readonly format: 'pcap' | 'pcapng'
  readonly compression: 'none' | 'gzip' | 'zstd'
  /** Octets of the file itself (compressed size when compressed). */
  bytes: number
  /** Of the file's own octets, hexadecimal; null when it was not read to its end. */
  sha256: string | null
  packets: number
  firstTimeUs: number | null
  lastTimeUs: number | null
  /** One clear sentence when the file ended or broke before its end was reached, else null. */
  damage: string | null
}
