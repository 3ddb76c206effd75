import { isIP } from 'node:net'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import { LIMITS } from '../limits.ts'
import type { Network } from '../network/network.ts'
import type { Resolution } from '../network/resolution.ts'
import type { Case } from './case.ts'
import type { Finding } from './finding.ts'

/** Sources that the summary names. */
const TOP_SOURCES = 50
const OTHER_OPERATIONS = '(other operations)'

interface OperationCount {
  readonly protocol: string
  readonly operation: string
  invokes: number
  results: number
  errors: number
}

interface SourceCount {
  readonly title: string | null
  /** Host or IP address, where there is no title. */
  readonly peer: string | null
  readonly opc: number | null
  events: number
  findings: number
}

/** Counts for the summary: operations by kind, and what each source sent and is suspected of. */
export class Tally {
  private readonly operations = new Map<string, OperationCount[]>()
  private readonly sources = new Map<string, SourceCount>()
  /** Events of sources beyond LIMITS.countedSources, which are not told apart. */
  private otherSources = 0

  take(event: SignallingEvent): void {
    const operation = event.operation ?? (event.code === null ? `(${event.kind})` : `operation ${event.code}`)
    const counts = this.countsOf(event.protocol, operation)
    const { kind } = event
    if (kind === 'result' || kind === 'answer') counts.results++
    else if (kind === 'error' || kind === 'reject') counts.errors++
    else if (kind === 'invoke' || kind === 'request') {
      counts.invokes++
      const source = this.sourceOf(event.callingGt, peerOf(event), event.opc, callingTitle(event))
      if (source === null) this.otherSources++
      else source.events++
    }
  }

  addFinding({ source }: Finding): void {
    const counts = this.sourceOf(source.gt, source.host ?? (source.opc === null ? source.ip : null), source.opc, null)
    if (counts !== null) counts.findings++
  }

  operationRows(): Case['operations'] {
    return [...this.operations.values()]
      .flat()
      .sort((a, b) => b.invokes - a.invokes || b.results - a.results || a.operation.localeCompare(b.operation))
  }

  /** The sources with findings first, then those that sent most requests. */
  sourceRows(network: Network): Case['sources'] {
    return [...this.sources]
      .sort(([nameA, a], [nameB, b]) => b.findings - a.findings || b.events - a.events || nameA.localeCompare(nameB))
      .slice(0, TOP_SOURCES)
      .map(([address, { title, peer, opc, events, findings }]) => {
        const { country, operator } =
          title !== null
            ? network.operatorOfGt(title)
            : peer !== null
              ? ownerOfPeer(peer, network)
              : network.operatorOfPointCode(opc)
        return { address, country, operator, events, findings }
      })
  }

  /** Requests whose source was not counted apart, for the limitations. */
  get uncountedRequests(): number {
    return this.otherSources
  }

  /** By operation, then protocol: no text is put together for each event. */
  private countsOf(protocol: string, operation: string): OperationCount {
    const list = this.operations.get(operation)
    if (list === undefined && operation !== OTHER_OPERATIONS && this.operations.size >= LIMITS.countedOperations)
      return this.countsOf(protocol, OTHER_OPERATIONS)
    if (list !== undefined) {
      for (let i = 0; i < list.length; i++) {
        const known = list[i]
        if (known?.protocol === protocol) return known
      }
    }
    const made = { protocol, operation, invokes: 0, results: 0, errors: 0 }
    if (list === undefined) this.operations.set(operation, [made])
    else list.push(made)
    return made
  }

  /** @param title the global title to look up, where the source is new. */
  private sourceOf(
    gt: string | null,
    peer: string | null,
    opc: number | null,
    title: string | null,
  ): SourceCount | null {
    const name = gt ?? peer ?? (opc === null ? 'no address' : `point code ${opc}`)
    const known = this.sources.get(name)
    if (known !== undefined) return known
    if (this.sources.size >= LIMITS.countedSources) return null
    const made = { title, peer, opc, events: 0, findings: 0 }
    this.sources.set(name, made)
    return made
  }
}

/** The address of a sender without a global title: its host, or the IP address where it has no point code either. */
function peerOf({ originHost, opc, srcIp }: SignallingEvent): string | null {
  return originHost ?? (opc === null ? srcIp : null)
}

function ownerOfPeer(peer: string, network: Network): Resolution {
  return isIP(peer) > 0 ? network.operatorOfIp(peer) : network.operatorOfRealm(peer)
}
