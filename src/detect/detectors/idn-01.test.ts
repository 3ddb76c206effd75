import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertFires, CASTS, outcomeOf } from '../cast.vectors.ts'
import { requestFromStranger, testInternalOnly } from '../category-cases.vectors.ts'
import { identityRequest } from './idn-01.ts'

testInternalOnly(identityRequest, ['sendIMSI', 'sendIdentification', 'Multimedia-Auth'], /asks who a subscriber is/)

test('a temporary identity names nobody, and is asked about all the same', () => {
  for (const cast of CASTS) {
    const request = { ...requestFromStranger(cast, 'sendIdentification'), subjectImsi: null, subjectMsisdn: null }
    assertFires(identityRequest.detect(request, cast.network), /a subscriber who is not named/, cast)
  }
})

test('sendParameters between visitor registers fires; to the home register it is what a serving network asks', () => {
  for (const cast of CASTS) {
    const request = { ...requestFromStranger(cast, 'sendParameters'), calledGt: cast.home.vlr, calledSsn: 7 }
    assertFires(identityRequest.detect(request, cast.network), /sent sendParameters/, cast)
    const asked = { ...request, calledGt: cast.home.hlr, calledSsn: 6 }
    assert.equal(outcomeOf(identityRequest.detect(asked, cast.network)), 'none')
  }
})
