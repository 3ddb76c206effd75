import { element as e } from '../../../bytes/bytes.vectors.ts'
import {
  CELL,
  CELL_TEXT,
  CLAIM,
  CSI,
  EXTENSION,
  IMEI,
  IMSI,
  type MapVector,
  MSISDN,
  NODE,
  NUMBER,
  OTHER,
  OTHER_NODE,
  POINT,
  POINT_TEXT,
  SCF,
  SUBJECT,
  TARGET,
  tagged,
} from './map.vectors.ts'

/** Parameters with what only some operations carry. */

const text = (ascii: string): string => Buffer.from(ascii).toString('hex')
const MME = 'mme1.epc.mnc001.mcc001.3gppnetwork.org'
const REALM = 'epc.mnc001.mcc001.3gppnetwork.org'
const GATEWAY = e('80', 'c0000205') + e('82', text('pgw1.example.org'))
/** `AB Tracker` in the default alphabet, seven bits a character. */
const CLIENT_NAME = '4121882a0f8fd76539'
const QOS = e('a4', e('80', '09'), e('a1', e('80', '01')))
const GSN_ADDRESS = '04c0000201'
const GSN_ADDRESS_6 = '5020010db8000000000000000000000001'

export const DETAIL_ARGUMENTS: readonly MapVector[] = [
  [
    'updateLocation',
    e('30', e('04', IMSI), e('81', NODE), e('04', NODE), e('82', GSN_ADDRESS)),
    {
      ...SUBJECT,
      ...CLAIM,
      otherAddresses: ['192.0.2.1'],
    },
  ],
  [
    'updateLocation',
    e(
      '30',
      e('04', IMSI),
      e('81', OTHER_NODE),
      e('04', NODE),
      tagged('30', EXTENSION),
      e('a6', e('80', '04e0'), e('a3', e('80'))),
      e('ad', e('80', IMEI)),
      e('a4', e('80', text(MME)), e('81', text(REALM))),
    ),
    { ...SUBJECT, ...CLAIM, imei: '004999010640000', otherAddresses: ['447700900078', MME, REALM] },
  ],
  ['cancelLocation', e('a3', e('04', IMSI), e('0a', '02'), e('86')), { ...SUBJECT, cancellationType: 2 }],
  [
    'updateGprsLocation',
    e(
      '30',
      e('04', IMSI),
      e('04', NODE),
      e('04', GSN_ADDRESS_6),
      e('a5', e('a0', e('80', '03617061'), e('a1', GATEWAY))),
      e('93', text(MME)),
    ),
    {
      ...SUBJECT,
      ...CLAIM,
      otherAddresses: ['2001:db8::1', MME],
      redirects: ['192.0.2.5', 'pgw1.example.org'],
    },
  ],
  [
    'insertSubscriberData',
    e(
      '30',
      e('80', IMSI),
      e('a8', e('03', '040000')),
      e('98', '02'),
      e('b6', e('a0', e('04', NODE), e('04', OTHER_NODE)), e('a1', e('30', e('04', 'b1'), e('04', '05')))),
      e(
        'bf1f',
        e('80', `06${text('mnc001')}06${text('mcc001')}04${text('gprs')}`),
        e(
          'a4',
          e('02', '01'),
          e('a1', e('30', e('80', '01'), e('81', '01'), e('83', '03617061'), QOS, e('a5', GATEWAY))),
        ),
        e('86', TARGET),
      ),
      e('9f23', text(MME)),
    ),
    {
      ...SUBJECT,
      profileParts: ['odb-Data', 'networkAccessMode', 'lcsInformation', 'eps-SubscriptionData'],
      redirects: [
        '447700900077',
        '447700900078',
        'mnc001.mcc001.gprs',
        '192.0.2.5',
        'pgw1.example.org',
        '447700900011',
      ],
      otherAddresses: [MME],
    },
  ],
  // operator determined barring with and without a bit set, behind the number of unused bits
  [
    'insertSubscriberData',
    e('30', e('80', IMSI), e('a8', e('03', '0320'), e('03', '0400'))),
    { ...SUBJECT, barred: true, profileParts: ['odb-Data'] },
  ],
  [
    'insertSubscriberData',
    e('30', e('80', IMSI), e('a8', e('03', '0300'))),
    { ...SUBJECT, profileParts: ['odb-Data'] },
  ],
  [
    'insertSubscriberData',
    e(
      '30',
      e('80', IMSI),
      e(
        'b0',
        e('a1', e('30', e('02', '01'), e('90', 'f121'), e('92', '112233'), e('94', '03617061'), e('85', '0461626364'))),
      ),
    ),
    { ...SUBJECT, profileParts: ['gprsSubscriptionData'], redirects: ['abcd'] },
  ],
  [
    'insertSubscriberData',
    e('30', e('ad', e('83'), e('a6', e('a0', e('30', e('80', '01') + e('81', '07') + e('82', SCF) + e('83', '00')))))),
    {
      profileParts: ['tif-CSI', 'mo-sms-CSI', 'vlrCamelSubscriptionInfo'],
      serviceKey: 7,
      gsmScfAddresses: ['447700900099'],
    },
  ],
  [
    'deleteSubscriberData',
    e('30', e('80', IMSI), e('8f', '0584a0'), e('b2', e('05'))),
    { ...SUBJECT, profileParts: ['o-csi', 'mo-sms-csi', 't-csi', 'mg-csi', 'epsSubscriptionDataWithdraw'] },
  ],
  [
    'anyTimeModification',
    e('30', e('a0', e('80', IMSI)), e('81', NODE), e('a4', e('80', '08'), e('82', '00'))),
    { ...SUBJECT, ...CLAIM, profileParts: ['d-csi', 'modificationRequestFor-CSI'] },
  ],
  [
    'anyTimeSubscriptionInterrogation',
    e('30', e('a0', e('81', MSISDN)), e('a1', e('a1', e('04', '21')), e('83', '00'), e('88')), e('82', NODE)),
    { ...NUMBER, ...CLAIM, ssCode: 0x21, requested: ['o-CSI', 'requestedSS-Info', 'msisdn-BS-List'] },
  ],
  [
    'provideSubscriberLocation',
    e(
      '30',
      e('30', e('80', '03'), e('81', '0340')),
      e('04', NODE),
      e('a0', e('80', '01'), e('a4', e('80', '0f'), e('82', CLIENT_NAME))),
      e('82', IMSI),
      e('8f', GSN_ADDRESS),
    ),
    {
      ...SUBJECT,
      ...CLAIM,
      requested: ['activateDeferredLocation', 'enteringIntoArea'],
      lcsClient: 'AB Tracker',
      otherAddresses: ['192.0.2.1'],
    },
  ],
  [
    'provideSubscriberLocation',
    e(
      '30',
      e('30', e('80', '01')),
      e('04', NODE),
      e('a0', e('80', '01'), e('a1', e('80', TARGET)), e('a4', e('80', '0f'), e('82', CLIENT_NAME))),
      e('83', MSISDN),
    ),
    { ...NUMBER, ...CLAIM, requested: ['currentOrLastKnownLocation'], lcsClient: '447700900011' },
  ],
  [
    'sendRoutingInfoForSM',
    e('30', e('80', MSISDN), e('81', 'ff'), e('82', NODE), e('8a', '01')),
    { ...NUMBER, ...CLAIM, requested: ['onlyMCC-MNC-requested'] },
  ],
  [
    'mt-ForwardSM',
    e('30', e('80', IMSI), e('84', NODE), e('04', '00'), e('05'), e('02', '3c'), e('83', OTHER_NODE)),
    { ...SUBJECT, ...CLAIM, ...OTHER, tpdu: '00' },
  ],
  [
    'alertServiceCentre',
    e('30', e('04', MSISDN), e('04', NODE), e('04', IMSI), e('83', OTHER_NODE)),
    { ...SUBJECT, ...NUMBER, ...CLAIM, ...OTHER },
  ],
  [
    'sendIdentification',
    e('30', e('04', '01020304'), e('04', NODE), e('81', '03'), e('83', OTHER_NODE)),
    { ...CLAIM, ...OTHER },
  ],
  [
    'checkIMEI',
    e('30', e('04', IMEI), e('03', '0640'), e('c1', IMSI)),
    {
      ...SUBJECT,
      imei: '004999010640000',
      requested: ['bmuef'],
    },
  ],
  [
    'beginSubscriberActivity',
    e('30', e('04', IMSI), e('04', NODE), e('dc', MSISDN)),
    { ...SUBJECT, ...NUMBER, ...CLAIM },
  ],
  [
    'ss-InvocationNotification',
    e('30', e('80', IMSI), e('81', MSISDN), e('82', '31'), e('a3', e('04', TARGET))),
    { ...SUBJECT, ...NUMBER, ssCode: 0x31, calledNumber: '447700900011' },
  ],
  ['callDeflection', e('30', e('80', TARGET)), { forwardedTo: '447700900011' }],
  [
    'lcs-LocationNotification',
    e('30', e('80', '00'), e('a1', e('80', '00')), e('a2', e('80', TARGET))),
    { requested: ['currentLocation'], lcsClient: '447700900011' },
  ],
  [
    'lcs-MOLR',
    e('30', e('80', '00'), e('84', NODE), e('8c', POINT)),
    { ...POINT_TEXT, otherAddresses: ['447700900077'] },
  ],
  [
    'noteSubscriberDataModified',
    e(
      '30',
      e('04', IMSI),
      e('04', MSISDN),
      e('a0', e('80', '21'), e('a1', e('30', e('84', '07'), e('85', TARGET)))),
      e('a3', e('a0', CSI)),
    ),
    {
      ...SUBJECT,
      ...NUMBER,
      ssCode: 0x21,
      forwardedTo: '447700900011',
      serviceKey: 1,
      gsmScfAddresses: ['447700900099'],
    },
  ],
]

