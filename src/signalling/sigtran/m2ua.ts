import { Fault } from '../../bytes/fault.ts'
import { decodeMtp3, type Mtp3Transfer } from '../ss7/mtp3.ts'
import { decodeSigtranHeader, ParameterReader } from './common.ts'
import { MAINTENANCE, type Maintenance } from './m3ua.ts'

/** Parameter tags. Source: RFC 3331 §3.1.1 and §3.3.1.1; 0x000e is Protocol Data of the drafts before it. */
const PROTOCOL_DATA_1 = 0x0300
const PROTOCOL_DATA_2 = 0x0301
const PROTOCOL_DATA_DRAFT = 0x000e

/**
 * Decodes an M2UA message in `bytes[start, end)`: the MTP3 transfer inside a Data message, or that it is maintenance.
 * Source: RFC 3331 §3.3.1.1. @returns a Fault when cut, or without protocol data. Never throws.
 */
export function decodeM2ua(bytes: Uint8Array, start: number, end: number): Mtp3Transfer | Maintenance | Fault {
  const header = decodeSigtranHeader('m2ua', bytes, start, end)
  if (header instanceof Fault) return header
  if (header.messageClass !== 6 || header.messageType !== 1) return MAINTENANCE
  const parameters = new ParameterReader()
  parameters.open(bytes, header.start, header.end)
  while (parameters.next()) {
    const { tag } = parameters
    if (tag === PROTOCOL_DATA_1 || tag === PROTOCOL_DATA_DRAFT)
      return decodeMtp3(bytes, parameters.start, parameters.end)
    // the Japanese form puts the length indicator of TTC MTP2, with its priority, in front
    if (tag === PROTOCOL_DATA_2) return decodeMtp3(bytes, parameters.start + 1, parameters.end)
  }
  return parameters.failedAt >= 0
    ? new Fault('m2ua', 'impossible length', parameters.failedAt)
    : new Fault('m2ua', 'no protocol data', header.end)
}
