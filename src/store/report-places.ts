import { LIMITS } from '../limits.ts'
import { countryOfE164 } from '../numbering/e164.ts'
import { countryOfMcc, countryOfPlmn, plmnOfImsi } from '../numbering/e212.ts'
import { plmnOfRealm } from '../numbering/realm.ts'
import type { FlowRow, RoamingFacts } from '../report/report-facts.ts'
import { num, type Row, rowsOf, text } from './report-rows.ts'
import type { Database } from './roomy-connection.ts'

/** A subscriber asked about so soon after registering in a country had just arrived, days. */
const ARRIVAL_DAYS = 7
/** Countries told of subscribers abroad. */
const COUNTRIES = 12

/**
 * Makes the temporary table `asked`: each of `requests` with the country of its source, the country where the subscriber
 * was (`place`), the home country, and whether a registration in that country had been seen (`registered`), and not long
 * before (`arrived`). Countries come from numbering, which SQL does not know: the distinct beginnings of addresses and
 * identities are resolved here, then counted there.
 */
export async function locateRequests(db: Database, requests: string): Promise<void> {
  await db.run(`CREATE TEMP TABLE located AS
SELECT country, address, attempts, subject, f.imsi, first_seen, ${placeSql('coalesce(f.served, w.served)')} AS served,
  CASE WHEN f.imsi IS NOT NULL THEN 'imsi ' || substr(f.imsi, 1, 6) ELSE 'gt ' || substr(f.msisdn, 1, 7) END AS home
FROM (FROM ${requests} AND attempts > 0) f
ASOF LEFT JOIN whereabouts w ON f.imsi = w.imsi AND f.first_seen >= w.time`)
  const keys = await rowsOf(
    db,
    `SELECT served AS key FROM located WHERE served IS NOT NULL UNION SELECT home FROM located WHERE home IS NOT NULL
UNION SELECT ${placeSql('served')} FROM whereabouts LIMIT ${LIMITS.reportPlaces}`,
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
  // the first registration of each stay: those that follow it in the same country are no arrivals
  await db.run(`CREATE TEMP TABLE asked AS
WITH stays AS (
  SELECT imsi, time, place FROM whereabouts w JOIN places p ON p.key = ${placeSql('w.served')}
  QUALIFY place IS DISTINCT FROM lag(place) OVER (PARTITION BY imsi ORDER BY time)
), known AS (
  SELECT l.*, s.place AS place, h.place AS home_place
  FROM located l LEFT JOIN places s ON s.key = l.served LEFT JOIN places h ON h.key = l.home
)
SELECT k.* EXCLUDE (served, home, imsi), k.place IS NOT NULL AND k.home_place IS NOT NULL AS is_known,
  coalesce(k.place <> k.home_place, false) AS is_abroad, coalesce(k.place = s.place, false) AS registered,
  coalesce(k.place = s.place AND k.first_seen - s.time <= INTERVAL ${ARRIVAL_DAYS} DAY, false) AS arrived
FROM known k ASOF LEFT JOIN stays s ON k.imsi = s.imsi AND k.first_seen >= s.time`)
}

/** Attempts from country to country. */
export async function readFlows(db: Database): Promise<FlowRow[]> {
  const flows = await rowsOf(
    db,
    `SELECT country, coalesce(place, home_place) AS place, place IS NOT NULL AS seen, sum(attempts) AS attempts,
  count(DISTINCT subject) AS subjects
FROM asked WHERE country IS NOT NULL AND coalesce(place, home_place) IS NOT NULL
GROUP BY ALL ORDER BY attempts DESC, country, place, seen LIMIT ${LIMITS.reportRows}`,
  )
  return flows.map((row) => ({
    from: text(row, 'country'),
    to: text(row, 'place'),
    basis: row.seen === true ? 'serving' : 'home',
    attempts: num(row, 'attempts'),
    subjects: num(row, 'subjects'),
  }))
}

const ROAMING = `count(DISTINCT subject) AS subjects, count(DISTINCT subject) FILTER (is_known) AS known,
  count(DISTINCT subject) FILTER (is_abroad) AS abroad, count(DISTINCT subject) FILTER (is_abroad AND registered) AS registered,
  count(DISTINCT subject) FILTER (is_abroad AND arrived) AS arrived`

/** Where the subscribers of all requests were. */
export async function readRoaming(db: Database): Promise<RoamingFacts> {
  const [all = {}] = await rowsOf(db, `SELECT ${ROAMING} FROM asked`)
  return toRoaming(all, await rowsOf(db, `${countriesSql("''")} FROM asked ${COUNTRIES_END}`))
}

/** The same for groups of requests: `groups` is a table of `id`, `address` and the times `since` and `until`. */
export async function readRoamingOf(db: Database, groups: string): Promise<ReadonlyMap<string, RoamingFacts>> {
  const joined = `FROM asked JOIN ${groups} g ON g.address = asked.address AND first_seen BETWEEN g.since AND g.until`
  const sums = await rowsOf(db, `SELECT g.id, ${ROAMING} ${joined} GROUP BY g.id`)
  const countries = await rowsOf(db, `${countriesSql('g.id')} ${joined} ${COUNTRIES_END}`)
  const byId = Map.groupBy(countries, (row) => text(row, 'id'))
  return new Map(sums.map((row) => [text(row, 'id'), toRoaming(row, byId.get(text(row, 'id')) ?? [])]))
}

function countriesSql(id: string): string {
  return `SELECT ${id} AS id, place, count(DISTINCT subject) AS subjects, sum(attempts) AS attempts,
  count(DISTINCT subject) FILTER (arrived) AS arrived`
}
const COUNTRIES_END = `WHERE is_abroad AND subject IS NOT NULL GROUP BY 1, 2
QUALIFY row_number() OVER (PARTITION BY id ORDER BY subjects DESC, place) <= ${COUNTRIES} ORDER BY subjects DESC, place`

function toRoaming(row: Row, countries: readonly Row[]): RoamingFacts {
  return {
    days: ARRIVAL_DAYS,
    subjects: num(row, 'subjects'),
    known: num(row, 'known'),
    abroad: num(row, 'abroad'),
    registered: num(row, 'registered'),
    arrived: num(row, 'arrived'),
    countries: countries.map((one) => ({
      country: text(one, 'place'),
      subjects: num(one, 'subjects'),
      attempts: num(one, 'attempts'),
      arrived: num(one, 'arrived'),
    })),
  }
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
