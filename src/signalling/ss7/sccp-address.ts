import { at } from '../../bytes/at.ts'
import { OctetCache } from '../../bytes/octet-cache.ts'
import { decodeAddressSignals } from '../../bytes/tbcd.ts'
import { AnomalyList } from '../anomaly.ts'
import { type Mtp3Variant, pointCodeAt } from './mtp3.ts'

/** An SCCP called or calling party address. Source: ITU-T Q.713 §3.4. Absent parts are null. */
export interface SccpAddress {
  /** Address signals, hexadecimal in lower case; null without a global title. */
  readonly gt: string | null
  readonly ssn: number | null
  readonly pointCode: number | null
  /** 0 none, 1 nature of address, 2 translation type, 3 plus plan, 4 plus nature. */
  readonly globalTitleIndicator: number
  readonly translationType: number | null
  readonly numberingPlan: number | null
  readonly natureOfAddress: number | null
  /** True when routed on the subsystem number, false on the global title. */
  readonly routedOnSsn: boolean
}

export const EMPTY_ADDRESS: SccpAddress = {
  gt: null,
  ssn: null,
  pointCode: null,
  globalTitleIndicator: 0,
  translationType: null,
  numberingPlan: null,
  natureOfAddress: null,
  routedOnSsn: true,
}

/** Subsystem numbers of mobile networks. Source: 3GPP TS 23.003 §8.1; 0 and 1 from Q.713 §3.4.2.2. */
export const SUBSYSTEMS = [
  { ssn: 0, name: 'not known' },
  { ssn: 1, name: 'SCCP management' },
  { ssn: 5, name: 'MAP' },
  { ssn: 6, name: 'HLR' },
  { ssn: 7, name: 'VLR' },
  { ssn: 8, name: 'MSC' },
  { ssn: 9, name: 'EIR' },
  { ssn: 10, name: 'AuC' },
  { ssn: 142, name: 'RANAP' },
  { ssn: 143, name: 'RNSAP' },
  { ssn: 145, name: 'GMLC' },
  { ssn: 146, name: 'CAP' },
  { ssn: 147, name: 'gsmSCF' },
  { ssn: 148, name: 'SIWF' },
  { ssn: 149, name: 'SGSN' },
  { ssn: 150, name: 'GGSN' },
  { ssn: 249, name: 'PCAP' },
  { ssn: 250, name: 'BSC' },
  { ssn: 251, name: 'MSC (A interface)' },
  { ssn: 252, name: 'SMLC' },
  { ssn: 253, name: 'BSS O&M' },
  { ssn: 254, name: 'BSSAP' },
] as const

/** Addresses without an oddity, by their octets; a network talks to some 10,000 nodes. A title has 15 digits or so. */
const cache = new OctetCache<SccpAddress>(1 << 14, 16)
const CACHE_SHAPES: Record<Mtp3Variant, number> = { itu: 0, ansi: 1, japan: 2 }

/**
 * Decodes a party address in `bytes[start, end)`, the length octet excluded. What does not fit is null; a global title
 * is cut to the octets there are.
 * @returns a shared object.
 */
export function decodeSccpAddress(
  bytes: Uint8Array,
  start: number,
  end: number,
  variant: Mtp3Variant,
  anomalies: AnomalyList,
): SccpAddress {
  if (start >= end) return EMPTY_ADDRESS
  const known = cache.find(bytes, start, end, CACHE_SHAPES[variant])
  if (known !== undefined) return known
  const oddities = new AnomalyList()
  const address = decodeAddress(bytes, start, end, variant, oddities)
  if (oddities.isEmpty) cache.keep(address)
  else anomalies.addAll(oddities)
  return address
}

