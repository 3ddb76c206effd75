import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../limits.ts'
import type { AgreedException } from './exception.ts'
import { type IdentifierKind, readIdentifier, realmKey } from './identifier.ts'
import { memoise } from './memo.ts'
import { createNetwork, EMPTY_NETWORK, type Network, type NetworkData } from './network.ts'
import type { OperatorEntry } from './operator-entry.ts'

const PLACE = { file: 'network.yaml', line: 1, column: 1 }
const NOWHERE = { gt: null, host: null, realm: null, ip: null, opc: null }

function operator(
  role: OperatorEntry['role'],
  name: string,
  lists: Partial<Record<IdentifierKind, readonly string[]>>,
  country: string | null = null,
): OperatorEntry {
  const identifiers = (Object.entries(lists) as [IdentifierKind, readonly string[]][]).flatMap(([kind, texts]) =>
    texts.map((text) => {
      const reading = readIdentifier(kind, text)
      assert.ok('key' in reading, text)
      return { kind, value: reading.text, key: reading.key, place: PLACE }
    }),
  )
  return { role, name, country, identifiers, place: PLACE }
}

function network(data: Partial<NetworkData>): Network {
  const empty = { home: null, partners: [], exceptions: [], thresholds: new Map(), detectors: [], warnings: [] }
  return createNetwork({ ...empty, ...data })
}

test('without a network file nothing is home, and public numbering alone tells', () => {
  assert.equal(EMPTY_NETWORK.home, null)
  assert.equal(EMPTY_NETWORK.homeOfGt('14047550100'), null)
  assert.equal(EMPTY_NETWORK.homeOfImsi('310410000000001'), null)
  assert.equal(EMPTY_NETWORK.homeOfRealm('epc.mnc410.mcc310.3gppnetwork.org'), null)
  assert.equal(EMPTY_NETWORK.homeOfPointCode(1), null)
  assert.equal(EMPTY_NETWORK.homeOfIp('192.0.2.1'), null)
  assert.equal(EMPTY_NETWORK.exceptionFor(NOWHERE, 'LOC-01', 0), null)
})

const UNKNOWN = [null, null, [], 'unknown'] as const

/** Address of a kind, and what public numbering says of it: operator, country, PLMNs, method. */
const PUBLIC = [
  ['operatorOfGt', '12465550100', null, 'BB', [], 'public numbering'],
  ['operatorOfGt', '870773000000', ...UNKNOWN],
  ['operatorOfGt', '', ...UNKNOWN],
  ['operatorOfImsi', '310410000000001', 'AT&T Mobility', 'US', ['310410'], 'public numbering'],
  ['operatorOfImsi', '3104100000000010', 'AT&T Mobility', 'US', ['310410'], 'public numbering'],
  ['operatorOfImsi', '310999000000001', null, 'US', ['310999'], 'public numbering'],
  ['operatorOfImsi', '405034000000001', null, 'IN', [], 'public numbering'],
  ['operatorOfImsi', '123450000000001', ...UNKNOWN],
  ['operatorOfImsi', '31041', ...UNKNOWN],
  ['operatorOfImsi', '31041b000000001', ...UNKNOWN],
  ['operatorOfImsi', '31041000000000101', ...UNKNOWN],
  ['operatorOfRealm', 'epc.mnc410.mcc310.3gppnetwork.org', 'AT&T Mobility', 'US', ['310410'], 'public numbering'],
  ['operatorOfRealm', 'hss.epc.mnc001.mcc208.3gppnetwork.org', 'Orange S.A.', 'FR', ['20801'], 'public numbering'],
  ['operatorOfRealm', 'epc.mnc999.mcc405.3gppnetwork.org', null, 'IN', [], 'public numbering'],
  ['operatorOfRealm', 'example.net', ...UNKNOWN],
  ['operatorOfRealm', '', ...UNKNOWN],
  ['operatorOfRealm', 'a.'.repeat(100_000), ...UNKNOWN],
  ['operatorOfIp', '192.0.2.1', ...UNKNOWN],
  ['operatorOfIp', 'nonsense', ...UNKNOWN],
] as const

for (const [question, address, name, country, plmns, method] of PUBLIC) {
  test(`${question} ${address.slice(0, 50) || 'of nothing'}: ${country ?? 'unknown'}`, () => {
    assert.deepEqual(EMPTY_NETWORK[question](address), { operator: name, country, plmns, method })
    assert.equal(EMPTY_NETWORK[question](address), EMPTY_NETWORK[question](address))
    assert.equal(EMPTY_NETWORK[question](null).method, 'unknown')
  })
}

