import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { AnomalyList } from '../anomaly.ts'
import { decodeOtaCommand, decodeOtaResponse, otaDataRange } from './ota-packet.ts'
import { COMMANDS, commandPacket, FILLER, RESERVED_TAR, RESPONSES } from './ota-packet.vectors.ts'
import { RESPONSE_STATUSES } from './ota-security.ts'
import { TOOLKIT_APPLICATIONS, toolkitApplicationName } from './toolkit-applications.ts'
import { decodeTpdu, type SmsTpdu } from './tpdu.ts'

const STAMP = '62302080510300'

/** The fields of `all` that `wanted` names. */
function pick(all: object, wanted: object): unknown {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in wanted))
}

/** A DELIVER with this body, decoded. @param udh elements, '' for no header. */
function deliver(pid: string, dcs: string, udh: string, body: string): [SmsTpdu, readonly string[]] {
  const octets = udh.length / 2
  const header = udh === '' ? '' : octets.toString(16).padStart(2, '0') + udh
  const data = header + body.replaceAll(' ', '')
  const isPacked = dcs === '00'
  const length = Math.floor((data.length / 2) * (isPacked ? 8 / 7 : 1))
  const bytes = hex(
    udh === '' ? '04' : '44',
    `0591 2143f5 ${pid} ${dcs} ${STAMP}`,
    length.toString(16).padStart(2, '0'),
    data,
  )
  const anomalies = new AnomalyList()
  const found = decodeTpdu(bytes, 0, bytes.length, true, anomalies)
  assert.ok(!(found instanceof Fault))
  return [found, anomalies.list()]
}

for (const [kind, table, decode] of [
  ['command', COMMANDS, decodeOtaCommand],
  ['response', RESPONSES, decodeOtaResponse],
] as const) {
  for (const { what, hex: octets, expected } of table) {
    test(`reads a ${kind} packet ${what}`, () => {
      const bytes = hex('ff', octets, 'ff')
      const found = decode(bytes, 1, bytes.length - 1, 'udh', false)
      assert.ok(found !== null)
      assert.deepEqual(pick(found, expected), expected)
    })

    test(`a prefix of a ${kind} packet ${what} is nothing, or says that it is not complete`, () => {
      for (const bytes of prefixes(hex(octets))) {
        const found = decode(bytes, 0, bytes.length, 'udh', true)
        assert.ok(found === null || !found.complete)
        assert.equal(decode(bytes, 0, bytes.length, 'structure', false), null)
      }
    })
  }
}

test('lengths that contradict each other are no packet', () => {
  for (const octets of ['0016 0c', '0016 16', '0000 0d', '000d 0d']) {
    const bytes = hex(octets, '0000 0000 b00010 000000000000', FILLER)
    assert.equal(decodeOtaCommand(bytes, 0, bytes.length, 'udh', false), null)
  }
  const short = hex('000b 09 b00010 0000000000 00 00')
  assert.equal(decodeOtaResponse(short, 0, short.length, 'udh', false), null)
})

test('structure alone is recognised only where all is as a sender would write it', () => {
  const known = commandPacket({ spi: '0001', tar: '505348' }, '', FILLER)
  const accepted = hex(known)
  assert.equal(decodeOtaCommand(accepted, 0, accepted.length, 'structure', false)?.application, 'satPush')
  const refused = {
    'an application not known': commandPacket({ spi: '0001', tar: RESERVED_TAR }, '', FILLER),
    'reserved bits': commandPacket({ spi: '2001', tar: '505348' }, '', FILLER),
    'padding of a plain packet': commandPacket({ spi: '0001', tar: '505348', padding: '10' }, '', FILLER),
    'a checksum that is not announced': commandPacket({ spi: '0001', tar: '505348' }, FILLER, FILLER),
    'a checksum that is missing': commandPacket({ spi: '0201', tar: '505348' }, '', FILLER),
    'an octet too many': `${known}00`,
  }
  for (const [what, octets] of Object.entries(refused)) {
    const bytes = hex(octets)
    assert.equal(decodeOtaCommand(bytes, 0, bytes.length, 'structure', false), null, what)
  }
})

