import assert from 'node:assert/strict'
import { test } from 'node:test'
import { element as e } from '../bytes/bytes.vectors.ts'
import { LIMITS } from '../limits.ts'
import {
  ALICE,
  ASK,
  abort,
  BOB,
  begin,
  end,
  goOn,
  IMSI,
  IMSI_OCTETS,
  invoke,
  reject,
  result,
  resultNotLast,
  returnError,
  Tap,
} from './messages.vectors.ts'
import type { SignallingEvent } from './signalling-event.ts'

function one(events: readonly SignallingEvent[]): SignallingEvent {
  assert.equal(events.length, 1)
  const [event] = events
  return event!
}

test('a result answers its invoke, and is about its subscriber', () => {
  const tap = new Tap()
  const request = one(tap.send(ALICE, BOB, begin('01', ASK)))
  assert.deepEqual([request.kind, request.answers, request.imsi, request.locationWanted], ['invoke', 0, IMSI, true])
  const answer = one(tap.send(BOB, ALICE, end('01', result(1))))
  assert.deepEqual(
    [answer.kind, answer.answers, answer.operation, answer.imsi, answer.subjectImsi],
    ['result', request.seq, 'provideSubscriberInfo', null, IMSI],
  )
})

test('errors and rejects answer too; a result that is not the last leaves the invoke open', () => {
  for (const [component, kind, errorCode] of [
    [returnError(1, 27), 'error', 27],
    [reject(1), 'reject', 0],
  ] as const) {
    const tap = new Tap()
    const request = one(tap.send(ALICE, BOB, begin('01', ASK)))
    const part = one(tap.send(BOB, ALICE, goOn('0a', '01', resultNotLast(1, 70))))
    assert.deepEqual([part.kind, part.answers], ['result', request.seq])
    const answer = one(tap.send(BOB, ALICE, end('01', component)))
    assert.deepEqual([answer.kind, answer.answers, answer.errorCode, answer.code], [kind, request.seq, errorCode, 70])
  }
})

test('an answer counts once', () => {
  const tap = new Tap()
  tap.send(ALICE, BOB, begin('01', ASK))
  assert.notEqual(one(tap.send(BOB, ALICE, goOn('0a', '01', result(1)))).answers, 0)
  assert.equal(one(tap.send(BOB, ALICE, end('01', result(1)))).answers, 0)
})

test('an abort and an empty end answer whatever was asked', () => {
  for (const [message, kind] of [
    [abort('01'), 'abort'],
    [end('01'), 'dialogue'],
  ] as const) {
    const tap = new Tap()
    const request = one(tap.send(ALICE, BOB, begin('01', ASK)))
    const last = one(tap.send(BOB, ALICE, message))
    assert.deepEqual([last.kind, last.answers, last.subjectImsi], [kind, request.seq, IMSI])
    assert.equal(one(tap.send(BOB, ALICE, end('01', result(1)))).answers, 0, 'the transaction is over')
  }
})

test('in a continued dialogue each side asks and answers', () => {
  const tap = new Tap()
  const first = one(tap.send(ALICE, BOB, begin('01', invoke(1, 2, e('30', e('04', '00010121436587f9'))))))
  const second = one(tap.send(BOB, ALICE, goOn('0a', '01', invoke(1, 7, e('30')))))
  assert.equal(second.subjectImsi, IMSI, 'the dialogue is about him')
  const secondAnswer = one(tap.send(ALICE, BOB, goOn('01', '0a', result(1))))
  assert.deepEqual([secondAnswer.answers, secondAnswer.operation], [second.seq, 'insertSubscriberData'])
  const firstAnswer = one(tap.send(BOB, ALICE, end('01', result(1))))
  assert.deepEqual([firstAnswer.answers, firstAnswer.operation], [first.seq, 'updateLocation'])
})

