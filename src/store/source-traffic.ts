import { LIMITS } from '../limits.ts'
import type { CaseTables, Value } from './case-tables.ts'
import { prepareCountryCodes } from './mask-sql.ts'

/** A source of findings and all that came from its address, benign traffic too. */
export interface SourceTraffic {
  readonly kind: 'gt' | 'host' | 'realm' | 'ip' | 'opc'
  readonly value: string
  readonly operator: string | null
  readonly country: string | null
  readonly method: string
  readonly findings: number
  readonly severities: readonly { readonly severity: string; readonly findings: number }[]
  readonly detectors: readonly string[]
  /** Of the findings, ISO 8601, UTC. */
  readonly firstSeen: string
  readonly lastSeen: string
  /** Events from this address of any kind, answers too. */
  readonly messages: number
  readonly requests: number
  /** Different subscribers that the requests name. */
  readonly subjects: number
  /** Requests by operation, the most frequent first, LIMITS.exportedOperations at most. */
  readonly operations: readonly { readonly protocol: string; readonly operation: string; readonly requests: number }[]
  /** Requests under suspicion, at least: those of the detector that reported most, as two may report the same. */
  readonly suspicious: number
}

/** Who is written to about an address: its operator of record, or the address alone where none is known. */
export interface ComplaintGroup {
  readonly number: number
  readonly operator: string | null
  readonly country: string | null
  /** How the operator was resolved. */
  readonly methods: readonly string[]
  readonly addresses: readonly { readonly kind: string; readonly value: string; readonly requests: number }[]
  readonly addressCount: number
  readonly requests: number
  readonly answered: number
  readonly subjects: number
  readonly categories: readonly { readonly category: string; readonly requests: number }[]
  readonly operations: readonly { readonly operation: string; readonly requests: number }[]
  readonly firstSeen: string
  readonly lastSeen: string
  /** Messages that findings count beyond those they cite. */
  readonly uncited: number
}

/** One message that a complaint cites. It names no subscriber. */
export interface Observation {
  readonly group: number
  readonly time: string
  readonly protocol: string
  readonly kind: string
  readonly value: string
  /** The network's own side, without digits that could be a subscriber's. */
  readonly called: string | null
  readonly operation: string | null
  readonly category: string
  readonly answered: 'yes' | 'no' | 'not visible'
  /** TCAP originating transaction id, by which the sender finds the dialogue in its own records. */
  readonly transaction: string | null
}

const KIND = `CASE WHEN source.gt IS NOT NULL THEN 'gt' WHEN source.host IS NOT NULL THEN 'host'
  WHEN source.realm IS NOT NULL THEN 'realm' WHEN source.ip IS NOT NULL THEN 'ip'
  WHEN source.opc IS NOT NULL THEN 'opc' END`
const VALUE = 'coalesce(source.gt, source.host, source.realm, source.ip, source.opc::VARCHAR)'
/** Where an event carries an address of each kind. */
const COLUMNS = [
  ['gt', 'calling_gt'],
  ['host', 'origin_host'],
  ['realm', 'origin_realm'],
  ['ip', 'src_ip'],
  ['opc', 'opc::VARCHAR'],
] as const
const IS_REQUEST = "kind IN ('invoke', 'request')"
const TIME = "'%Y-%m-%dT%H:%M:%S.%fZ'"
/** Whether an event is an answer that gave what was asked. Source: RFC 6733 §7.1, TS 29.274 §8.4, TS 29.060 §7.7.1. */
const IS_RESULT = `(kind = 'result' OR (kind = 'answer' AND (protocol = 'isup'
  OR (protocol = 'diameter' AND result_code BETWEEN 2000 AND 2999)
  OR (protocol = 'gtpv2' AND result_code BETWEEN 16 AND 63)
  OR (protocol = 'gtpv1' AND result_code BETWEEN 128 AND 191))))`
const SEVERITY_ORDER = "list_position(['info', 'low', 'medium', 'high', 'critical'], severity)"

/**
 * Every source with findings, the gravest first, with what a block on its address would have hit. Findings about campaigns
 * are left out: they count the messages of all members, and those have findings of their own.
 */
