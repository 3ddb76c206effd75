import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { foreignProfileRemoval } from './dos-03.ts'

const { detect } = foreignProfileRemoval

const REMOVALS: readonly Partial<SignallingEvent>[] = [
  { operation: 'deleteSubscriberData' },
  { operation: 'insertSubscriberData', barred: true },
]

function fromStranger({ stranger, home }: Cast, given: Partial<SignallingEvent>) {
  return signallingEvent({ callingGt: stranger.hlr, calledGt: home.vlr, subjectImsi: home.imsi, ...given })
}

test('fires when another network deletes or bars', () => {
  for (const cast of CASTS) {
    for (const given of REMOVALS) {
      const request = fromStranger(cast, given)
      assertFires(detect(request, cast.network), /takes services from another operator’s subscriber/, cast)
      assertJudgesRequestsOnly(foreignProfileRemoval, request, cast.network)
    }
  }
})

test('near misses: the home of the subscriber does it; a profile that bars nothing', () => {
  for (const cast of CASTS) {
    for (const given of REMOVALS) {
      const request = { ...fromStranger(cast, given), callingGt: cast.partner.hlr, subjectImsi: cast.partner.imsi }
      assert.equal(outcomeOf(detect(request, cast.network)), 'pass')
    }
    const plain = fromStranger(cast, { operation: 'insertSubscriberData' })
    assert.equal(outcomeOf(detect(plain, cast.network)), 'none')
  }
})

test('fires on a reset in the name of a register of another network', () => {
  for (const cast of CASTS) {
    for (const owner of [cast.home, cast.partner]) {
      const reset = fromStranger(cast, { operation: 'reset', subjectImsi: null, nodeAddress: owner.hlr })
      assertFires(
        detect(reset, cast.network),
        new RegExp(`in the name of the register ${owner.hlr} of ${owner.name}`),
        cast,
      )
      assertJudgesRequestsOnly(foreignProfileRemoval, reset, cast.network)
    }
  }
})

test('look-alikes: a register that restarts says so in its own name, at home and abroad', () => {
  for (const cast of CASTS) {
    for (const owner of [cast.home, cast.partner]) {
      const reset = signallingEvent({ operation: 'reset', callingGt: owner.hlr, nodeAddress: owner.scf })
      assert.equal(outcomeOf(detect(reset, cast.network)), 'pass')
    }
  }
})

test('says what it could not check, and tells by countries without a network file', () => {
  for (const cast of CASTS) {
    for (const given of REMOVALS) {
      assert.equal(outcomeOf(detect({ ...fromStranger(cast, given), subjectImsi: null }, cast.network)), 'unavailable')
      assert.equal(outcomeOf(detect({ ...fromStranger(cast, given), callingGt: null }, cast.network)), 'unavailable')
    }
  }
  const reset = signallingEvent({ operation: 'reset', callingGt: '33639980010', nodeAddress: '33639980011' })
  const cases: readonly [Partial<SignallingEvent>, string][] = [
    [{}, 'unavailable'],
    [{ nodeAddress: '353209100010' }, 'fail'],
    [{ nodeAddress: null }, 'unavailable'],
    [{ callingGt: null }, 'unavailable'],
  ]
  for (const [given, outcome] of cases) {
    assert.equal(outcomeOf(detect({ ...reset, ...given }, EMPTY_NETWORK)), outcome, JSON.stringify(given))
  }
})
