import { createHash, createHmac } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { EventDetail, SignallingEvent } from '../event/signalling-event.ts'
import type { Finding } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import { countryCodeOfE164 } from '../numbering/e164.ts'
import { plmnOfImsi } from '../numbering/e212.ts'
import { maskImsi, maskMsisdn } from '../numbering/mask.ts'
import { isSubscriberTitle, NODE_SUBSYSTEMS } from '../numbering/subscriber-title.ts'

/** Why identities cannot be replaced: one sentence. */
export class PseudonymError extends Error {}

export type IdentityKind = 'imsi' | 'msisdn' | 'imei' | 'name'

/** Octets of a key: those of the hash, and a file that is no key is most often larger. */
const LEAST_KEY_BYTES = 32
const MOST_KEY_BYTES = 4_096
/** 32 random octets hold about 30 different ones; a key with fewer than this many was typed. */
const LEAST_DIFFERENT = 16
const HOW = 'make one with `openssl rand -hex 32 > KEYFILE`'
const DAY_US = 86_400_000_000
/** RFC 4648 §6, in lower case. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
/** Characters behind the `~`: 65 bits, so that ten million subscribers collide with a chance of one in a million. */
const CHARACTERS = 13
/** Digits of an originating address that is a subscriber's number; shorter ones are short codes. */
const LEAST_NUMBER_DIGITS = 7

/**
 * The key in `path`: 64 hexadecimal digits or more, or the octets themselves, 32 at least.
 * Throws PseudonymError when there is none; the key never stands in an error.
 */
export async function loadKey(path: string): Promise<Uint8Array> {
  const no = (why: string): PseudonymError => new PseudonymError(`${path}: ${why}; ${HOW}.`)
  let bytes: Buffer
  try {
    const { size } = await stat(path)
    if (size > MOST_KEY_BYTES) throw no(`a key has ${MOST_KEY_BYTES} octets at most, and this file has ${size}`)
    bytes = await readFile(path)
  } catch (error) {
    throw error instanceof PseudonymError ? error : no('the key cannot be read')
  }
  const text = bytes.toString('latin1').trim()
  const key = /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : bytes
  if (key.length < LEAST_KEY_BYTES) {
    throw no(`a key has ${LEAST_KEY_BYTES} random octets at least, or ${2 * LEAST_KEY_BYTES} hexadecimal digits`)
  }
  if (new Set(key).size < LEAST_DIFFERENT) throw no('this key is not random')
  return key
}

/**
 * Replaces subscriber identities at the border to store, findings and reports by what only the holder of the key can work
 * out: a part that stays in clear (network, country code, type allocation code), `~`, and 13 characters of the keyed hash.
 * The same key, kind, identity and epoch give the same pseudonym in every case. Source: RFC 2104 (HMAC), FIPS 180-4.
 */
export class Pseudonyms {
  private readonly key: Uint8Array
  private readonly epochUs: number | null
  /** Titles that began dialogues or were named as a node: they are no subscriber's. */
  private readonly nodes = new Set<string>()
  /** Titles hidden as they may be a subscriber's; an answer may come from the title it was asked under. */
  private readonly hiddenTitles = new Set<string>()
  private newer = new Map<string, string>()
  private older = new Map<string, string>()

  /** @param epochDays days after which pseudonyms change, by capture time; null: they never do. */
  constructor(key: Uint8Array, epochDays: number | null) {
    this.key = key
    this.epochUs = epochDays === null ? null : epochDays * DAY_US
  }

  /** Tells keys apart without saying anything about them: 8 hexadecimal digits. */
  get fingerprint(): string {
    const mac = createHmac('sha256', this.key).update('telltale key fingerprint v1\0').digest()
    return createHash('sha256').update(mac).digest('hex').slice(0, 8)
  }

  /** What a case says of them. */
  get settings(): { readonly key: string; readonly epochDays: number | null } {
    return { key: this.fingerprint, epochDays: this.epochUs === null ? null : this.epochUs / DAY_US }
  }

  imsi(imsi: string, timeUs: number): string {
    return this.of('imsi', imsi, timeUs)
  }

  msisdn(msisdn: string, timeUs: number): string {
    return this.of('msisdn', msisdn, timeUs)
  }

  imei(imei: string, timeUs: number): string {
    return this.of('imei', imei, timeUs)
  }

