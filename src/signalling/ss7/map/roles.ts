import { at } from '../../../bytes/at.ts'
import { decodeInteger } from '../../../bytes/ber.ts'
import { LIMITS } from '../../../limits.ts'
import type { AnomalyList } from '../../anomaly.ts'
import { formatArea, formatCell, formatEutranCell } from '../../location/location.ts'
import { decodeApn, decodeBcdNumber } from '../cap/values.ts'
import { decodeGenericNumber, decodeIsupNumber } from '../isup/number.ts'
import { blankMapDetail, type MapDetail, NO_TEXTS } from './detail.ts'
import { formatGeodeticPosition, formatPosition } from './geographical-description.ts'
import { NameList } from './name-list.ts'
import type { Role, SchemaElement } from './schema.ts'
import { decodeAddressString, decodeClientName, decodeImei, decodeImsi, decodeName, formatIp } from './values.ts'
import type { MapFields } from './walker.ts'

const NO_NAMES = new NameList(NO_TEXTS)

/** What the message at hand names so far; one message is walked at a time. */
let requested = NO_NAMES
let profileParts = NO_NAMES
/** Further addresses: which of them is not the first one claimed is known at the end of the message. */
const others: string[] = new Array(LIMITS.mapAddresses).fill('')
let otherCount = 0
const NO_OCTETS = new Uint8Array(0)
/** The first further address and the first one claimed, as octets: nearly always the same, then nothing is made of it. */
let heldBytes: Uint8Array = NO_OCTETS
let heldStart = 0
let heldEnd = 0
let nodeBytes: Uint8Array = NO_OCTETS
let nodeStart = 0
let nodeEnd = 0

/** Begins a message. */
export function beginValues(): void {
  requested = NO_NAMES
  profileParts = NO_NAMES
  otherCount = 0
  heldEnd = 0
  nodeEnd = 0
}

/** Ends a message: hands over what was collected. */
export function endValues(fields: MapFields, anomalies: AnomalyList): void {
  if (heldEnd !== 0 && !isHeldTheNode()) keepOther(decodeAddressString(heldBytes, heldStart, heldEnd, anomalies), anomalies)
  if (requested !== NO_NAMES) detailOf(fields).requested = requested.names
  if (profileParts !== NO_NAMES) detailOf(fields).profileParts = profileParts.names
  for (let i = 0; i < otherCount; i++) {
    const address = others[i]
    if (address === undefined || address === fields.nodeAddress) continue
    const detail = detailOf(fields)
    if (!detail.otherAddresses.includes(address)) detail.otherAddresses = [...detail.otherAddresses, address]
  }
}

/** Keeps the presence of an element with others inside, by its role. */
export function takePresence(element: SchemaElement): void {
  if (element.role === 'profilePart') profileParts = profileParts.with(element.name)
  else if (element.role === 'requested') requested = requested.with(element.name)
}

/** Keeps the value of `element`, content octets `bytes[start, end)`, by its role. The first of a role stands; lists
 * collect. */
