/** Ways into a network that carry text messages, whatever protocol they travel in. Sources: TS 29.002 §17.5, TS 29.338. */
const SMS_OPERATIONS = [
  'mt-ForwardSM',
  'mo-ForwardSM',
  'forwardSM',
  'MT-Forward-Short-Message',
  'MO-Forward-Short-Message',
] as const

/** MAP operations sent to the node that serves the subscriber: the called title stands where the phone is. Source: TS 29.002 §8. */
const TO_SERVING_NODE = [
  'cancelLocation',
  'provideRoamingNumber',
  'insertSubscriberData',
  'deleteSubscriberData',
  'provideSubscriberInfo',
  'mt-ForwardSM',
] as const

/** Registrations: they say which network serves a subscriber from then on. Sources: TS 29.002 §8.1, TS 29.272 §5.2.1. */
const REGISTRATIONS = ['updateLocation', 'updateGprsLocation', 'Update-Location'] as const

const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')

/** Columns of numbers that stand for texts, by the alias of the text. */
const LABELS = {
  capture: 'e.capture', protocol: 'e.protocol', operation: 'e.operation', calling_gt: 'e.calling_gt',
  called_gt: 'e.called_gt', destination_realm: 'e.destination_realm', visited_plmn: 'e.visited_plmn',
  node_address: 'e.node_address', route_record: 'e.route_record', encoding: 'e.encoding', imsi: '-1 - e.imsi',
} // biome-ignore format: pairs

/**
 * The rows of a table of event rows with their texts in place, from the texts of these rows alone: the view `events`, or
 * a join with all texts, would need memory for every text of the case a dozen times.
 */
const eventsOf = (table: string): string => `WITH named AS (
  SELECT id, text FROM texts WHERE id IN (SELECT unnest([${Object.values(LABELS).join(', ')}]) FROM ${table} e)
) SELECT e.seq, e.frame, e.time, ${Object.keys(LABELS)
  .map((name) =>
    name === 'imsi'
      ? 'CASE WHEN e.imsi > 0 THEN substr(e.imsi::VARCHAR, 2) ELSE t_imsi.text END AS imsi'
      : `t_${name}.text AS ${name}`,
  )
  .join(', ')}
FROM ${table} e ${Object.entries(LABELS)
  .map(([name, number]) => `LEFT JOIN named t_${name} ON t_${name}.id = ${number}`)
  .join(' ')}`

/** The first packet that each finding cites. */
const CITED = `CREATE TEMP TABLE cited AS FROM event_rows SEMI JOIN (
    SELECT t.id AS capture, f.evidence[1].frame AS frame FROM findings f JOIN texts t ON t.text = f.evidence[1].capture
  ) USING (capture, frame)`

/** Registrations, requests alone, of subscribers that findings are about. */
const REGISTERED = `CREATE TEMP TABLE registered AS FROM event_rows
    WHERE answers IS NULL AND operation IN (SELECT id FROM texts WHERE text IN (${list(REGISTRATIONS)})) AND imsi IN (
      SELECT TRY_CAST('1' || imsi AS BIGINT) FROM finding_facts
      UNION SELECT -1 - t.id FROM finding_facts JOIN texts t ON t.text = imsi)`

/**
 * One row a finding: what rankings, charts and `yearly_shares` count. `attempts` is the finding's count once for all
 * findings of one source and subject, or of a source and nobody, that begin with the same packet, 0 for the others and for patterns over many
 * requests (class `campaign`): a message that two checks report is one attempt. `served` is the address of the node that
 * served the subscriber where the request itself says it; `node_address`, `route_record` and `encoding` are of the first request.
 */
