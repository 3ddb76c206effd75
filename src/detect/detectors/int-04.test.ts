import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { NO_DETAIL } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from '../cast.vectors.ts'
import { lteOrigin, realmOf } from '../registration-cases.vectors.ts'
import { foreignServiceControl } from './int-04.ts'

const { detect } = foreignServiceControl

/** A stranger writes a profile for our subscriber that names `scfs`. */
function profile({ stranger, home }: Cast, ...scfs: string[]) {
  const route = { callingGt: stranger.hlr, calledGt: home.vlr }
  return signallingEvent({
    operation: 'insertSubscriberData',
    ...route,
    subjectImsi: home.imsi,
    gsmScfAddresses: scfs,
  })
}

test('fires on a gsmSCF that is not of the subscriber’s home', () => {
  for (const cast of CASTS) {
    const { network, stranger, partner, home } = cast
    const request = profile(cast, stranger.scf)
    assertFires(detect(request, network), new RegExp(`under the control of ${stranger.scf}`), cast)
    assertFires(detect(profile(cast, partner.scf), network), new RegExp(partner.name), cast)
    assertFires(detect(profile(cast, home.scf, stranger.scf), network), new RegExp(stranger.scf), cast)
    assertJudgesRequestsOnly(foreignServiceControl, request, network)
  }
})

test('near miss: the home’s own gsmSCF, whoever sends it', () => {
  for (const cast of CASTS) {
    const { network, home, partner } = cast
    assert.equal(outcomeOf(detect(profile(cast, home.scf), network)), 'pass')
    const guest = { ...profile(cast, partner.scf), callingGt: partner.hlr, subjectImsi: partner.imsi }
    assert.equal(outcomeOf(detect(guest, network)), 'pass')
  }
})

test('look-alikes: a profile without CAMEL, and one of the home itself that may be arranged', () => {
  for (const cast of CASTS) {
    const { network, home, partner } = cast
    assert.equal(outcomeOf(detect(profile(cast), network)), 'none')
    const arranged = detect({ ...profile(cast, partner.scf), callingGt: home.hlr }, network)
    const forced = detect(profile(cast, partner.scf), network)
    assert.ok(arranged !== null && typeof arranged !== 'string' && arranged.outcome === 'fail')
    assert.ok(forced !== null && typeof forced !== 'string' && forced.outcome === 'fail')
    assert.ok(arranged.confidence.value < forced.confidence.value)
  }
})

test('says what it could not check; one foreign address is enough', () => {
  for (const cast of CASTS) {
    const { network, stranger } = cast
    assert.equal(outcomeOf(detect({ ...profile(cast, stranger.scf), subjectImsi: null }, network)), 'unavailable')
    const unknown = { ...profile(cast, '46701740616'), subjectImsi: '001770000000021' }
    assert.equal(outcomeOf(detect(unknown, EMPTY_NETWORK)), 'unavailable')
  }
  const french = signallingEvent({ operation: 'insertSubscriberData', subjectImsi: '208010000000001' })
  const cases = [
    { gsmScfAddresses: ['33639980016'], outcome: 'unavailable' },
    { gsmScfAddresses: ['33639980016', '46701740616'], outcome: 'fail' },
  ]
  for (const { gsmScfAddresses, outcome } of cases) {
    assert.equal(outcomeOf(detect({ ...french, gsmScfAddresses }, EMPTY_NETWORK)), outcome)
  }
})

test('fires on a profile that another network writes, whatever it names, in MAP and S6a', () => {
  for (const cast of CASTS) {
    const { home, partner, other, stranger, network } = cast
    const written = { ...NO_DETAIL, profileParts: ['provisionedSS'] }
    const forwarding = { ...profile(cast), detail: written, forwardedTo: stranger.msisdn }
    assertFires(detect(forwarding, network), /is not its home, wrote a profile .* with call forwarding/, cast)
    const led = { ...NO_DETAIL, profileParts: ['APN-Configuration-Profile'], redirects: ['pgw.example'] }
    const request = signallingEvent({
      protocol: 'diameter',
      kind: 'request',
      operation: 'Insert-Subscriber-Data',
      ...lteOrigin(other, 'hss1'),
      destinationRealm: realmOf(partner),
      subjectImsi: home.imsi,
      detail: led,
    })
    assertFires(detect(request, network), /that names pgw\.example/, cast)
    assert.equal(outcomeOf(detect({ ...request, ...lteOrigin(home, 'hss1') }, network)), 'pass')
    assert.equal(outcomeOf(detect({ ...request, originRealm: 'hub.ipx.example' }, network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...request, subjectImsi: null }, network)), 'unavailable')
    // what only asks for a location, or only bars, is another detector's
    assert.equal(outcomeOf(detect({ ...request, detail: NO_DETAIL }, network)), 'none')
    const barring = { ...NO_DETAIL, profileParts: ['odb-Data'] }
    assert.equal(outcomeOf(detect({ ...profile(cast), detail: barring, barred: true }, network)), 'none')
  }
})
