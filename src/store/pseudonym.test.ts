import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { blankEvent, NO_DETAIL } from '../event/signalling-event.ts'
import type { Finding } from '../finding/finding.ts'
import { isPseudonym } from '../numbering/mask.ts'
import { loadKey, PseudonymError, Pseudonyms } from './pseudonym.ts'

const root = mkdtempSync(join(tmpdir(), 'pseudonym-test-'))
after(() => rmSync(root, { recursive: true }))

const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex')
const IMSI = '001011234567837'
const MSISDN = '447700900123'
const IMEI = '350000001234567'
const DAY_US = 86_400_000_000
const names = new Pseudonyms(KEY, null)

/** The hidden part worked out another way: the number that the first 65 bits of the hash are, in base 32. */
function expected(text: string): string {
  const mac = createHmac('sha256', KEY).update(`telltale pseudonym v1\0${text}`).digest('hex')
  const bits = BigInt(`0x${mac}`) >> 191n
  return bits
    .toString(32)
    .padStart(13, '0')
    .replace(/./g, (digit) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(digit, 32)))
}

test('a pseudonym is what stays in clear, and the keyed hash of kind, epoch and identity', () => {
  assert.equal(names.imsi(IMSI, 0), `00101~${expected(`imsi\u00000\0${IMSI}`)}`)
  assert.equal(names.msisdn(MSISDN, 5), `44~${expected(`msisdn\u00000\0${MSISDN}`)}`)
  assert.equal(names.imei(IMEI, 5), `35000000~${expected('imei\u00000\u000035000000123456')}`)
  for (const made of [names.imsi(IMSI, 0), names.msisdn(MSISDN, 0), names.imei(IMEI, 0)]) assert.ok(isPseudonym(made))
})

test('the same key gives the same pseudonym; another key, kind or identity another one', () => {
  const again = new Pseudonyms(Buffer.from(KEY), null)
  assert.equal(again.imsi(IMSI, 7), names.imsi(IMSI, 0))
  const all = [
    names.imsi(IMSI, 0),
    names.imsi('001011234567838', 0),
    names.msisdn(IMSI, 0),
    new Pseudonyms(randomBytes(32), null).imsi(IMSI, 0),
  ]
  assert.equal(new Set(all.map((text) => text.split('~')[1])).size, all.length)
  assert.equal(names.imei('3500000012345699', 0), names.imei(IMEI, 0), 'IMEISV and IMEI of one phone')
})

test('pseudonyms change with the epoch of capture time, and only then', () => {
  const weekly = new Pseudonyms(KEY, 7)
  const at = (day: number): string => weekly.imsi(IMSI, day * DAY_US)
  assert.equal(at(14), at(20.9))
  assert.notEqual(at(14), at(21))
  assert.notEqual(at(0), at(14))
  assert.deepEqual(weekly.settings, { key: names.fingerprint, epochDays: 7 })
})

test('short and odd identities keep nothing in clear', () => {
  for (const text of ['1234', 'x'.repeat(15), '', '12345678']) assert.match(names.imsi(text, 0), /^~[a-z2-7]{13}$/)
  assert.match(names.imsi('999999999999999', 0), /^999(?:\d{2,3})?~/)
})

test('a user name keeps its realm', () => {
  const imsi = names.imsi(IMSI, 0)
  for (const [name, made] of [
    [IMSI, imsi],
    [`0${IMSI}@nai.epc.mnc001.mcc001.3gppnetwork.org`, `0${imsi}@nai.epc.mnc001.mcc001.3gppnetwork.org`],
    [`${IMSI}@ims.mnc001.mcc001.3gppnetwork.org`, `${imsi}@ims.mnc001.mcc001.3gppnetwork.org`],
    ['alice@example.org', `~${expected('name\u00000\0alice')}@example.org`],
    ['alice', `~${expected('name\u00000\0alice')}`],
    ['@example.org', '@example.org'],
  ] as const) {
    assert.equal(names.userName(name, 0), made)
  }
})

test('no identity is left in an event, and the event itself stays as it was', () => {
  const event = Object.freeze({
    ...blankEvent(),
    seq: 7,
    imsi: IMSI,
    msisdn: MSISDN,
    imei: IMEI,
    userName: IMSI,
    subjectImsi: IMSI,
    subjectMsisdn: MSISDN,
    callingGt: '4477001234567837',
    calledGt: MSISDN,
    nodeAddress: '447700900011',
    forwardedTo: '447700900124',
    sessionId: `mme.example;1;2;${IMSI}`,
    sms: { pid: 0, dcs: 0, udh: null, originator: '447700900125', oaType: null, tpdu: null },
    detail: { ...NO_DETAIL, callingNumber: '447700900126', calledNumber: '447700900127' },
  })
  const hidden = names.event(event)
  const text = JSON.stringify(hidden)
  for (const digits of [IMSI, MSISDN, IMEI, '1234567837', '90012'])
    assert.ok(!text.includes(digits), `${digits} in ${text}`)
  assert.deepEqual(
    [hidden.imsi, hidden.userName, hidden.calledGt, hidden.seq, hidden.nodeAddress],
    [names.imsi(IMSI, 0), names.imsi(IMSI, 0), names.msisdn(MSISDN, 0), 7, '447700900011'],
  )
  assert.deepEqual(Object.keys(hidden), Object.keys(event))
})

