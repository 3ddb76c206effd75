import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import { CASTS, outcomeOf } from './cast.vectors.ts'
import { judgeHomeOnly, judgeInternalOnly } from './category.ts'
import { confidence } from './confidence.ts'
import type { Suspicion } from './detector.ts'

test('category 1: fails from outside, passes inside, does not judge what goes out', () => {
  for (const { home, partner, stranger, network } of CASTS) {
    const request = signallingEvent({ operation: 'anyTimeInterrogation', calledGt: home.hlr, subjectImsi: home.imsi })
    const cases = [
      [{ callingGt: stranger.scf }, 'fail'],
      [{ callingGt: home.scf }, 'pass'],
      [{ callingGt: home.scf, calledGt: partner.hlr }, 'none'],
      [{ callingGt: null, opc: null }, 'unavailable'],
      // the digits of a national number are of no country; as such a number it is not ours either
      [{ callingGt: stranger.scf, callingNature: 3, opc: null }, 'fail'],
      [{ callingGt: stranger.scf, callingNature: 1, opc: null }, 'unavailable'],
      [{ callingGt: '4711', callingNature: 3, opc: null }, 'unavailable'],
      [{ callingGt: home.scf, callingNature: 3, opc: null }, 'unavailable'],
      [{ callingGt: stranger.scf, kind: 'result' }, 'none'],
    ] as const
    for (const [given, outcome] of cases) {
      assert.equal(outcomeOf(judgeInternalOnly({ ...request, ...given }, network, 'asks')), outcome)
    }
  }
})

test('category 1: home makes it surer than public numbering does', () => {
  const [{ home, stranger, network } = assert.fail()] = CASTS
  const request = signallingEvent({ operation: 'sendIMSI', callingGt: stranger.scf, calledGt: home.hlr })
  const [sure, less] = [network, EMPTY_NETWORK].map((known) => judgeInternalOnly(request, known, 'asks'))
  assert.deepEqual(
    [sure, less].map((verdict) => (verdict as Suspicion).confidence.value),
    [0.9, 0.75],
  )
})

test('category 2: the home of the subscriber passes, whoever it is; another fails', () => {
  for (const { home, partner, stranger, network } of CASTS) {
    const request = signallingEvent({ operation: 'cancelLocation', callingGt: partner.hlr, subjectImsi: partner.imsi })
    const cases = [
      [{}, 'pass'],
      [{ callingGt: home.hlr, subjectImsi: home.imsi }, 'pass'],
      [{ callingGt: home.hlr, calledGt: partner.hlr }, 'none'],
      [{ callingGt: home.scf, calledGt: home.hlr }, 'pass'],
      [{ callingGt: stranger.hlr }, 'fail'],
      [{ subjectImsi: home.imsi }, 'fail'],
      [{ subjectImsi: null }, 'unavailable'],
      [{ callingGt: null }, 'unavailable'],
      [{ kind: 'error' }, 'none'],
    ] as const
    for (const [given, outcome] of cases) {
      assert.equal(outcomeOf(judgeHomeOnly({ ...request, ...given }, network, 'does')), outcome, JSON.stringify(given))
    }
  }
})

test('the sentence names the addresses and operators, and masks the subscriber', () => {
  const [{ partner, other, network } = assert.fail()] = CASTS
  const request = signallingEvent({ operation: 'cancelLocation', callingGt: other.hlr, subjectImsi: partner.imsi })
  assert.deepEqual(judgeHomeOnly(request, network, 'takes it off'), {
    outcome: 'fail',
    why: `${other.hlr} of ${other.name} (IE) sent cancelLocation about IMSI 00102********21 of ${partner.name} (FR), which takes it off`,
    confidence: confidence({ operator: 0.95 }),
  })
})

test('category 2: a national number that is not ours may not ask about our own subscribers', () => {
  for (const { home, partner, stranger, network } of CASTS) {
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: stranger.hlr,
      callingNature: 3,
      calledGt: home.vlr,
      opc: null,
    })
    const outcome = (subjectImsi: string): string =>
      outcomeOf(judgeHomeOnly({ ...request, subjectImsi }, network, 'asks'))
    assert.equal(outcome(home.imsi), 'fail')
    // a register abroad whose title lost its nature on the way
    assert.notEqual(
      outcomeOf(judgeHomeOnly({ ...request, callingGt: partner.hlr, subjectImsi: partner.imsi }, network, 'asks')),
      'fail',
    )
  }
})
