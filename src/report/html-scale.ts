import { DEFAULT_OPTIONS } from '../campaign/options.ts'
import { type Audience, subjectCount } from './audience.ts'
import { scatterChart } from './charts/scatter.ts'
import { name, networkText } from './describe.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { breakable, columnsOf, generationMarks, paragraph, type Section, table } from './html-parts.ts'
import { GENERATIONS, type MatrixNetwork, type ReportFacts, type SpreadRow } from './report-facts.ts'
import { clipText } from './visible-text.ts'
import { formatCount, formatCountry, WORDS } from './words.ts'

const R = WORDS.report
const ROWS = 25
/** Columns of a name in the picture. */
const NAME = 24
/** Sources named in the picture: the busiest, and those that ask most about one subscriber. */
const NAMED = 5
const BORDER = { subjects: DEFAULT_OPTIONS.massSubjects, each: DEFAULT_OPTIONS.massAttempts }
/** Steps of the matrix' shading, darkest last. */
const SHADES = 5

/** Few subscribers often, or many once. */
export function scaleSection(facts: ReportFacts, audience: Audience): Section {
  const rows = facts.spread.filter(({ subjects, attempts }) => subjects > 0 && attempts > 0)
  const busiest = new Set([...rows.slice(0, NAMED), ...rows.toSorted((a, b) => each(b) - each(a)).slice(0, NAMED)])
  const least = Math.max(1, audience.minimumCount)
  const dots = rows.map((row) => ({
    name: label(row),
    generation: row.generation,
    subjects: Math.max(least, row.subjects),
    each: row.attempts / Math.max(least, row.subjects) < 1 ? 1 : row.attempts / Math.max(least, row.subjects),
    named: busiest.has(row),
  }))
  const mass = rows.filter((row) => row.subjects >= BORDER.subjects && each(row) <= BORDER.each).length
  const cells = rows
    .slice(0, ROWS)
    .map((row): Content[] => [
      row.address === null
        ? WORDS.addressUnknown
        : html`${breakable(name(row.address.value))}<small>${WORDS.address[row.address.kind]}</small>`,
      formatCountry(row.country),
      row.network === null ? WORDS.networkUnknown : name(row.network),
      WORDS.generationShort[row.generation],
      formatCount(row.attempts),
      subjectCount(row.subjects, audience),
      row.subjects < audience.minimumCount ? '–' : each(row).toFixed(1),
    ])
  const used = GENERATIONS.filter((generation) => rows.some((row) => row.generation === generation))
  return {
    id: 'scale',
    title: R.scale,
    body: html`<p>${R.scaleIntro} ${R.scaleBorder(BORDER.subjects, BORDER.each)}</p>
<figure><figcaption>${R.scatterChart}</figcaption>${generationMarks(used)}${scatterChart('scatter', dots, BORDER, R.scatterChart, R.scatterDescription(mass, rows.length - mass))}</figure>
${facts.sources > facts.spread.length ? paragraph('meta', R.notDrawn(facts.spread.length, facts.sources)) : html``}
${table('spread', R.spreadCaption, columnsOf(R.spreadColumns, ['addr', 'text', 'name', 'text', 'num', 'num', 'num']), cells, { total: rows.length, more: WORDS.moreInStore })}`,
  }
}

/** Which networks share subscribers. */
export function matrixSection(facts: ReportFacts, audience: Audience): Section | null {
  const { networks, shared, weeks } = facts.matrix
  if (networks.length < 2) return null
  const columns = networks.map((_, index) => html`<th scope="col" class="num">${String(index + 1)}</th>`)
  const rows = networks.map((network, row) => {
    const cells = networks.map((other, column) => matrixCell(network, other, row, column, shared, audience))
    return html`<tr><th scope="row" class="name">${String(row + 1)}. ${networkText(network.network, network.country)}</th>${cells}</tr>
`
  })
  return {
    id: 'matrix',
    title: R.matrix,
    body: html`<p>${R.matrixIntro(weeks)}</p>
<div class="scroll" role="region" tabindex="0" aria-labelledby="matrix-table"><table class="matrix"><caption id="matrix-table">${R.matrixCaption}</caption><thead><tr><th scope="col">${R.matrixCorner}</th>${columns}</tr></thead><tbody>${rows}</tbody></table></div>`,
  }
}

function matrixCell(
  network: MatrixNetwork,
  other: MatrixNetwork,
  row: number,
  column: number,
  shared: readonly (readonly number[])[],
  audience: Audience,
): Markup {
  if (row === column) return html`<td class="num own">${subjectCount(network.subjects, audience)}</td>`
  const count = shared[Math.max(row, column)]?.[Math.min(row, column)] ?? 0
  const share = count / Math.max(1, Math.min(network.subjects, other.subjects))
  const shade = count === 0 || count < audience.minimumCount ? 0 : Math.min(SHADES, 1 + Math.floor(share * 2 * SHADES))
  return html`<td class="num shade-${shade}">${count === 0 ? '·' : subjectCount(count, audience)}</td>`
}

function label(row: SpreadRow): string {
  const address = row.address === null ? WORDS.addressUnknown : clipText(name(row.address.value), NAME)
  return row.country === null ? address : `${address} (${row.country})`
}

function each(row: SpreadRow): number {
  return row.attempts / Math.max(1, row.subjects)
}
