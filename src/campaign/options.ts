/** Thresholds of campaign detection; units in the names. */
export interface CampaignOptions {
  /** Two sources went after one subscriber together when both did within this time. */
  readonly windowDays: number
  /** Share of false discoveries among the pairs, groups and bursts held to be more than chance. */
  readonly falseDiscoveryRate: number
  /** Subscribers two sources must share. */
  readonly leastShared: number
  /** Shared subscribers must be at least this share of those of the smaller source … */
  readonly leastOverlap: number
  /** … and this many times what chance gives. */
  readonly leastLift: number
  /** A smaller share will do when there are so many: who asks about tens of thousands shares a small part of them … */
  readonly manyShared: number
  /** … and when they are this many times what chance gives: so large a sample tells small differences apart as well. */
  readonly manyLift: number
  /** Requests about one subscriber with less quiet than this between them are one burst. */
  readonly burstHours: number
  /** Different addresses in one burst that make a rotation. */
  readonly leastRotation: number
  /** Time from a probe to the attack it prepares. */
  readonly probeHours: number
  /** An address active again after so long a time is reused. */
  readonly reuseDays: number
  /** From this many subscribers on a campaign is mass, unless each is asked about more than `massAttempts` times. */
  readonly massSubjects: number
  readonly massAttempts: number
  /** A source with at least this share of all subscribers, and suspicious in at most `hubSuspicious` of its requests, is a hub. */
  readonly hubSubjects: number
  readonly hubSuspicious: number
  /** An encoding is rare when at most this share of all requests has it. */
  readonly rareEncoding: number
  /** Requests of one address that make it worth telling by itself. */
  readonly leastSingle: number
}

export const DEFAULT_OPTIONS: CampaignOptions = {
  windowDays: 56,
  falseDiscoveryRate: 0.01,
  leastShared: 4,
  leastOverlap: 0.1,
  leastLift: 1.8,
  manyShared: 24,
  manyLift: 2,
  burstHours: 6,
  leastRotation: 3,
  probeHours: 48,
  reuseDays: 180,
  massSubjects: 50,
  massAttempts: 10,
  hubSubjects: 0.25,
  hubSuspicious: 0.1,
  rareEncoding: 0.05,
  leastSingle: 20,
}

export const HOUR_US = 3_600_000_000
export const DAY_US = 24 * HOUR_US
