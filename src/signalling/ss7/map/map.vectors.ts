import { element as e } from '../../../bytes/bytes.vectors.ts'
import type { MapOperationName } from './operations.ts'
import type { MapFields } from './walker.ts'

/**
 * Arguments and results, written by hand from 3GPP TS 29.002 §17.7: operations of every kind an attacker uses, subscribers
 * of the test network 001 01 and of the range kept for drama, +44 7700 900000 to 900999.
 */

const IMSI = '00010121436587f9'
const IMEI = '00949910600400f0'
const MSISDN = '91447700091032'
const NODE = '91447700090077'
const OTHER_NODE = '91447700090087'
const SCF = '91447700090099'
const TARGET = '91447700090011'
/** MCC 001, MNC 01, area 0x1234, cell 0x5678. */
const CELL = '00f1101234 5678'
const AREA = '00f1101234'
/** 45° north, 90° east: shape, latitude, longitude, uncertainty. Source: TS 23.032 §6.1 and §7.3.2. */
const POINT = '10400000400000 24'
/** An ExtensionContainer with a private extension nobody knows. */
const EXTENSION = e('a0', e('30', e('06', '2a0304'), e('04', 'aabb')))
/** TPDU of type DELIVER: what stands in it is the test of sms/. */
const TPDU = '040b9144770009'

const SUBJECT = { imsi: '001010123456789' }
const NUMBER = { msisdn: '447700900123' }
const CLAIM = { nodeAddress: '447700900077' }
const CELL_TEXT = { cellId: '001-01-4660-22136' }
const AREA_TEXT = { cellId: '001-01-4660' }
const POINT_TEXT = { position: '45.00000,90.00000' }
const DEVICE = { imei: '004999010640000' }

export type Found = Partial<Omit<MapFields, 'tpdu' | 'fault'>> & { readonly tpdu?: string }

/** Operation, its parameter, what is found in it. No oddity is met in any of them. */
export type MapVector = readonly [operation: MapOperationName, hex: string, found: Found]

const REQUESTED = e('30', e('80'), e('81'), e('83'), e('84', '00'), e('86'), e('85'))
const tagged = (tag: string, sequence: string): string => tag + sequence.slice(2)
const CSI = e('30', e('30', e('0a', '02') + e('02', '01') + e('80', SCF) + e('81', '00'))) + e('80', '02')

