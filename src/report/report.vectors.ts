import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'

/** Invented cases and findings for the tests of this folder; subscribers of the test network 001 01. */

const FINDING: Finding = {
  schema: 1,
  id: 'f0001',
  detector: 'LOC-01',
  version: 1,
  class: 'location',
  severity: 'high',
  confidence: 0.9,
  title: 'anyTimeInterrogation from another network',
  why: 'anyTimeInterrogation for a subscriber of 001 01 came from 12465550100, which is not the home network.',
  benign: ['A location service both networks agreed on.'],
  source: {
    gt: '12465550100',
    host: null,
    realm: null,
    ip: null,
    opc: 4321,
    operator: null,
    country: 'BB',
    method: 'numbering plan',
  },
  subject: { imsi: '001011234567837', msisdn: null },
  answered: true,
  firstSeen: '2026-03-03T08:00:12.000001Z',
  lastSeen: '2026-03-03T09:00:12.000001Z',
  count: 3,
  techniques: ['MOT5012.501'],
  evidence: [
    { capture: 'core.pcap', frame: 7 },
    { capture: 'core.pcap', frame: 9 },
  ],
  evidenceCount: 3,
}

const CASE: Case = {
  schema: 1,
  program: { name: 'telltale', version: '0.1.0', node: 'v26.0.0' },
  complete: true,
  interruptions: [],
  inputs: [
    {
      name: 'core.pcap',
      path: 'captures/core.pcap',
      format: 'pcap',
      compression: 'none',
      bytes: 123_456,
      sha256: 'ab'.repeat(32),
      packets: 1_200,
      firstSeen: '2026-03-03T08:00:00.000000Z',
      lastSeen: '2026-03-05T18:00:00.000000Z',
      damage: null,
    },
  ],
  firstSeen: '2026-03-03T08:00:00.000000Z',
  lastSeen: '2026-03-05T18:00:00.000000Z',
  packets: 1_200,
  messages: 1_000,
  events: 900,
  findings: 1,
  campaigns: 0,
  trends: [],
  packetCoverage: [
    { protocol: 'sctp', state: 'decoded', reason: '', count: 1_100 },
    { protocol: 'tcp', state: 'not', reason: 'carries no signalling', count: 100 },
  ],
  messageCoverage: [
    { protocol: 'isup', state: 'not', reason: 'protocol not decoded by this version', count: 90 },
    { protocol: 'map', state: 'partly', reason: 'argument longer than its message', count: 10 },
    { protocol: 'map', state: 'decoded', reason: '', count: 900 },
  ],
  detectors: [
    {
      id: 'LOC-01',
      version: 1,
      title: 'anyTimeInterrogation from another network',
      checked: 900,
      passed: 880,
      failed: 3,
      unavailable: [{ reason: 'the source network is unknown', count: 17 }],
      excepted: 0,
    },
  ],
  limitations: ['No network.yaml was given, so the home network is unknown.'],
  references: [{ name: 'E.164 country codes', version: '2026-05-01', source: 'ITU-T E.164' }],
  manifest: [],
  settings: { perimeter: 'international' },
  operations: [{ protocol: 'map', operation: 'anyTimeInterrogation', invokes: 40, results: 3, errors: 37 }],
  sources: [{ address: '12465550100', country: 'BB', operator: 'Example Roaming', events: 40, findings: 1 }],
}

/** A finding, with some keys replaced. */
export function sampleFinding(changes: Partial<Finding> = {}): Finding {
  return { ...FINDING, ...changes }
}

/** A case of one finding, with some keys replaced. */
export function sampleCase(changes: Partial<Case> = {}): Case {
  return { ...CASE, ...changes }
}

/** `count` findings of `detectors` detectors and `sources` sources, each with the full evidence list. */
export function manyFindings(count: number, detectors: number, sources: number): Finding[] {
  const evidence = Array.from({ length: 100 }, (_, frame) => ({ capture: 'core-2026-03-03-08.pcapng.zst', frame }))
  return Array.from({ length: count }, (_, index) =>
    sampleFinding({
      id: `f${String(index).padStart(12, '0')}`,
      detector: `LOC-${String(index % detectors).padStart(2, '0')}`,
      source: { ...FINDING.source, gt: String(12_465_550_100 + (index % sources)) },
      evidence,
      evidenceCount: 5_000,
    }),
  )
}

/** The value with every string in it replaced, but for the keys whose words are fixed, and for times unless asked. */
export function withEveryString<T>(value: T, text: string, times = false): T {
  const fixed = new Set(['class', 'severity', 'state', ...(times ? [] : ['firstSeen', 'lastSeen'])])
  const replace = (node: unknown, key: string): unknown => {
    if (fixed.has(key)) return node
    if (typeof node === 'string') return text
    if (Array.isArray(node)) return node.map((item) => replace(item, ''))
    if (node === null || typeof node !== 'object') return node
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, replace(child, name)]))
  }
  return replace(value, '') as T
}
