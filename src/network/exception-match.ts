import type { AgreedException } from './exception.ts'
import { realmKey } from './identifier.ts'
import { ipBits } from './ip-range.ts'

/** Where a message came from: the addresses that are known. */
export interface SourceAddresses {
  readonly gt: string | null
  readonly host: string | null
  readonly realm: string | null
  readonly ip: string | null
  readonly opc: number | null
}

/** The first exception that covers a finding; one that holds before one that ran out. */
export function findException(
  exceptions: readonly AgreedException[],
  source: SourceAddresses,
  detectorId: string,
  timeUs: number,
): { exception: AgreedException; expired: boolean } | null {
  let expired: AgreedException | null = null
  for (const exception of exceptions) {
    if (!exception.detectors.includes(detectorId) || !isCovered(exception, source)) continue
    if (timeUs < exception.endUs) return { exception, expired: false }
    expired ??= exception
  }
  return expired && { exception: expired, expired: true }
}

/** Tells whether every address the exception names covers the source's. */
export function isCovered({ keys }: AgreedException, source: SourceAddresses): boolean {
  return (
    (keys.gt === null || source.gt?.startsWith(keys.gt) === true) &&
    (keys.host === null || (source.host !== null && realmKey(source.host).startsWith(keys.host))) &&
    (keys.realm === null || (source.realm !== null && realmKey(source.realm).startsWith(keys.realm))) &&
    (keys.ip === null || (source.ip !== null && ipBits(source.ip)?.startsWith(keys.ip) === true)) &&
    (keys.opc === null || `${source.opc}.` === keys.opc)
  )
}