  /** A user name: IMSIs in it are replaced in place (`0` IMSI `@nai.epc…`), any other name in front of its realm. */
  userName(name: string, timeUs: number): string {
    if (/^\d{6,15}$/.test(name)) return this.of('imsi', name, timeUs)
    if (/\d{14}/.test(name)) {
      return name.replace(/\d{14,}/g, (digits) => {
        // a root NAI has one digit in front of the IMSI (TS 23.003 §14.3, §19.3.2)
        const lead = digits.length === 16 ? digits.slice(0, 1) : ''
        return lead + this.of('imsi', digits.slice(lead.length), timeUs)
      })
    }
    const at = name.lastIndexOf('@')
    const user = at < 0 ? name : name.slice(0, at)
    return user === '' ? name : this.of('name', user, timeUs) + name.slice(user.length)
  }

  /**
   * The event as the store may hold it; the very same where it names no subscriber. Events come in their order: which
   * titles are nodes is learnt from them.
   */
  event(e: SignallingEvent): SignallingEvent {
    const { timeUs, sms } = e
    if (e.tcap === 'begin' && e.callingGt !== null) remember(this.nodes, e.callingGt)
    if (e.nodeAddress !== null) remember(this.nodes, e.nodeAddress)
    const called = this.calledTitle(e)
    const calling = this.callingTitle(e)
    const detail = this.detail(e.detail, timeUs)
    const originator = sms?.originator ?? null
    const isNumber = originator !== null && /^\d+$/.test(originator) && originator.length >= LEAST_NUMBER_DIGITS
    const sessionId = this.sessionId(e)
    const isNamed =
      e.imsi !== null ||
      e.msisdn !== null ||
      e.imei !== null ||
      e.userName !== null ||
      e.subjectImsi !== null ||
      e.subjectMsisdn !== null ||
      e.forwardedTo !== null ||
      isNumber
    if (!isNamed && called === e.calledGt && calling === e.callingGt && detail === e.detail) return e
    return {
      ...e,
      callingGt: calling,
      calledGt: called,
      imsi: e.imsi === null ? null : this.imsi(e.imsi, timeUs),
      msisdn: e.msisdn === null ? null : this.msisdn(e.msisdn, timeUs),
      imei: e.imei === null ? null : this.imei(e.imei, timeUs),
      userName: e.userName === null ? null : this.userName(e.userName, timeUs),
      sessionId,
      sms:
        sms === null || originator === null
          ? sms
          : { ...sms, originator: isNumber ? this.msisdn(originator, timeUs) : originator, tpdu: null },
      subjectImsi: e.subjectImsi === null ? null : this.imsi(e.subjectImsi, timeUs),
      subjectMsisdn: e.subjectMsisdn === null ? null : this.msisdn(e.subjectMsisdn, timeUs),
      forwardedTo: e.forwardedTo === null ? null : this.msisdn(e.forwardedTo, timeUs),
      detail,
      answeredBy: null,
    }
  }

  /** The request with its sender as the case may name it: the very same unless it calls by the subscriber's own title. */
  sender(e: SignallingEvent): SignallingEvent {
    const { callingGt } = e
    if (callingGt === null) return e
    const title = this.title(callingGt, e)
    return title === callingGt ? e : { ...e, callingGt: title }
  }

  /** The finding as the case may hold it: by the epoch of its first request. */
  finding(finding: Finding): Finding {
    const { subject, source, firstSeen } = finding
    const timeUs = Date.parse(firstSeen) * 1_000
    const imsi = subject.imsi === null ? null : this.imsi(subject.imsi, timeUs)
    const msisdn = subject.msisdn === null ? null : this.msisdn(subject.msisdn, timeUs)
    let { why } = finding
    if (subject.imsi !== null) why = replaceMask(why, maskImsi(subject.imsi), imsi ?? '')
    if (subject.msisdn !== null) why = replaceMask(why, maskMsisdn(subject.msisdn), msisdn ?? '')
    const { gt } = source
    const isOwn = gt !== null && isSubscriberTitle(gt, subject.imsi, subject.msisdn)
    const own = isOwn ? (gt === subject.imsi ? this.imsi(gt, timeUs) : this.msisdn(gt, timeUs)) : ''
    return {
      ...finding,
      why: isOwn ? why.replaceAll(gt, own) : why,
      source: isOwn ? { ...source, gt: own } : source,
      subject: { imsi, msisdn },
    }
  }

