import { at, u16At, u32At } from '../../bytes/at.ts'

/** What every connection begins with in the direction of the server. Source: RFC 9113 §3.4. */
export const PREFACE: readonly number[] = Array.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', (character) =>
  character.charCodeAt(0),
)

export const FRAME_HEADER_BYTES = 9
/** Largest frame before both ends agree on more. Source: RFC 9113 §6.5.2. */
export const USUAL_FRAME_BYTES = 16_384

/** A kind of frame: its legal flags, its length where that is fixed, and whether it belongs to a stream (null: either). */
interface FrameType {
  readonly type: number
  readonly name: string
  readonly flags: number
  readonly lengthBytes: number | null
  readonly onStream: boolean | null
}

/** Source: RFC 9113 §6, Appendix A. */
export const FRAME_TYPES = [
  { type: 0, name: 'data', flags: 0x09, lengthBytes: null, onStream: true },
  { type: 1, name: 'headers', flags: 0x2d, lengthBytes: null, onStream: true },
  { type: 2, name: 'priority', flags: 0x00, lengthBytes: 5, onStream: true },
  { type: 3, name: 'rstStream', flags: 0x00, lengthBytes: 4, onStream: true },
  { type: 4, name: 'settings', flags: 0x01, lengthBytes: null, onStream: false },
  { type: 5, name: 'pushPromise', flags: 0x0c, lengthBytes: null, onStream: true },
  { type: 6, name: 'ping', flags: 0x01, lengthBytes: 8, onStream: false },
  { type: 7, name: 'goaway', flags: 0x00, lengthBytes: null, onStream: false },
  { type: 8, name: 'windowUpdate', flags: 0x00, lengthBytes: 4, onStream: null },
  { type: 9, name: 'continuation', flags: 0x04, lengthBytes: null, onStream: true },
] as const satisfies readonly FrameType[]

export const FLAG = { ack: 0x01, endHeaders: 0x04, padded: 0x08, priority: 0x20 }

/** Octets of the frame's payload. The caller has checked that its header is there. */
export function payloadBytesAt(bytes: Uint8Array, start: number): number {
  return (at(bytes, start) << 16) | u16At(bytes, start + 1)
}

/** The frame's type. */
export function typeAt(bytes: Uint8Array, start: number): number {
  return at(bytes, start + 3)
}

/** The frame's flags. */
export function flagsAt(bytes: Uint8Array, start: number): number {
  return at(bytes, start + 4)
}

/** Whether a frame header with these values is legal: a stream that shows another one is out of step. */
export function isLegalFrame(bytes: Uint8Array, start: number): boolean {
  const length = payloadBytesAt(bytes, start)
  const type: FrameType | undefined = FRAME_TYPES[typeAt(bytes, start)]
  // unknown types are passed over (RFC 9113 §4.1), but a strange length says that this is no frame
  if (type === undefined) return length <= USUAL_FRAME_BYTES
  if (type.lengthBytes !== null && length !== type.lengthBytes) return false
  if (type.name === 'settings' && length % 6 !== 0) return false
  if (type.name === 'goaway' && length < 8) return false
  const stream = u32At(bytes, start + 5) & 0x7fff_ffff
  return type.onStream === null || type.onStream === (stream !== 0)
}

/** Whether a frame header stands here that an encoder in good order writes: for streams that are not in step. */
export function isUsualFrame(bytes: Uint8Array, start: number): boolean {
  const type: FrameType | undefined = FRAME_TYPES[typeAt(bytes, start)]
  if (type === undefined || payloadBytesAt(bytes, start) > USUAL_FRAME_BYTES) return false
  if ((flagsAt(bytes, start) & ~type.flags) !== 0 || (at(bytes, start + 5) & 0x80) !== 0) return false
  return isLegalFrame(bytes, start)
}
