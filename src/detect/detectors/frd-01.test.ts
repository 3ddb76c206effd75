import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { lteOrigin, realmOf, register, registerLte } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { requestInSubscribersName } from './frd-01.ts'

const USSD = 'processUnstructuredSS-Request'

function ask(story: Story, operation: string, { home }: Cast, callingGt: string, given: Partial<SignallingEvent> = {}) {
  return story.invoke(60, operation, { callingGt, calledGt: home.hlr, subjectImsi: home.imsi, ...given })
}

test('fires on USSD and short messages from a network that does not serve the phone', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    for (const first of [register, registerLte]) {
      const story = new Story()
      first(story, 0, partner, home)
      const ussd = ask(story, USSD, cast, other.vlr)
      const data = ask(story, 'processUnstructuredSS-Data', cast, other.vlr)
      const message = ask(story, 'mo-ForwardSM', cast, other.vlr, { msisdn: home.msisdn })
      const { detections, account } = tell(requestInSubscribersName, story, network)
      assert.deepEqual(
        detections.map(({ event }) => event),
        [ussd, data, message],
      )
      assertFires(detections[0]?.suspicion ?? null, /in the name of .* serves/, cast)
      assert.equal(account.checked, 3)
    }
  }
})

test('a number is as good as an IMSI once an answer told the two together', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    register(story, 0, partner, home, { msisdn: home.msisdn })
    const about = { subjectImsi: null, msisdn: home.msisdn }
    ask(story, 'mo-ForwardSM', cast, other.vlr, about)
    ask(story, 'mo-ForwardSM', cast, partner.vlr, about)
    const { account } = tell(requestInSubscribersName, story, network)
    assert.deepEqual([account.failed, account.passed], [1, 1])
  }
})

test('a profile from home tells the number as well, one from elsewhere does not', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    for (const writer of [home, other]) {
      const story = new Story()
      register(story, 0, partner, home)
      const profile = { subjectImsi: home.imsi, msisdn: home.msisdn, calledGt: partner.vlr }
      story.invoke(1, 'insertSubscriberData', { callingGt: writer.hlr, ...profile })
      ask(story, 'mo-ForwardSM', cast, other.vlr, { subjectImsi: null, msisdn: home.msisdn })
      const { account } = tell(requestInSubscribersName, story, network)
      assert.equal(account.failed, writer === home ? 1 : 0)
      assert.equal(account.checked, 1)
    }
  }
})

test('without a network file the profile within a registration tells the number, one on its own does not', () => {
  const [{ home, partner, other } = assert.fail()] = CASTS
  const guest = { ...home, imsi: '234509999900021' }
  for (const tcap of ['continue', 'begin'] as const) {
    const story = new Story()
    register(story, 0, partner, guest)
    const profile = { subjectImsi: guest.imsi, msisdn: home.msisdn, calledGt: partner.vlr }
    story.invoke(1, 'insertSubscriberData', { callingGt: home.hlr, tcap, ...profile })
    story.invoke(60, 'mo-ForwardSM', {
      callingGt: other.vlr,
      calledGt: home.hlr,
      subjectImsi: null,
      msisdn: home.msisdn,
    })
    const { account } = tell(requestInSubscribersName, story, EMPTY_NETWORK)
    assert.equal(account.failed, tcap === 'continue' ? 1 : 0)
  }
})

test('look-alikes: the serving network, home, a delivery under the old code, a hub', () => {
  for (const cast of CASTS) {
    const { home, partner, other, stranger, network } = cast
    const story = new Story()
    register(story, 0, partner, home)
    ask(story, USSD, cast, partner.vlr)
    ask(story, USSD, cast, partner.scf)
    ask(story, USSD, cast, home.hlr)
    ask(story, 'mo-ForwardSM', cast, other.scf, { imsi: home.imsi })
    assert.equal(tell(requestInSubscribersName, story, network).account.failed, 0)

    const sender = stranger.scf.slice(0, 4).padEnd(11, '7')
    const networks = [partner, other, { vlr: '5521955501234' }]
    for (const relayed of [2, 3]) {
      const hub = new Story()
      for (const [i, serving] of networks.slice(0, relayed).entries()) {
        const guest = { ...home, imsi: home.imsi.slice(0, -1) + String(5 + i) }
        register(hub, i, serving, guest)
        ask(hub, 'mo-ForwardSM', cast, sender, { subjectImsi: guest.imsi, msisdn: home.msisdn })
      }
      const { account } = tell(requestInSubscribersName, hub, network)
      assert.equal(account.failed, relayed === 3 ? 0 : 2)
    }
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    ask(story, USSD, cast, partner.vlr)
    ask(story, USSD, cast, partner.vlr, { subjectImsi: null, subjectMsisdn: home.msisdn })
    ask(story, USSD, cast, partner.vlr, { callingGt: null })
    assert.deepEqual(tell(requestInSubscribersName, story, network).unavailable, {
      'where the subscriber is served is not known': 1,
      'the IMSI of the subscriber is not known': 1,
      'the request has no international calling global title': 1,
    })
  }
})

test('USSD to a phone: from its home it passes, from another network it fires', () => {
  for (const cast of CASTS) {
    const { home, partner, stranger, network } = cast
    for (const operation of ['unstructuredSS-Request', 'unstructuredSS-Notify', 'getPassword']) {
      const story = new Story()
      const to = { calledGt: home.vlr, calledSsn: 7, imsi: partner.imsi }
      story.invoke(0, operation, { callingGt: stranger.hlr, ...to })
      story.invoke(1, operation, { callingGt: partner.hlr, ...to })
      story.invoke(2, operation, { callingGt: stranger.hlr, ...to, tcap: 'continue' })
      const { detections } = tell(requestInSubscribersName, story, network)
      assert.equal(detections.length, 1)
      assertFires(detections[0]?.suspicion ?? null, /speaks to a phone as its network/, cast)
    }
  }
})

test('a short message of LTE from a network that does not serve the phone, and from the one that does', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    registerLte(story, 0, partner, home)
    for (const from of [other, partner]) {
      story.request(60, 'MO-Forward-Short-Message', {
        ...lteOrigin(from),
        destinationRealm: realmOf(home),
        imsi: home.imsi,
      })
    }
    const { detections, account } = tell(requestInSubscribersName, story, network)
    assert.deepEqual([account.failed, account.passed], [1, 1])
    assertFires(detections[0]?.suspicion ?? null, /sent MO-Forward-Short-Message in the name of .* serves/, cast)
  }
})
