/** A detector's account of one run. */
export interface DetectorAccount {
  readonly id: string
  readonly version: number
  readonly title: string
  /** Events the detector judged: `checked` = passed + failed + excepted + unavailable. */
  readonly checked: number
  readonly passed: number
  readonly failed: number
  /** Could not be judged, by reason (`the source network is unknown`), with how often. */
  readonly unavailable: readonly { readonly reason: string; readonly count: number }[]
  /** Failed, but an agreed exception of network.yaml covers it. */
  readonly excepted: number
}
