import { u32At } from '../bytes/at.ts'

/** Octets that tell the format of a capture: the byte-order magic of pcapng ends at 12. */
export const SNIFF_BYTES = 12

/** Frames of zstd begin with one magic, skippable frames with one of sixteen. Source: RFC 8878 §3.1.1, §3.1.2. */
const ZSTD_MAGIC = 0x28b52ffd
const ZSTD_SKIPPABLE_MAGIC = 0x502a4d18

/** Magic numbers of pcap as they stand in the file, read big-endian. Source: draft-ietf-opsawg-pcap §4. */
export const PCAP_MAGICS = [
  { magic: 0xa1b2c3d4, little: false, nanoseconds: false, recordHeaderBytes: 16 },
  { magic: 0xd4c3b2a1, little: true, nanoseconds: false, recordHeaderBytes: 16 },
  { magic: 0xa1b23c4d, little: false, nanoseconds: true, recordHeaderBytes: 16 },
  { magic: 0x4d3cb2a1, little: true, nanoseconds: true, recordHeaderBytes: 16 },
  // Kuznetzov's patched libpcap adds interface, protocol and packet type to each record (8 octets).
  { magic: 0xa1b2cd34, little: false, nanoseconds: false, recordHeaderBytes: 24 },
  { magic: 0x34cdb2a1, little: true, nanoseconds: false, recordHeaderBytes: 24 },
] as const

/** Block type of a section header, the same in both byte orders. Source: draft-ietf-opsawg-pcapng §4.1. */
export const SECTION_HEADER = 0x0a0d0d0a
/** Byte-order magic as it stands in the file, read big-endian: of a big-endian and of a little-endian section. */
export const BIG_ENDIAN_SECTION = 0x1a2b3c4d
export const LITTLE_ENDIAN_SECTION = 0x4d3c2b1a

/** How a file is compressed, from its first `length` octets; names are never trusted. Source: RFC 1952 §2.3.1 for gzip. */
export function sniffCompression(bytes: Uint8Array, length: number): 'none' | 'gzip' | 'zstd' {
  if (length >= 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8) return 'gzip'
  if (length < 4) return 'none'
  const magic = u32At(bytes, 0)
  // The low four bits of the first octet number the skippable frames.
  return magic === ZSTD_MAGIC || (magic & 0xf0ffffff) === ZSTD_SKIPPABLE_MAGIC ? 'zstd' : 'none'
}

/** The format of an uncompressed capture from its first `length` octets, or null when it is not a capture. */
export function sniffFormat(bytes: Uint8Array, length: number): 'pcap' | 'pcapng' | null {
  if (length < 4) return null
  const magic = u32At(bytes, 0)
  if (PCAP_MAGICS.some((row) => row.magic === magic)) return 'pcap'
  if (magic !== SECTION_HEADER) return null
  const order = u32At(bytes, 8)
  return length < SNIFF_BYTES || order === BIG_ENDIAN_SECTION || order === LITTLE_ENDIAN_SECTION ? 'pcapng' : null
}