test('an identifier used again opens a transaction of its own', () => {
  const tap = new Tap()
  tap.send(ALICE, BOB, begin('01', ASK))
  const again = one(tap.send(ALICE, BOB, begin('01', invoke(1, 71, e('30')))))
  const answer = one(tap.send(BOB, ALICE, end('01', result(1))))
  assert.deepEqual([answer.answers, answer.operation], [again.seq, 'anyTimeInterrogation'])
})

test('the same identifier of another node is another transaction', () => {
  const tap = new Tap()
  const carol = { ...ALICE, gt: '447700900099', pointCode: 300 }
  const hers = one(tap.send(ALICE, BOB, begin('01', ASK)))
  const carols = one(tap.send(carol, BOB, begin('01', ASK)))
  assert.equal(one(tap.send(BOB, carol, end('01', result(1)))).answers, carols.seq)
  assert.equal(one(tap.send(BOB, ALICE, end('01', result(1)))).answers, hers.seq)
})

test('an answer addressed by another title is found by its route', () => {
  const tap = new Tap()
  const request = one(tap.send(ALICE, BOB, begin('01', ASK)))
  const alias = { ...ALICE, gt: '447700900111' }
  assert.equal(one(tap.send(BOB, alias, end('01', result(1)))).answers, request.seq)
})

test('a message that the network returns is a reject of what was asked: nobody answered', () => {
  const tap = new Tap()
  const request = one(tap.send(ALICE, BOB, begin('01', ASK)))
  const returned = one(tap.send(BOB, ALICE, begin('01', ASK), true))
  assert.deepEqual([returned.kind, returned.answers, returned.code], ['reject', request.seq, 70])
})

test('a continue of a dialogue whose opening was not seen disturbs no other', () => {
  const tap = new Tap()
  const request = one(tap.send(ALICE, BOB, begin('01', ASK)))
  // same sender and identifier as the begin, but an unknown dialogue
  tap.send(ALICE, { ...BOB, gt: '447700900222', pointCode: 999 }, goOn('01', 'ffffffff', result(9)))
  const alias = { ...BOB, pointCode: 777 }
  assert.equal(one(tap.send(alias, ALICE, end('01', result(1)))).answers, request.seq)
})

test('several invokes of one begin are answered each by its own', () => {
  const tap = new Tap()
  const [a, b] = tap.send(ALICE, BOB, begin('01', ASK, invoke(2, 71, e('30'))))
  assert.deepEqual([a?.invokesBefore, b?.invokesBefore], [0, 1])
  const [second, first] = tap.send(BOB, ALICE, end('01', result(2), result(1)))
  assert.deepEqual([second?.answers, first?.answers], [b?.seq, a?.seq])
})

test('a transaction is forgotten after its time', () => {
  const tap = new Tap()
  tap.send(ALICE, BOB, begin('01', ASK))
  tap.timeUs += LIMITS.transactionUs
  tap.send(ALICE, BOB, begin('02', ASK))
  assert.equal(one(tap.send(BOB, ALICE, end('01', result(1)))).answers, 0)
  assert.notEqual(one(tap.send(BOB, ALICE, end('02', result(1)))).answers, 0)
})

test('lengths padded or left open in the argument alone are told from those of a stack that pads all', () => {
  const padded = invoke(1, 70, e('30', `808108${IMSI_OCTETS}`, e('a2', e('80'))))
  const stack = padded.replace('020101', '02810101').replace(/^a1(..)/, (_, length: string) => {
    return `a1${(Number.parseInt(length, 16) + 1).toString(16).padStart(2, '0')}`
  })
  const open = e('a1', '020101', '020146', `3080${e('80', IMSI_OCTETS)}${e('a2', e('80'))}0000`)
  for (const [component, anomalies] of [
    [padded, ['nonMinimalLength', 'unevenLengths']],
    [open, ['indefiniteLength', 'unevenLengths']],
    [stack, ['nonMinimalLength']],
    [ASK, []],
  ] as const) {
    const event = one(new Tap().send(ALICE, BOB, begin('01', component)))
    assert.equal(event.imsi, IMSI)
    assert.deepEqual(event.anomalies, anomalies)
  }
})
