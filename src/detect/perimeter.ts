import type { SignallingEvent } from '../event/signalling-event.ts'
import { calledTitle, callingTitle, isNationalNumber } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { type Resolution, sameOperator, UNRESOLVED } from '../network/resolution.ts'
import { countryCodeOfE164 } from '../numbering/e164.ts'
import { isRegisterOf, noteRegister } from './registers.ts'

/** Questions about who sent an event and whose subscriber it names, answered with three outcomes. */

/** Where a request comes from, seen from the network it asks. */
export interface Crossing {
  /** `outside`: from another network; `inside`: from the same; `outgoing`: from home to another; `unknown`. */
  readonly where: 'outside' | 'inside' | 'outgoing' | 'unknown'
  /** Whether `home` of network.yaml says so, or public numbering and partners alone. */
  readonly by: 'home' | 'numbering'
}

/**
 * What is known of the event under judgement. Dozens of detectors ask the same of one event before the next one comes, so
 * that the answers about the last one are kept.
 */
interface Sides {
  event: SignallingEvent | null
  network: Network | null
  source: Resolution
  fromHome: boolean | null
  toHome: boolean | null | undefined
  target: Resolution | undefined
  crossing: Crossing | undefined
  fromSubjectsHome: boolean | null | undefined
}

/** One for all events: a new one for each would be garbage at once. */
const last: Sides = {
  event: null,
  network: null,
  source: UNRESOLVED,
  fromHome: null,
  toHome: undefined,
  target: undefined,
  crossing: undefined,
  fromSubjectsHome: undefined,
}

function sidesOf(event: SignallingEvent, network: Network): Sides {
  if (last.event === event && last.network === network) return last
  last.event = event
  last.network = network
  last.source = findSource(event, network)
  last.fromHome = findFromHome(event, network)
  last.toHome = undefined
  last.target = undefined
  last.crossing = undefined
  last.fromSubjectsHome = undefined
  return last
}

/** Whose network sent a request, and whose it reached: by `home` where it can tell, else by public numbering. */
export function crossingOf(event: SignallingEvent, network: Network): Crossing {
  const sides = sidesOf(event, network)
  sides.crossing ??= findCrossing(event, network)
  return sides.crossing
}

/** Whose the address is that an event comes from: global title or point code, realm or host, or IP address. */
export function sourceOperator(event: SignallingEvent, network: Network): Resolution {
  return sidesOf(event, network).source
}

/** Whose the address is that it goes to. */
export function targetOperator(event: SignallingEvent, network: Network): Resolution {
  const sides = sidesOf(event, network)
  sides.target ??= findTarget(event, network)
  return sides.target
}

/** Whether the calling address is ours. Null when it cannot be told. */
export function isFromHome(event: SignallingEvent, network: Network): boolean | null {
  return sidesOf(event, network).fromHome
}

/** Whether the called address is ours. Null when it cannot be told. */
export function isToHome(event: SignallingEvent, network: Network): boolean | null {
  const sides = sidesOf(event, network)
  if (sides.toHome === undefined) sides.toHome = findToHome(event, network)
  return sides.toHome
}

/** Whether an event comes from the operator that issued `imsi`. Null when it cannot be told. */
export function isFromOperatorOf(event: SignallingEvent, imsi: string | null, network: Network): boolean | null {
  if (imsi !== event.subjectImsi) return findFromOperatorOf(event, imsi, network)
  const sides = sidesOf(event, network)
  if (sides.fromSubjectsHome === undefined) sides.fromSubjectsHome = findFromOperatorOf(event, imsi, network)
  return sides.fromSubjectsHome
}

const INSIDE_BY_HOME: Crossing = { where: 'inside', by: 'home' }
const OUTGOING: Crossing = { where: 'outgoing', by: 'home' }
const OUTSIDE_BY_HOME: Crossing = { where: 'outside', by: 'home' }
const INSIDE: Crossing = { where: 'inside', by: 'numbering' }
const OUTSIDE: Crossing = { where: 'outside', by: 'numbering' }
const UNKNOWN: Crossing = { where: 'unknown', by: 'numbering' }

