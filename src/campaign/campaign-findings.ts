import { createHash } from 'node:crypto'
import type { EvidenceRef, Finding } from '../finding/finding.ts'
import type { FoundCampaign } from './campaign.ts'
import { CAMPAIGN_DETECTORS } from './detectors.ts'

/** Evidence comes from the findings a campaign is made of; the caller looks it up. */
export type EvidenceOf = (findingIds: readonly string[]) => readonly EvidenceRef[]

/**
 * A finding for each pattern of each campaign, CMP-01 to CMP-07. The busiest member stands as the source; `count` is the
 * number of requests; `why` names the campaign's id, under which the others are found.
 */
export function campaignFindings(campaigns: readonly FoundCampaign[], evidenceOf: EvidenceOf = () => []): Finding[] {
  return campaigns.flatMap(({ campaign, patterns }) => {
    const [busiest] = campaign.members
    if (busiest === undefined) return []
    const evidence = evidenceOf(campaign.findings)
    // that none was answered cannot be told from that answers were not seen
    const answered = campaign.members.some((member) => member.answered > 0) ? true : null
    return patterns.flatMap(({ kind, why, pValue }) => {
      const detector = CAMPAIGN_DETECTORS.find(({ pattern }) => pattern === kind)
      if (detector === undefined) return []
      const chance = pValue === null ? '' : `; by chance with p = ${pValue.toPrecision(2)}`
      return [
        {
          schema: 1,
          id: `F-${createHash('sha256').update(`${detector.id}|${campaign.id}`).digest('hex').slice(0, 16)}`,
          detector: detector.id,
          version: detector.version,
          class: 'campaign',
          severity: detector.severity,
          confidence: campaign.confidence,
          title: detector.title,
          why: `Campaign ${campaign.id}: ${why}${chance}.`,
          benign: detector.benign,
          source: { ...busiest.source, method: 'campaign' },
          // identities stay with the findings of the single requests
          subject: { imsi: null, msisdn: null },
          answered,
          firstSeen: campaign.firstSeen,
          lastSeen: campaign.lastSeen,
          count: campaign.attempts,
          techniques: detector.techniques,
          evidence,
          evidenceCount: evidence.length,
        } satisfies Finding,
      ]
    })
  })
}
