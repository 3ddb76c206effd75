import { at, u32At } from '../../bytes/at.ts'
import { PLACE, type Place, type StreamFrame, type StreamFraming } from '../../packet/tcp-framing.ts'
import {
  FLAG,
  FRAME_HEADER_BYTES,
  flagsAt,
  isLegalFrame,
  isUsualFrame,
  PREFACE,
  payloadBytesAt,
  typeAt,
} from './frames.ts'

const DATA = 0
const HEADERS = 1
const SETTINGS = 4
/** Settings that a first SETTINGS frame holds at most: six are defined, and some stacks send more. */
const MOST_SETTINGS = 32
const FIRST_OF_PREFACE = 0x50

/**
 * How HTTP/2 frames stand in a TCP stream: each frame is a message, of DATA only the header, and the connection preface
 * is one too. Source: RFC 9113 §3.4, §4.1.
 */
export const HTTP2_FRAMING: StreamFraming = { protocol: 'http2', ports: [], begins, resumes, measure }

/** The preface, a first SETTINGS frame, or nothing but whole frames of which one is HEADERS, when joined in the middle. */
function begins(bytes: Uint8Array, start: number, end: number): Place {
  const place = prefaceAt(bytes, start, end)
  if (place !== PLACE.no) return place
  if (at(bytes, start) !== 0) return PLACE.no
  if (end - start < FRAME_HEADER_BYTES) return PLACE.more
  if (isFirstSettings(bytes, start)) return PLACE.yes
  return isRowOfFrames(bytes, start, end) ? PLACE.yes : PLACE.no
}

function resumes(bytes: Uint8Array, start: number, end: number): Place {
  const place = prefaceAt(bytes, start, end)
  if (place !== PLACE.no) return place
  if (at(bytes, start) !== 0) return PLACE.no
  if (end - start < FRAME_HEADER_BYTES) return PLACE.more
  return isUsualFrame(bytes, start) ? PLACE.yes : PLACE.no
}

function measure(bytes: Uint8Array, start: number, end: number, _looked: number, into: StreamFrame): Place {
  const place = prefaceAt(bytes, start, end)
  if (place === PLACE.yes) {
    into.messageBytes = PREFACE.length
    into.bodyBytes = 0
  }
  if (place !== PLACE.no) return place
  if (end - start < FRAME_HEADER_BYTES) return PLACE.more
  if (!isLegalFrame(bytes, start)) return PLACE.no
  const payloadBytes = payloadBytesAt(bytes, start)
  const isData = typeAt(bytes, start) === DATA
  into.messageBytes = isData ? FRAME_HEADER_BYTES : FRAME_HEADER_BYTES + payloadBytes
  into.bodyBytes = isData ? payloadBytes : 0
  return PLACE.yes
}

function prefaceAt(bytes: Uint8Array, start: number, end: number): Place {
  if (start >= end) return PLACE.more
  // in a frame this would be a length past five million
  if (at(bytes, start) !== FIRST_OF_PREFACE) return PLACE.no
  const count = Math.min(PREFACE.length, end - start)
  for (let i = 0; i < count; i++) if (at(bytes, start + i) !== PREFACE[i]) return PLACE.no
  return count === PREFACE.length ? PLACE.yes : PLACE.more
}

function isFirstSettings(bytes: Uint8Array, start: number): boolean {
  const length = payloadBytesAt(bytes, start)
  return (
    typeAt(bytes, start) === SETTINGS &&
    flagsAt(bytes, start) === 0 &&
    u32At(bytes, start + 5) === 0 &&
    length % 6 === 0 &&
    length <= MOST_SETTINGS * 6
  )
}

function isRowOfFrames(bytes: Uint8Array, start: number, end: number): boolean {
  let place = start
  let headers = false
  while (place + FRAME_HEADER_BYTES <= end && isUsualFrame(bytes, place)) {
    headers ||= typeAt(bytes, place) === HEADERS && (flagsAt(bytes, place) & FLAG.endHeaders) !== 0
    place += FRAME_HEADER_BYTES + payloadBytesAt(bytes, place)
  }
  return headers && place === end
}
