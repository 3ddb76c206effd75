import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs } from '../../bytes/bytes.vectors.ts'
import { LIMITS } from '../../limits.ts'
import { PLACE, type StreamFraming, UNTIL_NEXT } from '../../packet/tcp-framing.ts'
import { PREFACE } from './frames.ts'
import { HpackDecoder, type PseudoHeaders } from './hpack.ts'
import { HPACK_VECTORS } from './hpack.vectors.ts'
import { decodeStartLine, HTTP1_FRAMING } from './http1.ts'
import { Http2Direction } from './http2.ts'
import { HTTP2_FRAMING } from './http2-framing.ts'
import { CODE_LENGTHS, decodeHuffman, huffmanCodes } from './huffman.ts'
import { parseServicePath } from './request-path.ts'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const fresh = (): PseudoHeaders => ({ method: null, path: null, authority: null, status: null, missing: false })

/** An HTTP/2 frame. */
function frame(type: number, flags: number, stream: number, payload: readonly number[]): number[] {
  return [
    payload.length >> 16,
    (payload.length >> 8) & 0xff,
    payload.length & 0xff,
    type,
    flags,
    0,
    0,
    0,
    stream,
    ...payload,
  ]
}

test('the Huffman code is complete, and has the codes of the table', () => {
  assert.equal(CODE_LENGTHS.length, 257)
  assert.equal(
    CODE_LENGTHS.reduce((sum, length) => sum + 2 ** (30 - length), 0),
    2 ** 30,
  )
  const codes = huffmanCodes()
  // RFC 7541 Appendix B, rows of several lengths
  const rows: [number, number][] = [
    [0, 0x1ff8],
    [10, 0x3ffffffc],
    [48, 0],
    [90, 0xfd],
    [128, 0xfffe6],
    [142, 0xffffeb],
  ]
  const more: [number, number][] = [
    [162, 0xfffe9],
    [195, 0x7fff1],
    [230, 0x1fffe8],
    [249, 0xffffffe],
    [256, 0x3fffffff],
  ]
  for (const [symbol, code] of [...rows, ...more]) assert.equal(codes[symbol], code, `${symbol}`)
})

test('Huffman strings come back, and only right padding is taken', () => {
  const codes = huffmanCodes()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
      let bits = ''
      for (const octet of octets) bits += (codes[octet] ?? 0).toString(2).padStart(CODE_LENGTHS[octet] ?? 0, '0')
      const padding = (8 - (bits.length % 8)) % 8
      const coded = (bits + '1'.repeat(padding)).match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []
      const into = new Uint8Array(40)
      assert.equal(decodeHuffman(Uint8Array.from(coded), 0, coded.length, into), octets.length)
      assert.deepEqual(into.subarray(0, octets.length), octets)
      if (padding > 0) {
        coded[coded.length - 1] = (coded[coded.length - 1] ?? 0) & ~1
        assert.equal(decodeHuffman(Uint8Array.from(coded), 0, coded.length, into), -1)
      }
    }),
    { seed: 3, numRuns: 300 },
  )
  assert.equal(decodeHuffman(bytesOf('ffffffff'), 0, 4, new Uint8Array(4)), -1)
  assert.equal(decodeHuffman(bytesOf('07ff'), 0, 2, new Uint8Array(4)), -1)
})

for (const { name, blocks } of HPACK_VECTORS) {
  test(`HPACK: ${name}`, () => {
    const hpack = new HpackDecoder()
    for (const { hex, expected } of blocks) {
      const bytes = bytesOf(hex)
      const into = fresh()
      assert.equal(hpack.decode(bytes, 0, bytes.length, into), true)
      assert.deepEqual(into, { ...expected, missing: false })
    }
  })
  test(`HPACK: every strict prefix of ${name} is read in part or refused`, () => {
    for (const { hex, expected } of blocks) {
      const bytes = bytesOf(hex)
      for (let length = 0; length < bytes.length; length++) {
        const into = fresh()
        new HpackDecoder().decode(bytes, 0, length, into)
        if (into.status !== null) assert.equal(into.status, expected.status)
        if (into.method !== null) assert.equal(into.method, expected.method)
      }
    }
  })
}

test('HPACK: entries added since the stream was joined are found, older ones are missing', () => {
  const hpack = new HpackDecoder()
  const into = fresh()
  // :path literal with indexing, then a reference to it (62) and to one before it (63)
  const first = [0x44, 2, 0x2f, 0x61]
  assert.equal(hpack.decode(Uint8Array.from(first), 0, 4, into), true)
  assert.equal(hpack.decode(Uint8Array.of(0xbe, 0x82), 0, 2, into), true)
  assert.deepEqual(into, { ...fresh(), method: 'GET', path: '/a' })
  hpack.decode(Uint8Array.of(0xbf), 0, 1, into)
  assert.equal(into.missing, true)
  hpack.forget()
  hpack.decode(Uint8Array.of(0xbe), 0, 1, into)
  assert.equal(into.missing, true)
})

