import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from './event.vectors.ts'
import { calledTitle, callingTitle } from './title.ts'

test('national and subscriber numbers are not looked up as international ones', () => {
  const event = signallingEvent({ callingGt: '4045550123', calledGt: '447700900123' })
  for (const [nature, international] of [
    [null, true],
    [0, true],
    [1, false],
    [3, false],
    [4, true],
  ] as const) {
    const given = { ...event, callingNature: nature, calledNature: nature }
    assert.equal(callingTitle(given), international ? '4045550123' : null)
    assert.equal(calledTitle(given), international ? '447700900123' : null)
  }
})
