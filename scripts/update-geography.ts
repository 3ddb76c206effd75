// Writes src/numbering/tables/distances.tsv and world-outlines.tsv anew from installed copies of the npm packages
// world-atlas (Natural Earth, public domain) and i18n-iso-countries (ISO 3166-1 numbers to letters):
//   node scripts/update-geography.ts node_modules/world-atlas node_modules/i18n-iso-countries
// Takes some minutes. Shapes that are nobody's in the table of codes are named on standard error.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

type Point = readonly [number, number]
type Ring = readonly Point[]

/** One polygon of a territory; `arcs` are the numbers of the topology's arcs along its rings. */
interface Polygon {
  readonly rings: readonly Ring[]
  readonly arcs: readonly number[]
}

interface Geometry {
  readonly type: 'Polygon' | 'MultiPolygon'
  readonly id?: string
  readonly properties: { readonly name: string }
  readonly arcs: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[]
}

interface Topology {
  readonly transform: { readonly scale: Point; readonly translate: Point }
  readonly arcs: readonly (readonly Point[])[]
  readonly objects: { readonly countries: { readonly geometries: readonly Geometry[] } }
}

/** Shapes without a number of their own in ISO 3166, by name, and where numbering puts them; null leaves them out. */
const BY_NAME: Readonly<Record<string, string | null>> = {
  Kosovo: 'XK',
  'N. Cyprus': 'CY',
  'Cyprus U.N. Buffer Zone': 'CY',
  Dhekelia: 'CY',
  Akrotiri: 'CY',
  Somaliland: 'SO',
  Baikonur: 'KZ',
  'USNB Guantanamo Bay': 'CU',
  'Siachen Glacier': 'IN',
  'Indian Ocean Ter.': 'AU',
  'Coral Sea Is.': 'AU',
  'Spratly Is.': null,
  'Clipperton I.': null,
  'Bajo Nuevo Bank': null,
  'Serranilla Bank': null,
  'Scarborough Reef': null,
}

/**
 * Territories with a code of their own that the shapes hold inside another country: country, territory, and the box
 * (west, south, east, north) that holds the polygons which lie in it whole. Crimea is put where ITU numbering has it.
 */
const INSIDE: readonly (readonly [string, string, number, number, number, number])[] = [
  ['FR', 'GF', -55, 2, -51, 6],
  ['FR', 'GP', -62, 15.7, -60.9, 16.7],
  ['FR', 'MQ', -61.4, 14.2, -60.7, 15],
  ['FR', 'RE', 55, -21.6, 56, -20.7],
  ['FR', 'YT', 44.9, -13.2, 45.5, -12.5],
  ['NL', 'BQ', -69, 11.8, -62, 18],
  ['NO', 'SJ', 8, 74, 37, 81],
  ['NO', 'SJ', -10, 70.5, -7, 71.5],
  ['NO', 'BV', 2, -55, 4, -54],
  ['AU', 'CX', 105, -11, 106, -10],
  ['AU', 'CC', 96, -13, 97.5, -11],
  ['NZ', 'TK', -173, -10, -171, -8],
  ['SH', 'AC', -15, -9, -14, -7],
  ['SH', 'TA', -13, -41, -9, -36],
  ['RU', 'UA', 32.3, 44.2, 36.8, 46.4],
]

/** Western Sahara is drawn as the part east of the sand wall; its distances count what is drawn as Morocco too. */
const ALSO = new Map([['EH', 'MA']])

const EARTH_KM = 6371
/** Points along a boundary lie no further apart, so that the nearest two tell the distance to within this. */
const STEP_KM = 2
/** Points of a leaf of the tree. */
const LEAF = 16

const [atlas, isoFolder] = process.argv.slice(2)
if (atlas === undefined || isoFolder === undefined) {
  process.stderr.write('usage: node scripts/update-geography.ts FOLDER-OF-WORLD-ATLAS FOLDER-OF-I18N-ISO-COUNTRIES\n')
  process.exit(2)
}
const { version } = JSON.parse(readFileSync(join(atlas, 'package.json'), 'utf8')) as { version: string }
const codes = JSON.parse(readFileSync(join(isoFolder, 'codes.json'), 'utf8')) as [string, string, string][]
const lettersOf = new Map(codes.map(([letters, , number]) => [number, letters]))
const tables = new URL('../src/numbering/tables/', import.meta.url)

