import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { LIMITS } from '../limits.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import type { Finding } from './finding.ts'
import { Tally } from './tally.ts'

const BASE = { protocol: 'map', kind: 'invoke', operation: null, code: null, callingGt: null, opc: null }

/** An event of which only what is counted is filled in. */
const event = (values: Partial<SignallingEvent>): SignallingEvent => ({ ...BASE, ...values }) as SignallingEvent

test('operations are counted by what was said about them, those without a name by their code', () => {
  const tally = new Tally()
  for (const kind of ['invoke', 'invoke', 'result', 'error', 'reject'] as const)
    tally.take(event({ kind, operation: 'sendIMSI' }))
  tally.take(event({ code: 200 }))
  tally.take(event({ kind: 'abort' }))
  assert.deepEqual(tally.operationRows(), [
    { protocol: 'map', operation: 'sendIMSI', invokes: 2, results: 1, errors: 2 },
    { protocol: 'map', operation: 'operation 200', invokes: 1, results: 0, errors: 0 },
    { protocol: 'map', operation: '(abort)', invokes: 0, results: 0, errors: 0 },
  ])
})

test('invented operations do not grow the summary beyond its bound, and are counted', () => {
  const tally = new Tally()
  const total = 3 * LIMITS.countedOperations
  for (let code = 0; code < total; code++) tally.take(event({ code }))
  const rows = tally.operationRows()
  assert.equal(rows.length, LIMITS.countedOperations + 1)
  assert.equal(
    rows.reduce((sum, { invokes }) => sum + invokes, 0),
    total,
  )
})

test('sources are counted up to a bound, and the requests of the others told', () => {
  const tally = new Tally()
  for (let i = 0; i < LIMITS.countedSources + 5; i++) tally.take(event({ callingGt: `44770090${i}` }))
  assert.equal(tally.uncountedRequests, 5)
})

test('sources with findings come first, then the busiest; an answer is no request', () => {
  const tally = new Tally()
  const finding = (gt: string | null, opc: number | null): Finding => ({ source: { gt, opc } }) as Finding
  for (const callingGt of ['447700900001', '447700900001', '447700900002']) tally.take(event({ callingGt }))
  tally.take(event({ kind: 'result', callingGt: '447700900003' }))
  tally.take(event({ opc: 7 }))
  tally.addFinding(finding(null, 7))
  const rows = tally.sourceRows(EMPTY_NETWORK)
  assert.deepEqual(
    rows.map(({ address, events, findings }) => [address, events, findings]),
    [
      ['point code 7', 1, 1],
      ['447700900001', 2, 0],
      ['447700900002', 1, 0],
    ],
  )
})
