import { at, u16At } from '../../bytes/at.ts'

/** Shapes by their code; null where none is defined. Least octets: of a polygon its first octet. Source: TS 23.032 §7.3. */
export const SHAPES = [
  { code: 0, name: 'ellipsoidPoint', leastBytes: 7 },
  { code: 1, name: 'ellipsoidPointWithUncertaintyCircle', leastBytes: 8 },
  { code: 3, name: 'ellipsoidPointWithUncertaintyEllipse', leastBytes: 11 },
  { code: 5, name: 'polygon', leastBytes: 7 },
  { code: 8, name: 'ellipsoidPointWithAltitude', leastBytes: 9 },
  { code: 9, name: 'ellipsoidPointWithAltitudeAndUncertaintyEllipsoid', leastBytes: 14 },
  { code: 10, name: 'ellipsoidArc', leastBytes: 13 },
] as const

const LEAST_BYTES: readonly number[] = Array.from(
  { length: 16 },
  (_, code) => SHAPES.find((shape) => shape.code === code)?.leastBytes ?? 0,
)

const POLYGON = 5
/** Octets of a polygon's point. */
const POINT_BYTES = 6

/**
 * Point of a geographical description in degrees, `latitude,longitude`: the point itself, the centre of its uncertainty,
 * the centre of an arc, the first point of a polygon, in `bytes[start, end)`. Source: 3GPP TS 23.032 §6.1 and §7.3.
 * @returns null for a shape that is not defined, or cut. Never throws.
 */
export function formatPosition(bytes: Uint8Array, start: number, end: number): string | null {
  if (end <= start) return null
  const first = at(bytes, start)
  const shape = first >> 4
  const least = LEAST_BYTES[shape] ?? 0
  if (least === 0 || end - start < least) return null
  if (shape === POLYGON && end - start < 1 + POINT_BYTES * (first & 15)) return null
  return formatPoint(bytes, start + 1)
}

/** Last type of shape of a calling geodetic location that begins with its one point. Source: ITU-T Q.763 §3.88. */
const LAST_POINT_SHAPE = 4

/** Calling geodetic location: as `formatPosition`, behind an octet of presentation. Source: ITU-T Q.763 §3.88. */
export function formatGeodeticPosition(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 8 || (at(bytes, start + 1) & 0x7f) > LAST_POINT_SHAPE) return null
  return formatPoint(bytes, start + 2)
}

/** Latitude of sign and 23 bits, longitude of 24 bits in two's complement. Source: TS 23.032 §6.1. */
function formatPoint(bytes: Uint8Array, start: number): string {
  const raw = (at(bytes, start) << 16) | u16At(bytes, start + 1)
  const south = (raw & 0x800000) !== 0
  const latitude = ((raw & 0x7fffff) * 90) / 0x800000
  const east = (at(bytes, start + 3) << 16) | u16At(bytes, start + 4)
  const longitude = ((east >= 0x800000 ? east - 0x1000000 : east) * 360) / 0x1000000
  return `${(south ? -latitude : latitude).toFixed(5)},${longitude.toFixed(5)}`
}
