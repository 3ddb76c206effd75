import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { NO_DETAIL } from '../../event/signalling-event.ts'
import { LIMITS } from '../../limits.ts'
import { Awaiting, awaitingByNumber } from './awaiting.ts'
import { Calls } from './calls.ts'
import { FadingPairs, HourlyNormal } from './fading.ts'
import { JoinedKeys } from './joined-keys.ts'
import { Memory, Table } from './memory.ts'
import { Requests } from './requests.ts'
import { Slots } from './slots.ts'
import { Subjects, TextColumn } from './subjects.ts'
import { Timers } from './timers.ts'
import { Transactions } from './transactions.ts'

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

test('slots keep their keys while they grow, and the longest unused give way', () => {
  const cleared: number[] = []
  const slots = new Slots(8_192, (slot) => cleared.push(slot))
  const column = slots.column()
  const keyOf = (i: number): number => 1_001_010_000_000_000 + i * 7
  for (let i = 0; i < 8_192; i++) {
    assert.equal(slots.take(keyOf(i)), i)
    column.set(i, i + 1)
  }
  const later = slots.column()
  for (let i = 0; i < 8_192; i++) assert.deepEqual([slots.find(keyOf(i)), column.get(i), later.get(i)], [i, i + 1, 0])
  assert.equal(slots.find(keyOf(8_192)), -1)
  // one hand round clears the marks; what is used after that stays
  slots.take(keyOf(8_192))
  for (let i = 1; i < 8_192; i += 2) slots.find(keyOf(i))
  for (let i = 8_193; i < 12_000; i++) slots.take(keyOf(i))
  assert.equal(slots.evicted, 12_000 - 8_192)
  assert.equal(cleared.length, slots.evicted)
  for (let i = 1; i < 8_192; i += 2) assert.equal(slots.find(keyOf(i)), i)
  for (let i = 8_193; i < 12_000; i++) assert.ok(slots.find(keyOf(i)) >= 0)
  assert.equal(slots.find(keyOf(2)), -1)
  assert.equal(slots.size, 8_192)
})

test('a table keeps what is in use, and counts what gives way', () => {
  const table = new Table<number>(8)
  for (let i = 0; i < 100; i++) {
    table.set(`${i}`, i)
    assert.equal(table.get('0'), 0)
    assert.ok(table.size <= 8)
  }
  assert.equal(table.get('99'), 99)
  assert.equal(table.get('50'), undefined)
  assert.equal(table.evicted + table.size, 100)
  table.delete('99')
  assert.equal(table.get('99'), undefined)
})

test('subjects have a slot each, numbers and pseudonyms alike, and columns are saved by identity', () => {
  const memory = new Memory()
  const times = memory.bySubject('X-01 times', (subjects) => subjects.savedNumbers()).numbers
  const rows = memory.bySubject('X-01 rows', (subjects) => subjects.rows<readonly string[]>())
  const { subjects } = memory
  assert.equal(subjects.find('001010000000001'), -1)
  times.set(subjects.of('001010000000001'), 5)
  times.set(subjects.of('a1b2c3'), 6)
  rows.set(subjects.of('a1b2c3'), ['GB'])
  assert.equal(subjects.size, 2)
  assert.equal(times.get(subjects.find('001010000000001')), 5)

  const later = new Memory()
  for (const [name, table] of memory.all()) {
    for (const [key, value] of table.entries()) later.table(name).set(key, value)
  }
  const timesLater = later.bySubject('X-01 times', (all) => all.savedNumbers()).numbers
  const rowsLater = later.bySubject('X-01 rows', (all) => all.rows<readonly string[]>())
  assert.equal(timesLater.get(later.subjects.find('001010000000001')), 5)
  assert.equal(timesLater.get(later.subjects.find('a1b2c3')), 6)
  assert.deepEqual(rowsLater.get(later.subjects.find('a1b2c3')), ['GB'])
  assert.equal(later.bySubject('X-01 times', (all) => all.savedNumbers()).numbers, timesLater)
})

test('the longest unused subject gives way with its row', () => {
  const subjects = new Subjects(4_096)
  const times = subjects.numbers()
  const gone: number[] = []
  subjects.onGone((slot) => gone.push(slot))
  for (let i = 0; i < 4_097; i++) times.set(subjects.of(`00101${String(i).padStart(10, '0')}`), i + 1)
  assert.equal(subjects.evicted, 1)
  assert.deepEqual(gone, [0])
  assert.equal(subjects.find('001010000000000'), -1)
  assert.equal(times.get(subjects.find('001010000004096')), 4_097)
})

