/** Small captures for the tests of this folder, built field by field from draft-ietf-opsawg-pcap and -pcapng. */

/** One packet to be written. */
export interface PacketVector {
  readonly seconds: number
  /** µs or ns, as the magic number says. */
  readonly fraction: number
  readonly data: Uint8Array
  /** Octets on the wire; those of `data` where absent. */
  readonly originalLength?: number
}

/** Invented packets: `count` of them, one a second from `seconds` on, each of `octets` octets. */
export function packetVectors(count: number, seconds = 1_780_000_000, octets = 20): PacketVector[] {
  return Array.from({ length: count }, (_, i) => ({
    seconds: seconds + i,
    fraction: 7 * i,
    data: new Uint8Array(octets + i).fill(i + 1),
  }))
}

/** A pcap file. */
export function pcapFile(
  packets: readonly PacketVector[],
  { little = true, magic = 0xa1b2c3d4, network = 1 }: { little?: boolean; magic?: number; network?: number } = {},
): Buffer {
  const header = fields(little, [4, magic], [2, 2], [2, 4], [4, 0], [4, 0], [4, 65_535], [4, network])
  const records = packets.map(({ seconds, fraction, data, originalLength = data.length }) => {
    const record = fields(little, [4, seconds], [4, fraction], [4, data.length], [4, originalLength])
    const modified = magic === 0xa1b2cd34 ? fields(little, [4, 3], [2, 0x0800], [1, 0], [1, 0]) : Buffer.alloc(0)
    return Buffer.concat([record, modified, data])
  })
  return Buffer.concat([header, ...records])
}

/** A pcapng block: type, length, body, length. */
export function block(little: boolean, type: number, ...body: Uint8Array[]): Buffer {
  const octets = padded(Buffer.concat(body))
  const length = octets.length + 12
  return Buffer.concat([fields(little, [4, type], [4, length]), octets, fields(little, [4, length])])
}

/** A section header block that does not tell the length of the section. */
export function sectionHeader(little = true): Buffer {
  const length = fields(little, [4, 0xffffffff], [4, 0xffffffff])
  return block(little, 0x0a0d0d0a, fields(little, [4, 0x1a2b3c4d], [2, 1], [2, 0]), length)
}

/** An interface description block; `options` as made by `option`. */
export function interfaceDescription(little = true, linkType = 1, snapLength = 0, options: Buffer[] = []): Buffer {
  return block(little, 1, fields(little, [2, linkType], [2, 0], [4, snapLength]), ...options)
}

/** An option of a block, padded. */
export function option(little: boolean, code: number, value: Uint8Array): Buffer {
  return Buffer.concat([fields(little, [2, code], [2, value.length]), padded(value)])
}

/** An enhanced packet block. */
export function enhancedPacket(
  little: boolean,
  id: number,
  ticks: bigint,
  data: Uint8Array,
  { originalLength = data.length, options = [] as Buffer[] } = {},
): Buffer {
  const head = fields(little, [4, id], ...halves(ticks), [4, data.length], [4, originalLength])
  return block(little, 6, head, padded(data), ...options)
}

/** An obsolete packet block, which counts drops beside a shorter interface number. */
export function obsoletePacket(little: boolean, id: number, ticks: bigint, data: Uint8Array): Buffer {
  const head = fields(little, [2, id], [2, 99], ...halves(ticks), [4, data.length], [4, data.length])
  return block(little, 2, head, data)
}

/** A simple packet block. */
export function simplePacket(little: boolean, data: Uint8Array, originalLength = data.length): Buffer {
  return block(little, 3, fields(little, [4, originalLength]), data)
}

/** A pcapng file of one section and one interface that counts in µs. */
export function pcapngFile(packets: readonly PacketVector[], little = true): Buffer {
  const blocks = packets.map(({ seconds, fraction, data, originalLength = data.length }) =>
    enhancedPacket(little, 0, BigInt(seconds * 1_000_000 + fraction), data, { originalLength }),
  )
  return Buffer.concat([sectionHeader(little), interfaceDescription(little), ...blocks])
}

/** Numbers of 1, 2 or 4 octets, one behind the other. */
export function fields(little: boolean, ...values: (readonly [size: 1 | 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([size, value]) => {
      const octets = Buffer.alloc(size)
      if (little) octets.writeUIntLE(value, 0, size)
      else octets.writeUIntBE(value, 0, size)
      return octets
    }),
  )
}

function halves(ticks: bigint): [[4, number], [4, number]] {
  return [
    [4, Number(ticks >> 32n)],
    [4, Number(ticks & 0xffffffffn)],
  ]
}

function padded(octets: Uint8Array): Buffer {
  return Buffer.concat([octets, Buffer.alloc(-octets.length & 3)])
}
