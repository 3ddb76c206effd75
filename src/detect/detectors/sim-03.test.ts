import { testBrowserPacket } from '../sim-packet-cases.vectors.ts'
import { unsecuredWibPacket } from './sim-03.ts'

testBrowserPacket(
  unsecuredWibPacket,
  ['000001', '000009', 'bfff00', 'bfffee'],
  '505348',
  /for the Wireless Internet Browser \(TAR \w{6}\) without any security/,
)
