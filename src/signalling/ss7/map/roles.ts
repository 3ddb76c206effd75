import { at } from '../../../bytes/at.ts'
import { decodeInteger } from '../../../bytes/ber.ts'
import { LIMITS } from '../../../limits.ts'
import type { AnomalyList } from '../../anomaly.ts'
import { formatGeodeticPosition, formatPosition } from '../../location/geographical-description.ts'
import { formatArea, formatCell, formatEutranCell, formatNrArea, formatNrCell } from '../../location/location.ts'
import { decodeApn, decodeBcdNumber } from '../cap/values.ts'
import { decodeGenericNumber, decodeIsupNumber } from '../isup/number.ts'
import { blankMapDetail, type MapDetail, NO_TEXTS } from './detail.ts'
import { NameList } from './name-list.ts'
import type { Role, SchemaElement } from './schema.ts'
import {
  decodeAddressString,
  decodeClientName,
  decodeImei,
  decodeImsi,
  decodeMsisdn,
  decodeName,
  formatIp,
} from './values.ts'
import type { MapFields } from './walker.ts'

const NO_NAMES = new NameList(NO_TEXTS)

/** What the message at hand says so far, clean between messages: one is walked at a time. */
let requested = NO_NAMES
let profileParts = NO_NAMES
/** Further addresses: which of them is not the first one claimed is known at the end of the message. */
const others: string[] = new Array(LIMITS.mapAddresses).fill('')
let otherCount = 0
/** Where a further address stands in front of the one claimed: nearly always both are the same, and then nothing is made of
 * it. The end is 0 for none. */
let heldBytes: Uint8Array = new Uint8Array(0)
let heldStart = 0
let heldEnd = 0
/** There is something to hand over. */
let isPending = false

/** Ends a message: hands over what was collected. */
export function endValues(fields: MapFields, anomalies: AnomalyList): void {
  if (heldEnd !== 0) releaseHeld(anomalies)
  if (!isPending) return
  isPending = false
  if (requested !== NO_NAMES) detailOf(fields).requested = requested.names
  if (profileParts !== NO_NAMES) detailOf(fields).profileParts = profileParts.names
  requested = NO_NAMES
  profileParts = NO_NAMES
  for (let i = 0; i < otherCount; i++) {
    const address = others[i]
    if (address === undefined || address === fields.nodeAddress) continue
    const detail = detailOf(fields)
    if (!detail.otherAddresses.includes(address)) detail.otherAddresses = append(detail.otherAddresses, address)
  }
  otherCount = 0
}

/** Keeps the names of those children of `parent` that are present and say something by that. */
export function takePresence(parent: SchemaElement, met: number, metBeyond: number): void {
  isPending = true
  if (parent.names === 'profilePart') profileParts = profileParts.withMet(parent, met, metBeyond)
  else requested = requested.withMet(parent, met, metBeyond)
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
      fields.msisdn ??= decodeMsisdn(bytes, start, end, anomalies)
      return
    case 'node': {
      const address = decodeAddressString(bytes, start, end, anomalies)
      if (fields.nodeAddress !== null) keepOther(address, anomalies)
      else {
        fields.nodeAddress = address
        if (heldEnd !== 0) {
          if (isHeld(bytes, start, end)) heldEnd = 0
          else releaseHeld(anomalies)
        }
      }
      return
    }
    case 'otherNode':
      if (fields.nodeAddress === null && heldEnd === 0) {
        heldBytes = bytes
        heldStart = start
        heldEnd = end
      } else keepOther(decodeAddressString(bytes, start, end, anomalies), anomalies)
      return
    case 'vector':
      fields.vectors++
      return
    case 'profilePart':
      if (element.values !== null) profileParts = said(profileParts, element, element.values, bytes, start, end)
      return
    case 'tpdu':
      fields.tpdu = { bytes, start, end }
      return
    case 'gsmScf': {
      const address = decodeAddressString(bytes, start, end, anomalies)
      if (address === null || fields.gsmScfAddresses.includes(address)) return
      if (fields.gsmScfAddresses.length === LIMITS.gsmScfAddresses) anomalies.add('tooManyAddresses')
      else fields.gsmScfAddresses = append(fields.gsmScfAddresses, address)
      return
    }
    case 'serviceKey':
      detailOf(fields).serviceKey ??= decodeInteger(bytes, start, end)
      return
    case 'forwardedTo':
      fields.forwardedTo ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'requested':
      if (element.values !== null) requested = said(requested, element, element.values, bytes, start, end)
      return
    case 'locationWanted':
      fields.locationWanted = true
      return
    case 'barred':
      if (at(bytes, start) === 1) fields.barred = true
      return
    case 'operatorBarring':
      // behind the number of unused bits
      for (let i = start + 1; i < end; i++) if (at(bytes, i) !== 0) fields.barred = true
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
    case 'nrCell':
      fields.cellId ??= formatNrCell(bytes, start, end)
      return
    case 'nrArea':
      fields.cellId ??= formatNrArea(bytes, start, end)
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

/** Tells whether the octets `bytes[start, end)` are those held. */
function isHeld(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes !== heldBytes || heldEnd - heldStart !== end - start) return false
  for (let i = start, j = heldStart; i < end; i++, j++) if (bytes[i] !== bytes[j]) return false
  return true
}

function releaseHeld(anomalies: AnomalyList): void {
  const end = heldEnd
  heldEnd = 0
  keepOther(decodeAddressString(heldBytes, heldStart, end, anomalies), anomalies)
}

function keepOther(address: string | null, anomalies: AnomalyList): void {
  if (heldEnd !== 0) releaseHeld(anomalies)
  if (address === null) return
  isPending = true
  if (otherCount === LIMITS.mapAddresses) anomalies.add('tooManyAddresses')
  else others[otherCount++] = address
}

function keepRedirect(address: string | null, fields: MapFields, anomalies: AnomalyList): void {
  if (address === null) return
  const detail = detailOf(fields)
  if (detail.redirects.includes(address)) return
  if (detail.redirects.length === LIMITS.mapAddresses) anomalies.add('tooManyAddresses')
  else detail.redirects = append(detail.redirects, address)
}

function append(list: readonly string[], text: string): readonly string[] {
  return list.length === 0 ? [text] : [...list, text]
}

/** `names` and those of the value of `element`. */
function said(
  names: NameList,
  element: SchemaElement,
  values: readonly string[],
  bytes: Uint8Array,
  start: number,
  end: number,
): NameList {
  isPending = true
  if (element.integer) {
    const name = values[decodeInteger(bytes, start, end) ?? -1] ?? ''
    return names.with(name === '' ? element.name : name)
  }
  // BIT STRING: an octet that counts unused bits, then the bits, the highest first (X.690 §8.6)
  let all = names
  for (let bit = 0; bit < values.length; bit++) {
    const p = start + 1 + (bit >> 3)
    if (p < end && (at(bytes, p) & (0x80 >> (bit & 7))) !== 0) all = all.with(values[bit] ?? element.name)
  }
  return all
}
