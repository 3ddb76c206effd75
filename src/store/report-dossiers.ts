import { LIMITS } from '../limits.ts'
import type { SourceDossier } from '../report/report-facts.ts'
import { num, type Row, rowsOf, text, textOrNull, toAddress, toCounts, toNamedCounts } from './report-rows.ts'
import { generationsOf } from './report-subjects.ts'
import type { Database } from './roomy-connection.ts'

const TIME = '%Y-%m-%dT%H:%M:%S.%fZ'
/** Entries of each list of a dossier. */
const LISTED = 8

const SOURCES = `SELECT address, arg_min(country, id) AS country, arg_min(network, id) AS network, arg_min(source.method, id) AS method,
  sum(attempts) AS attempts, count(DISTINCT f.subject) AS subjects, 1 AS addresses,
  coalesce(sum(attempts) FILTER (f.answered), 0) AS answered, coalesce(sum(attempts) FILTER (NOT f.answered), 0) AS not_answered,
  coalesce(sum(attempts) FILTER (f.answered IS NULL), 0) AS not_visible, count(*) AS findings,
  count(DISTINCT date_trunc('month', first_seen)) AS months, list(DISTINCT generation) AS generations,
  strftime(min(first_seen), '${TIME}') AS first_seen, strftime(max(last_seen), '${TIME}') AS last_seen
FROM finding_facts f JOIN findings USING (id) WHERE f.class <> 'campaign' AND address <> ''
GROUP BY address ORDER BY attempts DESC, address LIMIT ${LIMITS.reportDossiers}`

/** Rows of one list of all dossiers: column `name` counted by address, the most frequent first. */
function listSql(name: string, from = 'finding_facts'): string {
  return `WITH s AS (SELECT address FROM (${SOURCES}))
SELECT address, ${name} AS name, count(*) AS count FROM ${from} SEMI JOIN s USING (address)
WHERE ${name} IS NOT NULL AND ${name} <> '' AND ${name} <> address GROUP BY 1, 2
QUALIFY row_number() OVER (PARTITION BY address ORDER BY count(*) DESC, ${name}) <= ${LISTED} ORDER BY address, count DESC, name`
}

const BESIDE = `(SELECT f.address, unnest(['gt ' || source.gt, 'host ' || source.host, 'realm ' || source.realm, 'ip ' || source.ip,
  'opc ' || source.opc]) AS other FROM finding_facts f JOIN findings USING (id) WHERE f.class <> 'campaign')`

/** Dossiers of the busiest sources. */
export async function readDossiers(db: Database): Promise<SourceDossier[]> {
  const detectors = await readList(db, listSql('detector'))
  const operations = await readList(db, listSql('operation'))
  const claimed = await readList(db, listSql('node_address'))
  const paths = await readList(db, listSql('route_record'))
  const encodings = await readList(db, listSql('encoding'))
  const beside = await readList(db, listSql('other', BESIDE))
  return (await rowsOf(db, SOURCES)).flatMap((row) => {
    const key = text(row, 'address')
    const address = toAddress(key)
    if (address === null) return []
    return [
      {
        address,
        country: textOrNull(row, 'country'),
        network: textOrNull(row, 'network'),
        method: text(row, 'method'),
        ...toCounts(row),
        findings: num(row, 'findings'),
        notAnswered: num(row, 'not_answered'),
        notVisible: num(row, 'not_visible'),
        firstSeen: text(row, 'first_seen'),
        lastSeen: text(row, 'last_seen'),
        months: num(row, 'months'),
        generations: generationsOf(row),
        detectors: toNamedCounts(detectors.get(key) ?? []),
        operations: toNamedCounts(operations.get(key) ?? []),
        beside: (beside.get(key) ?? []).flatMap((other) => {
          const found = toAddress(text(other, 'name'))
          return found === null ? [] : [{ ...found, count: num(other, 'count') }]
        }),
        claimed: toNamedCounts(claimed.get(key) ?? []),
        paths: toNamedCounts(paths.get(key) ?? []),
        encodings: toNamedCounts(encodings.get(key) ?? []),
      },
    ]
  })
}

async function readList(db: Database, sql: string): Promise<ReadonlyMap<string, readonly Row[]>> {
  return Map.groupBy(await rowsOf(db, sql), (row) => text(row, 'address'))
}
