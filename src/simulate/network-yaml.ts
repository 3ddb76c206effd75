import { INTERNAL_IP_RANGE, pointCodeText, type Wiring } from './wiring.ts'
import type { Operator, World } from './world.ts'

/** Agreed traffic, as network.yaml lists it. */
export interface AgreedTraffic {
  readonly gt: string
  readonly detectors: readonly string[]
  readonly reason: string
}

/** The network.yaml that goes with a simulated capture: home and partners, and nothing of the strangers. */
export function networkYaml(world: World, wiring: Wiring, agreed: readonly AgreedTraffic[]): string {
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
      return [`  - ${first.trimStart()}`, ...rest]
    }),
  ]
  if (agreed.length > 0) lines.push('exceptions:')
  for (const { gt, detectors, reason } of agreed) {
    lines.push(
      `  - source: { gt: "${gt}" }`,
      `    detectors: [${detectors.map((id) => `"${id}"`).join(', ')}]`,
      `    reason: "${reason}"`,
      '    owner: "security@example.net"',
      '    until: 2099-12-31',
    )
  }
  return `${lines.join('\n')}\n`
}

function operatorLines(operator: Operator, indent: string): string[] {
  const mcc = operator.plmn.slice(0, 3)
  const mnc = operator.plmn.slice(3).padStart(3, '0')
  return [
    `name: ${operator.name}`,
    `country: ${operator.country}`,
    `plmns: ["${operator.plmn}"]`,
    `globalTitles: ["${operator.range.prefix}"]`,
    `realms: ["epc.mnc${mnc}.mcc${mcc}.3gppnetwork.org"]`,
  ].map((line) => indent + line)
}
