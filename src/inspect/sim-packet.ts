import type { OtaCommand, OtaResponse } from '../signalling/sms/ota-packet.ts'
import type { SmsTpdu } from '../signalling/sms/tpdu.ts'
import type { Branch } from './tree.ts'
import { hexNumber, withName } from './values.ts'

/** Adds the header of a packet to or from a SIM in the body of a message. Source: ETSI TS 102 225 §5, 3GPP TS 31.115 §4. */
export function addSimContent(body: Branch, sms: SmsTpdu): void {
  const { bodyStart: start, bodyEnd: end } = sms
  if (sms.command !== null) addCommand(body, sms.command, start, end)
  if (sms.response !== null) addResponse(body, sms.response, start, end)
  if (sms.commands.length > 0) body.field('Proactive commands', sms.commands.join(', '), start, end)
}

function addCommand(body: Branch, command: OtaCommand, start: number, end: number): void {
  const stop = Math.min(end, start + 3 + command.headerLength)
  const row = body.layer('SIM command packet', recognised(command.recognisedBy), start, stop)
  row.field('Packet length', command.packetLength, start, start + 2)
  row.field('Header length', command.headerLength, start + 2, start + 3)
  const spi = row.field('Security parameters', hexNumber(command.spi, 2), start + 3, start + 5)
  spi.field('Integrity', command.checksum, start + 3, start + 4)
  spi.field('Ciphered', command.ciphered ? 'yes' : 'no', start + 3, start + 4)
  spi.field('Counter', command.counter, start + 3, start + 4)
  spi.field('Proof of receipt', command.proof, start + 4, start + 5)
  spi.field('Integrity of the proof', command.proofChecksum, start + 4, start + 5)
  spi.field('Proof ciphered', command.proofCiphered ? 'yes' : 'no', start + 4, start + 5)
  spi.field('Proof sent by', command.proofBy, start + 4, start + 5)
  row.field(
    'Ciphering key (KIc)',
    `${hexNumber(command.kic, 1)}: ${command.cipherAlgorithm}, key ${command.cipherKey}`,
    start + 5,
    start + 6,
  )
  row.field(
    'Integrity key (KID)',
    `${hexNumber(command.kid, 1)}: ${command.checksumAlgorithm}, key ${command.checksumKey}`,
    start + 6,
    start + 7,
  )
  row.field('Toolkit application', applicationText(command.tar, command.application), start + 7, start + 10)
  row.field('Counter', command.counterValue ?? 'ciphered', start + 10, start + 15)
  row.field('Padding counter', command.paddingCounter ?? 'ciphered', start + 15, start + 16)
  if (command.checksumBytes > 0) row.field('Checksum or signature', `${command.checksumBytes} octets`, start + 16, stop)
  row.field('Protection', command.securityLevel, start + 3, start + 5)
  if (!command.complete) row.field('Rest of the packet', 'in further parts of the message', end, end)
}

function addResponse(body: Branch, response: OtaResponse, start: number, end: number): void {
  const stop = Math.min(end, start + 3 + response.headerLength)
  const row = body.layer('SIM response packet', recognised(response.recognisedBy), start, stop)
  row.field('Packet length', response.packetLength, start, start + 2)
  row.field('Header length', response.headerLength, start + 2, start + 3)
  row.field('Toolkit application', applicationText(response.tar, response.application), start + 3, start + 6)
  row.field('Counter', response.counterValue, start + 6, start + 11)
  row.field('Padding counter', response.paddingCounter, start + 11, start + 12)
  row.field('Status', withName(response.statusName, response.status), start + 12, start + 13)
  row.field('Data', `${response.dataBytes} octets, not shown`, stop, end)
}

function applicationText(tar: string, application: string | null): string {
  return application === null ? tar : `${application} (${tar})`
}

function recognised(by: OtaCommand['recognisedBy']): string {
  if (by === 'udh') return 'declared by its header element'
  return by === 'pid' ? 'known by the protocol identifier' : 'known by its structure alone'
}
