import { html, type Markup } from '../html-escape.ts'

/** Width of every chart in its own units; the page scales it. */
export const WIDTH = 960
/** Font size of labels, in the same units; `style.ts` sets it. */
export const FONT = 13

/** Where a label goes. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** About how wide `text` is drawn: an average letter is six tenths as wide as high in the widest of the usual fonts. */
export function textWidth(text: string, size = FONT): number {
  return text.length * size * 0.6
}

/** `text`, cut with `…` when it is wider than `width`. */
export function fitText(text: string, width: number, size = FONT): string {
  const most = Math.floor(width / (size * 0.6))
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

/** `text` in lines not wider than `width`, broken between words; what does not fit the last one is cut with `…`. */
export function wrapText(text: string, width: number, most: number, size = FONT): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && (textWidth(`${last} ${word}`, size) <= width || lines.length === most)) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines.map((line) => fitText(line, width, size))
}

/** A round number at or above `value` with a round step: the end of an axis of counts and its ticks, 0 first. */
export function countTicks(most: number, about = 4): number[] {
  const rough = Math.max(1, most) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough)
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, index) => Math.round(index * step))
}

/** Powers of ten from 1 to at least `most`. */
export function logTicks(most: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(Math.log10(Math.max(2, most)))) + 1 }, (_, index) => 10 ** index)
}

/** A number for an attribute: one decimal place, no more. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** The whole picture, with its name and what it shows for those who do not see it, in a box that scrolls on a phone. */
export function picture(id: string, height: number, title: string, description: string, content: Markup): Markup {
  return html`<div class="chart" role="region" tabindex="0" aria-labelledby="${id}-title"><svg class="picture" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${at(height)}"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${content}</svg></div>`
}

/** A label. */
export function label(
  x: number,
  y: number,
  text: string,
  className = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
): Markup {
  return html`<text x="${at(x)}" y="${at(y)}" class="${className}" text-anchor="${anchor}">${text}</text>`
}

/** A line. */
export function line(x1: number, y1: number, x2: number, y2: number, className: string): Markup {
  return html`<line class="${className}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`
}

/** A bar. */
export function bar(x: number, y: number, width: number, height: number, className: string): Markup {
  return html`<rect class="${className}" x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(Math.max(0, height))}"/>`
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

const ANGLES = [0, -45, 45, 180, -135, 135, -90, 90, -22, 22, -158, 158]
const DISTANCES = [9, 24, 40, 58, 80, 104]

/**
 * Places a label near a point where it covers no other box and stays inside the picture, the nearer the better.
 * @returns null where there is no room: the table has it.
 */
export function placeLabel(
  x: number,
  y: number,
  text: string,
  taken: Box[],
  bounds: Box,
): {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'end'
  readonly far: boolean
  readonly box: Box
} | null {
  const width = textWidth(text) + 4
  const height = FONT + 4
  for (const distance of DISTANCES) {
    for (const angle of ANGLES) {
      const left = Math.abs(angle) > 90
      const px = x + distance * Math.cos((angle * Math.PI) / 180)
      const py = y + distance * Math.sin((angle * Math.PI) / 180)
      const box = { x: left ? px - width : px, y: py - height / 2, width, height }
      const inside =
        box.x >= bounds.x &&
        box.y >= bounds.y &&
        box.x + width <= bounds.x + bounds.width &&
        box.y + height <= bounds.y + bounds.height
      if (!inside || taken.some((other) => overlaps(other, box))) continue
      taken.push(box)
      return { x: px, y: py + FONT * 0.34, anchor: left ? 'end' : 'start', far: distance > 12, box }
    }
  }
  return null
}
