import { DuckDBInstance } from '@duckdb/node-api'
import type { FindingClass } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import {
  type CoTargetingMatrix,
  type Generation,
  OTHER,
  type Period,
  type ReportFacts,
} from '../report/report-facts.ts'
import { readCampaigns } from './report-campaigns.ts'
import { readDossiers } from './report-dossiers.ts'
import { locateRequests, readFlows, readRoaming } from './report-places.ts'
import { num, type Row, rowsOf, text, textOrNull, toAddress, toCounts, toNamedCounts } from './report-rows.ts'
import { readSubjects } from './report-subjects.ts'
import type { Database } from './roomy-connection.ts'

const MEMORY_LIMIT = '512MB'
const DAY_MS = 86_400_000
/** Rows of one ranking. */
const RANKED = 10
/** Countries that the charts over time tell apart. */
const COUNTRIES = 6
/** Networks of a generation whose share over time is told. */
const NETWORK_STRIPS = 8
const MATRIX_NETWORKS = 10
const MATRIX_WEEKS = 8

/** Findings that stand for requests: patterns over many of them would count these again. */
const REQUESTS = `finding_facts WHERE class <> 'campaign'`
const COUNTS = `coalesce(sum(attempts), 0) AS attempts, count(DISTINCT subject) AS subjects, count(DISTINCT address) AS addresses,
  coalesce(sum(attempts) FILTER (answered), 0) AS answered`

