import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { type Body, delivery, packet, TEXT } from '../short-message.vectors.ts'
import { disguisedSimCommand } from './sim-05.ts'

const { detect } = disguisedSimCommand

const sent = (body: Body, { home }: Cast, callingGt: string) =>
  delivery(body, { callingGt, nodeAddress: callingGt, calledGt: home.vlr, subjectImsi: home.imsi })

test('fires on a command packet under other headers', () => {
  for (const cast of CASTS) {
    const cases: readonly (readonly [Body, RegExp])[] = [
      [packet('505348', '0000', { pid: '00' }), /with protocol identifier 00 to/],
      [packet('505348', '0000', { dcs: '04' }), /with data coding 04 to/],
      [packet('b00010', '1621', { pid: '41', dcs: 'f5' }), /protocol identifier 41, data coding F5/],
      [packet('505348', '0000', { udh: null }), /no element that declares it/],
    ]
    for (const [body, words] of cases) {
      const attack = sent(body, cast, cast.stranger.scf)
      assertFires(detect(attack, cast.network), words, cast)
      assertJudgesRequestsOnly(disguisedSimCommand, attack, cast.network)
    }
  }
})

test('near miss: the headers that belong to it, in either data coding', () => {
  for (const cast of CASTS) {
    for (const dcs of ['f6', '16']) {
      const proper = sent(packet('505348', '0000', { dcs }), cast, cast.stranger.scf)
      assert.equal(outcomeOf(detect(proper, cast.network)), 'pass')
    }
  }
})

test('look-alikes: the operator’s own habit, and a text', () => {
  for (const cast of CASTS) {
    const own = sent(packet('b00010', '1621', { dcs: 'f5' }), cast, cast.home.scf)
    assert.equal(outcomeOf(detect(own, cast.network)), 'pass')
    assert.equal(outcomeOf(detect(sent(TEXT, cast, cast.stranger.scf), cast.network)), 'none')
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const bare = sent(packet('505348', '0000', { pid: '00', dcs: '04', udh: null }), cast, cast.stranger.scf)
    assert.equal(outcomeOf(detect({ ...bare, sms: null }, cast.network)), 'unavailable')
    assert.equal(outcomeOf(detect(bare, EMPTY_NETWORK)), 'unavailable')
  }
})
