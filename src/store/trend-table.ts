import type { CaseTrend } from '../finding/case.ts'
import type { Database } from './roomy-connection.ts'

/** As `trends` of case.json; `time`, `before` and `after` are its `at`, `from` and `to`, which SQL keeps for itself. */
const TRENDS =
  'CREATE TABLE trends (kind VARCHAR, time TIMESTAMP, uncertainty_days INTEGER, "before" VARCHAR, "after" VARCHAR)'

/** Writes the table `trends`: dated changes over all requests under suspicion. */
export async function writeTrends(connection: Database, trends: readonly CaseTrend[]): Promise<void> {
  await connection.run(TRENDS)
  for (const { kind, at, uncertaintyDays, from, to } of trends) {
    const time = at.replace('T', ' ').replace('Z', '')
    await connection.run('INSERT INTO trends VALUES ($1, $2::TIMESTAMP, $3, $4, $5)', [
      kind,
      time,
      uncertaintyDays,
      from,
      to,
    ])
  }
}
