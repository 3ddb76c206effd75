import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { parseIpRange } from '../network/ip-range.ts'
import { createNetwork, type Network } from '../network/network.ts'
import type { Cast } from './cast.vectors.ts'

/** Addresses of the gateways in every cast: ours, those of two partners, and one that nobody lists. */
export const GATEWAYS = {
  home: '192.0.2.33',
  inner: '192.0.2.34',
  partner: '198.51.100.33',
  other: '203.0.113.33',
  nobody: '198.18.7.7',
}

const PLACE = { file: 'network.yaml', line: 1, column: 1 }

/** The network of a cast with address ranges of all that it names, or without those of `partner`. */
export function gatewayNetwork({ home, partner, other }: Cast, listsPartner = true): Network {
  const entry = (who: Cast['home'], role: 'home' | 'partner', ...ranges: readonly string[]) => ({
    role,
    name: who.name,
    country: null,
    place: PLACE,
    identifiers: [
      { kind: 'plmns' as const, value: who.plmn, key: who.plmn, place: PLACE },
      { kind: 'globalTitles' as const, value: who.prefix, key: who.prefix, place: PLACE },
      ...ranges.map((range) => {
        return { kind: 'ipRanges' as const, value: range, key: parseIpRange(range)?.bits ?? '', place: PLACE }
      }),
    ],
  })
  return createNetwork({
    home: entry(home, 'home', '192.0.2.0/24'),
    partners: [
      entry(partner, 'partner', ...(listsPartner ? ['198.51.100.0/24'] : [])),
      entry(other, 'partner', '203.0.113.0/24'),
    ],
    exceptions: [],
    thresholds: new Map(),
    detectors: [],
    warnings: [],
  })
}

/** A GTP request from one gateway to another. */
export function gtpRequest(
  operation: string,
  srcIp: string,
  dstIp: string,
  given: Partial<SignallingEvent> = {},
): SignallingEvent {
  return signallingEvent({
    protocol: 'gtpv2',
    kind: 'request',
    operation,
    tcap: null,
    opcodeForm: null,
    opc: null,
    dpc: null,
    callingSsn: null,
    calledSsn: null,
    invokeId: null,
    srcIp,
    dstIp,
    srcPort: 2123,
    dstPort: 2123,
    ...given,
  })
}
