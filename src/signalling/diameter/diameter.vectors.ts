/** Diameter messages for tests, with invented subscribers: MCC 001, numbers reserved for drama. */

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
const TO_HOME = avp(283, chars(HOME))
const TO_MME = avp(293, chars(MME)) + avp(283, chars(VISITED))
const USER = avp(1, chars(IMSI))
const OK = avp(268, u32(2001))

const MSISDN_TBCD = '447700091032' // 447700900123
const MSISDN = '447700900123'
const SGSN_TBCD = '447700090020' // 447700900002

const MME_SENDER = { sessionId: SESSION, originHost: MME, originRealm: VISITED }
const HSS_SENDER = { sessionId: SESSION, originHost: HSS, originRealm: HOME }
const TO_HSS_REALM = { destinationRealm: HOME }
const TO_MME_HOST = { destinationHost: MME, destinationRealm: VISITED }
const SUBSCRIBER = { userName: IMSI, imsi: IMSI }
const SUCCESS = { resultCode: 2001 }

/** Message, name of its command, what must be found. Composed by hand from the specifications named. */
export const MESSAGES: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  // TS 29.272 §7.2.3
  [
    message(
      'c0',
      316,
      S6A,
      FROM_MME,
      TO_HOME,
      USER,
      tgpp(1401, tgpp(1402, chars('35693803564380')), tgpp(1403, '3039')),
      tgpp(1032, u32(1004)),
      tgpp(1405, u32(0x22)),
      tgpp(1407, '00f110'),
      tgpp(1489, SGSN_TBCD),
      avp(282, chars(MME)),
      avp(282, chars('dra.ipx.example')),
      avp(284, avp(280, chars('proxy.example')), avp(33, '0102')),
    ),
    'Update-Location',
    {
      ...MME_SENDER,
      ...TO_HSS_REALM,
      ...SUBSCRIBER,
      imei: '35693803564380',
      rat: 'EUTRAN',
      flags: 0x22,
      visitedPlmn: '00101',
      nodeAddress: '447700900002',
      routeRecord: [MME, 'dra.ipx.example'],
      proxyHosts: ['proxy.example'],
    },
  ],
  // TS 29.272 §7.2.4, a profile that redirects
  [
    message(
      '40',
      316,
      S6A,
      FROM_HSS,
      OK,
      tgpp(1406, u32(1)),
      tgpp(
        1400,
        tgpp(1424, u32(1)),
        tgpp(701, MSISDN_TBCD),
        tgpp(1425, u32(2)),
        tgpp(1427, chars('mnc001.mcc001.gprs')),
        tgpp(1473, tgpp(1474, '4477000900f3')),
        tgpp(1458, tgpp(1459, '00f110000001'), tgpp(1452, '0001c0000207')),
        tgpp(
          1429,
          tgpp(1423, u32(1)),
          tgpp(1428, u32(0)),
          tgpp(
            1430,
            tgpp(1423, u32(1)),
            avp(493, chars('internet')),
            avp(
              486,
              avp(334, '0001c0000201'),
              avp(348, avp(283, chars('pgw.example')), avp(293, chars('pgw1.pgw.example'))),
            ),
          ),
        ),
      ),
    ),
    'Update-Location',
    {
      ...HSS_SENDER,
      ...SUCCESS,
      barred: true,
      msisdn: MSISDN,
      apn: 'internet',
      redirects: ['mnc001.mcc001.gprs', '44770090003', '192.0.2.7', '192.0.2.1', 'pgw1.pgw.example'],
      profileParts: [
        'Subscriber-Status',
        'MSISDN',
        'Operator-Determined-Barring',
        'APN-OI-Replacement',
        'LCS-Info',
        'Trace-Data',
        'APN-Configuration-Profile',
      ],
    },
  ],
  // TS 29.272 §7.2.5, §7.2.6
  [
    message(
      'c0',
      318,
      S6A,
      FROM_MME,
      TO_HOME,
      USER,
      tgpp(1408, tgpp(1410, u32(2)), tgpp(1411, '00'.repeat(30))),
      tgpp(1409, tgpp(1410, u32(1))),
      tgpp(1407, '001110'),
    ),
    'Authentication-Information',
    {
      ...MME_SENDER,
      ...TO_HSS_REALM,
      ...SUBSCRIBER,
      visitedPlmn: '001011',
      requested: ['resynchronization', 'eutranAuthenticationInfo', 'utranGeranAuthenticationInfo'],
    },
  ],
  [
    message(
      '40',
      318,
      S6A,
      FROM_HSS,
      OK,
      tgpp(
        1413,
        tgpp(1414, tgpp(1447, '00'.repeat(16))),
        tgpp(1414, tgpp(1447, '00'.repeat(16))),
        tgpp(1415, tgpp(1447, '00'.repeat(16))),
      ),
    ),
    'Authentication-Information',
    { ...HSS_SENDER, ...SUCCESS, vectors: 3 },
  ],
  // TS 29.272 §7.2.9, §7.2.10: location asked for and given
  [
    message('c0', 319, S6A, FROM_HSS, TO_MME, USER, tgpp(1490, u32(0b11100))),
    'Insert-Subscriber-Data',
    {
      ...HSS_SENDER,
      ...TO_MME_HOST,
      ...SUBSCRIBER,
      flags: 0b11100,
      locationWanted: true,
      requested: ['epsUserState', 'epsLocationInformation', 'currentLocation'],
    },
  ],
  [
    message(
      '40',
      319,
      S6A,
      FROM_MME,
      OK,
      tgpp(
        1496,
        tgpp(
          1600,
          tgpp(1603, '00f1100007'),
          tgpp(1602, '00f1100abcde01'),
          tgpp(1608, '10400000400000aa'),
          tgpp(1611, u32(3)),
        ),
      ),
    ),
    'Insert-Subscriber-Data',
    { ...MME_SENDER, ...SUCCESS, cellId: '001-01-180149761', position: '45.00000,90.00000', locationAgeMinutes: 3 },
  ],
  [
    message(
      '40',
      319,
      S6A,
      FROM_MME,
      OK,
      tgpp(1496, tgpp(1601, tgpp(1604, '00f11012345678'), tgpp(1606, '00f1101234'))),
    ),
    'Insert-Subscriber-Data',
    { ...MME_SENDER, ...SUCCESS, cellId: '001-01-4660-22136' },
  ],
  // TS 29.272 §7.2.7, §7.2.11, §7.2.13, §7.2.15, §7.2.17
  [
    message('c0', 317, S6A, FROM_HSS, TO_MME, USER, tgpp(1420, u32(2)), tgpp(1638, u32(1))),
    'Cancel-Location',
    { ...HSS_SENDER, ...TO_MME_HOST, ...SUBSCRIBER, cancellationType: 2, flags: 1 },
  ],
  [
    message('c0', 320, S6A, FROM_HSS, TO_MME, USER, tgpp(1421, u32(0x40))),
    'Delete-Subscriber-Data',
    { ...HSS_SENDER, ...TO_MME_HOST, ...SUBSCRIBER, flags: 0x40 },
  ],
  [
    message('c0', 321, S6A, FROM_MME, TO_HOME, USER, tgpp(1635, u32(1))),
    'Purge-UE',
    { ...MME_SENDER, ...TO_HSS_REALM, ...SUBSCRIBER, flags: 1 },
  ],
  [message('c0', 322, S6A, FROM_HSS, TO_MME), 'Reset', { ...HSS_SENDER, ...TO_MME_HOST }],
  [
    message('c0', 323, S6A, FROM_MME, TO_HOME, USER, tgpp(1443, u32(8))),
    'Notify',
    { ...MME_SENDER, ...TO_HSS_REALM, ...SUBSCRIBER, flags: 8 },
  ],
  // TS 29.272 §7.2.19
  [
    message('c0', 324, 16777252, FROM_MME, TO_HOME, tgpp(1401, tgpp(1402, chars('356938035643809')))),
    'ME-Identity-Check',
    { ...MME_SENDER, ...TO_HSS_REALM, imei: '356938035643809' },
  ],
  [
    message('40', 316, S6A, FROM_HSS, avp(297, avp(266, u32(10415)), avp(298, u32(5001)))),
    'Update-Location',
    { ...HSS_SENDER, resultCode: 5001 },
  ],
  // TS 29.172 §7.3.1, §7.3.2
  [
    message(
      'c0',
      8388620,
      16777255,
      FROM_HSS,
      TO_MME,
      USER,
      tgpp(2500, u32(0)),
      tgpp(2501, tgpp(1238, chars('Example LCS')), tgpp(1237, u32(0))),
      tgpp(2405, '0001c0000209'),
      tgpp(2545, u32(0)),
    ),
    'Provide-Location',
    {
      ...HSS_SENDER,
      ...TO_MME_HOST,
      ...SUBSCRIBER,
      locationWanted: true,
      requested: ['currentLocation'],
      lcsClient: 'Example LCS',
      nodeAddress: '192.0.2.9',
      flags: 0,
    },
  ],
  [
    message(
      '40',
      8388620,
      16777255,
      FROM_MME,
      OK,
      tgpp(1242, '1040000040000012'),
      tgpp(2514, u32(1)),
      tgpp(2517, '00f11000000001'),
    ),
    'Provide-Location',
    { ...MME_SENDER, ...SUCCESS, position: '45.00000,90.00000', locationAgeMinutes: 1, cellId: '001-01-1' },
  ],
  // TS 29.173 §6.2.3, §6.2.4
  [
    message('c0', 8388622, 16777291, FROM_HSS, TO_HOME, tgpp(701, MSISDN_TBCD)),
    'LCS-Routing-Info',
    { ...HSS_SENDER, ...TO_HSS_REALM, msisdn: MSISDN, locationWanted: true },
  ],
  [
    message(
      '40',
      8388622,
      16777291,
      FROM_HSS,
      OK,
      USER,
      tgpp(2401, tgpp(2402, chars(MME)), tgpp(2408, chars(VISITED)), tgpp(1489, SGSN_TBCD), tgpp(2403, MSISDN_TBCD)),
    ),
    'LCS-Routing-Info',
    { ...HSS_SENDER, ...SUCCESS, ...SUBSCRIBER, nodeAddress: MME, otherAddresses: ['447700900002', MSISDN] },
  ],
  // TS 29.329 §6.1.1
  [
    message(
      'c0',
      306,
      16777217,
      FROM_HSS,
      TO_HOME,
      tgpp(700, tgpp(601, chars('sip:+447700900123@ims.example'))),
      tgpp(703, u32(14)),
      tgpp(703, u32(15)),
      tgpp(707, u32(1)),
    ),
    'User-Data',
    {
      ...HSS_SENDER,
      ...TO_HSS_REALM,
      msisdn: MSISDN,
      locationWanted: true,
      requested: ['locationInformation', 'userState', 'currentLocation'],
    },
  ],
  // TS 29.338 §5.3.2.3, §5.3.2.4
  [
    message(
      'c0',
      8388647,
      16777312,
      FROM_HSS,
      TO_HOME,
      tgpp(701, MSISDN_TBCD),
      tgpp(3300, '447700090010'),
      tgpp(3310, u32(1)),
    ),
    'Send-Routing-Info-for-SM',
    { ...HSS_SENDER, ...TO_HSS_REALM, msisdn: MSISDN, nodeAddress: '447700900001', flags: 1, locationWanted: true },
  ],
  [
    message(
      '40',
      8388647,
      16777312,
      FROM_HSS,
      OK,
      USER,
      tgpp(2401, tgpp(2402, chars(MME)), tgpp(1645, '447700090030')),
    ),
    'Send-Routing-Info-for-SM',
    { ...HSS_SENDER, ...SUCCESS, ...SUBSCRIBER, nodeAddress: MME, otherAddresses: ['447700900003'] },
  ],
  // TS 29.338 §6.3.2.3, §6.3.2.5; the user part is a type 0 SMS-DELIVER
  [
    message(
      'c0',
      8388646,
      16777313,
      FROM_HSS,
      TO_MME,
      USER,
      tgpp(3300, '447700090010'),
      tgpp(3301, '040c91447700091032400052012021001400 00'),
      tgpp(3302, u32(1)),
    ),
    'MT-Forward-Short-Message',
    {
      ...HSS_SENDER,
      ...TO_MME_HOST,
      ...SUBSCRIBER,
      nodeAddress: '447700900001',
      flags: 1,
      tpdu: '040c9144770009103240005201202100140000',
    },
  ],
  [
    message(
      'c0',
      8388645,
      16777313,
      FROM_MME,
      TO_HOME,
      tgpp(3300, '447700090010'),
      tgpp(3102, tgpp(701, MSISDN_TBCD), avp(1, chars(IMSI))),
      tgpp(3301, '01000c914477000910320000 00'),
    ),
    'MO-Forward-Short-Message',
    {
      ...MME_SENDER,
      ...TO_HSS_REALM,
      nodeAddress: '447700900001',
      msisdn: MSISDN,
      imsi: IMSI,
      tpdu: '01000c91447700091032000000',
    },
  ],
  // TS 29.212 §5.6.2: type of a Subscription-Id before and behind its value
  [
    message(
      'c0',
      272,
      16777238,
      FROM_MME,
      TO_HOME,
      avp(258, u32(16777238)),
      avp(416, u32(1)),
      avp(443, avp(450, u32(0)), avp(444, chars(MSISDN))),
      avp(443, avp(444, chars(IMSI)), avp(450, u32(1))),
      avp(30, chars('internet')),
      tgpp(6, 'c0000208'),
      tgpp(18, chars('00101')),
      tgpp(22, '8200f110000700f1100abcde01'),
      avp(458, avp(459, u32(0)), avp(460, chars('3569380356438012'))),
      tgpp(21, '06'),
    ),
    'Credit-Control',
    {
      ...MME_SENDER,
      ...TO_HSS_REALM,
      msisdn: MSISDN,
      imsi: IMSI,
      apn: 'internet',
      nodeAddress: '192.0.2.8',
      servingNetwork: '00101',
      cellId: '001-01-180149761',
      imei: '3569380356438012',
      rat: 'EUTRAN',
    },
  ],
  // RFC 8506 §3.1: where a User-Name may be a telephone number, 12 digits are no IMSI
  [
    message('c0', 272, 4, FROM_MME, TO_HOME, avp(1, chars(MSISDN)), tgpp(22, '0100f11012345678')),
    'Credit-Control',
    { ...MME_SENDER, ...TO_HSS_REALM, userName: MSISDN, cellId: '001-01-4660-22136' },
  ],
  // TS 29.214 §5.6.1
  [
    message('c0', 265, 16777236, FROM_MME, TO_HOME, tgpp(536, u32(0))),
    'AA',
    { ...MME_SENDER, ...TO_HSS_REALM, locationWanted: true, requested: ['userLocation'] },
  ],
  // TS 29.273 §8.2.2.1
  [
    message(
      'c0',
      303,
      16777265,
      FROM_MME,
      TO_HOME,
      avp(1, chars(`0${IMSI}@nai.epc.mnc002.mcc001.3gppnetwork.org`)),
      tgpp(612, tgpp(608, chars("EAP-AKA'"))),
    ),
    'Multimedia-Auth',
    { ...MME_SENDER, ...TO_HSS_REALM, userName: `0${IMSI}@nai.epc.mnc002.mcc001.3gppnetwork.org`, imsi: IMSI },
  ],
  // TS 29.229 §6.1.4
  [
    message(
      '40',
      301,
      16777216,
      FROM_HSS,
      OK,
      tgpp(606, chars('<IMSSubscription/>')),
      tgpp(618, tgpp(621, chars('aaa://ccf.example'))),
    ),
    'Server-Assignment',
    { ...HSS_SENDER, ...SUCCESS, profileParts: ['User-Data'], redirects: ['aaa://ccf.example'] },
  ],
  // TS 29.336 §8.2.1
  [
    message(
      'c0',
      8388718,
      16777345,
      FROM_HSS,
      TO_HOME,
      tgpp(3102, avp(1, chars(IMSI))),
      tgpp(3122, tgpp(3125, chars('scef.example')), tgpp(3127, u32(2))),
    ),
    'Configuration-Information',
    {
      ...HSS_SENDER,
      ...TO_HSS_REALM,
      imsi: IMSI,
      locationWanted: true,
      requested: ['locationReporting'],
      redirects: ['scef.example'],
    },
  ],
  // RFC 6733 §5.3.1, §5.5.1, §7.5: what a Failed-AVP quotes is not this message's
  [
    message(
      '80',
      257,
      0,
      avp(264, chars(MME)),
      avp(296, chars(VISITED)),
      avp(257, '0001c0000201'),
      avp(266, u32(10415)),
      avp(269, chars('Example')),
      avp(258, u32(S6A)),
    ),
    'Capabilities-Exchange',
    { originHost: MME, originRealm: VISITED },
  ],
  [
    message('80', 280, 0, avp(264, chars(MME)), avp(296, chars(VISITED))),
    'Device-Watchdog',
    { originHost: MME, originRealm: VISITED },
  ],
  [
    message(
      '60',
      316,
      S6A,
      FROM_HSS,
      avp(268, u32(3008)),
      avp(279, USER, tgpp(701, MSISDN_TBCD), rawAvp(9999, 0xc0, 10415, '00')),
    ),
    'Update-Location',
    { ...HSS_SENDER, resultCode: 3008 },
  ],
]

