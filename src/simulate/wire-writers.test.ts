import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import { pointOctets } from './digits.ts'
import { ethernetIpv4 } from './ip-writer.ts'
import { m3uaData } from './m3ua-writer.ts'
import { PcapWriter } from './pcap-writer.ts'
import { encodeSccpAddress, sccpMessages } from './sccp-writer.ts'
import { crc32c, type SctpSender, sctpPacket } from './sctp-writer.ts'
import { packSeptets, smsDeliver } from './sms-writer.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

test('packs septets: the example that every SMS text begins with', () => {
  assert.equal(hex(packSeptets('hellohello')), 'e8329bfd4697d9ec37')
})

test('an SMS-DELIVER has its originator, its UTC time and its text', () => {
  const tpdu = smsDeliver('447700900010', 'hellohello', Date.UTC(2026, 2, 2, 8, 15, 30) * 1000)
  assert.equal(hex(tpdu), '040c91447700090001' + '0000' + '62302080510300' + '0ae8329bfd4697d9ec37')
})

test('a point on the earth, north and south', () => {
  assert.equal(hex(pointOctets({ latitude: 45, longitude: 90 })), '1040000040000024')
  assert.equal(hex(pointOctets({ latitude: -45, longitude: -90 })), '10c00000c0000024')
})

test('an SCCP address: odd and even digits, with and without point code', () => {
  const base = { ssn: 6, translationType: 0, plan: 1, pointCode: null }
  assert.equal(hex(encodeSccpAddress({ ...base, digits: '4477' })), '12060012044477')
  assert.equal(hex(encodeSccpAddress({ ...base, digits: '33639', plan: 7 })), '1206007104333609')
  assert.equal(hex(encodeSccpAddress({ ...base, digits: '44', pointCode: 0x1234 })), '1334120600120444')
})

const ADDRESS = Uint8Array.of(0x42, 6)
const UDT = { type: 'udt', segmentBytes: 240, returnOnError: false } as const

test('UDT: pointers count from themselves', () => {
  const [udt] = sccpMessages(ADDRESS, ADDRESS, Uint8Array.of(1, 2, 3), UDT, 0)
  assert.equal(hex(udt!), '0900' + '030507' + '024206' + '024206' + '03010203')
})

test('a long message travels in XUDT segments that count down', () => {
  const data = Uint8Array.from({ length: 500 }, (_, i) => i & 0xff)
  const segments = sccpMessages(ADDRESS, ADDRESS, data, UDT, 0xabcdef)
  assert.equal(segments.length, 3)
  const carried: number[] = []
  for (const [i, segment] of segments.entries()) {
    assert.equal(segment[0], 0x11)
    const start = 5 + segment[5]! + 1
    carried.push(...segment.subarray(start, start + segment[5 + segment[5]!]!))
    const optional = 6 + segment[6]!
    const flags = (i === 0 ? 0x80 : 0) | (2 - i)
    assert.equal(hex(segment.subarray(optional)), `1004${flags.toString(16).padStart(2, '0')}efcdab00`)
  }
  assert.deepEqual(carried, [...data])
})

test('M3UA DATA: optional parameters, padding', () => {
  const route = { opc: 1, dpc: 2, networkIndicator: 0, sls: 7, networkAppearance: null, routingContext: null }
  const body = '00000001' + '00000002' + '03000007'
  assert.equal(hex(m3uaData(route, Uint8Array.of(0xaa))), `010001010000001c02100011${body}aa000000`)
  const full = m3uaData({ ...route, networkAppearance: 3, routingContext: 4 }, Uint8Array.of(0xaa))
  assert.equal(hex(full.subarray(0, 24)), '010001010000002c' + '0200000800000003' + '0006000800000004')
})

test('CRC32c of the usual check string', () => {
  assert.equal(crc32c(Buffer.from('123456789', 'ascii')), 0xe3069283)
})

test('SCTP: chunks of one packet count TSN and stream sequence up, also past their end', () => {
  const sender: SctpSender = {
    sourcePort: 2905, destinationPort: 2906, verificationTag: 1, tsn: 0xffffffff, streamSequence: [0, 0xffff],
  } // biome-ignore format: one line
  const packet = sctpPacket(sender, [Uint8Array.of(1), Uint8Array.of(2, 3)], 1)
  const chunks = '00030011ffffffff0001ffff0000000301000000' + '0003001200000000000100000000000302030000'
  assert.equal(hex(packet.subarray(12)), chunks)
  assert.equal(sender.tsn, 1)
  assert.deepEqual(sender.streamSequence, [0, 1])
})

test('IPv4: the header sums to nothing', () => {
  const frame = ethernetIpv4(
    { ip: [192, 0, 2, 10], mac: 1 },
    { ip: [198, 51, 100, 7], mac: 2 },
    70_000,
    new Uint8Array(5),
  )
  const view = new DataView(frame.buffer)
  let sum = 0
  for (let at = 14; at < 34; at += 2) sum += view.getUint16(at)
  assert.equal((sum & 0xffff) + (sum >>> 16), 0xffff)
  assert.equal(view.getUint16(16), 25)
})

test('pcap: the same file whether it gathers in memory or goes out in parts', () => {
  const parts: Uint8Array[] = []
  const streamed = new PcapWriter((octets) => parts.push(octets.slice()))
  const gathered = new PcapWriter()
  const packet = new Uint8Array(LIMITS.packetBytes / 3).fill(7)
  for (let i = 1; i <= 7; i++) {
    assert.equal(streamed.packet(i * 1_500_000, packet), i)
    gathered.packet(i * 1_500_000, packet)
  }
  streamed.finish()
  const file = gathered.finish()
  assert.ok(parts.length > 2)
  assert.deepEqual(Buffer.concat(parts), Buffer.from(file))
  assert.equal(file.length, gathered.bytes)
  assert.equal(streamed.bytes, gathered.bytes)
  assert.equal(hex(file.subarray(0, 32)), 'd4c3b2a1020004000000000000000000000004000100000001000000' + '20a10700')
})
