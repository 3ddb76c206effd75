import { oddButOrdinary } from '../ordinary.ts'
import { background } from '../procedures.ts'
import { roamingDay } from '../roaming-day.ts'
import type { Scenario } from '../scenario.ts'
import { benignRoaming } from './benign-roaming.ts'
import { attackDos01, attackDos03 } from './disruption.ts'
import { attackDos01Diameter, attackDos02, attackDos03Diameter, attackDos04 } from './disruption-more.ts'
import { attackEva01, attackEva02, attackEva08 } from './evasion.ts'
import { EVASION_SCENARIOS, evasions } from './evasion-more.ts'
import { firstLook } from './first-look.ts'
import { attackIdn01 } from './identity.ts'
import { attackIdn02, attackIdn03, attackIdn04, attackIdn05, attackIdn06 } from './identity-more.ts'
import { attackInt04, attackInt07 } from './interception.ts'
import { attackInt04Diameter, attackInt05, attackInt06 } from './interception-more.ts'
import { attackLoc01, attackLoc02, attackLoc03 } from './location.ts'
import { attackLoc05, attackLoc06, attackLoc07 } from './location-diameter.ts'
import { attackLoc04, attackLoc08, attackLoc09 } from './location-more.ts'
import { attackFrd01, attackSms01, attackSms02, attackSms03 } from './messages.ts'
import { attackInt01, attackInt02, attackInt03 } from './registration.ts'
import { SIM_SCENARIOS } from './sim-commands.ts'
import { attackSpf01 } from './spoofing.ts'
import { attackEgr01, attackSpf02, attackSpf03, attackSpf04, attackSpf05 } from './spoofing-more.ts'
import { attackGtp01, attackGtp02, attackGtp03 } from './tunnels.ts'

/** Procedures of the benign scenario when nobody says how many. */
const BENIGN_PROCEDURES = 400

/** What looks odd and is not, by itself. */
const ordinary: Scenario = {
  name: 'odd-but-ordinary',
  about: 'A virtual operator, a phone with two identities, ships, devices of no country, among roaming; no attack.',
  durationUs: 4 * 3_600_000_000,
  plain: false,
  play(stage) {
    oddButOrdinary(stage)
    background(stage, 40)
  },
}

/** Every scenario that has a fixed size, and the only list of them. */
export const SCENARIOS: readonly Scenario[] = [
  firstLook,
  benignRoaming(BENIGN_PROCEDURES),
  ordinary,
  attackLoc01,
  attackLoc02,
  attackLoc03,
  attackIdn01,
  attackInt04,
  attackInt07,
  attackDos01,
  attackDos03,
  attackSpf01,
  attackEva01,
  attackEva02,
  attackEva08,
  attackLoc04,
  attackLoc05,
  attackLoc06,
  attackLoc07,
  attackLoc08,
  attackLoc09,
  attackIdn02,
  attackIdn03,
  attackIdn04,
  attackIdn05,
  attackIdn06,
  attackInt01,
  attackInt02,
  attackInt03,
  attackInt04Diameter,
  attackInt05,
  attackInt06,
  attackDos01Diameter,
  attackDos02,
  attackDos03Diameter,
  attackDos04,
  attackFrd01,
  attackSms01,
  attackSms02,
  attackSms03,
  ...SIM_SCENARIOS,
  ...EVASION_SCENARIOS,
  evasions,
  attackSpf02,
  attackSpf03,
  attackSpf04,
  attackSpf05,
  attackGtp01,
  attackGtp02,
  attackGtp03,
  attackEgr01,
]

/** The stories of all scenarios in one capture of two days, among legitimate traffic: what the evaluation runs. */
export function evaluationMix(procedures: number): Scenario {
  return {
    name: 'evaluation-mix',
    about: 'Every attack and look-alike within two days of roaming, for measuring detectors.',
    durationUs: 48 * 3_600_000_000,
    plain: false,
    countries: true,
    partners: 5,
    calls: true,
    play(stage) {
      stage.isMixed = true
      for (const scenario of SCENARIOS)
        if (scenario.name.startsWith('attack-') || scenario === evasions) scenario.play(stage)
      stage.isMixed = false
      oddButOrdinary(stage)
      roamingDay(stage, procedures)
    },
  }
}
