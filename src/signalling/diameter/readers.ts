import { at, u32At } from '../../bytes/at.ts'
import { readTbcd } from '../../bytes/tbcd.ts'
import { LIMITS } from '../../limits.ts'
import { formatIpv4 } from '../../packet/address.ts'
import type { AnomalyList } from '../anomaly.ts'
import { formatPosition } from '../location/geographical-description.ts'
import { formatArea, formatCell, formatEutranCell, formatPlmn } from '../location/location.ts'
import type { DiameterFields } from './fields.ts'
import { decodeNumber, isPadded, parseImei, parseMsisdn, parsePublicIdentity, parseUserName } from './identity.ts'
import type { Role } from './roles.ts'
import { decodeAddress, decodeHost, decodeImsiText, decodeName, decodePlainName, decodeText } from './text.ts'
import {
  DATA_REFERENCES,
  IDR_FLAG_NAMES,
  IDR_LOCATION_BITS,
  LOCATION_REFERENCES,
  LOCATION_TYPES,
  MONITORING_LOCATION,
  MONITORING_TYPES,
  RAT_OCTETS,
  RAT_TYPES,
  SUBSCRIPTION_ID,
} from './value-names.ts'

/** Where in a message a value stands, and what its group has said so far. */
export interface Place {
  readonly bytes: Uint8Array
  readonly fields: DiameterFields
  readonly anomalies: AnomalyList
  readonly isRequest: boolean
  /** User-Name is an IMSI where it is digits: so in the commands about a subscriber of TS 29.272 and its kin. */
  readonly isImsi: boolean
  /** Command code of the header. */
  readonly command: number
  /** Application of the header. */
  readonly application: number
  /** 0 for an AVP of the message itself. */
  depth: number
  /** Code of the group it stands in; 0 outside of any. */
  group: number
  /** Subscription-Id and User-Equipment-Info under way: their members come in any order. */
  type: number
  valueStart: number
  valueEnd: number
}

/** Takes the value `[start, end)` of an AVP. Fixed lengths have been checked. */
export type Reader = (p: Place, start: number, end: number) => void

const MIP_HOME_AGENT_HOST = 348
const CAPABILITIES_EXCHANGE = 257
const INITIATE_ACTIVE_LOCATION = 1
const USER_LOCATION = 0
const BARRED = 1
const IMEISV = 0
/** MCC and MNC at least. */
const LEADING_DIGITS = /^[0-9]{5,15}$/

