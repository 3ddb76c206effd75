import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { NO_DETAIL } from '../../event/signalling-event.ts'
import { Awaiting } from './awaiting.ts'
import { Calls } from './calls.ts'
import { FadingPairs, HourlyNormal } from './fading.ts'
import { Table } from './memory.ts'
import { Timers } from './timers.ts'

const HOUR_US = 3_600_000_000

function clock() {
  const timers = new Timers()
  const state = { nowUs: 0, ended: false }
  return {
    get nowUs() {
      return state.nowUs
    },
    get ended() {
      return state.ended
    },
    later: (dueUs: number, call: () => void) => timers.set(dueUs, call),
    goTo(nowUs: number) {
      state.nowUs = nowUs
      timers.advance(nowUs)
    },
    end() {
      state.ended = true
      timers.flush()
    },
  }
}

test('what waits is handed over when it is due, in order, and at the end', () => {
  const time = clock()
  const overdue: [string, number][] = []
  const awaiting = new Awaiting<string>(time, 10_000_000, 100, (value, waitedUs) => overdue.push([value, waitedUs]))
  awaiting.add('a', 0, 'first')
  awaiting.add('b', 1_000_000, 'second')
  awaiting.add(3, 2_000_000, 'third')
  awaiting.add('d', 30_000_000, 'last')
  assert.equal(awaiting.take('b'), 'second')
  assert.equal(awaiting.take('b'), undefined)
  time.goTo(10_000_000)
  assert.deepEqual(overdue, [['first', 10_000_000]])
  time.goTo(20_000_000)
  assert.deepEqual(overdue.slice(1), [['third', 10_000_000]])
  time.goTo(33_000_000)
  time.end()
  assert.deepEqual(overdue.slice(2), [['last', 3_000_000]])
  assert.equal(awaiting.size, 0)
})

test('what does not fit is given up, the oldest first, and counted', () => {
  const time = clock()
  const overdue: number[] = []
  const awaiting = new Awaiting<number>(time, 10, 64, (value) => overdue.push(value))
  for (let i = 0; i < 80; i++) awaiting.add(i, i, i)
  assert.equal(awaiting.size, 64)
  assert.equal(awaiting.dropped, 16)
  assert.equal(awaiting.get(15), undefined)
  time.end()
  assert.deepEqual([overdue[0], overdue.at(-1)], [16, 79])
})

test('sums fade by half in a half-life', () => {
  const pairs = new FadingPairs(new Table(8), HOUR_US)
  assert.deepEqual(pairs.add('a', 0, 4, 2), { first: 4, second: 2 })
  assert.deepEqual(pairs.add('a', HOUR_US, 0, 1), { first: 2, second: 2 })
  assert.deepEqual(pairs.read('a', 3 * HOUR_US), { first: 0.5, second: 0.5 })
  assert.deepEqual(pairs.read('b', 0), { first: 0, second: 0 })
  // a capture may step back
  assert.deepEqual(pairs.read('a', 0), { first: 2, second: 2 })
})

test('what is normal differs by the hour of the day, and is forgotten slowly', () => {
  const normal = new HourlyNormal(new Table(8), 24 * HOUR_US)
  for (let i = 0; i < 10; i++) normal.add('a', 8 * HOUR_US + i, 6, 1)
  for (let i = 0; i < 10; i++) normal.add('a', 20 * HOUR_US + i, 1, 1)
  assert.equal(Math.round(normal.at('a', 9 * HOUR_US).mean), 6)
  assert.equal(Math.round(normal.at('a', 21 * HOUR_US).mean), 1)
  assert.deepEqual(normal.at('a', 2 * HOUR_US), { mean: 0, cases: 0 })
  assert.deepEqual(normal.at('b', 8 * HOUR_US), { mean: 0, cases: 0 })
  for (let i = 0; i < 10; i++) normal.add('a', (8 + 24 * 4) * HOUR_US + i, 2, 1)
  assert.ok(normal.at('a', 8 * HOUR_US).mean < 2.5)
})

test('calls are known by the end of the number', () => {
  const calls = new Calls(new Table(8))
  const call = (calledNumber: string | null, operation = 'Initial Address') =>
    signallingEvent({ protocol: 'isup', operation, timeUs: 50, detail: { ...NO_DETAIL, calledNumber } })
  for (const number of ['07700900123', '00447700900456f', '12345', null]) calls.note(call(number))
  calls.note(call('447700900789', 'Answer'))
  assert.equal(calls.seen, 4)
  assert.equal(calls.towards('447700900123', 50), true)
  assert.equal(calls.towards('447700900456', 0), true)
  assert.equal(calls.towards('447700900123', 51), false)
  assert.equal(calls.towards('447700900789', 0), false)
  assert.equal(calls.towards('12345', 0), false)
  assert.equal(calls.towards(null, 0), false)
})