  private calledTitle(e: SignallingEvent): string | null {
    const { calledGt, calledSsn } = e
    if (calledGt === null) return null
    const mayBe = e.tcap === 'begin' && !this.nodes.has(calledGt) && !NODE_SUBSYSTEMS.includes(calledSsn ?? 0)
    if (!mayBe) return this.title(calledGt, e)
    remember(this.hiddenTitles, calledGt)
    return calledGt === (e.imsi ?? e.subjectImsi) ? this.imsi(calledGt, e.timeUs) : this.msisdn(calledGt, e.timeUs)
  }

  private callingTitle(e: SignallingEvent): string | null {
    const { callingGt } = e
    if (callingGt === null) return null
    const wasHidden = e.tcap !== 'begin' && this.hiddenTitles.has(callingGt) && !this.nodes.has(callingGt)
    return wasHidden ? this.msisdn(callingGt, e.timeUs) : this.title(callingGt, e)
  }

  private title(title: string, e: SignallingEvent): string {
    const imsi = e.imsi ?? e.subjectImsi
    if (title === imsi) return this.imsi(title, e.timeUs)
    return isSubscriberTitle(title, imsi, e.msisdn ?? e.subjectMsisdn) ? this.msisdn(title, e.timeUs) : title
  }

  /** A Session-Id may hold the IMSI: its last part is the sender's to fill (RFC 6733 §8.8). */
  private sessionId({ sessionId, imsi, subjectImsi, timeUs }: SignallingEvent): string | null {
    const digits = imsi ?? subjectImsi
    if (sessionId === null || digits === null || !sessionId.includes(digits)) return sessionId
    return sessionId.replaceAll(digits, this.imsi(digits, timeUs))
  }

  private detail(detail: EventDetail, timeUs: number): EventDetail {
    const { callingNumber, calledNumber, redirectingNumber } = detail
    if (callingNumber === null && calledNumber === null && redirectingNumber === null) return detail
    const shown = (digits: string | null): string | null => (digits === null ? null : this.msisdn(digits, timeUs))
    return {
      ...detail,
      callingNumber: shown(callingNumber),
      calledNumber: shown(calledNumber),
      redirectingNumber: shown(redirectingNumber),
    }
  }

  private of(kind: IdentityKind, identity: string, timeUs: number): string {
    const epoch = this.epochUs === null ? 0 : Math.floor(timeUs / this.epochUs)
    const name = `${kind}\0${epoch}\0${canonical(kind, identity)}`
    const known = this.newer.get(name)
    if (known !== undefined) return known
    const made = this.older.get(name) ?? clearPart(kind, identity) + this.hidden(name)
    // as network/memo.ts: two halves, the older of which is forgotten
    if (this.newer.size >= LIMITS.pseudonyms) {
      this.older = this.newer
      this.newer = new Map()
    }
    this.newer.set(name, made)
    return made
  }

  private hidden(name: string): string {
    const mac = createHmac('sha256', this.key).update(`telltale pseudonym v1\0${name}`).digest()
    let text = '~'
    let bits = 0
    let held = 0
    for (let at = 0; text.length <= CHARACTERS; ) {
      if (held < 5) {
        bits = ((bits << 8) | (mac[at++] ?? 0)) & 0xfff
        held += 8
      }
      held -= 5
      text += BASE32.charAt((bits >> held) & 31)
    }
    return text
  }
}

/** Adds to a set with a bound: when full, it begins anew, and some more titles are hidden than need be. */
function remember(titles: Set<string>, title: string): void {
  if (titles.has(title)) return
  if (titles.size >= LIMITS.servingNodes) titles.clear()
  titles.add(title)
}

/** IMEI and IMEISV of one phone share their first 14 digits; what follows is a check digit or a software version. */
function canonical(kind: IdentityKind, identity: string): string {
  return kind === 'imei' ? identity.slice(0, 14) : identity
}

/** Digits that stay: whose network, which country, which model. Never more than leaves the rest to be guessed among many. */
function clearPart(kind: IdentityKind, identity: string): string {
  if (kind === 'name' || !/^\d{9,}$/.test(identity)) return ''
  if (kind === 'imei') return identity.length < 14 ? '' : identity.slice(0, 8)
  if (kind === 'msisdn') return countryCodeOfE164(identity) ?? ''
  const found = plmnOfImsi(identity)
  return found === null ? '' : (found.plmn ?? found.mcc)
}

/** Only where it follows the word that says what it is: stars alone may stand for something else. */
function replaceMask(why: string, mask: string, pseudonym: string): string {
  return why.replaceAll(`IMSI ${mask}`, `IMSI ${pseudonym}`).replaceAll(`number ${mask}`, `number ${pseudonym}`)
}
