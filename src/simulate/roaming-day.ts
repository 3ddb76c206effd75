import { askServiceControl } from './call-procedures.ts'
import { askVoice, attachEps, cancelEps, failedAttachEps, purgeEps, shortMessageEps } from './eps-procedures.ts'
import { createPdp, packetSession } from './packet-procedures.ts'
import { anyProcedure, leave, type Roamer, register, registerPacket, shortMessage } from './procedures.ts'
import { neighbours } from './regions.ts'
import type { Stage } from './stage.ts'
import type { Operator, Subscriber } from './world.ts'

/** Relative traffic of each hour of a day, as voice and registrations show it: least before dawn, most in the evening. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 9, 10, 11, 10, 9, 9, 10, 11, 12, 12, 10, 8, 6, 4] as const
const HOUR_TOTAL = HOURS.reduce<number>((sum, hour) => sum + hour, 0)
const HOUR_US = 3_600_000_000
const MINUTE_US = 60_000_000

/** Time that legitimate traffic fills, µs. */
export interface Window {
  readonly startUs: number
  readonly durationUs: number
}

/** A roamer of the day, and what kind of thing it is. */
interface Guest extends Roamer {
  readonly kind: 'phone' | 'meter' | 'lte'
  attached: boolean
  lastUs: number
}

/**
 * Legitimate traffic with the rhythm of an operator's days: `procedures` of all kinds over the stage's whole time, by
 * phones that stay where they are, some at a border; meters that say little; 4G phones; senders of many messages.
 */
export function roamingDay(stage: Stage, procedures: number, window: Window = stage): void {
  const { world, random } = stage
  const moment = (): number => window.startUs + random.between(0, window.durationUs - 5 * MINUTE_US)
  const guests = inventGuests(stage, Math.max(20, Math.floor(procedures / 12)))
  const days = Math.max(1, Math.ceil(window.durationUs / (24 * HOUR_US)))
  // the phones that get messages get them again
  const addressees = Array.from({ length: 40 }, () => stage.newSubscriber(world.home))
  const moments: number[] = []
  while (moments.length < procedures) {
    const atUs =
      (random.between(0, days - 1) * 24 + hourByRhythm(random.between(1, HOUR_TOTAL))) * HOUR_US +
      random.between(0, 3599) * 1_000_000
    if (atUs < window.durationUs - 5 * MINUTE_US) moments.push(window.startUs + atUs + random.between(0, 999_999))
    else if (window.durationUs < 24 * HOUR_US) moments.push(moment())
  }
  moments.sort((a, b) => a - b)
  for (const atUs of moments) {
    const guest = random.pick(guests)
    // a procedure takes seconds, and a phone has one at a time
    if (guest.lastUs + 20_000_000 > atUs) continue
    guest.lastUs = atUs
    playOne(stage, guest, addressees, atUs)
  }
  const border = neighbours(stage)
  if (border !== null) {
    for (let i = 0; i < 4; i++)
      pingPong(stage, border, window.startUs + random.between(0, Math.max(1, Math.floor(window.durationUs / 2))))
  }
  const sender = random.pick(world.partners)
  for (let i = 0; i < Math.floor(procedures / 20); i++) shortMessage(stage, random.pick(addressees), sender, moment())
}

function inventGuests(stage: Stage, count: number): Guest[] {
  const { world, random } = stage
  const { home, partners, strangers } = world
  // a few partners have most of the roamers
  const busy = partners.flatMap((partner, i) => Array<Operator>(partners.length - i).fill(partner))
  return Array.from({ length: count }, (_, i) => {
    const inbound = i % 2 === 0
    const partner = i % 25 === 1 && strangers.length > 0 ? random.pick(strangers) : random.pick(busy)
    return {
      who: stage.newSubscriber(inbound ? partner : home),
      visited: inbound ? home : partner,
      registered: false,
      attached: false,
      lastUs: 0,
      kind: random.pick(['phone', 'phone', 'phone', 'lte', 'lte', 'meter'] as const),
    }
  })
}

function hourByRhythm(draw: number): number {
  let left = draw
  for (const [hour, weight] of HOURS.entries()) {
    left -= weight
    if (left <= 0) return hour
  }
  return 23
}

function playOne(stage: Stage, guest: Guest, addressees: readonly Subscriber[], atUs: number): void {
  const { random, world } = stage
  const { who, visited, kind } = guest
  const choice = random.between(1, 100)
  if (kind === 'meter') {
    if (!guest.registered) {
      guest.registered = true
      register(stage, who, visited, atUs)
      registerPacket(stage, who, visited, atUs + 5_000_000)
    } else
      createPdp(stage, {
        about: who,
        from: visited.sgsnGateway,
        to: who.home.ggsn,
        servingPlmn: visited.plmn,
        atUs,
        cause: 128,
      })
    return
  }
  if (kind === 'phone') {
    const wasRegistered = guest.registered
    if (choice <= 8 && wasRegistered) askServiceControl(stage, who, visited.msc, who.home.gsmScf, atUs, null)
    else anyProcedure(stage, guest, atUs)
    return
  }
  if (!guest.attached) {
    guest.attached = true
    if (choice <= 4) {
      failedAttachEps(stage, who, visited, atUs)
      guest.attached = false
    } else {
      attachEps(stage, who, visited, atUs)
      // combined attach: the circuit-switched domain of the same network beside it
      if (choice <= 60) register(stage, who, visited, atUs + 4_000_000)
      if (choice <= 30) cancelEps(stage, who, who.home.hss, visited.secondMme, atUs + 3_000_000)
      if (choice <= 20) leave(stage, who, visited.secondVlr, atUs + 8_000_000)
    }
  } else if (choice <= 45) packetSession(stage, who, visited, atUs)
  else if (choice <= 60) attachEps(stage, who, visited, atUs)
  else if (choice <= 75) askVoice(stage, who, visited, atUs)
  else if (choice <= 90) {
    const partner = who.home === world.home ? visited : who.home
    shortMessageEps(stage, random.pick(addressees), partner, atUs)
  } else {
    guest.attached = false
    purgeEps(stage, who, visited.mme, atUs)
  }
}

/** A phone between two networks, an hour long. */
function pingPong(stage: Stage, [one, other]: readonly [Operator, Operator], atUs: number): void {
  const who = stage.newSubscriber(stage.world.home)
  for (let i = 0; i < 5; i++) {
    const [to, from] = i % 2 === 0 ? [one, other] : [other, one]
    const whenUs = atUs + i * 14 * MINUTE_US
    register(stage, who, to, whenUs)
    if (i > 0) leave(stage, who, from.vlr, whenUs + 3_500_000)
  }
}
