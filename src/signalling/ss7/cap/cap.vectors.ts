import { element as e } from '../../../bytes/bytes.vectors.ts'
import type { MapDetail } from '../map/detail.ts'
import type { MapFields } from '../map/walker.ts'
import type { CapPhase } from './application-contexts.ts'
import type { CapOperationName } from './operations.ts'

/**
 * Arguments written by hand from 3GPP TS 29.078 §6.1.1, §7.1 and §8.1: subscribers of the test network 001 01 and of the
 * range kept for drama, +44 7700 900000 to 900999.
 */

const IMSI = '00010121436587f9'
const IMEI = '00949910600400f0'
/** Numbers as ISUP writes them: called, calling, redirecting national, original called. */
const CALLED = '0410447700091032'
const CALLING = '0417447700090077'
const REDIRECTING = '0314 7700090088'
const ORIGINAL = '8410 4477000900'
const GENERIC = '06 0413 447700091111'
/** As AddressStrings. */
const MSISDN = '91447700091032'
const MSC = '91447700090077'
const VLR = '91447700090088'
const GMSC = '91447700090099'
const SMSC = '91447700090011'
/** 077009001, of unknown type. */
const DIALLED = '81 70070900f1'
const CELL = '00f1101234 5678'
const AREA = '00f1101234'
/** internet.example, in labels. */
const APN = '08 696e7465726e6574 07 6578616d706c65'

export type CapFound = Partial<Omit<MapFields, 'detail' | 'fault'>> & { readonly detail?: Partial<MapDetail> }

/** Operation, phase, argument, what is found in it. No oddity is met in any of them. */
export type CapVector = readonly [operation: CapOperationName, phase: CapPhase | null, hex: string, found: CapFound]

const LOCATION = e('02', '05') + e('81', VLR) + e('a3', e('80', CELL))
const IDP_HEAD =
  e('80', '6e') +
  e('82', CALLED) +
  e('83', CALLING) +
  e('85', '0a') +
  e('8a', CALLING) +
  e('8c', ORIGINAL) +
  e('bb', e('80', '8090a3')) +
  e('9c', '02') +
  e('9d', REDIRECTING) +
  e('9e', '0001')
const IDP_TAIL =
  e('9f32', IMSI) +
  e('bf33', e('80')) +
  e('bf34', LOCATION) +
  e('bf35', e('83', '11')) +
  e('9f36', '0102030405') +
  e('9f37', MSC)
const IDP_FACTS = {
  imsi: '001010123456789',
  nodeAddress: '447700900077',
  cellId: '001-01-4660-22136',
}
const IDP_DETAIL = {
  callingNumber: '447700900077',
  calledNumber: '447700900123',
  redirectingNumber: '7700900088',
  serviceKey: 110,
  locationAgeMinutes: 5,
}