test('a kind that home does not list cannot be known; one it lists can', () => {
  const byTitle = network({ home: operator('home', 'A', { globalTitles: ['14047'] }) })
  assert.deepEqual(
    [byTitle.homeOfGt('140471'), byTitle.homeOfGt('14048'), byTitle.homeOfGt('1404')],
    [true, false, false],
  )
  assert.deepEqual([byTitle.homeOfGt(null), byTitle.homeOfGt('')], [null, null])
  assert.equal(byTitle.homeOfImsi('310410000000001'), null)
  assert.equal(byTitle.homeOfRealm('example.net'), null)
  const byPlmn = network({ home: operator('home', 'A', { plmns: ['310410'] }) })
  assert.equal(byPlmn.homeOfImsi('310411000000001'), false)
  assert.equal(byPlmn.homeOfImsi('310410'), true)
  assert.equal(byPlmn.homeOfImsi('31041'), null)
  assert.equal(byPlmn.homeOfImsi('199410000000001'), null, 'a country code that no country has')
  assert.equal(byPlmn.homeOfImsi('999990000000001'), false, 'one for tests and inside networks')
  assert.equal(byPlmn.homeOfGt('14047'), null)
  assert.equal(byPlmn.homeOfImsi('310410a#c*b0001'), true, 'a pseudonym behind the network')
  assert.equal(byPlmn.homeOfImsi('31041a#c*b00001'), null, 'one that leaves half of it')
  assert.equal(byPlmn.homeOfImsi('26201a#c*b00001'), false)
  assert.equal(byPlmn.operatorOfImsi('26201a#c*b00001').country, 'DE')
  const byIp = network({ home: operator('home', 'A', { ipRanges: ['192.0.2.0/24', '2001:db8::/32'] }) })
  const addresses = ['192.0.2.7', '::ffff:192.0.2.7', '192.0.3.7', '2001:db8:ffff::1', '2001:db9::1', 'nonsense']
  assert.deepEqual(addresses.map(byIp.homeOfIp), [true, true, false, true, false, null])
  const byCode = network({ home: operator('home', 'A', { pointCodes: ['2-100-1'] }) })
  assert.deepEqual([4897, 4898, null].map(byCode.homeOfPointCode), [true, false, null])
})

test('a realm is home by its end or by the network it carries', () => {
  const home = operator('home', 'A', { realms: ['example.net'], plmns: ['20810', '310410'] })
  const ours = network({ home })
  const realms = [
    ['example.net', true],
    ['HSS1.Example.NET.', true],
    ['xexample.net', false],
    ['net', false],
    ['ims.mnc010.mcc208.3gppnetwork.org', true],
    ['epc.mnc410.mcc310.3gppnetwork.org', true],
    ['epc.mnc011.mcc208.3gppnetwork.org', false],
    ['', null],
    // Empty labels in every place.
    ...['.', '..', '...', 'a..', '..a', '.a', 'a..b', '.example..net'].map((odd) => [odd, false] as const),
    ['.example.net', true],
  ] as const
  for (const [realm, expected] of realms) assert.equal(ours.homeOfRealm(realm), expected, realm)
  const byPlmn = network({ home: operator('home', 'A', { plmns: ['310410'] }) })
  assert.equal(byPlmn.homeOfRealm('epc.mnc011.mcc208.3gppnetwork.org'), false)
  assert.equal(byPlmn.homeOfRealm('example.net'), null)
})

test('the longest range of an operator counts, and its country before public numbering', () => {
  const partners = [
    operator('partner', 'Wide', { globalTitles: ['1246'] }),
    operator('partner', 'Leased', { globalTitles: ['33689'] }, 'GB'),
    operator('partner', 'Inner', { ipRanges: ['10.0.0.0/8', '10.1.0.0/16'] }, 'DE'),
  ]
  const known = network({ partners })
  assert.deepEqual(known.operatorOfGt('12465550100'), {
    ...{ operator: 'Wide', country: 'BB', plmns: [], method: 'partner prefix' },
  })
  assert.equal(known.operatorOfGt('33689000000').country, 'GB')
  assert.equal(known.operatorOfGt('33688000000').country, 'FR')
  assert.equal(known.operatorOfIp('10.1.2.3').operator, 'Inner')
})

function agreed(source: Partial<AgreedException['keys']>, endUs: number, detectors = ['LOC-03']): AgreedException {
  const keys = { ...NOWHERE, ...source, opc: source.opc ?? null }
  return { source: keys, keys, detectors, reason: 'agreed', owner: null, until: '2027-06-30', endUs, place: PLACE }
}

