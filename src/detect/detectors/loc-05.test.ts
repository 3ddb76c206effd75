import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { NO_DETAIL, type SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast, outcomeOf, type Party } from '../cast.vectors.ts'
import { insertSubscriberDataLocation } from './loc-05.ts'

const { detect } = insertSubscriberDataLocation

const realmOf = ({ plmn }: Party) => `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`

function update(
  from: Party,
  to: Party,
  who: Party,
  flags: number,
  profileParts: readonly string[] = [],
): SignallingEvent {
  return signallingEvent({
    protocol: 'diameter',
    kind: 'request',
    operation: 'Insert-Subscriber-Data',
    originHost: `hss1.${realmOf(from)}`,
    originRealm: realmOf(from),
    destinationRealm: realmOf(to),
    subjectImsi: who.imsi,
    locationWanted: (flags & 0b11000) !== 0,
    detail: { ...NO_DETAIL, flags, profileParts },
  })
}

const isOneNetwork = ({ stranger, home }: Cast) => realmOf(stranger) === realmOf(home)

test('fires on location and state flags from a realm that is not the home of the subscriber', () => {
  for (const cast of CASTS) {
    if (isOneNetwork(cast)) continue
    const { home, partner, other, stranger, network } = cast
    for (const flags of [0b11000, 0b1000, 0b100]) {
      const request = update(stranger, home, home, flags)
      assertFires(detect(request, network), /hss1\.epc.* asks for the location or state of another/, cast)
      assertFires(detect(update(other, home, partner, flags), network), new RegExp(other.name), cast)
      assert.equal(outcomeOf(detect({ ...request, kind: 'answer' }, network)), 'none')
    }
  }
})

test('a profile beside the flags makes it less sure', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const sure = detect(update(cast.other, cast.home, cast.partner, 0b1000), cast.network)
  const less = detect(update(cast.other, cast.home, cast.partner, 0b1000, ['apnConfigurationProfile']), cast.network)
  assert.ok(sure !== null && typeof sure !== 'string' && sure.outcome === 'fail')
  assert.ok(less !== null && typeof less !== 'string' && less.outcome === 'fail')
  assert.ok(less.confidence.value < sure.confidence.value)
})

test('near misses: the home of a guest asks; our own register asks abroad', () => {
  for (const { home, partner, network } of CASTS) {
    assert.equal(outcomeOf(detect(update(partner, home, partner, 0b11000), network)), 'pass')
    assert.equal(outcomeOf(detect(update(home, partner, home, 0b11000), network)), 'pass')
  }
})

test('look-alikes: a profile without flags, and the flags of voice over LTE', () => {
  for (const { home, other, partner, network } of CASTS) {
    for (const flags of [0, 0b1, 0b10, 0b100000, 0b10000000]) {
      assert.equal(outcomeOf(detect(update(other, home, partner, flags, ['ambr']), network)), 'none')
    }
  }
})

test('without a profile, the flags that ask about presence fire as well, but for the home’s own', () => {
  for (const cast of CASTS) {
    const { home, other, partner, network } = cast
    for (const flags of [0b1, 0b10, 0b100000]) {
      assertFires(detect(update(other, home, partner, flags), network), /asks for the location or state/, cast)
      assert.equal(outcomeOf(detect(update(partner, home, partner, flags), network)), 'pass')
    }
    assert.equal(outcomeOf(detect(update(other, home, partner, 0), network)), 'none')
  }
})

test('says what it could not check', () => {
  for (const { home, other, partner, network } of CASTS) {
    const request = update(other, home, partner, 0b1000)
    assert.equal(outcomeOf(detect({ ...request, subjectImsi: null }, network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...request, originRealm: null, originHost: null }, network)), 'unavailable')
    const hub = { ...request, originHost: 'dea1.ipx.example', originRealm: 'ipx.example' }
    assert.equal(outcomeOf(detect(hub, network)), 'unavailable')
    assert.equal(outcomeOf(detect(hub, EMPTY_NETWORK)), 'unavailable')
  }
})

test('flags that cannot be read are told, where there is no profile', () => {
  for (const { home, stranger, network } of CASTS) {
    const request = update(stranger, home, home, 0)
    const unread = { ...request, anomalies: ['avpValueLength'] as const, detail: { ...NO_DETAIL, flags: null } }
    assert.equal(outcomeOf(detect(unread, network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...unread, anomalies: [] }, network)), 'none')
    const profile = { ...unread, detail: { ...NO_DETAIL, flags: null, profileParts: ['apnConfigurationProfile'] } }
    assert.equal(outcomeOf(detect(profile, network)), 'none')
  }
})
