import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { delivery, packet } from '../short-message.vectors.ts'
import { tellTaleSimScript } from './sim-04.ts'

const { detect } = tellTaleSimScript
const PAIR = ['provideLocalInformation:locationInformation', 'sendShortMessage']

function script({ stranger, home }: Cast, commands: readonly string[], callingGt = stranger.scf): SignallingEvent {
  const given = { callingGt, nodeAddress: callingGt, calledGt: home.vlr, subjectImsi: home.imsi }
  const event = delivery(packet('505348', '0000'), given)
  const { sms } = event
  assert.ok(sms?.tpdu)
  return { ...event, sms: { ...sms, tpdu: { ...sms.tpdu, commands } } }
}

test('fires on what reads out the phone and reports it', () => {
  for (const cast of CASTS) {
    assertFires(detect(script(cast, PAIR), cast.network), /provideLocalInformation:locationInformation, send/, cast)
    assertFires(detect(script(cast, ['provideLocalInformation:imei', 'openChannel']), cast.network), /openCh/, cast)
    assertFires(detect(script(cast, PAIR, cast.home.scf), cast.network), /unsecured commands/, cast)
    assertFires(detect(script(cast, ['setUpCall']), cast.network), /setUpCall/, cast)
    assertJudgesRequestsOnly(tellTaleSimScript, script(cast, PAIR), cast.network)
  }
})

test('near miss: half of the pair', () => {
  for (const cast of CASTS) {
    assert.equal(outcomeOf(detect(script(cast, PAIR.slice(0, 1)), cast.network)), 'pass')
    assert.equal(outcomeOf(detect(script(cast, PAIR.slice(1), cast.home.scf), cast.network)), 'pass')
  }
})

test('look-alikes: an operator’s menu, and a packet without commands', () => {
  for (const cast of CASTS) {
    const menu = ['displayText', 'getInput', 'selectItem', 'launchBrowser']
    assert.equal(outcomeOf(detect(script(cast, menu, cast.home.scf), cast.network)), 'pass')
    assert.equal(outcomeOf(detect(script(cast, []), cast.network)), 'none')
  }
})

test('without the headers of the message, nothing can be told', () => {
  for (const cast of CASTS) {
    assert.equal(outcomeOf(detect({ ...script(cast, PAIR), sms: null }, cast.network)), 'unavailable')
  }
})
