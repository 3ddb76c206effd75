/** Levels of the Traffic Light Protocol 2.0, the most open first. Source: FIRST TLP 2.0. */
export const TLP_LEVELS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const

export type TlpLevel = (typeof TLP_LEVELS)[number]

export interface TlpMarking {
  readonly type: 'marking-definition'
  readonly spec_version: '2.1'
  readonly id: string
  readonly created: string
  readonly name: string
  readonly extensions: Readonly<Record<string, { readonly extension_type: string; readonly tlp_2_0: TlpLevel }>>
}

/** The standard's own objects, never to be made anew. Source: OASIS cti-stix-common-objects, TLP 2.0 extension. */
const IDS: Record<TlpLevel, string> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}
const TLP_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'

/** The marking of a TLP level. */
export function tlpMarking(level: TlpLevel): TlpMarking {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: IDS[level],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${level.toUpperCase()}`,
    extensions: { [TLP_EXTENSION]: { extension_type: 'property-extension', tlp_2_0: level } },
  }
}

/** The level that `text` names, in any letters' case and with or without `TLP:`; null for no level. */
export function parseTlp(text: string): TlpLevel | null {
  const name = text.toLowerCase().replace(/^tlp:/, '')
  return TLP_LEVELS.find((level) => level === name) ?? null
}
