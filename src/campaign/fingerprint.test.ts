import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprintOf, groupNearEqual, parseFeatures, profileOf, rarityIn, similarity } from './fingerprint.ts'

const ENCODING = 'sid=host d10 d10;flags=c0;ids=large'

test('feature text parts at semicolons and blanks; what has no name goes on', () => {
  const features = [
    { name: 'sid', value: 'host d10 d10' },
    { name: 'flags', value: 'c0' },
    { name: 'ids', value: 'large' },
  ]
  assert.deepEqual(parseFeatures(ENCODING), features)
  assert.deepEqual(parseFeatures('sid=host d10 d10 flags=c0 ids=large'), features)
  assert.deepEqual(parseFeatures(''), [])
  assert.deepEqual(parseFeatures('lost a=1'), [{ name: 'a', value: '1' }])
})

test('a hash as docs/fingerprint.md tells how to compute it', () => {
  // printf 'd;sid=host d10 d10;flags=c0;ids=large' | sha256sum | cut -c1-12
  const { hash, description } = fingerprintOf('diameter', ENCODING)
  assert.equal(hash, 'd03_28b15be7c414')
  assert.equal(description, 'sid host d10 d10, flags c0, ids large')
  assert.notEqual(fingerprintOf('ss7', ENCODING).hash.slice(4), hash.slice(4))
})

test('encodings that differ in one feature are near, those that differ in two are not', () => {
  const fingerprints = ['a=1;b=2;c=3', 'a=1;b=2;c=4', 'a=9;b=9;c=9', 'a=1;b=2;c=3'].map((text) =>
    fingerprintOf('ss7', text),
  )
  assert.deepEqual(groupNearEqual(fingerprints), [0, 0, 1, 0])
  assert.equal(similarity(parseFeatures('a=1;b=2;c=3;d=4'), parseFeatures('a=1;b=2;c=3;e=4')), 3 / 5)
})

test('the order hash does not count twice beside the list of AVPs', () => {
  const [a, b] = ['sid=x;flags=c0;order=1;avps=1,2', 'sid=x;flags=c0;order=2;avps=1,3'].map((text) =>
    fingerprintOf('diameter', text),
  )
  assert.ok(a !== undefined && b !== undefined)
  assert.deepEqual(groupNearEqual([a, b]), [0, 0])
  // printf 'd;sid=x;flags=c0;avps=1,2' | sha256sum | cut -c1-12
  assert.equal(a.hash, 'd03_33e085f69d3f')
})

test('a profile tells what was used, and a change only when it stays', () => {
  const uses = [...'AAAABAAACCCC'].map((hash, timeUs) => ({ hash, timeUs }))
  const { fingerprints, changes } = profileOf(uses)
  assert.deepEqual(
    fingerprints.map(({ hash, requests }) => [hash, requests]),
    [
      ['A', 7],
      ['C', 4],
      ['B', 1],
    ],
  )
  assert.deepEqual(changes, [{ from: 'A', to: 'C', timeUs: 8 }])
})

test('rarity is a share of the whole traffic, unknown without it', () => {
  const rarity = rarityIn([{ encoding: 'x', requests: 5, sources: 2 }], 1000)
  assert.deepEqual(rarity('x'), { requests: 5, sources: 2, share: 0.005 })
  assert.equal(rarity('y').share, 0)
  assert.equal(rarityIn([], 0)('x').share, null)
})
