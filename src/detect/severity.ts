/** Classes of what is found, in the order of the contract. */
export const FINDING_CLASSES = [
  'location', 'identity', 'interception', 'disruption', 'fraud', 'sms',
  'sim', 'evasion', 'spoofing', 'gtp', 'campaign', 'egress',
] as const // biome-ignore format: one table
/** Severities, the least first. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const

export type FindingClass = (typeof FINDING_CLASSES)[number]
export type Severity = (typeof SEVERITIES)[number]
