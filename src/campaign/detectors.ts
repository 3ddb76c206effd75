import type { Severity } from '../finding/finding.ts'
import type { PatternKind } from './campaign.ts'

/** A detector that judges campaigns, not events: what `telltale detectors` tells of it. */
export interface CampaignDetector {
  readonly id: string
  readonly version: number
  readonly pattern: PatternKind
  readonly severity: Severity
  readonly title: string
  readonly explanation: string
  readonly techniques: readonly string[]
  readonly benign: readonly string[]
}

/** The campaign detectors, by id of the catalogue. */
export const CAMPAIGN_DETECTORS = [
  {
    id: 'CMP-01',
    version: 1,
    pattern: 'pivot',
    severity: 'high',
    title: 'Several protocols against one subscriber within hours',
    explanation:
      'SS7, Diameter, SMS and GTP reach the same phone by different ways. Whoever gets no answer on one tries the next. Different networks doing so within hours, more often than their visits would meet by chance, work together or are one.',
    techniques: ['MOT1583.301'],
    benign: [
      'A subscriber who moves between 3G and 4G while roaming.',
      'A hub that carries several protocols for one partner.',
    ],
  },
  {
    id: 'CMP-02',
    version: 1,
    pattern: 'co-targeting',
    severity: 'high',
    title: 'Networks that have little in common asked about the same subscribers within weeks',
    explanation:
      'For every pair of sources, the subscribers both went after within the window are counted and held against what chance gives, when every source touches as many subscribers, and every subscriber is touched by as many sources, as observed (bipartite configuration model, Benjamini–Hochberg over all pairs).',
    techniques: ['MOT1583.301'],
    benign: [
      'Subscribers on one trip through several countries.',
      'An SMS or look-up service behind several addresses.',
    ],
  },
  {
    id: 'CMP-03',
    version: 2,
    pattern: 'rotation',
    severity: 'high',
    title: 'Changing addresses against one subscriber',
    explanation:
      'Addresses of different networks take turns on one subscriber within hours, or over weeks where they ask about hardly anybody else. A filter that blocks one address does not stop who holds the next.',
    techniques: ['MOT1583.301', 'MOT1036.301'],
    benign: ['A hub that shares its load over addresses of several partners.'],
  },
  {
    id: 'CMP-04',
    version: 1,
    pattern: 'probe-attack',
    severity: 'high',
    title: 'An identity was asked for, and an attack followed',
    explanation:
      'Most requests need the IMSI or the serving node. Asking for it first, and using it within hours for a location request, an interception or a disruption, is how an attack is prepared.',
    techniques: ['MOT5019.302', 'MOT1583.301'],
    benign: ['A short message service that looks up the way before it delivers.', 'Tests by a partner.'],
  },
  {
    id: 'CMP-05',
    version: 1,
    pattern: 'succession',
    severity: 'medium',
    title: 'One source gave way to another on the same subscribers',
    explanation:
      'The requests of one source fade while those of another rise, or the requests move from SS7 to Diameter. The date comes from the likelihood of a step in the daily counts, with its uncertainty.',
    techniques: [],
    benign: ['A changed roaming contract or hub.', 'The move of a whole network from 3G to 4G.'],
  },
  {
    id: 'CMP-06',
    version: 1,
    pattern: 'reuse',
    severity: 'medium',
    title: 'Addresses of a campaign in use for months or years',
    explanation:
      'Addresses are let for long times. One that takes part in a campaign, and comes back after half a year, is worth a complaint to its owner and a watch on its range.',
    techniques: ['MOT1583.301'],
    benign: ['An agreed service that runs for years.'],
  },
  {
    id: 'CMP-07',
    version: 1,
    pattern: 'scale',
    severity: 'info',
    title: 'Mass or targeted',
    explanation:
      'Many subscribers asked about a few times each are mass surveillance or probing; few asked about again and again are targets. The boundary is adjustable.',
    techniques: [],
    benign: ['A look-up service asks about many; a service the subscriber ordered asks again and again.'],
  },
] as const satisfies readonly CampaignDetector[]
