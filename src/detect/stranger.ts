import type { SignallingEvent } from '../event/signalling-event.ts'
import { confidence } from './confidence.ts'
import type { Context, Suspicion } from './detector.ts'
import { sourceOperator } from './perimeter.ts'
import { isFromHomeOf } from './serving.ts'
import type { Table } from './state/memory.ts'
import { isOfNoCountry } from './travel.ts'
import { sourceWords, subjectWords } from './words.ts'

/** Requests of serving networks that must be known before one of a stranger means something. */
const LEAST = 20
/** Share of them that came from where the subscriber was known to be served. */
const NEARLY_ALL = 0.97
/** Requests about subscribers of whom no registration is known, that are no chance. */
const FEW = 3
const MOST_NETWORKS = 4096

/**
 * Who sends home what only a serving network may. Where nearly all such requests come from networks that registered the
 * subscriber before, one about a subscriber of ours who was never seen abroad, from a network that neither the file lists
 * nor anybody of ours ever roamed in, is out of place (GSMA category 3: the visited network on record must agree).
 */
export class Strangers {
  private readonly context: Context
  /** How many came from where the subscriber was served, and how many from where it was not known; all detectors count. */
  private readonly customs: Table<number>
  /** Networks that served a subscriber of ours. */
  private readonly hosts: Table<number>

  constructor(context: Context) {
    this.context = context
    this.customs = context.memory.table('serving customs', 16)
    this.hosts = context.memory.table('serving hosts', MOST_NETWORKS)
  }

  /** Counts a request that came from where the subscriber is served. */
  noteServing(event: SignallingEvent): void {
    this.count('known')
    const key = this.networkOf(event)
    if (key !== null && this.hosts.get(key) === undefined) this.hosts.set(key, 1)
  }

  /** Whether subscribers are often asked about whose registration was not captured: a capture begins somewhere. */
  get areOftenUnseen(): boolean {
    const unknown = this.customs.get('unknown') ?? 0
    return unknown >= FEW && unknown > (1 - NEARLY_ALL) * (unknown + (this.customs.get('known') ?? 0))
  }

  /** Judges a request about a subscriber of whom no registration is known. Null: nothing speaks against it. */
  judge(event: SignallingEvent, imsi: string): Suspicion | null {
    const { network, subscribers } = this.context
    if (network.partners === 0 || network.homeOfImsi(imsi) !== true || subscribers.lastServing(imsi) !== null)
      return null
    if (isFromHomeOf(event, imsi, network) !== false) return null
    const { method } = sourceOperator(event, network)
    if (method !== 'public numbering' && method !== 'unknown') {
      // a listed partner whose registration was not captured: captures begin somewhere
      this.count('unknown')
      return null
    }
    const key = this.networkOf(event)
    if (key === null || this.hosts.get(key) !== undefined || this.isOfNoCountry(event)) return null
    const known = this.customs.get('known') ?? 0
    if (known < LEAST || known < NEARLY_ALL * (known + (this.customs.get('unknown') ?? 0))) return null
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)}, which is no listed roaming partner, sent ${event.operation} about ${subjectWords(event)}, of whom no registration abroad is known, unlike nearly all of whom it was sent`,
      confidence: confidence({ operator: 0.8, state: 0.75 }),
    }
  }

  private count(name: string): void {
    this.customs.set(name, (this.customs.get(name) ?? 0) + 1)
  }

  private networkOf(event: SignallingEvent): string | null {
    const { operator, country } = sourceOperator(event, this.context.network)
    return operator ?? country ?? event.originRealm ?? event.callingGt
  }

  private isOfNoCountry({ protocol, callingGt, originRealm, visitedPlmn }: SignallingEvent): boolean {
    const address = protocol === 'diameter' ? originRealm : callingGt
    if (address === null) return true
    const place = {
      protocol: protocol === 'diameter' ? 'diameter' : 'map',
      address,
      via: null,
      plmn: visitedPlmn,
    } as const
    return isOfNoCountry(place, this.context.network)
  }
}

/** The strangers of a run. */
const ofContext = new WeakMap<Context, Strangers>()

/** The same for every request that a detector judges. */
export function strangersOf(context: Context): Strangers {
  const known = ofContext.get(context)
  if (known !== undefined) return known
  const made = new Strangers(context)
  ofContext.set(context, made)
  return made
}
