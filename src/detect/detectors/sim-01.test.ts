import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { delivery, overDiameter, packet, submission, TEXT } from '../short-message.vectors.ts'
import { foreignSimCommand } from './sim-01.ts'

const { detect } = foreignSimCommand
const SECURED = packet('b00010', '1621')

const toOurs = ({ home }: Cast) => ({ calledGt: home.vlr, calledSsn: 8, subjectImsi: home.imsi })

test('fires on a command packet from another network, by address or by service centre', () => {
  for (const cast of CASTS) {
    const { network, stranger, partner, home } = cast
    const attack = delivery(SECURED, { callingGt: stranger.scf, nodeAddress: stranger.scf, ...toOurs(cast) })
    assertFires(detect(attack, network), /sent a SIM command packet .*integrity/, cast)
    assertFires(detect({ ...attack, nodeAddress: home.scf }, network), new RegExp(stranger.scf), cast)
    assertFires(detect({ ...attack, callingGt: home.scf }, network), /SIM command packet/, cast)
    assertFires(detect({ ...attack, callingGt: partner.scf, subjectImsi: cast.other.imsi }, network), /packet/, cast)
    assertJudgesRequestsOnly(foreignSimCommand, attack, network)
  }
})

test('fires on a phone that submits one, and over Diameter', () => {
  for (const cast of CASTS) {
    const { network, partner, home } = cast
    const submitted = submission(SECURED, { callingGt: partner.vlr, subjectMsisdn: home.msisdn })
    assertFires(detect(submitted, network), /a phone served by .* submitted .* to another phone/, cast)
    const sent = delivery(SECURED, { nodeAddress: partner.scf, ...toOurs(cast) })
    const realm = 'epc.mnc410.mcc310.3gppnetwork.org'
    assertFires(detect(overDiameter(sent, realm), network), /smsc\.epc\.mnc410/, cast)
  }
})

test('near misses: the SIM’s own operator, ours and a guest’s', () => {
  for (const cast of CASTS) {
    const { network, home, partner } = cast
    const own = delivery(SECURED, { callingGt: home.scf, nodeAddress: home.scf, ...toOurs(cast) })
    assert.equal(outcomeOf(detect(own, network)), 'pass')
    assert.equal(outcomeOf(detect({ ...own, calledGt: partner.vlr }, network)), 'pass')
    const guests = { callingGt: partner.scf, nodeAddress: partner.scf, subjectImsi: partner.imsi }
    assert.equal(outcomeOf(detect({ ...own, ...guests }, network)), 'pass')
  }
})

test('look-alikes: a text from abroad, and what is no short message', () => {
  for (const cast of CASTS) {
    const text = delivery(TEXT, { callingGt: cast.stranger.scf, nodeAddress: cast.stranger.scf, ...toOurs(cast) })
    assert.equal(outcomeOf(detect(text, cast.network)), 'none')
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { stranger, home, network } = cast
    const sent = delivery(SECURED, { callingGt: stranger.scf, nodeAddress: null, ...toOurs(cast) })
    assert.equal(outcomeOf(detect({ ...sent, sms: null }, network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...sent, callingGt: null }, network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...sent, subjectImsi: null }, network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...sent, callingGt: home.scf, calledGt: null }, EMPTY_NETWORK)), 'unavailable')
  }
})

test('without a network file, countries tell', () => {
  const french = delivery(SECURED, {
    callingGt: '46701740605',
    nodeAddress: '46701740605',
    subjectImsi: '208010000000001',
  })
  assert.equal(outcomeOf(detect(french, EMPTY_NETWORK)), 'fail')
  const same = { ...french, callingGt: '33639980005', nodeAddress: '33639980005' }
  assert.equal(outcomeOf(detect(same, EMPTY_NETWORK)), 'unavailable')
})
