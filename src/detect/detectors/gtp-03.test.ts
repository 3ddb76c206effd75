import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CASTS, type Cast } from '../cast.vectors.ts'
import { GATEWAYS, gatewayNetwork, gtpRequest } from '../gtp.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { gtpGuessing } from './gtp-03.ts'

const { home: ours, inner, nobody, partner, other } = GATEWAYS
const IMSI_NOT_KNOWN = 96
const CONTEXT_NOT_FOUND = 64
const ACCEPTED = 16

function ask(
  story: Story,
  at: number,
  from: string,
  cause: number,
  given: { readonly imsi?: string; readonly teid?: string; readonly operation?: string },
): void {
  const { imsi = null, teid = null, operation = imsi === null ? 'Delete Session' : 'Create Session' } = given
  const request = story.add(at, gtpRequest(operation, from, ours, { imsi, subjectImsi: imsi, teid }))
  const back = {
    srcIp: request.dstIp,
    dstIp: request.srcIp,
    answers: request.seq,
    resultCode: cause,
    kind: 'answer' as const,
  }
  story.add(at + 0.1, gtpRequest(operation, ours, from, back))
}

const imsiOf = ({ home }: Cast, serial: number): string =>
  home.plmn + String(serial).padStart(15 - home.plmn.length, '0')
const scattered = (i: number): number => (i * 7_919_317) % 99_999_989

test('fires once on subscribers tried in sequence, and on many scattered ones', () => {
  for (const cast of CASTS) {
    for (const [count, serialOf] of [
      [20, (i: number) => 1000 + i],
      [40, scattered],
    ] as const) {
      const story = new Story()
      for (let i = 0; i < count; i++) ask(story, i * 3, nobody, IMSI_NOT_KNOWN, { imsi: imsiOf(cast, serialOf(i)) })
      const { whys, detections } = tell(gtpGuessing, story, gatewayNetwork(cast))
      assert.equal(whys.length, 1)
      assert.match(whys[0] ?? '', /198\.18\.7\.7 of an unknown network tried \d+ subscribers .*at 192\.0\.2\.33/)
      assert.equal(detections[0]?.event.kind, 'request')
    }
  }
})

test('fires on tunnels tried', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  for (let i = 0; i < 40; i++)
    ask(story, i, nobody, CONTEXT_NOT_FOUND, { teid: (0x1000 + i).toString(16).padStart(8, '0') })
  assert.match(tell(gtpGuessing, story, gatewayNetwork(cast)).whys[0] ?? '', /tunnel endpoints in sequence/)
})

test('near misses: mostly accepted, too few, the same one again, too slow, inside', () => {
  for (const cast of CASTS) {
    const story = new Story()
    for (let i = 0; i < 200; i++)
      ask(story, i, partner, i % 4 === 0 ? IMSI_NOT_KNOWN : ACCEPTED, { imsi: imsiOf(cast, scattered(i)) })
    for (let i = 0; i < 12; i++) ask(story, 200 + i, nobody, IMSI_NOT_KNOWN, { imsi: imsiOf(cast, i) })
    for (let i = 0; i < 90; i++) ask(story, 300 + i, other, IMSI_NOT_KNOWN, { imsi: cast.home.imsi })
    for (let i = 0; i < 60; i++) ask(story, 400 + i, inner, IMSI_NOT_KNOWN, { imsi: imsiOf(cast, i) })
    for (let i = 0; i < 60; i++) ask(story, 3000 + i * 400, '198.18.9.9', IMSI_NOT_KNOWN, { imsi: imsiOf(cast, i) })
    assert.deepEqual(tell(gtpGuessing, story, gatewayNetwork(cast)).whys, [])
  }
})

test('look-alikes: a gateway that forgot its sessions, and a batch of SIMs that is accepted', () => {
  for (const cast of CASTS) {
    const restart = new Story()
    for (let i = 0; i < 120; i++) {
      const from = [partner, other, nobody][i % 3] ?? nobody
      ask(restart, i, from, CONTEXT_NOT_FOUND, { teid: scattered(i).toString(16).padStart(8, '0') })
    }
    assert.deepEqual(tell(gtpGuessing, restart, gatewayNetwork(cast)).whys, [])
    const batch = new Story()
    for (let i = 0; i < 90; i++) ask(batch, i, partner, ACCEPTED, { imsi: imsiOf(cast, i) })
    assert.deepEqual(tell(gtpGuessing, batch, gatewayNetwork(cast)).whys, [])
  }
})

test('says what it could not check', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  story.add(0, gtpRequest('Create Session', ours, nobody, { kind: 'answer', resultCode: IMSI_NOT_KNOWN }))
  assert.deepEqual(tell(gtpGuessing, story, gatewayNetwork(cast)).unavailable, { 'the request was not captured': 1 })
})
