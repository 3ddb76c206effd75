import type { ColumnKind, ColumnPlace } from './columns.ts'

const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  timestamp: 'TIMESTAMP',
  label: 'INTEGER',
  digits: 'BIGINT',
  hex: 'BIGINT',
  text: 'VARCHAR',
}

/**
 * Tables `event_rows` and `texts`, and the view `events` that puts the texts in place: numbers cost a sixth of what texts
 * cost to write, and most texts stand in thousands of rows.
 */
export function eventTablesSql(columns: readonly ColumnPlace[]): readonly string[] {
  const definitions = columns.map(({ name, kind }) => `"${name}" ${SQL_TYPES[kind]}`)
  return [
    `CREATE TABLE event_rows (${definitions.join(', ')})`,
    'CREATE TABLE texts (id INTEGER, text VARCHAR)',
    eventsViewSql(columns),
    SUBJECTS_SQL,
  ]
}

function eventsViewSql(columns: readonly ColumnPlace[]): string {
  const values = columns.map(({ name, kind }) => `${valueSql(name, kind)} AS "${name}"`)
  const joins = columns.flatMap(({ name, kind }) => {
    const id = labelSql(name, kind)
    return id === null ? [] : [`LEFT JOIN texts "${name}_text" ON "${name}_text".id = ${id}`]
  })
  return `CREATE VIEW events AS SELECT ${values.join(', ')} FROM event_rows e ${joins.join(' ')}`
}

function valueSql(name: string, kind: ColumnKind): string {
  const own = `e."${name}"`
  if (kind === 'label') return `"${name}_text".text`
  if (kind === 'digits') return `CASE WHEN ${own} > 0 THEN substr(${own}::VARCHAR, 2) ELSE "${name}_text".text END`
  if (kind === 'hex') return `CASE WHEN ${own} > 0 THEN substr(lower(to_hex(${own})), 2) ELSE "${name}_text".text END`
  return own
}

/** The number of the label that a column's value stands for, as SQL; null for columns without labels. */
function labelSql(name: string, kind: ColumnKind): string | null {
  const own = `e."${name}"`
  if (kind === 'label') return own
  return kind === 'digits' || kind === 'hex' ? `-1 - ${own}` : null
}

/**
 * View `subjects`: whom each event is about, also where only the request it answers named the subscriber.
 * Kept apart, because storing it with every answer would store most identities twice.
 */
const SUBJECTS_SQL = `CREATE VIEW subjects AS
SELECT e.seq, coalesce(e.imsi, r.imsi) AS imsi, coalesce(e.msisdn, r.msisdn) AS msisdn
FROM events e LEFT JOIN events r ON r.seq = e.answers`
