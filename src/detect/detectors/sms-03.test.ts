import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { type Body, delivery, overDiameter, submission, TEXT } from '../short-message.vectors.ts'
import { silentMessage } from './sms-03.ts'

const { detect } = silentMessage
const SILENT = { ...TEXT, pid: '40' }

const sent = (body: Body, { home }: Cast, callingGt: string) =>
  delivery(body, { callingGt, nodeAddress: callingGt, calledGt: home.vlr, subjectImsi: home.imsi })

test('fires on messages that the phone does not show', () => {
  for (const cast of CASTS) {
    const { stranger, network, partner } = cast
    const attack = sent(SILENT, cast, stranger.scf)
    assertFires(detect(attack, network), /sent a short message of type 0 to IMSI/, cast)
    assertFires(detect(sent(SILENT, cast, partner.scf), network), /type 0/, cast)
    const empty = { length: '00', data: '' }
    assertFires(detect(sent({ ...TEXT, ...empty, dcs: 'c0' }, cast, stranger.scf), network), /indication/, cast)
    assertFires(detect(sent({ ...TEXT, ...empty, dcs: '10' }, cast, stranger.scf), network), /class 0/, cast)
    assertFires(detect(overDiameter(attack, 'epc.mnc410.mcc310.3gppnetwork.org'), network), /type 0/, cast)
    assertJudgesRequestsOnly(silentMessage, attack, network)
  }
})

test('near misses: other protocol identifiers, a text of class 0, an indication that is on', () => {
  for (const cast of CASTS) {
    for (const change of [{ pid: '41' }, { pid: '00' }, { dcs: '10' }, { dcs: 'c8', length: '00', data: '' }]) {
      const event = sent({ ...TEXT, ...change }, cast, cast.stranger.scf)
      assert.equal(outcomeOf(detect(event, cast.network)), 'none', JSON.stringify(change))
    }
  }
})

test('look-alikes: the operator’s own probe, at home and abroad, and one that a phone submits', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const probe = sent(SILENT, cast, home.scf)
    assert.equal(outcomeOf(detect(probe, network)), 'pass')
    assert.equal(outcomeOf(detect({ ...probe, calledGt: partner.vlr }, network)), 'pass')
    const submitted = submission(SILENT, { callingGt: partner.vlr, subjectMsisdn: home.msisdn })
    assert.equal(outcomeOf(detect(submitted, network)), 'none')
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const attack = sent(SILENT, cast, cast.stranger.scf)
    assert.equal(outcomeOf(detect({ ...attack, sms: null }, cast.network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...attack, subjectImsi: null }, cast.network)), 'unavailable')
  }
})