function findCrossing(event: SignallingEvent, network: Network): Crossing {
  const fromHome = isFromHome(event, network)
  const toHome = isToHome(event, network)
  if (fromHome === true) return toHome === false ? OUTGOING : INSIDE_BY_HOME
  // what two nodes of one foreign network say to each other may pass by us
  if (fromHome === false && toHome !== false) return OUTSIDE_BY_HOME
  const source = sourceOperator(event, network)
  const outside = fromHome === false ? OUTSIDE_BY_HOME : OUTSIDE
  const target = targetOperator(event, network)
  const ofTarget = sameOperator(source, target)
  if (ofTarget === false) return outside
  if (network.home === null && ofTarget === true) return INSIDE
  // two nodes of one country may be of one network, and speak of its guest
  const mayBeOne = network.home === null && source.country !== null && source.country === target.country
  const ofStranger = mayBeOne ? UNKNOWN : outside
  const ofIssuer = sameOperator(source, network.operatorOfImsi(event.subjectImsi))
  if (ofIssuer === false) return ofStranger
  const ofNumber = sameOperator(source, network.operatorOfGt(event.subjectMsisdn))
  if (ofNumber === false) return ofStranger
  if (ofTarget === true || ofIssuer === true || ofNumber === true) return INSIDE
  return fromHome === false ? outside : UNKNOWN
}

function findSource(event: SignallingEvent, network: Network): Resolution {
  if (event.protocol === 'diameter') return network.operatorOfRealm(event.originRealm ?? event.originHost)
  if (isGtp(event)) return network.operatorOfIp(event.srcIp)
  const title = callingTitle(event)
  if (title !== null) return network.operatorOfGt(title)
  const ofLink = network.operatorOfPointCode(event.opc)
  const isNational = event.callingGt !== null && isNationalNumber(event.callingNature)
  return isNational && ofLink.method === 'unknown' ? domesticOf(network) : ofLink
}

/** By network: what a national number tells, which is the country alone. */
const domestic = new WeakMap<Network, Resolution>()

function domesticOf(network: Network): Resolution {
  if (network.home === null) return UNRESOLVED
  let known = domestic.get(network)
  if (known === undefined) {
    known = { operator: null, country: network.home.country, plmns: [], method: 'public numbering' }
    domestic.set(network, known)
  }
  return known
}

function findTarget(event: SignallingEvent, network: Network): Resolution {
  if (event.protocol === 'diameter') return network.operatorOfRealm(event.destinationRealm ?? event.destinationHost)
  if (isGtp(event)) return network.operatorOfIp(event.dstIp)
  return network.operatorOfGt(calledTitle(event))
}

function isGtp({ protocol }: SignallingEvent): boolean {
  return protocol === 'gtpv1' || protocol === 'gtpv2'
}

function findFromHome(event: SignallingEvent, network: Network): boolean | null {
  if (event.protocol === 'diameter') return network.homeOfRealm(event.originRealm ?? event.originHost)
  if (isGtp(event)) return network.homeOfIp(event.srcIp)
  const title = callingTitle(event)
  if (title !== null) return network.homeOfGt(title)
  const byPointCode = network.homeOfPointCode(event.opc)
  return byPointCode === true ? true : (isNationalOfHome(event, network) ?? byPointCode)
}

/** The fewest digits of a national number of a node; shorter ones are a network's own. */
const NATIONAL_DIGITS = 7

/**
 * Whether a calling title written as a national number is ours: it is, where it continues the country code of our called
 * title to one of ours. Null where it begins with such a title whole, as a wrong nature of address makes of our own.
 */
function isNationalOfHome({ callingGt, callingNature, calledGt }: SignallingEvent, network: Network): boolean | null {
  if (callingGt === null || !isNationalNumber(callingNature)) return null
  if (calledGt === null || network.homeOfGt(calledGt) !== true || network.homeOfGt(callingGt) === true) return null
  const code = countryCodeOfE164(calledGt)
  const digits = callingGt.replace(/^0+/, '')
  return code === null || digits.length < NATIONAL_DIGITS ? null : network.homeOfGt(code + digits)
}

