import { at, u32At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import { type Mtp3Transfer, variantOfPointCodes } from '../ss7/mtp3.ts'
import { decodeSigtranHeader, ParameterReader } from './common.ts'

/** A message that carries no user data: management, state and traffic maintenance. */
export interface Maintenance {
  readonly maintenance: true
}

export const MAINTENANCE: Maintenance = { maintenance: true }

/** Parameter tags. Source: RFC 4666 §3.2. */
export const M3UA_PARAMETERS = {
  routingContext: 0x0006,
  correlationId: 0x0013,
  networkAppearance: 0x0200,
  protocolData: 0x0210,
} as const

/** Bits of `Mtp3Transfer.optionalParameters`. */
export const M3UA_OPTIONAL = { routingContext: 1, networkAppearance: 2, correlationId: 4, other: 8 } as const

const parameters = new ParameterReader()

/**
 * Decodes an M3UA message in `bytes[start, end)`: the transfer inside a DATA message, or that it is maintenance.
 * Source: RFC 4666 §3.3.1. @returns a Fault when cut, or without protocol data. Never throws.
 */
export function decodeM3ua(bytes: Uint8Array, start: number, end: number): Mtp3Transfer | Maintenance | Fault {
  const header = decodeSigtranHeader('m3ua', bytes, start, end)
  if (header instanceof Fault) return header
  if (header.messageClass !== 1) return MAINTENANCE
  if (header.messageType !== 1) return new Fault('m3ua', 'unknown transfer message', start + 3)
  parameters.open(bytes, header.start, header.end)
  let optional = 0
  let dataStart = -1
  let dataEnd = -1
  while (parameters.next()) {
    const { tag } = parameters
    if (tag === M3UA_PARAMETERS.protocolData) {
      if (dataStart >= 0) continue
      dataStart = parameters.start
      dataEnd = parameters.end
    } else if (tag === M3UA_PARAMETERS.routingContext) optional |= M3UA_OPTIONAL.routingContext
    else if (tag === M3UA_PARAMETERS.networkAppearance) optional |= M3UA_OPTIONAL.networkAppearance
    else if (tag === M3UA_PARAMETERS.correlationId) optional |= M3UA_OPTIONAL.correlationId
    else optional |= M3UA_OPTIONAL.other
  }
  if (dataStart >= 0) return decodeProtocolData(bytes, dataStart, dataEnd, optional)
  return parameters.failedAt >= 0
    ? new Fault('m3ua', 'impossible length', parameters.failedAt)
    : new Fault('m3ua', 'no protocol data', header.end)
}

/** Decodes the value of a Protocol Data parameter. Source: RFC 4666 §3.3.1. */
function decodeProtocolData(
  bytes: Uint8Array,
  start: number,
  end: number,
  optionalParameters: number,
): Mtp3Transfer | Fault {
  if (end - start < 12) return new Fault('m3ua', 'truncated', end)
  const opc = u32At(bytes, start)
  const dpc = u32At(bytes, start + 4)
  return {
    opc,
    dpc,
    si: at(bytes, start + 8) & 15,
    ni: at(bytes, start + 9) & 3,
    sls: at(bytes, start + 11),
    variant: variantOfPointCodes(opc, dpc),
    optionalParameters,
    bytes,
    start: start + 12,
    end,
  }
}