export async function* sourceTraffic(tables: CaseTables): AsyncGenerator<SourceTraffic> {
  await tables.run(
    `CREATE OR REPLACE TEMP TABLE blocked AS
     SELECT kind, value, min(operator) AS operator, min(country) AS country, min(method) AS method,
       sum(findings)::BIGINT AS findings, max(suspicious)::BIGINT AS suspicious, max(gravest) AS gravest,
       min(first_seen) AS first_seen, max(last_seen) AS last_seen, list(detector ORDER BY detector) AS detectors
     FROM (SELECT ${KIND} AS kind, ${VALUE} AS value, detector, min(source.operator) AS operator,
             min(source.country) AS country, min(source.method) AS method, count(*) AS findings,
             sum("count") AS suspicious, max(${SEVERITY_ORDER}) AS gravest, min(firstSeen) AS first_seen,
             max(lastSeen) AS last_seen
           FROM main.findings WHERE class <> 'campaign' GROUP BY ALL)
     WHERE kind IS NOT NULL GROUP BY kind, value`,
    `CREATE OR REPLACE TEMP TABLE hits AS ${COLUMNS.map(
      ([kind, column]) =>
        `SELECT b.kind AS source_kind, b.value, e.protocol, e.operation, e.code, e.kind,
           coalesce(e.imsi, e.msisdn, e.user_name) AS subject
         FROM main.events e JOIN blocked b ON b.kind = '${kind}' AND e.${column} = b.value`,
    ).join(' UNION ALL ')}`,
  )
  const sql = `SELECT b.kind, b.value, b.operator, b.country, b.method, b.findings::INTEGER AS findings, b.detectors,
      strftime(b.first_seen, ${TIME}) AS first_seen, strftime(b.last_seen, ${TIME}) AS last_seen,
      coalesce(s.severities, []) AS severities, coalesce(t.messages, 0)::DOUBLE AS messages,
      coalesce(t.requests, 0)::DOUBLE AS requests, coalesce(t.subjects, 0)::DOUBLE AS subjects,
      least(b.suspicious, coalesce(t.requests, 0))::DOUBLE AS suspicious, coalesce(o.operations, []) AS operations
    FROM blocked b
    LEFT JOIN (SELECT source_kind, value, count(*) AS messages, count(*) FILTER (${IS_REQUEST}) AS requests,
                 count(DISTINCT subject) FILTER (${IS_REQUEST}) AS subjects
               FROM hits GROUP BY ALL) t ON t.source_kind = b.kind AND t.value = b.value
    LEFT JOIN (SELECT kind, value, list({severity: severity, findings: findings} ORDER BY level DESC) AS severities
               FROM (SELECT ${KIND} AS kind, ${VALUE} AS value, severity, min(${SEVERITY_ORDER}) AS level,
                       count(*)::INTEGER AS findings FROM main.findings
                     WHERE class <> 'campaign' GROUP BY ALL)
               GROUP BY ALL) s ON s.kind = b.kind AND s.value = b.value
    LEFT JOIN (SELECT source_kind, value, list({protocol: protocol, operation: operation, requests: requests}
                 ORDER BY requests DESC, protocol, operation)[1:${LIMITS.exportedOperations}] AS operations
               FROM (SELECT source_kind, value, protocol, coalesce(operation, 'code ' || code, '') AS operation,
                       count(*)::DOUBLE AS requests FROM hits WHERE ${IS_REQUEST} GROUP BY ALL)
               GROUP BY ALL) o ON o.source_kind = b.kind AND o.value = b.value
    ORDER BY b.gravest DESC, b.suspicious DESC, b.kind, b.value`
  for await (const row of tables.rows(sql)) {
    yield {
      kind: row.kind as SourceTraffic['kind'],
      value: String(row.value),
      operator: textOf(row.operator),
      country: textOf(row.country),
      method: String(row.method),
      findings: Number(row.findings),
      severities: row.severities as SourceTraffic['severities'],
      detectors: row.detectors as readonly string[],
      firstSeen: String(row.first_seen),
      lastSeen: String(row.last_seen),
      messages: Number(row.messages),
      requests: Number(row.requests),
      subjects: Number(row.subjects),
      operations: row.operations as SourceTraffic['operations'],
      suspicious: Number(row.suspicious),
    }
  }
}

/**
 * Operators to write to, the most messages first: whoever's addresses sent what findings cite, but for our own network and
 * for what left it. `observations` gives their messages in the same order.
 */
export async function* complaintGroups(tables: CaseTables): AsyncGenerator<ComplaintGroup> {
  await prepareComplaints(tables)
  const top = (list: string): string => `(${list})[1:${LIMITS.exportedOperations}]`
  const counts = (name: string, as: string): string =>
    `SELECT number, ${top(`list({${as}: ${name}, requests: requests} ORDER BY requests DESC, ${name})`)} AS list
     FROM (SELECT number, ${name}, count(*)::DOUBLE AS requests FROM cited GROUP BY ALL) GROUP BY number`
  const sql = `SELECT g.*, a.list AS addresses, a.addresses::DOUBLE AS address_count, c.list AS categories, o.list AS operations
    FROM (SELECT number, min(operator) AS operator, min(country) AS country,
            list(DISTINCT method ORDER BY method) AS methods, count(*)::DOUBLE AS requests,
            (count(*) FILTER (answered = 'yes'))::DOUBLE AS answered,
            count(DISTINCT subject)::DOUBLE AS subjects, min(uncited)::DOUBLE AS uncited,
            strftime(min(time), ${TIME}) AS first_seen, strftime(max(time), ${TIME}) AS last_seen
          FROM cited GROUP BY number) g
    JOIN (SELECT number, count(*) AS addresses,
            ${top('list({kind: kind, value: value, requests: requests} ORDER BY requests DESC, kind, value)')} AS list
          FROM (SELECT number, kind, value, count(*)::DOUBLE AS requests FROM cited GROUP BY ALL)
          GROUP BY number) a USING (number)
    JOIN (${counts('category', 'category')}) c USING (number)
    JOIN (${counts('operation', 'operation')}) o USING (number)
    ORDER BY number`
  for await (const row of tables.rows(sql)) {
    yield {
      number: Number(row.number),
      operator: textOf(row.operator),
      country: textOf(row.country),
      methods: row.methods as readonly string[],
      addresses: row.addresses as ComplaintGroup['addresses'],
      addressCount: Number(row.address_count),
      requests: Number(row.requests),
      answered: Number(row.answered),
      subjects: Number(row.subjects),
      categories: row.categories as ComplaintGroup['categories'],
      operations: row.operations as ComplaintGroup['operations'],
      firstSeen: String(row.first_seen),
      lastSeen: String(row.last_seen),
      uncited: Number(row.uncited),
    }
  }
}

