import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseImei, parseMsisdn, parsePublicIdentity, parseUserName } from './identity.ts'

const EPC = 'nai.epc.mnc001.mcc001.3gppnetwork.org'

/** User-Name, and its IMSI. Source: TS 29.272 §7.3.1, TS 23.003 §13.3, §14.3, §19.3; invented subscribers. */
const USER_NAMES = [
  ['001010123456789', '001010123456789'],
  ['00101012345678', '00101012345678'],
  ['0010101234567890', null],
  [`001010123456789@ims.mnc001.mcc001.3gppnetwork.org`, '001010123456789'],
  [`0001010123456789@${EPC}`, '001010123456789'],
  [`1001010123456789@wlan.mnc001.mcc001.3gppnetwork.org`, '001010123456789'],
  [`6001010123456789@${EPC}`, '001010123456789'],
  [`2001010123456789@${EPC}`, null],
  // an IMSI of 14 digits behind the prefix
  [`600101012345678@${EPC}`, '00101012345678'],
  // the home realm in front, the visited one behind
  [`${EPC}!0001010123456789@nai.epc.mnc002.mcc001.3gppnetwork.org`, '001010123456789'],
  ['001010123456789@private.example', '001010123456789'],
  ['447700900123@private.example', null],
  ['alice@ims.example', null],
  // blanks and zero octets around it
  [' 001010123456789\0', '001010123456789'],
  [' \0', null],
  ['', null],
  ['@', null],
] as const

test('finds the IMSI of a User-Name', () => {
  for (const [name, imsi] of USER_NAMES) assert.equal(parseUserName(name, false), imsi, name)
})

test('fewer digits are an IMSI only where nothing else may stand', () => {
  assert.equal(parseUserName('447700900123', false), null)
  assert.equal(parseUserName('00101012345', true), '00101012345')
  assert.equal(parseUserName('00101', true), null)
})

/** Public identity, IMSI, MSISDN. Source: TS 23.003 §13.4, §13.4B. */
const PUBLIC_IDENTITIES = [
  ['sip:+447700900123@ims.mnc001.mcc001.3gppnetwork.org;user=phone', null, '447700900123'],
  ['sip:+447700900123;npdi@ims.example', null, '447700900123'],
  ['tel:+44-7700-900123', null, '447700900123'],
  ['TEL:+447700900123;ext=1', null, '447700900123'],
  ['tel:07700900123;phone-context=+44', null, null],
  ['sip:001010123456789@ims.mnc001.mcc001.3gppnetwork.org', '001010123456789', null],
  ['sip:001010123456789@private.example', null, null],
  ['sip:alice@ims.example', null, null],
  ['mailto:+447700900123@example', null, null],
  ['sip:', null, null],
] as const

test('finds the subscriber of a public identity', () => {
  for (const [uri, imsi, msisdn] of PUBLIC_IDENTITIES) assert.deepEqual(parsePublicIdentity(uri), { imsi, msisdn }, uri)
})

test('numbers and equipment', () => {
  assert.equal(parseMsisdn('+44 7700 900123'), '447700900123')
  assert.equal(parseMsisdn('1234567890123456'), null)
  assert.equal(parseMsisdn('44a'), null)
  assert.equal(parseImei('35693803564380'), '35693803564380')
  assert.equal(parseImei('3569380356438'), null)
})

test('whatever is found is digits', () => {
  const digits = fc.stringMatching(/^[0-9]{0,18}$/)
  const name = fc.tuple(
    fc.constantFrom('', 'sip:', 'tel:+', 'sip:+'),
    digits,
    fc.constantFrom('', '@', `@${EPC}`, '!1@x'),
    fc.string(),
  )
  fc.assert(
    fc.property(name, (parts) => {
      const text = parts.join('')
      const { imsi, msisdn } = parsePublicIdentity(text)
      for (const found of [parseUserName(text, true), imsi, msisdn]) assert.match(found ?? '0', /^[0-9]{1,15}$/)
    }),
    { numRuns: 1000, seed: 7 },
  )
})
