import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from './cast.vectors.ts'
import type { MessageDetector } from './detector.ts'

/** The cases that every detector of a category must judge alike, whatever its operations. */

/** `operation` from a stranger's platform to our register about our subscriber. */
export function requestFromStranger({ stranger, home }: Cast, operation: string) {
  const subject = { subjectImsi: home.imsi, subjectMsisdn: home.msisdn }
  return signallingEvent({ operation, callingGt: stranger.scf, calledGt: home.hlr, ...subject })
}

/** Cases of category 1: `names` are the operations, or the first of them, `sentence` what a finding says of the request. */
export function testInternalOnly(detector: MessageDetector, names: readonly string[], sentence: RegExp): void {
  const { detect } = detector

  test('fires on a request from another network to ours', () => {
    assert.deepEqual(detector.operations.slice(0, names.length), names)
    for (const cast of CASTS) {
      for (const operation of names) {
        const request = requestFromStranger(cast, operation)
        assertFires(detect(request, cast.network), sentence, cast)
        assertFires(detect({ ...request, callingGt: cast.partner.scf }, cast.network), /\((FR|JM|CA)\)/, cast)
        assertJudgesRequestsOnly(detector, request, cast.network)
      }
    }
  })

  test('near miss: the same request from our own platform passes', () => {
    for (const cast of CASTS) {
      for (const operation of names) {
        const request = { ...requestFromStranger(cast, operation), callingGt: cast.home.scf }
        assert.equal(outcomeOf(detect(request, cast.network)), 'pass')
      }
    }
  })

  test('look-alikes: our own request to another network, and two nodes of one partner passing by us', () => {
    for (const { home, partner, network } of CASTS) {
      for (const operation of names) {
        const abroad = signallingEvent({
          operation,
          callingGt: home.scf,
          calledGt: partner.hlr,
          subjectImsi: partner.imsi,
        })
        assert.equal(outcomeOf(detect(abroad, network)), 'none')
        const within = { ...abroad, callingGt: partner.scf, opc: 9, dpc: 17 }
        assert.equal(outcomeOf(detect(within, network)), 'pass')
      }
    }
  })

  test('without a network file, public numbering tells countries apart, and nothing else', () => {
    for (const operation of names) {
      const request = signallingEvent({ operation, callingGt: '46701740612', calledGt: '3363998123' })
      const verdict = detect(request, EMPTY_NETWORK)
      assert.equal(outcomeOf(verdict), 'fail')
      assert.equal(outcomeOf(detect({ ...request, callingGt: '33639981007' }, EMPTY_NETWORK)), 'unavailable')
      assert.equal(outcomeOf(detect({ ...request, callingGt: null, opc: null }, EMPTY_NETWORK)), 'unavailable')
      const bySubject = { ...request, calledGt: null, subjectImsi: '310410000000001' }
      assert.equal(outcomeOf(detect(bySubject, EMPTY_NETWORK)), 'fail')
    }
  })

  test('without a calling global title, the point code tells', () => {
    for (const cast of CASTS) {
      for (const operation of names) {
        const request = { ...requestFromStranger(cast, operation), callingGt: null, opc: 2057 }
        assertFires(detect(request, cast.network), /point code 2057/, cast)
        assert.equal(outcomeOf(detect({ ...request, opc: 4120 }, cast.network)), 'pass')
      }
    }
  })
}

/** `operation` from a stranger's register to our switch about our subscriber. */
function registerRequest({ stranger, home }: Cast, operation: string) {
  const to = { calledGt: home.vlr, calledSsn: 7 }
  return signallingEvent({ operation, callingGt: stranger.hlr, ...to, subjectImsi: home.imsi })
}

/** Cases of category 2: `sentence` is what a finding says of the request. */
export function testHomeOnly(detector: MessageDetector, operation: string, sentence: RegExp): void {
  const { detect } = detector

  test('fires when the sender is not the home of the subscriber', () => {
    for (const cast of CASTS) {
      const request = registerRequest(cast, operation)
      assertFires(detect(request, cast.network), sentence, cast)
      assertFires(detect(request, cast.network), new RegExp(`${cast.stranger.hlr} of .*${cast.home.name}`), cast)
      assertJudgesRequestsOnly(detector, request, cast.network)
      const partnersGuest = { ...request, callingGt: cast.other.hlr, subjectImsi: cast.partner.imsi }
      assertFires(detect(partnersGuest, cast.network), new RegExp(cast.partner.name), cast)
      // a digit where the filler belongs hides nobody
      assertFires(detect({ ...request, subjectImsi: `${request.subjectImsi}0` }, cast.network), sentence, cast)
    }
  })

  test('near miss: the home of a guest asks', () => {
    for (const cast of CASTS) {
      const request = {
        ...registerRequest(cast, operation),
        callingGt: cast.partner.hlr,
        subjectImsi: cast.partner.imsi,
      }
      assert.equal(outcomeOf(detect(request, cast.network)), 'pass')
    }
  })

  test('look-alike: our own register sends it abroad about our own subscriber; about others it is EGR-01’s', () => {
    for (const cast of CASTS) {
      const request = { ...registerRequest(cast, operation), callingGt: cast.home.hlr, calledGt: cast.partner.vlr }
      assert.equal(outcomeOf(detect(request, cast.network)), 'pass')
      assert.equal(outcomeOf(detect({ ...request, subjectImsi: cast.partner.imsi }, cast.network)), 'none')
    }
  })

  test('says what it could not check', () => {
    for (const cast of CASTS) {
      const request = registerRequest(cast, operation)
      assert.deepEqual(detect({ ...request, subjectImsi: null, subjectMsisdn: cast.home.msisdn }, cast.network), {
        outcome: 'unavailable',
        reason: 'the IMSI of the subscriber is not known',
      })
      assert.equal(outcomeOf(detect({ ...request, callingGt: null }, cast.network)), 'unavailable')
      // neither file nor numbering knows the network of a test IMSI
      assert.equal(outcomeOf(detect({ ...request, subjectImsi: '001990000000007' }, EMPTY_NETWORK)), 'unavailable')
    }
  })

  test('without a network file, countries tell', () => {
    const request = signallingEvent({ operation, subjectImsi: '208010000000001' })
    const cases = [
      { callingGt: '33639980010', outcome: 'unavailable' },
      { callingGt: '46701740610', outcome: 'fail' },
      { callingGt: '12125550110', outcome: 'fail' },
    ]
    for (const { callingGt, outcome } of cases) {
      assert.equal(outcomeOf(detect({ ...request, callingGt }, EMPTY_NETWORK)), outcome, callingGt)
    }
  })
}
