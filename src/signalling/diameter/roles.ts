import { VENDORS } from './dictionary/avp-row.ts'

/**
 * What an AVP means to the event. The readers know how to take each; this table only says which AVP it is. Groups are
 * taken after what stands in them.
 */
export type Role =
  | 'userName'
  | 'userId'
  | 'calledStation'
  | 'sessionId'
  | 'originHost'
  | 'originRealm'
  | 'destinationHost'
  | 'destinationRealm'
  | 'routeRecord'
  | 'proxyHost'
  | 'otherHost'
  | 'resultCode'
  | 'experimentalResultCode'
  | 'application'
  | 'homeAgentAddress'
  | 'redirectText'
  | 'redirectName'
  | 'redirectAddress'
  | 'redirectNumber'
  | 'subscriptionType'
  | 'subscriptionData'
  | 'subscription'
  | 'equipmentType'
  | 'equipmentValue'
  | 'equipment'
  | 'apn'
  | 'imsiText'
  | 'publicIdentity'
  | 'msisdn'
  | 'imei'
  | 'imeiOctets'
  | 'nodeNumber'
  | 'nodeName'
  | 'nodeAddress'
  | 'nodeIpv4'
  | 'serving'
  | 'visitedPlmn'
  | 'userLocation'
  | 'cell'
  | 'eutranCell'
  | 'area'
  | 'geographical'
  | 'locationAge'
  | 'ratType'
  | 'ratOctet'
  | 'flags'
  | 'idrFlags'
  | 'cancellationType'
  | 'subscriberStatus'
  | 'operatorBarring'
  | 'vector'
  | 'vectorInAnswer'
  | 'eutranVectorsWanted'
  | 'utranVectorsWanted'
  | 'resynchronization'
  | 'dataReference'
  | 'currentLocation'
  | 'locationType'
  | 'monitoringType'
  | 'accessInfo'
  | 'lcsClient'
  | 'lcsClientNumber'
  | 'profile'
  | 'tpdu'

export interface RoleRow {
  readonly vendor: number
  readonly code: number
  readonly role: Role
}

const ietf = (code: number, role: Role): RoleRow => ({ vendor: VENDORS.ietf, code, role })
const tgpp = (code: number, role: Role): RoleRow => ({ vendor: VENDORS.tgpp, code, role })

/** AVPs that are read, by vendor and code. Sources stand with the dictionaries. */
export const ROLES: readonly RoleRow[] = [
  ietf(1, 'userName'),
  ietf(30, 'calledStation'),
  ietf(258, 'application'),
  ietf(259, 'application'),
  ietf(263, 'sessionId'),
  ietf(264, 'originHost'),
  ietf(268, 'resultCode'),
  ietf(280, 'proxyHost'),
  ietf(282, 'routeRecord'),
  ietf(283, 'destinationRealm'),
  ietf(292, 'otherHost'),
  ietf(293, 'destinationHost'),
  ietf(296, 'originRealm'),
  ietf(298, 'experimentalResultCode'),
  ietf(334, 'homeAgentAddress'),
  ietf(435, 'redirectText'),
  ietf(443, 'subscription'),
  ietf(444, 'subscriptionData'),
  ietf(450, 'subscriptionType'),
  ietf(458, 'equipment'),
  ietf(459, 'equipmentType'),
  ietf(460, 'equipmentValue'),
  ietf(493, 'apn'),
  ietf(654, 'imeiOctets'),
  ietf(658, 'imeiOctets'),
  tgpp(1, 'imsiText'),
  tgpp(6, 'nodeIpv4'),
  tgpp(18, 'serving'),
  tgpp(20, 'imeiOctets'),
  tgpp(21, 'ratOctet'),
  tgpp(22, 'userLocation'),
  tgpp(318, 'nodeName'),
  tgpp(536, 'accessInfo'),
  tgpp(601, 'publicIdentity'),
  tgpp(602, 'nodeName'),
  tgpp(606, 'profile'),
  tgpp(612, 'vectorInAnswer'),
  tgpp(619, 'redirectText'),
  tgpp(620, 'redirectText'),
  tgpp(621, 'redirectText'),
  tgpp(622, 'redirectText'),
  tgpp(701, 'msisdn'),
  tgpp(702, 'profile'),
  tgpp(703, 'dataReference'),
  tgpp(707, 'currentLocation'),
  tgpp(1032, 'ratType'),
  tgpp(1238, 'lcsClient'),
  tgpp(1240, 'lcsClient'),
  tgpp(1242, 'geographical'),
  tgpp(1402, 'imei'),
  tgpp(1405, 'flags'),
  tgpp(1407, 'visitedPlmn'),
  tgpp(1408, 'eutranVectorsWanted'),
  tgpp(1409, 'utranVectorsWanted'),
  tgpp(1411, 'resynchronization'),
  tgpp(1414, 'vector'),
  tgpp(1415, 'vector'),
  tgpp(1416, 'vector'),
  tgpp(1420, 'cancellationType'),
  tgpp(1421, 'flags'),
  tgpp(1424, 'subscriberStatus'),
  tgpp(1425, 'operatorBarring'),
  tgpp(1427, 'redirectName'),
  tgpp(1433, 'redirectNumber'),
  tgpp(1443, 'flags'),
  tgpp(1444, 'userId'),
  tgpp(1452, 'redirectAddress'),
  tgpp(1474, 'redirectNumber'),
  tgpp(1480, 'lcsClientNumber'),
  tgpp(1489, 'nodeNumber'),
  tgpp(1490, 'idrFlags'),
  tgpp(1602, 'eutranCell'),
  tgpp(1603, 'area'),
  tgpp(1604, 'cell'),
  tgpp(1605, 'area'),
  tgpp(1606, 'area'),
  tgpp(1607, 'cell'),
  tgpp(1608, 'geographical'),
  tgpp(1611, 'locationAge'),
  tgpp(1635, 'flags'),
  tgpp(1638, 'flags'),
  tgpp(1639, 'flags'),
  tgpp(1645, 'nodeNumber'),
  tgpp(1666, 'nodeName'),
  tgpp(1679, 'flags'),
  tgpp(2402, 'nodeName'),
  tgpp(2403, 'nodeNumber'),
  tgpp(2405, 'nodeAddress'),
  tgpp(2409, 'nodeName'),
  tgpp(2500, 'locationType'),
  tgpp(2514, 'locationAge'),
  tgpp(2517, 'eutranCell'),
  tgpp(2530, 'flags'),
  tgpp(2545, 'flags'),
  tgpp(3100, 'nodeNumber'),
  tgpp(3101, 'nodeName'),
  tgpp(3110, 'flags'),
  tgpp(3125, 'redirectName'),
  tgpp(3127, 'monitoringType'),
  tgpp(3145, 'flags'),
  tgpp(3300, 'nodeNumber'),
  tgpp(3301, 'tpdu'),
  tgpp(3302, 'flags'),
  tgpp(3310, 'flags'),
  tgpp(3323, 'flags'),
  tgpp(3328, 'flags'),
  tgpp(3332, 'nodeNumber'),
  tgpp(3338, 'nodeNumber'),
  tgpp(3339, 'nodeNumber'),
  tgpp(3340, 'nodeName'),
  tgpp(3341, 'nodeName'),
]

/** Groups whose members are the parts of a profile. */
export const PROFILE_GROUPS: readonly RoleRow['code'][] = [1400, 1500]
