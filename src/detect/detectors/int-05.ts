import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { countryOfE164, kindOfE164 } from '../../numbering/e164.ts'
import { maskMsisdn } from '../../numbering/mask.ts'
import { areNumberedApart } from '../../numbering/territory.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, sourceOperator } from '../perimeter.ts'
import { isFromHomeOf, isFromServing, placeWords } from '../serving.ts'
import type { Table } from '../state/memory.ts'
import { strangersOf } from '../stranger.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

/** Codes of call forwarding: all of it, unconditional, all conditional, and the three conditions. TS 29.002 §17.7.5. */
const FORWARDING = [0x20, 0x21, 0x28, 0x29, 0x2a, 0x2b]

export const foreignForwarding = defineDetector({
  id: 'INT-05',
  version: 1,
  class: 'interception',
  severity: 'high',
  title: 'Call forwarding set by a network that does not serve the subscriber, or to a third country',
  explanation:
    'registerSS sets where a subscriber’s calls are forwarded, activateSS turns a forwarding on. The subscriber dials it, so that the request comes from the switch that serves the phone. Reported are requests from another network, and numbers in a country that is neither the subscriber’s nor the sender’s while it is not known that the sender serves the phone: the calls may be led through a listener, or fraudulently charged (3GPP TS 29.002 §11.1, §11.3, TS 23.082 §1).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'FGT5022'],
  benign: [
    'A voicemail platform in another country.',
    'A traveller who has calls sent to a friend’s number in a third country.',
    'A hub’s address in place of the visited network’s.',
  ],
  unavailable: [
    'The subscriber: the dialogue names none.',
    'Where the subscriber is served: no accepted registration was seen yet, and the number is of the subscriber’s or the sender’s country.',
    'Whose the sender is: neither the network file nor public numbering tells.',
  ],
  operations: ['registerSS', 'activateSS'],
  protocols: ['map'],
  kinds: ['invoke'],
  example:
    '467017406011 in Sweden sends registerSS for a British phone that a French network serves, with forwarding of all calls to a number in Jamaica.',
  thresholds: [
    {
      name: 'voicemailSubscribers',
      default: 3,
      unit: 'subscribers',
      meaning:
        'Subscribers who forward to one number through the networks that serve them before it is taken for a voicemail. A larger value finds more.',
    },
  ],
  start(context) {
    const forwarding = new Forwarding(context)
    return (event) => forwarding.judge(event)
  },
})

class Forwarding {
  private readonly context: Context
  private readonly popular: number
  /** Numbers that many forward to, and how many; the last one's IMSI, so that one subscriber counts once. */
  private readonly numbers: Table<readonly [number, string]>

  constructor(context: Context) {
    this.context = context
    this.popular = context.threshold('voicemailSubscribers')
    this.numbers = context.memory.table('INT-05 numbers')
  }

  judge(event: SignallingEvent): Verdict {
    const { ssCode } = event.detail
    if (event.protocol !== 'map' || event.kind !== 'invoke') return null
    if (event.forwardedTo === null && (ssCode === null || !FORWARDING.includes(ssCode))) return null
    const { network, subscribers } = this.context
    const imsi = event.subjectImsi ?? subscribers.imsiOf(event.subjectMsisdn)
    if (imsi === null && event.subjectMsisdn === null) return unavailable('the subscriber is not known')
    if (callingTitle(event) === null) return unavailable('the request has no international calling global title')
    if (imsi !== null && isFromHomeOf(event, imsi, network) === true) return 'pass'
    const isFrom = imsi === null ? null : isFromServing(event, imsi, subscribers, network)
    if (isFrom === true) {
      strangersOf(this.context).noteServing(event)
      this.learn(event.forwardedTo, imsi)
      return 'pass'
    }
    const third = this.thirdCountry(event, imsi)
    if (third !== null && !this.isPopular(event.forwardedTo)) return this.suspicion(event, imsi, third, isFrom)
    if (isFrom === false) return this.suspicion(event, imsi, null, isFrom)
    const stranger = imsi === null || isFrom !== null ? null : strangersOf(this.context).judge(event, imsi)
    return stranger ?? unavailable('where the subscriber is served is not known')
  }

  /** The country of the forwarded-to number where it is neither the subscriber's, the sender's nor the serving network's. */
  private thirdCountry(event: SignallingEvent, imsi: string | null): string | null {
    const { network, subscribers } = this.context
    // a national number, against the rule, begins with a zero as a rule
    const number = event.forwardedTo
    if (number === null || number.startsWith('0') || kindOfE164(number) !== 'country') return null
    const country = countryOfE164(number)
    const own = homeCountry(event, imsi, network)
    const sender = sourceOperator(event, network).country
    if (country === null || own === null || sender === null) return null
    const serving = subscribers.lastServing(imsi)
    const near = [own, sender]
    if (serving !== null) near.push(countryOfE164(serving.place.address) ?? own)
    return near.every((one) => areNumberedApart(one, country)) ? country : null
  }

  private learn(number: string | null, imsi: string | null): void {
    if (number === null) return
    const [count, last] = this.numbers.get(number) ?? [0, '']
    if (last !== imsi) this.numbers.set(number, [count + 1, imsi ?? ''])
  }

  private isPopular(number: string | null): boolean {
    return number !== null && (this.numbers.get(number)?.[0] ?? 0) >= this.popular
  }

  private suspicion(
    event: SignallingEvent,
    imsi: string | null,
    third: string | null,
    isFrom: false | null,
  ): Suspicion {
    const { network, subscribers } = this.context
    const serving = subscribers.lastServing(imsi)
    const served = serving === null || isFrom === null ? '' : `, which ${placeWords(serving.place, network)} serves`
    const number =
      event.forwardedTo === null ? 'turned call forwarding on' : `forwarded calls to ${maskMsisdn(event.forwardedTo)}`
    const where = third === null ? '' : ` in ${third}, neither its own country nor the sender’s`
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} ${number}${where} for ${subjectWords(event)} of ${operatorWords(network.operatorOfImsi(imsi))}${served}`,
      confidence: confidence({
        operator: confidenceOf(sourceOperator(event, network)),
        state: isFrom === false ? 0.95 : 0.75,
        pattern: third === null ? 0.85 : 0.95,
      }),
    }
  }
}

function homeCountry(event: SignallingEvent, imsi: string | null, network: Network): string | null {
  const own = network.operatorOfImsi(imsi).country
  if (own !== null) return own
  return event.subjectMsisdn === null ? null : countryOfE164(event.subjectMsisdn)
}
