import { at, u16At } from '../../bytes/at.ts'

interface UserDataElement {
  readonly from: number
  readonly to: number
  readonly name: string
}

/** Information elements of the user data header, by ranges in code order. Source: 3GPP TS 23.040 §9.2.3.24. */
export const USER_DATA_ELEMENTS = [
  { from: 0x00, to: 0x00, name: 'concatenation8' },
  { from: 0x01, to: 0x01, name: 'specialMessageIndication' },
  { from: 0x02, to: 0x02, name: 'reserved' },
  { from: 0x03, to: 0x03, name: 'notUsed' },
  { from: 0x04, to: 0x04, name: 'ports8' },
  { from: 0x05, to: 0x05, name: 'ports16' },
  { from: 0x06, to: 0x06, name: 'smscControlParameters' },
  { from: 0x07, to: 0x07, name: 'udhSourceIndicator' },
  { from: 0x08, to: 0x08, name: 'concatenation16' },
  { from: 0x09, to: 0x09, name: 'wirelessControlMessageProtocol' },
  { from: 0x0a, to: 0x0a, name: 'textFormatting' },
  { from: 0x0b, to: 0x0b, name: 'predefinedSound' },
  { from: 0x0c, to: 0x0c, name: 'userDefinedSound' },
  { from: 0x0d, to: 0x0d, name: 'predefinedAnimation' },
  { from: 0x0e, to: 0x0e, name: 'largeAnimation' },
  { from: 0x0f, to: 0x0f, name: 'smallAnimation' },
  { from: 0x10, to: 0x10, name: 'largePicture' },
  { from: 0x11, to: 0x11, name: 'smallPicture' },
  { from: 0x12, to: 0x12, name: 'variablePicture' },
  { from: 0x13, to: 0x13, name: 'userPromptIndicator' },
  { from: 0x14, to: 0x14, name: 'extendedObject' },
  { from: 0x15, to: 0x15, name: 'reusedExtendedObject' },
  { from: 0x16, to: 0x16, name: 'compressionControl' },
  { from: 0x17, to: 0x17, name: 'objectDistributionIndicator' },
  { from: 0x18, to: 0x18, name: 'standardWvgObject' },
  { from: 0x19, to: 0x19, name: 'characterSizeWvgObject' },
  { from: 0x1a, to: 0x1a, name: 'extendedObjectDataRequest' },
  { from: 0x1b, to: 0x1f, name: 'reservedForEms' },
  { from: 0x20, to: 0x20, name: 'rfc822EmailHeader' },
  { from: 0x21, to: 0x21, name: 'hyperlinkFormat' },
  { from: 0x22, to: 0x22, name: 'replyAddress' },
  { from: 0x23, to: 0x23, name: 'enhancedVoiceMail' },
  { from: 0x24, to: 0x24, name: 'nationalLanguageSingleShift' },
  { from: 0x25, to: 0x25, name: 'nationalLanguageLockingShift' },
  { from: 0x26, to: 0x6f, name: 'reserved' },
  { from: 0x70, to: 0x70, name: 'commandPacket' },
  { from: 0x71, to: 0x71, name: 'responsePacket' },
  { from: 0x72, to: 0x7f, name: 'simToolkitSecurityHeader' },
  { from: 0x80, to: 0x9f, name: 'smeToSmeSpecific' },
  { from: 0xa0, to: 0xbf, name: 'reserved' },
  { from: 0xc0, to: 0xdf, name: 'scSpecific' },
  { from: 0xe0, to: 0xff, name: 'reserved' },
] as const satisfies readonly UserDataElement[]

export type UserDataElementName = (typeof USER_DATA_ELEMENTS)[number]['name']

/** Elements of the (U)SIM toolkit security header. Source: 3GPP TS 31.115 §4. */
export const COMMAND_PACKET_ELEMENT = 0x70
export const RESPONSE_PACKET_ELEMENT = 0x71

const NAMES: readonly UserDataElementName[] = USER_DATA_ELEMENTS.flatMap(({ from, to, name }) =>
  Array.from({ length: to - from + 1 }, () => name),
)

/** The name of a user data header element by its identifier (IEI). */
export function userDataElementName(iei: number): UserDataElementName {
  return NAMES[iei] ?? 'reserved'
}

/** Place of a part in a longer message; `sequence` counts from 1 to `total`. */
export interface Concatenation {
  readonly reference: number
  readonly total: number
  readonly sequence: number
}

export interface ApplicationPorts {
  readonly destination: number
  readonly originator: number
}

export interface UserDataHeader {
  /** Element identifiers in the order met. */
  readonly elements: readonly number[]
  readonly concatenation: Concatenation | null
  readonly ports: ApplicationPorts | null
  /** National language tables (TS 23.038 §6.2.1.2.4); null when the default one is used. */
  readonly singleShift: number | null
  readonly lockingShift: number | null
  /** The elements do not fill the header, or one is not as long as it must be. */
  readonly isOdd: boolean
}

const NO_ELEMENTS: readonly number[] = Object.freeze([])

export const NO_USER_DATA_HEADER: UserDataHeader = Object.freeze({
  elements: NO_ELEMENTS,
  concatenation: null,
  ports: null,
  singleShift: null,
  lockingShift: null,
  isOdd: false,
})

/**
 * Decodes the elements of a user data header in `bytes[start, end)`, without its length octet.
 * Source: 3GPP TS 23.040 §9.2.3.24. Of an element that comes twice the last counts, as phones take it; concatenation
 * with a part outside 1 to its total is no concatenation (§9.2.3.24.1). Never throws.
 */
export function decodeUserDataHeader(bytes: Uint8Array, start: number, end: number): UserDataHeader {
  const limit = Math.min(end, bytes.length)
  const elements: number[] = []
  let concatenation: Concatenation | null = null
  let ports: ApplicationPorts | null = null
  let singleShift: number | null = null
  let lockingShift: number | null = null
  let isOdd = false
  let p = start
  while (p < limit) {
    const iei = at(bytes, p)
    const length = at(bytes, p + 1)
    const from = p + 2
    p = from + length
    if (p > limit) {
      isOdd = true
      break
    }
    elements.push(iei)
    if (iei === 0x00 && length === 3) concatenation = placeOf(at(bytes, from), bytes, from + 1) ?? concatenation
    else if (iei === 0x08 && length === 4) concatenation = placeOf(u16At(bytes, from), bytes, from + 2) ?? concatenation
    else if (iei === 0x04 && length === 2) ports = { destination: at(bytes, from), originator: at(bytes, from + 1) }
    else if (iei === 0x05 && length === 4)
      ports = { destination: u16At(bytes, from), originator: u16At(bytes, from + 2) }
    else if (iei === 0x24 && length === 1) singleShift = at(bytes, from)
    else if (iei === 0x25 && length === 1) lockingShift = at(bytes, from)
    else if (iei === 0x00 || iei === 0x04 || iei === 0x05 || iei === 0x08 || iei === 0x24 || iei === 0x25) isOdd = true
  }
  return { elements, concatenation, ports, singleShift, lockingShift, isOdd }
}

function placeOf(reference: number, bytes: Uint8Array, p: number): Concatenation | null {
  const total = at(bytes, p)
  const sequence = at(bytes, p + 1)
  return sequence === 0 || sequence > total ? null : { reference, total, sequence }
}
