import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MapFields } from '../signalling/ss7/map/walker.ts'
import { takeReference } from './ss7-fields.ts'

test('the subscriber of a dialogue’s opening stands beside what the argument names, and never replaces it', () => {
  const IMSI = '001010000000001'
  const NUMBER = '447700900123'
  for (const [imsi, msisdn, reference, isImsi, expected] of [
    [null, null, IMSI, true, [IMSI, null]],
    [null, NUMBER, IMSI, true, [IMSI, NUMBER]],
    ['001010000000002', null, IMSI, true, ['001010000000002', null]],
    [null, null, NUMBER, false, [null, NUMBER]],
    [IMSI, null, NUMBER, false, [IMSI, null]],
    [null, '447700900124', NUMBER, false, [null, '447700900124']],
    [null, null, null, false, [null, null]],
  ] as const) {
    const fields = new MapFields()
    fields.imsi = imsi
    fields.msisdn = msisdn
    takeReference({ destinationReference: reference, destinationIsImsi: isImsi, originationReference: null }, fields)
    assert.deepEqual([fields.imsi, fields.msisdn], expected)
  }
})
