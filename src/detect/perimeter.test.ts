import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import { UNRESOLVED } from '../network/resolution.ts'
import { countryCodeOfE164 } from '../numbering/e164.ts'
import { CASTS, networkOf } from './cast.vectors.ts'
import {
  areTitlesOfOneOperator,
  confidenceOf,
  crossingOf,
  isFromHome,
  isTitleOfHomeOperator,
  sourceOperator,
} from './perimeter.ts'

test('home tells where a request comes from', () => {
  for (const { home, partner, other, stranger, network } of CASTS) {
    const cases = [
      [{ callingGt: home.scf, calledGt: home.hlr }, 'inside', 'home'],
      [{ callingGt: home.scf, calledGt: partner.hlr }, 'outgoing', 'home'],
      [{ callingGt: partner.scf, calledGt: home.hlr }, 'outside', 'home'],
      [{ callingGt: stranger.scf, calledGt: home.hlr, subjectImsi: stranger.imsi }, 'outside', 'home'],
      // what passes by between others
      [{ callingGt: partner.scf, calledGt: partner.hlr, subjectImsi: partner.imsi }, 'inside', 'numbering'],
      [{ callingGt: partner.scf, calledGt: other.hlr }, 'outside', 'home'],
      [{ callingGt: partner.scf, calledGt: partner.hlr, subjectImsi: other.imsi }, 'outside', 'home'],
    ] as const
    for (const [given, where, by] of cases) {
      assert.deepEqual(crossingOf(signallingEvent(given), network), { where, by }, JSON.stringify(given))
    }
  }
})

test('point codes tell where there is no global title', () => {
  for (const cast of CASTS) {
    const { network, home } = cast
    const bare = signallingEvent({ calledGt: home.hlr, opc: 4120, dpc: 4114 })
    assert.equal(isFromHome(bare, network), true)
    assert.equal(crossingOf(bare, network).where, 'inside')
    assert.equal(crossingOf({ ...bare, opc: 2057 }, network).where, 'outside')
    assert.equal(crossingOf({ ...bare, calledGt: null, dpc: 2057 }, network).where, 'outgoing')
    assert.equal(isFromHome(bare, networkOf(cast, [], false)), null)
    assert.equal(crossingOf({ ...bare, opc: null }, network).where, 'unknown')
  }
})

test('a national number is ours where it continues our country code to one of our titles', () => {
  for (const { home, stranger, network } of CASTS) {
    const code = countryCodeOfE164(home.hlr) ?? ''
    const request = signallingEvent({ calledGt: home.hlr, callingNature: 3, opc: null, subjectImsi: home.imsi })
    const cases = [
      [home.scf.slice(code.length), true],
      [`0${home.scf.slice(code.length)}`, true],
      // the country code is there all the same
      [home.scf, null],
      [stranger.scf, false],
      ['4711', null],
    ] as const
    for (const [callingGt, isOurs] of cases) assert.equal(isFromHome({ ...request, callingGt }, network), isOurs)
    const strange = { ...request, callingGt: stranger.scf }
    assert.equal(isFromHome({ ...strange, calledGt: stranger.hlr }, network), null, 'nor of whose country')
    assert.equal(sourceOperator(strange, network).country, network.home?.country ?? null)
    const national = { ...strange, calledGt: home.hlr.slice(code.length), calledNature: 3 }
    assert.equal(sourceOperator(national, network).country, network.home?.country ?? null)
    assert.equal(isFromHome(strange, EMPTY_NETWORK), null)
  }
})

test('without a network file, public numbering tells, or nothing does', () => {
  const cases = [
    [{ callingGt: '46701740610', calledGt: '33639980010' }, 'outside'],
    [{ callingGt: '46701740610', subjectImsi: '208010000000001' }, 'outside'],
    [{ callingGt: '46701740610', subjectMsisdn: '33639980047' }, 'outside'],
    // the same country may hold several operators
    [{ callingGt: '33639980011', calledGt: '33639980010' }, 'unknown'],
    [{ callingGt: null, calledGt: '33639980010' }, 'unknown'],
    // or the switch and the location centre that a guest is with
    [{ callingGt: '33639980011', calledGt: '33639980010', subjectImsi: '262010000000001' }, 'unknown'],
    [{ callingGt: '33639980011', calledGt: '33639980010', subjectMsisdn: '491760000047' }, 'unknown'],
    [
      {
        protocol: 'diameter',
        originRealm: 'epc.mnc001.mcc208.3gppnetwork.org',
        destinationRealm: 'epc.mnc001.mcc208.3gppnetwork.org',
        subjectImsi: '262010000000001',
      },
      'inside',
    ],
    // numbering tells the countries of one code apart
    [{ callingGt: '12125550110', calledGt: '12465550110' }, 'outside'],
  ] as const
  for (const [given, where] of cases) {
    assert.deepEqual(crossingOf(signallingEvent(given), EMPTY_NETWORK), { where, by: 'numbering' })
  }
})

test('whose an address is, against whose the subscriber or the other address is', () => {
  for (const { home, partner, other, stranger, network } of CASTS) {
    const cases = [
      [home, home, true],
      [partner, partner, true],
      [partner, other, false],
      [partner, home, false],
      [home, partner, false],
      [stranger, home, false],
      [stranger, partner, false],
    ] as const
    for (const [sender, owner, same] of cases) {
      assert.equal(isTitleOfHomeOperator(sender.hlr, owner.imsi, network), same, `${sender.name}, ${owner.name}`)
      assert.equal(areTitlesOfOneOperator(sender.hlr, owner.scf, network), same, `${sender.name}, ${owner.name}`)
    }
    assert.equal(isTitleOfHomeOperator(null, home.imsi, network), null)
    assert.equal(isTitleOfHomeOperator(home.hlr, null, network), null)
  }
})

test('the worst known resolution decides how sure one is', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const [ours, byNumber] = [cast.network.operatorOfGt(cast.home.hlr), cast.network.operatorOfGt(cast.stranger.hlr)]
  assert.equal(confidenceOf(ours), 0.95)
  assert.equal(confidenceOf(ours, byNumber), 0.75)
  assert.equal(confidenceOf(ours, byNumber, UNRESOLVED), 0.5)
})
