import type { SignallingEvent } from '../../event/signalling-event.ts'
import { calledTitle, callingTitle } from '../../event/title.ts'
import { countryOfE164 } from '../../numbering/e164.ts'
import { maskMsisdn } from '../../numbering/mask.ts'
import { areNumberedApart } from '../../numbering/territory.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, isTitleOfHomeOperator } from '../perimeter.ts'
import { JoinedKeys } from '../state/joined-keys.ts'
import type { Table } from '../state/memory.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

/** What a switch asks a service control function. */
const ASKING = ['initialDP', 'initialDPSMS', 'initialDPGPRS']
/** What a service control function orders, and can lead a call or message elsewhere with. */
const ORDERING = ['connect', 'connectSMS', 'connectToResource', 'establishTemporaryConnection', 'initiateCallAttempt']

const MINUTE_US = 60_000_000
/** Dialogues that wait for profiles, some 1 KB each. */
const MOST_OPEN = 16_384
/** Subscribers of a function that make it a common one. */
const COMMON = 3
const NEVER_NAMED = 'no profile of its home network named'
/** Profiles in the home's name that tell little where so many others name its own function: a title can be forged. */
const LONE = 2
const MANY = 10
/** Stands for all functions of the home itself, where an address stands. */
const OWN = 'own'
const LONELY = 'hardly any of the many profiles in the name of its home network named'
const TOO_FEW = unavailable('too few profiles of the home network were seen')

export const unadvertisedServiceControl = defineDetector({
  id: 'INT-06',
  version: 1,
  class: 'interception',
  severity: 'critical',
  title: 'Call or message under the control of a function that the home network never named',
  explanation:
    'Before a call or message of a CAMEL subscriber the serving switch asks a service control function (gsmSCF), and does what it says: it may connect the call by way of a listener. The switch knows the function from the profile that the home register wrote. Reported are dialogues with a gsmSCF that is not of the home’s operator and that no profile from the home’s register named, or one or two alone among many, once the home’s own are known, or another network was seen to name it, or it lies in a third country and hardly anybody uses it (3GPP TS 23.078 §4.5.2, TS 29.078 §6.1.1).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'FGT5022', 'MOT1557'],
  benign: [
    'A prepaid or value-added platform that was brought into use, and whose profiles were not captured.',
    'A virtual operator whose host runs the service control function.',
  ],
  unavailable: [
    'The IMSI: the dialogue does not name it.',
    'The address of the gsmSCF: the message has no international global title for it.',
    'The functions that the home network names: too few of its profiles were seen yet.',
  ],
  operations: [...ASKING, ...ORDERING, 'insertSubscriberData'],
  kinds: ['invoke', 'request'],
  example:
    'The profiles of a British network name 447700900016; a switch in France asks 467017406016 in Sweden how to route a call of one of its phones, and is told to connect it to a number in Jamaica.',
  thresholds: [
    {
      name: 'profiles',
      default: 2,
      unit: 'profiles',
      meaning:
        'Profiles with a gsmSCF that must have been seen of a home network before its own functions are held to be known. A larger value learns longer.',
    },
    {
      name: 'waitMinutes',
      default: 60,
      unit: 'minutes',
      meaning: 'How long a dialogue waits for profiles while the home’s own functions are not known.',
    },
  ],
  start(context) {
    const control = new ServiceControl(context)
    return (event) => control.take(event)
  },
})

class ServiceControl {
  private readonly context: Context
  private readonly least: number
  /** Profiles with a gsmSCF by home network; and by home network and address, how many the home itself wrote. */
  private readonly advertised: Table<number>
  /** By home network and address: the network that named it for a subscriber of that home. */
  private readonly planted: Table<string>
  /** By address: subscribers whose calls it was asked about. */
  private readonly users: Table<readonly string[]>
  private readonly waitUs: number
  private readonly keys = new JoinedKeys()
  private open = 0

  constructor(context: Context) {
    this.context = context
    this.least = context.threshold('profiles')
    this.advertised = context.memory.table('INT-06 advertised')
    this.planted = context.memory.table('INT-06 planted')
    this.users = context.memory.table('INT-06 users')
    this.waitUs = context.threshold('waitMinutes') * MINUTE_US
  }

  take(event: SignallingEvent): Verdict {
    if (event.kind !== 'invoke') return null
    if (event.operation === 'insertSubscriberData') this.learn(event)
    else if (event.protocol === 'cap') return this.judge(event)
    return null
  }

  private learn(event: SignallingEvent): void {
    const imsi = event.subjectImsi
    const home = homeKey(imsi)
    if (home === null || event.gsmScfAddresses.length === 0) return
    const isFromHome = isTitleOfHomeOperator(callingTitle(event), imsi, this.context.network)
    if (isFromHome === false) {
      for (const address of event.gsmScfAddresses)
        this.planted.set(this.keys.of(home, address), callingTitle(event) ?? '')
    } else if (isFromHome === true || callingTitle(event) !== null) {
      this.advertise(home)
      for (const address of event.gsmScfAddresses) {
        this.advertise(this.keys.of(home, address))
        if (isTitleOfHomeOperator(address, imsi, this.context.network) === true) this.advertise(this.keys.of(home, OWN))
      }
    }
  }

