import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, outcomeOf } from '../cast.vectors.ts'
import { globalOperationCode } from './eva-01.ts'

const { detect } = globalOperationCode

test('fires on a global operation code, with and without a network file', () => {
  for (const cast of CASTS) {
    const route = { callingGt: cast.stranger.scf, calledGt: cast.home.hlr, subjectImsi: cast.home.imsi }
    const hidden = signallingEvent({ operation: 'provideSubscriberInfo', code: 70, opcodeForm: 'global', ...route })
    for (const network of [cast.network, EMPTY_NETWORK]) {
      assertFires(detect(hidden, network), /sent provideSubscriberInfo under a global operation code/, cast)
      assertFires(detect({ ...hidden, operation: null, code: 250 }, network), /sent operation 250 /, cast)
      assertFires(detect({ ...hidden, operation: null, code: null }, network), /could not be read/, cast)
      assertJudgesRequestsOnly(globalOperationCode, hidden, network)
    }
  }
})

test('near miss: a local code, however it is written', () => {
  const padded = signallingEvent({ operation: 'updateLocation', code: 2, anomalies: ['paddedInteger'] })
  assert.equal(outcomeOf(detect(padded, EMPTY_NETWORK)), 'pass')
})

test('look-alike: other users of TCAP have global codes of their own', () => {
  for (const protocol of ['cap', 'inap'] as const) {
    assert.equal(outcomeOf(detect(signallingEvent({ protocol, opcodeForm: 'global' }), EMPTY_NETWORK)), 'none')
  }
})
