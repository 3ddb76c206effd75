import { type BerElement, constructed, integer, primitive } from './ber-writer.ts'
import type { Operation } from './map-operations.ts'

/**
 * How an operation code is written: INTEGER, as MAP does; the same with a needless leading octet; OBJECT IDENTIFIER.
 * Source: Q.773 §3.2.1.
 */
export type OpcodeForm = 'local' | 'padded' | 'global'

/** An invoke component. Source: Q.773 §3.2.2. */
export function invoke(
  operation: Operation,
  argument: BerElement | null,
  invokeId = 1,
  opcode: OpcodeForm = 'local',
): BerElement {
  const code =
    opcode === 'global'
      ? primitive(0x06, Uint8Array.of(operation.code))
      : integer(0x02, operation.code, opcode === 'padded' ? 1 : 0)
  return constructed(0xa1, [integer(0x02, invokeId), code, ...(argument === null ? [] : [argument])])
}

/** A return result (last) component; without a result it names no operation either. Source: Q.773 §3.2.2. */
export function returnResult(operation: Operation, result: BerElement | null, invokeId = 1): BerElement {
  const body = result === null ? [] : [constructed(0x30, [integer(0x02, operation.code), result])]
  return constructed(0xa2, [integer(0x02, invokeId), ...body])
}

/** A return error component without parameter. Source: Q.773 §3.2.2. */
export function returnError(code: number, invokeId = 1): BerElement {
  return constructed(0xa3, [integer(0x02, invokeId), integer(0x02, code)])
}

/** A dialogue's context and, in its first message, what MAP adds for the user (MAP-OpenInfo). */
export interface DialogueRequest {
  readonly context: number
  readonly version: number
  readonly userInformation: BerElement | null
  /** Octets of the context name where they are not what `context` and `version` make. */
  readonly name?: Uint8Array
}

const DIALOGUE_AS = Uint8Array.of(0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01)
const MAP_DIALOGUE_AS = Uint8Array.of(0x04, 0x00, 0x00, 0x01, 0x01, 0x01, 0x01)

/** The dialogue portion around one dialogue PDU. Source: Q.773 §4.2.3 (structured dialogue). */
function dialoguePortion(pdu: BerElement): BerElement {
  return constructed(0x6b, [constructed(0x28, [primitive(0x06, DIALOGUE_AS), constructed(0xa0, [pdu])])])
}

function contextName(request: DialogueRequest): BerElement {
  const name = request.name ?? Uint8Array.of(0x04, 0x00, 0x00, 0x01, 0x00, request.context, request.version)
  return constructed(0xa1, [primitive(0x06, name)])
}

const protocolVersion = primitive(0x80, Uint8Array.of(0x07, 0x80))

/** AARQ, the dialogue request. Source: Q.773 §4.2.3. */
export function dialogueRequest(request: DialogueRequest): BerElement {
  const fields = [protocolVersion, contextName(request)]
  if (request.userInformation !== null) {
    const external = [primitive(0x06, MAP_DIALOGUE_AS), constructed(0xa0, [request.userInformation])]
    fields.push(constructed(0xbe, [constructed(0x28, external)]))
  }
  return dialoguePortion(constructed(0x60, fields))
}

/** AARE, the dialogue response: accepted, or refused because the context is not supported. Source: Q.773 §4.2.3. */
export function dialogueResponse(request: DialogueRequest, accepted: boolean): BerElement {
  const result = constructed(0xa2, [integer(0x02, accepted ? 0 : 1)])
  const diagnostic = constructed(0xa3, [constructed(0xa1, [integer(0x02, accepted ? 0 : 2)])])
  return dialoguePortion(constructed(0x61, [protocolVersion, contextName(request), result, diagnostic]))
}

/** A TCAP message of a structured dialogue. Transaction ids are 1 to 4 octets. */
export interface Transaction {
  readonly kind: 'begin' | 'continue' | 'end' | 'abort'
  readonly otid: Uint8Array | null
  readonly dtid: Uint8Array | null
  readonly dialogue: BerElement | null
  readonly components: readonly BerElement[]
  /** P-Abort cause, in an abort without dialogue portion. */
  readonly abortCause: number | null
}

/** Identifier of a begin, the first message of a dialogue. Source: Q.773 §3.1. */
export const TAG_BEGIN = 0x62

const TAGS = { begin: TAG_BEGIN, end: 0x64, continue: 0x65, abort: 0x67 } as const

/** The message as one element. Source: Q.773 §3.1. */
export function transaction(message: Transaction): BerElement {
  const fields: BerElement[] = []
  if (message.otid !== null) fields.push(primitive(0x48, message.otid))
  if (message.dtid !== null) fields.push(primitive(0x49, message.dtid))
  if (message.abortCause !== null) fields.push(integer(0x4a, message.abortCause))
  if (message.dialogue !== null) fields.push(message.dialogue)
  if (message.components.length > 0) fields.push(constructed(0x6c, message.components))
  return constructed(TAGS[message.kind], fields)
}
