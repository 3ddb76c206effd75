import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AddressTexts, formatIpv4, formatIpv6 } from './address.ts'
import { u16, u32 } from './frames.vectors.ts'

/** Groups of an IPv6 address and its text. Source: RFC 5952 §1, §4, §5; RFC 4291 §2.2. */
const IPV6_VECTORS: readonly (readonly [groups: readonly number[], text: string])[] = [
  [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
  [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
  [[0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], '2001:db8::1'],
  [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
  [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
  [[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
  [[0x2001, 0xdb8, 0xaaaa, 0xbbbb, 0xcccc, 0xdddd, 0xeeee, 1], '2001:db8:aaaa:bbbb:cccc:dddd:eeee:1'],
  [[0xff02, 0, 0, 0, 0, 0, 0, 0], 'ff02::'],
  [[0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201], '::ffff:192.0.2.1'],
  [[1, 0, 0, 0, 0, 0, 0, 0xabcd], '1::abcd'],
]

test('formats IPv6 addresses as RFC 5952 asks', () => {
  for (const [groups, text] of IPV6_VECTORS) assert.equal(formatIpv6(Uint8Array.from(groups.flatMap(u16)), 0), text)
})

test('formats IPv4 addresses', () => {
  assert.equal(formatIpv4(Uint8Array.of(9, 192, 0, 2, 255), 1), '192.0.2.255')
})

test('gives the right text whatever was asked before, and the same object for the same address', () => {
  const texts = new AddressTexts()
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 20_000; i++) {
      const bytes = Uint8Array.from(u32(0x0a00_0000 + i * 7))
      assert.equal(texts.ipv4(bytes, 0), formatIpv4(bytes, 0))
    }
  }
  for (let i = 0; i < 20_000; i++) {
    const bytes = Uint8Array.from([...u32(0x2001_0db8), ...u32(i >> 3), ...u32(i & 5), ...u32(i)])
    assert.equal(texts.ipv6(bytes, 0), formatIpv6(bytes, 0))
  }
  assert.equal(texts.ipv4(new Uint8Array(4), 0), '0.0.0.0')
  assert.equal(texts.ipv6(new Uint8Array(16), 0), '::')
})
