import type { DuckDBConnection } from '@duckdb/node-api'
import type { Background } from '../campaign/observation.ts'

/** Requests of the whole traffic; the source as `addressKey` names it. */
const REQUESTS = `
  SELECT coalesce('gt:' || calling_gt, 'host:' || origin_host, 'ip:' || src_ip, 'pc:' || opc, 'unknown') AS source,
         coalesce(imsi, msisdn) AS subject, encoding
  FROM events WHERE kind IN ('invoke', 'request')`

/** What the whole traffic says, suspicious or not. */
export async function readBackground(connection: DuckDBConnection): Promise<Background> {
  const rows = async (sql: string) =>
    (await connection.runAndReadAll(`WITH requests AS (${REQUESTS}) ${sql}`)).getRows()
  const [[requests = 0, subjects = 0] = []] = await rows('SELECT count(*), count(DISTINCT subject) FROM requests')
  const sources = await rows(
    'SELECT source, count(*), count(DISTINCT subject) FROM requests GROUP BY source ORDER BY source',
  )
  const encodings = await rows(
    'SELECT encoding, count(*), count(DISTINCT source) FROM requests WHERE encoding IS NOT NULL GROUP BY encoding ORDER BY encoding',
  )
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
