import type { SignallingEvent } from '../../event/signalling-event.ts'
import { AUTHENTICATION_OPERATIONS } from '../authentications.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Verdict } from '../detector.ts'
import { isFromHomeOf, operatorOfPlace } from '../serving.ts'
import type { Table } from '../state/memory.ts'
import { placeOf } from '../state/subscribers.ts'
import { isOfNoCountry, PACE_THRESHOLDS } from '../travel.ts'
import { Velocity } from '../velocity.ts'
import { sourceWords, subjectWords } from '../words.ts'

export const impossibleRegistration = defineDetector({
  id: 'INT-01',
  version: 1,
  class: 'interception',
  severity: 'critical',
  title: 'Registration in a place the phone cannot have reached, or with an unknown roaming partner',
  explanation:
    'updateLocation and updateGprsLocation tell the home register which node serves a phone; from then on its calls and messages go there. They are not authenticated: any network can claim a phone. The least distance between the country of the last known serving node and that of the new one is held against the time between; also reported is a network that the file does not list as a partner, where nearly all registrations are with listed ones, and which did not ask for the phone’s authentication data as others do (3GPP TS 29.002 §8.1.2, TS 23.012 §4.1).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'MOT1557', 'FGT5022'],
  benign: [
    'A ship, an aircraft or a hub whose serving node has a number of another country.',
    'A multi-IMSI or test SIM of which several copies are in use.',
    'A subscriber whose registration in between was not captured.',
    'A new roaming partner that the network file does not list yet.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'Where the subscriber was before: no accepted registration was seen yet.',
    'The country of a serving node: neither numbering nor the network file tells.',
  ],
  operations: ['updateLocation', 'updateGprsLocation', ...AUTHENTICATION_OPERATIONS],
  kinds: ['invoke', 'request'],
  example:
    'Twelve minutes after 33639981011 in France registered a phone, 124655501011 in Barbados registers it: some 6,000 km in twelve minutes.',
  thresholds: [
    ...PACE_THRESHOLDS,
    {
      name: 'partnerRegistrations',
      default: 20,
      unit: 'registrations',
      meaning:
        'Registrations with listed partners that must be known before one with an unlisted network is reported. A larger value learns longer.',
    },
  ],
  start(context) {
    const velocity = new Velocity(context)
    const customs = new Customs(context, velocity)
    return (event) => {
      if (velocity.authentications.note(event) || event.kind !== 'invoke') return null
      const verdict = velocity.judge(event)
      return verdict !== null && typeof verdict !== 'string' && verdict.outcome === 'fail'
        ? verdict
        : (customs.judge(event) ?? verdict)
    }
  },
})

/** Share of registrations that custom must hold in, for its breach to mean something. */
const NEARLY_ALL = 0.97

/** What is usual where our subscribers register: that the network is a listed partner, and asked for authentication data. */
class Customs {
  private readonly counts: Table<number>
  private readonly least: number
  private readonly context: Context
  private readonly velocity: Velocity

  constructor(context: Context, velocity: Velocity) {
    this.context = context
    this.velocity = velocity
    this.counts = context.memory.table('INT-01 customs', 16)
    this.least = context.threshold('partnerRegistrations')
  }

  /** A suspicion against custom, or null. Counts the registration afterwards. */
  judge(event: SignallingEvent): Verdict {
    const { network, subscribers } = this.context
    const imsi = event.subjectImsi
    const place = placeOf(event)
    if (imsi === null || place === null || network.partners === 0 || network.homeOfImsi(imsi) !== true) return null
    if (isFromHomeOf(event, imsi, network) !== false || isOfNoCountry(place, network)) return null
    const known = subscribers.lastServing(imsi)
    if (known !== null && known.place.address === place.address) return null
    const { method } = operatorOfPlace(place, network)
    const isListed = method !== 'public numbering' && method !== 'unknown'
    const isAuthenticated = this.velocity.authentications.lastFrom(place, imsi, event.timeUs) !== null
    const isCustom = this.isNearlyAlways('listed') && this.isNearlyAlways('authenticated')
    this.count('listed', isListed)
    if (isListed) this.count('authenticated', isAuthenticated)
    if (isListed || isAuthenticated || !isCustom) return null
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)}, which is no listed roaming partner, registered ${subjectWords(event)} without having asked for its authentication data`,
      confidence: confidence({ operator: 0.8, pattern: 0.75 }),
    }
  }

  private isNearlyAlways(custom: string): boolean {
    const kept = this.counts.get(custom) ?? 0
    return kept >= this.least && kept >= NEARLY_ALL * (kept + (this.counts.get(`not ${custom}`) ?? 0))
  }

  private count(custom: string, isKept: boolean): void {
    const name = isKept ? custom : `not ${custom}`
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }
}
