/**
 * Why a layer could not be decoded, or not completely. A value, never thrown.
 * `offset` counts octets from the start of the buffer the decoder was given.
 */
export class Fault {
  readonly layer: string
  readonly reason: string
  readonly offset: number

  constructor(layer: string, reason: string, offset: number) {
    this.layer = layer
    this.reason = reason
    this.offset = offset
  }
}

/** Tells a fault from a decoded value. */
export function isFault(value: unknown): value is Fault {
  return value instanceof Fault
}
