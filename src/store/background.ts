import type { Background } from '../campaign/observation.ts'
import type { Database } from './roomy-connection.ts'

/** A subscriber as one number, whether its digits or a text stand for it. */
const subjectSql = (column: string, hashes: string): string =>
  `CASE WHEN e.${column} > 0 THEN e.${column}::UBIGINT WHEN e.${column} < 0 THEN ${hashes}.hash END`

/** Texts that stand in any of these columns; the first number of each, as a text may have a second one. */
const namesSql = (
  columns: readonly string[],
): string => `SELECT id, text, min(id) OVER (PARTITION BY text) AS name FROM texts
WHERE id IN (${columns.map((column) => `SELECT DISTINCT ${column} FROM event_rows`).join(' UNION ')})`

const NAMES = [
  `CREATE TEMP TABLE senders AS ${namesSql(['calling_gt', 'origin_host', 'src_ip'])}`,
  `CREATE TEMP TABLE habits AS ${namesSql(['encoding'])}`,
]

/**
 * Requests of the whole traffic in numbers: the sender is that of a text, and -1 minus a point code where it has none.
 * From the rows alone: the view `events` would put thirty texts in place that nobody asks for, of millions of rows.
 */
const REQUESTS = `CREATE TEMP VIEW requests AS
SELECT coalesce(g.name, h.name, a.name, -1 - e.opc) AS source,
  CASE WHEN g.id IS NOT NULL THEN 'gt:' WHEN h.id IS NOT NULL THEN 'host:' WHEN a.id IS NOT NULL THEN 'ip:' ELSE 'pc:' END AS kind,
  coalesce(${subjectSql('imsi', 'i')}, ${subjectSql('msisdn', 'm')}) AS subject, k.name AS encoding
FROM event_rows e
  LEFT JOIN senders g ON g.id = e.calling_gt LEFT JOIN senders h ON h.id = e.origin_host
  LEFT JOIN senders a ON a.id = e.src_ip LEFT JOIN habits k ON k.id = e.encoding
  LEFT JOIN (SELECT id, hash(text) AS hash FROM texts) i ON i.id = -1 - e.imsi
  LEFT JOIN (SELECT id, hash(text) AS hash FROM texts) m ON m.id = -1 - e.msisdn
WHERE e.kind IN (SELECT id FROM texts WHERE text IN ('invoke', 'request'))`

/** Counts by sender, as `addressKey` names it. */
const SOURCES = `WITH counts AS (
  SELECT source, kind, count(*) AS requests, count(DISTINCT subject) AS subjects FROM requests GROUP BY source, kind
)
SELECT CASE WHEN source IS NULL THEN 'unknown' WHEN source < 0 THEN kind || (-1 - source) ELSE kind || text END AS key, requests, subjects
FROM counts LEFT JOIN senders ON id = source ORDER BY key`

const ENCODINGS = `WITH counts AS (
  SELECT encoding, count(*) AS requests, count(DISTINCT source) AS sources FROM requests WHERE encoding IS NOT NULL GROUP BY encoding
)
SELECT text, requests, sources FROM counts JOIN habits ON id = encoding ORDER BY text`

/** What the whole traffic says, suspicious or not. */
export async function readBackground(connection: Database): Promise<Background> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()
  for (const sql of [...NAMES, REQUESTS]) await connection.run(sql)
  const [[requests = 0, subjects = 0] = []] = await rows('SELECT count(*), count(DISTINCT subject) FROM requests')
  const sources = await rows(SOURCES)
  const encodings = await rows(ENCODINGS)
  for (const name of ['VIEW requests', 'TABLE habits', 'TABLE senders']) await connection.run(`DROP ${name}`)
  return {
    requests: Number(requests),
    subjects: Number(subjects),
    sources: sources.map(([sourceKey, count, subjectCount]) => ({
      sourceKey: String(sourceKey),
      requests: Number(count),
      subjects: Number(subjectCount),
    })),
    encodings: encodings.map(([encoding, count, sourceCount]) => ({
      encoding: String(encoding),
      requests: Number(count),
      sources: Number(sourceCount),
    })),
  }
}
