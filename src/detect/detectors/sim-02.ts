import { defineDetector } from '../detector.ts'
import { FORWARD_SM } from '../short-message.ts'
import { HEADERS_UNAVAILABLE, judgeBrowserPacket } from '../sim-packet.ts'

export const unsecuredSatPacket = defineDetector({
  id: 'SIM-02',
  version: 1,
  class: 'sim',
  severity: 'critical',
  title: 'Unsecured command to the S@T browser of a SIM',
  explanation:
    'The S@T browser carries out what a message tells it. Where the packet’s security parameters ask for neither checksum key nor cipher (ETSI TS 102 225 §5.1.1, 3GPP TS 31.115 §4) anybody can have the SIM give its position away, the attack published as Simjacker. Messages of the SIM’s own operator pass.',
  techniques: ['MOT5012', 'MOT3003.301'],
  benign: ['A service of old that the operator still sends unsecured from a supplier’s service centre.'],
  unavailable: [HEADERS_UNAVAILABLE],
  operations: FORWARD_SM,
  kinds: ['invoke', 'request'],
  example:
    'A phone abroad submits a binary message whose packet names TAR 505348 with SPI 0000, KIc 00 and KID 00, for a subscriber in another country.',
  detect: (event, network) => judgeBrowserPacket(event, network, ['sat', 'satPush'], 'S@T browser'),
})
