import { PLAIN_HABITS } from '../dialect.ts'
import type { Answer } from '../dialogue.ts'
import { ERRORS } from '../map-operations.ts'
import {
  callRoaming,
  checkBalance,
  leave,
  locateFromHome,
  purge,
  register,
  registerPacket,
  shortMessage,
} from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { type Node, type Operator, SSN } from '../world.ts'
import { writeProfile, written } from './interception.ts'
import { found, interrogateFromAbroad, locateFromStranger } from './location.ts'

const MINUTE_US = 60_000_000

/**
 * The capture of the README: half an hour at the international gateway of one network, with roaming and three attacks.
 */
export const firstLook: Scenario = {
  name: 'first-look',
  about: 'Half an hour at an international gateway: roaming among five networks, and three attacks on subscribers.',
  durationUs: 30 * MINUTE_US,
  plain: true,
  play(stage) {
    roamersAbroad(stage)
    guests(stage)
    messages(stage)
    attacks(stage)
  },
}

/** Our subscribers register in partner networks and are served there. */
function roamersAbroad(stage: Stage): void {
  const { home, partners } = stage.world
  for (const [i, partner] of partners.entries()) {
    const who = stage.newSubscriber(home)
    const atUs = stage.startUs + (1 + i * 6) * MINUTE_US + stage.random.between(0, MINUTE_US)
    register(stage, who, partner, atUs)
    leave(stage, who, partner.secondVlr, atUs + 4_000_000)
    if (i % 2 === 0) registerPacket(stage, who, partner, atUs + 9_000_000)
    locateFromHome(stage, who, partner, atUs + 3 * MINUTE_US)
    if (i % 2 === 1) checkBalance(stage, who, partner, atUs + 4 * MINUTE_US)
  }
}

/** Subscribers of partner networks register with us, and their homes ask what homes ask. */
function guests(stage: Stage): void {
  const { home, partners } = stage.world
  for (const [i, partner] of partners.entries()) {
    for (const k of [0, 1]) {
      const who = stage.newSubscriber(partner)
      const atUs = stage.startUs + (2 + i * 5 + k * 2) * MINUTE_US + stage.random.between(0, MINUTE_US)
      register(stage, who, home, atUs)
      if (k === 0) locateFromHome(stage, who, home, atUs + 2 * MINUTE_US)
      else callRoaming(stage, who, home, atUs + 3 * MINUTE_US)
      if (i === 0) purge(stage, who, home, atUs + 20 * MINUTE_US)
    }
  }
}

/** Short messages from partners to our subscribers, and from us to theirs. */
function messages(stage: Stage): void {
  const { home, partners } = stage.world
  for (const [i, partner] of partners.entries()) {
    shortMessage(stage, stage.newSubscriber(home), partner, stage.startUs + (3 + i * 6) * MINUTE_US)
    if (i % 2 === 0) shortMessage(stage, stage.newSubscriber(partner), home, stage.startUs + (5 + i * 6) * MINUTE_US)
  }
}

function attacks(stage: Stage): void {
  const { world, startUs } = stage
  const { home } = world
  const [third, first, , second] = world.strangers
  const [partner] = world.partners
  if (first === undefined || second === undefined || third === undefined || partner === undefined) {
    throw new RangeError('three strangers and a partner are needed')
  }

  // 1. An address abroad asks our HLR where three of our subscribers are, and is told of two.
  const tracker = outside(first, SSN.gsmScf)
  const located: Answer[][] = [
    [found(stage, home)],
    [found(stage, home), found(stage, home)],
    [{ error: ERRORS.unknownSubscriber }],
  ]
  for (const [i, answers] of located.entries()) {
    interrogateFromAbroad(
      stage,
      tracker,
      stage.newSubscriber(home),
      'msisdn',
      answers,
      startUs + (7 + i * 2) * MINUTE_US,
    )
  }

  // 2. Another asks our VLR the same, about our own subscriber and about a partner's who visits us.
  const watcher = outside(second, SSN.hlr)
  const ours = stage.newSubscriber(home)
  const visitor = stage.newSubscriber(partner)
  locateFromStranger(stage, watcher, ours, [{ abort: 'refused' }, found(stage, home)], startUs + 14 * MINUTE_US)
  locateFromStranger(stage, watcher, visitor, [{ abort: 'refused' }], startUs + 17 * MINUTE_US)

  // 3. A third makes its own platform the one that is asked before each of a subscriber's calls.
  const intruder = outside(third, SSN.hlr)
  const victim = stage.newSubscriber(home)
  stage.label({
    kind: 'attack',
    title: 'insertSubscriberData that sets the gsmSCF of an O-CSI to a foreign address',
    detectors: ['INT-04'],
    source: intruder.gt,
    subject: { imsi: victim.imsi, msisdn: null },
    answered: true,
    messages: writeProfile(
      stage,
      intruder,
      home.vlr,
      { imsi: victim.imsi, gsmScf: third.gsmScf.gt },
      written(),
      startUs + 22 * MINUTE_US,
    ),
  })
}

/** A node on a network's numbers, with plain habits. */
function outside(operator: Operator, ssn: number): Node {
  return { ...operator.hlr, ssn, habits: PLAIN_HABITS }
}