/** How each role is read. */
export const READERS: Readonly<Record<Role, Reader>> = {
  userName(p, start, end) {
    const { fields } = p
    if (p.depth === 0 && fields.userName !== null) p.anomalies.add('duplicateParameter')
    const digits = decodeImsiText(p.bytes, start, end)
    const name = digits ?? decodeName(p.bytes, start, end, p.anomalies)
    if (digits === null && isPadded(name)) p.anomalies.add('nonAsciiName')
    const imsi = digits ?? parseUserName(name, p.isImsi)
    if (p.depth === 0 && fields.userName === null) {
      fields.userName = name
      // the request's own name goes before one inside a group
      fields.imsi = imsi ?? fields.imsi
    } else {
      if (p.depth === 0 && p.isImsi && name !== fields.userName) p.anomalies.add('severalSubscribers')
      fields.imsi ??= imsi
    }
  },
  userId(p, start, end) {
    const digits = decodeName(p.bytes, start, end, p.anomalies)
    if (LEADING_DIGITS.test(digits ?? '')) p.fields.imsiPrefix ??= digits
  },
  calledStation(p, start, end) {
    p.fields.apn ??= decodeName(p.bytes, start, end, p.anomalies)
  },
  sessionId(p, start, end) {
    if (p.depth > 0) return
    if (p.fields.sessionId !== null) p.anomalies.add('duplicateParameter')
    else p.fields.sessionId = decodeText(p.bytes, start, end, p.anomalies)
  },
  originHost(p, start, end) {
    if (p.depth > 0) return
    if (p.fields.originHost !== null) p.anomalies.add('duplicateParameter')
    else p.fields.originHost = decodeHost(p.bytes, start, end, p.anomalies)
  },
  originRealm(p, start, end) {
    if (p.depth > 0) return
    if (p.fields.originRealm !== null) p.anomalies.add('duplicateParameter')
    else p.fields.originRealm = decodeHost(p.bytes, start, end, p.anomalies)
  },
  destinationHost(p, start, end) {
    if (p.group === MIP_HOME_AGENT_HOST) addRedirect(p, decodeHost(p.bytes, start, end, p.anomalies))
    if (p.depth > 0) return
    if (p.fields.destinationHost !== null) p.anomalies.add('duplicateParameter')
    else p.fields.destinationHost = decodeHost(p.bytes, start, end, p.anomalies)
  },
  destinationRealm(p, start, end) {
    if (p.depth > 0) return
    if (p.fields.destinationRealm !== null) p.anomalies.add('duplicateParameter')
    else p.fields.destinationRealm = decodeHost(p.bytes, start, end, p.anomalies)
  },
  routeRecord(p, start, end) {
    if (p.depth > 0) return
    const path = p.fields.routeRecord ?? []
    if (path.length === LIMITS.diameterValues) p.anomalies.add('tooManyValues')
    else p.fields.routeRecord = [...path, decodeHost(p.bytes, start, end, p.anomalies)]
  },
  proxyHost(p, start, end) {
    p.fields.proxyHosts = added(p, p.fields.proxyHosts, decodeHost(p.bytes, start, end, p.anomalies))
  },
  otherHost(p, start, end) {
    p.fields.otherAddresses = added(p, p.fields.otherAddresses, decodePlainName(p.bytes, start, end, p.anomalies))
  },
  resultCode(p, start) {
    if (p.depth > 0) return
    if (p.fields.resultCode !== null) p.anomalies.add('duplicateParameter')
    p.fields.resultCode = u32At(p.bytes, start)
  },
  experimentalResultCode(p, start) {
    p.fields.resultCode ??= u32At(p.bytes, start)
  },
  application(p, start) {
    // a capabilities exchange lists what the peer speaks; elsewhere it must be what the header says (RFC 6733 §6.8)
    if (p.command === CAPABILITIES_EXCHANGE || u32At(p.bytes, start) === p.application) return
    p.anomalies.add('applicationIdMismatch')
  },
  homeAgentAddress(p, start, end) {
    addRedirect(p, decodeAddress(p.bytes, start, end))
  },
  redirectText(p, start, end) {
    addRedirect(p, decodePlainName(p.bytes, start, end, p.anomalies))
  },
  redirectName(p, start, end) {
    addRedirect(p, decodePlainName(p.bytes, start, end, p.anomalies))
  },
  redirectAddress(p, start, end) {
    addRedirect(p, decodeAddress(p.bytes, start, end))
  },
  redirectNumber(p, start, end) {
    addRedirect(p, decodeNumber(p.bytes, start, end, p.anomalies))
  },
  subscriptionType(p, start) {
    p.type = u32At(p.bytes, start)
  },
  subscriptionData(p, start, end) {
    p.valueStart = start
    p.valueEnd = end
  },
  subscription(p) {
    const { fields, type } = p
    if (p.valueEnd < 0 || type < 0) return
    const text = decodeName(p.bytes, p.valueStart, p.valueEnd, p.anomalies)
    if (type === SUBSCRIPTION_ID.e164) fields.msisdn ??= parseMsisdn(text)
    else if (type === SUBSCRIPTION_ID.imsi || type === SUBSCRIPTION_ID.nai)
      fields.imsi ??= parseUserName(text, type === SUBSCRIPTION_ID.imsi)
    else if (type === SUBSCRIPTION_ID.sipUri) takePublicIdentity(fields, text)
  },
  equipmentType(p, start) {
    p.type = u32At(p.bytes, start)
  },
  equipmentValue(p, start, end) {
    p.valueStart = start
    p.valueEnd = end
  },
  equipment(p) {
    if (p.valueEnd >= 0 && p.type === IMEISV) p.fields.imei ??= decodeImei(p, p.valueStart, p.valueEnd)
  },
  apn(p, start, end) {
    p.fields.apn ??= decodeName(p.bytes, start, end, p.anomalies)
  },
  imsiText(p, start, end) {
    p.fields.imsi ??= parseUserName(decodeName(p.bytes, start, end, p.anomalies), true)
  },
  publicIdentity(p, start, end) {
    if (p.fields.msisdn !== null && p.fields.imsi !== null) return
    takePublicIdentity(p.fields, decodeName(p.bytes, start, end, p.anomalies))
  },
  msisdn(p, start, end) {
    p.fields.msisdn ??= decodeNumber(p.bytes, start, end, p.anomalies)
  },
  imei(p, start, end) {
    p.fields.imei ??= decodeImei(p, start, end)
  },
  imeiOctets(p, start, end) {
    p.fields.imei ??= decodeImei(p, start, end)
  },
  nodeNumber(p, start, end) {
    addNode(p, decodeNumber(p.bytes, start, end, p.anomalies))
  },
  nodeName(p, start, end) {
    addNode(p, decodePlainName(p.bytes, start, end, p.anomalies))
  },
  nodeAddress(p, start, end) {
    addNode(p, decodeAddress(p.bytes, start, end))
  },
  nodeIpv4(p, start, end) {
    if (end - start === 4) addNode(p, formatIpv4(p.bytes, start))
  },
  serving(p, start, end) {
    p.fields.servingNetwork ??= decodePlainName(p.bytes, start, end, p.anomalies)
  },
  visitedPlmn(p, start, end) {
    if (end - start === 3) p.fields.visitedPlmn ??= formatPlmn(p.bytes, start, '')
    else p.anomalies.add('avpValueLength')
  },
  userLocation(p, start, end) {
    takeUserLocation(p, start, end)
  },
  cell(p, start, end) {
    p.fields.cellId = formatCell(p.bytes, start, end) ?? p.fields.cellId
  },
  eutranCell(p, start, end) {
    p.fields.cellId = formatEutranCell(p.bytes, start, end) ?? p.fields.cellId
  },
  area(p, start, end) {
    p.fields.cellId ??= formatArea(p.bytes, start, end)
  },
  geographical(p, start, end) {
    p.fields.position ??= formatPosition(p.bytes, start, end)
  },
  locationAge(p, start) {
    p.fields.locationAgeMinutes ??= u32At(p.bytes, start)
  },
  ratType(p, start) {
    p.fields.rat ??= RAT_TYPES.get(u32At(p.bytes, start)) ?? null
  },
  ratOctet(p, start, end) {
    if (end > start) p.fields.rat ??= RAT_OCTETS[at(p.bytes, start)] || null
  },
  flags(p, start) {
    p.fields.flags ??= u32At(p.bytes, start)
  },
  idrFlags(p, start) {
    const flags = u32At(p.bytes, start)
    p.fields.flags ??= flags
    if (!p.isRequest) return
    if ((flags & IDR_LOCATION_BITS) !== 0) p.fields.locationWanted = true
    for (let bit = 0; bit < IDR_FLAG_NAMES.length; bit++) {
      if (((flags >>> bit) & 1) === 1) addRequested(p, IDR_FLAG_NAMES[bit])
    }
  },
  cancellationType(p, start) {
    p.fields.cancellationType ??= u32At(p.bytes, start)
  },
  subscriberStatus(p, start) {
    if (u32At(p.bytes, start) === BARRED) p.fields.barred = true
  },
  operatorBarring(p, start) {
    if (u32At(p.bytes, start) !== 0) p.fields.barred = true
  },
  vector(p) {
    p.fields.vectors++
  },
  vectorInAnswer(p) {
    if (!p.isRequest) p.fields.vectors++
  },
  eutranVectorsWanted(p) {
    addRequested(p, 'eutranAuthenticationInfo')
  },
  utranVectorsWanted(p) {
    addRequested(p, 'utranGeranAuthenticationInfo')
  },
  resynchronization(p) {
    addRequested(p, 'resynchronization')
  },
  dataReference(p, start) {
    const reference = u32At(p.bytes, start)
    addRequested(p, DATA_REFERENCES.get(reference))
    if (p.isRequest && LOCATION_REFERENCES.includes(reference)) p.fields.locationWanted = true
  },
  currentLocation(p, start) {
    if (u32At(p.bytes, start) === INITIATE_ACTIVE_LOCATION) addRequested(p, 'currentLocation')
  },
  locationType(p, start) {
    addRequested(p, LOCATION_TYPES[u32At(p.bytes, start)])
  },
  monitoringType(p, start) {
    const type = u32At(p.bytes, start)
    addRequested(p, MONITORING_TYPES[type])
    if (p.isRequest && type === MONITORING_LOCATION) p.fields.locationWanted = true
  },
  accessInfo(p, start) {
    if (u32At(p.bytes, start) !== USER_LOCATION) return
    addRequested(p, 'userLocation')
    if (p.isRequest) p.fields.locationWanted = true
  },
  lcsClient(p, start, end) {
    p.fields.lcsClient ??= decodeName(p.bytes, start, end, p.anomalies)
  },
  lcsClientNumber(p, start, end) {
    p.fields.lcsClient ??= decodeNumber(p.bytes, start, end, p.anomalies)
  },
  profile(p) {
    p.fields.profileParts = added(p, p.fields.profileParts, 'User-Data')
  },
  tpdu(p, start, end) {
    p.fields.tpdu ??= { bytes: p.bytes, start, end }
  },
}

