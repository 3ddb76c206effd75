import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { FindingClass } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import { countryOfE164 } from '../numbering/e164.ts'
import { countryOfMcc, countryOfPlmn, plmnOfImsi } from '../numbering/e212.ts'
import { plmnOfRealm } from '../numbering/realm.ts'
import {
  type CoTargetingMatrix,
  type FlowRow,
  type Generation,
  OTHER,
  type Period,
  type ReportFacts,
} from '../report/report-facts.ts'
import { readDossiers } from './report-dossiers.ts'
import { num, type Row, rowsOf, text, textOrNull, toAddress, toCounts, toNamedCounts } from './report-rows.ts'
import { readSubjects } from './report-subjects.ts'

const MEMORY_LIMIT = '512MB'
const DAY_MS = 86_400_000
/** Rows of one ranking. */
const RANKED = 10
/** Countries that the charts over time tell apart. */
const COUNTRIES = 6
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
export async function factsOf(db: DuckDBConnection): Promise<ReportFacts> {
  const [all = {}] = await rowsOf(
    db,
    `SELECT ${COUNTS}, count(DISTINCT coalesce(network, country, address)) AS networks, count(DISTINCT country) AS countries,
      epoch_ms(max(first_seen)) - epoch_ms(min(first_seen)) AS span FROM ${REQUESTS}`,
  )
  const period = periodOf(num(all, 'span'))
  const classes = await rowsOf(db, CLASSES)
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
    classes: classes.flatMap((row) => {
      const generation = textOrNull(row, 'generation')
      return generation === null ? [] : [{ ...toClass(row), generation: generation as Generation }]
    }),
    classTotals: classes.filter((row) => textOrNull(row, 'generation') === null).map(toClass),
    detectors: toNamedCounts(await rowsOf(db, DETECTORS)),
    flows: await readFlows(db),
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

const SPREAD = `SELECT address, any_value(country) AS country, any_value(network) AS network, mode(generation) AS generation,
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

async function readRanking(db: DuckDBConnection, sql: string): Promise<ReportFacts['networks']> {
  return (await rowsOf(db, sql)).map((row) => ({
    ...yearOf(row),
    country: textOrNull(row, 'country'),
    network: textOrNull(row, 'network'),
    ...toCounts(row),
    share: num(row, 'share'),
  }))
}

/**
 * Countries come from numbering, which SQL does not know: the distinct beginnings of addresses and identities are
 * resolved here, then counted there.
 */
async function readFlows(db: DuckDBConnection): Promise<FlowRow[]> {
  await db.run(`CREATE TEMP TABLE located AS
SELECT country, attempts, subject, ${placeSql('coalesce(f.served, w.served)')} AS served,
  CASE WHEN f.imsi IS NOT NULL THEN 'imsi ' || substr(f.imsi, 1, 6) ELSE 'gt ' || substr(f.msisdn, 1, 7) END AS home
FROM (FROM ${REQUESTS} AND country IS NOT NULL AND attempts > 0) f
ASOF LEFT JOIN whereabouts w ON f.imsi = w.imsi AND f.first_seen >= w.time`)
  const keys = await rowsOf(
    db,
    `SELECT served AS key FROM located WHERE served IS NOT NULL UNION SELECT home FROM located WHERE home IS NOT NULL LIMIT ${LIMITS.reportPlaces}`,
  )
  await db.run('CREATE TEMP TABLE places (key VARCHAR, place VARCHAR)')
  const appender = await db.createAppender('places', 'main', 'temp')
  for (const row of keys) {
    const key = text(row, 'key')
    const place = countryOf(key)
    if (place === null) continue
    appender.appendVarchar(key)
    appender.appendVarchar(place)
    appender.endRow()
  }
  appender.closeSync()
  const flows = await rowsOf(
    db,
    `SELECT l.country, coalesce(s.place, h.place) AS place, s.place IS NOT NULL AS seen, sum(attempts) AS attempts,
  count(DISTINCT subject) AS subjects
FROM located l LEFT JOIN places s ON s.key = l.served LEFT JOIN places h ON h.key = l.home
WHERE coalesce(s.place, h.place) IS NOT NULL GROUP BY ALL ORDER BY attempts DESC, l.country, place, seen LIMIT ${LIMITS.reportRows}`,
  )
  return flows.map((row) => ({
    from: text(row, 'country'),
    to: text(row, 'place'),
    basis: row.seen === true ? 'serving' : 'home',
    attempts: num(row, 'attempts'),
    subjects: num(row, 'subjects'),
  }))
}

/** What of an address tells its country: a title's first digits, a network's code, a realm. */
function placeSql(address: string): string {
  return `CASE WHEN ${address} LIKE 'gt %' THEN substr(${address}, 1, 10) ELSE ${address} END`
}

function countryOf(key: string): string | null {
  const [kind = '', value = ''] = key.split(' ')
  if (kind === 'gt') return countryOfE164(value)
  if (kind === 'plmn') return countryOfPlmn(value)
  if (kind === 'imsi') return plmnOfImsi(value)?.country ?? countryOfMcc(value.slice(0, 3))
  const realm = kind === 'realm' ? plmnOfRealm(value) : null
  return realm === null ? null : countryOfMcc(realm.mcc)
}

async function readMatrix(db: DuckDBConnection): Promise<CoTargetingMatrix> {
  const name = `coalesce(country, '') || ' ' || coalesce(network, '')`
  const networks = await rowsOf(
    db,
    `SELECT ${name} AS name, any_value(country) AS country, any_value(network) AS network, count(DISTINCT subject) AS subjects
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
