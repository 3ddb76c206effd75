import type { FindingClass, Severity } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import { GENERATIONS, type Generation, type SubjectEpisode, type SubjectStory } from '../report/report-facts.ts'
import { num, type Row, rowsOf, text, textOrNull, texts, toAddress } from './report-rows.ts'
import type { Database } from './roomy-connection.ts'

const TIME = '%Y-%m-%dT%H:%M:%S.%fZ'

/** Those whom most protocols and networks went after, then those asked about most. */
const SUBJECTS = `SELECT subject, arg_min(imsi, id) AS imsi, arg_min(msisdn, id) AS msisdn, sum(attempts) AS attempts, count(*) AS episodes,
  count(DISTINCT address) AS addresses, count(DISTINCT country) AS countries, list(DISTINCT generation) AS generations,
  strftime(min(first_seen), '${TIME}') AS first_seen, strftime(max(last_seen), '${TIME}') AS last_seen
FROM finding_facts WHERE class <> 'campaign' AND subject IS NOT NULL GROUP BY subject
ORDER BY count(DISTINCT generation) DESC, attempts DESC, count(DISTINCT coalesce(network, country, address)) DESC, subject
LIMIT ${LIMITS.reportSubjects}`

const EPISODES = `WITH s AS (SELECT subject FROM (${SUBJECTS}))
SELECT subject, id, strftime(first_seen, '${TIME}') AS first_seen, strftime(last_seen, '${TIME}') AS last_seen, generation, class,
  severity, detector, operation, address, country, network, answered, messages
FROM finding_facts SEMI JOIN s USING (subject) WHERE class <> 'campaign'
QUALIFY row_number() OVER (PARTITION BY subject ORDER BY first_seen, id) <= ${LIMITS.reportEpisodes}
ORDER BY subject, finding_facts.first_seen, id`

/** The stories of the subscribers most affected. */
export async function readSubjects(db: Database): Promise<SubjectStory[]> {
  const episodes = Map.groupBy(await rowsOf(db, EPISODES), (row) => text(row, 'subject'))
  return (await rowsOf(db, SUBJECTS)).map((row) => ({
    imsi: textOrNull(row, 'imsi'),
    msisdn: textOrNull(row, 'msisdn'),
    attempts: num(row, 'attempts'),
    episodes: num(row, 'episodes'),
    addresses: num(row, 'addresses'),
    countries: num(row, 'countries'),
    generations: generationsOf(row),
    firstSeen: text(row, 'first_seen'),
    lastSeen: text(row, 'last_seen'),
    shown: (episodes.get(text(row, 'subject')) ?? []).map(toEpisode),
  }))
}

/** Column `generations` in the order of the table of generations. */
export function generationsOf(row: Row): Generation[] {
  const names = texts(row, 'generations')
  return GENERATIONS.filter((generation) => names.includes(generation))
}

function toEpisode(row: Row): SubjectEpisode {
  const answered = row.answered
  return {
    id: text(row, 'id'),
    firstSeen: text(row, 'first_seen'),
    lastSeen: text(row, 'last_seen'),
    generation: text(row, 'generation') as Generation,
    class: text(row, 'class') as FindingClass,
    severity: text(row, 'severity') as Severity,
    detector: text(row, 'detector'),
    operation: text(row, 'operation'),
    address: toAddress(text(row, 'address')),
    country: textOrNull(row, 'country'),
    network: textOrNull(row, 'network'),
    answered: typeof answered === 'boolean' ? answered : null,
    messages: num(row, 'messages'),
  }
}