/** `list` with `value` behind it, each value once, up to LIMITS.diameterValues. */
function added(p: Place, list: readonly string[], value: string | null | undefined): readonly string[] {
  if (value === null || value === undefined || list.includes(value)) return list
  if (list.length === LIMITS.diameterValues) {
    p.anomalies.add('tooManyValues')
    return list
  }
  return [...list, value]
}

/** Adds the name of a part of a profile. */
export function addProfilePart(p: Place, name: string): void {
  p.fields.profileParts = added(p, p.fields.profileParts, name)
}

function addRedirect(p: Place, value: string | null): void {
  p.fields.redirects = added(p, p.fields.redirects, value)
}

function addRequested(p: Place, name: string | undefined): void {
  if (p.isRequest) p.fields.requested = added(p, p.fields.requested, name)
}

function addNode(p: Place, address: string | null): void {
  const { fields } = p
  if (address === null || address === fields.nodeAddress) return
  if (fields.nodeAddress === null) fields.nodeAddress = address
  else fields.otherAddresses = added(p, fields.otherAddresses, address)
}

function takePublicIdentity(fields: DiameterFields, uri: string): void {
  const { imsi, msisdn } = parsePublicIdentity(uri)
  fields.imsi ??= imsi
  fields.msisdn ??= msisdn
}

