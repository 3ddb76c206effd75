import { Fault } from '../../bytes/fault.ts'
import { decodeMtp3, type Mtp3Transfer } from '../ss7/mtp3.ts'
import { decodeSigtranHeader } from './common.ts'
import { MAINTENANCE, type Maintenance } from './m3ua.ts'

/** Class and type of M2PA messages. Source: RFC 4165 §2.1.1 and §2.1.2. */
const M2PA_CLASS = 11
const USER_DATA = 1
const LINK_STATUS = 2
/** Backward and forward sequence numbers. Source: RFC 4165 §2.2. */
const M2PA_HEADER_BYTES = 8

/**
 * Decodes an M2PA message in `bytes[start, end)`: the MTP3 transfer inside User Data, or that it is maintenance (link
 * status, or User Data without data, which only acknowledges).
 * Source: RFC 4165 §2.3.1. @returns a Fault when cut or of an unknown class. Never throws.
 */
export function decodeM2pa(bytes: Uint8Array, start: number, end: number): Mtp3Transfer | Maintenance | Fault {
  const header = decodeSigtranHeader('m2pa', bytes, start, end)
  if (header instanceof Fault) return header
  if (header.messageClass !== M2PA_CLASS) return new Fault('m2pa', 'unknown message class', start + 2)
  if (header.messageType === LINK_STATUS) return MAINTENANCE
  if (header.messageType !== USER_DATA) return new Fault('m2pa', 'unknown message type', start + 3)
  const data = header.start + M2PA_HEADER_BYTES
  if (data > header.end) return new Fault('m2pa', 'truncated', header.end)
  if (data === header.end) return MAINTENANCE
  // one octet of priority (the length indicator in national options), then the signal unit from its SIO on
  return decodeMtp3(bytes, data + 1, header.end)
}