const fine = readTerritories('countries-10m.json')
const coarse = readTerritories('countries-110m.json')
writeDistances()
writeOutlines()

/** The polygons of each territory in a topology. Source: TopoJSON format, https://github.com/topojson/topojson-specification */
function readTerritories(name: string): Map<string, Polygon[]> {
  const topology = JSON.parse(readFileSync(join(atlas ?? '', name), 'utf8')) as Topology
  const { scale, translate } = topology.transform
  const arcs = topology.arcs.map((arc) => {
    let x = 0
    let y = 0
    return arc.map(([dx, dy]): Point => {
      x += dx
      y += dy
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
    })
  })
  const territories = new Map<string, Polygon[]>()
  for (const { type, id, properties, arcs: shape } of topology.objects.countries.geometries) {
    const code = properties.name in BY_NAME ? BY_NAME[properties.name] : lettersOf.get(id ?? '')
    if (code === undefined) process.stderr.write(`left out: ${properties.name}\n`)
    if (code === undefined || code === null) continue
    const polygons = (type === 'Polygon' ? [shape] : shape) as readonly (readonly (readonly number[])[])[]
    for (const rings of polygons) {
      const polygon = {
        rings: rings.map((ring) => ringOf(ring, arcs)),
        arcs: rings.flat().map((i) => (i < 0 ? ~i : i)),
      }
      const place = INSIDE.find(([country, , ...box]) => country === code && isInBox(polygon.rings[0] ?? [], box))
      const territory = place === undefined ? code : place[1]
      territories.set(territory, [...(territories.get(territory) ?? []), polygon])
    }
  }
  return territories
}

/** The points along arcs, the first of each but the first dropped; a negative number is an arc walked backwards. */
function ringOf(numbers: readonly number[], arcs: readonly (readonly Point[])[]): Ring {
  return numbers.flatMap((number, i) => {
    const arc = number < 0 ? (arcs[~number] ?? []).toReversed() : (arcs[number] ?? [])
    return i === 0 ? arc : arc.slice(1)
  })
}

function isInBox(ring: Ring, [west = 0, south = 0, east = 0, north = 0]: readonly number[]): boolean {
  return ring.every(([x, y]) => x >= west && x <= east && y >= south && y <= north)
}

/** Least distances of all pairs, with the pairs that share a boundary. */
function writeDistances(): void {
  const names = [...fine.keys()].sort()
  const owners = new Map<number, Set<string>>()
  for (const [name, polygons] of fine) {
    for (const arc of polygons.flatMap((polygon) => polygon.arcs))
      owners.set(arc, (owners.get(arc) ?? new Set()).add(name))
  }
  const borders = new Set<string>()
  for (const shared of owners.values()) {
    for (const a of shared) for (const b of shared) if (a < b) borders.add(`${a} ${b}`)
  }
  const trees = names.map((name) => {
    return treeOf(boundaryPoints([...(fine.get(name) ?? []), ...(fine.get(ALSO.get(name) ?? '') ?? [])]))
  })
  const rows = names.map((name, i) => {
    const row = Buffer.alloc(i * 2)
    for (let j = 0; j < i; j++) {
      const chord = Math.sqrt(nearest(trees[i] ?? null, trees[j] ?? null))
      const km = 2 * EARTH_KM * Math.asin(Math.min(1, chord / 2)) - STEP_KM
      row.writeUInt16LE(Math.max(0, Math.floor(km)), j * 2)
    }
    const near = names.slice(0, i).filter((other) => borders.has(`${other} ${name}`))
    return `${name}\t${near.join()}\t${row.toString('base64')}`
  })
  const head = `# Least distances between countries and territories, in alphabetical order: ISO 3166-1 code (XK Kosovo, AC Ascension, TA
# Tristan da Cunha), those of the rows above that it shares a land border with, and the kilometres to each of the rows
# above as 16-bit numbers, low octet first, in base64. From boundary to boundary, rounded down by up to ${STEP_KM + 1} km.
# Western Sahara's (EH) are those of Morocco too.
# Source: Natural Earth 1:10m, public domain, by way of the npm package world-atlas ${version}; written by
# scripts/update-geography.ts.
`
  writeFileSync(new URL('distances.tsv', tables), `${head}${rows.join('\n')}\n`)
  process.stderr.write(`distances of ${names.length} territories, ${borders.size} land borders written\n`)
}

