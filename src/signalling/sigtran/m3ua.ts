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
export const M3UA_PARAMETERS = { routingContext: 0x0006, networkAppearance: 0x0200, protocolData: 0x0210 } as const

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
  while (parameters.next()) {
    if (parameters.tag === M3UA_PARAMETERS.protocolData)
      return decodeProtocolData(bytes, parameters.start, parameters.end)
  }
  return parameters.failedAt >= 0
    ? new Fault('m3ua', 'impossible length', parameters.failedAt)
    : new Fault('m3ua', 'no protocol data', header.end)
}

/** Decodes the value of a Protocol Data parameter. Source: RFC 4666 §3.3.1. */
function decodeProtocolData(bytes: Uint8Array, start: number, end: number): Mtp3Transfer | Fault {
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
    bytes,
    start: start + 12,
    end,
  }
}
