import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NOBODY, type ObservedSource } from '../../campaign/observation.ts'
import { ADDRESS_KINDS, observableOf } from './stix-addresses.ts'
import { objectId, observableId, uuidV5 } from './stix-id.ts'
import { parseTlp, tlpMarking } from './stix-marking.ts'

test('UUIDs of version 5 are those of the standards', () => {
  // RFC 9562 appendix A.4
  assert.equal(
    uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com'),
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  )
  // ids that other STIX producers give
  assert.equal(observableId('domain-name', 'example.com'), 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7')
  assert.equal(observableId('ipv4-addr', '198.51.100.3'), 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4')
  assert.equal(observableId('ipv6-addr', '2001:db8::1'), 'ipv6-addr--6469e3a9-b053-5e34-a025-9396ae051d26')
})

test('parts of an id do not run into each other', () => {
  assert.notEqual(objectId('note', 'a', 'bc'), objectId('note', 'ab', 'c'))
  assert.notEqual(objectId('note', 'a'), objectId('note', 'a', ''))
})

test('one address has one form', () => {
  const formOf = (source: Partial<ObservedSource>, kind: (typeof ADDRESS_KINDS)[number]) =>
    observableOf({ ...NOBODY, ...source }, kind)?.value
  assert.equal(formOf({ host: 'MME.Example.ORG.' }, 'host'), 'mme.example.org')
  assert.equal(formOf({ ip: '2001:DB8:0:0:0:0:0:1' }, 'ip'), '2001:db8::1')
  assert.equal(formOf({ ip: '::ffff:192.0.2.1' }, 'ip'), '::ffff:c000:201')
  assert.equal(formOf({ ip: 'fe80::1%eth0' }, 'ip'), undefined)
  assert.equal(formOf({ gt: '4477009000b0' }, 'gt'), '4477009000B0')
  assert.equal(formOf({ gt: '+447700900009' }, 'gt'), undefined)
  assert.equal(formOf({ host: 'a..b' }, 'host'), undefined)
  assert.equal(formOf({ host: `${'a'.repeat(64)}.org` }, 'host'), undefined)
  assert.equal(formOf({ opc: 0x1_00_00_00 }, 'opc'), undefined)
  assert.equal(formOf({ opc: 0 }, 'opc'), 0)
})

test('whatever a message carries, an observable has a plain value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.double(), (text, short, number) => {
      const source = { ...NOBODY, gt: short, host: text, realm: short, ip: short, opc: number }
      for (const kind of ADDRESS_KINDS) {
        const observable = observableOf(source, kind)
        if (observable !== null) assert.match(String(observable.value), /^[A-Za-z0-9._:-]+$/)
      }
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('TLP levels by name', () => {
  assert.equal(parseTlp('TLP:AMBER+STRICT'), 'amber+strict')
  assert.equal(parseTlp('red'), 'red')
  assert.equal(parseTlp('white'), null)
  assert.deepEqual(tlpMarking('clear'), {
    type: 'marking-definition',
    spec_version: '2.1',
    id: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
    created: '2022-10-01T00:00:00.000Z',
    name: 'TLP:CLEAR',
    extensions: {
      'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
        extension_type: 'property-extension',
        tlp_2_0: 'clear',
      },
    },
  })
})
