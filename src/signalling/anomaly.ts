import { BER_ODDITY } from '../bytes/ber.ts'
import type { PacketAnomaly } from '../packet/payload.ts'

/**
 * Oddities of an encoding, by name: what a decoder met that no encoder of good faith needs, or that few write. An oddity
 * is an observation, not a verdict. The order is the registry's; `telltale decode` prints the names.
 */
export const ANOMALIES = [
  { name: 'littleEndianPpid', meaning: 'SCTP payload protocol identifier in host byte order' },
  { name: 'duplicateSegment', meaning: 'SCCP segment received twice' },
  { name: 'overlappingSegments', meaning: 'SCCP segments whose numbering contradicts what went before' },
  { name: 'needlessSegmentation', meaning: 'SCCP segments that would have fitted one unitdata message' },
  { name: 'calledSsnMissing', meaning: 'called party address without a subsystem number, or with 0' },
  { name: 'callingSsnMissing', meaning: 'calling party address without a subsystem number, or with 0' },
  { name: 'callingAddressMissing', meaning: 'calling party address empty' },
  { name: 'unknownSubsystem', meaning: 'TCAP under subsystem numbers that TS 23.003 does not list for MAP or CAP' },
  { name: 'globalTitleHexDigits', meaning: 'global title with signals beyond 9' },
  { name: 'globalTitleFiller', meaning: 'global title with a filler that contradicts its odd/even indicator' },
  { name: 'digitsAfterFiller', meaning: 'digits behind the filler of a TBCD string' },
  { name: 'nonDecimalDigits', meaning: 'an identity with signals beyond 9' },
  { name: 'identityLength', meaning: 'an identity shorter or longer than its type allows' },
  { name: 'nonMinimalLength', meaning: 'BER length with more octets than needed' },
  {
    name: 'unevenLengths',
    meaning: 'BER lengths with more octets than needed, or left open, in an argument, and none around it',
  },
  { name: 'indefiniteLength', meaning: 'BER indefinite length' },
  { name: 'nonMinimalTag', meaning: 'BER tag with more octets than needed' },
  { name: 'constructedString', meaning: 'a string of octets encoded in pieces' },
  { name: 'primitiveConstructed', meaning: 'a sequence encoded as primitive' },
  { name: 'paddedInteger', meaning: 'INTEGER with needless leading octets' },
  { name: 'duplicateParameter', meaning: 'the same parameter twice in one sequence' },
  { name: 'parameterOrder', meaning: 'parameters of a sequence out of their order' },
  { name: 'unknownParameter', meaning: 'a parameter the specification does not define in front of a known one' },
  { name: 'trailingOctets', meaning: 'octets left behind the end of the message' },
  { name: 'transactionIdLength', meaning: 'TCAP transaction identifier that is not 1 to 4 octets' },
  { name: 'transactionIdMissing', meaning: 'TCAP message without a transaction identifier it must have' },
  { name: 'globalOpcode', meaning: 'operation code as a global value (object identifier)' },
  { name: 'severalComponents', meaning: 'more than one component in a TCAP message' },
  { name: 'mixedOperations', meaning: 'invokes of different operations in one TCAP message' },
  { name: 'tooManyComponents', meaning: 'more components than are decoded' },
  { name: 'unknownApplicationContext', meaning: 'application context that TS 29.002 and TS 29.078 do not define' },
  { name: 'applicationContextMismatch', meaning: 'operation that its application context does not contain' },
  { name: 'applicationContextVersion', meaning: 'application context of a version that was never defined' },
  { name: 'tooManyAddresses', meaning: 'more addresses in one message than are kept' },
  { name: 'emptyBegin', meaning: 'TCAP begin without a component' },
  { name: 'missingParameter', meaning: 'a parameter that the operation cannot do without is absent' },
  { name: 'wrongParameterType', meaning: 'an argument that is not of the type the operation takes' },
  { name: 'numberFiller', meaning: 'call party number with a filler that contradicts its odd/even indicator' },
  { name: 'spareBits', meaning: 'bits set that the specification keeps spare' },
  { name: 'parameterLength', meaning: 'a parameter shorter or longer than its type allows' },
  { name: 'tooManyParameters', meaning: 'more parameters in one message than are read' },
  { name: 'nestedTooDeep', meaning: 'grouped parameters nested deeper than is read' },
  { name: 'sequenceNumberMissing', meaning: 'GTP signalling message without a sequence number' },
  {
    name: 'teidPresence',
    meaning: 'GTP header with a tunnel endpoint identifier its message has not, or without one it has',
  },
  { name: 'piggybackMissing', meaning: 'GTP header that announces a second message which is not there' },
  { name: 'unknownExtensionHeader', meaning: 'GTP extension header that must be understood and is not defined' },
  { name: 'controlMessageOnUserPort', meaning: 'GTP control message on the port of user data' },
  { name: 'tooManyTunnels', meaning: 'more tunnel endpoints in one message than are kept' },
  { name: 'apnEncoding', meaning: 'access point name that is not a list of labels' },
  { name: 'smsReservedType', meaning: 'short message of the reserved type, which a phone takes for a delivery' },
  { name: 'smsUserDataLength', meaning: 'short message whose user data is not as long as it says' },
  {
    name: 'smsUserDataHeader',
    meaning: 'user data header whose elements do not fit it, or that is longer than its data',
  },
  {
    name: 'simPacketUnreadable',
    meaning: 'short message that declares a SIM command or response packet and holds none',
  },
  { name: 'simPacketUndeclared', meaning: 'SIM command or response packet without the element that declares it' },
  { name: 'wrongTagClass', meaning: 'a parameter under its number in another class of tag' },
  { name: 'diameterFlags', meaning: 'Diameter header with reserved flags, or a request marked as an error' },
  { name: 'sessionIdNotFirst', meaning: 'Session-Id that does not follow the Diameter header' },
  { name: 'commandApplicationMismatch', meaning: 'Diameter command that its application does not contain' },
  { name: 'applicationIdMismatch', meaning: 'Diameter header and AVPs that name different applications' },
  { name: 'avpLength', meaning: 'AVP shorter than its header or longer than what it stands in' },
  { name: 'avpValueLength', meaning: 'AVP value of a length that its type does not allow' },
  { name: 'avpPadding', meaning: 'padding of an AVP that is not zero' },
  { name: 'avpPaddingMissing', meaning: 'last AVP without its padding' },
  { name: 'avpFlagsReserved', meaning: 'AVP with reserved flags' },
  { name: 'vendorIdZero', meaning: 'vendor-specific AVP of vendor 0' },
  { name: 'unknownMandatoryAvp', meaning: 'AVP marked mandatory that no dictionary here defines' },
  { name: 'nonAsciiName', meaning: 'host, realm or identity with characters that no name has' },
  { name: 'overlongText', meaning: 'text longer than is kept' },
  { name: 'tooManyValues', meaning: 'more values of one repeated element than are kept' },
  { name: 'severalSubscribers', meaning: 'a second subscriber where a request names one' },
  { name: 'endToEndChanged', meaning: 'Diameter answer with another End-to-End identifier than its request' },
] as const

