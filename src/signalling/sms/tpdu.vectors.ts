/** Short message TPDUs, written by hand. Source: 3GPP TS 23.040 §9.2.2, invented numbers. */
const STAMP = '62302080510300'

export const TPDUS = [
  {
    what: 'DELIVER from a number',
    hex: `04 0c91 447700091032 00 00 ${STAMP} 05 e8329bfd06`,
    toMobile: true,
    expected: { type: 'deliver', pid: 0, dcs: 0, udh: null, address: '447700900123', addressType: 'international' },
  },
  {
    what: 'DELIVER from a name',
    hex: `04 0ed0 d4329b4d0fb3cb 00 00 ${STAMP} 00`,
    toMobile: true,
    expected: {
      type: 'deliver',
      pid: 0,
      dcs: 0,
      udh: null,
      address: 'Telltale',
      addressType: 'alphanumeric',
    },
  },
  {
    what: 'DELIVER of type 0, which the phone never shows',
    hex: `04 0591 2143f5 40 00 ${STAMP} 00`,
    toMobile: true,
    expected: { type: 'deliver', pid: 64, dcs: 0, udh: null, address: '12345', addressType: 'international' },
  },
  {
    what: 'DELIVER to the SIM, with a command packet header',
    hex: `44 0581 2143f5 7f f6 ${STAMP} 05 02 7000 aabb`,
    toMobile: true,
    expected: { type: 'deliver', pid: 127, dcs: 246, udh: '7000', address: '12345', addressType: 'unknown' },
  },
  {
    what: 'SUBMIT without validity',
    hex: '01 2a 0c91 447700091032 00 00 01 41',
    toMobile: false,
    expected: { type: 'submit', pid: 0, dcs: 0, udh: null, address: '447700900123', addressType: 'international' },
  },
  {
    what: 'SUBMIT with relative validity and a header',
    hex: '51 2a 0c91 447700091032 00 04 aa 04 03 000102',
    toMobile: false,
    expected: { type: 'submit', pid: 0, dcs: 4, udh: '000102', address: '447700900123', addressType: 'international' },
  },
  {
    what: 'SUBMIT with absolute validity',
    hex: `19 2a 04a1 2143 00 00 ${STAMP} 00`,
    toMobile: false,
    expected: { type: 'submit', pid: 0, dcs: 0, udh: null, address: '1234', addressType: 'national' },
  },
  {
    what: 'STATUS-REPORT',
    hex: `06 2a 0591 2143f5`,
    toMobile: true,
    expected: { type: 'statusReport', pid: 0, dcs: 0, udh: null, address: '12345', addressType: 'international' },
  },
]

export const BROKEN_TPDUS = [
  { hex: '', toMobile: true, reason: 'truncated' },
  { hex: '04 ff91 2143', toMobile: true, reason: 'truncated' },
  { hex: '01', toMobile: true, reason: 'unknown message type' },
  { hex: '00', toMobile: false, reason: 'unknown message type' },
  { hex: `44 0591 2143f5 00 00 ${STAMP} 02 09 70`, toMobile: true, reason: 'user data header out of range' },
] as const
