import { countryCodeOfE164 } from '../numbering/e164.ts'
import { plmnOfImsi } from '../numbering/e212.ts'
import { NODE_SUBSYSTEMS } from '../numbering/subscriber-title.ts'
import type { CaseTables } from './case-tables.ts'

/** Identities masked in SQL, as `numbering/mask.ts` masks them; the tests hold the two together. */

const PSEUDONYM = "'[0-9]{0,8}~[a-z2-7]{13}'"
/** Shortest originating address that is a subscriber's number instead of a short code. */
const NUMBER = "'[0-9]{7,20}'"

/** Digits that stay in front of a masked IMSI, by its first six; and numbers that are subscribers'. Once for a `CaseTables`. */
export async function prepareMasks(tables: CaseTables): Promise<void> {
  await prepareCountryCodes(tables)
  await tables.run(
    'CREATE TEMP TABLE imsi_prefixes (prefix VARCHAR, kept INTEGER)',
    // a title that is one of these names a subscriber, not a node
    `CREATE TEMP TABLE subscriber_numbers AS
       SELECT DISTINCT msisdn AS number FROM main.events WHERE regexp_full_match(msisdn, ${NUMBER})`,
    // titles that began dialogues or were named as a node
    `CREATE TEMP TABLE nodes AS
       SELECT DISTINCT calling_gt AS title FROM main.events WHERE tcap = 'begin' AND calling_gt IS NOT NULL
       UNION SELECT DISTINCT node_address FROM main.events WHERE node_address IS NOT NULL`,
  )
  await tables.fill('imsi_prefixes', await imsiPrefixes(tables))
  await tables.run(
    `CREATE TEMP MACRO mask_digits(t, first, last) AS
       CASE WHEN length(t) - first - last < 4 OR NOT regexp_full_match(t, '[0-9]{1,20}')
            THEN repeat('*', least(length(t), 20))
            ELSE left(t, first) || repeat('*', length(t) - first - last) || right(t, last) END`,
    `CREATE TEMP MACRO mask_imsi(t, kept) AS
       CASE WHEN regexp_full_match(t, ${PSEUDONYM}) THEN t ELSE mask_digits(t, coalesce(kept, 5), 2) END`,
    `CREATE TEMP MACRO mask_msisdn(t) AS
       CASE WHEN regexp_full_match(t, ${PSEUDONYM}) THEN t
            ELSE mask_digits(t, country_code(t), 2) END`,
    `CREATE TEMP MACRO mask_imei(t) AS
       CASE WHEN regexp_full_match(t, ${PSEUDONYM}) THEN t ELSE mask_digits(t, 8, 2) END`,
    `CREATE TEMP MACRO mask_name(t, kept) AS
       CASE WHEN regexp_matches(t, '~[a-z2-7]{13}(@|$)') THEN t
            WHEN NOT contains(t, '@') THEN mask_imsi(t, kept)
            ELSE repeat('*', least(strpos(t, '@') - 1, 20)) || substr(t, strpos(t, '@')) END`,
    `CREATE TEMP MACRO mask_originator(t) AS CASE WHEN regexp_full_match(t, ${NUMBER}) THEN mask_msisdn(t) ELSE t END`,
    // as numbering/subscriber-title.ts
    `CREATE TEMP MACRO is_imsi_title(t, imsi) AS
       coalesce(t = imsi OR (length(imsi) >= 12 AND strpos(t, substr(imsi, 7, 6)) >= 3
         AND starts_with(substr(imsi, 7), substr(t, strpos(t, substr(imsi, 7, 6))))), false)`,
  )
}

/** Macro `country_code`: how many digits the country code of an international number has; 0 where it is none. */
export async function prepareCountryCodes(tables: CaseTables): Promise<void> {
  await tables.run(
    `SET VARIABLE country_codes = ${countryCodeLengths()}`,
    `CREATE OR REPLACE TEMP MACRO country_code(t) AS
       coalesce(getvariable('country_codes')[try_cast(left(t, 3) AS INTEGER) + 1], 0)`,
  )
}

/** The columns of `events` masked, as a query; `kept` tells what is as it stands in the store. */
export function maskedEventsSql(): string {
  return `SELECT e.* REPLACE (
      mask_imsi(e.imsi, p.kept) AS imsi,
      mask_msisdn(e.msisdn) AS msisdn,
      mask_imei(e.imei) AS imei,
      mask_name(e.user_name, u.kept) AS user_name,
      mask_originator(e.sms_originator) AS sms_originator,
      CASE WHEN n.number IS NOT NULL OR is_imsi_title(e.called_gt, coalesce(e.imsi, r.imsi))
             OR (e.tcap = 'begin' AND d.title IS NULL AND ${mayBeSubscriber('e.called_ssn')})
           THEN mask_msisdn(e.called_gt) ELSE e.called_gt END AS called_gt,
      CASE WHEN (e.tcap <> 'begin' AND (c.number IS NOT NULL OR (g.title IS NULL AND ${mayBeSubscriber('e.calling_ssn')})))
             OR is_imsi_title(e.calling_gt, coalesce(e.imsi, r.imsi))
           THEN mask_msisdn(e.calling_gt) ELSE e.calling_gt END AS calling_gt,
      regexp_replace(e.session_id, '[0-9]{14,}', '***************', 'g') AS session_id)
    FROM main.events e
    LEFT JOIN imsi_prefixes p ON p.prefix = left(e.imsi, 6)
    LEFT JOIN imsi_prefixes u ON u.prefix = left(e.user_name, 6)
    LEFT JOIN subscriber_numbers n ON n.number = e.called_gt
    LEFT JOIN subscriber_numbers c ON c.number = e.calling_gt
    LEFT JOIN nodes d ON d.title = e.called_gt
    LEFT JOIN nodes g ON g.title = e.calling_gt
    LEFT JOIN (SELECT seq, imsi FROM main.events WHERE imsi IS NOT NULL) r ON r.seq = e.answers`
}

function mayBeSubscriber(subsystem: string): string {
  return `coalesce(${subsystem}, 0) NOT IN (${NODE_SUBSYSTEMS.join(', ')})`
}

/** How many digits the PLMN of each IMSI of the case has, by the IMSI's first six. */
async function imsiPrefixes(tables: CaseTables): Promise<Map<string, number>> {
  const prefixes = new Map<string, number>()
  const sql = `SELECT DISTINCT left(t, 6) AS prefix FROM (
      SELECT imsi AS t FROM main.events UNION ALL SELECT user_name FROM main.events UNION ALL
      SELECT subject.imsi FROM main.findings)
    WHERE regexp_full_match(t, '[0-9]{6,20}')`
  for await (const { prefix } of tables.rows(sql)) {
    const text = String(prefix)
    prefixes.set(text, plmnOfImsi(text)?.plmn?.length ?? 5)
  }
  return prefixes
}

/** Digits of the country code by a number's first three, as an SQL list. Country codes have three at most (ITU-T E.164). */
function countryCodeLengths(): string {
  const lengths = Array.from(
    { length: 1_000 },
    (_, i) => countryCodeOfE164(`${String(i).padStart(3, '0')}0000000`)?.length ?? 0,
  )
  return `[${lengths.join(',')}]`
}
