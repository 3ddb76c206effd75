import { at, u16At, u32At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import { decodeAddressSignals } from '../../bytes/tbcd.ts'
import type { SccpSegmentation, SccpUnitdata } from '../ss7/sccp.ts'
import { EMPTY_ADDRESS, type SccpAddress } from '../ss7/sccp-address.ts'
import { decodeSigtranHeader, ParameterReader } from './common.ts'
import { MAINTENANCE, type Maintenance } from './m3ua.ts'

/** Message class of connectionless transfer and its types. Source: RFC 3868 §3.1.2. */
const CONNECTIONLESS = 7
const CLDT = 1
const CLDR = 2
/** Source: RFC 3868 §3.10. */
const PARAMETERS = {
  hopCount: 0x0101,
  sourceAddress: 0x0102,
  destinationAddress: 0x0103,
  sccpCause: 0x0106,
  data: 0x010b,
  protocolClass: 0x0115,
  segmentation: 0x0117,
} as const
/** Source: RFC 3868 §3.10.2. */
const ADDRESS_PARAMETERS = { globalTitle: 0x8001, pointCode: 0x8002, subsystemNumber: 0x8003 } as const

/**
 * Decodes a SUA message in `bytes[start, end)` into what SCCP would have carried: connectionless data (UDT) or its
 * return (UDTS), or that it is maintenance. Connection-oriented messages count as maintenance: nothing here reads them.
 * Source: RFC 3868 §3.2. @returns a Fault when cut, or without data. Never throws.
 */
export function decodeSua(bytes: Uint8Array, start: number, end: number): SccpUnitdata | Maintenance | Fault {
  const header = decodeSigtranHeader('sua', bytes, start, end)
  if (header instanceof Fault) return header
  if (header.messageClass !== CONNECTIONLESS) return MAINTENANCE
  if (header.messageType !== CLDT && header.messageType !== CLDR)
    return new Fault('sua', 'unknown message type', start + 3)
  let calling = EMPTY_ADDRESS
  let called = EMPTY_ADDRESS
  let hopCounter: number | null = null
  let protocolClass: number | null = null
  let returnOnError = false
  let returnCause: number | null = null
  let segmentation: SccpSegmentation | null = null
  let dataStart = -1
  let dataEnd = -1
  const parameters = new ParameterReader()
  parameters.open(bytes, header.start, header.end)
  while (parameters.next()) {
    const p = parameters.start
    if (parameters.tag === PARAMETERS.sourceAddress) calling = decodeSuaAddress(bytes, p, parameters.end)
    else if (parameters.tag === PARAMETERS.destinationAddress) called = decodeSuaAddress(bytes, p, parameters.end)
    else if (parameters.tag === PARAMETERS.hopCount) hopCounter = at(bytes, p + 3)
    else if (parameters.tag === PARAMETERS.sccpCause) returnCause = at(bytes, p + 3)
    else if (parameters.tag === PARAMETERS.protocolClass) {
      protocolClass = at(bytes, p + 3) & 3
      returnOnError = (at(bytes, p + 3) & 0x80) !== 0
    } else if (parameters.tag === PARAMETERS.segmentation) {
      const octet = at(bytes, p)
      const reference = (at(bytes, p + 1) << 16) | (at(bytes, p + 2) << 8) | at(bytes, p + 3)
      segmentation = { first: (octet & 0x80) !== 0, remaining: octet & 15, reference }
    } else if (parameters.tag === PARAMETERS.data) {
      dataStart = p
      dataEnd = parameters.end
    }
  }
  if (parameters.failedAt >= 0) return new Fault('sua', 'impossible length', parameters.failedAt)
  if (dataStart < 0) return new Fault('sua', 'no data', header.end)
  return {
    message: header.messageType === CLDT ? 'UDT' : 'UDTS',
    called,
    calling,
    protocolClass,
    returnOnError,
    returnCause,
    hopCounter,
    segmentation,
    bytes,
    start: dataStart,
    end: dataEnd,
  }
}

/** Source: RFC 3868 §3.10.2: routing indicator, address indicator, then address parameters. */
function decodeSuaAddress(bytes: Uint8Array, start: number, end: number): SccpAddress {
  if (start + 4 > end) return EMPTY_ADDRESS
  const routingIndicator = u16At(bytes, start)
  let address: SccpAddress = { ...EMPTY_ADDRESS, routedOnSsn: routingIndicator !== 1 }
  const parameters = new ParameterReader()
  parameters.open(bytes, start + 4, end)
  while (parameters.next()) {
    const p = parameters.start
    if (parameters.tag === ADDRESS_PARAMETERS.subsystemNumber) address = { ...address, ssn: at(bytes, p + 3) }
    else if (parameters.tag === ADDRESS_PARAMETERS.pointCode) address = { ...address, pointCode: u32At(bytes, p) }
    else if (parameters.tag === ADDRESS_PARAMETERS.globalTitle && p + 8 <= parameters.end) {
      const nibbles = Math.min(at(bytes, p + 4), (parameters.end - p - 8) * 2)
      address = {
        ...address,
        globalTitleIndicator: at(bytes, p + 3),
        translationType: at(bytes, p + 5),
        numberingPlan: at(bytes, p + 6),
        natureOfAddress: at(bytes, p + 7),
        gt: nibbles > 0 ? decodeAddressSignals(bytes, p + 8, nibbles) : null,
      }
    }
  }
  return address
}