const TRIPLET = e('30', e('04', '00'.repeat(16)), e('04', '00'.repeat(4)), e('04', '00'.repeat(8)))

export const DETAIL_RESULTS: readonly MapVector[] = [
  [
    'sendRoutingInfoForSM',
    e(
      '30',
      e('04', IMSI),
      e('a0', e('81', NODE), e('85'), e('a6', e('80', OTHER_NODE)), e('a7', e('80', text(MME)), e('81', text(REALM)))),
    ),
    { ...SUBJECT, ...CLAIM, otherAddresses: ['447700900078', MME, REALM] },
  ],
  [
    'sendRoutingInfoForSM',
    e('30', e('04', IMSI), e('a0', e('80', TARGET), e('04', '01020304')), e('82', 'ff')),
    {
      ...SUBJECT,
      roamingNumber: '447700900011',
    },
  ],
  [
    'provideSubscriberInfo',
    e(
      '30',
      e('30', e('ad', e('80', '00f11001234567'), e('84', '0001400000400000 2400'), e('86', '03'), e('87', text(MME)))),
    ),
    { cellId: '001-01-19088743', position: '45.00000,90.00000', locationAgeMinutes: 3, otherAddresses: [MME] },
  ],
  [
    'provideSubscriberInfo',
    e('30', e('30', e('a0', e('02', '10'), e('81', NODE), e('a3', e('80', CELL)), e('86', OTHER_NODE)))),
    { ...CLAIM, ...OTHER, ...CELL_TEXT, locationAgeMinutes: 16 },
  ],
  [
    'anyTimeInterrogation',
    e('30', e('30', e('a4', e('a5', e('30', e('80', '05'), e('82', 'f121'), e('8a', GSN_ADDRESS)))))),
    { otherAddresses: ['192.0.2.1'] },
  ],
  [
    'sendParameters',
    e('30', e('80', IMSI), e('a1', TRIPLET.slice(4)), e('a1', e('a0', TRIPLET, TRIPLET))),
    {
      ...SUBJECT,
      vectors: 3,
    },
  ],
  ['interrogateSS', e('a3', e('30', e('83', '11'), e('84', '0f'), e('85', TARGET))), { forwardedTo: '447700900011' }],
  ['interrogateSS', e('80', '07'), {}],
  [
    'registerSS',
    e('a0', e('04', '21'), e('30', e('30', e('84', '07'), e('85', TARGET)))),
    { ssCode: 0x21, forwardedTo: '447700900011' },
  ],
  [
    'anyTimeSubscriptionInterrogation',
    e(
      '30',
      e('a1', e('30', e('30', e('84', '07'), e('85', TARGET)))),
      e('a4', e('a3', CSI)),
      e('aa', e('30', e('04', MSISDN))),
    ),
    { ...NUMBER, forwardedTo: '447700900011', serviceKey: 1, gsmScfAddresses: ['447700900099'] },
  ],
  [
    'sendRoutingInfoForLCS',
    e(
      '30',
      e('a0', e('80', IMSI)),
      e('a1', e('04', NODE), e('a3', e('81', OTHER_NODE)), e('86', text(MME))),
      e('83', GSN_ADDRESS),
    ),
    { ...SUBJECT, ...CLAIM, otherAddresses: ['447700900078', MME, '192.0.2.1'] },
  ],
  [
    'provideSubscriberLocation',
    e('30', e('04', POINT), e('80', '05'), e('ad', e('80', NODE))),
    {
      ...POINT_TEXT,
      locationAgeMinutes: 5,
      otherAddresses: ['447700900077'],
    },
  ],
  // the estimate in one octet gives way to the additional one, a polygon
  [
    'provideSubscriberLocation',
    e('30', e('04', '00'), e('82', '53 400000400000 000000000000 000000000000')),
    POINT_TEXT,
  ],
  ['prepareHandover', e('a3', e('80', TARGET)), { roamingNumber: '447700900011' }],
  ['sendGroupCallInfo', e('30', e('80', NODE), e('82', IMSI)), { ...SUBJECT, ...CLAIM }],
  ['getPassword', e('12', '31323334'), {}],
]

/** Error code, its parameter, what is found in it. Nothing is odd about any. */
export const ERROR_PARAMETERS: readonly (readonly [code: number, hex: string, found: MapVector[2]])[] = [
  [1, e('30', tagged('30', EXTENSION), e('0a', '00')), {}],
  [6, e('30', e('02', '01'), e('81', IMSI)), SUBJECT],
  [6, e('30', e('02', '01'), tagged('30', EXTENSION), e('83', IMSI)), SUBJECT],
  [8, e('0a', '00'), {}],
  [13, e('0a', '01'), {}],
  [13, e('30', e('0a', '01'), e('81')), {}],
  [20, e('30', e('81', '21'), e('83', '11')), { ssCode: 0x21 }],
  [27, e('30', e('80', '03')), {}],
  [32, e('30', e('0a', '01'), e('04', '0102')), {}],
  [34, e('0a', '01'), {}],
  [36, e('30', e('80')), {}],
  [53, e('30', e('80', '00')), {}],
  [71, '', {}],
  [99, e('30', e('80', IMSI)), {}],
]
