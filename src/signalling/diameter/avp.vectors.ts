/** What Diameter messages for tests are made of, with invented subscribers: MCC 001, numbers reserved for drama. */

/** Hexadecimal of characters. */
export function chars(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex')
}

/** Hexadecimal of 32 bits. */
export function u32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

const clean = (...parts: readonly string[]): string => parts.join('').replaceAll(/\s/g, '')

/** An AVP of the IETF, mandatory, padded with zeros. Source: RFC 6733 §4.1. */
export function avp(code: number, ...value: readonly string[]): string {
  return rawAvp(code, 0x40, null, clean(...value))
}

/** An AVP of vendor 3GPP, mandatory, padded with zeros. */
export function tgpp(code: number, ...value: readonly string[]): string {
  return rawAvp(code, 0xc0, 10415, clean(...value))
}

/** An AVP with flags and vendor as told, padded with zeros. */
export function rawAvp(code: number, flags: number, vendor: number | null, value: string): string {
  const head = vendor === null ? 8 : 12
  const length = head + value.length / 2
  const padding = '00'.repeat(-length & 3)
  return u32(code) + u32((flags << 24) | length) + (vendor === null ? '' : u32(vendor)) + value + padding
}

/** A message. @param flags `c0` request, `40` answer. Source: RFC 6733 §3. */
export function message(flags: string, command: number, application: number, ...avps: readonly string[]): string {
  const body = clean(...avps)
  const length = 20 + body.length / 2
  return `01${u32(length).slice(2)}${flags}${u32(command).slice(2)}${u32(application)}${HOP}${END}${body}`
}

const HOP = '7a000001'
const END = '5b000002'

export const IMSI = '001010123456789'
export const MME = 'mme1.epc.mnc001.mcc001.3gppnetwork.org'
export const HSS = 'hss1.epc.mnc002.mcc001.3gppnetwork.org'
export const VISITED = 'epc.mnc001.mcc001.3gppnetwork.org'
export const HOME = 'epc.mnc002.mcc001.3gppnetwork.org'
export const SESSION = `${MME};1700000000;42;s6a`

export const S6A = 16777251

/** Session-Id, Auth-Session-State, Origin-Host, Origin-Realm: from the visited network. */
export const FROM_MME = avp(263, chars(SESSION)) + avp(277, u32(1)) + avp(264, chars(MME)) + avp(296, chars(VISITED))
/** The same from the home network. */
export const FROM_HSS = avp(263, chars(SESSION)) + avp(277, u32(1)) + avp(264, chars(HSS)) + avp(296, chars(HOME))
export const TO_HOME = avp(283, chars(HOME))
export const TO_MME = avp(293, chars(MME)) + avp(283, chars(VISITED))
export const USER = avp(1, chars(IMSI))
export const OK = avp(268, u32(2001))

export const MSISDN_TBCD = '447700091032' // 447700900123
export const MSISDN = '447700900123'
export const SGSN_TBCD = '447700090020' // 447700900002

export const MME_SENDER = { sessionId: SESSION, originHost: MME, originRealm: VISITED }
export const HSS_SENDER = { sessionId: SESSION, originHost: HSS, originRealm: HOME }
export const TO_HSS_REALM = { destinationRealm: HOME }
export const TO_MME_HOST = { destinationHost: MME, destinationRealm: VISITED }
export const SUBSCRIBER = { userName: IMSI, imsi: IMSI }
export const SUCCESS = { resultCode: 2001 }