const DWR = avp(264, chars(MME)) + avp(296, chars(VISITED))

/** Anomalies, and the message that has them and no other. */
export const ODD: readonly (readonly [string, string])[] = [
  ['diameterFlags', message('81', 280, 0, DWR)],
  ['diameterFlags', message('a0', 280, 0, DWR)],
  ['commandApplicationMismatch', message('c0', 316, 16777216, FROM_MME, USER)],
  [
    'applicationIdMismatch',
    message('c0', 316, S6A, FROM_MME, USER, avp(260, avp(266, u32(10415)), avp(258, u32(16777216)))),
  ],
  ['sessionIdNotFirst', message('c0', 280, 0, DWR, avp(263, chars(SESSION)))],
  ['duplicateParameter', message('80', 280, 0, DWR, avp(264, chars(HSS)))],
  ['missingParameter', message('80', 280, 0, avp(264, chars(MME)))],
  ['avpFlagsReserved', message('80', 280, 0, DWR, rawAvp(278, 0x41, null, u32(1)))],
  ['vendorIdZero', message('80', 280, 0, DWR, rawAvp(278, 0xc0, 0, u32(1)))],
  ['unknownMandatoryAvp', message('80', 280, 0, DWR, rawAvp(4000, 0x40, null, u32(1)))],
  ['unknownMandatoryAvp', message('80', 280, 0, DWR, rawAvp(1, 0xc0, 99999, u32(1)))],
  ['', message('80', 280, 0, DWR, rawAvp(4000, 0, null, u32(1)))],
  ['avpValueLength', message('80', 280, 0, DWR, avp(278, '0001'))],
  ['avpValueLength', message('c0', 316, S6A, FROM_MME, USER, tgpp(1407, '00f1'))],
  ['avpPadding', message('80', 280, 0, DWR, `${avp(269, '41').slice(0, -6)}000100`)],
  ['nonAsciiName', message('80', 280, 0, avp(264, chars('hôst')), avp(296, chars(VISITED)))],
  ['nonAsciiName', message('c0', 316, S6A, FROM_MME, USER, tgpp(2402, chars('a"b')))],
  ['overlongText', message('80', 280, 0, DWR, avp(1, chars('x'.repeat(1025))))],
  ['wrongParameterType', message('c0', 316, S6A, FROM_MME, USER, tgpp(701, chars(MSISDN)))],
  ['identityLength', message('c0', 316, S6A, FROM_MME, USER, tgpp(1402, chars('1234')))],
  ['avpLength', message('80', 280, 0, DWR, '0000011640000007')],
  ['avpLength', message('80', 280, 0, DWR, '000001164000000d00000001')],
  ['avpLength', message('80', 280, 0, DWR, '00000116c000000b00000001')],
  ['avpLength', message('80', 280, 0, DWR, '00000116')],
  ['avpLength', message('80', 280, 0, DWR, avp(260, '0000010a4000ffff00000001'))],
]
