/** The network a realm or host name carries. */
export interface RealmPlmn {
  readonly mcc: string
  /**
   * Possible MNCs, three digits first. A name always has three, padded with a zero in front, so that `mnc010` may be
   * network 010 or 10.
   */
  readonly mncs: readonly string[]
}

const REALM = /(?:^|\.)mnc(\d{2,3})\.mcc(\d{3})\.(?:pub\.)?3gppnetwork\.org\.?$/i
/** Longest domain name in text (RFC 1035 §2.3.4). */
const NAME_CHARACTERS = 254

/**
 * The MCC and MNC of a realm or host name of the form `…mnc<MNC>.mcc<MCC>.3gppnetwork.org`, any letters' case.
 * Source: 3GPP TS 23.003 §19.2, §13.2, annex D (`pub.`). Names with a two-digit MNC, against the rule, are read too.
 * @returns null for any other name.
 */
export function plmnOfRealm(realm: string): RealmPlmn | null {
  if (realm.length > NAME_CHARACTERS) return null
  const match = REALM.exec(realm)
  if (match === null) return null
  const [, mnc = '', mcc = ''] = match
  return { mcc, mncs: mnc.length === 3 && mnc.startsWith('0') ? [mnc, mnc.slice(1)] : [mnc] }
}
