import { at, u16At, u32At } from '../../bytes/at.ts'
import { formatHex } from '../../bytes/tbcd.ts'
import {
  checksumAlgorithm,
  cipherAlgorithm,
  type OtaAlgorithm,
  type ResponseStatus,
  responseStatusName,
  type SecurityParameters,
  SPI_RESERVED,
  securityParametersOf,
} from './ota-security.ts'
import { type ToolkitApplicationName, toolkitApplicationName } from './toolkit-applications.ts'

/** How a packet was recognised: by its header element, by the protocol identifier, or by its structure alone. */
export type RecognisedBy = 'udh' | 'pid' | 'structure'

/** The header of a command packet to a SIM. Its data is never kept. Source: ETSI TS 102 225 §5.1, 3GPP TS 31.115 §4. */
export interface OtaCommand extends SecurityParameters {
  readonly recognisedBy: RecognisedBy
  /** Command Packet Length: octets behind itself. */
  readonly packetLength: number
  /** Command Header Length: octets from SPI to the end of the checksum. */
  readonly headerLength: number
  /** Both octets of the Security Parameter Indicator. */
  readonly spi: number
  readonly kic: number
  readonly cipherAlgorithm: OtaAlgorithm
  readonly cipherKey: number
  readonly kid: number
  readonly checksumAlgorithm: OtaAlgorithm
  readonly checksumKey: number
  /** Toolkit Application Reference, six hexadecimal digits. */
  readonly tar: string
  readonly application: ToolkitApplicationName | null
  /** CNTR and PCNTR; null where they are ciphered. */
  readonly counterValue: number | null
  readonly paddingCounter: number | null
  /** Octets of the checksum or signature (RC/CC/DS). */
  readonly checksumBytes: number
  /** All of the packet is here; else further parts of the message carry the rest. */
  readonly complete: boolean
}

/**
 * The header of a response packet (proof of receipt). Where the command asked for a ciphered proof, counter and status
 * are ciphered too, which the packet does not tell. Source: ETSI TS 102 225 §5.2, 3GPP TS 31.115 §4.
 */
export interface OtaResponse {
  readonly recognisedBy: RecognisedBy
  readonly packetLength: number
  readonly headerLength: number
  readonly tar: string
  readonly application: ToolkitApplicationName | null
  readonly counterValue: number
  readonly paddingCounter: number
  readonly status: number
  readonly statusName: ResponseStatus | null
  /** Octets of data behind the header. */
  readonly dataBytes: number
  readonly complete: boolean
}

/** CPL and CHL, or RPL and RHL. */
const LENGTHS_BYTES = 3
/** SPI, KIc, KID, TAR, CNTR, PCNTR. */
const COMMAND_HEADER_BYTES = 13
/** TAR, CNTR, PCNTR, status. */
const RESPONSE_HEADER_BYTES = 10
const LONGEST_PADDING = 15
const LARGEST_STATUS = 0x0c

/**
 * Decodes a command packet in `bytes[start, end)`, from CPL on.
 * @param cut further parts follow, so the packet may be longer than the range.
 * @param recognisedBy what is demanded: with `structure`, reserved bits, padding and checksum must be as they are sent and
 * the application a known one; else lengths that fit are enough.
 * @returns null when there is no such packet. Never throws.
 */