/** Points of the boundaries on the unit sphere, x y z, no two neighbours further apart than the step. */
function boundaryPoints(polygons: readonly Polygon[]): Float64Array[] {
  const points: Float64Array[] = []
  for (const ring of polygons.flatMap((polygon) => polygon.rings)) {
    for (const [i, point] of ring.entries()) {
      const a = onSphere(point)
      const b = onSphere(ring[i + 1] ?? point)
      const parts = Math.max(1, Math.ceil((Math.hypot(...difference(a, b)) * EARTH_KM) / STEP_KM))
      for (let part = 0; part < parts; part++) points.push(between(a, b, part / parts))
    }
  }
  return points
}

function onSphere([lon, lat]: Point): Float64Array {
  const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180]
  return Float64Array.of(Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p))
}

function difference(a: Float64Array, b: Float64Array): number[] {
  return [0, 1, 2].map((axis) => (a[axis] ?? 0) - (b[axis] ?? 0))
}

function between(a: Float64Array, b: Float64Array, part: number): Float64Array {
  const mixed = a.map((value, axis) => value + ((b[axis] ?? 0) - value) * part)
  return mixed.map((value) => value / Math.hypot(...mixed))
}

/** A tree of boxes over points; a leaf has points, a branch two halves. */
interface Tree {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly points: readonly Float64Array[]
  readonly halves: readonly [Tree, Tree] | null
}

function treeOf(points: Float64Array[]): Tree {
  const low = Float64Array.of(2, 2, 2)
  const high = Float64Array.of(-2, -2, -2)
  for (const point of points) {
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis] ?? 0, point[axis] ?? 0)
      high[axis] = Math.max(high[axis] ?? 0, point[axis] ?? 0)
    }
  }
  if (points.length <= LEAF) return { low, high, points, halves: null }
  const spans = difference(high, low)
  const axis = spans.indexOf(Math.max(...spans))
  points.sort((a, b) => (a[axis] ?? 0) - (b[axis] ?? 0))
  const middle = points.length >> 1
  return { low, high, points: [], halves: [treeOf(points.slice(0, middle)), treeOf(points.slice(middle))] }
}

/** The square of the least chord between the points of two trees. */
function nearest(a: Tree | null, b: Tree | null): number {
  let best = 4
  const visit = (x: Tree, y: Tree): void => {
    if (boxDistance(x, y) >= best) return
    if (x.halves === null && y.halves === null) {
      for (const p of x.points) {
        for (const q of y.points) {
          const [dx, dy, dz] = [(p[0] ?? 0) - (q[0] ?? 0), (p[1] ?? 0) - (q[1] ?? 0), (p[2] ?? 0) - (q[2] ?? 0)]
          best = Math.min(best, dx * dx + dy * dy + dz * dz)
        }
      }
      return
    }
    const splitsX = y.halves === null || (x.halves !== null && size(x) > size(y))
    const pairs = (splitsX ? x.halves : y.halves)?.map((half): [Tree, Tree] => (splitsX ? [half, y] : [x, half])) ?? []
    pairs.sort((one, two) => boxDistance(...one) - boxDistance(...two))
    for (const pair of pairs) visit(...pair)
  }
  if (a !== null && b !== null) visit(a, b)
  return best
}

function boxDistance(a: Tree, b: Tree): number {
  let sum = 0
  for (let axis = 0; axis < 3; axis++) {
    const gap = Math.max(0, (a.low[axis] ?? 0) - (b.high[axis] ?? 0), (b.low[axis] ?? 0) - (a.high[axis] ?? 0))
    sum += gap * gap
  }
  return sum
}

function size(tree: Tree): number {
  return Math.max(...difference(tree.high, tree.low))
}