  private advertise(key: string): void {
    this.advertised.set(key, (this.advertised.get(key) ?? 0) + 1)
  }

  private judge(event: SignallingEvent): Verdict {
    const isAsking = ASKING.includes(event.operation ?? '')
    const { network } = this.context
    const imsi = event.subjectImsi
    const home = homeKey(imsi)
    if (imsi === null || home === null) return unavailable('the IMSI of the subscriber is not known')
    const scf = isAsking ? calledTitle(event) : callingTitle(event)
    if (scf === null) return unavailable('the service control function has no international global title')
    const isOwn = isTitleOfHomeOperator(scf, imsi, network)
    if (isOwn === true) return 'pass'
    const named = this.advertised.get(this.keys.of(home, scf)) ?? 0
    if (named > 0) {
      const isLone = isOwn === false && named <= LONE && (this.advertised.get(this.keys.of(home, OWN)) ?? 0) >= MANY
      return isLone ? this.suspicion(event, scf, 0.6, LONELY) : 'pass'
    }
    const planter = this.planted.get(this.keys.of(home, scf))
    if (planter !== undefined) return this.suspicion(event, scf, 1, `${planter} of another network had named`)
    if (isOwn === null) return unavailable('the operator of the gsmSCF or of the subscriber is unknown')
    this.note(scf, imsi)
    if (this.isLearnt(home)) return this.suspicion(event, scf, 0.85, NEVER_NAMED)
    if (this.open >= MOST_OPEN) return TOO_FEW
    this.open++
    this.context.later(event.timeUs + this.waitUs, () => {
      this.open--
      this.context.conclude(event, this.judgeLate(event, home, scf))
    })
    return null
  }

  /** When profiles had time to come: a function that several subscribers have without any being seen is left alone. */
  private judgeLate(event: SignallingEvent, home: string, scf: string): Verdict {
    if (this.advertised.get(`${home} ${scf}`) !== undefined) return 'pass'
    if (this.isLearnt(home)) return this.suspicion(event, scf, 0.85, NEVER_NAMED)
    const { network } = this.context
    const { country, method } = network.operatorOfGt(scf)
    const asker = network.operatorOfGt(
      ASKING.includes(event.operation ?? '') ? callingTitle(event) : calledTitle(event),
    )
    const near = [network.operatorOfImsi(event.subjectImsi).country, asker.country]
    const isThird = country !== null && near.every((one) => one !== null && areNumberedApart(one, country))
    const isRare = (this.users.get(scf)?.length ?? 0) < COMMON
    return isThird && isRare && method === 'public numbering'
      ? this.suspicion(event, scf, 0.7, `${NEVER_NAMED}, as far as was seen`)
      : TOO_FEW
  }

  private isLearnt(home: string): boolean {
    return (this.advertised.get(home) ?? 0) >= this.least
  }

  private note(scf: string, imsi: string): void {
    const known = this.users.get(scf) ?? []
    if (known.length < COMMON && !known.includes(imsi)) this.users.set(scf, [...known, imsi])
  }

  private suspicion(event: SignallingEvent, scf: string, pattern: number, named: string): Suspicion {
    const { network } = this.context
    const operator = network.operatorOfGt(scf)
    const home = network.operatorOfImsi(event.subjectImsi)
    const asks = ASKING.includes(event.operation ?? '')
    const does = asks
      ? `${sourceWords(event, network)} sent ${event.operation} for ${subjectWords(event)} of ${operatorWords(home)} to ${scf} of ${operatorWords(operator)}`
      : `${scf} of ${operatorWords(operator)} sent ${event.operation} for ${subjectWords(event)} of ${operatorWords(home)}${destinationWords(event, [operator.country, home.country])}`
    return {
      outcome: 'fail',
      why: `${does}, a service control function that ${named}`,
      confidence: confidence({ operator: confidenceOf(operator, home), pattern }),
    }
  }
}

/** Where a call is led, and whether that is in a third country. */
function destinationWords(event: SignallingEvent, near: readonly (string | null)[]): string {
  const number = event.detail.calledNumber
  if (number === null) return ''
  const country = number.startsWith('0') ? null : countryOfE164(number)
  const isThird = country !== null && near.every((one) => one !== null && areNumberedApart(one, country))
  return ` to lead it to ${maskMsisdn(number)}${isThird ? ` in the third country ${country}` : ''}`
}

/** Home networks apart by the first digits of the IMSI: MCC and two of the MNC, enough to count profiles by. */
function homeKey(imsi: string | null): string | null {
  return imsi === null || imsi.length < 6 ? null : imsi.slice(0, 5)
}
