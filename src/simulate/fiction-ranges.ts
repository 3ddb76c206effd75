/** Telephone numbers that their regulator keeps for drama and fiction: no subscriber has one. */
export interface FictionRange {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** E.164 digits that every number of the range starts with. */
  readonly prefix: string
  /** Digits that follow. */
  readonly width: number
  /** The country's MCC with an MNC that no network holds. */
  readonly plmn: string
  /** Who reserves it. */
  readonly source: string
}

/** Numbers of the range that stand for network nodes; the rest are subscribers. */
const NODE_NUMBERS = { first: 10, count: 20 }

/** No prefix begins another. Those with three digits or more to follow come first: they hold a home network. */
export const FICTION_RANGES = [
  {
    country: 'GB',
    prefix: '447700900',
    width: 3,
    plmn: '23495',
    source: 'Ofcom, telephone numbers for use in TV and radio drama',
  },
  {
    country: 'FR',
    prefix: '3363998',
    width: 4,
    plmn: '20879',
    source: 'ARCEP decision 2018-0881, numbers for audiovisual works',
  },
  { country: 'IE', prefix: '3532091', width: 5, plmn: '27299', source: 'ComReg, numbers for drama' },
  { country: 'AU', prefix: '6125550', width: 4, plmn: '50596', source: 'ACMA, numbers for use in radio, TV and film' },
  {
    country: 'US',
    prefix: '121255501',
    width: 2,
    plmn: '310999',
    source: 'NANPA, 555-0100 to 555-0199 for fictional use',
  },
  {
    country: 'CA',
    prefix: '161355501',
    width: 2,
    plmn: '302999',
    source: 'NANPA, 555-0100 to 555-0199 for fictional use',
  },
  {
    country: 'BB',
    prefix: '124655501',
    width: 2,
    plmn: '342999',
    source: 'NANPA, 555-0100 to 555-0199 for fictional use',
  },
  {
    country: 'JM',
    prefix: '187655501',
    width: 2,
    plmn: '338999',
    source: 'NANPA, 555-0100 to 555-0199 for fictional use',
  },
  {
    country: 'SE',
    prefix: '467017406',
    width: 2,
    plmn: '24095',
    source: 'PTS, telephone numbers for use in books and films',
  },
  {
    country: 'DE',
    prefix: '49176040690',
    width: 2,
    plmn: '26289',
    source: 'BNetzA, numbers for media productions (drama numbers)',
  },
] as const satisfies readonly FictionRange[]

/** The number of a network node. @param index from 0 to 19. */
export function nodeNumber(range: FictionRange, index: number): string {
  if (index >= NODE_NUMBERS.count) throw new RangeError(`node ${index} of a range that holds ${NODE_NUMBERS.count}`)
  return range.prefix + String(NODE_NUMBERS.first + index).padStart(range.width, '0')
}

/** How many subscribers the range has numbers for. */
export function subscriberCapacity(range: FictionRange): number {
  return 10 ** range.width - NODE_NUMBERS.first - NODE_NUMBERS.count
}

/** The number of a subscriber. @param index any from 0; the range repeats when it is used up. */
export function subscriberNumber(range: FictionRange, index: number): string {
  const serial = NODE_NUMBERS.first + NODE_NUMBERS.count + (index % subscriberCapacity(range))
  return range.prefix + String(serial).padStart(range.width, '0')
}