function decodeAddress(
  bytes: Uint8Array,
  start: number,
  end: number,
  variant: Mtp3Variant,
  anomalies: AnomalyList,
): SccpAddress {
  const indicator = at(bytes, start)
  // ANSI T1.112.3 §3.4.1 swaps the two presence bits and puts the subsystem number first; bit 8 tells national coding
  const ansi = variant === 'ansi' && (indicator & 0x80) !== 0
  const hasSsn = (indicator & (ansi ? 1 : 2)) !== 0
  const hasPointCode = (indicator & (ansi ? 2 : 1)) !== 0
  const globalTitleIndicator = (indicator >> 2) & 15
  let p = start + 1
  let ssn: number | null = null
  let pointCode: number | null = null
  if (ansi && hasSsn && p < end) ssn = at(bytes, p++)
  if (hasPointCode) {
    const octets = ansi ? 3 : 2
    if (p + octets <= end) {
      pointCode = ansi
        ? at(bytes, p) | (at(bytes, p + 1) << 8) | (at(bytes, p + 2) << 16)
        : pointCodeAt(bytes, p) & (variant === 'japan' ? 0xffff : 0x3fff)
    }
    p += octets
  }
  if (!ansi && hasSsn && p < end) ssn = at(bytes, p++)
  const title = decodeGlobalTitle(bytes, p, end, globalTitleIndicator, ansi, anomalies)
  return {
    gt: title.gt,
    ssn,
    pointCode,
    globalTitleIndicator,
    translationType: title.translationType,
    numberingPlan: title.numberingPlan,
    natureOfAddress: title.natureOfAddress,
    routedOnSsn: (indicator & 0x40) !== 0,
  }
}

interface GlobalTitle {
  readonly gt: string | null
  readonly translationType: number | null
  readonly numberingPlan: number | null
  readonly natureOfAddress: number | null
}

const NO_TITLE: GlobalTitle = { gt: null, translationType: null, numberingPlan: null, natureOfAddress: null }

/** Source: ITU-T Q.713 §3.4.2.3; ANSI T1.112.3 §3.5.3 for indicators 1 and 2 of national coding. */
function decodeGlobalTitle(
  bytes: Uint8Array,
  start: number,
  end: number,
  indicator: number,
  ansi: boolean,
  anomalies: AnomalyList,
): GlobalTitle {
  let p = start
  let translationType: number | null = null
  let numberingPlan: number | null = null
  let natureOfAddress: number | null = null
  let odd = false
  const withPlan = indicator === 3 || indicator === 4 || (ansi && indicator === 1)
  if (indicator === 1 && !ansi) {
    if (p >= end) return NO_TITLE
    const octet = at(bytes, p++)
    odd = (octet & 0x80) !== 0
    natureOfAddress = octet & 0x7f
  } else if (indicator === 2 || withPlan) {
    if (p + (withPlan ? 2 : 1) > end) return NO_TITLE
    translationType = at(bytes, p++)
    if (withPlan) {
      const octet = at(bytes, p++)
      numberingPlan = octet >> 4
      odd = (octet & 1) !== 0
    }
    if (indicator === 4) {
      if (p >= end) return NO_TITLE
      natureOfAddress = at(bytes, p++) & 0x7f
    }
  } else return NO_TITLE
  const last = end > p ? at(bytes, end - 1) >> 4 : 0
  if (odd && last !== 0 && last !== 15) anomalies.add('globalTitleFiller')
  let nibbles = Math.max(0, end - p) * 2
  if (odd && nibbles > 0) nibbles--
  // an indicator without odd/even leaves only the filler to tell an odd count
  else if (!odd && nibbles > 0 && last === 15) {
    nibbles--
    if (indicator !== 2) anomalies.add('globalTitleFiller')
  }
  const gt = decodeAddressSignals(bytes, p, nibbles)
  for (let i = 0; i < gt.length; i++) {
    if (gt.charCodeAt(i) > 57) {
      anomalies.add('globalTitleHexDigits')
      break
    }
  }
  return { gt: gt === '' ? null : gt, translationType, numberingPlan, natureOfAddress }
}
