import type { Fault } from '../bytes/fault.ts'
import type { Payload } from '../packet/payload.ts'
import type { EventFault } from './signalling-event.ts'

/** A fault with its place in the packet, or in the reassembled message. @param bytes what was decoded. */
export function faultOf({ layer, reason, offset }: Fault, payload: Payload, bytes = payload.bytes): EventFault {
  const { packet } = payload
  return { layer, reason, offset: offset - (bytes === packet.bytes ? packet.start : 0) }
}
