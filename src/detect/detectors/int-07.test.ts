import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { assertFires, CASTS, outcomeOf } from '../cast.vectors.ts'
import { testInternalOnly } from '../category-cases.vectors.ts'
import { lteOrigin, realmOf } from '../registration-cases.vectors.ts'
import { anyTimeModification } from './int-07.ts'

testInternalOnly(
  anyTimeModification,
  ['anyTimeModification', 'noteSubscriberDataModified', 'Profile-Update', 'Push-Profile'],
  /changes what only the subscriber’s own operator may change/,
)

test('Profile-Update over Sh: from another network it fires, from our own it passes', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const given = { protocol: 'diameter', kind: 'request', operation: 'Profile-Update' } as const
    const to = { destinationRealm: realmOf(home), subjectImsi: home.imsi }
    const request = signallingEvent({ ...given, ...lteOrigin(partner, 'as1'), ...to })
    assertFires(anyTimeModification.detect(request, network), /Profile-Update/, cast)
    assert.equal(outcomeOf(anyTimeModification.detect({ ...request, ...lteOrigin(home, 'as1') }, network)), 'pass')
    assert.equal(outcomeOf(anyTimeModification.detect({ ...request, kind: 'answer' }, network)), 'none')
  }
})

test('trace: from another network it fires, from the home of the guest it passes', () => {
  for (const cast of CASTS) {
    const { stranger, partner, home, network } = cast
    for (const operation of ['activateTraceMode', 'deactivateTraceMode']) {
      const to = { operation, calledGt: home.vlr, calledSsn: 7, subjectImsi: partner.imsi }
      const request = signallingEvent({ ...to, callingGt: stranger.hlr })
      assertFires(anyTimeModification.detect(request, network), /has a phone traced/, cast)
      assert.equal(outcomeOf(anyTimeModification.detect({ ...request, callingGt: partner.hlr }, network)), 'pass')
      assert.equal(outcomeOf(anyTimeModification.detect({ ...request, subjectImsi: null }, network)), 'unavailable')
    }
  }
})
