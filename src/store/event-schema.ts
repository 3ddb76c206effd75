import type { ColumnKind } from '../event/columns/column.ts'
import type { familyPlaces } from '../event/columns/event-columns.ts'
import type { Family } from '../event/columns/families.ts'

const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  timestamp: 'TIMESTAMP',
  label: 'INTEGER',
  digits: 'BIGINT',
  hex: 'BIGINT',
  text: 'VARCHAR',
}

/** Columns of `events`, in their order. */
const EVENT_COLUMNS = [
  'seq',
  'capture',
  'frame',
  'time',
  'protocol',
  'kind',
  'operation',
  'code',
  'opcode_form',
  'application_context',
  'opc',
  'dpc',
  'calling_gt',
  'calling_ssn',
  'called_gt',
  'called_ssn',
  'tcap',
  'otid',
  'dtid',
  'invoke_id',
  'error_code',
  'imsi',
  'msisdn',
  'imei',
  'node_address',
  'cell_id',
  'sms_pid',
  'sms_dcs',
  'sms_udh',
  'sms_originator',
  'sms_oa_type',
  'origin_host',
  'origin_realm',
  'destination_host',
  'destination_realm',
  'user_name',
  'visited_plmn',
  'route_record',
  'session_id',
  'application_id',
  'result_code',
  'src_ip',
  'dst_ip',
  'src_port',
  'dst_port',
  'teid',
  'apn',
  'serving_network',
  'anomalies',
  'fault',
  'answers',
  'encoding',
] as const

/** Columns that only some families have: kind by name. */
type Kinds = ReadonlyMap<string, ColumnKind>

/** Name of the table that holds the rows of a family. */
export function rowsTable(family: Family): string {
  return `${family}_rows`
}

/**
 * A table of numbers for each family of protocols, `texts`, the view `event_rows` over all families, and the view `events`
 * that puts the texts in place: numbers cost a sixth of what texts cost to write, and most texts stand in thousands of rows.
 */
export function eventTablesSql(families: ReturnType<typeof familyPlaces>): readonly string[] {
  const kinds = new Map(families.flatMap(({ places }) => places.map(({ name, kind }) => [name, kind] as const)))
  const stored = families.map(({ family, places }) => ({
    family,
    columns: new Map(places.filter(({ isStored }) => isStored).map(({ name, kind }) => [name, kind])),
  }))
  return [
    ...stored.map(({ family, columns }) => {
      const definitions = [...columns].map(([name, kind]) => `"${name}" ${SQL_TYPES[kind]}`)
      return `CREATE TABLE ${rowsTable(family)} (${definitions.join(', ')})`
    }),
    'CREATE TABLE texts (id INTEGER, text VARCHAR)',
    `CREATE VIEW event_rows AS ${stored.map(({ family, columns }) => familySql(family, columns, kinds)).join(' UNION ALL ')}`,
    eventsViewSql(kinds),
    SUBJECTS_SQL,
  ]
}

/** The rows of a family with all columns, empty where it has none. */
function familySql(family: Family, columns: Kinds, kinds: Kinds): string {
  const values = EVENT_COLUMNS.map((name) =>
    columns.has(name) ? `"${name}"` : `NULL::${SQL_TYPES[kinds.get(name) ?? 'integer']} AS "${name}"`,
  )
  return `SELECT ${values.join(', ')} FROM ${rowsTable(family)}`
}

function eventsViewSql(kinds: Kinds): string {
  const columns = EVENT_COLUMNS.map((name) => ({ name, kind: kinds.get(name) ?? 'integer' }))
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