/** IMEI or IMEISV as characters, as most write it, or in TBCD. */
function decodeImei(p: Place, start: number, end: number): string | null {
  const { bytes, anomalies } = p
  if (end - start <= 8) {
    const digits = readTbcd(bytes, start, end)
    const imei = digits.decimal ? parseImei(digits.text) : null
    if (imei === null && end > start) anomalies.add('identityLength')
    return imei
  }
  const imei = parseImei(decodeName(bytes, start, end, anomalies))
  if (imei === null) anomalies.add('identityLength')
  return imei
}

const CGI = 0
const SAI = 1
const RAI = 2
const TAI = 128
const ECGI = 129
const TAI_AND_ECGI = 130
const TAI_AND_ENB = 132

/** 3GPP-User-Location-Info: a type, then what TS 29.060 or TS 29.274 §8.21 define. Source: 3GPP TS 29.061 §16.4.7.2. */
function takeUserLocation(p: Place, start: number, end: number): void {
  const { bytes, fields } = p
  if (end <= start) return
  switch (at(bytes, start)) {
    case CGI:
    case SAI:
      fields.cellId = formatCell(bytes, start + 1, end) ?? fields.cellId
      return
    case RAI:
    case TAI:
    case TAI_AND_ENB:
      fields.cellId ??= formatArea(bytes, start + 1, end)
      return
    case ECGI:
      fields.cellId = formatEutranCell(bytes, start + 1, end) ?? fields.cellId
      return
    case TAI_AND_ECGI:
      fields.cellId = formatEutranCell(bytes, start + 6, end) ?? fields.cellId
      return
  }
}
