import { at } from '../../bytes/at.ts'
import { BerReader, berTag, decodeInteger, decodeObjectIdentifier, TAG_CLASS } from '../../bytes/ber.ts'
import { Fault } from '../../bytes/fault.ts'
import { OctetCache } from '../../bytes/octet-cache.ts'
import { AnomalyList, noteBerOddities } from '../anomaly.ts'

/** A dialogue control APDU. Source: ITU-T Q.773 §4.2.3. */
export interface TcapDialogue {
  readonly apdu: 'AARQ' | 'AARE' | 'ABRT' | 'AUDT'
  /** Dotted object identifier, or null. */
  readonly applicationContext: string | null
  /** The APDU names its protocol version (Q.773 §4.2.3), as the default need not be. */
  readonly hasVersion: boolean
  /** 0 accepted, 1 reject-permanent; null when the APDU has none. */
  readonly result: number | null
  /** Content of the user information, `bytes[start, end)`; empty when absent. */
  readonly userInformationStart: number
  readonly userInformationEnd: number
}

const EXTERNAL = berTag(TAG_CLASS.universal, 8)
const SINGLE_ASN1_TYPE = berTag(TAG_CLASS.context, 0)
const OBJECT_IDENTIFIER = berTag(TAG_CLASS.universal, 6)
const PROTOCOL_VERSION = berTag(TAG_CLASS.context, 0)
const APPLICATION_CONTEXT_NAME = berTag(TAG_CLASS.context, 1)
const RESULT = berTag(TAG_CLASS.context, 2)
const USER_INFORMATION = berTag(TAG_CLASS.context, 30)
const AARQ = berTag(TAG_CLASS.application, 0)
const AARE = berTag(TAG_CLASS.application, 1)
const ABRT = berTag(TAG_CLASS.application, 4)
/** 0.0.17.773.1.2.1, the abstract syntax of unstructured dialogues, in octets. */
const UNIDIALOGUE_ARC = 2

/** Portions without an oddity or user information, by their octets: a stack sends the same one for each context. */
const cache = new OctetCache<TcapDialogue>(1 << 9, 64)
const reader = new BerReader()

/**
 * Decodes the content of a dialogue portion, `bytes[start, end)`.
 * Source: ITU-T Q.773 §4.2.3. @returns a shared object, or a Fault when the APDU cannot be reached. Never throws.
 */
export function decodeDialoguePortion(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): TcapDialogue | Fault {
  const known = cache.find(bytes, start, end, 0)
  if (known !== undefined) return known
  const oddities = new AnomalyList()
  const dialogue = decodePortion(bytes, start, end, oddities)
  if (!oddities.isEmpty) anomalies.addAll(oddities)
  else if (!(dialogue instanceof Fault) && dialogue.userInformationEnd === 0) cache.keep(dialogue)
  return dialogue
}

function decodePortion(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): TcapDialogue | Fault {
  const enter = (from: number, limit: number): boolean => {
    if (!reader.read(bytes, from, limit)) return false
    if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
    return true
  }
  if (!enter(start, end) || reader.tag !== EXTERNAL) return new Fault('tcap', 'unreadable dialogue portion', start)
  const externalEnd = reader.end
  let unstructured = false
  let p = reader.start
  if (!enter(p, externalEnd)) return new Fault('tcap', 'unreadable dialogue portion', p)
  if (reader.tag === OBJECT_IDENTIFIER) {
    unstructured = reader.end - reader.start === 7 && at(bytes, reader.end - 2) === UNIDIALOGUE_ARC
    p = reader.next
    if (!enter(p, externalEnd)) return new Fault('tcap', 'unreadable dialogue portion', p)
  }
  if (reader.tag !== SINGLE_ASN1_TYPE) return new Fault('tcap', 'dialogue portion of unknown encoding', reader.start)
  if (!enter(reader.start, reader.end)) return new Fault('tcap', 'unreadable dialogue portion', reader.failedAt)
  const { tag } = reader
  const apdu = tag === AARQ ? (unstructured ? 'AUDT' : 'AARQ') : tag === AARE ? 'AARE' : tag === ABRT ? 'ABRT' : null
  if (apdu === null) return new Fault('tcap', 'unknown dialogue APDU', reader.start)
  const limit = reader.end
  p = reader.start
  let applicationContext: string | null = null
  let hasVersion = false
  let result: number | null = null
  let userInformationStart = 0
  let userInformationEnd = 0
  while (p < limit) {
    if (!enter(p, limit)) return new Fault('tcap', 'unreadable dialogue portion', reader.failedAt)
    const { next, start: valueStart, end: valueEnd } = reader
    if (reader.tag === APPLICATION_CONTEXT_NAME && apdu !== 'ABRT') {
      if (enter(valueStart, valueEnd) && reader.tag === OBJECT_IDENTIFIER) {
        applicationContext = decodeApplicationContext(bytes, reader.start, reader.end)
      }
    } else if (reader.tag === RESULT && apdu === 'AARE') {
      if (enter(valueStart, valueEnd)) result = decodeInteger(bytes, reader.start, reader.end)
    } else if (reader.tag === PROTOCOL_VERSION) hasVersion = true
    else if (reader.tag === USER_INFORMATION) {
      userInformationStart = valueStart
      userInformationEnd = valueEnd
    }
    p = next
  }
  return { apdu, applicationContext, hasVersion, result, userInformationStart, userInformationEnd }
}

/** Names already made: context by context, version by version. */
const mobileContexts: (string | undefined)[] = []

/** Contexts of MAP are 0.4.0.0.1.0.context.version; they are looked up by their last two octets. */
function decodeApplicationContext(bytes: Uint8Array, start: number, end: number): string | null {
  const isMobile =
    end - start === 7 &&
    at(bytes, start) === 4 &&
    at(bytes, start + 1) === 0 &&
    at(bytes, start + 2) === 0 &&
    at(bytes, start + 3) === 1 &&
    at(bytes, start + 4) === 0 &&
    at(bytes, start + 5) < 128 &&
    at(bytes, start + 6) < 128
  if (!isMobile) return decodeObjectIdentifier(bytes, start, end)
  const index = (at(bytes, start + 5) << 7) | at(bytes, start + 6)
  const known = mobileContexts[index]
  if (known !== undefined) return known
  const text = `0.4.0.0.1.0.${at(bytes, start + 5)}.${at(bytes, start + 6)}`
  mobileContexts[index] = text
  return text
}
