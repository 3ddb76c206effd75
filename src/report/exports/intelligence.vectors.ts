import type { Campaign } from '../../campaign/campaign.ts'
import type { Case } from '../../finding/case.ts'
import type { Finding } from '../../finding/finding.ts'
import type { CaseReader } from '../case-reader.ts'
import { sampleCase, sampleFinding } from '../report.vectors.ts'

/** Invented cases for the tests of the exports; subscribers of the test network 001 01, titles of the drama ranges. */

const SOURCE = sampleFinding().source
export const CLEAR_IMSI = '001011234567837'
export const CLEAR_MSISDN = '447700900123'
/** What a hostile sender may call its host. */
export const HOSTILE = '=cmd|x!A1"\'\\]}\u202e<script>\ud800\n\u0000.example'

/** Findings of every form of source, and of no technique, and with text that quotes an identity. */
export const FINDINGS: readonly Finding[] = [
  sampleFinding({ techniques: ['MOT5012.501', 'MOT3003.301', 'FGT5012.008', 'T1430.002'] }),
  sampleFinding({
    id: 'f0002',
    subject: { imsi: CLEAR_IMSI, msisdn: CLEAR_MSISDN },
    why: `A request for ${CLEAR_IMSI}, also known as ${CLEAR_MSISDN}, came twice.`,
    firstSeen: '2026-03-02T08:00:00.000000Z',
    lastSeen: '2026-03-04T08:00:00.999999Z',
    source: { ...SOURCE, operator: 'Example Roaming', method: 'partner prefix' },
    techniques: ['T1430.002'],
  }),
  sampleFinding({
    id: 'f0003',
    detector: 'LOC-05',
    severity: 'critical',
    subject: { imsi: '~i3f9a2c71', msisdn: null },
    answered: null,
    source: {
      ...SOURCE,
      gt: null,
      opc: null,
      host: 'MME1.epc.mnc001.mcc001.3gppnetwork.org',
      realm: 'epc.mnc001.mcc001.3gppnetwork.org',
      ip: '2001:DB8:0:0::1',
      country: null,
    },
    techniques: ['FGT5012.008'],
  }),
  sampleFinding({
    id: 'f0004',
    detector: 'SPF-03',
    class: 'spoofing',
    source: { ...SOURCE, gt: null, opc: null, host: HOSTILE, realm: null, operator: HOSTILE, country: 'x\u0000' },
    why: HOSTILE,
    title: HOSTILE,
    techniques: [],
    evidence: [{ capture: HOSTILE, frame: 1 }],
  }),
  sampleFinding({
    id: 'f0005',
    detector: 'GTP-02',
    class: 'gtp',
    severity: 'low',
    source: { ...SOURCE, gt: null, opc: null, ip: '192.0.2.7', country: null },
    techniques: ['not a technique', 'MOT9999.999'],
    firstSeen: 'soon',
    lastSeen: 'later',
  }),
  sampleFinding({ id: 'f0006', source: { ...SOURCE, gt: null, opc: null, country: null }, techniques: [], count: 0 }),
]

const MEMBER = {
  attempts: 30,
  subjects: 9,
  answered: 2,
  firstSeen: '2026-03-01T00:00:00.5Z',
  lastSeen: '2026-03-05T00:00:00Z',
}

export const CAMPAIGN: Campaign = {
  schema: 1,
  id: 'C-1',
  title: 'Location requests from two networks on the same subscribers',
  class: 'location',
  scale: 'targeted',
  protocols: ['ss7', 'diameter'],
  firstSeen: '2026-03-01T00:00:00.500000Z',
  lastSeen: '2026-03-05T00:00:00.000000Z',
  members: [
    {
      ...MEMBER,
      source: { gt: '12465550100', host: null, realm: null, ip: null, opc: 4321, operator: null, country: 'BB' },
    },
    {
      ...MEMBER,
      source: { gt: '447700900009', host: null, realm: null, ip: null, opc: null, operator: 'Other', country: 'GB' },
    },
  ],
  subjects: 9,
  attempts: 60,
  coTargeting: { shared: 7, expected: 0.4, pValue: 1.2e-9 },
  fingerprints: ['abc123'],
  changes: [{ kind: 'rise', at: '2026-03-02T00:00:00Z', uncertaintyDays: 1, from: null, to: 'gt:447700900009' }],
  findings: ['f0001', 'f0003'],
  hypotheses: [
    { statement: 'One operator of equipment uses both.', for: ['The same fingerprint.'], against: [], weight: 0.7 },
    { statement: 'A shared hub of two innocent networks.', for: [], against: ['No delivery follows.'], weight: 0.3 },
  ],
  confidence: 0.8,
}

/** A reader of a case in memory. */
export function readerOf(
  findings: Iterable<Finding>,
  campaigns: readonly Campaign[] = [],
  changes: Partial<Case> = {},
): CaseReader {
  return {
    folder: 'case',
    facts: sampleCase(changes),
    async *findings() {
      yield* findings
    },
    async *campaigns() {
      yield* campaigns
    },
    async *dossiers() {},
  }
}

/** The whole text of an export. */
export async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const part of parts) text += part
  return text
}
