import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { countryOfE164 } from '../../numbering/e164.ts'
import { areNumberedApart } from '../../numbering/territory.ts'
import type { SmsTpdu } from '../../signalling/sms/tpdu.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, unavailable, type Verdict } from '../detector.ts'
import {
  FORWARD_SM,
  forwardedMessage,
  isForwardSm,
  isRequest,
  isTowardsPhone,
  SM_ROUTING,
  smSenderOf,
} from '../short-message.ts'
import { HEADERS_UNAVAILABLE, UNREADABLE } from '../sim-packet.ts'
import { TextColumn } from '../state/subjects.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** A command that went to a phone: when, from whom (`home`, `other`, `unknown`), and the sender its message named. */
type Command = readonly [timeUs: number, sender: string, originator: string]
/** Phones that sent data to a number with no command before, and the last of them. */
type Destination = readonly [phones: number, last: string]

/** A number within a network, not one of the world's: a service. */
const SHORT_CODE_DIGITS = 8

export const dataAfterSimCommand = defineDetector({
  id: 'SIM-06',
  version: 1,
  class: 'sim',
  severity: 'critical',
  title: 'Phone that sends data out right after a command to its SIM',
  explanation:
    'A command packet may have the SIM send a short message of its own, without the user (ETSI TS 102 223 §6.4.10, 3GPP TS 31.111 §6.4.10). A binary message that leaves the phone within moments of a command, for a number that other phones do not write to, is how a position or an identity is carried out. Proofs of receipt and answers to the SIM’s own operator pass; a position or an IMEI for a number abroad does not.',
  techniques: ['MOT5012', 'MOT5012.501', 'MOT3003.301', 'T1430.002'],
  benign: [
    'A meter or tracker that sends its readings.',
    'A proof of receipt to a platform at a supplier’s service centre.',
  ],
  unavailable: [HEADERS_UNAVAILABLE, 'The number the message is for: it could not be read.'],
  operations: [...FORWARD_SM, ...SM_ROUTING, 'insertSubscriberData', 'Update-Location'],
  example:
    'Twenty seconds after a packet for its S@T browser came from 4670174061, a phone submits 8-bit data with the shape of a cell and an IMEI to a number nobody else writes to.',
  thresholds: [
    {
      name: 'windowSeconds',
      default: 180,
      unit: 'seconds',
      meaning: 'Time from the command to the message; a larger value finds slower phones and more coincidences.',
    },
    {
      name: 'commonPhones',
      default: 3,
      unit: 'phones',
      meaning: 'Phones that write data to a number unasked before it counts as a service.',
    },
  ],
  start(context) {
    const commands = context.memory.table<Command>('SIM-06 commands')
    const { subjects } = context.memory
    const numbers = context.memory.bySubject('SIM-06 numbers', () => new TextColumn(subjects))
    const destinations = context.memory.table<Destination>('SIM-06 destinations')

    const keysOf = ({ subjectImsi, subjectMsisdn }: SignallingEvent): string[] => {
      const number = subjectMsisdn ?? (subjectImsi === null ? undefined : numbers.get(subjects.find(subjectImsi)))
      const keys = subjectImsi === null ? [] : [`i${subjectImsi}`]
      return number === undefined ? keys : [...keys, `m${number}`]
    }
    const learnNumber = ({ subjectImsi, subjectMsisdn }: SignallingEvent): null => {
      if (subjectImsi === null || subjectMsisdn === null) return null
      numbers.set(subjects.of(subjectImsi), subjectMsisdn)
      return null
    }
    const noteDestination = (address: string, phone: string): void => {
      const [phones, last] = destinations.get(address) ?? [0, '']
      if (last !== phone) destinations.set(address, [phones + 1, phone])
    }

    return (event) => {
      if (!isForwardSm(event)) return learnNumber(event)
      if (!isRequest(event)) {
        const request = isRefusal(event) ? context.requestOf(event) : null
        // what did not reach the phone moves nothing
        if (request !== null && (forwardedMessage(request)?.command ?? null) !== null && isTowardsPhone(request)) {
          for (const key of keysOf(request)) commands.delete(key)
        }
        return null
      }
      const tpdu = forwardedMessage(event)
      if (isTowardsPhone(event)) {
        if (tpdu === null || tpdu.command === null) return null
        const command: Command = [event.timeUs, smSenderOf(event, context.network), tpdu.address ?? '']
        for (const key of keysOf(event)) commands.set(key, command)
        return null
      }
      const keys = keysOf(event)
      const command = keys.map((key) => commands.get(key)).find((known) => known !== undefined)
      const seconds = command === undefined ? -1 : (event.timeUs - command[0]) / 1e6
      const isAfter = command !== undefined && seconds >= 0 && seconds <= context.threshold('windowSeconds')
      if (tpdu === null) return isAfter ? UNREADABLE : null
      const isData = tpdu.type === 'submit' && (tpdu.binary || tpdu.response !== null)
      if (!isAfter) {
        if (isData && tpdu.address !== null) noteDestination(tpdu.address, keys[0] ?? '')
        return null
      }
      if (!isData) return 'pass'
      if (tpdu.address === null) return unavailable('the number the message is for is unknown')
      const [phones, last] = destinations.get(tpdu.address) ?? [0, '']
      if (phones >= context.threshold('commonPhones') || keys.includes(last)) return 'pass'
      return judge(context, event, command, seconds)
    }
  },
})

function judge({ network }: Context, event: SignallingEvent, command: Command, seconds: number): Verdict {
  const [, sender, originator] = command
  const tpdu = forwardedMessage(event)
  if (tpdu === null) return null
  const holds = [tpdu.holdsLocation ? 'a cell' : '', tpdu.holdsImei ? 'an IMEI' : ''].filter((word) => word !== '')
  const { address } = tpdu
  if (sender !== 'other') {
    const isService = address !== null && tpdu.addressType !== 'international' && address.length <= SHORT_CODE_DIGITS
    // strangers' messages come by the home's own centre as well, and name their number
    const isAnswer = tpdu.response !== null || (address === originator && !isAbroad(tpdu, network)) || isService
    if (isAnswer || holds.length === 0 || network.homeOfGt(address) === true) return 'pass'
  }
  const shape = holds.length === 0 ? '' : `, shaped like ${holds.join(' and ')}`
  return {
    outcome: 'fail',
    why: `${Math.round(seconds)} s after a SIM command to ${subjectWords(event)}, its phone sent binary data${shape} by ${sourceWords(event, network)} to a number that few write to`,
    confidence: confidence({ pattern: holds.length > 0 ? 0.95 : 0.8, state: sender === 'other' ? 1 : 0.75 }),
  }
}

/** Whether a message is for a number of another country than ours. */
function isAbroad({ address, addressType }: SmsTpdu, { home }: Network): boolean {
  if (address === null || addressType !== 'international' || home === null || home.country === null) return false
  const country = countryOfE164(address)
  return country !== null && areNumberedApart(country, home.country)
}

function isRefusal({ kind, resultCode }: SignallingEvent): boolean {
  if (kind === 'answer') return resultCode !== null && resultCode >= 3000
  return kind === 'error' || kind === 'reject' || kind === 'abort'
}
