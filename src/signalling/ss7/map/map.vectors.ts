import { element as e } from '../../../bytes/bytes.vectors.ts'
import type { MapDetail } from './detail.ts'
import type { MapOperationName } from './operations.ts'
import type { MapFields } from './walker.ts'

/**
 * What the vectors of arguments and results are made of, and arguments that are odd: written by hand from 3GPP TS 29.002
 * §17.7, subscribers of the test network 001 01 and of the range kept for drama, +44 7700 900000 to 900999, addresses kept
 * for documentation.
 */

export const IMSI = '00010121436587f9'
export const IMEI = '00949910600400f0'
export const MSISDN = '91447700091032'
export const NODE = '91447700090077'
export const OTHER_NODE = '91447700090087'
export const SCF = '91447700090099'
export const TARGET = '91447700090011'
/** MCC 001, MNC 01, area 0x1234, cell 0x5678. */
export const CELL = '00f1101234 5678'
export const AREA = '00f1101234'
/** 45° north, 90° east: shape, latitude, longitude, uncertainty. Source: TS 23.032 §6.1 and §7.3.2. */
export const POINT = '10400000400000 24'
/** An ExtensionContainer with a private extension nobody knows. */
export const EXTENSION = e('30', e('a0', e('30', e('06', '2a0304'), e('04', 'aabb'))))
/** TPDU of type DELIVER: what stands in it is the test of sms/. */
export const TPDU = '040b9144770009'

/** As text. */
export const SUBJECT = { imsi: '001010123456789' }
export const NUMBER = { msisdn: '447700900123' }
export const CLAIM = { nodeAddress: '447700900077' }
export const OTHER = { otherAddresses: ['447700900078'] }
export const CELL_TEXT = { cellId: '001-01-4660-22136' }
export const AREA_TEXT = { cellId: '001-01-4660' }
export const POINT_TEXT = { position: '45.00000,90.00000' }
export const DEVICE = { imei: '004999010640000' }

/** What is found, of the fields and of their detail alike. */
export type Found = Partial<Omit<MapFields, 'tpdu' | 'fault' | 'detail' | 'roamingNumber'>> &
  Partial<MapDetail> & { readonly tpdu?: string }

/** Operation, its parameter, what is found in it. No oddity is met in any of them. */
export type MapVector = readonly [operation: MapOperationName, hex: string, found: Found]

export const REQUESTED = e('30', e('80'), e('81'), e('83'), e('84', '00'), e('86'), e('85'))
export const tagged = (tag: string, sequence: string): string => tag + sequence.slice(2)
export const CSI = e('30', e('30', e('0a', '02') + e('02', '01') + e('80', SCF) + e('81', '00'))) + e('80', '02')

const STATE = ['subscriberState']
const SM_ROUTE = { ...SUBJECT, ...NUMBER, ...CLAIM }