export function takeValue(
  role: Role,
  element: SchemaElement,
  bytes: Uint8Array,
  start: number,
  end: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  switch (role) {
    case 'imsi':
      fields.imsi ??= decodeImsi(bytes, start, end, anomalies)
      return
    case 'msisdn':
      fields.msisdn ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'node':
      if (fields.nodeAddress === null) {
        fields.nodeAddress = decodeAddressString(bytes, start, end, anomalies)
        nodeBytes = bytes
        nodeStart = start
        nodeEnd = end
      } else keepOther(decodeAddressString(bytes, start, end, anomalies), anomalies)
      return
    case 'otherNode':
      if (heldEnd === 0) {
        heldBytes = bytes
        heldStart = start
        heldEnd = end
      } else keepOther(decodeAddressString(bytes, start, end, anomalies), anomalies)
      return
    case 'vector':
      fields.vectors++
      return
    case 'profilePart':
      profileParts = name(profileParts, element, bytes, start, end)
      return
    case 'tpdu':
      fields.tpdu = { bytes, start, end }
      return
    case 'gsmScf': {
      const address = decodeAddressString(bytes, start, end, anomalies)
      if (address === null || fields.gsmScfAddresses.includes(address)) return
      if (fields.gsmScfAddresses.length === LIMITS.gsmScfAddresses) anomalies.add('tooManyAddresses')
      else fields.gsmScfAddresses = [...fields.gsmScfAddresses, address]
      return
    }
    case 'serviceKey':
      detailOf(fields).serviceKey ??= decodeInteger(bytes, start, end)
      return
    case 'forwardedTo':
      fields.forwardedTo ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'requested':
      requested = name(requested, element, bytes, start, end)
      return
    case 'locationWanted':
      fields.locationWanted = true
      requested = requested.with(element.name)
      return
    case 'barred':
      fields.barred = at(bytes, start) === 1
      profileParts = profileParts.with(element.name)
      return
    case 'imei':
      fields.imei ??= decodeImei(bytes, start, end, anomalies)
      return
    case 'cell':
      fields.cellId = formatCell(bytes, start, end) ?? fields.cellId
      return
    case 'eutranCell':
      fields.cellId ??= formatEutranCell(bytes, start, end)
      return
    case 'area':
      fields.cellId ??= formatArea(bytes, start, end)
      return
    case 'cellOrArea':
      fields.cellId = formatCell(bytes, start, end) ?? fields.cellId ?? formatArea(bytes, start, end)
      return
    case 'locationAge':
      detailOf(fields).locationAgeMinutes ??= decodeInteger(bytes, start, end)
      return
    case 'geographical':
      fields.position ??= formatPosition(bytes, start, end)
      return
    case 'geodetic':
      fields.position ??= formatGeodeticPosition(bytes, start, end)
      return
    case 'roamingNumber':
      detailOf(fields).roamingNumber ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'cancellationType':
      detailOf(fields).cancellationType ??= decodeInteger(bytes, start, end)
      return
    case 'ssCode':
      if (start < end) detailOf(fields).ssCode ??= at(bytes, start)
      return
    case 'lcsClient':
      detailOf(fields).lcsClient ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'lcsClientName':
      detailOf(fields).lcsClient ??= decodeClientName(bytes, start, end)
      return
    case 'otherNodeIp':
      keepOther(formatIp(bytes, start, end), anomalies)
      return
    case 'otherNodeName':
      keepOther(decodeName(bytes, start, end), anomalies)
      return
    case 'redirect':
      keepRedirect(decodeAddressString(bytes, start, end, anomalies), fields, anomalies)
      return
    case 'redirectIp':
      keepRedirect(formatIp(bytes, start, end), fields, anomalies)
      return
    case 'redirectName':
      keepRedirect(decodeName(bytes, start, end), fields, anomalies)
      return
    case 'callingNumber':
      detailOf(fields).callingNumber ??= decodeIsupNumber(bytes, start, end, anomalies)?.digits ?? null
      return
    case 'calledNumber':
      detailOf(fields).calledNumber ??= decodeIsupNumber(bytes, start, end, anomalies)?.digits ?? null
      return
    case 'calledGenericNumber':
      detailOf(fields).calledNumber ??= decodeGenericNumber(bytes, start, end, anomalies)?.digits ?? null
      return
    case 'callingAddress':
      detailOf(fields).callingNumber ??= decodeBcdNumber(bytes, start, end, anomalies)
      return
    case 'calledAddress':
      detailOf(fields).calledNumber ??= decodeBcdNumber(bytes, start, end, anomalies)
      return
    case 'originalCalledNumber':
      detailOf(fields).redirectingNumber ??= decodeIsupNumber(bytes, start, end, anomalies)?.digits ?? null
      return
    case 'redirectingNumber': {
      // who forwarded last outranks who was called first
      const detail = detailOf(fields)
      detail.redirectingNumber = decodeIsupNumber(bytes, start, end, anomalies)?.digits ?? detail.redirectingNumber
      return
    }
    case 'apn':
      fields.apn ??= decodeApn(bytes, start, end)
      return
  }
}

/** The detail of `fields`, made when its first member is. */
function detailOf(fields: MapFields): MapDetail {
  fields.detail ??= blankMapDetail()
  return fields.detail
}

function isHeldTheNode(): boolean {
  const length = heldEnd - heldStart
  if (nodeEnd - nodeStart !== length) return false
  for (let i = 0; i < length; i++) if (at(heldBytes, heldStart + i) !== at(nodeBytes, nodeStart + i)) return false
  return true
}

function keepOther(address: string | null, anomalies: AnomalyList): void {
  if (address === null) return
  if (otherCount === LIMITS.mapAddresses) anomalies.add('tooManyAddresses')
  else others[otherCount++] = address
}

function keepRedirect(address: string | null, fields: MapFields, anomalies: AnomalyList): void {
  if (address === null) return
  const detail = detailOf(fields)
  if (detail.redirects.includes(address)) return
  if (detail.redirects.length === LIMITS.mapAddresses) anomalies.add('tooManyAddresses')
  else detail.redirects = [...detail.redirects, address]
}

/** `names` and what `element` says: its name, or those of its values. */
function name(names: NameList, element: SchemaElement, bytes: Uint8Array, start: number, end: number): NameList {
  const { values } = element
  if (values === null) return names.with(element.name)
  if (element.integer) {
    const said = values[decodeInteger(bytes, start, end) ?? -1] ?? ''
    return names.with(said === '' ? element.name : said)
  }
  // BIT STRING: an octet that counts unused bits, then the bits, the highest first (X.690 §8.6)
  let all = names
  for (let bit = 0; bit < values.length; bit++) {
    const p = start + 1 + (bit >> 3)
    if (p < end && (at(bytes, p) & (0x80 >> (bit & 7))) !== 0) all = all.with(values[bit] ?? element.name)
  }
  return all
}
