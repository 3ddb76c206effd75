/** The network a realm or host name carries. */
export interface RealmPlmn {
  readonly mcc: string
  /**
   * Possible MNCs, three digits first. A name always has three, padded with a zero in front, so that `mnc010` may be
   * network 010 or 10.
   */
  readonly mncs: readonly string[]
}

/**
 * What a realm or host name says of its owner: `network` an operator's own, with MCC and MNC; `hub` a carrier's between
 * operators.
 */
export type RealmKind = 'network' | 'hub'

const REALM = /(?:^|\.)mnc(\d{2,3})\.mcc(\d{3})\.(?:(?:pub\.)?3gppnetwork\.org|gprs)\.?$/i
/** Carriers' names under 3gppnetwork.org, or with IPX or GRX in a label. */
const HUB = /3gppnetwork\.org\.?$|(?:^|\.)[a-z0-9-]*(?:ipx|grx)[a-z0-9-]*\./i
/** Names of countries under 3gppnetwork.org, for finding gateways. */
const COUNTRY = /(?:^|\.)mcc\d{3}\./i
/** Longest domain name in text (RFC 1035 §2.3.4). */
const NAME_CHARACTERS = 254

/**
 * The MCC and MNC of a realm or host name of the form `…mnc<MNC>.mcc<MCC>.3gppnetwork.org` (epc, ims, wlan, gan and node
 * names alike) or an access point name of the form `….mnc<MNC>.mcc<MCC>.gprs`, any letters' case.
 * Source: 3GPP TS 23.003 §19.2, §13.2, §14.2, §17.2.1, §9.1.2, annex D (`pub.`). Names with a two-digit MNC, against the
 * rule, are read too.
 * @returns null for any other name.
 */
export function plmnOfRealm(realm: string): RealmPlmn | null {
  if (realm.length > NAME_CHARACTERS) return null
  const match = REALM.exec(realm)
  if (match === null) return null
  const [, mnc = '', mcc = ''] = match
  return { mcc, mncs: mnc.length === 3 && mnc.startsWith('0') ? [mnc, mnc.slice(1)] : [mnc] }
}

/**
 * What a realm or host name says of its owner by its form alone. A hub's name tells who passed a message on, never who
 * sent it. Source: 3GPP TS 23.003 annex D.2, GSMA IR.67 §4 (`ipxuni`), and the names that carriers use.
 * @returns null for a name of another form, which the network file may know.
 */
export function kindOfRealm(realm: string): RealmKind | null {
  if (plmnOfRealm(realm) !== null) return 'network'
  return realm.length <= NAME_CHARACTERS && HUB.test(realm) && !COUNTRY.test(realm) ? 'hub' : null
}
