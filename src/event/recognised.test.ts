import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import type { ByteStream, Payload } from '../packet/payload.ts'
import { PLACE } from '../packet/tcp-framing.ts'
import { DIAMETER_FRAMING, RecognisedMessages, type RecognisedProtocol } from './recognised.ts'

const NO_PACKET = {
  capture: 0,
  frame: 1,
  timeUs: 0,
  linkType: 1,
  bytes: new Uint8Array(0),
  start: 0,
  end: 0,
  originalLength: 0,
}

function payloadOf(octets: readonly number[], stream: ByteStream | null = null): Payload {
  const bytes = Uint8Array.from(octets)
  const common = { packet: NO_PACKET, transport: 'tcp', bytes, start: 0, end: bytes.length, ppid: 0 } as const
  return { ...common, srcIp: null, dstIp: null, srcPort: 0, dstPort: 0, association: 1, stream, anomalies: [] }
}

/** The outcome in words. */
function said(messages: RecognisedMessages, protocol: RecognisedProtocol, payload: Payload): string {
  const { protocol: name, state, reason } = messages.take(protocol, payload)
  return `${name} ${state}: ${reason}`
}

const text = (words: string) => payloadOf([...Buffer.from(words, 'latin1')])

test('counts procedures by name and type', () => {
  const messages = new RecognisedMessages()
  const head = (...octets: number[]) => payloadOf(octets)
  assert.equal(
    said(messages, 's1ap', head(0, 12, 64, 9)),
    's1ap not: procedure initialUEMessage is recognised, not decoded',
  )
  assert.equal(
    said(messages, 's1ap', head(32, 17, 0, 9)),
    's1ap not: procedure S1Setup (successfulOutcome) is recognised, not decoded',
  )
  assert.equal(
    said(messages, 'ngap', head(0, 15, 64, 9)),
    'ngap not: procedure InitialUEMessage is recognised, not decoded',
  )
  assert.equal(said(messages, 'x2ap', head(0, 6, 0, 9)), 'x2ap not: procedure x2Setup is recognised, not decoded')
  assert.equal(said(messages, 'x2ap', head(0, 250, 0, 9)), 'x2ap not: unknown procedure is recognised, not decoded')
  assert.equal(said(messages, 'ngap', head(0)), 'ngap not: truncated')
  assert.equal(messages.take('s1ap', head(0, 12, 64, 9)), messages.take('s1ap', head(0, 12, 64, 77)))
})

test('counts HTTP/1 requests by service, and answers beside them', () => {
  const messages = new RecognisedMessages()
  assert.equal(
    said(messages, 'http1', text('HTTP/1.1 200 OK\r\n\r\n')),
    'http not: answer 200 is recognised, not decoded',
  )
  assert.equal(
    said(messages, 'http1', text('GET /secret HTTP/1.1\r\n\r\n')),
    'http not: GET is recognised, not decoded',
  )
  assert.equal(
    said(messages, 'http1', text('GET /nudm-sdm/v2/imsi-001010123456789/am-data HTTP/1.1\r\n\r\n')),
    'sbi not: GET nudm-sdm/v2/{id}/am-data is recognised, not decoded',
  )
  assert.equal(
    said(messages, 'http1', text('HTTP/1.1 200 OK\r\n\r\n')),
    'sbi not: answer 200 is recognised, not decoded',
  )
  assert.equal(said(messages, 'http1', text('HTTP/1.1 999 No\r\n\r\n')), 'sbi not: answer with an impossible status')
  assert.equal(said(messages, 'http1', text('junk')), 'http not: malformed start line')
})

test('counts HTTP/2 messages of a stream, and says what it could not read', () => {
  const messages = new RecognisedMessages()
  const frame = (type: number, flags: number, ...octets: number[]) => [
    0,
    0,
    octets.length,
    type,
    flags,
    0,
    0,
    0,
    1,
    ...octets,
  ]
  const stream: ByteStream = { protocol: 'http2', gaps: 0 }
  const take = (octets: number[], on = stream) => said(messages, 'http2', payloadOf(octets, on))
  const path = [...Buffer.from('/namf-comm/v1/ue-contexts')]
  assert.equal(
    take(frame(1, 4, 0x83, 0x44, path.length, ...path)),
    'sbi not: POST namf-comm/v1/ue-contexts is recognised, not decoded',
  )
  assert.equal(take(frame(1, 4, 0x83, 0xbe)), 'sbi not: POST namf-comm/v1/ue-contexts is recognised, not decoded')
  assert.equal(take(frame(1, 4, 0x83, 0xbe), { protocol: 'http2', gaps: 1 }), 'http not: unreadable header block')
  assert.equal(take(frame(1, 4, 0x88)), 'sbi not: answer 200 is recognised, not decoded')
  assert.equal(take(frame(1, 4, 0x0f, 5, 1, 0x78)), 'http not: trailer fields are not read')
  assert.equal(take(frame(0, 1)), 'http not: body of a message is not read')
  assert.equal(take(frame(4, 1)), 'http decoded: connection management')
  assert.equal(take(frame(1, 0, 0x83)), 'http not: part of a header block')
})

test('the kinds of requests told apart are bounded', () => {
  const messages = new RecognisedMessages()
  const reasons = new Set<string>()
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  for (let i = 0; i < LIMITS.countedRequests + 50; i++) {
    const name = `${letters[i % 26]}${letters[Math.floor(i / 26) % 26]}`
    reasons.add(said(messages, 'http1', text(`GET /nudm-sdm/v1/${name} HTTP/1.1\r\n\r\n`)))
  }
  assert.equal(reasons.size, LIMITS.countedRequests + 1)
})

test('Diameter is told by a header of a kind that is in use', () => {
  const header = (flags: number, command: number[], application: number[]) =>
    Uint8Array.from([1, 0, 0, 20, flags, ...command, ...application, 0, 0, 0, 1, 0, 0, 0, 2])
  const begins = (bytes: Uint8Array, length = 20) => DIAMETER_FRAMING.begins(bytes, 0, length)
  const s6a = header(0xc0, [0, 1, 60], [1, 0, 0, 35])
  assert.equal(begins(s6a), PLACE.yes)
  assert.equal(begins(header(0x40, [0, 1, 1], [0, 0, 0, 0])), PLACE.yes)
  assert.equal(begins(header(0xc0, [128, 0, 14], [1, 0, 0, 35])), PLACE.yes)
  assert.equal(begins(header(0xc1, [0, 1, 60], [1, 0, 0, 35])), PLACE.no)
  assert.equal(begins(header(0xc0, [9, 1, 60], [1, 0, 0, 35])), PLACE.no)
  assert.equal(begins(header(0xc0, [0, 1, 60], [7, 0, 0, 35])), PLACE.no)
  for (let length = 0; length < 20; length++) assert.equal(begins(s6a, length), PLACE.more)
  const into = { messageBytes: 0, bodyBytes: 9 }
  assert.equal(DIAMETER_FRAMING.measure(s6a, 0, 20, 0, into), PLACE.yes)
  assert.deepEqual(into, { messageBytes: 20, bodyBytes: 0 })
})
