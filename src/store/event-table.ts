import type { EventKind, Protocol, SignallingEvent } from '../event/signalling-event.ts'
import { TYPES_OF_NUMBER } from '../signalling/sms/tpdu.ts'
import { CAP_OPERATIONS } from '../signalling/ss7/cap/operations.ts'
import { MAP_OPERATIONS } from '../signalling/ss7/map/operations.ts'
import { TCAP_MESSAGES } from '../signalling/ss7/tcap.ts'

/** How a column is kept: SQL type, and how its values cross to the store. A word is one of a list known beforehand. */
export type ColumnType = 'text' | 'word' | 'integer' | 'bigint' | 'timestamp'

export interface EventColumn {
  readonly name: string
  readonly type: ColumnType
  /** Values of a word column, each once, in the order of their numbers; empty for other types. */
  readonly words: readonly string[]
  readonly get: (event: SignallingEvent) => string | number | boolean | null
}

/** Words that an ENUM of two octets can tell apart. */
const MOST_WORDS = 65_535
const NO_WORDS: readonly string[] = []

function text(name: string, get: (event: SignallingEvent) => string | null): EventColumn {
  return { name, type: 'text', words: NO_WORDS, get }
}

function number(
  name: string,
  type: 'integer' | 'bigint' | 'timestamp',
  get: (event: SignallingEvent) => number | null,
): EventColumn {
  return { name, type, words: NO_WORDS, get }
}

function word(name: string, words: readonly string[], get: (event: SignallingEvent) => string | null): EventColumn {
  return { name, type: 'word', words, get }
}

const PROTOCOLS = ['map', 'cap', 'inap', 'isup', 'diameter', 'gtpv1', 'gtpv2'] as const satisfies readonly Protocol[]
const KINDS = [
  'invoke',
  'result',
  'error',
  'reject',
  'abort',
  'dialogue',
  'request',
  'answer',
] as const satisfies readonly EventKind[]
const OPERATIONS: readonly string[] = [...new Set([...MAP_OPERATIONS, ...CAP_OPERATIONS].map(({ name }) => name))]

/**
 * Table `events` of telltale.duckdb, one row an event; `docs/case-folder.md` tells what each column means.
 * @param captures file names of the run's captures, each once.
 */
export function eventColumns(captures: readonly string[]): readonly EventColumn[] {
  return [
    number('seq', 'bigint', (e) => e.seq),
    captures.length > MOST_WORDS ? text('capture', (e) => e.capture) : word('capture', captures, (e) => e.capture),
    number('frame', 'integer', (e) => e.frame),
    number('time', 'timestamp', (e) => e.timeUs),
    word('protocol', PROTOCOLS, (e) => e.protocol),
    word('kind', KINDS, (e) => e.kind),
    word('operation', OPERATIONS, (e) => e.operation),
    number('code', 'integer', (e) => e.code),
    word('opcode_form', ['local', 'global'], (e) => e.opcodeForm),
    text('application_context', (e) => e.applicationContext),
    number('opc', 'bigint', (e) => e.opc),
    number('dpc', 'bigint', (e) => e.dpc),
    text('calling_gt', (e) => e.callingGt),
    number('calling_ssn', 'integer', (e) => e.callingSsn),
    text('called_gt', (e) => e.calledGt),
    number('called_ssn', 'integer', (e) => e.calledSsn),
    word(
      'tcap',
      TCAP_MESSAGES.map(({ name }) => name),
      (e) => e.tcap,
    ),
    text('otid', (e) => e.otid),
    text('dtid', (e) => e.dtid),
    number('invoke_id', 'integer', (e) => e.invokeId),
    number('error_code', 'integer', (e) => e.errorCode),
    text('imsi', (e) => e.imsi),
    text('msisdn', (e) => e.msisdn),
    text('imei', (e) => e.imei),
    text('node_address', (e) => e.nodeAddress),
    text('cell_id', (e) => e.cellId),
    number('sms_pid', 'integer', (e) => (e.sms === null ? null : e.sms.pid)),
    number('sms_dcs', 'integer', (e) => (e.sms === null ? null : e.sms.dcs)),
    text('sms_udh', (e) => (e.sms === null ? null : e.sms.udh)),
    text('sms_originator', (e) => (e.sms === null ? null : e.sms.originator)),
    word('sms_oa_type', TYPES_OF_NUMBER, (e) => (e.sms === null ? null : e.sms.oaType)),
    text('src_ip', (e) => e.srcIp),
    text('dst_ip', (e) => e.dstIp),
    number('src_port', 'integer', (e) => e.srcPort),
    number('dst_port', 'integer', (e) => e.dstPort),
    text('anomalies', (e) => (e.anomalies.length === 0 ? null : e.anomalies.join(' '))),
    text('fault', (e) => (e.fault === null ? null : `${e.fault.layer}: ${e.fault.reason} at ${e.fault.offset}`)),
    number('answers', 'bigint', (e) => (e.answers === 0 ? null : e.answers)),
  ]
}

const SQL_TYPES = { text: 'VARCHAR', integer: 'INTEGER', bigint: 'BIGINT', timestamp: 'TIMESTAMP' } as const

/** `CREATE TABLE events (…)`. A word column is an ENUM, which reads and compares as text. */
export function createEventsSql(columns: readonly EventColumn[]): string {
  const definitions = columns.map(({ name, type, words }) => {
    const sqlType = type === 'word' ? `ENUM(${words.map(quoted).join(', ')})` : SQL_TYPES[type]
    return `"${name}" ${sqlType}`
  })
  return `CREATE TABLE events (${definitions.join(', ')})`
}

/** A text as SQL writes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * View `subjects`: whom each event is about, also where only the request it answers named the subscriber.
 * Kept apart, because storing it with every answer would store most identities twice.
 */
export const SUBJECTS_SQL = `CREATE VIEW subjects AS
SELECT e.seq, coalesce(e.imsi, r.imsi) AS imsi, coalesce(e.msisdn, r.msisdn) AS msisdn
FROM events e LEFT JOIN events r ON r.seq = e.answers`
