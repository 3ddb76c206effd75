import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { assertFires, CASTS, HOME_LINK } from '../cast.vectors.ts'
import { countsOf, play, testOddity } from '../oddity-cases.vectors.ts'
import { oddAddress } from './eva-05.ts'

testOddity(oddAddress, (request) => [{ ...request, calledSsn: null }], /to an address with no subsystem number/)

const encoding = (called: string): string => `m3ua=-;sccp=UDT0;hop=-;called=${called};calling=4.0.1.4.147;otid=4z0`

test('names what is odd about the address', () => {
  for (const cast of CASTS) {
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.stranger.hlr,
      calledGt: cast.home.vlr,
      calledSsn: 7,
      subjectImsi: cast.home.imsi,
    })
    const cases = [
      [{ calledSsn: 0 }, /subsystem number 0$/],
      [{ calledSsn: 222 }, /subsystem number 222, which MAP does not use/],
      [{ encoding: encoding('4.9.1.4.7') }, /translation type 9/],
      [{ encoding: encoding('4.0.14.4.7') }, /numbering plan 14/],
      [{ encoding: encoding('4.0.1.2.7') }, /nature of address 2/],
    ] as const
    for (const [given, words] of cases) {
      const { detections } = play(oddAddress, [{ ...request, ...given }], cast.network)
      assertFires(detections[0]?.suspicion ?? null, words, cast)
    }
  }
})

test('look-alikes: E.164, E.212 and E.214, national titles, titles without a plan', () => {
  for (const cast of CASTS) {
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.stranger.hlr,
      calledGt: cast.home.vlr,
      calledSsn: 7,
      subjectImsi: cast.home.imsi,
    })
    const forms = ['4.0.1.4.7', '4.0.7.4.6', '4.0.6.4.6', '4.0.1.3.8', '2.0.-.-.7', '1.-.-.4.7']
    const events = [...forms.map((form) => ({ ...request, encoding: encoding(form) })), { ...request, encoding: null }]
    assert.deepEqual(countsOf(play(oddAddress, events, cast.network)), { passed: 7, failed: 0, unavailable: [] })
  }
})

test('fires on a form of either address that hides whose it is', () => {
  for (const cast of CASTS) {
    const { home, stranger } = cast
    const plain = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: stranger.scf,
      calledGt: home.vlr,
      calledSsn: 7,
      subjectImsi: home.imsi,
    })
    const ways = [
      [{ encoding: 'called=4.0.7.4.7;calling=4.0.1.4.6' }, /to an address with numbering plan 7, that of a subscriber/],
      [{ encoding: 'called=4.0.1.4.7;calling=4.0.6.4.6' }, /from an address with numbering plan 6/],
      [{ encoding: 'called=4.0.1.4.7;calling=4.9.1.4.6' }, /from an address with translation type 9/],
      [
        { encoding: 'called=4.0.1.4.7;calling=4.0.1.3.6', callingNature: 3 },
        /from an address with nature of address 3/,
      ],
      [
        { encoding: 'called=4.0.1.3.7;calling=4.0.1.4.6', calledNature: 3 },
        /said to be national and has a country code/,
      ],
    ] as const
    for (const [given, words] of ways) {
      const { detections } = play(oddAddress, [{ ...plain, opc: null, ...given }], cast.network)
      assert.equal(detections.length, 1, words.source)
      assertFires(detections[0]?.suspicion ?? null, words, cast)
    }
    const usual = { ...plain, encoding: 'called=4.0.1.4.7;calling=4.0.1.4.6' }
    assert.equal(play(oddAddress, [usual], cast.network).detections.length, 0)
  }
})

test('fires on a request from outside that has no calling title, not on one whose point code is the home’s', () => {
  for (const cast of CASTS) {
    const { partner, home, network } = cast
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: null,
      calledGt: home.vlr,
      subjectImsi: partner.imsi,
      opc: 2057,
    })
    const { detections } = play(oddAddress, [request], network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /sent provideSubscriberInfo about .* without a calling title/, cast)
    const inside = { ...request, opc: HOME_LINK.pointCode }
    assert.equal(play(oddAddress, [inside], network).detections.length, 0)
    const registration = { ...request, operation: 'updateLocation' }
    assert.equal(play(oddAddress, [registration], network).detections.length, 0)
  }
})