export const MAP_ARGUMENTS_READ: readonly MapVector[] = [
  [
    'updateLocation',
    e(
      '30',
      e('04', IMSI),
      e('81', OTHER_NODE),
      e('04', NODE),
      e('8a', '01020304'),
      tagged('30', EXTENSION),
      e('a6', e('80', '04e0')),
    ),
    { ...SUBJECT, ...CLAIM },
  ],
  ['updateLocation', e('30', e('04', IMSI), e('80', OTHER_NODE), e('04', NODE)), { ...SUBJECT, ...CLAIM }],
  ['cancelLocation', e('04', IMSI), SUBJECT],
  ['cancelLocation', e('30', e('04', IMSI), e('04', '01020304')), SUBJECT],
  ['cancelLocation', e('a3', e('04', IMSI), e('0a', '00')), SUBJECT],
  [
    'cancelLocation',
    e('a3', e('30', e('04', IMSI), e('04', '01020304')), e('0a', '00'), e('83', OTHER_NODE), e('84', NODE)),
    { ...SUBJECT, ...CLAIM },
  ],
  [
    'provideRoamingNumber',
    e(
      '30',
      e('80', IMSI),
      e('81', OTHER_NODE),
      e('82', MSISDN),
      e('a5', e('0a', '01')),
      e('a6', e('0a', '01')),
      e('88', NODE),
      e('89', '0102'),
    ),
    { ...SUBJECT, ...NUMBER, ...CLAIM },
  ],
  ['noteSubscriberDataModified', e('30', e('04', IMSI), e('04', MSISDN), e('a2'), e('84')), { ...SUBJECT, ...NUMBER }],
  [
    'resumeCallHandling',
    e('30', e('80', '01'), e('a1', e('83', '11')), e('83', IMSI), e('89', MSISDN)),
    { ...SUBJECT, ...NUMBER },
  ],
  [
    'insertSubscriberData',
    e(
      '30',
      e('80', IMSI),
      e('81', MSISDN),
      e('82', '0a'),
      e('83', '01'),
      e('a6', e('04', '11')),
      e('a7', e('a0', e('04', '21') + e('30', e('30', e('83', '11') + e('84', '07') + e('85', TARGET))))),
      e('ad', e('a0', CSI) + e('a2', e('30', e('30', e('04', '31')) + e('04', SCF)))),
    ),
    { ...SUBJECT, ...NUMBER, barred: true, forwardedTo: '447700900011', gsmScfAddresses: ['447700900099'] },
  ],
  [
    'insertSubscriberData',
    e(
      '30',
      e(
        'b1',
        e('a0', e('a0', e('30', e('80', '01') + e('81', '05') + e('82', SCF) + e('83', '00'))) + e('81', '02')) +
          e('a5', e('30', e('04', '00')) + e('02', '01') + e('80', NODE)),
      ),
    ),
    { gsmScfAddresses: ['447700900099', '447700900077'] },
  ],
  [
    'insertSubscriberData',
    e(
      '30',
      e(
        'ad',
        e('a5', e('30', e('04', '00')) + e('02', '01') + e('80', SCF)) +
          e('a7', CSI) +
          e('a9', e('a0', e('30', e('04', TARGET) + e('02', '01') + e('04', NODE) + e('0a', '00')))),
      ),
    ),
    { gsmScfAddresses: ['447700900099', '447700900077'] },
  ],
  ['deleteSubscriberData', e('30', e('80', IMSI), e('a1', e('83', '11')), e('89')), SUBJECT],
  ['sendParameters', e('30', e('80', IMSI), e('30', e('0a', '01'))), SUBJECT],
  ['registerSS', e('30', e('04', '21'), e('83', '11'), e('84', TARGET)), { forwardedTo: '447700900011' }],
  [
    'registerSS',
    e('30', e('04', '21'), e('82', '17'), e('84', TARGET), e('85', '0f')),
    { forwardedTo: '447700900011' },
  ],
  ['eraseSS', e('30', e('04', '21')), {}],
  ['activateSS', e('30', e('04', '21'), e('83', '11')), {}],
  ['deactivateSS', e('30', e('04', '21'), e('82', '17')), {}],
  ['interrogateSS', e('30', e('04', '21'), e('82', '17'), e('84')), {}],
  [
    'authenticationFailureReport',
    e(
      '30',
      e('04', IMSI),
      e('0a', '00'),
      tagged('30', EXTENSION),
      e('01', '00'),
      e('0a', '00'),
      e('04', '00'.repeat(16)),
      e('80', NODE),
    ),
    { ...SUBJECT, ...CLAIM },
  ],
  ['registerPassword', e('04', '12'), {}],
  ['getPassword', e('0a', '00'), {}],
  ['processUnstructuredSS-Data', e('16', '2a313030'), {}],
  ['releaseResources', e('30', e('04', NODE)), {}],
  ['mt-ForwardSM-VGCS', e('30', e('04', '01020304'), e('84', NODE), e('04', TPDU)), CLAIM],
  ['sendRoutingInfo', e('30', e('80', MSISDN), e('83', '00'), e('86', NODE), e('87', '01')), { ...NUMBER, ...CLAIM }],
  [
    'updateGprsLocation',
    e('30', e('04', IMSI), e('04', NODE), e('04', '04c0000201'), e('a0')),
    { ...SUBJECT, ...CLAIM },
  ],
  ['sendRoutingInfoForGprs', e('30', e('80', IMSI), e('81', '04c0000201'), e('82', NODE)), { ...SUBJECT, ...CLAIM }],
  ['failureReport', e('30', e('80', IMSI), e('81', NODE), e('82', '04c0000201')), { ...SUBJECT, ...CLAIM }],
  ['noteMsPresentForGprs', e('30', e('80', IMSI), e('81', '04c0000201')), SUBJECT],
  ['performHandover', e('30'), {}],
  ['sendEndSignal', e('a3', e('30')), {}],
  ['performSubsequentHandover', e('30'), {}],
  ['processAccessSignalling', e('a3', e('30')), {}],
  ['forwardAccessSignalling', e('a3', e('30')), {}],
  ['reset', e('30', e('04', NODE), e('30', e('04', '00f110'))), CLAIM],
  ['reset', e('30', e('0a', '01'), e('04', NODE)), CLAIM],
  ['reset', e('30', e('04', NODE), EXTENSION), CLAIM],
  ['forwardCheckSS-Indication', '', {}],
  ['prepareGroupCall', e('30', e('04', '11')), {}],
  ['sendGroupCallEndSignal', e('30'), {}],
  ['processGroupCallSignalling', e('30'), {}],
  ['forwardGroupCallSignalling', e('30'), {}],
  ['checkIMEI', e('04', IMEI), DEVICE],
  ['checkIMEI', e('30', e('04', IMEI), e('03', '0780')), DEVICE],
  ['mt-ForwardSM', e('30', e('80', IMSI), e('84', NODE), e('04', TPDU), e('05')), { ...SUBJECT, ...CLAIM, tpdu: TPDU }],
  ['mt-ForwardSM', e('30', e('81', '01020304'), e('84', NODE), e('04', TPDU)), { ...CLAIM, tpdu: TPDU }],
  [
    'mo-ForwardSM',
    e('30', e('84', NODE), e('82', MSISDN), e('04', TPDU), e('04', IMSI)),
    { ...SUBJECT, ...NUMBER, ...CLAIM, tpdu: TPDU },
  ],
  ['mo-ForwardSM', e('30', e('85'), e('85'), e('04', TPDU)), { tpdu: TPDU }],
  [
    'sendRoutingInfoForSM',
    e('30', e('80', MSISDN), e('81', 'ff'), e('82', NODE), e('a6'), e('87'), e('88', '00'), e('8c', IMSI)),
    { ...SUBJECT, ...NUMBER, ...CLAIM },
  ],
  [
    'reportSM-DeliveryStatus',
    e('30', e('04', MSISDN), e('04', NODE), e('0a', '01'), e('80', '01')),
    { ...NUMBER, ...CLAIM },
  ],
  ['noteSubscriberPresent', e('04', IMSI), SUBJECT],
  ['alertServiceCentreWithoutResult', e('30', e('04', MSISDN), e('04', NODE)), { ...NUMBER, ...CLAIM }],
  ['activateTraceMode', e('30', e('80', IMSI), e('81', '01'), e('82', '01')), SUBJECT],
  ['deactivateTraceMode', e('30', e('80', IMSI), e('81', '01')), SUBJECT],
  ['traceSubscriberActivity', e('30'), {}],
  ['updateVcsgLocation', e('30', e('04', IMSI), e('82', MSISDN), e('80', NODE)), { ...SUBJECT, ...NUMBER, ...CLAIM }],
  ['cancelVcsgLocation', e('30', e('30', e('04', IMSI), e('04', '01020304'))), SUBJECT],
  ['sendIdentification', e('30', e('04', '01020304'), e('02', '01'), e('05'), e('04', NODE), e('80', AREA)), CLAIM],
  ['sendIdentification', e('04', '01020304'), {}],
  ['sendAuthenticationInfo', e('30', e('80', IMSI), e('02', '02'), e('81'), e('83', '00'), e('84', '00f110')), SUBJECT],
  ['sendAuthenticationInfo', e('04', IMSI), SUBJECT],
  ['restoreData', e('30', e('04', IMSI), e('04', '01020304'), e('a6')), SUBJECT],
  ['sendIMSI', e('04', MSISDN), NUMBER],
  ['processUnstructuredSS-Request', e('30', e('04', '0f'), e('04', 'aa180c3602'), e('80', MSISDN)), NUMBER],
  ['unstructuredSS-Request', e('30', e('04', '0f'), e('04', 'aa180c3602'), e('04', '00'), e('80', MSISDN)), NUMBER],
  ['unstructuredSS-Notify', e('30', e('04', '0f'), e('04', 'aa180c3602')), {}],
  [
    'anyTimeSubscriptionInterrogation',
    e('30', e('a0', e('81', MSISDN)), e('a1', e('82')), e('82', NODE), e('84')),
    { ...NUMBER, ...CLAIM },
  ],
  ['informServiceCentre', e('30', e('04', MSISDN), e('03', '0240')), NUMBER],
  ['alertServiceCentre', e('30', e('04', MSISDN), e('04', NODE)), { ...NUMBER, ...CLAIM }],
  [
    'anyTimeModification',
    e(
      '30',
      e('a0', e('80', IMSI)),
      e('81', NODE),
      e('a2', e('80', '21'), e('a1', e('83', '11')), e('82', '07'), e('83', TARGET)),
    ),
    { ...SUBJECT, ...CLAIM, forwardedTo: '447700900011' },
  ],
  ['readyForSM', e('30', e('80', IMSI), e('0a', '00')), SUBJECT],
  ['purgeMS', e('30', e('04', IMSI), e('04', NODE)), { ...SUBJECT, ...CLAIM }],
  ['purgeMS', e('a3', e('04', IMSI), e('80', NODE)), { ...SUBJECT, ...CLAIM }],
  ['prepareHandover', e('a3', e('80', CELL), e('05'), e('a2', e('0a', '01')), e('84', IMSI)), SUBJECT],
  ['prepareSubsequentHandover', e('a3', e('80', CELL), e('81', NODE)), {}],
  [
    'provideSubscriberInfo',
    e('30', e('80', IMSI), e('81', '01020304'), tagged('a2', REQUESTED), e('84', '01')),
    { ...SUBJECT, locationWanted: true },
  ],
  ['provideSubscriberInfo', e('30', e('80', IMSI), e('a2', e('81'))), SUBJECT],
  [
    'anyTimeInterrogation',
    e('30', e('a0', e('80', IMSI)), tagged('a1', REQUESTED), e('83', NODE), tagged('a2', EXTENSION)),
    { ...SUBJECT, ...CLAIM, locationWanted: true },
  ],
  ['anyTimeInterrogation', e('30', e('a0', e('81', MSISDN)), e('a1', e('81')), e('83', NODE)), { ...NUMBER, ...CLAIM }],
  ['ss-InvocationNotification', e('30', e('80', IMSI), e('81', MSISDN), e('82', '31')), { ...SUBJECT, ...NUMBER }],
  ['setReportingState', e('30', e('80', IMSI), e('82', '00')), SUBJECT],
  ['statusReport', e('30', e('80', IMSI), e('a1')), SUBJECT],
  ['remoteUserFree', e('30', e('80', IMSI)), SUBJECT],
  ['registerCC-Entry', e('30', e('80', '43')), {}],
  ['eraseCC-Entry', e('30', e('80', '43')), {}],
  [
    'provideSubscriberLocation',
    e(
      '30',
      e('30', e('80', '00')),
      e('04', NODE),
      e('a0', e('80', '02')),
      e('82', IMSI),
      e('83', MSISDN),
      e('85', IMEI),
      e('86', '01'),
    ),
    { ...SUBJECT, ...NUMBER, ...CLAIM, ...DEVICE },
  ],
  [
    'sendGroupCallInfo',
    e('30', e('0a', '01'), e('04', '00000001'), e('04', '91'), e('80', CELL), e('81', IMSI)),
    SUBJECT,
  ],
  ['sendRoutingInfoForLCS', e('30', e('80', NODE), e('a1', e('80', IMSI))), { ...SUBJECT, ...CLAIM }],
  [
    'subscriberLocationReport',
    e(
      '30',
      e('0a', '00'),
      e('30', e('80', '00')),
      e('30', e('04', NODE)),
      e('80', MSISDN),
      e('81', IMSI),
      e('82', IMEI),
      e('83', TARGET),
      e('85', POINT),
      e('86', '00'),
      e('ad', e('80', CELL)),
    ),
    { ...SUBJECT, ...NUMBER, ...CLAIM, ...DEVICE, ...POINT_TEXT, ...CELL_TEXT },
  ],
  ['ist-Alert', e('30', e('80', IMSI)), SUBJECT],
  ['ist-Command', e('30', e('80', IMSI)), SUBJECT],
  [
    'noteMM-Event',
    e(
      '30',
      e('02', '05'),
      e('80', '00'),
      e('81', IMSI),
      e('82', MSISDN),
      e('a3', e('81', NODE), e('a3', e('80', CELL))),
    ),
    { ...SUBJECT, ...NUMBER, ...CLAIM, ...CELL_TEXT },
  ],
  ['lcs-PeriodicLocationCancellation', e('30', e('80', '01')), {}],
  ['lcs-LocationUpdate', e('30', e('80', '01')), {}],
  ['lcs-PeriodicLocationRequest', e('30', e('80', '01')), {}],
  ['lcs-AreaEventCancellation', e('30', e('80', '01')), {}],
  ['lcs-AreaEventReport', e('30', e('80', '01')), {}],
  ['lcs-AreaEventRequest', e('30', e('80', '01')), {}],
  ['lcs-MOLR', e('30', e('80', '01')), {}],
  ['lcs-LocationNotification', e('30', e('80', '01')), {}],
]

