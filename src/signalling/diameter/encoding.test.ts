import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { AnomalyList } from '../anomaly.ts'
import { avp, chars, HOME, IMSI, MME, message, rawAvp, S6A, tgpp, u32, VISITED } from './avp.vectors.ts'
import { decodeDiameter } from './diameter.ts'

function encodingOf(octets: string): string {
  const bytes = hex(octets)
  const decoded = decodeDiameter(bytes, 0, bytes.length, new AnomalyList())
  assert.ok(!(decoded instanceof Fault))
  assert.ok(decoded.encoding !== null)
  return decoded.encoding
}

const request = (session: string, host: string, ...rest: readonly string[]): string =>
  message('c0', 318, S6A, avp(263, chars(session)), avp(264, chars(host)), avp(296, chars(VISITED)), ...rest)

const ASK = avp(1, chars(IMSI)) + avp(260, avp(266, u32(10415)), avp(258, u32(S6A)))

test('habits are the same whoever is asked about, by whom, over which path', () => {
  const one = encodingOf(request(`${MME};1700000000;42;s6a`, MME, ASK))
  const other = avp(1, chars('001019999999999')) + avp(260, avp(266, u32(10415)), avp(258, u32(S6A)))
  const two = encodingOf(
    request('mme7.example;1600000001;7;x', 'mme7.example', other, avp(282, chars(MME)), avp(282, chars('dra.example'))),
  )
  assert.equal(one, two)
  assert.match(
    one,
    /^sid=host;d10;d10;text flags=c0 ids=large\/large order=[0-9a-f]{8} avps=263,264,296,1,260\(266,258\)$/,
  )
})

test('each habit tells', () => {
  const session = `${MME};1700000000;42;s6a`
  const base = encodingOf(request(session, MME, ASK))
  const hop = (octets: string, hopByHop: string, endToEnd: string): string =>
    octets.slice(0, 24) + hopByHop + endToEnd + octets.slice(40)
  const others = [
    encodingOf(request(session, MME, avp(260, avp(258, u32(S6A)), avp(266, u32(10415))), avp(1, chars(IMSI)))),
    encodingOf(request(session, MME, avp(1, chars(IMSI)), avp(260, avp(258, u32(S6A)), avp(266, u32(10415))))),
    encodingOf(request(session, MME, rawAvp(1, 0, null, chars(IMSI)), ASK.slice(48))),
    encodingOf(request(session, MME, rawAvp(1, 0x60, null, chars(IMSI)), ASK.slice(48))),
    encodingOf(request(session, MME, ASK, avp(283, chars(HOME)))),
    encodingOf(request(session, MME, ASK, tgpp(1407, '00f110'))),
    encodingOf(request(session, MME, ASK).replace('c000013e', 'd000013e')),
    encodingOf(request(`${MME};65a0c2f1;00000001`, MME, ASK)),
    encodingOf(hop(request(session, MME, ASK), '00000000', '00000000')),
    encodingOf(hop(request(session, MME, ASK), '00000007', '5b000002')),
  ]
  assert.equal(new Set([base, ...others]).size, others.length + 1)
})

/** Session-Id, and its shape. Source: RFC 6733 §8.8. */
const SHAPES = [
  [`${MME};1700000000;42`, 'host;d10;d10'],
  [`${MME};0000001700;00042`, 'host;z10;z5'],
  [`${MME};65a0c2f1;12345678`, 'host;h8;h8'],
  [`${MME};65A0C2F1;0000002A`, 'host;H8;H8'],
  [`${MME};12345678901;1`, 'host;d20;d10'],
  [`${MME};1;2;${IMSI}`, 'host;d10;d10;imsi'],
  [`${MME};1;2;;app`, 'host;d10;d10;empty;text'],
  ['elsewhere.example;1;2', 'other;d10;d10'],
  ['opaque', 'other'],
  [`${MME};1;2;3;4;5;6;7;8`, 'host;d10;d10;d10;d10;d10'],
] as const

test('tells the shapes of a Session-Id', () => {
  for (const [session, shape] of SHAPES) {
    assert.ok(encodingOf(request(session, MME, ASK)).startsWith(`sid=${shape} flags=`), session)
  }
})

test('repeats count once', () => {
  const supported = tgpp(628, tgpp(629, u32(1)))
  const session = `${MME};1;2`
  assert.equal(
    encodingOf(request(session, MME, ASK, supported)),
    encodingOf(request(session, MME, ASK, supported, supported)),
  )
})