test('data is what stands between header and padding, and nothing where it is ciphered', () => {
  const plain = hex(commandPacket({ spi: '0200', tar: '505348', padding: '02' }, FILLER, 'a1a2a3a4 0000'))
  const command = decodeOtaCommand(plain, 0, plain.length, 'udh', false)
  assert.ok(command !== null)
  const { start, end } = otaDataRange(command, 0, plain.length)
  assert.equal(Buffer.from(plain.subarray(start, end)).toString('hex'), 'a1a2a3a4')
  const secret = hex(commandPacket({ spi: '0400', tar: '505348' }, '', FILLER))
  const ciphered = decodeOtaCommand(secret, 0, secret.length, 'udh', false)
  assert.ok(ciphered !== null)
  assert.deepEqual(otaDataRange(ciphered, 0, secret.length), { start: secret.length, end: secret.length })
})

test('a message declares its packet, or it is found without', () => {
  const packet = commandPacket({ spi: '0000', tar: '534054' }, '', FILLER)
  const undeclared = ['simPacketUndeclared']
  const cases = [
    ['7f', 'f6', '7000', 'udh', []],
    ['00', '04', '7000', 'udh', []],
    ['00', '00', '7000', 'udh', []],
    ['7f', 'f6', '', 'pid', undeclared],
    ['00', 'f5', '', 'structure', undeclared],
    ['41', '00', '', 'structure', undeclared],
  ] as const
  for (const [pid, dcs, udh, recognisedBy, odd] of cases) {
    const [sms, anomalies] = deliver(pid, dcs, udh, packet)
    assert.equal(sms.command?.recognisedBy, recognisedBy, `${pid} ${dcs} ${udh}`)
    assert.equal(sms.command.application, 'sat')
    assert.deepEqual(anomalies, odd)
  }
})

test('an application of its own number is taken from the SIM protocol identifier, not from structure', () => {
  const packet = commandPacket({ spi: '0000', tar: RESERVED_TAR }, '', FILLER)
  assert.equal(deliver('7f', 'f6', '', packet)[0].command?.recognisedBy, 'pid')
  assert.equal(deliver('00', 'f6', '', packet)[0].command, null)
})

test('text and other data are no packets', () => {
  for (const [dcs, body] of [
    ['00', 'e8329bfd06'],
    ['08', Buffer.from('\0S\0@\0T', 'latin1').toString('hex')],
    ['04', FILLER.repeat(4)],
    ['04', '00'.repeat(40)],
  ] as const) {
    const [sms] = deliver('00', dcs, '', body)
    assert.deepEqual([sms.command, sms.response, sms.commands], [null, null, []])
  }
})

test('a first part gives the header of a packet that is not complete', () => {
  const packet = commandPacket({ spi: '0000', tar: '534054' }, '', FILLER.repeat(20))
  const [sms] = deliver('7f', 'f6', '00030702017000', packet.slice(0, 200))
  assert.equal(sms.command?.complete, false)
  const [second] = deliver('7f', 'f6', '0003070202', packet)
  assert.equal(second.command, null)
})

test('responses are found in reports and messages of the phone', () => {
  const body = '000b0ab00010000000000000 09'
  const [declared] = deliver('7f', 'f6', '7100', body)
  assert.deepEqual([declared.response?.recognisedBy, declared.response?.statusName], ['udh', 'tarUnknown'])
  const [bare, anomalies] = deliver('00', '04', '', body)
  assert.deepEqual([bare.response?.recognisedBy, anomalies], ['structure', ['simPacketUndeclared']])
})

test('the table of applications knows the browsers, and operators own the rest', () => {
  for (const [tar, name] of [
    [0x000000, 'ram'],
    [0x000001, 'wib'],
    [0x000009, 'wib'],
    [0x00000a, null],
    [0x505348, 'satPush'],
    [0x534054, 'sat'],
    [0xafffff, null],
    [0xb00000, 'rfm'],
    [0xb0ffff, 'rfm'],
    [0xb10000, null],
    [0xbfff22, 'wib'],
    [0xbfff23, 'proprietary'],
    [0xc00000, null],
  ] as const)
    assert.equal(toolkitApplicationName(tar), name, tar.toString(16))
  for (const { from, to } of TOOLKIT_APPLICATIONS) assert.ok(from <= to)
})

test('status codes stand at their own place', () => {
  for (const [index, { code }] of RESPONSE_STATUSES.entries()) assert.equal(code, index)
})

test('random octets give a packet within them, or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, cut) => {
      for (const by of ['udh', 'pid', 'structure'] as const) {
        const command = decodeOtaCommand(bytes, 0, bytes.length, by, cut)
        if (command !== null) {
          const { start, end } = otaDataRange(command, 0, bytes.length)
          assert.ok(start <= end && end <= bytes.length)
        }
        decodeOtaResponse(bytes, 0, bytes.length, by, cut)
      }
    }),
    { numRuns: 400, seed: 7 },
  )
})