test('HPACK: the size of an entry is that of its octets, also where its text is not kept', () => {
  const hpack = new HpackDecoder()
  const into = fresh()
  // a table of 128 octets: `x: yyyy` takes 37, so a named value by its index must take 37 too and three entries fit
  const literal = [0x40, 1, 0x78, 4, 0x79, 0x79, 0x79, 0x79]
  const named = [0x7e, 4, 0x7a, 0x7a, 0x7a, 0x7a]
  const path = [0x44, 2, 0x2f, 0x61]
  const block = Uint8Array.from([0x3f, 97, ...path, ...literal, ...named])
  assert.equal(hpack.decode(block, 0, block.length, into), true)
  assert.equal(hpack.decode(Uint8Array.of(0xc0), 0, 1, into), true)
  assert.deepEqual({ path: into.path, missing: into.missing }, { path: '/a', missing: false })
  // one more entry pushes the oldest out
  assert.equal(hpack.decode(Uint8Array.from([...named, 0xc1]), 0, 7, into), true)
  assert.equal(into.missing, true)
})

test('HPACK: random blocks are read or refused, and cost in proportion', async () => {
  const hpack = new HpackDecoder()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.equal(typeof hpack.decode(bytes, 0, bytes.length, fresh()), 'boolean')
    }),
    { seed: 4, numRuns: 500 },
  )
  await assertLinear((times) => {
    const count = 1_000 * times
    const block = new Uint8Array(count).fill(0x40)
    const one = new HpackDecoder()
    return costUs(() => {
      for (let i = 0; i < 200; i++) one.decode(block, 0, count, fresh())
    })
  })
})

test('HTTP/2: reads header blocks whole, padded, with priority, and in parts', () => {
  const block = [0x82, 0x44, 2, 0x2f, 0x61]
  const direction = new Http2Direction()
  const take = (octets: number[], gaps = 0) => direction.take(Uint8Array.from(octets), 0, octets.length, gaps)
  assert.equal(take([...PREFACE]), 'control')
  assert.equal(take(frame(4, 0, 0, [])), 'control')
  assert.equal(take(frame(1, 0x04, 1, block)), 'headers')
  assert.equal(direction.headers.path, '/a')
  assert.equal(take(frame(1, 0x2c, 1, [3, 0, 0, 0, 0, 9, 0x82, 0xbe, 0, 0, 0])), 'headers')
  assert.equal(direction.headers.path, '/a')
  assert.equal(take(frame(1, 0, 3, block.slice(0, 2))), 'part')
  assert.equal(take(frame(9, 0, 3, block.slice(2, 4))), 'part')
  assert.equal(take(frame(9, 4, 3, block.slice(4))), 'headers')
  assert.equal(direction.headers.path, '/a')
  assert.equal(take(frame(0, 1, 3, [])), 'data')
  assert.equal(take(frame(1, 0x0c, 1, [9, 1])), 'unreadable')
  assert.equal(take(frame(9, 4, 1, [1])), 'unreadable')
})

test('HTTP/2: what was lost is not found, and a flood of parts ends', () => {
  const direction = new Http2Direction()
  const take = (octets: number[], gaps = 0) => direction.take(Uint8Array.from(octets), 0, octets.length, gaps)
  take(frame(1, 4, 1, [0x44, 2, 0x2f, 0x61]))
  assert.equal(take(frame(1, 4, 1, [0xbe]), 1), 'headers')
  assert.deepEqual(direction.headers, { ...fresh(), missing: true })
  take(frame(1, 0, 1, [0x82]), 1)
  const kinds = Array.from({ length: LIMITS.hpackParts + 1 }, () => take(frame(9, 0, 1, []), 1))
  assert.ok(kinds.includes('unreadable'))
  assert.equal(kinds[0], 'part')
})

const place = (framing: StreamFraming, octets: Uint8Array) => framing.begins(octets, 0, octets.length)
const measured = (framing: StreamFraming, octets: Uint8Array) => {
  const into = { messageBytes: -1, bodyBytes: -1 }
  return framing.measure(octets, 0, octets.length, 0, into) === PLACE.yes ? [into.messageBytes, into.bodyBytes] : null
}

