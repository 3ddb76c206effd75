import { u32At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { ByteStream, Payload } from '../packet/payload.ts'
import { PLACE, type Place, type StreamFrame, type StreamFraming } from '../packet/tcp-framing.ts'
import { diameterMessageLength, HEADER_BYTES } from '../signalling/diameter/framing.ts'
import { decodeStartLine, HTTP1_FRAMING, METHODS } from '../signalling/http2/http1.ts'
import { Http2Direction } from '../signalling/http2/http2.ts'
import { HTTP2_FRAMING } from '../signalling/http2/http2-framing.ts'
import { parseServicePath } from '../signalling/http2/request-path.ts'
import { NGAP_PROCEDURES } from '../signalling/ngap/ngap-procedures.ts'
import { decodePduHead, PDU_TYPES, type Procedure } from '../signalling/s1ap/pdu-head.ts'
import { S1AP_PROCEDURES } from '../signalling/s1ap/s1ap-procedures.ts'
import { X2AP_PROCEDURES } from '../signalling/s1ap/x2ap-procedures.ts'
import { type Outcome, outcome } from './coverage.ts'

/** Bits of the command flags that are reserved, and application identifiers in use. Source: RFC 6733 §3, §11.3. */
const DIAMETER_RESERVED_FLAGS = 0x0f
const DIAMETER_LAST_COMMAND = 8_388_999
const DIAMETER_FIRST_VENDOR_COMMAND = 8_388_608
const DIAMETER_STANDARD_COMMANDS = 1_024
const DIAMETER_STANDARD_APPLICATIONS = 256
const DIAMETER_VENDOR_APPLICATION = 0x0100_0000
const DIAMETER_RELAY = 0xffff_ffff

/** How Diameter messages stand in a TCP stream. Source: RFC 6733 §2.1 (port 3868), §3. */
export const DIAMETER_FRAMING: StreamFraming = {
  protocol: 'diameter',
  ports: [3868],
  begins: plausibleDiameter,
  resumes: plausibleDiameter,
  measure(bytes, start, end, _looked, into: StreamFrame) {
    const length = diameterMessageLength(bytes, start, end)
    into.messageBytes = length
    into.bodyBytes = 0
    return length > 0 ? PLACE.yes : length === 0 ? PLACE.more : PLACE.no
  },
}

/** What is cut out of TCP streams: for the constructor of PacketDecoder. */
export const STREAM_FRAMINGS: readonly StreamFraming[] = [DIAMETER_FRAMING, HTTP2_FRAMING, HTTP1_FRAMING]

/** A header of a kind that is in use: in a stream of which nothing is known, the version and the length say too little. */
function plausibleDiameter(bytes: Uint8Array, start: number, end: number): Place {
  const length = diameterMessageLength(bytes, start, end)
  if (length < 0) return PLACE.no
  if (end - start < HEADER_BYTES) return PLACE.more
  const command = u32At(bytes, start + 4) & 0xff_ffff
  const application = u32At(bytes, start + 8)
  const isCommand =
    command < DIAMETER_STANDARD_COMMANDS ||
    (command >= DIAMETER_FIRST_VENDOR_COMMAND && command <= DIAMETER_LAST_COMMAND)
  const isApplication =
    application < DIAMETER_STANDARD_APPLICATIONS ||
    application >>> 16 === DIAMETER_VENDOR_APPLICATION >>> 16 ||
    application === DIAMETER_RELAY
  const reserved = (u32At(bytes, start + 4) >>> 24) & DIAMETER_RESERVED_FLAGS
  return isCommand && isApplication && reserved === 0 ? PLACE.yes : PLACE.no
}

/** Protocols whose messages are recognised and counted. */
export type RecognisedProtocol = 's1ap' | 'x2ap' | 'ngap' | 'http1' | 'http2'

const SETTINGS = outcome('http', 'decoded', 'connection management')
const BODY = outcome('http', 'not', 'body of a message is not read')
const PART = outcome('http', 'not', 'part of a header block')
const UNREADABLE = outcome('http', 'not', 'unreadable header block')
const TRAILERS = outcome('http', 'not', 'trailer fields are not read')
const BAD_LINE = outcome('http', 'not', 'malformed start line')
const OTHER_METHOD = 'other method'
const UNKNOWN_PROCEDURE = 'unknown procedure is recognised, not decoded'

const PROCEDURES: Record<'s1ap' | 'x2ap' | 'ngap', readonly Procedure[]> = {
  s1ap: S1AP_PROCEDURES,
  x2ap: X2AP_PROCEDURES,
  ngap: NGAP_PROCEDURES,
}

/** Messages of protocols that are only recognised and counted, as outcomes for the coverage. */
export class RecognisedMessages {
  /** By protocol, 256 procedure codes and PDU type. */
  private readonly procedures: Record<'s1ap' | 'x2ap' | 'ngap', (Outcome | undefined)[]> = {
    s1ap: [],
    x2ap: [],
    ngap: [],
  }
  /** Held as long as the packet stage holds the stream. */
  private readonly directions = new WeakMap<ByteStream, Http2Direction>()
  private readonly requests = new Map<string, Outcome>()
  private readonly answers = new Map<string, Outcome>()
  /** Connections on which a request of the service-based interface was seen. */
  private readonly serviceBased = new Set<number>()

  /** Counts the message. @returns what to say of it, one of a bounded number of outcomes. Never throws. */
  take(protocol: RecognisedProtocol, payload: Payload): Outcome {
    if (protocol === 'http1') return this.takeHttp1(payload)
    return protocol === 'http2' ? this.takeHttp2(payload) : this.takeProcedure(protocol, payload)
  }

  private takeProcedure(protocol: 's1ap' | 'x2ap' | 'ngap', { bytes, start, end }: Payload): Outcome {
    const head = decodePduHead(bytes, start, end, protocol)
    if (head instanceof Fault) return outcome(protocol, 'not', head.reason)
    const table = this.procedures[protocol]
    const place = head.procedureCode * PDU_TYPES.length + PDU_TYPES.indexOf(head.type)
    const known = table[place]
    if (known !== undefined) return known
    const name = PROCEDURES[protocol].find((row) => row.code === head.procedureCode)?.name
    const type = head.type === 'initiatingMessage' ? '' : ` (${head.type})`
    const words = name === undefined ? UNKNOWN_PROCEDURE : `procedure ${name}${type} is recognised, not decoded`
    const made = outcome(protocol, 'not', words)
    table[place] = made
    return made
  }

  private takeHttp1({ bytes, start, end, association }: Payload): Outcome {
    const line = decodeStartLine(bytes, start, end)
    if (line === null) return BAD_LINE
    return this.message(association, line.method, line.target, line.status) ?? BAD_LINE
  }

  private takeHttp2({ bytes, start, end, association, stream }: Payload): Outcome {
    if (stream === null) return UNREADABLE
    let direction = this.directions.get(stream)
    if (direction === undefined) {
      direction = new Http2Direction()
      this.directions.set(stream, direction)
    }
    switch (direction.take(bytes, start, end, stream.gaps)) {
      case 'control':
        return SETTINGS
      case 'data':
        return BODY
      case 'part':
        return PART
      case 'unreadable':
        return UNREADABLE
      case 'headers': {
        const { method, path, status, missing } = direction.headers
        return this.message(association, method, path, status) ?? (missing ? UNREADABLE : TRAILERS)
      }
    }
  }

  /** @returns null when it is neither a request nor an answer. */
  private message(
    association: number,
    method: string | null,
    path: string | null,
    status: string | null,
  ): Outcome | null {
    if (status !== null) return this.answer(association, status)
    if (method === null || path === null) return null
    const service = parseServicePath(path)
    if (service !== null) {
      if (this.serviceBased.size >= LIMITS.sbiConnections) this.serviceBased.clear()
      this.serviceBased.add(association)
    }
    const known = (METHODS as readonly string[]).includes(method) ? method : OTHER_METHOD
    return this.request(service === null ? 'http' : 'sbi', known, service?.resource ?? '')
  }

  private request(protocol: 'http' | 'sbi', method: string, resource: string): Outcome {
    const key = `${method} ${resource}`
    const known = this.requests.get(key)
    if (known !== undefined) return known
    if (this.requests.size >= LIMITS.countedRequests)
      return outcome(protocol, 'not', 'a request of one more kind is recognised, not decoded')
    const made = outcome(protocol, 'not', `${resource === '' ? method : key} is recognised, not decoded`)
    this.requests.set(key, made)
    return made
  }

  private answer(association: number, status: string): Outcome {
    const protocol = this.serviceBased.has(association) ? 'sbi' : 'http'
    const key = `${protocol} ${status}`
    const known = this.answers.get(key)
    if (known !== undefined) return known
    const made = /^[1-5]\d\d$/.test(status)
      ? outcome(protocol, 'not', `answer ${status} is recognised, not decoded`)
      : outcome(protocol, 'not', 'answer with an impossible status')
    if (made.reason.startsWith('answer w')) return made
    this.answers.set(key, made)
    return made
  }
}
