import type { DuckDBConnection } from '@duckdb/node-api'
import type { Background } from '../campaign/observation.ts'

/** A subscriber as one number, whether its digits or a text stand for it. */
const subjectSql = (column: string, texts: string): string =>
  `CASE WHEN e.${column} > 0 THEN e.${column}::UBIGINT WHEN e.${column} < 0 THEN hash(${texts}.text) END`

/**
 * Requests of the whole traffic, counted by source as `addressKey` names it, and by encoding. From the numbers of the rows:
 * the view `events` would put thirty texts in place that nobody asks for.
 */
const REQUESTS = `CREATE TEMP TABLE requests AS
SELECT coalesce('gt:' || g.text, 'host:' || h.text, 'ip:' || a.text, 'pc:' || e.opc, 'unknown') AS source,
  coalesce(${subjectSql('imsi', 'i')}, ${subjectSql('msisdn', 'm')}) AS subject, k.text AS encoding
FROM event_rows e
  LEFT JOIN texts g ON g.id = e.calling_gt LEFT JOIN texts h ON h.id = e.origin_host LEFT JOIN texts a ON a.id = e.src_ip
  LEFT JOIN texts k ON k.id = e.encoding LEFT JOIN texts i ON i.id = -1 - e.imsi LEFT JOIN texts m ON m.id = -1 - e.msisdn
WHERE e.kind IN (SELECT id FROM texts WHERE text IN ('invoke', 'request'))`

/** What the whole traffic says, suspicious or not. */
export async function readBackground(connection: DuckDBConnection): Promise<Background> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()
  await connection.run(REQUESTS)
  const [[requests = 0, subjects = 0] = []] = await rows('SELECT count(*), count(DISTINCT subject) FROM requests')
  const sources = await rows(
    'SELECT source, count(*), count(DISTINCT subject) FROM requests GROUP BY source ORDER BY source',
  )
  const encodings = await rows(
    'SELECT encoding, count(*), count(DISTINCT source) FROM requests WHERE encoding IS NOT NULL GROUP BY encoding ORDER BY encoding',
  )
  await connection.run('DROP TABLE requests')
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