test('a transaction is known by its identifier and address until it is closed or too many follow', () => {
  const transactions = new Transactions(4)
  transactions.set('0a', '447700900010', 1)
  transactions.set('0a', 1001, 2)
  transactions.set('0a', '447700900010', 3)
  assert.equal(transactions.take('0b', 1001), 0)
  assert.equal(transactions.take('0a', '447700900010'), 3)
  assert.equal(transactions.take('0a', '447700900010'), 0)
  for (let i = 0; i < 4; i++) transactions.set('0c', i, 10 + i)
  assert.equal(transactions.take('0a', 1001), 0)
  assert.equal(transactions.take('0c', 0), 10)
  assert.equal(transactions.take('0c', 3), 13)
})

test('identifiers of transactions count with their zeros, and too long ones too', () => {
  const transactions = new Transactions(8)
  const ids = ['0a', '00a', 'a', '00000000', 'ffffffff', '0123456789abcdef', '0123456789abcde0', 'no digits']
  for (const [i, id] of ids.entries()) transactions.set(id, null, i + 1)
  for (const [i, id] of ids.entries()) assert.equal(transactions.take(id, null), i + 1)
})

test('a column of texts holds numbers and names, and gives them up with their subject', () => {
  const subjects = new Subjects(2)
  const texts = new TextColumn(subjects)
  const [a, b] = [subjects.of('001010000000001'), subjects.of('001010000000002')]
  assert.equal(texts.get(a), undefined)
  assert.equal(texts.get(-1), undefined)
  texts.set(a, '0447700900010')
  texts.set(b, 'p-7f3a')
  assert.deepEqual([texts.read(a), texts.read(b)], ['0447700900010', 'p-7f3a'])
  texts.set(b, '447700900011')
  assert.equal(texts.get(b), '447700900011')
  texts.set(a, 'p-1')
  assert.equal(texts.get(a), 'p-1')
  const c = subjects.of('001010000000003')
  assert.equal(texts.get(c), undefined)
})

test('the ring of what waits grows, closes its gaps, and gives up when told', () => {
  const time = clock()
  const overdue: number[] = []
  const givenUp: number[] = []
  const pass = (value: number): void => void overdue.push(value)
  const awaiting = new Awaiting<number>(time, 1_000_000, 1_000, pass, (value) => givenUp.push(value))
  for (let i = 0; i < 5_000; i++) {
    awaiting.add(i, i, i)
    if (i % 10 !== 0) assert.equal(awaiting.take(i), i)
  }
  assert.equal(awaiting.size, 500)
  assert.equal(awaiting.get(4_990), 4_990)
  awaiting.giveUp(4_980)
  awaiting.giveUp(4_980)
  assert.deepEqual(givenUp, [4_980])
  time.end()
  assert.equal(overdue.length, 499)
  assert.deepEqual(overdue.slice(0, 3), [0, 10, 20])
})

test('joined keys are the same text each time', () => {
  const keys = new JoinedKeys()
  assert.equal(keys.of('a', 'b'), 'a b')
  assert.equal(keys.of('a', 7), 'a 7')
  assert.equal(keys.of('a', null), 'a null')
  assert.equal(keys.of('a', 'b'), 'a b')
})

test('what waits by the number of an event is not mistaken for one whose number ends alike', () => {
  const time = clock()
  const overdue: number[] = []
  const awaiting = awaitingByNumber<number>(time, 1_000_000, 8, (value) => overdue.push(value))
  const far = 7 + (1 << 19)
  awaiting.add(7, 0, 7)
  awaiting.add(far, 1, far)
  assert.equal(awaiting.get(7), undefined)
  assert.equal(awaiting.take(far), far)
  assert.equal(awaiting.take(far), undefined)
  assert.equal(awaiting.size, 1)
  time.end()
  assert.deepEqual(overdue, [7])
  assert.equal(awaiting.size, 0)
})

test('requests are kept until they are answered, overdue or too many', () => {
  const requests = new Requests()
  const request = (seq: number, timeUs: number) => signallingEvent({ seq, timeUs })
  const answer = (answers: number) => signallingEvent({ kind: 'result', answers })
  const first = request(1, 0)
  requests.add(first)
  assert.equal(requests.of(answer(1)), first)
  assert.equal(requests.of(answer(0)), null)
  assert.equal(requests.of(answer(1 + (1 << 20))), null)
  requests.settle(answer(1))
  requests.settle(answer(1))
  assert.equal(requests.of(answer(1)), null)
  requests.add(request(2, 0))
  requests.add(request(3, LIMITS.transactionUs + 10_000_000))
  assert.equal(requests.of(answer(2)), null)
  const same = request(0, LIMITS.transactionUs + 10_000_000)
  for (let seq = 4; seq < LIMITS.requests + 4; seq++) requests.add({ ...same, seq })
  assert.equal(requests.evicted, 1)
  assert.equal(requests.of(answer(3)), null)
  assert.equal(requests.of(answer(4))?.seq, 4)
})
