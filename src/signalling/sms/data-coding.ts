/** Alphabets of user data. Source: 3GPP TS 23.038 §4; `reserved` is to be read as the 7-bit default. */
export const ALPHABETS = ['gsm7', '8bit', 'ucs2', 'reserved'] as const

export type Alphabet = (typeof ALPHABETS)[number]

/** Kinds of message a message waiting indication counts. Source: 3GPP TS 23.038 §4. */
export const WAITING_KINDS = ['voicemail', 'fax', 'electronicMail', 'other'] as const

export interface MessageWaiting {
  readonly kind: (typeof WAITING_KINDS)[number]
  /** The indication is switched on, not off. */
  readonly active: boolean
  /** The phone shows no text: group 1100. */
  readonly discard: boolean
}

export interface DataCoding {
  readonly alphabet: Alphabet
  /** Message class: 0 shown at once, 1 for the phone, 2 for the SIM, 3 for attached equipment; null for none. */
  readonly messageClass: 0 | 1 | 2 | 3 | null
  readonly compressed: boolean
  /** Marked to be deleted once read: group 01xx. */
  readonly automaticDeletion: boolean
  readonly waiting: MessageWaiting | null
}

const CLASSES = [0, 1, 2, 3] as const

const TABLE: readonly DataCoding[] = Array.from({ length: 256 }, (_, dcs) => tabulate(dcs))
const DEFAULT: DataCoding = tabulate(0)

/** What a TP-DCS octet says. Source: 3GPP TS 23.038 §4. Shared objects; reserved groups read as the 7-bit default. */
export function dataCodingOf(dcs: number): DataCoding {
  return TABLE[dcs] ?? DEFAULT
}

function tabulate(dcs: number): DataCoding {
  const group = dcs >> 4
  const messageClass = CLASSES[dcs & 3] ?? null
  const plain = { compressed: false, automaticDeletion: false, waiting: null }
  if (group < 8)
    return {
      alphabet: ALPHABETS[(dcs >> 2) & 3] ?? 'gsm7',
      messageClass: (dcs & 0x10) !== 0 ? messageClass : null,
      compressed: (dcs & 0x20) !== 0,
      automaticDeletion: (dcs & 0x40) !== 0,
      waiting: null,
    }
  if (group === 15) return { ...plain, alphabet: (dcs & 4) !== 0 ? '8bit' : 'gsm7', messageClass }
  if (group < 12) return { ...plain, alphabet: 'gsm7', messageClass: null }
  const kind = WAITING_KINDS[dcs & 3] ?? 'other'
  const waiting = { kind, active: (dcs & 8) !== 0, discard: group === 12 }
  return { ...plain, alphabet: group === 14 ? 'ucs2' : 'gsm7', messageClass: null, waiting }
}