test('HTTP/2: tells streams by preface, settings, or a row of frames', () => {
  const headers = frame(1, 4, 1, [0x82])
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from([...PREFACE, 1])), PLACE.yes)
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from(PREFACE.slice(0, 9))), PLACE.more)
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from(frame(4, 0, 0, [0, 3, 0, 0, 0, 9]))), PLACE.yes)
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from(frame(4, 0, 0, [0, 3, 0, 0, 9]))), PLACE.no)
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from([...frame(8, 0, 0, [0, 0, 0, 9]), ...headers])), PLACE.yes)
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from([...headers, 1])), PLACE.no)
  assert.equal(place(HTTP2_FRAMING, Uint8Array.from(frame(8, 0, 0, [0, 0, 0, 9]))), PLACE.no)
  assert.deepEqual(measured(HTTP2_FRAMING, Uint8Array.from(headers)), [10, 0])
  assert.deepEqual(measured(HTTP2_FRAMING, Uint8Array.from(frame(0, 0, 1, [1, 2, 3]))), [9, 3])
  assert.equal(measured(HTTP2_FRAMING, Uint8Array.from(frame(1, 0, 0, [1]))), null)
})

const HEAD = 'PUT /nudm-uecm/v1/imsi-001010123456789/registrations HTTP/1.1\r\nHost: udm\r\nContent-Length: 12\r\n\r\n'

test('HTTP/1: measures a message by its head and the length of its body', () => {
  const cases: [string, [number, number] | null][] = [
    [HEAD, [HEAD.length, 12]],
    ['GET / HTTP/1.1\r\n\r\n', [18, 0]],
    ['HTTP/1.1 204 No Content\r\n\r\n', [27, 0]],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', [47, UNTIL_NEXT]],
    ['HTTP/1.1 200 OK\r\n\r\n', [19, UNTIL_NEXT]],
    ['HTTP/1.1 200 OK\ncontent-length: 5\n\n', [35, 5]],
    ['GET / SIP/2.0\r\n\r\n', null],
    ['GET a b c d\r\n\r\n', null],
  ]
  for (const [text, expected] of cases) assert.deepEqual(measured(HTTP1_FRAMING, ascii(text)), expected, text)
  assert.equal(place(HTTP1_FRAMING, ascii('GETTING')), PLACE.no)
  assert.equal(place(HTTP1_FRAMING, ascii('GE')), PLACE.more)
  assert.equal(HTTP1_FRAMING.begins(new Uint8Array(9), 5, 5), PLACE.more)
})

test('HTTP/1: every strict prefix asks for more, whatever was looked at before', () => {
  const bytes = ascii(HEAD)
  const into = { messageBytes: 0, bodyBytes: 0 }
  for (let length = 0; length < bytes.length; length++)
    assert.equal(HTTP1_FRAMING.measure(bytes, 0, length, 0, into), PLACE.more)
  for (let looked = 0; looked < bytes.length; looked++)
    assert.equal(HTTP1_FRAMING.measure(bytes, 0, bytes.length, looked, into), PLACE.yes, `${looked}`)
})

test('HTTP/1: decodes start lines', () => {
  const line = (text: string) => decodeStartLine(ascii(text), 0, text.length)
  assert.deepEqual(line('POST /a HTTP/1.1\r\nx: y\r\n\r\n'), { method: 'POST', target: '/a', status: null })
  assert.deepEqual(line('HTTP/1.1 404 Not Found\r\n\r\n'), { method: null, target: null, status: '404' })
  assert.equal(line('POST /a\r\n'), null)
  assert.equal(line(''), null)
})

test('a path tells the service and the resource, never whom it concerns', () => {
  const cases: [string, string | null][] = [
    ['/nudm-sdm/v2/imsi-001010123456789/am-data?plmn-id=x', 'nudm-sdm/v2/{id}/am-data'],
    [
      '/nudm-uecm/v1/imsi-001010123456789/registrations/amf-3gpp-access',
      'nudm-uecm/v1/{id}/registrations/amf-3gpp-access',
    ],
    ['http://udm.example.org:80/prefix/nudm-sdm/v2/nai-bob@example.org/sm-data', 'nudm-sdm/v2/{id}/sm-data'],
    ['/nudm-sdm/v2/nai-bob%40example/sm-data', 'nudm-sdm/v2/{id}/sm-data'],
    ['/nnrf-nfm/v1/nf-instances/39071c32-610c-41ee-88db-db0243acbcd6', 'nnrf-nfm/v1/nf-instances/{id}'],
    ['/n32c-handshake/v1/exchange-capability', 'n32c-handshake/v1/exchange-capability'],
    ['/oauth2/token', 'oauth2/token'],
    ['/index.html', null],
    ['/nudm-sdm', null],
    ['/a/b/c/d/e/nudm-sdm/v2', null],
    ['', null],
  ]
  for (const [target, expected] of cases) assert.equal(parseServicePath(target)?.resource ?? null, expected, target)
})

test('a path of any length and content is read in bounded time', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const path = parseServicePath(`/nudm-sdm/v2/${text}`)
      assert.ok(path !== null && /^nudm-sdm\/v2(\/[a-z0-9{}-]+)*$/.test(path.resource))
    }),
    { seed: 5, numRuns: 300 },
  )
  assert.equal(parseServicePath(`/nudm-sdm/v2${'/a1'.repeat(9_999)}`)?.resource.split('/').length, 10)
})
