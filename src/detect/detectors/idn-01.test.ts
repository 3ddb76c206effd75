import { test } from 'node:test'
import { assertFires, CASTS } from '../cast.vectors.ts'
import { requestFromStranger, testInternalOnly } from '../category-cases.vectors.ts'
import { identityRequest } from './idn-01.ts'

testInternalOnly(identityRequest, ['sendIMSI', 'sendIdentification'], /asks who a subscriber is/)

test('a temporary identity names nobody, and is asked about all the same', () => {
  for (const cast of CASTS) {
    const request = { ...requestFromStranger(cast, 'sendIdentification'), subjectImsi: null, subjectMsisdn: null }
    assertFires(identityRequest.detect(request, cast.network), /a subscriber who is not named/, cast)
  }
})