function findToHome(event: SignallingEvent, network: Network): boolean | null {
  if (event.protocol === 'diameter') return network.homeOfRealm(event.destinationRealm ?? event.destinationHost)
  if (isGtp(event)) return network.homeOfIp(event.dstIp)
  return network.homeOfGt(calledTitle(event)) ?? network.homeOfPointCode(event.dpc)
}

function findFromOperatorOf(event: SignallingEvent, imsi: string | null, network: Network): boolean | null {
  if (imsi === null) return null
  const isOurs = isOneOurs(isFromHome(event, network), network.homeOfImsi(imsi))
  if (isOurs !== null) return isOurs
  const issuer = network.operatorOfImsi(imsi)
  const source = sourceOperator(event, network)
  const isIssuer = sameOperator(source, issuer)
  if (isIssuer === false && isRegisterOf(source, imsi, network)) return true
  const { callingGt } = event
  if (callingGt === null || !isNationalNumber(event.callingNature)) return isIssuer
  // the nature of address may have been lost on the way: read whole, the digits may be the issuer's
  return sameOperator(network.operatorOfGt(callingGt), issuer) === false ? isIssuer : null
}

/** Whether the operator of global title `gt` is the one that issued `imsi`. Null when it cannot be told. */
export function isTitleOfHomeOperator(gt: string | null, imsi: string | null, network: Network): boolean | null {
  if (gt === null || imsi === null) return null
  const isOurs = isOneOurs(network.homeOfGt(gt), network.homeOfImsi(imsi))
  if (isOurs !== null) return isOurs
  const operator = network.operatorOfGt(gt)
  const isIssuer = sameOperator(operator, network.operatorOfImsi(imsi))
  return isIssuer === false && isRegisterOf(operator, imsi, network) ? true : isIssuer
}

/** Learns from a request of one of our nodes to register a guest at whose register such guests are. */
export function learnRegister(event: SignallingEvent, network: Network): void {
  const imsi = event.subjectImsi
  if (imsi === null || network.homeOfImsi(imsi) !== false) return
  if (isFromHome(event, network) !== true || isToHome(event, network) !== false) return
  // under our title from outside: nothing of that is ours
  if (isFromForeignLink(event, network)) return
  const title = calledTitle(event)
  const name = event.destinationRealm ?? event.destinationHost
  if (event.protocol !== 'diameter' && title !== null) noteRegister(imsi, `gt ${title}`, network)
  else if (event.protocol === 'diameter' && name !== null) noteRegister(imsi, `realm ${name}`, network)
}

function isFromForeignLink({ protocol, opc, srcIp }: SignallingEvent, network: Network): boolean {
  return (protocol === 'diameter' ? network.homeOfIp(srcIp) : network.homeOfPointCode(opc)) === false
}

/** Whether two global titles are of one operator. Null when it cannot be told. */
export function areTitlesOfOneOperator(a: string, b: string, network: Network): boolean | null {
  const isOurs = isOneOurs(network.homeOfGt(a), network.homeOfGt(b))
  return isOurs ?? sameOperator(network.operatorOfGt(a), network.operatorOfGt(b))
}

/** `home` decides alone where one of the two is ours: then the other is, or is another operator's. */
function isOneOurs(a: boolean | null, b: boolean | null): boolean | null {
  return a === null || b === null || !(a || b) ? null : a === b
}

/** How surely resolutions say what they say: the user's own data is better than public numbering; a hub speaks for many. */
export function confidenceOf(...resolutions: readonly Resolution[]): number {
  return Math.min(
    ...resolutions.map(({ method }) =>
      method === 'unknown' || method === 'hub' ? 0.5 : method === 'public numbering' ? 0.75 : 0.95,
    ),
  )
}
