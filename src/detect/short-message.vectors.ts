import assert from 'node:assert/strict'
import { hex } from '../bytes/bytes.vectors.ts'
import { Fault } from '../bytes/fault.ts'
import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { commandPacket, FILLER } from '../signalling/sms/ota-packet.vectors.ts'
import { decodeTpdu, type SmsTpdu } from '../signalling/sms/tpdu.ts'

/** Short messages for tests of detectors: real TPDUs, decoded; headers and skeletons only, no text and no working script. */

const STAMP = '62302080510300'
const OCTETS = (text: string): string => (text.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0')

/** Data of a plain text: five septets. */
export const TEXT = { pid: '00', dcs: '00', length: '05', data: 'e8329bfd06', udh: null as string | null }
/** Eight octets of binary data that are nothing in particular. */
export const BINARY = { pid: '00', dcs: '04', length: '08', data: 'a5b6c7d8e9fa0b1c', udh: null as string | null }

export type Body = typeof TEXT

/** A command packet under the headers that belong to it, or under others. */
export function packet(tar: string, spi: string, headers: Partial<Pick<Body, 'pid' | 'dcs' | 'udh'>> = {}): Body {
  const { pid = '7f', dcs = 'f6', udh = '7000' } = headers
  const data = commandPacket({ spi, tar }, spi === '0000' ? '' : 'a1a2a3a4a5a6a7a8', FILLER)
  const whole = udh === null ? data : OCTETS(udh) + udh + data
  return { pid, dcs, udh, length: OCTETS(whole), data: whole }
}

function decoded(octets: string, toMobile: boolean): SmsTpdu {
  const bytes = hex(octets)
  const tpdu = decodeTpdu(bytes, 0, bytes.length, toMobile)
  assert.ok(!(tpdu instanceof Fault), octets)
  return tpdu
}

/** mt-ForwardSM with a DELIVER from 447700900123. */
export function delivery(body: Body, given: Partial<SignallingEvent>): SignallingEvent {
  const first = body.udh === null ? '04' : '44'
  const tpdu = decoded(`${first} 0c91447700091032 ${body.pid} ${body.dcs} ${STAMP} ${body.length} ${body.data}`, true)
  return forward('mt-ForwardSM', tpdu, given)
}

/** mo-ForwardSM with a SUBMIT to 447700900456, or to another number in TP-DA form. */
export function submission(body: Body, given: Partial<SignallingEvent>, to = '0c91447700094065'): SignallingEvent {
  const first = body.udh === null ? '01' : '41'
  return forward(
    'mo-ForwardSM',
    decoded(`${first} 07 ${to} ${body.pid} ${body.dcs} ${body.length} ${body.data}`, false),
    given,
  )
}

function forward(operation: string, tpdu: SmsTpdu, given: Partial<SignallingEvent>): SignallingEvent {
  const { pid, dcs, udh } = tpdu
  const imsi = given.subjectImsi ?? null
  const msisdn = given.subjectMsisdn ?? null
  return signallingEvent({
    operation,
    imsi,
    msisdn,
    sms: { pid, dcs, udh, originator: null, oaType: null, tpdu },
    ...given,
  })
}

/** The same over Diameter SGd, from a host of `realm`. */
export function overDiameter(event: SignallingEvent, realm: string): SignallingEvent {
  const operation = event.operation === 'mt-ForwardSM' ? 'MT-Forward-Short-Message' : 'MO-Forward-Short-Message'
  return {
    ...event,
    protocol: 'diameter',
    kind: 'request',
    operation,
    callingGt: null,
    calledGt: null,
    originHost: `smsc.${realm}`,
    originRealm: realm,
    tcap: null,
  }
}
