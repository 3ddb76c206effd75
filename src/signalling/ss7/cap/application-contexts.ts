/**
 * CAP application contexts and the phase each belongs to. Source: 3GPP TS 29.078 §5.6 CAP-object-identifiers, §6.1.2,
 * §7.2, §8.2; phases 1 and 2 GSM 09.78 §5.7.
 */
export const CAP_APPLICATION_CONTEXTS = [
  { oid: '0.4.0.0.1.0.50.0', name: 'CAP-v1-gsmSSF-to-gsmSCF-AC', phase: 1 },
  { oid: '0.4.0.0.1.0.50.1', name: 'CAP-v2-gsmSSF-to-gsmSCF-AC', phase: 2 },
  { oid: '0.4.0.0.1.0.51.1', name: 'CAP-v2-assist-gsmSSF-to-gsmSCF-AC', phase: 2 },
  { oid: '0.4.0.0.1.0.52.1', name: 'CAP-v2-gsmSRF-to-gsmSCF-AC', phase: 2 },
  { oid: '0.4.0.0.1.20.3.14', name: 'gsmSRF-gsmSCF-AC', phase: 3 },
  { oid: '0.4.0.0.1.21.3.4', name: 'capssf-scfGenericAC', phase: 3 },
  { oid: '0.4.0.0.1.21.3.6', name: 'capssf-scfAssistHandoffAC', phase: 3 },
  { oid: '0.4.0.0.1.21.3.50', name: 'cap3-gprssf-scfAC', phase: 3 },
  { oid: '0.4.0.0.1.21.3.51', name: 'cap3-gsmscf-gprsssfAC', phase: 3 },
  { oid: '0.4.0.0.1.21.3.61', name: 'cap3-sms-AC', phase: 3 },
  { oid: '0.4.0.0.1.22.3.14', name: 'gsmSRF-gsmSCF-AC', phase: 4 },
  { oid: '0.4.0.0.1.23.3.4', name: 'capssf-scfGenericAC', phase: 4 },
  { oid: '0.4.0.0.1.23.3.6', name: 'capssf-scfAssistHandoffAC', phase: 4 },
  { oid: '0.4.0.0.1.23.3.8', name: 'scf-gsmSSFGenericAC', phase: 4 },
  { oid: '0.4.0.0.1.23.3.61', name: 'cap4-sms-AC', phase: 4 },
] as const

export type CapPhase = (typeof CAP_APPLICATION_CONTEXTS)[number]['phase']

const PHASES = new Map<string, CapPhase>(CAP_APPLICATION_CONTEXTS.map((row) => [row.oid, row.phase]))

/** Phase of a dotted application context name. @returns null when it is none that TS 29.078 defines. */
export function capPhase(dotted: string): CapPhase | null {
  return PHASES.get(dotted) ?? null
}
