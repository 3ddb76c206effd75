import type { SignallingEvent } from './signalling-event.ts'

/** Natures of address of numbers without a country code. Source: ITU-T Q.713 §3.4.2.3.1. */
const SUBSCRIBER_NUMBER = 1
const NATIONAL_NUMBER = 3

/**
 * The calling global title as an international number, to be looked up: null where there is none, or where it is a
 * national number, whose digits say nothing of the country.
 */
export function callingTitle({ callingGt, callingNature }: SignallingEvent): string | null {
  return isInternational(callingNature) ? callingGt : null
}

/** As `callingTitle`, the called one. */
export function calledTitle({ calledGt, calledNature }: SignallingEvent): string | null {
  return isInternational(calledNature) ? calledGt : null
}

/** Whether a nature of address says that the country code is left out. */
export function isNationalNumber(nature: number | null): boolean {
  return nature === NATIONAL_NUMBER
}

/** A title that carries no nature is taken for international: on an interconnection it is. */
function isInternational(nature: number | null): boolean {
  return nature !== NATIONAL_NUMBER && nature !== SUBSCRIBER_NUMBER
}