/** Outlines for a small map, in tenths of a degree, and a point well inside the largest part of each territory. */
function writeOutlines(): void {
  const rows = [...fine.keys()].sort().map((name) => {
    const polygons = fine.get(name) ?? []
    const largest = polygons.toSorted((a, b) => area(b.rings[0] ?? []) - area(a.rings[0] ?? []))[0]
    const [x, y] = innerPoint(largest?.rings[0] ?? [])
    const drawn = coarse.get(name) ?? polygons.filter((polygon) => isVisible(polygon.rings[0] ?? []))
    const texts = drawn.map((polygon) => ringText(polygon.rings[0] ?? [])).filter((text) => text !== '')
    return `${name}\t${x.toFixed(2)},${y.toFixed(2)}\t${texts.join(';')}`
  })
  const head = `# Outlines of countries and territories for a small map of the world, in alphabetical order: ISO 3166-1 code (XK Kosovo,
# AC Ascension, TA Tristan da Cunha); longitude and latitude of a point well inside its largest part; its polygons, parted
# by semicolons, each the longitude and latitude of its points in tenths of a degree, the first as it is, each later one
# as the difference from the one before, closed by its first point. Holes are left out; the smallest have no polygon.
# Source: Natural Earth 1:110m, and 1:10m where that has none, public domain, by way of the npm package world-atlas
# ${version}; written by scripts/update-geography.ts.
`
  writeFileSync(new URL('world-outlines.tsv', tables), `${head}${rows.join('\n')}\n`)
  process.stderr.write(`outlines of ${rows.length} territories written\n`)
}

/** Worth drawing on a map of the world: half a degree across. */
function isVisible(ring: Ring): boolean {
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) >= 0.5
}

/** Empty for a ring that shrinks to less than a triangle. */
function ringText(ring: Ring): string {
  const tenths = ring.slice(0, -1).map(([x, y]): Point => [Math.round(x * 10), Math.round(y * 10)])
  const kept = simplify(tenths.filter(([x, y], i) => i === 0 || x !== tenths[i - 1]?.[0] || y !== tenths[i - 1]?.[1]))
  if (kept.length < 3) return ''
  return kept
    .map(([x, y], i) => (i === 0 ? `${x},${y}` : `${x - (kept[i - 1]?.[0] ?? 0)},${y - (kept[i - 1]?.[1] ?? 0)}`))
    .join(' ')
}

/** Leaves out what lies within a tenth of a degree of the line that stays. Source: Douglas and Peucker 1973. */
function simplify(points: Ring): Ring {
  const [first] = points
  const last = points.at(-1)
  if (points.length < 3 || first === undefined || last === undefined) return points
  let furthest = 0
  let index = 0
  for (const [i, point] of points.entries()) {
    const off = distanceToLine(point, first, last)
    if (off > furthest) [furthest, index] = [off, i]
  }
  if (furthest <= 1) return [first, last]
  return [...simplify(points.slice(0, index + 1)).slice(0, -1), ...simplify(points.slice(index))]
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
}

function area(ring: Ring): number {
  let sum = 0
  for (const [i, [x, y]] of ring.entries()) {
    const [nx, ny] = ring[i + 1] ?? [x, y]
    sum += (nx - x) * (Math.sin((y * Math.PI) / 180) + Math.sin((ny * Math.PI) / 180))
  }
  return Math.abs(sum)
}

/** Of a grid over the ring, the point inside it that lies furthest from its boundary. */
function innerPoint(ring: Ring): Point {
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const line = simplify(ring.map(([x, y]): Point => [x * 100, y * 100])).map(([x, y]): Point => [x / 100, y / 100])
  let best: Point = [(west + east) / 2, (south + north) / 2]
  let most = -1
  for (let i = 1; i < 40; i++) {
    for (let j = 1; j < 40; j++) {
      const point: Point = [west + ((east - west) * i) / 40, south + ((north - south) * j) / 40]
      if (!isInside(point, ring)) continue
      const scale = Math.cos((point[1] * Math.PI) / 180)
      const flat = ([x, y]: Point): Point => [x * scale, y]
      let least = Number.POSITIVE_INFINITY
      for (let k = 1; k < line.length; k++) {
        least = Math.min(least, distanceToLine(flat(point), flat(line[k - 1] ?? point), flat(line[k] ?? point)))
      }
      if (least > most) [most, best] = [least, point]
    }
  }
  return best
}

function isInside([x, y]: Point, ring: Ring): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] ?? [0, 0]
    const [bx, by] = ring[j] ?? [0, 0]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}
