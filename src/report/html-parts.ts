import type { FindingSource } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import { shape } from './charts/scatter.ts'
import { name } from './describe.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import type { Generation } from './report-facts.ts'
import { primaryAddress } from './tally.ts'
import { formatTime, WORDS } from './words.ts'

/** A column of a table. */
export interface Column {
  readonly title: string
  /** Plain text, right-aligned figures, an address or name that may break anywhere, a hash, or sentences. */
  readonly kind: 'text' | 'num' | 'addr' | 'name' | 'hash' | 'prose'
}

/** One section: its anchor, its heading, its content. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Markup
}

/** A cell's content with its column's alignment. */
type Cells = readonly Content[]

/**
 * A table with a caption and scoped headings, in a region that scrolls sideways by keyboard. The first cell of a row
 * is its heading. At most `LIMITS.reportRows` rows; `total` says how many there were.
 */
export function table(
  id: string,
  caption: string,
  columns: readonly Column[],
  rows: readonly Cells[],
  options: { readonly total?: number; readonly foot?: Cells; readonly more?: (more: number) => string } = {},
): Markup {
  const shown = rows.slice(0, LIMITS.reportRows)
  const more = (options.total ?? rows.length) - shown.length
  const foot = options.foot === undefined ? html`` : html`<tfoot>${row(columns, options.foot)}</tfoot>`
  const rest = more > 0 ? paragraph('more', (options.more ?? WORDS.moreRows)(more)) : html``
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table class="${tableSize(columns.length)}"><caption id="${id}">${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${column.kind}">${column.title}</th>`)}</tr></thead>
<tbody>${shown.map((cells) => row(columns, cells))}</tbody>${foot}</table></div>
${rest}`
}

/** Columns from titles; the kinds in the same order. */
export function columnsOf(titles: readonly string[], kinds: readonly Column['kind'][]): Column[] {
  return titles.map((title, index) => ({ title, kind: kinds[index] ?? 'text' }))
}

/** A paragraph of a class. */
export function paragraph(className: string, text: Content): Markup {
  return html`<p class="${className}">${text}</p>`
}

/** A list of sentences. */
export function list(sentences: readonly string[]): Markup {
  return html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
}

/** The main address with its kind beneath. */
export function addressCell(source: FindingSource): Markup {
  const address = primaryAddress(source)
  if (address === null) return html`${WORDS.addressUnknown}`
  return html`${breakable(name(address.value))}<small>${WORDS.address[address.kind]}</small>`
}

/** A name that may break after its dots and dashes and before its capitals: `node1.` `epc.`, `any` `Time` `Interrogation`. */
export function breakable(text: string): Markup {
  const parts = text.split(/(?<=[.\-@_])(?=.)|(?<=[a-z])(?=[A-Z])/)
  return html`${parts.map((part, index) => html`${index === 0 ? html`` : html`<wbr>`}${part}`)}`
}

/** Short texts, each on a line of its own. */
export function lines(texts: readonly string[]): Markup[] {
  return texts.map((text) => html`<span class="line">${text}</span> `)
}

/** Ids in a line that does not break inside one, the first `most` of them. */
export function unbroken(ids: readonly string[], most: number): Markup {
  const parts = ids.slice(0, most).map((id, index) => html`${index === 0 ? '' : ', '}<span class="id">${id}</span>`)
  return html`${parts}${ids.length > most ? ` ${WORDS.more(ids.length - most)}` : ''}`
}

/** The first and the last moment, once when they are the same second. */
export function timeLines(firstSeen: string, lastSeen: string): Markup[] {
  return lines([...new Set([formatTime(firstSeen), formatTime(lastSeen)])])
}

/** A term and what is said of it, in a list of facts. */
export function fact(term: string, text: Content, className: '' | 'wide' = ''): Markup {
  return html`<div class="${className}"><dt>${term}</dt><dd>${text}</dd></div>`
}

/** What the colours of a chart mean. */
export function swatches(generations: readonly Generation[]): Markup {
  return html`<ul class="swatches">${generations.map((generation) => html`<li><svg aria-hidden="true" viewBox="0 0 14 14"><rect class="g-${generation}" width="14" height="14"/></svg>${WORDS.generationLong[generation]}</li>`)}</ul>`
}

/** What the marks of a chart mean. */
export function generationMarks(generations: readonly Generation[]): Markup {
  return html`<ul class="swatches">${generations.map((generation) => html`<li><svg aria-hidden="true" viewBox="0 0 14 14">${shape(generation, 7, 7)}</svg>${WORDS.generationLong[generation]}</li>`)}</ul>`
}

/** How much room a table needs on a narrow screen before it scrolls. */
function tableSize(columns: number): string {
  if (columns <= 3) return 'few'
  return columns <= 6 ? 'some' : 'many'
}

function row(columns: readonly Column[], cells: Cells): Markup {
  const parts = columns.map(({ kind }, index) => {
    const content = cells[index] ?? ''
    return index === 0
      ? html`<th scope="row" class="${kind}">${content}</th>`
      : html`<td class="${kind}">${content}</td>`
  })
  return html`<tr>${parts}</tr>
`
}