/** Reads what the report counts from the database of a case, without writing to it. Rejects where it cannot be read. */
export async function readReportFacts(file: string): Promise<ReportFacts> {
  const instance = await DuckDBInstance.create(file, {
    access_mode: 'READ_ONLY',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: MEMORY_LIMIT,
  })
  try {
    const connection = await instance.connect()
    try {
      return await factsOf(connection)
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

/** As `readReportFacts`, from a database that is open. */
export async function factsOf(db: Database): Promise<ReportFacts> {
  const [all = {}] = await rowsOf(
    db,
    `SELECT ${COUNTS}, count(DISTINCT coalesce(network, country, address)) AS networks, count(DISTINCT country) AS countries,
      epoch_ms(max(first_seen)) - epoch_ms(min(first_seen)) AS span FROM ${REQUESTS}`,
  )
  const period = periodOf(num(all, 'span'))
  const classes = await rowsOf(db, CLASSES)
  await locateRequests(db, REQUESTS)
  return {
    total: { ...toCounts(all), networks: num(all, 'networks'), countries: num(all, 'countries') },
    years: (await rowsOf(db, YEARS)).map((row) => ({
      ...yearOf(row),
      ...toCounts(row),
      networks: num(row, 'networks'),
      countries: num(row, 'countries'),
    })),
    networks: await readRanking(db, NETWORKS),
    countries: await readRanking(db, COUNTRY_RANKS),
    period,
    periods: (await rowsOf(db, periodsSql(period))).map((row) => ({
      from: text(row, 'from'),
      generation: text(row, 'generation') as Generation,
      country: textOrNull(row, 'country'),
      attempts: num(row, 'attempts'),
    })),
    networkPeriods: (await rowsOf(db, networkPeriodsSql(period))).map((row) => ({
      from: text(row, 'from'),
      generation: text(row, 'generation') as Generation,
      country: textOrNull(row, 'country'),
      network: textOrNull(row, 'network'),
      attempts: num(row, 'attempts'),
    })),
    classes: classes.flatMap((row) => {
      const generation = textOrNull(row, 'generation')
      return generation === null ? [] : [{ ...toClass(row), generation: generation as Generation }]
    }),
    classTotals: classes.filter((row) => textOrNull(row, 'generation') === null).map(toClass),
    detectors: toNamedCounts(await rowsOf(db, DETECTORS)),
    flows: await readFlows(db),
    roaming: await readRoaming(db),
    spread: (await rowsOf(db, SPREAD)).map((row) => ({
      address: toAddress(text(row, 'address')),
      country: textOrNull(row, 'country'),
      network: textOrNull(row, 'network'),
      generation: text(row, 'generation') as Generation,
      attempts: num(row, 'attempts'),
      subjects: num(row, 'subjects'),
    })),
    sources: num(all, 'addresses'),
    matrix: await readMatrix(db),
    subjects: await readSubjects(db),
    dossiers: await readDossiers(db),
    campaigns: await readCampaigns(db),
  }
}

const YEARS = `SELECT year(first_seen) AS year, generation, ${COUNTS},
  count(DISTINCT coalesce(network, country, address)) AS networks, count(DISTINCT country) AS countries
FROM ${REQUESTS} GROUP BY 1, 2 ORDER BY 1, 2`

const NETWORKS = `SELECT * FROM yearly_shares
QUALIFY row_number() OVER (PARTITION BY year, generation ORDER BY attempts DESC, country, network) <= ${RANKED}
ORDER BY year, generation, attempts DESC, country, network`

const COUNTRY_RANKS = `SELECT year(first_seen) AS year, generation, country, ${COUNTS},
  sum(attempts) / nullif(sum(sum(attempts)) OVER (PARTITION BY year(first_seen), generation), 0) AS share
FROM ${REQUESTS} GROUP BY year(first_seen), generation, country
QUALIFY row_number() OVER (PARTITION BY year(first_seen), generation ORDER BY sum(attempts) DESC, country) <= ${RANKED}
ORDER BY year(first_seen), generation, sum(attempts) DESC, country`

const CLASSES = `SELECT class, generation, count(*) AS findings, sum(messages) AS attempts, count(DISTINCT subject) AS subjects,
  count(DISTINCT address) AS addresses, coalesce(sum(messages) FILTER (answered), 0) AS answered
FROM ${REQUESTS} GROUP BY GROUPING SETS ((class, generation), (class)) ORDER BY attempts DESC, class, generation`

const DETECTORS = 'SELECT detector AS name, count(*) AS count FROM finding_facts GROUP BY 1 ORDER BY 2 DESC, 1'

const SPREAD = `SELECT address, arg_min(country, id) AS country, arg_min(network, id) AS network, mode(generation) AS generation,
  sum(attempts) AS attempts, count(DISTINCT subject) AS subjects
FROM ${REQUESTS} GROUP BY address ORDER BY attempts DESC, address LIMIT ${LIMITS.reportSpread}`

function periodOf(spanMs: number): Period {
  if (spanMs > 100 * DAY_MS) return 'month'
  if (spanMs > 4 * DAY_MS) return 'day'
  return spanMs > DAY_MS / 8 ? 'hour' : 'minute'
}

function periodsSql(period: Period): string {
  return `WITH top AS (SELECT country FROM ${REQUESTS} AND country IS NOT NULL GROUP BY 1 ORDER BY sum(attempts) DESC, 1 LIMIT ${COUNTRIES})
SELECT strftime(date_trunc('${period}', first_seen), '%Y-%m-%dT%H:%M:%SZ') AS "from", generation,
  CASE WHEN country IS NULL OR country IN (FROM top) THEN country ELSE '${OTHER}' END AS country, sum(attempts) AS attempts
FROM ${REQUESTS} GROUP BY ALL ORDER BY ALL`
}

/** The networks with most attempts of each generation, and all others together, by stretch of time. */
function networkPeriodsSql(period: Period): string {
  const name = "coalesce(country, '') || ' ' || coalesce(network, '')"
  return `WITH top AS (SELECT generation, ${name} AS name FROM ${REQUESTS} GROUP BY 1, 2
  QUALIFY row_number() OVER (PARTITION BY generation ORDER BY sum(attempts) DESC, name) <= ${NETWORK_STRIPS})
SELECT strftime(date_trunc('${period}', first_seen), '%Y-%m-%dT%H:%M:%SZ') AS "from", f.generation,
  CASE WHEN top.name IS NULL THEN '${OTHER}' ELSE country END AS country,
  CASE WHEN top.name IS NULL THEN NULL ELSE network END AS network, sum(attempts) AS attempts
FROM (FROM ${REQUESTS}) f LEFT JOIN top ON top.generation = f.generation AND top.name = ${name}
GROUP BY ALL HAVING sum(attempts) > 0 ORDER BY ALL`
}

async function readRanking(db: Database, sql: string): Promise<ReportFacts['networks']> {
  return (await rowsOf(db, sql)).map((row) => ({
    ...yearOf(row),
    country: textOrNull(row, 'country'),
    network: textOrNull(row, 'network'),
    ...toCounts(row),
    share: num(row, 'share'),
  }))
}

async function readMatrix(db: Database): Promise<CoTargetingMatrix> {
  const name = `coalesce(country, '') || ' ' || coalesce(network, '')`
  const networks = await rowsOf(
    db,
    `SELECT ${name} AS name, arg_min(country, id) AS country, arg_min(network, id) AS network, count(DISTINCT subject) AS subjects
FROM ${REQUESTS} AND coalesce(country, network) IS NOT NULL AND subject IS NOT NULL
GROUP BY 1 ORDER BY subjects DESC, 1 LIMIT ${MATRIX_NETWORKS}`,
  )
  const order = new Map(networks.map((row, index) => [text(row, 'name'), index]))
  const pairs = await rowsOf(
    db,
    `WITH n AS (SELECT ${name} AS name, count(DISTINCT subject) AS subjects
  FROM ${REQUESTS} AND coalesce(country, network) IS NOT NULL AND subject IS NOT NULL
  GROUP BY 1 ORDER BY subjects DESC, 1 LIMIT ${MATRIX_NETWORKS}),
t AS (SELECT DISTINCT ${name} AS name, subject, epoch_ms(first_seen) // ${7 * DAY_MS} AS week FROM ${REQUESTS}
  AND subject IS NOT NULL AND ${name} IN (SELECT name FROM n))
SELECT a.name AS a, b.name AS b, count(DISTINCT a.subject) AS shared
FROM t a JOIN t b ON a.subject = b.subject AND a.name < b.name AND abs(a.week - b.week) <= ${MATRIX_WEEKS} GROUP BY 1, 2`,
  )
  const shared = networks.map((_, index) => new Array<number>(index).fill(0))
  for (const row of pairs) {
    const [low = 0, high = 0] = [order.get(text(row, 'a')) ?? 0, order.get(text(row, 'b')) ?? 0].sort((x, y) => x - y)
    const line = shared[high]
    if (line !== undefined && low < high) line[low] = num(row, 'shared')
  }
  return {
    weeks: MATRIX_WEEKS,
    networks: networks.map((row) => ({
      country: textOrNull(row, 'country'),
      network: textOrNull(row, 'network'),
      subjects: num(row, 'subjects'),
    })),
    shared,
  }
}

function toClass(row: Row): ReportFacts['classTotals'][number] {
  return { class: text(row, 'class') as FindingClass, findings: num(row, 'findings'), ...toCounts(row) }
}

function yearOf(row: Row): { year: number; generation: Generation } {
  return { year: num(row, 'year'), generation: text(row, 'generation') as Generation }
}
