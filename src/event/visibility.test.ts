import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerVisibility } from './answer-visibility.ts'
import { DiameterVisibility } from './diameter-visibility.ts'
import { GtpVisibility } from './gtp-visibility.ts'
import { blankEvent, type SignallingEvent } from './signalling-event.ts'
import { Visibility } from './visibility.ts'

const event = (fields: Partial<SignallingEvent>): SignallingEvent => ({ ...blankEvent(), ...fields })

/** Requests whose answers are seen, by address or link, host or way, circuit and peer; and one beside each that is not. */
const SEEN = [
  event({ protocol: 'map', callingGt: '447700900011', opc: 1, dpc: 2 }),
  event({ protocol: 'cap', callingGt: '12465550110', opc: 8, dpc: 7 }),
  event({ protocol: 'isup', opc: 3, dpc: 4 }),
  event({ protocol: 'diameter', originHost: 'mme.example', srcIp: '192.0.2.9', dstIp: '192.0.2.8' }),
  event({ protocol: 'diameter', originHost: 'other.example', srcIp: '192.0.2.1', dstIp: '192.0.2.2' }),
  event({ protocol: 'gtpv2', srcIp: '198.51.100.1' }),
]
const UNSEEN = [
  event({ protocol: 'map', callingGt: '447700900012', opc: 1, dpc: 2 }),
  event({ protocol: 'cap', callingGt: '12465550110', opc: 7, dpc: 8 }),
  event({ protocol: 'map', callingGt: '1', opc: 0x1000008, dpc: 9 }),
  event({ protocol: 'isup', opc: 4, dpc: 3 }),
  event({ protocol: 'diameter', originHost: 'other.example', srcIp: '192.0.2.2', dstIp: '192.0.2.1' }),
  event({ protocol: 'gtpv1', srcIp: '198.51.100.2' }),
]

test('what is told of answers is known where it is learnt, and told once', () => {
  const parts = [new AnswerVisibility(), new AnswerVisibility(), new DiameterVisibility(), new GtpVisibility()] as const
  const [ss7, isup, diameter, gtp] = parts
  const [here, there] = [new Visibility(...parts), new Visibility()]
  assert.equal(there.sawAnswers, false)
  for (let time = 0; time < 2; time++) {
    ss7.note('447700900011', 7, 8)
    isup.note('pc 3', 4, 3)
    diameter.note('mme.example', null, null)
    diameter.note(null, '192.0.2.2', '192.0.2.1')
    gtp.note('198.51.100.1')
  }
  const news = here.takeNews()
  assert.deepEqual(news.ss7.addresses, ['447700900011'])
  assert.deepEqual(
    [news.diameter.hosts, news.diameter.ways, news.gtp].map(({ length }) => length),
    [1, 1, 1],
  )
  there.learn(structuredClone(news))
  for (const visibility of [here, there]) {
    for (const request of SEEN) assert.equal(visibility.couldSeeAnswer(request), true, JSON.stringify(request))
    for (const request of UNSEEN) assert.equal(visibility.couldSeeAnswer(request), false, JSON.stringify(request))
    assert.equal(visibility.sawAnswers, true)
  }
  const later = here.takeNews()
  assert.deepEqual([later.ss7.addresses, later.ss7.links, later.diameter.hosts, later.gtp], [[], [], [], []])
})

test('point codes of which more than 24 bits are set are not taken for others', () => {
  const visibility = new Visibility()
  const told = new AnswerVisibility()
  told.note('1', 1, 0x1000005)
  visibility.learn({ ...new Visibility().takeNews(), ss7: told.takeNews() })
  assert.equal(visibility.couldSeeAnswer(event({ callingGt: '2', opc: 5, dpc: 2 })), false)
})
