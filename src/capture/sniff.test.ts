import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { fields, packetVectors, pcapFile, pcapngFile } from './captures.vectors.ts'
import { sniffCompression, sniffFormat } from './sniff.ts'

const packets = packetVectors(1)

test('compression is told by the first octets', () => {
  const cases: [Uint8Array, 'none' | 'gzip' | 'zstd'][] = [
    [gzipSync(pcapFile(packets)), 'gzip'],
    [zstdCompressSync(pcapFile(packets)), 'zstd'],
    [fields(false, [4, 0x502a4d18], [4, 0]), 'zstd'],
    [fields(false, [4, 0x5f2a4d18], [4, 0]), 'zstd'],
    [fields(false, [4, 0x602a4d18], [4, 0]), 'none'],
    [fields(false, [2, 0x1f8b], [1, 7]), 'none'],
    [pcapFile(packets), 'none'],
    [new Uint8Array(0), 'none'],
  ]
  for (const [octets, expected] of cases) assert.equal(sniffCompression(octets, octets.length), expected)
})

test('the format is told by the magic numbers in both byte orders', () => {
  for (const little of [false, true]) {
    for (const magic of [0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34]) {
      assert.equal(sniffFormat(pcapFile([], { little, magic }), 24), 'pcap')
    }
    assert.equal(sniffFormat(pcapngFile([], little), 28), 'pcapng')
  }
})

test('what only looks like a section header is no capture', () => {
  const octets = fields(false, [4, 0x0a0d0d0a], [4, 28], [4, 0x1a2b3c4e])
  assert.equal(sniffFormat(octets, 12), null)
  assert.equal(sniffFormat(octets, 11), 'pcapng', 'its byte-order magic is not there yet')
})

test('octets past the length given do not count', () => {
  assert.equal(sniffFormat(pcapFile([]), 3), null)
  assert.equal(sniffCompression(gzipSync(''), 2), 'none')
})
