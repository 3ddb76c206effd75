import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CASTS, HOME_LINK } from '../cast.vectors.ts'
import { s6aRequest } from '../diameter.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { secondStack } from './spf-05.ts'

const ss7 = (otid: string, invoke: string, length: string, tags = '04'): string =>
  `m3ua=-;sccp=udt0;hop=-;called=4.0.1.4.6;calling=4.0.1.4.7;otid=${otid};invoke=${invoke};length=${length};dialogue=requestv;context=3;opcode=local;argument=2:30(${tags})`
const OLD = ss7('4z0', '1', 'minimal')
const NEW = ss7('2z0', '0', 'long')

/** Requests a minute apart, each in the encoding that stands at its place. */
function told(encodings: readonly string[]) {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  for (const [i, encoding] of encodings.entries()) {
    story.invoke(i * 60, 'updateLocation', {
      callingGt: cast.partner.vlr,
      callingSsn: 7,
      imsi: cast.home.imsi,
      encoding,
    })
  }
  return tell(secondStack, story, cast.network)
}

const times = (count: number, encoding: string): string[] => Array.from({ length: count }, () => encoding)

test('fires when a second way of writing stands beside the first', () => {
  const { whys, account } = told([...times(30, OLD), NEW, OLD, OLD, NEW, ...times(60, OLD)])
  assert.equal(whys.length, 2)
  assert.match(
    whys[0] ?? '',
    /sent 2 requests .*transaction ids of 2 octets for transaction ids of 4 octets.* while \d+ came as before/,
  )
  assert.equal(account.checked, 94)
})

test('reports a new way once, a few requests of it', () => {
  const mixed = Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? NEW : OLD))
  assert.equal(told([...times(30, OLD), ...mixed]).whys.length, 3)
})

test('near miss: one feature alone, or what a request varies, is no other stack', () => {
  const few = [ss7('3z0', '1', 'minimal'), ss7('4z2', '1', 'minimal', '04.81'), ss7('4z0', 'other', 'minimal')]
  assert.deepEqual(told([...times(30, OLD), ...few, ...times(30, OLD)]).whys, [])
})

test('invoke identifiers that are counted pass small numbers, and an oddity of one request is no way of writing', () => {
  const counted = (value: string, length = 'minimal') => ss7('4z0', value, length)
  const usual = ['other', 'other', '1', 'other', '0', '2', 'negative', '-1', 'other'].map((value) => counted(value))
  const habit = [...usual, ...times(20, counted('other')), counted('other', 'long'), ...times(20, counted('other'))]
  assert.deepEqual(told([...habit, ...habit]).whys, [])
  const forged = [ss7('2z0', 'other', 'long'), ss7('2z0', '1', 'long')]
  assert.equal(told([...habit, ...forged, ...habit]).whys.length, 2)
})

test('look-alikes: a switch, and an address that always had several stacks', () => {
  assert.deepEqual(told([...times(30, OLD), ...times(90, NEW)]).whys, [])
  const two = Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? NEW : OLD))
  assert.deepEqual(told(two).whys, [])
})

test('fires on a few requests after which the source, else busy, says nothing', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, network } = cast
  const story = new Story()
  const ask = (at: number, callingGt: string, encoding: string) =>
    story.invoke(at, 'updateLocation', { callingGt, callingSsn: 7, imsi: home.imsi, encoding })
  for (let i = 0; i < 60; i++) ask(i * 60, partner.vlr, OLD)
  for (let i = 0; i < 3; i++) ask(3700 + i * 60, partner.vlr, NEW)
  ask(9000, partner.hlr, OLD)
  assert.match(tell(secondStack, story, network).whys[0] ?? '', /far fewer than it used to send/)
})

test('says what it could not check: too few requests, and silence afterwards', () => {
  assert.equal(
    told([...times(5, OLD), NEW, ...times(5, OLD)]).unavailable['too little is known of the habits of the source'],
    11,
  )
  const { unavailable, whys } = told([...times(30, OLD), NEW])
  assert.deepEqual(whys, [])
  assert.equal(unavailable['the source sent nothing more that would tell a switch from a second sender'], 1)
})

test('Diameter: sessions and order of the AVPs, whatever the agents and optional AVPs', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, network } = cast
  const usual = 'sid=host;d10;d10 flags=c0 ids=large/large order=1 avps=263,260(266,258),277,264,296,283,1'
  const agent =
    'sid=host;d10;d10 flags=d0 ids=small/large order=2 avps=263,260(266,258),277,264,296,293,283,1,10415/1405'
  const forged = 'sid=other;h8;h8 flags=c0 ids=large/large order=3 avps=263,264,296,283,277,1'
  const story = new Story()
  for (let i = 0; i < 60; i++) {
    const encoding = i === 30 ? forged : i % 2 === 0 ? usual : agent
    story.add(i * 10, s6aRequest('Cancel-Location', partner.plmn, home.plmn, { encoding }, 'hss'))
  }
  const { detections } = tell(secondStack, story, network)
  assert.deepEqual(
    detections.map(({ event }) => event.seq),
    [31],
  )
})

test('our own nodes inside are none of its business', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  for (let i = 0; i < 40; i++) {
    const link = { opc: HOME_LINK.pointCode, dpc: HOME_LINK.otherPointCode }
    story.invoke(i, 'sendIMSI', { callingGt: cast.home.hlr, encoding: i === 30 ? NEW : OLD, ...link })
  }
  assert.equal(tell(secondStack, story, cast.network).account.checked, 0)
})
