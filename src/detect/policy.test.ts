import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { EMPTY_NETWORK, type Network } from '../network/network.ts'
import { DIAMETER_COMMANDS } from '../signalling/diameter/dictionary/commands.ts'
import { MAP_OPERATIONS } from '../signalling/ss7/map/operations.ts'
import { CASTS, outcomeOf } from './cast.vectors.ts'
import { judgeInternalOnly } from './category.ts'
import { PolicyError, policyOf, readPolicy } from './policy.ts'
import { CATEGORY_MEANINGS, DEFAULT_POLICY } from './policy-table.ts'

const withPolicy = (network: Network, policy: unknown): Network => ({ ...network, policy }) as Network
const [cast] = CASTS
assert.ok(cast !== undefined)

test('each row names an operation that exists, once for its conditions, and says why', () => {
  const names = new Set<string>([
    ...MAP_OPERATIONS.map(({ name }) => name),
    ...DIAMETER_COMMANDS.map(({ name }) => name),
  ])
  const seen = new Set<string>()
  for (const row of DEFAULT_POLICY) {
    const { operation, contexts, calling, called, perimeter, reason } = row
    assert.ok(names.has(operation), operation)
    assert.ok(row.category in CATEGORY_MEANINGS && reason !== '')
    const key = JSON.stringify([operation, contexts, calling, called, perimeter])
    assert.ok(!seen.has(key), key)
    seen.add(key)
  }
})

test('subsystem, context and perimeter decide where sources disagree', () => {
  const cases = [
    ['sendParameters', { calledSsn: 6 }, '3'],
    ['sendParameters', { calledSsn: 7 }, '1'],
    ['sendParameters', { calledSsn: null }, '1'],
    ['provideRoamingNumber', { callingSsn: 6 }, '2'],
    ['provideRoamingNumber', { callingSsn: 7 }, '1'],
    ['registerSS', { callingSsn: 7, calledSsn: 6 }, '3'],
    ['registerSS', { callingSsn: 7, calledSsn: 7 }, '1'],
    ['sendRoutingInfo', { callingGt: '33639981007', calledGt: '33639980010' }, 'none'],
    ['sendRoutingInfo', { callingGt: '46701740607', calledGt: '33639980010' }, '1'],
    ['sendRoutingInfo', { callingGt: null, calledGt: '33639980010' }, '1'],
    ['Server-Assignment', { protocol: 'diameter', applicationId: 16777216 }, '1'],
    ['Server-Assignment', { protocol: 'diameter', applicationId: 6 }, null],
    ['sendRoutingInfoForSM', {}, 'sms'],
    ['callDeflection', {}, null],
    [null, {}, null],
  ] as const
  for (const [operation, given, category] of cases) {
    const event = signallingEvent({ operation, opc: null, dpc: null, ...given })
    assert.equal(policyOf(EMPTY_NETWORK).categoryOf(event), category, `${operation} ${JSON.stringify(given)}`)
  }
})

test('rows of the file stand in front of the table', () => {
  const policy = policyOf(
    withPolicy(cast.network, {
      provideSubscriberLocation: 2,
      sendRoutingInfo: [
        { category: 'none', calling: 'gmlc', contexts: [5], reason: 'agreed' },
        { category: 1, perimeter: 'national' },
      ],
      'User-Data': { category: 'none', contexts: 16777217 },
    }),
  )
  const context = '0.4.0.0.1.0.5.3'
  const cases = [
    [{ operation: 'provideSubscriberLocation' }, '2'],
    [{ operation: 'sendRoutingInfo', callingSsn: 145, applicationContext: context }, 'none'],
    [{ operation: 'sendRoutingInfo', callingSsn: 145 }, '1'],
    [{ operation: 'sendRoutingInfo', callingGt: '447700900999' }, '1'],
    [{ operation: 'User-Data', protocol: 'diameter', applicationId: 16777217 }, 'none'],
    [{ operation: 'User-Data', protocol: 'diameter', applicationId: 1 }, '1'],
  ] as const
  for (const [given, category] of cases) assert.equal(policy.categoryOf(signallingEvent(given)), category)
  assert.equal(policy.rowOf(signallingEvent(cases[1][0]))?.reason, 'agreed')
})

test('the policy decides what a detector holds a request against', () => {
  const { home, partner, stranger, network } = cast
  const request = signallingEvent({
    operation: 'provideSubscriberLocation',
    callingGt: partner.scf,
    calledGt: home.vlr,
    subjectImsi: partner.imsi,
  })
  const judge = (policy: unknown, callingGt: string): string =>
    outcomeOf(judgeInternalOnly({ ...request, callingGt }, withPolicy(network, policy), 'asks'))
  assert.equal(judge(undefined, partner.scf), 'fail')
  assert.equal(judge({ provideSubscriberLocation: 2 }, partner.scf), 'pass')
  assert.equal(judge({ provideSubscriberLocation: 2 }, stranger.scf), 'fail')
  assert.equal(judge({ provideSubscriberLocation: 'none' }, stranger.scf), 'pass')
  // what only others can judge stays with the detector that asks
  assert.equal(judge({ provideSubscriberLocation: 3 }, partner.scf), 'fail')
})

test('what is wrong is told in full, a line each', () => {
  const cases: readonly (readonly [unknown, readonly RegExp[]])[] = [
    [[1], [/^policy: is not a mapping; write operations with their category/]],
    ['1', [/^policy: is not a mapping/]],
    [{ provideSubscriberInformation: 2 }, [/"provideSubscriberInformation" is no operation of MAP/]],
    [{ sendIMSI: 4 }, [/^policy\.sendIMSI: the category is missing or unknown; write one of 1, 2, 3, sms, none\.$/]],
    [{ sendIMSI: {} }, [/category is missing/]],
    [
      { sendIMSI: [1, { category: 1, where: 'x' }] },
      [/^policy\.sendIMSI\[1\]: "where" is not known here; use category/],
    ],
    [
      {
        sendIMSI: { category: true, perimeter: 'abroad', calling: ['hlr', 'xyz'], called: [], contexts: -1, reason: 7 },
      },
      [
        /category/,
        /perimeter: write international or national/,
        /contexts: is not a number/,
        /calling: write numbers, or of map, hlr/,
        /called/,
        /reason: is not a text/,
      ],
    ],
  ]
  for (const [value, expected] of cases) {
    assert.throws(
      () => readPolicy(value),
      (error) => {
        assert.ok(error instanceof PolicyError)
        assert.equal(error.problems.length, expected.length, error.message)
        expected.forEach((pattern, i) => {
          assert.match(error.problems[i] ?? '', pattern)
        })
        return true
      },
    )
  }
  assert.throws(() => policyOf(withPolicy(cast.network, 'x')), PolicyError)
  assert.deepEqual(readPolicy(null), [])
})

test('a file full of mistakes is told shortly', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`operation${i}${'x'.repeat(500)}`, 1]))
  assert.throws(
    () => readPolicy(many),
    (error) => error instanceof PolicyError && error.problems.length === 21 && error.message.length < 3_000,
  )
})

test('what leaves home is national where it stays in the country', () => {
  for (const { home, partner, network } of CASTS.slice(0, 2)) {
    const asked = { operation: 'sendRoutingInfo', callingGt: home.scf, opc: null, dpc: null }
    const category = (given: Partial<SignallingEvent>) =>
      policyOf(network).categoryOf(signallingEvent({ ...asked, ...given }))
    assert.equal(category({ calledGt: partner.hlr }), '1')
    assert.equal(category({ calledGt: home.hlr }), 'none')
  }
})
