/** Checks of a packet's integrity, by two bits of the SPI. Source: ETSI TS 102 225 §5.1.1. */
export const OTA_CHECKSUMS = ['none', 'redundancyCheck', 'cryptographicChecksum', 'digitalSignature'] as const

/** Counter management, by two bits of the SPI. Source: ETSI TS 102 225 §5.1.1. */
export const OTA_COUNTERS = ['none', 'notChecked', 'higher', 'oneHigher'] as const

/** When a proof of receipt is wanted, by two bits of the SPI. Source: ETSI TS 102 225 §5.1.1. */
export const OTA_PROOFS = ['none', 'always', 'onError', 'reserved'] as const

/** Algorithms of KIc, and of KID under a cryptographic checksum, by four bits. Source: ETSI TS 102 225 §5.1.2, §5.1.3. */
const KEYED_ALGORITHMS = [
  'implicit',
  'desCbc',
  'aes',
  'proprietary',
  'implicit',
  'tripleDes2Keys',
  'reserved',
  'proprietary',
  'implicit',
  'tripleDes3Keys',
  'reserved',
  'proprietary',
  'implicit',
  'desEcb',
  'reserved',
  'proprietary',
] as const

/** Algorithms of KID under a redundancy check, by four bits. Source: ETSI TS 102 225 §5.1.3.2. */
const CHECK_ALGORITHMS = [
  'implicit',
  'crc16',
  'reserved',
  'proprietary',
  'implicit',
  'crc32',
  'reserved',
  'proprietary',
  'implicit',
  'reserved',
  'reserved',
  'proprietary',
  'implicit',
  'reserved',
  'reserved',
  'proprietary',
] as const

export type OtaChecksum = (typeof OTA_CHECKSUMS)[number]
export type OtaCounter = (typeof OTA_COUNTERS)[number]
export type OtaProof = (typeof OTA_PROOFS)[number]
export type OtaAlgorithm = (typeof KEYED_ALGORITHMS)[number] | (typeof CHECK_ALGORITHMS)[number]

/**
 * What protects a packet against forgery and reading. A redundancy check is `none`: anybody can compute it.
 */
export type SecurityLevel = 'none' | 'integrity' | 'ciphered' | 'integrityAndCiphered'

/** What the two octets of the Security Parameter Indicator ask for. */
export interface SecurityParameters {
  readonly checksum: OtaChecksum
  readonly ciphered: boolean
  readonly counter: OtaCounter
  readonly proof: OtaProof
  readonly proofChecksum: OtaChecksum
  readonly proofCiphered: boolean
  /** What carries the proof back: the acknowledgement, or a message of its own. Source: 3GPP TS 31.115 §4.2. */
  readonly proofBy: 'deliverReport' | 'submit'
  readonly securityLevel: SecurityLevel
}

const PARAMETERS: (SecurityParameters | undefined)[] = new Array(0x800).fill(undefined)

/** What an SPI (16 bits, the first octet in front) asks for. Source: ETSI TS 102 225 §5.1.1. Shared objects. */
export function securityParametersOf(spi: number): SecurityParameters {
  const index = ((spi & 0x1f00) >> 2) | (spi & 0x3f)
  const known = PARAMETERS[index]
  if (known !== undefined) return known
  const checksum = OTA_CHECKSUMS[(spi >> 8) & 3] ?? 'none'
  const ciphered = (spi & 0x0400) !== 0
  const hasIntegrity = checksum === 'cryptographicChecksum' || checksum === 'digitalSignature'
  const made: SecurityParameters = {
    checksum,
    ciphered,
    counter: OTA_COUNTERS[(spi >> 11) & 3] ?? 'none',
    proof: OTA_PROOFS[spi & 3] ?? 'reserved',
    proofChecksum: OTA_CHECKSUMS[(spi >> 2) & 3] ?? 'none',
    proofCiphered: (spi & 0x10) !== 0,
    proofBy: (spi & 0x20) !== 0 ? 'submit' : 'deliverReport',
    securityLevel: hasIntegrity ? (ciphered ? 'integrityAndCiphered' : 'integrity') : ciphered ? 'ciphered' : 'none',
  }
  PARAMETERS[index] = made
  return made
}

/** Bits of the SPI that are reserved and sent as 0. */
export const SPI_RESERVED = 0xe0c0

/** The algorithm a KIc octet names. Source: ETSI TS 102 225 §5.1.2. */
export function cipherAlgorithm(kic: number): OtaAlgorithm {
  return KEYED_ALGORITHMS[kic & 15] ?? 'reserved'
}

/** The algorithm a KID octet names, which depends on the kind of checksum. Source: ETSI TS 102 225 §5.1.3. */
export function checksumAlgorithm(kid: number, checksum: OtaChecksum): OtaAlgorithm {
  return (checksum === 'redundancyCheck' ? CHECK_ALGORITHMS : KEYED_ALGORITHMS)[kid & 15] ?? 'reserved'
}

/** Status codes of a response packet. Source: ETSI TS 102 225 §5.2, 3GPP TS 31.115 §7. */
export const RESPONSE_STATUSES = [
  { code: 0x00, name: 'ok' },
  { code: 0x01, name: 'checksumFailed' },
  { code: 0x02, name: 'counterLow' },
  { code: 0x03, name: 'counterHigh' },
  { code: 0x04, name: 'counterBlocked' },
  { code: 0x05, name: 'cipheringError' },
  { code: 0x06, name: 'unidentifiedSecurityError' },
  { code: 0x07, name: 'insufficientMemory' },
  { code: 0x08, name: 'moreTime' },
  { code: 0x09, name: 'tarUnknown' },
  { code: 0x0a, name: 'insufficientSecurityLevel' },
  { code: 0x0b, name: 'dataBySubmit' },
  { code: 0x0c, name: 'dataByUssd' },
] as const

export type ResponseStatus = (typeof RESPONSE_STATUSES)[number]['name']

/** The name of a response status code; null for one not defined. */
export function responseStatusName(code: number): ResponseStatus | null {
  return RESPONSE_STATUSES[code]?.name ?? null
}
