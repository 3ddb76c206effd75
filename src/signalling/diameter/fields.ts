import type { Slice } from '../../bytes/slice.ts'

export const NO_VALUES: readonly string[] = Object.freeze([])

/** What the AVPs of one message say; null, empty or 0 where nothing of the kind stood. The first of several counts. */
export class DiameterFields {
  sessionId: string | null = null
  originHost: string | null = null
  originRealm: string | null = null
  destinationHost: string | null = null
  destinationRealm: string | null = null
  userName: string | null = null
  /** Route-Record, in the order of the path. */
  routeRecord: readonly string[] | null = null
  /** Proxy-Host of each Proxy-Info. */
  proxyHosts: readonly string[] = NO_VALUES
  /** Result-Code, or else Experimental-Result-Code. */
  resultCode: number | null = null
  /** MCC and MNC, digits. */
  visitedPlmn: string | null = null
  servingNetwork: string | null = null
  imsi: string | null = null
  /** Leading digits of IMSIs that a reset is about; the first. Source: TS 29.272 §7.3.50. */
  imsiPrefix: string | null = null
  msisdn: string | null = null
  imei: string | null = null
  /** First address the application claims: a number, a host name or an IP address. */
  nodeAddress: string | null = null
  otherAddresses: readonly string[] = NO_VALUES
  /** Hosts, addresses and numbers that a profile sends the subscriber's traffic or reports to. */
  redirects: readonly string[] = NO_VALUES
  /** Names of the parts of a profile. */
  profileParts: readonly string[] = NO_VALUES
  /** Names of what is asked for. */
  requested: readonly string[] = NO_VALUES
  locationWanted = false
  /** The profile bars the subscriber. */
  barred = false
  /** Authentication vectors handed over: counted, never kept. */
  vectors = 0
  /** Cell as `mcc-mnc-…`, or the area where no cell stood. */
  cellId: string | null = null
  /** `latitude,longitude`. */
  position: string | null = null
  locationAgeMinutes: number | null = null
  /** Value of the request's flags AVP. */
  flags: number | null = null
  cancellationType: number | null = null
  lcsClient: string | null = null
  rat: string | null = null
  apn: string | null = null
  /** Short message TPDU. */
  tpdu: Slice | null = null
}
