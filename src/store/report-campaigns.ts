import { LIMITS } from '../limits.ts'
import type { CampaignAccount } from '../report/report-facts.ts'
import { readRoamingOf } from './report-places.ts'
import { rowsOf, text } from './report-rows.ts'
import type { Database } from './roomy-connection.ts'

const MEMBERS =
  '[{"source":{"gt":"VARCHAR","host":"VARCHAR","realm":"VARCHAR","ip":"VARCHAR","opc":"BIGINT"},"firstSeen":"TIMESTAMP","lastSeen":"TIMESTAMP"}]'

/** The campaigns that the report tells of, with the addresses of their members as `finding_facts` writes them. */
const GROUPS = `CREATE TEMP TABLE campaign_members AS
SELECT id, coalesce('gt ' || m.source.gt, 'host ' || m.source.host, 'realm ' || m.source.realm, 'ip ' || m.source.ip,
  'opc ' || m.source.opc, '') AS address, min(m.firstSeen) AS since, max(m.lastSeen) AS until
FROM (SELECT id, unnest(from_json(members, '${MEMBERS}')) AS m
  FROM (FROM campaigns ORDER BY rowid LIMIT ${LIMITS.reportCampaigns}))
GROUP BY 1, 2`

/** Findings about a campaign begin with its id: one for each of its patterns. */
const PATTERNS = `SELECT c.id, f.detector, regexp_extract(f.why, '^Campaign [^:]+: (.*?)[.]?$', 1) AS why
FROM findings f JOIN (FROM campaigns ORDER BY rowid LIMIT ${LIMITS.reportCampaigns}) c
  ON f.class = 'campaign' AND starts_with(f.why, 'Campaign ' || c.id || ': ')
ORDER BY c.id, f.detector`

/** What campaigns do, and where their subscribers were; by requests of their members within the members' time. */
export async function readCampaigns(db: Database): Promise<CampaignAccount[]> {
  await db.run(GROUPS)
  const patterns = Map.groupBy(await rowsOf(db, PATTERNS), (row) => text(row, 'id'))
  const roaming = await readRoamingOf(db, 'campaign_members')
  return [...new Set([...patterns.keys(), ...roaming.keys()])].sort().map((id) => ({
    id,
    patterns: (patterns.get(id) ?? []).map((row) => ({ detector: text(row, 'detector'), why: text(row, 'why') })),
    roaming: roaming.get(id) ?? null,
  }))
}
