/** The catalogues of techniques that findings name. */
export type Framework = 'gsma-motif' | 'mitre-fight' | 'mitre-attack'

export interface Technique {
  readonly id: string
  readonly framework: Framework
  /** As the catalogue writes it; the id where this table does not hold it. */
  readonly name: string
  /** Tactics by the catalogue's names, in lower case with hyphens. */
  readonly tactics: readonly string[]
  /** Where to read about it. */
  readonly url: string
}

/**
 * GSMA MoTIF techniques. Source: GSMA FS.57 version 1.0 (non-confidential), as the MISP galaxy cluster gsma-motif,
 * version 1, has them; CC0 1.0.
 */
const MOTIF = [
  { id: 'MOT1036.301', name: 'Originating Entity Spoofing', tactics: ['defence-evasion'] },
  { id: 'MOT1046.301', name: 'Scan Signalling Addresses', tactics: ['discovery'] },
  { id: 'MOT1199.301', name: 'Exploit Interconnection Agreements', tactics: ['initial-access'] },
  { id: 'MOT1557', name: 'Adversary-in-the-Middle', tactics: ['persistence'] },
  { id: 'MOT1565.001', name: 'Stored Data Manipulation', tactics: ['impact'] },
  { id: 'MOT1583.301', name: 'Core Signalling Infrastructure Access', tactics: ['resource-development'] },
  { id: 'MOT1589.301', name: 'Phone and Subscription Information', tactics: ['reconnaissance'] },
  { id: 'MOT1597.301', name: 'Mobile Network Operator Sources', tactics: ['reconnaissance'] },
  { id: 'MOT3002.301', name: 'International Direct Signalling Link', tactics: ['initial-access'] },
  { id: 'MOT3002.302', name: 'National Direct Signalling Link', tactics: ['initial-access'] },
  { id: 'MOT3003.301', name: 'SS7 Protocol', tactics: ['initial-access'] },
  { id: 'MOT3003.302', name: 'Diameter Protocol', tactics: ['initial-access'] },
  { id: 'MOT3003.303', name: 'HTTPS/2 Protocol', tactics: ['initial-access'] },
  { id: 'MOT3004', name: 'Access Subscriber Data', tactics: ['credential-access', 'collection'] },
  { id: 'MOT3004.301', name: 'Subscriber Authentication Data', tactics: ['credential-access', 'collection'] },
  { id: 'MOT3005.301', name: 'Unexpected Encoding', tactics: ['defence-evasion'] },
  { id: 'MOT5003', name: 'Network Function Service Discovery', tactics: ['discovery'] },
  { id: 'MOT5012', name: 'Locate Subscriber', tactics: ['collection'] },
  { id: 'MOT5012.501', name: 'Core Network Function Signalling', tactics: ['collection'] },
  { id: 'MOT5019.301', name: 'Trigger Subscriber Terminated Activity', tactics: ['discovery'] },
  { id: 'MOT5019.302', name: 'Retrieve Subscriber Identity Information', tactics: ['discovery', 'collection'] },
  { id: 'MOT5019.303', name: 'Retrieve Subscriber Network Information', tactics: ['discovery', 'collection'] },
] as const

/**
 * MITRE FiGHT techniques. Source: fight.yaml of 5GSEC/5GSEC.github.io, which carries no version; ids and names under
 * MITRE's terms of use with attribution.
 */
