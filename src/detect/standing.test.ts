import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { EMPTY_NETWORK, type Network } from '../network/network.ts'
import { CASTS } from './cast.vectors.ts'
import { isBounded, standingOf } from './standing.ts'

test('the categories of the policy tell who is out of place', () => {
  for (const { home, partner, stranger, network } of CASTS) {
    const to = { calledGt: home.hlr, subjectImsi: home.imsi }
    const standing = (operation: string, callingGt: string, given: Partial<SignallingEvent> = {}) =>
      standingOf(signallingEvent({ operation, callingGt, ...to, ...given }), network)
    assert.equal(standing('anyTimeInterrogation', stranger.scf), 'out of place')
    assert.equal(standing('anyTimeInterrogation', home.scf), 'in place')
    assert.equal(standing('provideSubscriberInfo', stranger.hlr), 'out of place')
    assert.equal(standing('provideSubscriberInfo', partner.hlr, { subjectImsi: partner.imsi }), 'in place')
    assert.equal(standing('provideSubscriberInfo', stranger.hlr, { subjectImsi: null }), 'unknown')
    const hidden = { subjectImsi: null, identityMissing: true }
    assert.equal(standing('provideSubscriberInfo', stranger.hlr, hidden), 'out of place')
    assert.equal(standing('updateLocation', stranger.vlr), 'unknown')
    assert.equal(standing('sendRoutingInfoForSM', stranger.scf), 'unknown')
    // by subsystem: a visitor register has no roaming number to ask for
    assert.equal(standing('provideRoamingNumber', partner.vlr, { callingSsn: 7 }), 'out of place')
  }
})

test('the rows of the user decide first', () => {
  const [{ home, stranger, network } = assert.fail()] = CASTS
  const own = { ...network, policy: { anyTimeInterrogation: 'none' } } as Network
  const request = signallingEvent({
    operation: 'anyTimeInterrogation',
    callingGt: stranger.scf,
    calledGt: home.hlr,
    subjectImsi: home.imsi,
  })
  assert.deepEqual([standingOf(request, network), isBounded(request, network)], ['out of place', true])
  assert.deepEqual([standingOf(request, own), isBounded(request, own)], ['in place', false])
})

test('what the policy is silent on harms nobody', () => {
  assert.equal(isBounded(signallingEvent({ operation: 'callDeflection' }), EMPTY_NETWORK), false)
  assert.equal(isBounded(signallingEvent({ operation: null, code: 250 }), EMPTY_NETWORK), false)
  assert.equal(isBounded(signallingEvent({ operation: 'updateLocation' }), EMPTY_NETWORK), true)
})
