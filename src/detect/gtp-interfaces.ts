import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import { sameOperator } from '../network/resolution.ts'
import { isPrivateAddress } from './private-address.ts'

/**
 * Messages of GTP that two networks send each other: between SGSN and GGSN (Gp), and between serving and packet gateways
 * (S8, and S2a, S2b of a trusted partner). Source: 3GPP TS 29.060 §7.1 Table 1, TS 29.274 §6.1 Table 6.1-1 (column S5/S8),
 * TS 23.060 §5.4.2, TS 23.401 §4.2.3.
 */
const BETWEEN_NETWORKS = {
  gtpv1: new Set([
    'Echo',
    'Version Not Supported',
    'Supported Extension Headers Notification',
    'Create PDP Context',
    'Update PDP Context',
    'Delete PDP Context',
    'Initiate PDP Context Activation',
    'Error Indication',
    'PDU Notification',
    'PDU Notification Reject',
    'MS Info Change Notification',
    'MBMS Notification',
    'MBMS Notification Reject',
    'Create MBMS Context',
    'Update MBMS Context',
    'Delete MBMS Context',
    'Tunnel Status',
    'End Marker',
  ]),
  gtpv2: new Set([
    'Echo',
    'Version Not Supported Indication',
    'Create Session',
    'Modify Bearer',
    'Delete Session',
    'Change Notification',
    'Remote UE Report Notification',
    'Modify Bearer Command',
    'Delete Bearer Command',
    'Bearer Resource Command',
    'Create Bearer',
    'Update Bearer',
    'Delete Bearer',
    'Delete PDN Connection Set',
    'Update PDN Connection Set',
    'PGW Downlink Triggering Notification',
    'Trace Session Activation',
    'Trace Session Deactivation',
    'Suspend Notification',
    'Resume Notification',
  ]),
} as const

/** Where messages that no two networks exchange are meant for, as far as a word tells it. */
const MEANT_FOR: readonly (readonly [RegExp, string])[] = [
  [
    /^(Identification|Context|SGSN Context|Forward|Relocation|Configuration|UE Registration|RAN Information)/,
    'two mobility nodes of one network',
  ],
  [/^(Send Routeing|Failure Report|Note MS)/, 'a gateway and the home register of one network'],
  [/^(SRVCC|CS Paging|Alert MME|UE Activity|Detach|ISR)/, 'the mobility nodes and switches of one network'],
  [/^(Data Record|Node Alive|Redirection)/, 'charging inside one network'],
  [/^MBMS/, 'broadcast inside one network'],
]

/** Interface types of the control plane that lie between networks: S5/S8 and S2a/S2b. Source: 3GPP TS 29.274 §8.22. */
const CONTROL_BETWEEN: ReadonlySet<string> = new Set(['6', '7', '8', '9', '30', '32', '35', '36', 'control'])
/** Those of the control plane inside one network: S11, S4, S3, S10, S16, Sm, Sn, S12. */
const CONTROL_INSIDE: ReadonlySet<string> = new Set(['10', '11', '12', '13', '14', '17', '18', '24', '26', '27'])

/**
 * Why a GTP request does not belong between two networks, to finish "…, which …"; null where it does, or is not defined.
 */
export function oddBetweenNetworks({ protocol, operation, kind, detail }: SignallingEvent): string | null {
  if ((protocol !== 'gtpv1' && protocol !== 'gtpv2') || kind !== 'request' || operation === null) return null
  if (!BETWEEN_NETWORKS[protocol].has(operation)) {
    const users = MEANT_FOR.find(([names]) => names.test(operation))?.[1] ?? 'the gateways of one network'
    return `is for ${users}`
  }
  if (operation !== 'Create Session') return null
  const [sender = ''] = detail.fTeids
  const type = sender.slice(0, sender.indexOf(':'))
  return CONTROL_INSIDE.has(type) && !CONTROL_BETWEEN.has(type)
    ? `gives an endpoint of an inner interface (type ${type})`
    : null
}

/** Where a GTP message comes from, seen from the network it reaches: public numbering tells nothing of addresses. */
export function gtpCrossing(
  { srcIp, dstIp }: SignallingEvent,
  network: Network,
): 'outside' | 'inside' | 'outgoing' | 'unknown' {
  const [from, to] = [network.homeOfIp(srcIp), network.homeOfIp(dstIp)]
  if (from === true && to === true) return 'inside'
  const other = from === true ? dstIp : srcIp
  if (from === true || to === true) {
    // a private address that nobody lists may be a node of ours, unless ours are private themselves
    const own = from === true ? srcIp : dstIp
    const isNobodys = network.operatorOfIp(other).method === 'unknown'
    if (isNobodys && isPrivateAddress(other) && !isPrivateAddress(own)) return 'unknown'
    return from === true ? 'outgoing' : 'outside'
  }
  const [source, target] = [network.operatorOfIp(srcIp), network.operatorOfIp(dstIp)]
  const same = sameOperator(source, target)
  return same === null ? 'unknown' : same ? 'inside' : 'outside'
}
