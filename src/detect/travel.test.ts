import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNetwork, EMPTY_NETWORK, type Network } from '../network/network.ts'
import type { Place } from './state/subscribers.ts'
import { countriesOfPlace, durationWords, isOfNoCountry, isTooFast, journeyBetween } from './travel.ts'

const PACE = { speedKmh: 1000, slackKm: 150 }
const HOUR_US = 3_600_000_000

const vlr = (address: string, via: string | null = null): Place => ({ protocol: 'map', address, via, plmn: null })
const mme = (plmn: string | null, via: string | null = null): Place => ({
  protocol: 'diameter',
  address: 'mme1.example',
  via,
  plmn,
})

/** A place and the countries it may lie in. */
const PLACES: readonly (readonly [Place, readonly string[]])[] = [
  [vlr('33639981011'), ['FR']],
  [vlr('12465550111'), ['BB']],
  [vlr('17875550111'), ['US', 'AS', 'GU', 'MP', 'PR', 'VI']],
  [vlr('999', '33639981011'), ['FR']],
  [vlr('870772001234'), []],
  [vlr('88213000111'), []],
  [mme('20801'), ['FR']],
  [mme('90118'), []],
  [mme(null, 'epc.mnc001.mcc262.3gppnetwork.org'), ['DE']],
  [mme(null, 'core.example'), []],
]

test('countries of places', () => {
  for (const [place, countries] of PLACES) {
    assert.deepEqual([...countriesOfPlace(place, EMPTY_NETWORK)].sort(), [...countries].sort(), place.address)
  }
  assert.ok(isOfNoCountry(mme('90114'), EMPTY_NETWORK) && isOfNoCountry(vlr('881612345678'), EMPTY_NETWORK))
  assert.ok(!isOfNoCountry(mme('00101'), EMPTY_NETWORK) && !isOfNoCountry(vlr('33639981011'), EMPTY_NETWORK))
})

test('a ship’s register with a number of a country is told by the network code that the file lists', () => {
  const network = networkWith(['90112'], '479591')
  assert.ok(isOfNoCountry(vlr('479591020'), network))
  assert.deepEqual(countriesOfPlace(vlr('479591020'), network), [])
  assert.ok(!isOfNoCountry(vlr('479592020'), network), 'another network of that country')
  assert.ok(!isOfNoCountry(vlr('479591020'), networkWith(['24299', '90112'], '479591')), 'one that is ashore as well')
})

/** A network file with one partner. */
function networkWith(plmns: readonly string[], title: string): Network {
  const place = { file: 'network.yaml', line: 1, column: 1 }
  const identifiers = [
    ...plmns.map((value) => ({ kind: 'plmns' as const, value, key: value, place })),
    { kind: 'globalTitles' as const, value: title, key: title, place },
  ]
  return createNetwork({
    home: null,
    partners: [{ role: 'partner', name: 'Saltwater Mobile', country: null, identifiers, place }],
    exceptions: [],
    thresholds: new Map(),
    detectors: [],
    warnings: [],
  })
}

test('the shortest way counts, neighbours are no distance apart', () => {
  assert.equal(journeyBetween(vlr('33639981011'), vlr('491760000000'), EMPTY_NETWORK)?.km, 0)
  assert.ok((journeyBetween(vlr('33639981011'), vlr('12465550111'), EMPTY_NETWORK)?.km ?? 0) > 5000)
  assert.equal(journeyBetween(vlr('33639981011'), mme('90118'), EMPTY_NETWORK), null)
})

test('time and slack bound what is too fast', () => {
  const cases: readonly [number, number, boolean][] = [
    [0, 0, false],
    [150, 0, false],
    [151, 0, true],
    [1150, HOUR_US, false],
    [1151, HOUR_US, true],
    [6000, 6 * HOUR_US, false],
    [6000, 5 * HOUR_US, true],
    [6000, -5, true],
  ]
  for (const [km, elapsedUs, isIt] of cases) assert.equal(isTooFast(km, elapsedUs, PACE), isIt, `${km} ${elapsedUs}`)
})

test('durations in words', () => {
  assert.deepEqual([20e6, 119.4e6, 300e6, 3 * HOUR_US, 3.54 * HOUR_US].map(durationWords), [
    '20 seconds',
    '119 seconds',
    '5 minutes',
    '3 hours',
    '3.5 hours',
  ])
})