/** Arguments that are odd, and the names of what is odd about them; the identity is found all the same. */
export const MAP_ODD: readonly (readonly [
  anomalies: string,
  operation: MapOperationName,
  hex: string,
  found: Found,
])[] = [
  ['nonMinimalLength', 'provideSubscriberInfo', e('30', `808108${IMSI}`), SUBJECT],
  ['nonMinimalTag', 'provideSubscriberInfo', e('30', `9f0008${IMSI}`), SUBJECT],
  ['indefiniteLength', 'provideSubscriberInfo', `3080${e('80', IMSI)}0000`, SUBJECT],
  [
    'constructedString',
    'provideSubscriberInfo',
    e('30', e('a0', e('04', IMSI.slice(0, 8)), e('04', IMSI.slice(8)))),
    SUBJECT,
  ],
  [
    'constructedString',
    'provideSubscriberInfo',
    e('30', e('a0', e('24', e('04', IMSI.slice(0, 4))), e('04', IMSI.slice(4)))),
    SUBJECT,
  ],
  ['primitiveConstructed', 'provideSubscriberInfo', e('10', e('80', IMSI)), SUBJECT],
  ['unknownParameter', 'provideSubscriberInfo', e('30', e('9f55', '00'), e('80', IMSI)), SUBJECT],
  ['duplicateParameter', 'provideSubscriberInfo', e('30', e('80', IMSI), e('80', IMSI)), SUBJECT],
  [
    'duplicateParameter severalSubscribers',
    'provideSubscriberInfo',
    e('30', e('80', IMSI), e('80', '00010100000000f0')),
    SUBJECT,
  ],
  ['parameterOrder', 'provideSubscriberInfo', e('30', e('a2'), e('80', IMSI)), SUBJECT],
  ['digitsAfterFiller', 'provideSubscriberInfo', e('30', e('80', '00010121f36587f9')), { imsi: '001010123' }],
  ['nonDecimalDigits', 'provideSubscriberInfo', e('30', e('80', '000101214365a7f9')), { imsi: '0010101234567*9' }],
  ['identityLength', 'provideSubscriberInfo', e('30', e('80', '0001f1')), { imsi: '00101' }],
  ['identityLength', 'sendAuthenticationInfo', e('04', `${IMSI.slice(0, 14)}0101`), { imsi: '001010123456781010' }],
  ['identityLength', 'checkIMEI', e('04', IMEI.slice(0, 14)), { imei: '00499901064000' }],
  ['wrongParameterType', 'provideSubscriberInfo', e('31', e('80', IMSI)), SUBJECT],
  ['wrongParameterType missingParameter', 'provideSubscriberInfo', e('04', IMSI), {}],
  [
    'missingParameter',
    'provideSubscriberInfo',
    e('30', e('a2', e('80'))),
    { locationWanted: true, requested: ['locationInformation'] },
  ],
  ['missingParameter', 'updateLocation', '', {}],
  ['missingParameter', 'sendRoutingInfoForSM', e('30', e('80', '91')), {}],
  [
    'wrongTagClass',
    'provideSubscriberInfo',
    e('30', e('40', IMSI), e('a2', e('81'))),
    { ...SUBJECT, requested: STATE },
  ],
  ['wrongTagClass', 'provideSubscriberInfo', e('30', e('c0', IMSI)), SUBJECT],
  ['wrongTagClass', 'provideSubscriberInfo', e('30', e('00', IMSI)), SUBJECT],
  ['wrongTagClass', 'anyTimeInterrogation', e('30', e('60', e('81', MSISDN)), e('83', NODE)), { ...NUMBER, ...CLAIM }],
  ['wrongTagClass', 'provideSubscriberInfo', e('70', e('80', IMSI)), SUBJECT],
  ['wrongTagClass', 'updateLocation', e('30', e('44', IMSI), e('81', NODE), e('04', NODE)), { ...SUBJECT, ...CLAIM }],
  [
    'constructedString',
    'provideSubscriberInfo',
    e('30', e('80', IMSI), e('a2', e('a1'))),
    { ...SUBJECT, requested: STATE },
  ],
  ['nonMinimalLength nonMinimalTag', 'provideSubscriberInfo', e('30', `9f8000810800010121436587f9`), SUBJECT],
  ['nonMinimalTag constructedString', 'provideSubscriberInfo', e('30', e('bf00', e('04', IMSI))), SUBJECT],
  ['paddedInteger', 'sendAuthenticationInfo', e('30', e('80', IMSI), e('02', '0005')), SUBJECT],
  [
    'paddedInteger',
    'noteMM-Event',
    e('30', e('02', '00000005'), e('80', '00'), e('81', IMSI), e('82', MSISDN)),
    { ...SUBJECT, ...NUMBER, serviceKey: 5 },
  ],
  ['paddedInteger', 'sendAuthenticationInfo', e('30', e('80', IMSI), e('02', '01'), e('83', 'ffff')), SUBJECT],
  [
    'duplicateParameter',
    'provideSubscriberInfo',
    e('30', e('80', IMSI), e('a2', e('81'), e('81'))),
    { ...SUBJECT, requested: STATE },
  ],
  [
    'parameterOrder duplicateParameter',
    'provideSubscriberInfo',
    e('30', e('a2', e('81')), e('80', IMSI), e('80', IMSI)),
    { ...SUBJECT, requested: STATE },
  ],
]

/** Arguments that a later version, a vendor or another release may send: nothing is odd about them. */
export const MAP_SOUND: readonly MapVector[] = [
  // an extension nobody knows, and elements behind the extension marker that were never defined
  [
    'provideSubscriberInfo',
    e('30', e('80', IMSI), tagged('a3', EXTENSION), e('9f70', '00'), e('bf71', e('80'))),
    SUBJECT,
  ],
  ['sendAuthenticationInfo', e('30', e('80', IMSI), e('02', '05'), e('e1', e('80', '0102'))), SUBJECT],
  // additions in another order than the specification's
  [
    'anyTimeInterrogation',
    e('30', e('a0', e('80', IMSI)), e('a1', e('80'), e('85'), e('86'), e('83')), e('83', NODE)),
    {
      ...SUBJECT,
      ...CLAIM,
      locationWanted: true,
      requested: ['locationInformation', 'currentLocation', 'imei', 'ms-classmark'],
    },
  ],
  // an element behind the marker that is not known, in front of an identity that was added later
  [
    'sendRoutingInfoForSM',
    e('30', e('80', MSISDN), e('81', 'ff'), e('82', NODE), e('9f63', '00'), e('8c', IMSI)),
    SM_ROUTE,
  ],
  // a private tag is not an identity under another class where one was read
  ['updateLocation', e('30', e('04', IMSI), e('81', NODE), e('04', NODE), e('c4', IMSI)), { ...SUBJECT, ...CLAIM }],
  ['insertSubscriberData', e('30', e('80', IMSI), e('c1', MSISDN)), SUBJECT],
]
