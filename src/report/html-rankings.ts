import { type Audience, subjectCount } from './audience.ts'
import { barColumns, stackedRows } from './charts/bars.ts'
import { name } from './describe.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { columnsOf, type Section, swatches, table } from './html-parts.ts'
import { type Counts, GENERATIONS, type Generation, type RankingRow, type ReportFacts } from './report-facts.ts'
import { formatCount, formatCountry, formatShare, WORDS } from './words.ts'

const R = WORDS.report
/** Countries and years drawn; the tables have more. */
const DRAWN = 8
const YEARS = 5

/** Countries and networks by generation and year. */
export function rankingsSection(facts: ReportFacts, audience: Audience): Section {
  const present = GENERATIONS.filter((generation) =>
    facts.years.some((row) => row.generation === generation && row.attempts > 0),
  )
  return {
    id: 'rankings',
    title: R.rankings,
    body: html`<p>${R.rankingsIntro}</p>${present.map((generation) => generationPart(facts, generation, audience))}<p class="meta">${R.rankingsNote}</p>`,
  }
}

function generationPart(facts: ReportFacts, generation: Generation, audience: Audience): Markup {
  const years = facts.years.filter((row) => row.generation === generation && row.attempts > 0)
  const countries = facts.countries.filter((row) => row.generation === generation && row.attempts > 0)
  const networks = facts.networks.filter((row) => row.generation === generation && row.attempts > 0)
  const long = WORDS.generationLong[generation]
  const drawnYears = years.slice(-YEARS)
  const totals = Map.groupBy(countries, ({ country }) => country)
  const order = [...totals]
    .map(([country, rows]) => ({ country, rows, best: Math.max(...rows.map(({ share }) => share)) }))
    .sort((a, b) => b.best - a.best)
    .slice(0, DRAWN)
  const rows = order.map(({ country, rows: own }) => ({
    name: shortCountry(country),
    cells: drawnYears.map(({ year }) => {
      const row = own.find((one) => one.year === year)
      return row === undefined ? null : { share: row.share, text: formatShare(row.attempts, yearAttempts(years, year)) }
    }),
  }))
  const sentences = years.flatMap(({ year, attempts }) => {
    const [first] = countries.filter((row) => row.year === year)
    return first === undefined
      ? []
      : [
          R.rankingSentence(
            formatCountry(first.country),
            formatShare(first.attempts, attempts).replace(' ', '\u00a0'),
            year,
          ),
        ]
  })
  const heads = drawnYears.map(({ year, attempts }) => `${year} · ${R.attemptsShort(attempts)}`)
  return html`<section><h3>${long}</h3>
<figure><figcaption>${R.rankingChart(long)}</figcaption>${barColumns(`rank-${generation}`, heads, rows, `g-${generation}`, R.rankingChart(long), sentences.join(' '))}</figure>
${table(
  `countries-${generation}`,
  R.countriesCaption(long),
  columnsOf(R.countryColumns, ['num', 'text', 'num', 'num', 'num', 'num', 'num']),
  years.flatMap((total) => rowsOf(total, countries, total.countries, audience, (row) => [formatCountry(row.country)])),
)}
${table(
  `networks-${generation}`,
  R.networksCaption(long),
  columnsOf(R.networkColumns, ['num', 'name', 'text', 'num', 'num', 'num', 'num', 'num']),
  years.flatMap((total) =>
    rowsOf(total, networks, total.networks, audience, (row) => [
      row.network === null ? WORDS.networkUnknown : name(row.network),
      formatCountry(row.country),
    ]),
  ),
)}</section>
`
}