const FIGHT = [
  { id: 'FGT1199.501', name: 'MNO Roaming Partners', tactics: ['initial-access', 'impact'] },
  { id: 'FGT1498.501', name: 'Flooding of core network component', tactics: ['impact'] },
  { id: 'FGT1499.503', name: 'DOS a UE via gNB or NF signaling', tactics: ['impact'] },
  { id: 'FGT1557.502', name: 'Roaming and Interconnection', tactics: ['collection', 'credential-access'] },
  { id: 'FGT1572.501', name: 'UE Access via GTP-U', tactics: ['initial-access'] },
  { id: 'FGT1592.501', name: 'Internal resource search', tactics: ['reconnaissance'] },
  { id: 'FGT1599.505', name: 'GTP-U Abuse', tactics: ['defense-evasion'] },
  { id: 'FGT5001', name: 'Network-side SMS collection', tactics: ['collection'] },
  { id: 'FGT5002', name: 'Bypass home routing', tactics: ['defense-evasion'] },
  { id: 'FGT5012', name: 'Locate UE', tactics: ['discovery', 'collection'] },
  { id: 'FGT5012.004', name: 'Core Network Function Signaling', tactics: ['discovery', 'collection'] },
  { id: 'FGT5012.007', name: 'Silent or spoofed paging', tactics: ['collection', 'discovery'] },
  { id: 'FGT5012.008', name: 'Diameter signaling', tactics: ['discovery', 'collection'] },
  { id: 'FGT5016', name: 'Abuse of Inter-operator Interfaces', tactics: ['collection', 'fraud'] },
  { id: 'FGT5019', name: 'Subscriber Profile Identifier Discovery', tactics: ['discovery', 'collection'] },
  { id: 'FGT5019.005', name: 'Diameter signaling', tactics: ['discovery', 'collection'] },
  { id: 'FGT5019.006', name: 'Silent SMS', tactics: ['collection', 'discovery'] },
  { id: 'FGT5020', name: 'Retrieve UE subscription data', tactics: ['collection'] },
  { id: 'FGT5022', name: 'Alter Subscriber Profile', tactics: ['fraud'] },
  { id: 'FGT5029', name: 'Exploit Semi-public Facing Application', tactics: ['initial-access', 'collection'] },
  { id: 'FGT5031', name: 'Discover TEID', tactics: ['discovery'] },
] as const

/** Release of ATT&CK that the names are from. */
export const ATTACK_VERSION = '17.1'

/**
 * ATT&CK Mobile techniques. Source: mitre-attack/attack-stix-data, mobile-attack, release 17.1; ids and names under
 * MITRE's terms of use with attribution.
 */
const ATTACK = [
  { id: 'T1430', name: 'Location Tracking', tactics: ['collection', 'discovery'] },
  { id: 'T1430.002', name: 'Impersonate SS7 Nodes', tactics: ['collection', 'discovery'] },
  { id: 'T1451', name: 'SIM Card Swap', tactics: ['initial-access'] },
  { id: 'T1464', name: 'Network Denial of Service', tactics: ['impact'] },
  { id: 'T1582', name: 'SMS Control', tactics: ['impact'] },
  { id: 'T1638', name: 'Adversary-in-the-Middle', tactics: ['collection'] },
] as const

const MOTIF_URL =
  'https://www.gsma.com/solutions-and-impact/technologies/security/wp-content/uploads/2024/04/FS.57-MoTIF-Principles-v1.0.pdf'

const FORMS: readonly (readonly [RegExp, Framework])[] = [
  [/^MOT\d{4}(\.\d{3})?$/, 'gsma-motif'],
  [/^FGT\d{4}(\.\d{3})?$/, 'mitre-fight'],
  [/^T\d{4}(\.\d{3})?$/, 'mitre-attack'],
]

const NAMED: ReadonlyMap<string, { readonly name: string; readonly tactics: readonly string[] }> = new Map(
  [...MOTIF, ...FIGHT, ...ATTACK].map((row) => [row.id, row]),
)

/** Every technique of the table. */
export const TECHNIQUE_IDS: readonly string[] = [...NAMED.keys()]

/** The technique of an id, named by the table or else by its id alone; null for text of no catalogue's form. */
export function techniqueOf(id: string): Technique | null {
  const framework = FORMS.find(([form]) => form.test(id))?.[1]
  if (framework === undefined) return null
  const row = NAMED.get(id)
  return { id, framework, name: row?.name ?? id, tactics: row?.tactics ?? [], url: urlOf(id, framework) }
}

function urlOf(id: string, framework: Framework): string {
  if (framework === 'mitre-attack') return `https://attack.mitre.org/techniques/${id.replace('.', '/')}`
  return framework === 'mitre-fight' ? `https://fight.mitre.org/techniques/${id}` : MOTIF_URL
}
