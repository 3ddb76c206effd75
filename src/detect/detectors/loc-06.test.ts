import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, outcomeOf } from '../cast.vectors.ts'
import { diameterLocationService } from './loc-06.ts'

const { detect, operations } = diameterLocationService
const REALMS = { french: 'epc.mnc001.mcc208.3gppnetwork.org', swedish: 'epc.mnc001.mcc240.3gppnetwork.org' }

const request = (operation: string, originRealm: string, destinationRealm: string) =>
  signallingEvent({
    protocol: 'diameter',
    kind: 'request',
    operation,
    originHost: `gmlc.${originRealm}`,
    originRealm,
    destinationRealm,
    callingGt: null,
    calledGt: null,
    opc: null,
    dpc: null,
  })

test('fires on each command from another network, with and without a network file', () => {
  for (const operation of operations) {
    const crossing = request(operation, REALMS.swedish, REALMS.french)
    for (const cast of CASTS) assertFires(detect(crossing, cast.network), /gmlc\.epc.* asks for a position/, cast)
    assert.equal(outcomeOf(detect(crossing, EMPTY_NETWORK)), 'fail')
    assert.equal(outcomeOf(detect({ ...crossing, kind: 'answer' }, EMPTY_NETWORK)), 'none')
  }
})

test('near misses: inside one network, and our own request abroad', () => {
  for (const operation of operations) {
    assert.equal(outcomeOf(detect(request(operation, REALMS.french, REALMS.french), EMPTY_NETWORK)), 'pass')
    for (const { home, network } of CASTS) {
      const own = `epc.mnc${home.plmn.slice(3).padStart(3, '0')}.mcc${home.plmn.slice(0, 3)}.3gppnetwork.org`
      assert.equal(outcomeOf(detect(request(operation, own, REALMS.french), network)), 'none')
      assert.equal(outcomeOf(detect(request(operation, own, own), network)), 'pass')
    }
  }
})

test('says what it could not check: a realm that tells no network', () => {
  const hidden = request('Provide-Location', 'ipx.example', REALMS.french)
  assert.equal(outcomeOf(detect(hidden, EMPTY_NETWORK)), 'unavailable')
})