/** The rows of one year: the first of its ranking, the rest in one, and the sum. */
function rowsOf(
  total: ReportFacts['years'][number],
  ranking: readonly RankingRow[],
  members: number,
  audience: Audience,
  names: (row: RankingRow) => readonly Content[],
): Content[][] {
  const rows = ranking.filter(({ year }) => year === total.year)
  const cells = rows.map((row): Content[] => [
    String(row.year),
    ...names(row),
    ...countCells(row, total.attempts, audience),
  ])
  const rest = total.attempts - rows.reduce((sum, { attempts }) => sum + attempts, 0)
  const width = rows[0] === undefined ? 1 : names(rows[0]).length
  const blank = new Array<Content>(width - 1).fill('')
  const others: Content[][] =
    rest > 0
      ? [
          [
            String(total.year),
            R.othersRow(members - rows.length),
            ...blank,
            formatCount(rest),
            formatShare(rest, total.attempts),
            '–',
            '–',
            '–',
          ],
        ]
      : []
  const sum: Content[] = [
    html`<b>${String(total.year)}</b>`,
    html`<b>${WORDS.total}</b>`,
    ...blank,
    ...countCells(total, total.attempts, audience),
  ]
  return [...cells, ...others, sum]
}

function countCells(row: Counts, total: number, audience: Audience): Content[] {
  return [
    formatCount(row.attempts),
    formatShare(row.attempts, total),
    subjectCount(row.subjects, audience),
    formatCount(row.addresses),
    formatShare(row.answered, row.attempts),
  ]
}

/** What the messages can do. */
export function typesSection(facts: ReportFacts, audience: Audience): Section {
  const classes = [...Map.groupBy(facts.classes, (row) => row.class)]
    .map(([id, rows]) => ({ id, rows, total: rows.reduce((sum, { attempts }) => sum + attempts, 0) }))
    .sort((a, b) => b.total - a.total)
  const drawn = classes.map(({ id, rows, total }) => ({
    name: WORDS.classes[id][0],
    parts: GENERATIONS.map((generation) => ({
      className: `g-${generation}`,
      count: rows.find((row) => row.generation === generation)?.attempts ?? 0,
    })),
    text: formatCount(total),
  }))
  const used = GENERATIONS.filter((generation) => facts.classes.some((row) => row.generation === generation))
  const cells = classes.flatMap(({ id, rows }) =>
    rows.map((row): Content[] => [
      WORDS.classes[id][0],
      WORDS.generationShort[row.generation],
      formatCount(row.findings),
      formatCount(row.attempts),
      subjectCount(row.subjects, audience),
      formatCount(row.addresses),
      formatShare(row.answered, row.attempts),
    ]),
  )
  const description = classes.map(({ id, total }) => `${WORDS.classes[id][0]}: ${formatCount(total)}.`).join(' ')
  return {
    id: 'types',
    title: R.types,
    body: html`<p>${R.typesIntro}</p>
<figure><figcaption>${R.typesChart}</figcaption>${swatches(used)}${stackedRows('types-chart', drawn, R.typesChart, description)}</figure>
${table('types-table', R.types, columnsOf(R.typesColumns, ['text', 'text', 'num', 'num', 'num', 'num', 'num']), cells)}
<h3>${R.typesMeaning}</h3><dl class="terms">${classes.map(({ id }) => html`<div><dt>${WORDS.classes[id][0]}</dt><dd>${WORDS.classes[id][1]}</dd></div>`)}</dl>`,
  }
}

function yearAttempts(years: ReportFacts['years'], year: number): number {
  return years.find((row) => row.year === year)?.attempts ?? 0
}

/** A country's name without its code, for a chart. */
export function shortCountry(country: string | null): string {
  return country === null ? WORDS.countryUnknown : formatCountry(country).replace(/ \([A-Z]{2}\)$/, '')
}

/** The leading country of each year of a generation, in one clause. */
export function leadersText(facts: ReportFacts, generation: Generation): string {
  return facts.years
    .filter((row) => row.generation === generation && row.attempts > 0)
    .flatMap(({ year, attempts }) => {
      const first = facts.countries.find(
        (row) => row.generation === generation && row.year === year && row.country !== null,
      )
      return first === undefined
        ? []
        : [R.leader(shortCountry(first.country), formatShare(first.attempts, attempts).replace(' ', '\u00a0'), year)]
    })
    .join(', ')
}
