import { attack, byImsi, byMsisdn, innocent } from '../labels.ts'
import { background, register } from '../procedures.ts'
import { deliver } from '../questions.ts'
import type { Scenario } from '../scenario.ts'
import { COMMAND_HEADER, type CommandHeader, commandPacket, smsTpdu } from '../sms-writer.ts'
import type { Stage } from '../stage.ts'
import { type Node, SSN } from '../world.ts'
import { HOUR_US } from './location-more.ts'
import { deliverAs, submit } from './messages.ts'

const MINUTE_US = 60_000_000
const SECOND_US = 1_000_000

/** Who may command a SIM, and how: headers alone, their bodies filler. */
const PACKETS = {
  secured: { spi: 0x1621, kic: 0x15, kid: 0x15, tar: 0x0a0b0c },
  sat: { spi: 0, kic: 0, kid: 0, tar: 0x505348 },
  satPull: { spi: 0, kic: 0, kid: 0, tar: 0x534054 },
  wib: { spi: 0, kic: 0, kid: 0, tar: 0x000001 },
  securedSat: { spi: 0x1621, kic: 0x15, kid: 0x15, tar: 0x505348 },
} as const satisfies Record<string, CommandHeader>

/** A message for the SIM. */
function command(
  stage: Stage,
  from: Node,
  header: CommandHeader,
  atUs: number,
  how: { pid?: number; dcs?: number } = {},
  body: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const data = commandPacket(header, Uint8Array.of(...body, ...filler(stage, stage.random.between(12, 60))))
  return smsTpdu({
    to: 'phone',
    party: from.gt,
    pid: how.pid ?? 0x7f,
    dcs: how.dcs ?? 0xf6,
    header: COMMAND_HEADER,
    data,
    timeUs: atUs,
  })
}

/** Octets that nothing acts upon: the high bit set, so that no short tag or length stands among them. */
function filler(stage: Stage, count: number): Uint8Array {
  return stage.random.octets(count).map((octet) => 0xe0 | (octet & 0x1f))
}

interface SimStory {
  readonly id: string
  readonly about: string
  readonly title: string
  readonly detectors: string
  readonly headers: readonly CommandHeader[]
  readonly how?: { readonly pid?: number; readonly dcs?: number }
  /** Octets in front of the filler. */
  readonly body?: Uint8Array<ArrayBuffer>
  /** The phone answers with a binary message. */
  readonly answers?: boolean
}

function simScenario(story: SimStory): Scenario {
  return {
    name: `attack-${story.id.toLowerCase()}`,
    about: story.about,
    durationUs: HOUR_US,
    plain: false,
    countries: true,
    play(stage) {
      const { home } = stage.world
      for (const header of story.headers) {
        const source = stage.stranger(SSN.msc)
        const who = stage.newSubscriber(home)
        const atUs = stage.early()
        const messages = deliverAs(
          stage,
          source,
          who,
          source.gt,
          command(stage, source, header, atUs, story.how, story.body),
          atUs,
        )
        if (story.answers === true) {
          // from the serving node to our service centre, to a number abroad that nobody else writes to
          const to = stage.newSubscriber(stage.random.pick(stage.world.strangers)).msisdn
          messages.push(
            ...submit(stage, home.msc, who, to, { dcs: 0x04, data: filler(stage, 24) }, atUs + 14 * SECOND_US),
          )
        }
        attack(stage, story.detectors, { title: story.title, source: source.gt, subject: byMsisdn(who) }, messages)
      }
      const visited = stage.partner()
      const [own, guest] = [stage.newSubscriber(home), stage.newSubscriber(home)]
      const atUs = stage.early()
      register(stage, own, visited, atUs)
      innocent(
        stage,
        'look-alike',
        { title: 'our own platform commands a SIM of ours abroad', source: home.smsc.gt, subject: byImsi(own) },
        deliver(
          stage,
          home.smsc,
          visited.msc,
          own.imsi,
          home.smsc.gt,
          command(stage, home.smsc, PACKETS.secured, atUs),
          atUs + 9 * MINUTE_US,
        ),
      )
      const text = smsTpdu({
        to: 'phone',
        party: visited.smsc.gt,
        pid: 0,
        dcs: 0,
        header: Uint8Array.of(0, 3, 7, 1, 1),
        data: Uint8Array.of(0x41, 0x42),
        timeUs: atUs,
      })
      innocent(
        stage,
        'near-miss',
        { title: 'a part of a long text', source: visited.smsc.gt, subject: byMsisdn(guest) },
        deliverAs(stage, visited.smsc, guest, visited.smsc.gt, text, stage.early()),
      )
      background(stage, 16)
    },
  }
}

/**
 * The heads of two proactive commands, without what they would act with, for an application that no SIM has: what a
 * reader of structure sees, and nothing that any card runs. Source: TS 102 223 §8.6, §8.7.
 */
const COMMAND_HEADS = Uint8Array.of(0x81, 3, 1, 0x26, 0, 0x82, 2, 0x81, 0x82, 0x81, 3, 2, 0x13, 0, 0x82, 2, 0x81, 0x83)

/** SIM-01 to SIM-06. */
export const SIM_SCENARIOS: readonly Scenario[] = [
  simScenario({
    id: 'SIM-01',
    about: 'Command packets for the SIM from networks that are not the home.',
    title: 'a command packet from a network that is not the home',
    detectors: 'SIM-01',
    headers: [PACKETS.secured, PACKETS.secured],
  }),
  simScenario({
    id: 'SIM-02',
    about: 'Command packets for the S@T browser without security.',
    title: 'an unsecured packet for the S@T browser',
    detectors: 'SIM-02',
    headers: [PACKETS.sat, PACKETS.satPull],
  }),
  simScenario({
    id: 'SIM-03',
    about: 'Command packets for the Wireless Internet Browser without security.',
    title: 'an unsecured packet for the Wireless Internet Browser',
    detectors: 'SIM-03',
    headers: [PACKETS.wib, PACKETS.wib],
  }),
  simScenario({
    id: 'SIM-04',
    about: 'Unsecured packets whose content has the structure of location and message commands.',
    title: 'an unsecured packet with commands to locate and to send',
    detectors: 'SIM-04',
    headers: [
      { ...PACKETS.sat, tar: 0x0a0b0c },
      { ...PACKETS.sat, tar: 0x0a0b0d },
    ],
    body: COMMAND_HEADS,
  }),
  simScenario({
    id: 'SIM-05',
    about: 'Command packets under protocol identifiers and coding schemes that filters do not look at.',
    title: 'a command packet under an unusual protocol identifier',
    detectors: 'SIM-05',
    headers: [PACKETS.sat, PACKETS.secured],
    how: { pid: 0, dcs: 0x04 },
  }),
  simScenario({
    id: 'SIM-06',
    about: 'A phone answers a command packet with a binary message to a number abroad.',
    title: 'a binary message from the phone after a command packet',
    detectors: 'SIM-06',
    headers: [PACKETS.sat, PACKETS.sat],
    answers: true,
  }),
]
