import { readFileSync } from 'node:fs'
import { parseTable } from './table.ts'

/** A place, in degrees. */
export interface Position {
  readonly longitude: number
  readonly latitude: number
}

/** Longitude and latitude in degrees, one after the other; closed by its first point. */
export type Outline = readonly number[]

interface Distances {
  /** Where each country stands in the rows. */
  readonly order: ReadonlyMap<string, number>
  /** Kilometres from each country to each one before it, row after row. */
  readonly km: Uint16Array
  /** Pairs that share a land border, as `pairOf` writes them. */
  readonly borders: ReadonlySet<number>
}

interface Shape {
  readonly centre: Position
  readonly outlines: readonly Outline[]
}

let distances: Distances | null = null
let lines: Map<string, string> | null = null
const shapes = new Map<string, Shape | null>()

/**
 * The least distance between the territories of two countries (ISO 3166-1 alpha-2), kilometres, from boundary to boundary
 * on a sphere, rounded down by up to 3 km: what a phone must at least have travelled. 0 for one country and for
 * neighbours. A territory with a code of its own is not part of its country: France is far from Reunion (`RE`), Denmark
 * from Greenland (`GL`), but Spain has the Canary Islands and Ceuta, Portugal the Azores.
 * Source: Natural Earth 1:10m (tables/distances.tsv).
 * @returns null where one of the two is not in the table.
 */
export function minimumDistanceKm(a: string, b: string): number | null {
  distances ??= loadDistances()
  const i = distances.order.get(a)
  const j = a === b ? i : distances.order.get(b)
  if (i === undefined || j === undefined) return null
  return i === j ? 0 : (distances.km[pairOf(i, j)] ?? null)
}

/** Tells whether two countries (ISO 3166-1 alpha-2) share a land border. Source: as `minimumDistanceKm`. */
export function areNeighbours(a: string, b: string): boolean {
  distances ??= loadDistances()
  const [i, j] = [distances.order.get(a), distances.order.get(b)]
  return i !== undefined && j !== undefined && i !== j && distances.borders.has(pairOf(i, j))
}

/**
 * The outlines of a country for a small map of the world, to a tenth of a degree; empty where it is too small to draw.
 * Source: Natural Earth 1:110m, for the smaller 1:10m (tables/world-outlines.tsv).
 * @returns null for a country that is not in the table.
 */
export function countryOutline(country: string): readonly Outline[] | null {
  return shapeOf(country)?.outlines ?? null
}

/** A point well inside a country's largest part; null for a country that is not in the table. Source: as `countryOutline`. */
export function countryCentre(country: string): Position | null {
  return shapeOf(country)?.centre ?? null
}

/** Every country and territory that has an outline or at least a centre, in alphabetical order. */
export function countriesOnMap(): readonly string[] {
  lines ??= loadLines()
  return [...lines.keys()]
}

/** The place of a pair in a triangle of rows: row 1 has one entry, row 2 two. */
function pairOf(i: number, j: number): number {
  const row = Math.max(i, j)
  return (row * (row - 1)) / 2 + Math.min(i, j)
}

function loadDistances(): Distances {
  const rows = parseTable(readTable('distances.tsv'), '\t')
  const order = new Map(rows.map(([country = ''], index) => [country, index]))
  const km = new Uint16Array((rows.length * (rows.length - 1)) / 2)
  const borders = new Set<number>()
  for (const [row, [, neighbours = '', encoded = '']] of rows.entries()) {
    const octets = Buffer.from(encoded, 'base64')
    for (let column = 0; column < row; column++) km[pairOf(row, column)] = octets.readUInt16LE(column * 2)
    for (const neighbour of neighbours.split(',')) {
      const column = order.get(neighbour)
      if (column !== undefined) borders.add(pairOf(row, column))
    }
  }
  return { order, km, borders }
}

function shapeOf(country: string): Shape | null {
  lines ??= loadLines()
  const known = shapes.get(country)
  if (known !== undefined) return known
  const line = lines.get(country)
  const shape = line === undefined ? null : parseShape(line)
  // Countries of the table only, so that strange names do not fill memory.
  if (shape !== null) shapes.set(country, shape)
  return shape
}

function parseShape(line: string): Shape {
  const [, centre = '', polygons = ''] = line.split('\t')
  const [longitude = 0, latitude = 0] = centre.split(',').map(Number)
  return { centre: { longitude, latitude }, outlines: polygons === '' ? [] : polygons.split(';').map(parseOutline) }
}

/** Points as differences in tenths of a degree. */
function parseOutline(text: string): Outline {
  const outline: number[] = []
  let [x, y] = [0, 0]
  for (const point of text.split(' ')) {
    const [dx = 0, dy = 0] = point.split(',').map(Number)
    x += dx
    y += dy
    outline.push(x / 10, y / 10)
  }
  return outline
}

function loadLines(): Map<string, string> {
  const text = readTable('world-outlines.tsv')
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(rows.map((line) => [line.slice(0, 2), line]))
}

function readTable(name: string): string {
  return readFileSync(new URL(`./tables/${name}`, import.meta.url), 'utf8')
}
