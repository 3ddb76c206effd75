import { testBrowserPacket } from '../sim-packet-cases.vectors.ts'
import { unsecuredSatPacket } from './sim-02.ts'

testBrowserPacket(
  unsecuredSatPacket,
  ['505348', '534054'],
  '000001',
  /for the S@T browser \(TAR 5\w{5}\) without any security/,
)
