import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprintOf } from '../campaign/fingerprint.ts'
import { confidence } from '../detect/confidence.ts'
import { DETECTORS } from '../detect/index.ts'
import { newState } from '../detect/runner.ts'
import { signallingEvent } from '../event/event.vectors.ts'
import { openFinding } from '../finding/open-finding.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import type { SourceFacts } from './source-facts.ts'
import { Suspects } from './suspects.ts'

const ASK = 'otid=3z0;invoke=other;argument=71:30(a0.a1.83)'
const ASK_ZERO = 'otid=3z0;invoke=0;argument=71:30(a0.a1.83)'
const ASK_LONG = 'otid=4z1;invoke=other;argument=71:30(a1.a0)'
const PSI = 'otid=3z0;invoke=other;argument=70:30(80.a2)'
const hash = (encoding: string): string => fingerprintOf('ss7', encoding).hash

/** What is known of one source that sent requests one second apart: operation and encoding of each. */
function sent(requests: readonly (readonly [operation: string, encoding: string])[]): SourceFacts {
  const suspects = new Suspects(EMPTY_NETWORK, newState().subscribers)
  const [detector] = DETECTORS
  assert.ok(detector !== undefined)
  for (const [i, [operation, encoding]] of requests.entries()) {
    const request = signallingEvent({
      seq: i + 1,
      timeUs: i * 1_000_000,
      operation,
      encoding,
      callingGt: '447700900001',
      subjectImsi: '001010000000001',
    })
    const suspicion = { outcome: 'fail', why: '', confidence: confidence({}) } as const
    const open = openFinding('', { detector, event: request, suspicion, expired: null }, 0)
    suspects.take({ open, request, answered: false })
  }
  const [facts] = suspects.facts(new Map())
  assert.ok(facts !== undefined)
  return facts
}

const times = <T>(count: number, ...values: readonly T[]): T[] => Array.from({ length: count }, () => values).flat()
const ati = (encoding: string): readonly [string, string] => ['anyTimeInterrogation', encoding]
const psi = (encoding: string): readonly [string, string] => ['provideSubscriberInfo', encoding]

test('operations that one tool writes in ways of their own are no change of tooling', () => {
  const facts = sent(times(20, ati(ASK), psi(PSI)))
  assert.equal(facts.fingerprints.length, 2)
  assert.deepEqual(facts.fingerprintChanges, [])
})

test('a change within one operation is told once, from its first request on', () => {
  const { fingerprintChanges } = sent([...times(5, ati(ASK), psi(PSI)), ...times(5, ati(ASK_LONG), psi(PSI))])
  assert.deepEqual(fingerprintChanges, [{ from: hash(ASK), to: hash(ASK_LONG), timeUs: 10_000_000 }])
  assert.notEqual(hash(ASK), hash(ASK_LONG))
})

test('a number that happens to be small is no change, wherever it stands', () => {
  const odd = [ati(ASK_ZERO), ...times(4, ati(ASK)), ati(ASK_ZERO), ati(ASK_ZERO), ...times(4, ati(ASK))]
  assert.deepEqual(sent(odd).fingerprintChanges, [])
  assert.deepEqual(sent(times(30, ati(ASK), ati(ASK_LONG))).fingerprintChanges, [])
})
