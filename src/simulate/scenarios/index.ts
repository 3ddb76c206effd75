import type { Scenario } from '../scenario.ts'
import { benignRoaming } from './benign-roaming.ts'
import { attackDos01, attackDos03 } from './disruption.ts'
import { attackEva01, attackEva02, attackEva08 } from './evasion.ts'
import { firstLook } from './first-look.ts'
import { attackIdn01 } from './identity.ts'
import { attackInt04, attackInt07 } from './interception.ts'
import { attackLoc01, attackLoc02, attackLoc03 } from './location.ts'
import { attackSpf01 } from './spoofing.ts'

/** Procedures of the benign scenario when nobody says how many. */
const BENIGN_PROCEDURES = 400

/** Every scenario, and the only list of them. */
export const SCENARIOS: readonly Scenario[] = [
  firstLook,
  benignRoaming(BENIGN_PROCEDURES),
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
]
