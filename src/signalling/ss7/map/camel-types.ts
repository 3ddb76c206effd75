import { EXTENSION, extension } from './common-types.ts'
import {
  context,
  ENUMERATED,
  group,
  INTEGER,
  integer,
  list,
  MORE,
  OCTET_STRING,
  opaque,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** CAMEL subscription information: who is asked about a subscriber's calls, messages and moves. Source: 3GPP TS 29.002
 * §17.7.1. */

/** What O-CSI, T-CSI and VT-CSI hold: trigger points, each with the gsmSCF to ask. */
const CALL_CSI: readonly SchemaElement[] = [
  list(
    'bcsmCamelTDPDataList',
    SEQUENCE,
    group('bcsmCamelTDPData', SEQUENCE, [
      value('bcsmTriggerDetectionPoint', ENUMERATED),
      value('serviceKey', INTEGER, 'serviceKey'),
      value('gsmSCF-Address', context(0), 'gsmScf'),
      integer('defaultCallHandling', context(1)),
      extension(context(2)),
      MORE,
    ]),
  ),
  EXTENSION,
  MORE,
  integer('camelCapabilityHandling', context(0)),
  value('notificationToCSE', context(1)),
  value('csi-Active', context(2)),
]

/** What SMS-CSI and GPRS-CSI hold. */
const PACKET_CSI: readonly SchemaElement[] = [
  list(
    'camelTDP-DataList',
    context(0),
    group('camelTDP-Data', SEQUENCE, [
      integer('triggerDetectionPoint', context(0)),
      integer('serviceKey', context(1), 'serviceKey'),
      value('gsmSCF-Address', context(2), 'gsmScf'),
      integer('defaultHandling', context(3)),
      extension(context(4)),
      MORE,
    ]),
  ),
  integer('camelCapabilityHandling', context(1)),
  extension(context(2)),
  value('notificationToCSE', context(3)),
  value('csi-Active', context(4)),
  MORE,
]

/** What M-CSI and MG-CSI hold. */
const MOBILITY_CSI: readonly SchemaElement[] = [
  list('mobilityTriggers', SEQUENCE, value('mm-Code', OCTET_STRING)),
  value('serviceKey', INTEGER, 'serviceKey'),
  value('gsmSCF-Address', context(0), 'gsmScf'),
  extension(context(1)),
  value('notificationToCSE', context(2)),
  value('csi-Active', context(3)),
  MORE,
]

const SS_CSI: readonly SchemaElement[] = [
  group('ss-CamelData', SEQUENCE, [
    list('ss-EventList', SEQUENCE, value('ss-Code', OCTET_STRING)),
    value('gsmSCF-Address', OCTET_STRING, 'gsmScf'),
    extension(context(0)),
    MORE,
  ]),
  EXTENSION,
  MORE,
  value('notificationToCSE', context(0)),
  value('csi-Active', context(1)),
]

const DIALLED_CSI: readonly SchemaElement[] = [
  list(
    'dp-AnalysedInfoCriteriaList',
    context(0),
    group('dp-AnalysedInfoCriterium', SEQUENCE, [
      value('dialledNumber', OCTET_STRING),
      value('serviceKey', INTEGER, 'serviceKey'),
      value('gsmSCF-Address', OCTET_STRING, 'gsmScf'),
      value('defaultCallHandling', ENUMERATED),
      EXTENSION,
      MORE,
    ]),
  ),
  integer('camelCapabilityHandling', context(1)),
  extension(context(2)),
  value('notificationToCSE', context(3)),
  value('csi-Active', context(4)),
  MORE,
]

const csi = (name: string, tag: number, children: readonly SchemaElement[]): SchemaElement =>
  group(name, context(tag), children)

/** A subscription in a profile: its name is that of the part written. */
const written = (name: string, tag: number, children: readonly SchemaElement[]): SchemaElement =>
  group(name, context(tag), children, 'profilePart')

export const oCsi = (tag: number): SchemaElement => csi('o-CSI', tag, CALL_CSI)
export const dCsi = (tag: number): SchemaElement => csi('d-CSI', tag, DIALLED_CSI)

const criteria = (name: string, tag: number): SchemaElement =>
  list(name, context(tag), opaque('camelTDP-Criteria', SEQUENCE))

/** VlrCamelSubscriptionInfo */
export const VLR_CAMEL: readonly SchemaElement[] = [
  written('o-CSI', 0, CALL_CSI),
  extension(context(1)),
  MORE,
  written('ss-CSI', 2, SS_CSI),
  criteria('o-BcsmCamelTDP-CriteriaList', 4),
  value('tif-CSI', context(3), 'profilePart'),
  written('m-CSI', 5, MOBILITY_CSI),
  written('mo-sms-CSI', 6, PACKET_CSI),
  written('vt-CSI', 7, CALL_CSI),
  criteria('t-BCSM-CAMEL-TDP-CriteriaList', 8),
  written('d-CSI', 9, DIALLED_CSI),
  written('mt-sms-CSI', 10, PACKET_CSI),
  criteria('mt-smsCAMELTDP-CriteriaList', 11),
]

/** SGSN-CAMEL-SubscriptionInfo */
export const SGSN_CAMEL: readonly SchemaElement[] = [
  written('gprs-CSI', 0, PACKET_CSI),
  written('mo-sms-CSI', 1, PACKET_CSI),
  extension(context(2)),
  MORE,
  written('mt-sms-CSI', 3, PACKET_CSI),
  criteria('mt-smsCAMELTDP-CriteriaList', 4),
  written('mg-csi', 5, MOBILITY_CSI),
]

/** GmscCamelSubscriptionInfo */
export const GMSC_CAMEL: readonly SchemaElement[] = [
  csi('t-CSI', 0, CALL_CSI),
  oCsi(1),
  extension(context(2)),
  MORE,
  criteria('o-BcsmCamelTDP-CriteriaList', 3),
  criteria('t-BCSM-CAMEL-TDP-CriteriaList', 4),
  dCsi(5),
]

/** Bits of SpecificCSI-Withdraw. */
export const SPECIFIC_CSI: readonly string[] = [
  'o-csi',
  'ss-csi',
  'tif-csi',
  'd-csi',
  'vt-csi',
  'mo-sms-csi',
  'm-csi',
  'gprs-csi',
  't-csi',
  'mt-sms-csi',
  'mg-csi',
  'o-IM-CSI',
  'd-IM-CSI',
  'vt-IM-CSI',
]

/** CAMEL-SubscriptionInfo */
export const CAMEL_SUBSCRIPTION: readonly SchemaElement[] = [
  oCsi(0),
  criteria('o-BcsmCamelTDP-CriteriaList', 1),
  dCsi(2),
  csi('t-CSI', 3, CALL_CSI),
  criteria('t-BCSM-CAMEL-TDP-CriteriaList', 4),
  csi('vt-CSI', 5, CALL_CSI),
  criteria('vt-BCSM-CAMEL-TDP-CriteriaList', 6),
  value('tif-CSI', context(7)),
  value('tif-CSI-NotificationToCSE', context(8)),
  csi('gprs-CSI', 9, PACKET_CSI),
  csi('mo-sms-CSI', 10, PACKET_CSI),
  csi('ss-CSI', 11, SS_CSI),
  csi('m-CSI', 12, MOBILITY_CSI),
  extension(context(13)),
  MORE,
  value('specificCSIDeletedList', context(14)),
  csi('mt-sms-CSI', 15, PACKET_CSI),
  criteria('mt-smsCAMELTDP-CriteriaList', 16),
  csi('mg-csi', 17, MOBILITY_CSI),
  csi('o-IM-CSI', 18, CALL_CSI),
  criteria('o-IM-BcsmCamelTDP-CriteriaList', 19),
  csi('d-IM-CSI', 20, DIALLED_CSI),
  csi('vt-IM-CSI', 21, CALL_CSI),
  criteria('vt-IM-BCSM-CAMEL-TDP-CriteriaList', 22),
]
