import type { AvpRow } from './avp-row.ts'

/** Vendor 3GPP2: AVPs used on Gx for CDMA2000. Source: 3GPP2 X.S0057 §6. */
export const TGPP2_AVPS: readonly AvpRow[] = [
  { code: 800, name: 'Flow-Operation', type: 'Enumerated' },
  { code: 801, name: '3GPP2-Charging-Rule-Install', type: 'Grouped' },
  { code: 802, name: '3GPP2-Charging-Rule-Definition', type: 'Grouped' },
  { code: 803, name: '3GPP2-Event-Trigger', type: 'Enumerated' },
  { code: 804, name: '3GPP2-QoS-Information', type: 'Grouped' },
  { code: 805, name: '3GPP2-Charging-Rule-Report', type: 'Grouped' },
  { code: 806, name: 'AGW-IP-Address', type: 'Address' },
  { code: 807, name: 'AGW-IPv6-Address', type: 'Address' },
  { code: 808, name: '3GPP2-RAT-Type', type: 'Enumerated' },
  { code: 809, name: 'Flow-Info', type: 'Grouped' },
  { code: 810, name: 'Flow-Identifier', type: 'UTF8String' },
  { code: 811, name: 'Granted-QoS', type: 'Grouped' },
  { code: 812, name: 'Requested-QoS', type: 'Grouped' },
  { code: 813, name: 'Flow-Description-Info', type: 'Grouped' },
  { code: 814, name: 'Rule-Reason-Code', type: 'Enumerated' },
  { code: 815, name: 'AGW-MCC-MNC', type: 'UTF8String' },
  { code: 898, name: 'Access-Network-Physical-Access-ID-Realm', type: 'OctetString' },
  { code: 899, name: 'Access-Network-Physical-Access-ID-Value', type: 'OctetString' },
  { code: 900, name: 'Access-Network-Physical-Access-ID', type: 'Grouped' },
  { code: 9010, name: '3GPP2-BSID', type: 'UTF8String' },
]
