import { defineDetector } from '../detector.ts'
import { FORWARD_SM } from '../short-message.ts'
import { HEADERS_UNAVAILABLE, judgeBrowserPacket } from '../sim-packet.ts'

export const unsecuredWibPacket = defineDetector({
  id: 'SIM-03',
  version: 1,
  class: 'sim',
  severity: 'critical',
  title: 'Unsecured command to the Wireless Internet Browser of a SIM',
  explanation:
    'The Wireless Internet Browser (WIB) runs scripts that a message brings. Where the packet’s security parameters ask for neither checksum key nor cipher (ETSI TS 102 225 §5.1.1, 3GPP TS 31.115 §4) anybody can send one. The application is told by its toolkit reference; messages of the SIM’s own operator pass.',
  techniques: ['MOT5012', 'MOT3003.301'],
  benign: ['A service of old that the operator still sends unsecured from a supplier’s service centre.'],
  unavailable: [HEADERS_UNAVAILABLE],
  operations: FORWARD_SM,
  kinds: ['invoke', 'request'],
  example: 'The title 4670174061 delivers a packet for TAR 000001 with SPI 0000 to a subscriber of another country.',
  detect: (event, network) => judgeBrowserPacket(event, network, ['wib'], 'Wireless Internet Browser'),
})