export function decodeOtaCommand(
  bytes: Uint8Array,
  start: number,
  end: number,
  recognisedBy: RecognisedBy,
  cut: boolean,
): OtaCommand | null {
  const here = Math.min(end, bytes.length) - start
  if (here < LENGTHS_BYTES + COMMAND_HEADER_BYTES) return null
  const packetLength = u16At(bytes, start)
  const headerLength = at(bytes, start + 2)
  const checksumBytes = headerLength - COMMAND_HEADER_BYTES
  if (checksumBytes < 0 || headerLength + 1 > packetLength) return null
  if (!lengthFits(packetLength, here, recognisedBy, cut)) return null
  const spi = u16At(bytes, start + 3)
  const parameters = securityParametersOf(spi)
  const kic = at(bytes, start + 5)
  const kid = at(bytes, start + 6)
  const tar = u32At(bytes, start + 6) & 0xffffff
  const application = toolkitApplicationName(tar)
  const { ciphered, checksum } = parameters
  const paddingCounter = ciphered ? null : at(bytes, start + 15)
  if (recognisedBy === 'structure') {
    if (application === null || (spi & SPI_RESERVED) !== 0) return null
    if (paddingCounter !== null && paddingCounter > LONGEST_PADDING) return null
    if ((checksum === 'none') !== (checksumBytes === 0)) return null
  }
  return {
    recognisedBy,
    packetLength,
    headerLength,
    spi,
    checksum,
    ciphered,
    counter: parameters.counter,
    proof: parameters.proof,
    proofChecksum: parameters.proofChecksum,
    proofCiphered: parameters.proofCiphered,
    proofBy: parameters.proofBy,
    securityLevel: parameters.securityLevel,
    kic,
    cipherAlgorithm: cipherAlgorithm(kic),
    cipherKey: kic >> 4,
    kid,
    checksumAlgorithm: checksumAlgorithm(kid, checksum),
    checksumKey: kid >> 4,
    tar: formatHex(bytes, start + 7, start + 10),
    application,
    counterValue: ciphered ? null : u40At(bytes, start + 10),
    paddingCounter,
    checksumBytes,
    complete: packetLength + 2 <= here,
  }
}

/** As `decodeOtaCommand`, for a response packet, from RPL on. */
export function decodeOtaResponse(
  bytes: Uint8Array,
  start: number,
  end: number,
  recognisedBy: RecognisedBy,
  cut: boolean,
): OtaResponse | null {
  const here = Math.min(end, bytes.length) - start
  if (here < LENGTHS_BYTES + RESPONSE_HEADER_BYTES) return null
  const packetLength = u16At(bytes, start)
  const headerLength = at(bytes, start + 2)
  if (headerLength < RESPONSE_HEADER_BYTES || headerLength + 1 > packetLength) return null
  if (!lengthFits(packetLength, here, recognisedBy, cut)) return null
  const application = toolkitApplicationName(u32At(bytes, start + 2) & 0xffffff)
  const paddingCounter = at(bytes, start + 11)
  const status = at(bytes, start + 12)
  if (recognisedBy === 'structure') {
    if (application === null || paddingCounter > LONGEST_PADDING || status > LARGEST_STATUS) return null
  }
  return {
    recognisedBy,
    packetLength,
    headerLength,
    tar: formatHex(bytes, start + 3, start + 6),
    application,
    counterValue: u40At(bytes, start + 6),
    paddingCounter,
    status,
    statusName: responseStatusName(status),
    dataBytes: packetLength - 1 - headerLength,
    complete: packetLength + 2 <= here,
  }
}

/** The range of a command's data, from where its packet starts; empty where it is ciphered. */
export function otaDataRange(
  command: OtaCommand,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  if (command.ciphered) return { start: end, end }
  const from = Math.min(start + LENGTHS_BYTES + command.headerLength, end)
  const to = start + 2 + command.packetLength - (command.paddingCounter ?? 0)
  return { start: from, end: Math.max(from, Math.min(to, end)) }
}

/**
 * A declared packet may be shorter than its message, and where the capture cut it off, longer; an undeclared one has
 * nothing but its length to be known by.
 */
function lengthFits(packetLength: number, here: number, recognisedBy: RecognisedBy, cut: boolean): boolean {
  if (recognisedBy === 'udh') return true
  return cut ? packetLength + 2 > here : packetLength + 2 === here
}

function u40At(bytes: Uint8Array, offset: number): number {
  return at(bytes, offset) * 0x1_0000_0000 + u32At(bytes, offset + 1)
}