const FINDING_FACTS = `CREATE TABLE finding_facts AS
WITH f AS (
  SELECT id, detector, class, severity, answered, count, "firstSeen" AS first_seen, "lastSeen" AS last_seen,
    source.country AS country, source.operator AS network,
    coalesce('gt ' || source.gt, 'host ' || source.host, 'realm ' || source.realm, 'ip ' || source.ip, 'opc ' || source.opc, '') AS address,
    coalesce(subject.imsi, subject.msisdn) AS subject, subject.imsi AS imsi, subject.msisdn AS msisdn,
    evidence[1].capture AS capture, evidence[1].frame AS frame
  FROM findings
), g AS (
  SELECT *, max(subject) OVER (PARTITION BY capture, frame, address) AS told FROM f
), e AS (
  SELECT capture, frame, arg_min(protocol, seq) AS protocol, arg_min(operation, seq) AS operation,
    arg_min(called_gt, seq) AS called_gt, arg_min(destination_realm, seq) AS destination_realm,
    arg_min(node_address, seq) AS node_address, arg_min(route_record, seq) AS route_record, arg_min(encoding, seq) AS encoding
  FROM (${eventsOf('cited')}) GROUP BY capture, frame
)
SELECT g.* EXCLUDE (capture, frame, count, told), count AS messages,
  CASE WHEN class <> 'campaign' AND (g.frame IS NULL OR row_number() OVER (
    PARTITION BY g.capture, g.frame, address, coalesce(subject, told), class = 'campaign' ORDER BY subject IS NULL, count DESC, class IN ('evasion', 'spoofing'), id) = 1) THEN count ELSE 0 END AS attempts,
  coalesce(protocol, '') AS protocol, coalesce(operation, '') AS operation,
  CASE WHEN class IN ('sms', 'sim') OR operation IN (${list(SMS_OPERATIONS)}) THEN 'sms'
    WHEN protocol = 'diameter' THEN '4g' WHEN protocol LIKE 'gtp%' THEN 'gtp'
    WHEN protocol IN ('map', 'cap', 'inap', 'isup', 'tcap', 'sccp') THEN '3g'
    WHEN address LIKE 'gt %' OR address LIKE 'opc %' THEN '3g' WHEN address LIKE 'host %' OR address LIKE 'realm %' THEN '4g'
    WHEN class = 'gtp' THEN 'gtp' ELSE 'other' END AS generation,
  CASE WHEN operation IN (${list(TO_SERVING_NODE)}) THEN 'gt ' || called_gt
    WHEN protocol = 'diameter' AND operation IN ('Insert-Subscriber-Data', 'Cancel-Location', 'Delete-Subscriber-Data')
      THEN 'realm ' || destination_realm END AS served,
  node_address, route_record, encoding
FROM g LEFT JOIN e USING (capture, frame)`

/** Attempts of each network of each country, by year and generation, with their share of that year and generation, 0 to 1. */
const YEARLY_SHARES = `CREATE TABLE yearly_shares AS
WITH y AS (
  SELECT year(first_seen)::INTEGER AS year, generation, country, network, sum(attempts)::BIGINT AS attempts,
    count(DISTINCT subject) AS subjects, count(DISTINCT address) AS addresses,
    coalesce(sum(attempts) FILTER (answered), 0)::BIGINT AS answered, count(*) AS findings
  FROM finding_facts WHERE class <> 'campaign' GROUP BY 1, 2, 3, 4
)
SELECT year, generation, country, network, attempts,
  (attempts / nullif(sum(attempts) OVER (PARTITION BY year, generation), 0))::DOUBLE AS share,
  subjects, addresses, answered, findings
FROM y ORDER BY year, generation, attempts DESC, country, network`

/** Where subscribers registered, for findings that do not say where they were; hostile registrations are left out. */
const WHEREABOUTS = `CREATE TABLE whereabouts AS
WITH r AS (
  SELECT capture, frame, time, imsi, coalesce('plmn ' || visited_plmn, 'gt ' || calling_gt) AS served
  FROM (${eventsOf('registered')})
)
SELECT imsi, time, served FROM r
ANTI JOIN (SELECT DISTINCT unnest(evidence, recursive := true) FROM findings WHERE class <> 'campaign') USING (capture, frame)
WHERE served IS NOT NULL`

/** Statements that draw the tables of the report from `findings` and the events, in this order. */
export const REPORT_TABLES = [
  CITED,
  FINDING_FACTS,
  'DROP TABLE cited',
  YEARLY_SHARES,
  REGISTERED,
  WHEREABOUTS,
  'DROP TABLE registered',
] as const
