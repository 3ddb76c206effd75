import { INTERNAL_IP_RANGE, pointCodeText, type Wiring } from './wiring.ts'
import type { Operator, World } from './world.ts'

/** Agreed traffic, as network.yaml lists it. */
export interface AgreedTraffic {
  /** Global title, or `host`, or `ip`. */
  readonly gt: string
  readonly by?: 'host' | 'ip'
  readonly detectors: readonly string[]
  readonly reason: string
}

/**
 * The network.yaml that goes with a simulated capture: home and partners, and nothing of the strangers.
 * @param gateways names the addresses of the partners' gateways.
 */
export function networkYaml(world: World, wiring: Wiring, agreed: readonly AgreedTraffic[], gateways: boolean): string {
  const { home, partners } = world
  const lines = [
    '# Invented networks with numbers reserved for fiction and PLMNs reserved for tests.',
    'home:',
    ...operatorLines(home, '  '),
    `  pointCodes: [${wiring.homePointCodes.map((code) => `"${pointCodeText(code)}"`).join(', ')}]`,
    `  ipRanges: ["${INTERNAL_IP_RANGE}"]`,
    'partners:',
    ...partners.flatMap((partner) => {
      const [first = '', ...rest] = operatorLines(partner, '    ')
      if (gateways) rest.push(`    ipRanges: ["${partner.ipNetwork.join('.')}.0/24"]`)
      return [`  - ${first.trimStart()}`, ...rest]
    }),
  ]
  if (agreed.length > 0) lines.push('exceptions:')
  for (const { gt, by = 'gt', detectors, reason } of agreed) {
    lines.push(
      `  - source: { ${by}: "${gt}" }`,
      `    detectors: [${detectors.map((id) => `"${id}"`).join(', ')}]`,
      `    reason: "${reason}"`,
      '    owner: "security@example.net"',
      '    until: 2099-12-31',
    )
  }
  return `${lines.join('\n')}\n`
}

function operatorLines(operator: Operator, indent: string): string[] {
  return [
    `name: ${operator.name}`,
    `country: ${operator.country}`,
    `plmns: [${[operator.plmn, ...(operator.virtualPlmn === null ? [] : [operator.virtualPlmn])].map((plmn) => `"${plmn}"`).join(', ')}]`,
    `globalTitles: ["${operator.range.prefix}"]`,
    `realms: ["${operator.realm}"]`,
  ].map((line) => indent + line)
}
