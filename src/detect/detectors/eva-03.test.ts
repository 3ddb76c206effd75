import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { oddApplicationContext } from './eva-03.ts'

const { detect } = oddApplicationContext

function request({ stranger, home }: Cast, given: Partial<SignallingEvent>): SignallingEvent {
  return signallingEvent({
    operation: 'provideSubscriberInfo',
    callingGt: stranger.hlr,
    calledGt: home.vlr,
    subjectImsi: home.imsi,
    ...given,
  })
}

const EXTENDED = { applicationContext: '0.4.0.0.1.0.28.3.0', anomalies: ['unknownApplicationContext'] as const }
const PRIVATE = { applicationContext: '1.3.6.1.4.1.99999.7', anomalies: ['unknownApplicationContext'] as const }

test('fires on contexts that are undefined, of no version, or of another operation', () => {
  for (const cast of CASTS) {
    const cases = [
      [EXTENDED, /sent provideSubscriberInfo under the application context 0\.4\.0\.0\.1\.0\.28\.3\.0/],
      [{ applicationContext: '0.4.0.0.1.0.99.3', anomalies: ['unknownApplicationContext'] as const }, /not defined/],
      [{ applicationContext: '0.4.0.0.1.0.28.7', anomalies: ['applicationContextVersion'] as const }, /version/],
      [{ applicationContext: '0.4.0.0.1.0.20.3', anomalies: ['applicationContextMismatch'] as const }, /contain it/],
      [{ anomalies: ['applicationContextMismatch'] as const }, /the context of its dialogue/],
      [PRIVATE, /1\.3\.6\.1\.4\.1\.99999\.7/],
    ] as const
    for (const [given, words] of cases) {
      assertFires(detect(request(cast, given), cast.network), words, cast)
      assertJudgesRequestsOnly(oddApplicationContext, request(cast, given), cast.network)
    }
    assertFires(detect(request(cast, EXTENDED), EMPTY_NETWORK), /not defined/, cast)
  }
})

test('fires on an operation that never was without a context, sent without one where it is out of place', () => {
  for (const cast of CASTS) {
    const bare = request(cast, { applicationContext: null, tcap: 'begin' })
    assertFires(detect(bare, cast.network), /sent provideSubscriberInfo without an application context/, cast)
    const inPlace = { ...bare, callingGt: cast.partner.hlr, subjectImsi: cast.partner.imsi }
    assert.equal(outcomeOf(detect(inPlace, cast.network)), 'pass')
    const cut = { ...bare, anomalies: ['cutByCapture'] as const }
    assert.equal(outcomeOf(detect(cut, cast.network)), 'pass')
  }
})

test('near miss: the context of the operation, and older versions of it', () => {
  for (const cast of CASTS) {
    const plain = request(cast, { applicationContext: '0.4.0.0.1.0.28.3' })
    const phaseOne = request(cast, { applicationContext: null, operation: 'cancelLocation' })
    const goesOn = request(cast, { applicationContext: null, tcap: 'continue' })
    for (const event of [plain, phaseOne, goesOn]) assert.equal(outcomeOf(detect(event, cast.network)), 'pass')
    const padded = request(cast, { applicationContext: '0.4.0.0.1.0.28.3', anomalies: ['indefiniteLength'] })
    assert.equal(outcomeOf(detect(padded, cast.network)), 'pass')
  }
})

test('look-alikes: a vendor’s own operations, and its context within one network', () => {
  for (const cast of CASTS) {
    const vendors = request(cast, { ...PRIVATE, operation: null, code: 213 })
    assert.equal(outcomeOf(detect(vendors, cast.network)), 'pass')
    const inside = request(cast, { ...PRIVATE, callingGt: cast.home.hlr })
    assert.equal(outcomeOf(detect(inside, cast.network)), 'pass')
    assert.equal(outcomeOf(detect({ ...vendors, protocol: 'cap' }, cast.network)), 'none')
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const nameless = request(cast, { ...PRIVATE, subjectImsi: null })
    assert.equal(outcomeOf(detect(nameless, cast.network)), 'unavailable')
  }
})