/** The messages of all groups, a group after the other, by time. After `complaintGroups`. */
export async function* observations(tables: CaseTables): AsyncGenerator<Observation> {
  const sql = `SELECT number, strftime(time, ${TIME}) AS time, protocol, kind, value, called, operation, category,
      answered, otid FROM cited ORDER BY number, cited.time, seq`
  for await (const row of tables.rows(sql)) {
    yield {
      group: Number(row.number),
      time: String(row.time),
      protocol: String(row.protocol),
      kind: String(row.kind),
      value: String(row.value),
      called: textOf(row.called),
      operation: textOf(row.operation),
      category: String(row.category),
      answered: row.answered as Observation['answered'],
      transaction: textOf(row.otid),
    }
  }
}

/**
 * Table `cited`: one row for each message that findings of a group cite and that came from the source itself. The called
 * side is told by what cannot be a subscriber: a realm, an IP address, a point code, or the country code of a title, as a
 * title may be the number of a subscriber (TS 29.002 §5.1).
 */
async function prepareComplaints(tables: CaseTables): Promise<void> {
  await prepareCountryCodes(tables)
  await tables.run(
    `CREATE OR REPLACE TEMP TABLE reported AS
     SELECT *, CASE WHEN operator IS NULL THEN kind || ' ' || value ELSE operator || ' ' || coalesce(country, '') END AS party
     FROM (SELECT ${KIND} AS kind, ${VALUE} AS value, source.operator AS operator, source.country AS country,
             source.method AS method, class, answered, evidence, "count", evidenceCount
           FROM main.findings WHERE source.method <> 'home' AND class NOT IN ('egress', 'campaign'))
     WHERE kind IS NOT NULL AND NOT contains(value, '~')`,
    `CREATE OR REPLACE TEMP TABLE citations AS
     SELECT DISTINCT party, kind, value, operator, country, method, class, answered, ref.capture AS capture,
       ref.frame AS frame
     FROM (SELECT * EXCLUDE (evidence), unnest(evidence) AS ref FROM reported)`,
    `CREATE OR REPLACE TEMP TABLE cited_events AS ${COLUMNS.map(
      ([kind, column]) =>
        `SELECT c.party, c.kind, c.value, min(c.operator) AS operator, min(c.country) AS country,
           min(c.method) AS method, string_agg(DISTINCT c.class, ' ' ORDER BY c.class) AS category,
           bool_and(c.answered IS NULL) AS hidden, e.seq, min(e."time") AS "time",
           min(e.protocol) AS protocol, min(coalesce(e.operation, 'code ' || e.code, e.kind)) AS operation,
           min(CASE WHEN e.protocol = 'diameter' THEN e.destination_realm
                WHEN e.protocol IN ('gtpv1', 'gtpv2') THEN e.dst_ip
                WHEN e.called_gt IS NOT NULL THEN 'title with country code ' || left(e.called_gt, country_code(e.called_gt))
                ELSE 'point code ' || e.dpc END) AS called,
           min(e.otid) AS otid, min(coalesce(e.imsi, e.msisdn, e.user_name)) AS subject
         FROM citations c JOIN main.events e
           ON c.kind = '${kind}' AND e.capture = c.capture AND e.frame = c.frame AND e.${column} = c.value
         GROUP BY c.party, c.kind, c.value, e.seq`,
    ).join(' UNION ALL ')}`,
    `CREATE OR REPLACE TEMP TABLE cited AS
     SELECT g.number, x.*, u.uncited,
       CASE WHEN r.seq IS NOT NULL THEN 'yes' WHEN x.hidden THEN 'not visible' ELSE 'no' END AS answered
     FROM cited_events x
     JOIN (SELECT party, row_number() OVER (ORDER BY count(*) DESC, party)::INTEGER AS number
           FROM cited_events GROUP BY party) g USING (party)
     JOIN (SELECT party, sum(greatest("count" - len(evidence), 0)) AS uncited FROM reported GROUP BY party) u USING (party)
     LEFT JOIN (SELECT DISTINCT answers AS seq FROM main.events WHERE answers IS NOT NULL AND ${IS_RESULT}) r
       ON r.seq = x.seq
     WHERE g.number <= ${LIMITS.complaints}`,
  )
}

function textOf(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}
