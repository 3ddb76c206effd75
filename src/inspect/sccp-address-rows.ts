import { decodeAddressSignals } from '../bytes/tbcd.ts'
import { SUBSYSTEMS } from '../signalling/ss7/sccp-address.ts'
import { addTitle, identity } from './identities.ts'
import type { Branch } from './tree.ts'
import { listed, withName } from './values.ts'

/** A one-octet field and where it stands. */
export interface OctetField {
  readonly value: number
  readonly at: number
}

/** The parts of a global title; null where its form has none. */
export interface TitleParts {
  readonly bytes: Uint8Array
  readonly indicator: OctetField | null
  readonly translationType: OctetField | null
  readonly numberingPlan: OctetField | null
  readonly natureOfAddress: OctetField | null
  readonly signalsStart: number
  readonly signalsEnd: number
  /** How many signals there are. */
  readonly signals: number
  /** The title may be a subscriber's own number: messages to an HLR are routed by it. */
  readonly maySubscriber: boolean
}

/** Source: ITU-T Q.713 §3.4.2.3.3; 6 and 7 from E.212 and E.214. */
const NUMBERING_PLANS = [
  'unknown',
  'ISDN, E.164',
  'generic',
  'data, X.121',
  'telex, F.69',
  'maritime mobile, E.210',
  'land mobile, E.212',
  'ISDN/mobile, E.214',
]
/** Source: ITU-T Q.713 §3.4.2.3.1. */
const NATURES = ['unknown', 'subscriber number', 'reserved for national use', 'national number', 'international number']
const INDICATORS = ['none', 'nature of address', 'translation type', 'type and plan', 'type, plan and nature']
const LAND_MOBILE = 6
const ISDN_MOBILE = 7

/** Adds the rows of a global title. */
export function addGlobalTitle(row: Branch, parts: TitleParts): void {
  const { indicator, translationType, numberingPlan, natureOfAddress, bytes } = parts
  if (indicator !== null)
    row.field('Global title indicator', listed(INDICATORS, indicator.value), indicator.at, indicator.at + 1)
  if (translationType !== null)
    row.field('Translation type', translationType.value, translationType.at, translationType.at + 1)
  if (numberingPlan !== null)
    row.field('Numbering plan', listed(NUMBERING_PLANS, numberingPlan.value), numberingPlan.at, numberingPlan.at + 1)
  if (natureOfAddress !== null)
    row.field('Nature of address', listed(NATURES, natureOfAddress.value), natureOfAddress.at, natureOfAddress.at + 1)
  const { signalsStart, signalsEnd, signals } = parts
  if (signals <= 0 || signalsStart >= signalsEnd) return
  const digits = decodeAddressSignals(bytes, signalsStart, signals)
  const plan = numberingPlan?.value
  if (plan === LAND_MOBILE) row.field('Digits', identity(row.tree, 'imsi', digits), signalsStart, signalsEnd)
  else if (plan === ISDN_MOBILE || parts.maySubscriber)
    row.field('Digits', identity(row.tree, 'msisdn', digits), signalsStart, signalsEnd)
  else addTitle(row, 'Digits', digits, signalsStart, signalsEnd)
}

/** Adds the row of a subsystem number. */
export function addSubsystem(row: Branch, ssn: number, start: number, end: number): void {
  row.field('Subsystem number', subsystemText(ssn), start, end)
}

/** A subsystem number with its name. */
export function subsystemText(ssn: number): string {
  return withName(SUBSYSTEMS.find((row) => row.ssn === ssn)?.name, ssn)
}
