import {
  countriesOnMap,
  countryCentre,
  countryOutline,
  type Outline,
  type Position,
} from '../../numbering/geography.ts'
import { html, type Markup, trusted } from '../html-escape.ts'
import { at, type Box, label, line, picture, placeLabel, WIDTH } from './scale.ts'

/** A line of the map: from a country to another, or within one. */
export interface MapFlow {
  readonly from: string
  readonly to: string
  readonly attempts: number
}

/** A name beside a country. */
export interface MapLabel {
  readonly country: string
  readonly text: string
}

const TOP = 84
const BOTTOM = -56
/** Coefficients of the Equal Earth projection. Source: Šavrič, Patterson, Jenny 2018, equation 1. */
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796]
const M = Math.sqrt(3) / 2
const SCALE = WIDTH / (2 * 2.706629)
const HEIGHT = Math.ceil(northing(TOP) - northing(BOTTOM))
/** Lines wider than the gap between countries hide them. */
const WIDEST = 9
/** Width of a line at its end, of that at its beginning. */
const END = 0.3

/** Countries, lines between them as wide as they are busy, and names. Countries of `sources` are darker. */
export function flowMap(
  id: string,
  flows: readonly MapFlow[],
  sources: ReadonlySet<string>,
  labels: readonly MapLabel[],
  title: string,
  description: string,
): Markup {
  const targets = new Set(flows.map(({ to }) => to))
  const land = countriesOnMap().map((country) => {
    const path = outlinePath(country)
    const role = sources.has(country) ? 'land source' : targets.has(country) ? 'land target' : 'land'
    return path === '' ? html`` : html`<path class="${role}" d="${trusted(path)}"/>`
  })
  const most = Math.max(1, ...flows.map(({ attempts }) => attempts))
  const drawn = flows.toSorted((a, b) => b.attempts - a.attempts).map((flow) => flowPath(flow, most))
  const dots = [...new Set([...sources, ...targets])].map((country) => {
    const place = placeOf(country)
    if (place === null) return html``
    return sources.has(country)
      ? html`<circle class="sourcedot" cx="${at(place.x)}" cy="${at(place.y)}" r="4.5"/>`
      : html`<rect class="targetdot" x="${at(place.x - 4)}" y="${at(place.y - 4)}" width="8" height="8"/>`
  })
  return picture(id, HEIGHT, title, description, html`<g class="lands">${land}</g>${drawn}${dots}${names(labels)}`)
}

function names(labels: readonly MapLabel[]): Markup[] {
  const bounds = { x: 2, y: 2, width: WIDTH - 4, height: HEIGHT - 4 }
  const taken: Box[] = labels.flatMap(({ country }) => {
    const place = placeOf(country)
    return place === null ? [] : [{ x: place.x - 5, y: place.y - 5, width: 10, height: 10 }]
  })
  return labels.map(({ country, text }) => {
    const place = placeOf(country)
    if (place === null) return html``
    const found = placeLabel(place.x, place.y, text, taken, bounds)
    if (found === null) return html``
    const end = found.anchor === 'end' ? found.x + 2 : found.x - 2
    const leader = found.far ? line(place.x, place.y, end, found.y - 4, 'leader') : html``
    return html`${leader}${label(found.x, found.y, text, 'halo', found.anchor)}`
  })
}

/** A bowed line that grows thinner towards its end, so that its direction needs no arrowhead; a ring within one country. */
function flowPath({ from, to, attempts }: MapFlow, most: number): Markup {
  const a = placeOf(from)
  const b = placeOf(to)
  if (a === null || b === null) return html``
  const width = Math.max(1.4, Math.sqrt(attempts / most) * WIDEST)
  if (from === to) return html`<circle class="ring" cx="${at(a.x)}" cy="${at(a.y)}" r="${at(9 + width / 2)}"/>`
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = Math.hypot(dx, dy)
  const bow = Math.min(90, length * 0.22)
  const [nx, ny] = [dy / length, -dx / length]
  const up = ny < 0 ? 1 : -1
  const c = { x: (a.x + b.x) / 2 + nx * bow * up, y: Math.max(6, (a.y + b.y) / 2 + ny * bow * up) }
  const half = width / 2
  const [px, py] = [nx * half, ny * half]
  return html`<path class="flow" d="M${at(a.x + px)} ${at(a.y + py)}Q${at(c.x + px * 0.7)} ${at(c.y + py * 0.7)} ${at(b.x + px * END)} ${at(b.y + py * END)}L${at(b.x - px * END)} ${at(b.y - py * END)}Q${at(c.x - px * 0.7)} ${at(c.y - py * 0.7)} ${at(a.x - px)} ${at(a.y - py)}Z"/>`
}

/** A country's outline as path data: digits, letters and blanks, longer than a text of the report may be. */
function outlinePath(country: string): string {
  let path = ''
  for (const outline of countryOutline(country) ?? []) {
    const places = unrolled(outline)
    if (places.every(({ latitude }) => latitude < BOTTOM)) continue
    for (const turn of [0, -360, 360]) {
      const moved = places.map(({ longitude, latitude }) => ({ longitude: longitude + turn, latitude }))
      if (moved.some(({ longitude }) => longitude > -180 && longitude < 180)) path += ringPath(moved)
    }
  }
  return path
}

/** A ring as path data; what lies beyond the edge of the map is drawn along it. */
function ringPath(places: readonly Position[]): string {
  let path = ''
  let last = ''
  for (const { longitude, latitude } of places) {
    const { x, y } = project({ longitude: Math.min(180, Math.max(-180, longitude)), latitude })
    const point = `${at(x)} ${at(y)}`
    if (point === last) continue
    path += `${path === '' ? 'M' : 'L'}${point}`
    last = point
  }
  return `${path}Z`
}

/** A ring without the jump where it crosses the 180th meridian: longitudes go on beyond it. */
function unrolled(outline: Outline): Position[] {
  const places: Position[] = []
  let turn = 0
  let last: number | null = null
  for (let i = 0; i + 1 < outline.length; i += 2) {
    const longitude = outline[i] ?? 0
    if (last !== null && longitude - last > 180) turn -= 360
    if (last !== null && longitude - last < -180) turn += 360
    last = longitude
    places.push({ longitude: longitude + turn, latitude: outline[i + 1] ?? 0 })
  }
  return places
}

function placeOf(country: string): { readonly x: number; readonly y: number } | null {
  const centre = countryCentre(country)
  return centre === null ? null : project(centre)
}

function project({ longitude, latitude }: Position): { readonly x: number; readonly y: number } {
  const t = Math.asin(M * Math.sin((latitude * Math.PI) / 180))
  const t2 = t * t
  const t6 = t2 * t2 * t2
  const stretch =
    (M * ((longitude * Math.PI) / 180) * Math.cos(t)) / (M * M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
  return { x: WIDTH / 2 + stretch * SCALE, y: northing(TOP) - northing(latitude) }
}

/** Distance from the equator in the picture, upwards. */
function northing(latitude: number): number {
  const t = Math.asin(M * Math.sin((latitude * Math.PI) / 180))
  const t2 = t * t
  const t6 = t2 * t2 * t2
  return t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) * SCALE
}
