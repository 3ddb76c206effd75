import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, outcomeOf } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { judgeRequest as detect, unreadableSubscriber } from './eva-08.ts'

test('fires on a request whose subscriber or operation cannot be read, with and without a network file', () => {
  for (const cast of CASTS) {
    const hidden = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.stranger.hlr,
      calledGt: cast.home.vlr,
      identityMissing: true,
      anomalies: ['indefiniteLength', 'missingParameter'],
    })
    for (const network of [cast.network, EMPTY_NETWORK]) {
      assertFires(detect(hidden, network), /sent provideSubscriberInfo whose subscriber .* \(indefiniteLength\)$/, cast)
      const coded = { ...hidden, operation: null, code: null, identityMissing: false }
      assertFires(detect(coded, network), /an operation whose code could not be read/, cast)
      for (const kind of ['result', 'error', 'reject', 'abort'] as const)
        assert.equal(outcomeOf(detect({ ...hidden, kind }, network)), 'none')
    }
  }
})

test('fires on a request that names two subscribers, whoever of them may be asked about', () => {
  for (const cast of CASTS) {
    const { stranger, home, network } = cast
    const twice = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: stranger.hlr,
      calledGt: home.vlr,
      subjectImsi: '001010000000021',
      anomalies: ['duplicateParameter', 'severalSubscribers'],
    })
    assertFires(detect(twice, network), /sent provideSubscriberInfo with two subscribers where it names one/, cast)
    assert.equal(outcomeOf(detect({ ...twice, anomalies: ['duplicateParameter'] }, network)), 'pass', 'the same twice')
    assert.equal(outcomeOf(detect({ ...twice, callingGt: home.hlr }, network)), 'pass', 'among our own nodes')
  }
})

test('near miss: an odd encoding that can be read', () => {
  const odd = signallingEvent({
    operation: 'provideSubscriberInfo',
    subjectImsi: '001010000000021',
    anomalies: ['nonMinimalTag', 'constructedString'],
  })
  assert.equal(outcomeOf(detect(odd, EMPTY_NETWORK)), 'pass')
})

test('look-alikes: operations that name nobody, and other users of TCAP', () => {
  const notNaming = signallingEvent({ operation: 'insertSubscriberData', tcap: 'continue', subjectImsi: null })
  assert.equal(outcomeOf(detect(notNaming, EMPTY_NETWORK)), 'pass')
  assert.equal(outcomeOf(detect(signallingEvent({ protocol: 'cap', code: null }), EMPTY_NETWORK)), 'none')
})

test('a message that the capture cut short cannot be judged', () => {
  const cut = signallingEvent({ operation: 'sendIMSI', identityMissing: true, anomalies: ['cutByCapture'] })
  assert.deepEqual(detect(cut, EMPTY_NETWORK), {
    outcome: 'unavailable',
    reason: 'the capture holds only the start of the message',
  })
})

test('an odd encoding around it makes it surer', () => {
  const bare = signallingEvent({ operation: 'sendIMSI', identityMissing: true, anomalies: ['missingParameter'] })
  const broken = { ...bare, fault: { layer: 'map', reason: 'unreadable argument', offset: 90 } }
  const [less, more] = [detect(bare, EMPTY_NETWORK), detect(broken, EMPTY_NETWORK)]
  assert.ok(less !== null && typeof less !== 'string' && less.outcome === 'fail')
  assert.ok(more !== null && typeof more !== 'string' && more.outcome === 'fail')
  assert.ok(less.confidence.value < more.confidence.value)
})

test('Diameter: fires on a request without its User-Name, and not on pseudonyms or on requests named otherwise', () => {
  for (const cast of CASTS) {
    const hidden = signallingEvent({
      protocol: 'diameter',
      kind: 'request',
      operation: 'Insert-Subscriber-Data',
      code: 319,
      originHost: 'hss.example.net',
      originRealm: 'example.net',
      identityMissing: true,
    })
    assertFires(detect(hidden, cast.network), /^hss\.example\.net .* Insert-Subscriber-Data whose subscriber/, cast)
    assert.equal(outcomeOf(detect({ ...hidden, identityMissing: false }, cast.network)), 'pass')
    assert.equal(outcomeOf(detect({ ...hidden, kind: 'answer' }, cast.network)), 'none')
    assert.equal(outcomeOf(detect({ ...hidden, userName: '9f2c41ab' }, cast.network)), 'unavailable')
    const byExternalName = { ...hidden, operation: 'Configuration-Information' }
    assert.equal(outcomeOf(detect(byExternalName, cast.network)), 'none')
  }
})

test('GTP: fires only where the message must hold an IMSI', () => {
  const request = signallingEvent({
    protocol: 'gtpv1',
    kind: 'request',
    operation: 'Send Routeing Information for GPRS Request',
    code: 32,
  })
  assert.equal(outcomeOf(detect(request, EMPTY_NETWORK)), 'none')
  assert.equal(outcomeOf(detect({ ...request, identityMissing: true }, EMPTY_NETWORK)), 'fail')
})

test('fires on filler and stumps in place of the IMSI that come from another network', () => {
  for (const cast of CASTS) {
    const { stranger, home, network } = cast
    const route = { operation: 'provideSubscriberInfo', callingGt: stranger.hlr, calledGt: home.vlr } as const
    for (const [subjectImsi, anomaly] of [
      ['****************', 'nonDecimalDigits'],
      ['00101ac000000021', 'nonDecimalDigits'],
      ['0010', 'identityLength'],
    ] as const) {
      const event = signallingEvent({ ...route, subjectImsi, anomalies: [anomaly] })
      assertFires(detect(event, network), new RegExp(`could not be read \\(${anomaly}\\)$`), cast)
      // made anonymous, rather
      assert.equal(outcomeOf(detect({ ...event, callingGt: home.hlr }, network)), 'unavailable')
    }
    const long = signallingEvent({ ...route, subjectImsi: '0010100000000210', anomalies: ['identityLength'] })
    assert.equal(outcomeOf(detect(long, network)), 'pass')
  }
})

test('where a network’s own requests name nobody either, the capture was made anonymous', () => {
  for (const { stranger, partner, home, network } of CASTS) {
    const hidden = { operation: 'provideSubscriberInfo', callingGt: stranger.hlr, calledGt: home.vlr }
    const filler = { subjectImsi: 'a#c*b0000000021', anomalies: ['nonDecimalDigits'] } as const
    const plain = {
      operation: 'sendAuthenticationInfo',
      callingGt: home.vlr,
      calledGt: partner.hlr,
      imsi: partner.imsi,
    }
    const own = { ...plain, imsi: filler.subjectImsi, ...filler }
    const told = (...events: readonly Partial<SignallingEvent>[]) => {
      const story = new Story()
      for (const [i, event] of events.entries()) story.add(i, event)
      return tell(unreadableSubscriber, story, network)
    }
    assert.equal(told({ ...hidden, ...filler }).whys.length, 1, 'alone')
    assert.equal(told({ ...hidden, ...filler }, plain, plain, plain).whys.length, 1, 'among plain requests of our own')
    const known = Array.from({ length: 20 }, () => plain)
    assert.equal(told(...known, { ...hidden, identityMissing: true }).whys.length, 1, 'after many')
    const anonymous = told({ ...hidden, ...filler }, { ...hidden, identityMissing: true }, own, own, own)
    assert.deepEqual(anonymous.whys, [])
    assert.deepEqual(anonymous.unavailable, { 'the digits in place of the IMSI are none': 5 })
  }
})
