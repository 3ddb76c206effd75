import { LIMITS } from '../limits.ts'
import { clipText, visibleText } from './visible-text.ts'

const SAFE = Symbol('safe markup')
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A piece of HTML that only `html` and `trusted` make; data read from a file can never pass for one. */
export interface Markup {
  readonly [SAFE]: string
}

/** What a template takes. Everything but `Markup` is escaped. */
export type Content = string | number | Markup | readonly Markup[]

/** Makes a piece of HTML: text and numbers put into the template are escaped, whatever they hold. */
export function html(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  let out = template[0] ?? ''
  for (const [index, content] of contents.entries()) out += render(content) + (template[index + 1] ?? '')
  return { [SAFE]: out }
}

/** Takes `text` as HTML as it stands. Only for constants of this program, such as its style sheet. */
export function trusted(text: string): Markup {
  return { [SAFE]: text }
}

/** The HTML text of a piece. */
export function toHtml(markup: Markup): string {
  return markup[SAFE]
}

/**
 * `text` for an element's content or a quoted attribute: invisible characters as their codes, at most
 * `LIMITS.reportTextColumns` columns, and `& < > " '` as entities.
 * Source: WHATWG HTML Living Standard §13.1.2.3, §13.1.4.
 */
export function escapeHtml(text: string): string {
  return clipText(visibleText(text), LIMITS.reportTextColumns).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}

function render(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return String(content)
  if (SAFE in content) return content[SAFE]
  return content.map(toHtml).join('')
}