export type AnomalyName = (typeof ANOMALIES)[number]['name'] | PacketAnomaly

/** No oddity: one shared, empty list. */
export const NO_ANOMALIES: readonly AnomalyName[] = Object.freeze([])

/** Collects the oddities of one message; each name stands once, in the order met. */
export class AnomalyList {
  private names: AnomalyName[] | null = null
  /** `names` has been handed out: who adds to it makes its own first. */
  private isShared = false

  /** A list that begins with `names`. */
  static of(names: readonly AnomalyName[]): AnomalyList {
    const list = new AnomalyList()
    if (names.length > 0) list.names = [...names]
    return list
  }

  add(name: AnomalyName): void {
    if (this.names === null) this.names = [name]
    else if (!this.names.includes(name)) {
      if (this.isShared) this.names = [...this.names]
      this.isShared = false
      this.names.push(name)
    }
  }

  /** Adds all of `others`. */
  addAll(others: AnomalyList): void {
    if (others.names !== null) for (const name of others.names) this.add(name)
  }

  has(name: AnomalyName): boolean {
    return this.names?.includes(name) ?? false
  }

  get isEmpty(): boolean {
    return this.names === null
  }

  /** The names so far: a list that stays as it is. */
  list(): readonly AnomalyName[] {
    if (this.names === null) return NO_ANOMALIES
    this.isShared = true
    return this.names
  }
}

/** Names the oddities of one BER element (`BerReader.oddities`). */
export function noteBerOddities(oddities: number, anomalies: AnomalyList): void {
  if ((oddities & BER_ODDITY.nonMinimalLength) !== 0) anomalies.add('nonMinimalLength')
  if ((oddities & BER_ODDITY.indefiniteLength) !== 0) anomalies.add('indefiniteLength')
  if ((oddities & BER_ODDITY.nonMinimalTag) !== 0) anomalies.add('nonMinimalTag')
}

/** The odd ways of writing lengths met so far, a bit each: padded 1, left open 2. */
export function oddLengths(anomalies: AnomalyList): number {
  return (anomalies.has('nonMinimalLength') ? 1 : 0) | (anomalies.has('indefiniteLength') ? 2 : 0)
}
