import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPattern } from './stix-pattern.ts'

/** Patterns in the forms of STIX 2.1 §9.8, and of public bundles. */
const READ: readonly (readonly [string, readonly string[]])[] = [
  ["[domain-name:value='bad.example']", ['domain bad.example']],
  ["[ domain-name:value = 'bad.example' ]", ['domain bad.example']],
  ["[ipv4-addr:value = '192.0.2.0/24']", ['ip 192.0.2.0/24']],
  ["[ipv4-addr:value ISSUBSET '192.0.2.0/24']", ['ip 192.0.2.0/24']],
  ["[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]", ['ip 192.0.2.1', 'ip 192.0.2.2']],
  ["[domain-name:value='192.0.2.7']", ['ip 192.0.2.7']],
  ["[url:value='https://192.0.2.7:8443/x']", ['ip 192.0.2.7']],
  ["[url:value='https://[2001:db8::1]:8443/x']", ['ip 2001:db8::1']],
  ["[url:value='https://bad.example/it\\'s']", ["host https://bad.example/it's"]],
  ["[global-title:value='447700900123']", ['title 447700900123']],
  ['[signalling-point-code:value=5]', ['point-code 5']],
  ["[ipv4-addr:value='192.0.2.1'] OR [file:name='x']", ['ip 192.0.2.1']],
  ["[network-traffic:dst_ref.value='bad.example']", ['host bad.example']],
]
const LEFT_OUT: readonly (readonly [string, string | null])[] = [
  ["[file:hashes.'SHA-256'='aa']", null],
  ["[process:name='x' AND file:name='y']", null],
  ["[domain-name:value='a.example' AND domain-name:value='b.example']", 'its pattern joins several conditions'],
  [
    "[domain-name:value='a.example'] FOLLOWEDBY [domain-name:value='b.example']",
    'its pattern joins several conditions',
  ],
  ["[domain-name:value NOT = 'a.example']", 'its pattern joins several conditions'],
  ["[domain-name:value != 'a.example']", 'its pattern compares by !='],
  ["[domain-name:value LIKE '%.example']", 'its pattern compares by LIKE'],
  ["[domain-name:value MATCHES '^a']", 'its pattern compares by MATCHES'],
  ["[domain-name:value='a.example", 'its pattern cannot be read'],
  ['', 'its pattern names nothing'],
]

test('addresses that a pattern names one by one', () => {
  for (const [pattern, values] of READ) {
    const { values: read, problem } = readPattern(pattern)
    assert.deepEqual([problem, read.map(({ kind, value }) => `${kind} ${value}`)], [null, values], pattern)
  }
})

test('a pattern that says nothing of one address alone is left out, with why', () => {
  for (const [pattern, why] of LEFT_OUT) {
    const { values, problem } = readPattern(pattern)
    assert.deepEqual([values, problem], [[], why], pattern)
  }
})

test('any text is read in time that grows with it', () => {
  const pieces = ['[', ']', "'", '\\', 'domain-name:value', '=', ' AND ', 'x', '(', ',', '!=', ' ', '0']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
      readPattern(parts.join(''))
    }),
    { seed: 3, numRuns: 300 },
  )
  const ms = (count: number): number => {
    const pattern = `[${Array.from({ length: count }, (_, i) => `domain-name:value='a${i}.example'`).join(' OR ')}]`
    const begun = performance.now()
    assert.equal(readPattern(pattern).values.length, count)
    return performance.now() - begun
  }
  ms(2_000)
  assert.ok(ms(40_000) < 40 * Math.max(2, ms(4_000)))
})