/** What an exception names, a source, whether it is covered. */
const COVERED = [
  [{ gt: '33689' }, { gt: '33689004000' }, true],
  [{ gt: '33689' }, { gt: '3368' }, false],
  [{ gt: '33689' }, {}, false],
  [{ realm: realmKey('example.net') }, { realm: 'EPC.example.net' }, true],
  [{ realm: realmKey('example.net') }, { realm: 'notexample.net' }, false],
  [{ host: realmKey('hss1.example.net') }, { host: 'hss1.example.net' }, true],
  [{ host: realmKey('example.net') }, { host: 'hss1.example.net' }, true],
  [{ host: realmKey('example.net') }, { realm: 'example.net' }, false],
  [{ ip: '4110000000000000000000010' }, { ip: '192.0.2.1' }, true],
  [{ ip: '4110000000000000000000010' }, { ip: '192.0.3.1' }, false],
  [{ ip: '4110000000000000000000010' }, { ip: 'nonsense' }, false],
  [{ opc: '4897.' }, { opc: 4897 }, true],
  [{ opc: '4897.' }, { opc: 489 }, false],
  [{ gt: '33689', opc: '4897.' }, { gt: '33689004000', opc: 4897 }, true],
  [{ gt: '33689', opc: '4897.' }, { gt: '33689004000', opc: 1 }, false],
] as const

for (const [keys, source, covered] of COVERED) {
  test(`an exception for ${JSON.stringify(keys)} ${covered ? 'covers' : 'does not cover'} ${JSON.stringify(source)}`, () => {
    const known = network({ exceptions: [agreed(keys, 100)] })
    assert.equal(known.exceptionFor({ ...NOWHERE, ...source }, 'LOC-03', 0) !== null, covered)
    assert.equal(known.exceptionFor({ ...NOWHERE, ...source }, 'LOC-02', 0), null)
  })
}

test('an exception that holds goes before an expired one', () => {
  const known = network({ exceptions: [agreed({ gt: '33' }, 100), agreed({ gt: '336' }, 200)] })
  const source = { ...NOWHERE, gt: '33689004000' }
  const at = (timeUs: number) => {
    const found = known.exceptionFor(source, 'LOC-03', timeUs)
    return [found?.exception.keys.gt, found?.expired]
  }
  assert.deepEqual(
    [at(99), at(100), at(200)],
    [
      ['33', false],
      ['336', false],
      ['33', true],
    ],
  )
})

test('any text has an answer', () => {
  const known = network({
    home: operator('home', 'A', { globalTitles: ['1'], realms: ['a.b'], ipRanges: ['0.0.0.0/0'] }),
  })
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', '0', '1', 'a', 'b', ':', '/') }))
  fc.assert(
    fc.property(texts, (text) => {
      for (const question of ['operatorOfGt', 'operatorOfImsi', 'operatorOfRealm', 'operatorOfIp'] as const) {
        assert.equal(typeof known[question](text).method, 'string')
      }
    }),
  )
})

test('what is remembered is bounded, and right after it was forgotten', () => {
  let computed = 0
  const length = memoise((text) => {
    computed++
    return text.length
  })
  const texts = LIMITS.resolvedAddresses * 3
  for (let i = 0; i < texts; i++) length(`text ${i}`)
  assert.equal(computed, texts)
  assert.equal(length(`text ${texts - 1}`), `text ${texts - 1}`.length)
  assert.equal(computed, texts)
  assert.equal(length('text 0'), 6)
  assert.equal(computed, texts + 1)
})