export const CAP_ARGUMENTS_READ: readonly CapVector[] = [
  [
    'initialDP',
    4,
    e('30', IDP_HEAD, IDP_TAIL, e('bf3b', e('80', GMSC), e('81', CALLED), e('83', IMEI))),
    {
      ...IDP_FACTS,
      imei: '004999010640000',
      detail: { ...IDP_DETAIL, otherAddresses: ['447700900088', '447700900099'] },
    },
  ],
  [
    'initialDP',
    2,
    e('30', e('80', '6e'), e('83', CALLING), e('9f32', IMSI), e('9f38', DIALLED), e('bf3b', e('a0'), e('81', GMSC))),
    {
      imsi: '001010123456789',
      nodeAddress: '447700900099',
      detail: { serviceKey: 110, callingNumber: '447700900077', calledNumber: '077090001' },
    },
  ],
  [
    'initialDP',
    null,
    e('30', IDP_HEAD, IDP_TAIL),
    { ...IDP_FACTS, detail: { ...IDP_DETAIL, otherAddresses: ['447700900088'] } },
  ],
  [
    'assistRequestInstructions',
    3,
    e('30', e('80', GENERIC), e('82', '00')),
    { detail: { calledNumber: '447700901111' } },
  ],
  [
    'establishTemporaryConnection',
    4,
    e('30', e('80', GENERIC), e('81', '0102'), e('87', '01'), e('9f34', ORIGINAL), e('9f35', CALLING)),
    { detail: { calledNumber: '447700901111', redirectingNumber: '447700900', callingNumber: '447700900077' } },
  ],
  ['connectToResource', 3, e('30', e('80', CALLED)), { detail: { calledNumber: '447700900123' } }],
  ['connectToResource', 3, e('30', e('83')), {}],
  [
    'connect',
    2,
    e(
      '30',
      e('a0', e('04', CALLED)),
      e('86', ORIGINAL),
      e('9d', REDIRECTING),
      e('9e', '0001'),
      e('ae', e('04', GENERIC)),
    ),
    { detail: { calledNumber: '447700900123', redirectingNumber: '7700900088' } },
  ],
  ['releaseCall', 2, e('04', '8090'), {}],
  ['requestReportBCSMEvent', 2, e('30', e('a0', e('30', e('80', '07'), e('81', '01')))), {}],
  [
    'eventReportBCSM',
    2,
    e('30', e('80', '07'), e('a2', e('a5', e('9f32', CALLED))), e('a3', e('81', '02'))),
    { detail: { calledNumber: '447700900123' } },
  ],
  [
    'eventReportBCSM',
    4,
    e('30', e('80', '1b'), e('a2', e('b4', e('bf32', LOCATION)))),
    { cellId: '001-01-4660-22136', detail: { locationAgeMinutes: 5, otherAddresses: ['447700900088'] } },
  ],
  [
    'initiateCallAttempt',
    4,
    e('30', e('a0', e('04', CALLED)), e('9e', CALLING), e('9f33', '01'), e('9f34', MSC)),
    { nodeAddress: '447700900077', detail: { calledNumber: '447700900123', callingNumber: '447700900077' } },
  ],
  ['applyCharging', 2, e('30', e('80', e('a0', e('80', '0384'))), e('a2', e('80', '01'))), {}],
  ['applyChargingReport', 2, e('04', e('a0', e('a0', e('81', '01')))), {}],
  ['callGap', 2, e('30', e('a0', e('a2', e('80', '07'))), e('a1', e('80', '01'))), { detail: { serviceKey: 7 } }],
  [
    'initialDPSMS',
    3,
    e(
      '30',
      e('80', '07'),
      e('81', MSISDN),
      e('82', MSC),
      e('83', '01'),
      e('84', IMSI),
      e('a6', e('80', CELL), e('81', '00f110123407'), e('83', VLR)),
      e('87', SMSC),
      e('89', '01'),
      e('8f', GMSC),
    ),
    {
      imsi: '001010123456789',
      nodeAddress: '447700900099',
      cellId: '001-01-4660-22136',
      detail: {
        serviceKey: 7,
        calledNumber: '447700900123',
        callingNumber: '447700900077',
        otherAddresses: ['447700900088', '447700900011'],
      },
    },
  ],
  [
    'connectSMS',
    3,
    e('30', e('80', MSC), e('81', MSISDN), e('82', SMSC)),
    { nodeAddress: '447700900011', detail: { callingNumber: '447700900077', calledNumber: '447700900123' } },
  ],
  [
    'initialDPGPRS',
    3,
    e(
      '30',
      e('80', '17'),
      e('81', '0b'),
      e('82', MSISDN),
      e('83', IMSI),
      e('84', '0206f08408020100'),
      e('88', APN),
      e('ac', e('a0', e('80', CELL)), e('83', VLR)),
      e('91', IMEI),
    ),
    {
      imsi: '001010123456789',
      msisdn: '447700900123',
      imei: '004999010640000',
      apn: 'internet.example',
      nodeAddress: '447700900088',
      cellId: '001-01-4660-22136',
      detail: { serviceKey: 23 },
    },
  ],
  ['connectGPRS', 3, e('30', e('80', APN)), { apn: 'internet.example' }],
  [
    'eventReportGPRS',
    3,
    e('30', e('80', '0e'), e('a2', e('a1', e('80', APN), e('a2', e('80', AREA), e('83', VLR))))),
    { apn: 'internet.example', cellId: '001-01-4660', nodeAddress: '447700900088' },
  ],
  ['continueWithArgument', 4, e('30', e('81', '0102'), e('bf3b')), {}],
]

/** What is odd, operation, argument, what is found all the same. */
export const CAP_ODD: readonly (readonly [names: string, operation: CapOperationName, hex: string, found: CapFound])[] =
  [
    ['wrongParameterType', 'initialDP', e('04', '00'), {}],
    [
      'parameterOrder',
      'initialDP',
      e('30', e('83', CALLING), e('80', '05')),
      {
        detail: { callingNumber: '447700900077', serviceKey: 5 },
      },
    ],
    ['duplicateParameter', 'connectSMS', e('30', e('82', SMSC), e('82', MSC)), { nodeAddress: '447700900011' }],
    ['numberFiller', 'connect', e('30', e('a0', e('04', '8410 4477 f1'))), { detail: { calledNumber: '44771' } }],
    ['constructedString', 'connectGPRS', e('30', e('a0', e('04', APN))), { apn: 'internet.example' }],
  ]
