/** A range of octets, `bytes[start, end)`. */
export interface Slice {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}
