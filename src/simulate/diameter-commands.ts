import { type Avp, baseAvp, tgppAvp } from './avp-writer.ts'
import { plmnOctets, tbcd } from './digits.ts'
import type { Random } from './random.ts'

/** A command and the application it belongs to. */
export interface Command {
  readonly code: number
  readonly application: number
}

/** Source: TS 29.272 §7.2 (S6a, S13), TS 29.172 §6 (SLg), TS 29.173 §6 (SLh), TS 29.338 §5 and §6 (S6c, SGd), TS 29.329 §6 (Sh). */
export const COMMANDS = {
  userData: { code: 306, application: 16777217 },
  updateLocation: { code: 316, application: 16777251 },
  cancelLocation: { code: 317, application: 16777251 },
  authenticationInformation: { code: 318, application: 16777251 },
  insertSubscriberData: { code: 319, application: 16777251 },
  deleteSubscriberData: { code: 320, application: 16777251 },
  purgeUe: { code: 321, application: 16777251 },
  reset: { code: 322, application: 16777251 },
  notify: { code: 323, application: 16777251 },
  provideLocation: { code: 8388620, application: 16777255 },
  lcsRoutingInfo: { code: 8388622, application: 16777291 },
  mtForwardShortMessage: { code: 8388646, application: 16777313 },
  sendRoutingInfoForSm: { code: 8388647, application: 16777312 },
} as const satisfies Record<string, Command>

/** Result codes. Source: RFC 6733 §7.1.2 and §7.1.5; TS 29.272 §7.4.3. */
export const DIAMETER_ERRORS = {
  unableToComply: 5012,
  userUnknown: 5001,
  roamingNotAllowed: 5004,
  notSupported: 3001,
} as const

export const userName = (imsi: string): Avp => baseAvp(1, imsi)
export const visitedPlmn = (plmn: string): Avp => tgppAvp(1407, plmnOctets(plmn))

/** E-UTRAN. Source: TS 29.212 §5.3.31. */
export const ratType = (): Avp => tgppAvp(1032, 1004)

export function updateLocationAvps(imsi: string, plmn: string): readonly Avp[] {
  return [userName(imsi), ratType(), tgppAvp(1405, 0x22), visitedPlmn(plmn)]
}

/** The profile that a home sends: number, status, and the packet networks the subscriber may use. */
export function subscriptionData(msisdn: string | null, extra: readonly Avp[] = []): Avp {
  const apn = tgppAvp(1430, [tgppAvp(1423, 1), baseAvp(493, 'internet'), tgppAvp(1456, 0)])
  const number = msisdn === null ? [] : [tgppAvp(701, tbcd(msisdn))]
  return tgppAvp(1400, [
    ...number,
    tgppAvp(1424, 0),
    ...extra,
    tgppAvp(1429, [tgppAvp(1423, 1), tgppAvp(1428, 0), apn]),
  ])
}

/** The profile with all outgoing calls and packet services barred. */
export function barredData(): Avp {
  return tgppAvp(1400, [tgppAvp(1424, 1), tgppAvp(1425, 7)])
}

export function authenticationAvps(imsi: string, plmn: string): readonly Avp[] {
  return [userName(imsi), tgppAvp(1408, [tgppAvp(1410, 1), tgppAvp(1412, 1)]), visitedPlmn(plmn)]
}

/** One vector of random octets that authenticates nobody. Source: TS 29.272 §7.3.17. */
export function authenticationInfo(random: Random): Avp {
  const parts = [1447, 1448, 1449, 1450].map((code, i) => tgppAvp(code, random.octets([16, 8, 16, 32][i] ?? 16)))
  return tgppAvp(1413, [tgppAvp(1414, parts)])
}

/** Bits of IDR-Flags. Source: TS 29.272 §7.3.103. */
export const IDR_FLAGS = { tAds: 0x02, userState: 0x04, location: 0x08, currentLocation: 0x10 } as const

/** EPS-Location-Information of an MME: a cell. Source: TS 29.272 §7.3.111. */
export function epsLocation(plmn: string, random: Random): Avp {
  const cell = Uint8Array.of(...plmnOctets(plmn), 0, ...random.octets(3))
  const area = Uint8Array.of(...plmnOctets(plmn), ...random.octets(2))
  return tgppAvp(1496, [tgppAvp(1600, [tgppAvp(1602, cell, false), tgppAvp(1603, area, false)], false)], false)
}

/** User-Identifier of S6c. Source: TS 29.338 §5.3.2, TS 29.336 §6.4.2. */
export function userIdentifier(who: { readonly imsi: string } | { readonly msisdn: string }): Avp {
  return 'imsi' in who ? baseAvp(1, who.imsi) : tgppAvp(3102, [tgppAvp(701, tbcd(who.msisdn))])
}

/** SC-Address. Source: TS 29.338 §5.3.2.2. */
export const scAddress = (digits: string): Avp => tgppAvp(3300, tbcd(digits))

/** What an answer to sendRoutingInfoForSM over S6c says: the IMSI and the node that serves. Source: TS 29.338 §5.3.2.5. */
export function routingForSm(imsi: string, host: string, realm: string): readonly Avp[] {
  return [baseAvp(1, imsi), tgppAvp(2401, [tgppAvp(2402, host, false), tgppAvp(2408, realm, false)])]
}
