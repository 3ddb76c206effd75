import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blankEvent, type SignallingEvent } from '../../event/signalling-event.ts'
import { Subscribers } from './subscribers.ts'

const NUMBER = '447700900123'
const IMSI = '001010000000001'
const HOUR_US = 3_600_000_000

function asked(subscribers: Subscribers, operation: string, imsi: string, timeUs: number): void {
  const request: SignallingEvent = { ...blankEvent(), operation, msisdn: NUMBER, timeUs }
  subscribers.learn(request, { ...blankEvent(), operation, imsi, timeUs })
}

test('a number is known by the IMSI that an answer gave for it', () => {
  const subscribers = new Subscribers()
  asked(subscribers, 'sendRoutingInfo', IMSI, 1)
  assert.equal(subscribers.imsiOf(NUMBER), IMSI)
  assert.deepEqual([...subscribers.pairs()], [{ msisdn: NUMBER, imsi: IMSI }])
})

test('an identity made up for one message is not taken for the subscriber’s', () => {
  const subscribers = new Subscribers()
  asked(subscribers, 'sendRoutingInfoForSM', '001019999999991', 0)
  asked(subscribers, 'sendRoutingInfoForSM', '001019999999991', HOUR_US / 2)
  asked(subscribers, 'sendRoutingInfoForSM', '001019999999992', 2 * HOUR_US)
  asked(subscribers, 'sendRoutingInfoForSM', '001019999999993', 4 * HOUR_US)
  assert.equal(subscribers.imsiOf(NUMBER), null)
  assert.deepEqual([...subscribers.pairs()], [])
})

test('an identity that comes again after an hour, or that registered, is the subscriber’s', () => {
  const again = new Subscribers()
  asked(again, 'sendRoutingInfoForSM', IMSI, 0)
  asked(again, 'sendRoutingInfoForSM', IMSI, HOUR_US)
  assert.equal(again.imsiOf(NUMBER), IMSI)
  const registered = new Subscribers()
  registered.register(IMSI, 'cs', { protocol: 'map', address: '33639980010', via: null, plmn: null }, 1)
  asked(registered, 'Send-Routing-Info-for-SM', IMSI, 2)
  assert.equal(registered.imsiOf(NUMBER), IMSI)
})

test('a pseudonym in place of the IMSI is known where it registered, and not saved', () => {
  const subscribers = new Subscribers()
  const place = { protocol: 'map', address: '33639980010', via: null, plmn: null } as const
  subscribers.register('00101a#c*b00001', 'cs', place, 1)
  subscribers.register(IMSI, 'cs', place, 2)
  assert.deepEqual(subscribers.serving('00101a#c*b00001', 'cs'), { place, timeUs: 1 })
  assert.equal(subscribers.serving('00101a#c*b00002', 'cs'), null)
  assert.deepEqual(
    [...subscribers.registrations()].map(({ imsi }) => imsi),
    [IMSI],
  )
})