test('short codes, names and nodes stay; an event about nobody is not copied', () => {
  const bare = { ...blankEvent(), callingGt: '447700900011', calledGt: '447700900010' }
  assert.equal(names.event(bare), bare)
  for (const originator of ['12345', 'Example']) {
    const sms = { pid: 0, dcs: 0, udh: null, originator, oaType: null, tpdu: null }
    assert.equal(names.event({ ...blankEvent(), imsi: IMSI, sms }).sms?.originator, originator)
  }
})

test('a title that may be a number is hidden, towards an HLR and back, until it is known for a node', () => {
  const fresh = new Pseudonyms(KEY, null)
  const [node, number, asker] = ['447700900011', '447700900199', '33639980011']
  const begin = { ...blankEvent(), tcap: 'begin', callingGt: asker, calledSsn: 6 } as const
  const calledOf = (calledGt: string, calledSsn: number | null = 6): string | null =>
    fresh.event({ ...begin, calledGt, calledSsn }).calledGt
  assert.equal(calledOf(number), fresh.msisdn(number, 0))
  assert.equal(calledOf(number, null), fresh.msisdn(number, 0), 'a subsystem left out hides nothing')
  assert.equal(calledOf(node, 7), node, 'a VLR has the title of its node')
  assert.equal(calledOf(asker), asker, 'it began dialogues itself')
  const answer = { ...blankEvent(), tcap: 'end', calledGt: asker } as const
  assert.equal(fresh.event({ ...answer, callingGt: number }).callingGt, fresh.msisdn(number, 0))
  assert.equal(fresh.event({ ...answer, callingGt: node }).callingGt, node)
  assert.equal(calledOf(node), fresh.msisdn(node, 0))
  fresh.event({ ...blankEvent(), nodeAddress: node })
  assert.equal(calledOf(node), node)
})

test('a sender that calls by the subscriber’s own title is named by the pseudonym; any other stays', () => {
  const event = { ...blankEvent(), tcap: 'begin', callingGt: MSISDN, subjectMsisdn: MSISDN } as const
  assert.equal(names.sender(event).callingGt, names.msisdn(MSISDN, 0))
  assert.equal(names.sender({ ...event, callingGt: IMSI, subjectImsi: IMSI }).callingGt, names.imsi(IMSI, 0))
  const node = { ...event, callingGt: '447700900001' }
  assert.equal(names.sender(node), node)
})

test('a finding names its subject by pseudonym, in its sentence too', () => {
  const finding = {
    why: 'x asked about IMSI 00101********37 and forwarded calls to 44*******37; number 44********23.',
    subject: { imsi: IMSI, msisdn: MSISDN },
    source: { gt: '12465550110' },
    firstSeen: '2026-03-03T08:00:12.000001Z',
  } as Finding
  const hidden = names.finding(finding)
  const [imsi, msisdn] = [names.imsi(IMSI, 0), names.msisdn(MSISDN, 0)]
  assert.deepEqual(hidden.subject, { imsi, msisdn })
  assert.equal(hidden.why, `x asked about IMSI ${imsi} and forwarded calls to 44*******37; number ${msisdn}.`)
  assert.equal(hidden.source.gt, '12465550110')
})

test('a key is 32 random octets or 64 hexadecimal digits; an error never holds it', async () => {
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(root, name), content)
    return join(root, name)
  }
  const raw = randomBytes(48)
  assert.deepEqual(Buffer.from(await loadKey(write('raw', raw))), raw)
  assert.deepEqual(Buffer.from(await loadKey(write('hex', `${KEY.toString('hex').toUpperCase()}\n`))), KEY)
  for (const [name, content] of [
    ['short', randomBytes(31)],
    ['short-hex', KEY.toString('hex').slice(2)],
    ['empty', ''],
    ['zeros', new Uint8Array(32)],
    ['typed', 'passwordpasswordpasswordpassword'],
    ['large', randomBytes(5_000)],
  ] as const) {
    await assert.rejects(loadKey(write(name, content)), (error) => {
      assert.ok(error instanceof PseudonymError)
      assert.match(error.message, /openssl rand -hex 32/)
      if (typeof content === 'string' && content !== '') assert.ok(!error.message.includes(content))
      return true
    })
  }
  await assert.rejects(loadKey(join(root, 'none')), PseudonymError)
  assert.match(names.fingerprint, /^[0-9a-f]{8}$/)
  assert.notEqual(names.fingerprint, new Pseudonyms(randomBytes(32), null).fingerprint)
})
