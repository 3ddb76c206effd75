import { resolve } from 'node:path'
import { type CaseTables, quoted } from './case-tables.ts'
import { maskedEventsSql, prepareMasks } from './mask-sql.ts'

export interface TableOptions {
  /** True: identities as the case has them. */
  readonly reveal: boolean
  /** Counts under it, but above 0, are not told: `fewer than 3` in CSV, null in Parquet. 0 tells all. */
  readonly minCount: number
}

export type TableFormat = 'csv' | 'parquet'

/** What `telltale report --format csv` and `parquet` write: a file each. */
export const EXPORT_TABLES = ['events', 'findings', 'campaigns', 'campaign-members'] as const

export type ExportTable = (typeof EXPORT_TABLES)[number]

const MEMBERS =
  '[{"source":{"gt":"VARCHAR","host":"VARCHAR","realm":"VARCHAR","ip":"VARCHAR","opc":"BIGINT","operator":"VARCHAR","country":"VARCHAR"},"attempts":"BIGINT","subjects":"BIGINT","answered":"BIGINT","firstSeen":"TIMESTAMP","lastSeen":"TIMESTAMP"}]'
const CO_TARGETING = '{"shared":"BIGINT","expected":"DOUBLE","pValue":"DOUBLE"}'
/** A spreadsheet takes a cell that begins so for a formula (OWASP, CSV Injection). */
const FORMULA = "'^[=+@\\t\\r\\n-]'"

/** Begins an export: identities masked unless revealed. Once for a `CaseTables`. */
export async function prepareTables(tables: CaseTables, { reveal }: TableOptions): Promise<void> {
  await tables.run('CREATE TEMP MACRO as_is(t) AS t')
  if (!reveal) await prepareMasks(tables)
}

/** Writes a table of the case into `path`: the rows in the order of the case, so that the same case gives the same file. */
export async function exportTable(
  tables: CaseTables,
  table: ExportTable,
  format: TableFormat,
  path: string,
  options: TableOptions,
): Promise<void> {
  const sql = selectOf(table, options)
  const list: string[] = []
  for await (const { column_name, column_type } of tables.rows(`DESCRIBE ${sql}`)) {
    list.push(columnSql(String(column_name), String(column_type), format, options.minCount))
  }
  const settings =
    format === 'csv'
      ? `FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR ''`
      : 'FORMAT parquet, COMPRESSION zstd'
  await tables.run(`COPY (SELECT ${list.join(', ')} FROM (${sql})) TO ${quoted(resolve(path))} (${settings})`)
}

/** A column as a format has it. Counts are columns of type UBIGINT, by which they are known here. */
function columnSql(name: string, type: string, format: TableFormat, minCount: number): string {
  const column = `"${name}"`
  if (type === 'UBIGINT') {
    const isFew = `${column} > 0 AND ${column} < ${minCount}`
    if (format === 'parquet') return `CASE WHEN ${isFew} THEN NULL ELSE ${column} END AS ${column}`
    return `CASE WHEN ${isFew} THEN 'fewer than ${minCount}' ELSE ${column}::VARCHAR END AS ${column}`
  }
  if (format === 'parquet') return column
  if (type === 'TIMESTAMP') return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ') AS ${column}`
  if (type !== 'VARCHAR' && type !== 'VARCHAR[]') return column
  const text = type === 'VARCHAR' ? column : `array_to_string(${column}, ' | ')`
  return `CASE WHEN regexp_matches(${text}, ${FORMULA}) THEN '''' || ${text} ELSE ${text} END AS ${column}`
}

function selectOf(table: ExportTable, { reveal }: TableOptions): string {
  if (table === 'events')
    return `SELECT * FROM (${reveal ? 'SELECT * FROM main.events' : maskedEventsSql()}) ORDER BY seq`
  if (table === 'findings') return findingsSql(reveal)
  if (table === 'campaigns') return CAMPAIGNS_SQL
  return MEMBERS_SQL
}

function findingsSql(reveal: boolean): string {
  const [imsi, msisdn] = reveal
    ? ['f.subject.imsi', 'f.subject.msisdn']
    : ['mask_imsi(f.subject.imsi, p.kept)', 'mask_msisdn(f.subject.msisdn)']
  // detectors mask what their sentences quote; should one not, it is hidden here
  const why = reveal
    ? 'f.why'
    : `CASE WHEN length(f.subject.imsi) >= 6 OR length(f.subject.msisdn) >= 6
        THEN replace(replace(f.why, coalesce(f.subject.imsi, f.subject.msisdn), coalesce(${imsi}, ${msisdn})),
          coalesce(f.subject.msisdn, f.subject.imsi), coalesce(${msisdn}, ${imsi})) ELSE f.why END`
  const prefixes = reveal ? '' : 'LEFT JOIN imsi_prefixes p ON p.prefix = left(f.subject.imsi, 6)'
  return `SELECT f.id, f.detector, f.version, f.class, f.severity, f.confidence, f.title, ${why} AS why, f.benign,
      f.source.gt AS source_gt, f.source.host AS source_host, f.source.realm AS source_realm, f.source.ip AS source_ip,
      f.source.opc AS source_opc, f.source.operator AS source_operator, f.source.country AS source_country,
      f.source.method AS source_method, ${imsi} AS subject_imsi, ${msisdn} AS subject_msisdn, f.answered,
      f.firstSeen AS first_seen, f.lastSeen AS last_seen, f.count::UBIGINT AS "count", f.techniques,
      list_transform(f.evidence, lambda e: e.capture || ':' || e.frame) AS evidence,
      f.evidenceCount::UBIGINT AS evidence_count
    FROM (SELECT *, rowid AS place FROM main.findings) f ${prefixes} ORDER BY f.place`
}

const CAMPAIGNS_SQL = `SELECT id, title, class, scale, protocols, firstSeen AS first_seen, lastSeen AS last_seen,
    subjects::UBIGINT AS subjects, attempts::UBIGINT AS attempts,
    t.shared::UBIGINT AS shared_subjects, t.expected AS shared_expected, t.pValue AS shared_p_value,
    fingerprints, changes::VARCHAR AS changes, findings, hypotheses::VARCHAR AS hypotheses, confidence
  FROM (SELECT *, rowid AS place, from_json(coTargeting, ${quoted(CO_TARGETING)}) AS t FROM main.campaigns) ORDER BY place`

const MEMBERS_SQL = `SELECT id AS campaign, m.source.gt AS source_gt, m.source.host AS source_host,
    m.source.realm AS source_realm, m.source.ip AS source_ip, m.source.opc AS source_opc,
    m.source.operator AS source_operator, m.source.country AS source_country, m.attempts::UBIGINT AS attempts,
    m.subjects::UBIGINT AS subjects, m.answered::UBIGINT AS answered, m.firstSeen AS first_seen, m.lastSeen AS last_seen
  FROM (SELECT id, rowid AS place, generate_subscripts(members, 1) AS number, unnest(members) AS m
        FROM (SELECT id, rowid, from_json(members, ${quoted(MEMBERS)}) AS members FROM main.campaigns))
  ORDER BY place, number`
