/** The octet at `offset`, or 0 past the end of the buffer: callers check the bounds once, before the layer is read. */
export function at(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0
}

/** Big-endian 16 bits at `offset`; octets past the end of the buffer count as 0. */
export function u16At(bytes: Uint8Array, offset: number): number {
  return (at(bytes, offset) << 8) | at(bytes, offset + 1)
}

/** Big-endian 32 bits, unsigned, at `offset`; octets past the end of the buffer count as 0. */
export function u32At(bytes: Uint8Array, offset: number): number {
  // inside the buffer, as nearly always, without a look at each octet
  if (offset + 4 <= bytes.length)
    return ((bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!) >>> 0
  return (
    ((at(bytes, offset) << 24) |
      (at(bytes, offset + 1) << 16) |
      (at(bytes, offset + 2) << 8) |
      at(bytes, offset + 3)) >>>
    0
  )
}

/** Little-endian 32 bits, unsigned, at `offset`; octets past the end of the buffer count as 0. */
export function u32leAt(bytes: Uint8Array, offset: number): number {
  return (
    ((at(bytes, offset + 3) << 24) |
      (at(bytes, offset + 2) << 16) |
      (at(bytes, offset + 1) << 8) |
      at(bytes, offset)) >>>
    0
  )
}