test('the address of a hub has no operator, whoever holds the range around it', () => {
  const known = network({
    home: operator('home', 'A', { globalTitles: ['14047'], pointCodes: ['9'] }),
    partners: [operator('partner', 'B', { globalTitles: ['32475'], pointCodes: ['7'] })],
    hubs: [
      operator('hub', 'Carrier', {
        globalTitles: ['3247500', '14047'],
        realms: ['carrier.example'],
        hosts: ['dra.other.example'],
        ipRanges: ['192.0.2.0/24'],
        pointCodes: ['8', '9'],
      }),
    ],
    carriers: [operator('hub', 'Named by B', { pointCodes: ['7', '8', '10'] })],
  })
  assert.deepEqual(known.operatorOfGt('32475001'), { operator: null, country: 'BE', plmns: [], method: 'hub' })
  assert.deepEqual(known.hubOfGt('32475001'), { name: 'Carrier' })
  assert.equal(known.operatorOfGt('32475101').operator, 'B')
  assert.equal(known.hubOfGt('32475101'), null)
  assert.equal(known.homeOfGt('14047'), true)
  assert.deepEqual(known.hubOfRealm('x.carrier.example'), { name: 'Carrier' })
  assert.deepEqual(known.hubOfRealm('dra.other.example'), { name: 'Carrier' })
  assert.deepEqual(known.hubOfRealm('dra1.spa.ipxuni.3gppnetwork.org'), { name: null })
  assert.equal(known.hubOfRealm('hss.epc.mnc410.mcc310.3gppnetwork.org'), null)
  assert.deepEqual(known.hubOfIp('192.0.2.1'), { name: 'Carrier' })
  assert.deepEqual(
    [7, 8, 9, 10, 11].map((code) => known.hubOfPointCode(code)?.name ?? null),
    [...[null, 'Carrier', null, 'Named by B', null]],
  )
  for (const question of [known.hubOfGt, known.hubOfRealm, known.hubOfIp]) assert.equal(question(null), null)
  assert.equal(known.hubOfPointCode(null), null)
  const home = known.operatorOfImsi('262010000000001')
  assert.equal(known.sameOperator(known.operatorOfGt('32475001'), home), 'unavailable')
  assert.equal(known.sameOperator(known.operatorOfGt('32475101'), home), false)
  assert.equal(known.sameOperator(home, home), true)
})

test('a network code is told as an IMSI of it is', () => {
  const known = network({ partners: [operator('partner', 'B', { plmns: ['20801'] })] })
  assert.equal(known.operatorOfPlmn('20801').operator, 'B')
  assert.equal(known.operatorOfPlmn('20802').country, 'FR')
  assert.equal(known.operatorOfPlmn('310410').operator, 'AT&T Mobility')
  for (const plmn of [null, '', '2080', '2080100', '2080x']) assert.equal(known.operatorOfPlmn(plmn).method, 'unknown')
})

test('an international point code tells a country, any other does not', () => {
  assert.deepEqual(EMPTY_NETWORK.operatorOfPointCode(4897, 0), {
    ...{ operator: null, country: 'RU', plmns: [], method: 'public numbering' },
  })
  assert.equal(EMPTY_NETWORK.operatorOfPointCode(4897).method, 'unknown')
  assert.equal(EMPTY_NETWORK.operatorOfPointCode(4897, 2).method, 'unknown')
  assert.equal(EMPTY_NETWORK.operatorOfPointCode(0x4000, 0).method, 'unknown')
})

test("an E.214 title is its operator's and stands for its only network", () => {
  const known = network({
    partners: [
      operator('partner', 'One', { plmns: ['20801'], mobileGlobalTitles: ['33689'], globalTitles: ['336890'] }),
      operator('partner', 'Two', { plmns: ['26201', '26206'], mobileGlobalTitles: ['49171'] }),
    ],
  })
  assert.equal(known.operatorOfGt('33689123456789').method, 'partner mobile global title')
  assert.equal(known.operatorOfGt('33689023456789').method, 'partner prefix')
  assert.equal(known.plmnOfMobileGlobalTitle('33689123456789'), '20801')
  assert.equal(known.operatorOfGt('49171000000').operator, 'Two')
  assert.equal(known.plmnOfMobileGlobalTitle('49171000000'), null)
  assert.equal(known.plmnOfMobileGlobalTitle('33688000000'), null)
  assert.equal(known.plmnOfMobileGlobalTitle(null), null)
})

test('tells whose IP ranges the file lists', () => {
  const listing = network({
    home: operator('home', 'Home', { plmns: ['00101'], ipRanges: ['192.0.2.0/24'] }),
    partners: [
      operator('partner', 'With', { plmns: ['00102'], ipRanges: ['198.51.100.0/24'] }),
      operator('partner', 'Without', { plmns: ['00103'] }),
      operator('partner', 'Split', { plmns: ['999700'] }),
      operator('partner', 'Split', { ipRanges: ['203.0.113.0/24'] }),
    ],
  })
  for (const [plmn, lists] of [
    ['00101', true],
    ['00102', true],
    ['00103', false],
    ['999700', true],
    ['20801', false],
    ['99999', false],
  ] as const) {
    assert.equal(listing.listsIpRanges(listing.operatorOfPlmn(plmn)), lists, plmn)
  }
  assert.equal(listing.listsIpRanges(listing.operatorOfIp('198.51.100.1')), true)
  assert.equal(EMPTY_NETWORK.listsIpRanges(EMPTY_NETWORK.operatorOfPlmn('20801')), false)
})
