/** Types of AVP values. Source: RFC 6733 §4.2 and §4.3. */
export type AvpType =
  | 'OctetString'
  | 'Integer32'
  | 'Integer64'
  | 'Unsigned32'
  | 'Unsigned64'
  | 'Float32'
  | 'Grouped'
  | 'Address'
  | 'Time'
  | 'UTF8String'
  | 'DiameterIdentity'
  | 'DiameterURI'
  | 'Enumerated'
  | 'IPFilterRule'
  | 'QoSFilterRule'

/** An AVP of one vendor. */
export interface AvpRow {
  readonly code: number
  readonly name: string
  readonly type: AvpType
}

/** Vendors whose AVPs are known. Source: IANA, Private Enterprise Numbers. */
export const VENDORS = { ietf: 0, tgpp2: 5535, tgpp: 10415, etsi: 13019 } as const
