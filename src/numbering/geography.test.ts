import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countriesInNumbering } from './countries.ts'
import { areNeighbours, countriesOnMap, countryCentre, countryOutline, minimumDistanceKm } from './geography.ts'

/** Two countries, bounds of the least distance in km, whether they share a land border. Distances from maps. */
const PAIRS = [
  ['FR', 'FR', 0, 0, false],
  ['FR', 'DE', 0, 0, true],
  ['ZA', 'LS', 0, 0, true],
  ['IT', 'VA', 0, 0, true],
  ['ES', 'GI', 0, 0, true],
  ['ES', 'MA', 0, 0, true], // Ceuta
  ['MF', 'SX', 0, 0, true],
  ['GF', 'BR', 0, 0, true],
  ['GB', 'FR', 29, 34, false],
  ['DK', 'SE', 1, 5, false],
  ['US', 'RU', 0, 4, false], // Diomede Islands
  ['SA', 'BH', 18, 26, false],
  ['GB', 'IM', 25, 31, false],
  ['FR', 'BR', 4500, 6000, false],
  ['FR', 'GF', 6000, 7000, false],
  ['FR', 'RE', 8000, 9500, false],
  ['FR', 'GP', 5500, 6800, false],
  ['US', 'PR', 1300, 1700, false],
  ['US', 'GU', 3500, 5000, false],
  ['NL', 'CW', 7000, 8000, false],
  ['DK', 'GL', 1900, 2200, false],
  ['NO', 'SJ', 350, 450, false],
  ['ES', 'EH', 0, 0, false], // drawn in part as Morocco
  ['US', 'BB', 2300, 2700, false],
  ['BS', 'US', 70, 90, false],
  ['NZ', 'ES', 17000, 20016, false],
] as const

for (const [a, b, least, most, neighbours] of PAIRS) {
  test(`${a} and ${b} are ${least} to ${most} km apart, ${neighbours ? '' : 'not '}neighbours`, () => {
    const km = minimumDistanceKm(a, b) ?? -1
    assert.ok(km >= least && km <= most, String(km))
    assert.equal(minimumDistanceKm(b, a), km)
    assert.equal(areNeighbours(a, b), neighbours)
    assert.equal(areNeighbours(b, a), neighbours)
  })
}

test('what is not in the tables has no distance, outline or centre', () => {
  for (const country of ['', 'UK', 'fr', '__proto__']) {
    assert.equal(minimumDistanceKm('FR', country), null)
    assert.equal(minimumDistanceKm(country, country), null)
    assert.equal(areNeighbours('FR', country), false)
    assert.equal(areNeighbours(country, country), false)
    assert.equal(countryOutline(country), null)
    assert.equal(countryCentre(country), null)
  }
})

test('every country of numbering has a distance to every other and a place on the map', () => {
  const known = new Set(countriesOnMap())
  for (const country of countriesInNumbering()) {
    assert.ok(known.has(country), country)
    assert.notEqual(minimumDistanceKm('FR', country), null, country)
  }
})

test('neighbours are at no distance, and no distance exceeds half the earth', () => {
  for (const a of countriesOnMap()) {
    for (const b of countriesOnMap()) {
      const km = minimumDistanceKm(a, b) ?? -1
      assert.ok(km >= 0 && km <= 20_016, `${a} ${b}`)
      if (areNeighbours(a, b)) assert.equal(km, 0, `${a} ${b}`)
    }
  }
})

test('two countries with a third between them are apart', () => {
  assert.ok((minimumDistanceKm('PT', 'FR') ?? 0) > 200)
  assert.ok((minimumDistanceKm('PT', 'MA') ?? 0) > 150)
  assert.ok((minimumDistanceKm('AT', 'FR') ?? 0) > 80)
})

test('outlines lie on the map and are closed shapes; large countries have one', () => {
  for (const country of countriesOnMap()) {
    const outlines = countryOutline(country) ?? []
    for (const outline of outlines) {
      assert.ok(outline.length >= 6 && outline.length % 2 === 0, country)
      for (let i = 0; i < outline.length; i += 2) {
        assert.ok(Math.abs(outline[i] ?? 999) <= 180 && Math.abs(outline[i + 1] ?? 999) <= 90, country)
      }
    }
  }
  for (const country of ['US', 'CN', 'FR', 'GF', 'GL', 'BS', 'JM', 'XK']) {
    assert.ok((countryOutline(country)?.length ?? 0) > 0, country)
  }
  assert.deepEqual(countryOutline('VA'), [])
  assert.equal(countryOutline('FR'), countryOutline('FR'))
})

/** Country and a box around its main part: west, south, east, north. */
for (const [country, west, south, east, north] of [
  ['US', -124, 26, -68, 49],
  ['FR', -4, 43, 8, 51],
  ['NO', 5, 58, 30, 71],
  ['RU', 30, 45, 180, 75],
  ['VA', 12.4, 41.8, 12.5, 42],
  ['PT', -9.5, 37, -6.2, 42.1],
  ['RE', 55.2, -21.4, 55.9, -20.8],
] as const) {
  test(`the centre of ${country} lies in its main part`, () => {
    const { longitude = 999, latitude = 999 } = countryCentre(country) ?? {}
    assert.ok(longitude > west && longitude < east && latitude > south && latitude < north, `${longitude} ${latitude}`)
  })
}
