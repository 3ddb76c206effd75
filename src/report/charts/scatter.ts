import { html, type Markup } from '../html-escape.ts'
import type { Generation } from '../report-facts.ts'
import { formatCount, WORDS } from '../words.ts'
import { at, type Box, label, line, logTicks, picture, placeLabel, WIDTH } from './scale.ts'

/** A source: how many subscribers, how often each. */
export interface Dot {
  readonly name: string
  readonly generation: Generation
  readonly subjects: number
  readonly each: number
  readonly named: boolean
}

const LEFT = 70
const RIGHT = 40
const TOP = 14
const BOTTOM = 400

/** Sources by the number of subscribers and of attempts a subscriber, both on scales where each step is ten times the last. */
export function scatterChart(
  id: string,
  dots: readonly Dot[],
  border: { readonly subjects: number; readonly each: number },
  title: string,
  description: string,
): Markup {
  const R = WORDS.report
  const xTicks = logTicks(Math.max(border.subjects * 4, ...dots.map(({ subjects }) => subjects)))
  const yTicks = logTicks(Math.max(border.each * 4, ...dots.map(({ each }) => each)))
  // half a step below 1 keeps the dots off the axes
  const place = (value: number, ticks: readonly number[], from: number, to: number) => {
    const steps = ticks.length - 1 + 0.4
    return from + ((Math.log10(value) + 0.4) / steps) * (to - from)
  }
  const x = (value: number) => place(value, xTicks, LEFT, WIDTH - RIGHT)
  const y = (value: number) => place(value, yTicks, BOTTOM, TOP)
  const grid = [
    ...xTicks.map(
      (tick) =>
        html`${line(x(tick), TOP, x(tick), BOTTOM, 'gridline')}${label(x(tick), BOTTOM + 18, formatCount(tick), 'quiet', 'middle')}`,
    ),
    ...yTicks.map(
      (tick) =>
        html`${line(LEFT, y(tick), WIDTH - RIGHT, y(tick), 'gridline')}${label(LEFT - 8, y(tick) + 4, formatCount(tick), 'quiet', 'end')}`,
    ),
  ]
  const mass = html`<rect class="area" x="${at(x(border.subjects))}" y="${at(y(border.each))}" width="${at(WIDTH - RIGHT - x(border.subjects))}" height="${at(BOTTOM - y(border.each))}"/>`
  const taken: Box[] = [
    { x: WIDTH - RIGHT - 330, y: BOTTOM - 26, width: 330, height: 24 },
    { x: LEFT, y: TOP, width: 350, height: 24 },
    ...dots.map((dot) => ({ x: x(dot.subjects) - 5, y: y(dot.each) - 5, width: 10, height: 10 })),
  ]
  const bounds = { x: LEFT, y: TOP, width: WIDTH - LEFT - RIGHT, height: BOTTOM - TOP }
  const marks = dots.map((dot) => shape(dot.generation, x(dot.subjects), y(dot.each)))
  const spoken: { readonly x: number; readonly y: number }[] = []
  const names = dots.flatMap((dot) => {
    if (!dot.named) return []
    // names of marks in one place would only pile up
    const here = { x: x(dot.subjects), y: y(dot.each) }
    if (spoken.some((other) => Math.hypot(other.x - here.x, other.y - here.y) < 8)) return []
    spoken.push(here)
    const found = placeLabel(x(dot.subjects), y(dot.each), dot.name, taken, bounds)
    if (found === null) return []
    const end = found.anchor === 'end' ? found.x + 2 : found.x - 2
    return [
      ...(found.far ? [line(x(dot.subjects), y(dot.each), end, found.y - 4, 'leader')] : []),
      label(found.x, found.y, dot.name, 'halo', found.anchor),
    ]
  })
  return picture(
    id,
    BOTTOM + 46,
    title,
    description,
    html`${mass}${grid}${label(WIDTH - RIGHT - 8, BOTTOM - 10, R.massArea, 'quiet', 'end')}${label(LEFT + 8, TOP + 16, R.targetedArea, 'quiet')}${marks}${names}${label((LEFT + WIDTH - RIGHT) / 2, BOTTOM + 40, R.scatterX, 'strong', 'middle')}<text class="strong" text-anchor="middle" transform="translate(16 ${at((TOP + BOTTOM) / 2)}) rotate(-90)">${R.scatterY}</text>`,
  )
}

/** A mark of its own shape for each generation, so that it can be told without colour. */
export function shape(generation: Generation, x: number, y: number, className = ''): Markup {
  const name = `dot g-${generation} ${className}`
  if (generation === '3g') return html`<circle class="${name}" cx="${at(x)}" cy="${at(y)}" r="5"/>`
  if (generation === '4g')
    return html`<rect class="${name}" x="${at(x - 4.5)}" y="${at(y - 4.5)}" width="9" height="9"/>`
  if (generation === 'sms') return html`<path class="${name}" d="M${at(x)} ${at(y - 5.5)}l5.5 10h-11z"/>`
  return html`<path class="${name}" d="M${at(x)} ${at(y - 6)}l6 6l-6 6l-6 -6z"/>`
}