const LOCATION = e('02', '05') + e('80', POINT) + e('81', NODE) + e('82', '0a0b') + e('a3', e('80', CELL))
const VECTOR = e('30', e('04', '00'.repeat(16)), e('04', '00'.repeat(8)))
const QUINTUPLETS = e('a1', VECTOR, VECTOR)

export const MAP_RESULTS_READ: readonly MapVector[] = [
  ['updateLocation', e('30', e('04', NODE)), CLAIM],
  ['updateLocation', e('04', NODE), CLAIM],
  ['updateGprsLocation', e('30', e('04', NODE)), CLAIM],
  ['restoreData', e('30', e('04', NODE), e('05')), CLAIM],
  ['cancelLocation', e('30'), {}],
  ['purgeMS', e('30', e('80')), {}],
  ['insertSubscriberData', e('30', e('86', '04e0')), {}],
  ['provideRoamingNumber', e('04', TARGET), { roamingNumber: '447700900011' }],
  [
    'provideRoamingNumber',
    e('30', e('04', TARGET), tagged('30', EXTENSION), e('05'), e('04', NODE)),
    { roamingNumber: '447700900011', ...CLAIM },
  ],
  [
    'sendRoutingInfo',
    e('a3', e('89', IMSI), e('04', TARGET), e('a7', e('a0', LOCATION)), e('82', OTHER_NODE), e('8c', MSISDN)),
    { ...SUBJECT, ...NUMBER, ...CLAIM, ...POINT_TEXT, ...CELL_TEXT, roamingNumber: '447700900011' },
  ],
  ['sendRoutingInfo', e('a3', e('89', IMSI), e('30', e('85', TARGET))), { ...SUBJECT, forwardedTo: '447700900011' }],
  [
    'sendRoutingInfo',
    e('a3', e('89', IMSI), e('a8', e('a0', e('a0', CSI)))),
    { ...SUBJECT, gsmScfAddresses: ['447700900099'] },
  ],
  ['sendRoutingInfo', e('30', e('04', IMSI), e('04', TARGET)), { ...SUBJECT, roamingNumber: '447700900011' }],
  ['sendRoutingInfoForGprs', e('30', e('80', '04c0000201')), {}],
  [
    'sendRoutingInfoForSM',
    e('30', e('04', IMSI), e('a0', e('81', NODE), e('04', '01020304'), e('a6', e('81', OTHER_NODE)))),
    { ...SUBJECT, ...CLAIM },
  ],
  ['reportSM-DeliveryStatus', e('30', e('04', MSISDN)), NUMBER],
  ['reportSM-DeliveryStatus', e('04', MSISDN), NUMBER],
  ['sendRoutingInfoForLCS', e('30', e('a0', e('80', IMSI)), e('a1', e('04', NODE))), { ...SUBJECT, ...CLAIM }],
  [
    'provideSubscriberLocation',
    e('30', e('04', POINT), e('80', '00'), e('a6', e('81', AREA))),
    { ...POINT_TEXT, ...AREA_TEXT },
  ],
  ['subscriberLocationReport', e('30', e('80', TARGET)), {}],
  [
    'provideSubscriberInfo',
    e('30', e('30', e('a0', LOCATION), e('a1', e('80')), e('85', IMEI))),
    { ...CLAIM, ...POINT_TEXT, ...CELL_TEXT, ...DEVICE },
  ],
  [
    'anyTimeInterrogation',
    e('30', e('30', e('a3', e('a0', e('80', CELL)), e('83', NODE)), e('a8', e('81', IMSI), e('82', MSISDN)))),
    { ...CLAIM, ...CELL_TEXT, ...SUBJECT, ...NUMBER },
  ],
  ['anyTimeInterrogation', e('30', e('30', e('a3', e('81', `${AREA}01`)))), AREA_TEXT],
  [
    'anyTimeInterrogation',
    e('30', e('30', e('a0', e('aa', e('80', '00f11001234567'))))),
    { cellId: '001-01-19088743' },
  ],
  ['anyTimeInterrogation', e('30', e('30', e('ad', e('81', '00f1101234')))), AREA_TEXT],
  ['sendIMSI', e('04', IMSI), SUBJECT],
  ['sendIdentification', e('a3', e('04', IMSI), QUINTUPLETS), { ...SUBJECT, vectors: 2 }],
  ['sendIdentification', e('30', e('04', IMSI), e('30', VECTOR)), { ...SUBJECT, vectors: 1 }],
  ['sendAuthenticationInfo', e('a3', QUINTUPLETS), { vectors: 2 }],
  ['sendAuthenticationInfo', e('a3', e('a0', VECTOR)), { vectors: 1 }],
  ['sendAuthenticationInfo', e('30', VECTOR, VECTOR, VECTOR), { vectors: 3 }],
  ['sendAuthenticationInfo', e('a3', e('a2', VECTOR)), { vectors: 1 }],
  ['sendParameters', e('30', e('80', IMSI)), SUBJECT],
  ['checkIMEI', e('0a', '00'), {}],
  ['checkIMEI', e('30', e('0a', '00')), {}],
]

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
  ['duplicateParameter', 'provideSubscriberInfo', e('30', e('80', IMSI), e('80', '00010100000000f0')), SUBJECT],
  ['parameterOrder', 'provideSubscriberInfo', e('30', e('a2'), e('80', IMSI)), SUBJECT],
  ['digitsAfterFiller', 'provideSubscriberInfo', e('30', e('80', '00010121f36587f9')), { imsi: '001010123' }],
  ['nonDecimalDigits', 'provideSubscriberInfo', e('30', e('80', '000101214365a7f9')), { imsi: '0010101234567*9' }],
  ['identityLength', 'provideSubscriberInfo', e('30', e('80', '0001f1')), { imsi: '00101' }],
  ['identityLength', 'sendAuthenticationInfo', e('04', `${IMSI.slice(0, 14)}0101`), { imsi: '001010123456781010' }],
  ['identityLength', 'checkIMEI', e('04', IMEI.slice(0, 14)), { imei: '00499901064000' }],
  ['wrongParameterType missingParameter', 'provideSubscriberInfo', e('31', e('80', IMSI)), {}],
  ['missingParameter', 'provideSubscriberInfo', e('30', e('a2', e('80'))), { locationWanted: true }],
  ['missingParameter', 'updateLocation', '', {}],
  ['missingParameter', 'sendRoutingInfoForSM', e('30', e('80', '91')), {}],
]
