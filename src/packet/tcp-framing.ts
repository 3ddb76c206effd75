import { at, u16At } from '../bytes/at.ts'
import type { StreamProtocol } from './payload.ts'

/** What can be said of a place in a stream. `more`: too few octets to tell. */
export const PLACE = { no: -1, more: 0, yes: 1 } as const
export type Place = (typeof PLACE)[keyof typeof PLACE]

/** What begins at a place of a stream, in octets. */
export interface StreamFrame {
  /** Handed over as one payload. */
  messageBytes: number
  /** Behind it: stepped over unread, never held. UNTIL_NEXT where only the next message tells the end. */
  bodyBytes: number
}

export const UNTIL_NEXT = Number.POSITIVE_INFINITY

/**
 * How the messages of one protocol stand in a byte stream. The packet stage knows no signalling, so the stages above
 * bring these along. All functions are pure, look only at `bytes[start, end)` and never throw.
 */
export interface StreamFraming {
  readonly protocol: StreamProtocol
  /** Ports, of either end, whose streams are of this protocol whatever they begin with. */
  readonly ports: readonly number[]
  /** Whether a stream of unknown content begins with this protocol: strict, because any octets may stand there. */
  begins(bytes: Uint8Array, start: number, end: number): Place
  /** Whether a message may begin here in a stream of this protocol of which octets were lost. */
  resumes(bytes: Uint8Array, start: number, end: number): Place
  /**
   * Measures the message that begins at `start` in a stream that is in step.
   * @param looked octets before this offset were there when the answer was `more` the last time.
   * @param into filled when the answer is `yes`; the message may reach past `end`.
   * @returns `no` when no message begins here.
   */
  measure(bytes: Uint8Array, start: number, end: number, looked: number, into: StreamFrame): Place
}

const TLS_HEADER_BYTES = 5
const TLS_LARGEST = 0x4000 + 2048

/** Whether a TLS record begins here. Source: RFC 8446 §5.1, RFC 5246 §6.2.3. */
export function isTlsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < TLS_HEADER_BYTES) return false
  const type = at(bytes, start)
  const length = u16At(bytes, start + 3)
  return (
    type >= 20 &&
    type <= 23 &&
    at(bytes, start + 1) === 3 &&
    at(bytes, start + 2) <= 4 &&
    length > 0 &&
    length <= TLS_LARGEST
  )
}
