/**
 * What only some operations carry besides `MapFields`, in the shape and order of the event's own detail: null or empty
 * where it does not apply. The members that no MAP, CAP or INAP parameter fills are there so that all details share one
 * shape.
 */
export interface MapDetail {
  flags: number | null
  /** CancellationType (TS 29.002 §17.7.1): 0 updateProcedure, 1 subscriptionWithdraw, 2 initialAttachProcedure. */
  cancellationType: number | null
  /** Parts of a subscriber profile that a message writes or withdraws, as the specification names them. */
  profileParts: readonly string[]
  /** Addresses besides gsmSCF that a profile sends the subscriber or its traffic to: GMLC, PDN gateway, STN-SR, APN
   * operator. */
  redirects: readonly string[]
  /** Addresses the application layer claims beyond the first. */
  otherAddresses: readonly string[]
  /** Call parties: digits. */
  callingNumber: string | null
  calledNumber: string | null
  redirectingNumber: string | null
  /** Number a provideRoamingNumber or sendRoutingInfo returned. */
  roamingNumber: string | null
  serviceKey: number | null
  /** SS-Code (TS 29.002 §17.7.5). */
  ssCode: number | null
  /** LCS client: its number, else its name. */
  lcsClient: string | null
  locationAgeMinutes: number | null
  /** Names of what a request asks for. */
  requested: readonly string[]
  rat: string | null
  fTeids: readonly string[]
  proxyHosts: readonly string[]
  hopByHop: number | null
  endToEnd: number | null
}

/** No names or addresses: one shared, empty list. */
export const NO_TEXTS: readonly string[] = Object.freeze([])

/** A detail with nothing in it. */
export function blankMapDetail(): MapDetail {
  return {
    flags: null,
    cancellationType: null,
    profileParts: NO_TEXTS,
    redirects: NO_TEXTS,
    otherAddresses: NO_TEXTS,
    callingNumber: null,
    calledNumber: null,
    redirectingNumber: null,
    roamingNumber: null,
    serviceKey: null,
    ssCode: null,
    lcsClient: null,
    locationAgeMinutes: null,
    requested: NO_TEXTS,
    rat: null,
    fTeids: NO_TEXTS,
    proxyHosts: NO_TEXTS,
    hopByHop: null,
    endToEnd: null,
  }
}
