import { ccbsFeature } from './call-handling.ts'
import {
  BASIC_SERVICE,
  EXTENSION_ONLY,
  extension,
  imsi,
  msisdn,
  NOTHING,
  type OperationSchema,
  sequence,
  signalInfo,
} from './common-types.ts'
import {
  context,
  ENUMERATED,
  group,
  IA5_STRING,
  INTEGER,
  integer,
  list,
  MORE,
  NUMERIC_STRING,
  OCTET_STRING,
  opaque,
  privateTag,
  type Schema,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Supplementary services and USSD. Source: 3GPP TS 29.002 §17.6.4, §17.7.4; TS 24.080 §4.4.2; GSM 09.02. */

const ssCode = (tag: number): SchemaElement => value('ss-Code', tag, 'ssCode')
const ssStatus = value('ss-Status', context(4))

/** SS-ForBS-Code */
const SS_FOR_BS: Schema = [
  sequence(ssCode(OCTET_STRING), ...BASIC_SERVICE, MORE, value('longFTN-Supported', context(4))),
]

/** ForwardingFeatureList */
const forwardingFeatures = (tag: number): SchemaElement =>
  list(
    'forwardingFeatureList',
    tag,
    group('forwardingFeature', SEQUENCE, [
      ...BASIC_SERVICE,
      ssStatus,
      value('forwardedToNumber', context(5), 'forwardedTo'),
      value('forwardedToSubaddress', context(8)),
      value('forwardingOptions', context(6)),
      integer('noReplyConditionTime', context(7)),
      MORE,
      value('longForwardedToNumber', context(9), 'forwardedTo'),
    ]),
  )

/** SS-Info ::= CHOICE */
const SS_INFO: Schema = [
  group('forwardingInfo', context(0), [ssCode(OCTET_STRING), forwardingFeatures(SEQUENCE), MORE]),
  group('callBarringInfo', context(1), [
    ssCode(OCTET_STRING),
    list('callBarringFeatureList', SEQUENCE, group('callBarringFeature', SEQUENCE, [...BASIC_SERVICE, ssStatus, MORE])),
    MORE,
  ]),
  opaque('cug-Info', context(2)),
  group('ss-Data', context(3), [
    ssCode(OCTET_STRING),
    ssStatus,
    integer('cliRestrictionOption', context(2)),
    integer('overrideCategory', context(1)),
    list('basicServiceGroupList', SEQUENCE, BASIC_SERVICE),
    MORE,
    value('defaultPriority', INTEGER),
    integer('nbrUser', context(5)),
  ]),
]

/** USSD-Arg and USSD-Res: what is typed is never kept; the number it is about stands in network-initiated forms. */
const USSD: Schema = [
  sequence(
    value('ussd-DataCodingScheme', OCTET_STRING),
    value('ussd-String', OCTET_STRING),
    MORE,
    value('alertingPattern', OCTET_STRING),
    msisdn(context(0)),
  ),
]

/** An operation of TS 24.080 whose parameters name neither a subscriber nor a node. */
const PLAIN: OperationSchema = { argument: [opaque('argument', SEQUENCE)], result: NOTHING }
/** An operation without parameters. */
const EMPTY: OperationSchema = { argument: NOTHING, result: NOTHING }

export const SUPPLEMENTARY = {
  registerSS: {
    argument: [
      sequence(
        ssCode(OCTET_STRING),
        ...BASIC_SERVICE,
        value('forwardedToNumber', context(4), 'forwardedTo'),
        value('forwardedToSubaddress', context(6)),
        integer('noReplyConditionTime', context(5)),
        MORE,
        integer('defaultPriority', context(7)),
        integer('nbrUser', context(8)),
        value('longFTN-Supported', context(9)),
      ),
    ],
    result: SS_INFO,
  },
  eraseSS: { argument: SS_FOR_BS, result: SS_INFO },
  activateSS: { argument: SS_FOR_BS, result: SS_INFO },
  deactivateSS: { argument: SS_FOR_BS, result: SS_INFO },
  interrogateSS: {
    argument: SS_FOR_BS,
    result: [
      value('ss-Status', context(0)),
      value('forwardedToNumber', context(1), 'forwardedTo'),
      list('basicServiceGroupList', context(2), BASIC_SERVICE),
      forwardingFeatures(context(3)),
      opaque('genericServiceInfo', context(4)),
    ],
  },
  notifySS: {
    argument: [
      sequence(
        ssCode(context(1)),
        ssStatus,
        value('ss-Notification', context(5)),
        value('callIsWaiting-Indicator', context(14)),
        integer('callOnHold-Indicator', context(15)),
        value('mpty-Indicator', context(16)),
        integer('cug-Index', context(17)),
        value('clirSuppressionRejected', context(18)),
        MORE,
        opaque('ect-Indicator', context(19)),
        opaque('nameIndicator', context(20)),
        ccbsFeature(context(21)),
        value('alertingPattern', context(22)),
        integer('multicall-Indicator', context(23)),
      ),
    ],
    result: NOTHING,
  },
  registerPassword: { argument: [ssCode(OCTET_STRING)], result: [value('newPassword', NUMERIC_STRING)] },
  getPassword: {
    argument: [value('guidanceInfo', ENUMERATED)],
    result: [value('currentPassword', NUMERIC_STRING)],
  },
  'processUnstructuredSS-Data': {
    argument: [value('ss-UserData', IA5_STRING)],
    result: [value('ss-UserData', IA5_STRING)],
  },
  beginSubscriberActivity: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        value('originatingEntityNumber', OCTET_STRING, 'node'),
        MORE,
        // what some switches add
        value('msisdn', privateTag(28), 'msisdn'),
      ),
    ],
    result: NOTHING,
  },
  'processUnstructuredSS-Request': { argument: USSD, result: USSD },
  'unstructuredSS-Request': { argument: USSD, result: USSD },
  'unstructuredSS-Notify': { argument: USSD, result: NOTHING },
  'ss-InvocationNotification': {
    argument: [
      sequence(
        imsi(context(0)),
        msisdn(context(1)),
        value('ss-Event', context(2), 'ssCode'),
        list('ss-EventSpecification', context(3), value('addressString', OCTET_STRING, 'calledAddress')),
        extension(context(4)),
        MORE,
        value('b-subscriberNumber', context(5), 'calledAddress'),
        integer('ccbs-RequestState', context(6)),
      ),
    ],
    result: EXTENSION_ONLY,
  },
  'registerCC-Entry': {
    argument: [
      sequence(
        ssCode(context(0)),
        group('ccbs-Data', context(1), [
          ccbsFeature(context(0)),
          value('translatedB-Number', context(1), 'calledAddress'),
          value('serviceIndicator', context(2)),
          signalInfo('callInfo', context(3)),
          signalInfo('networkSignalInfo', context(4)),
          MORE,
        ]),
        MORE,
      ),
    ],
    result: [sequence(ccbsFeature(context(0)), MORE)],
  },
  'eraseCC-Entry': {
    argument: [sequence(ssCode(context(0)), integer('ccbs-Index', context(1)), MORE)],
    result: [sequence(ssCode(context(0)), value('ss-Status', context(1)), MORE)],
  },
  callDeflection: {
    argument: [
      sequence(value('deflectedToNumber', context(0), 'forwardedTo'), value('deflectedToSubaddress', context(1)), MORE),
    ],
    result: NOTHING,
  },
  userUserService: PLAIN,
  accessRegisterCCEntry: { argument: PLAIN.argument, result: [sequence(ccbsFeature(context(0)), MORE)] },
  'forwardCUG-Info': PLAIN,
  splitMPTY: EMPTY,
  retrieveMPTY: EMPTY,
  holdMPTY: EMPTY,
  buildMPTY: EMPTY,
  forwardChargeAdvice: {
    argument: [sequence(ssCode(context(0)), opaque('chargingInformation', context(1)), MORE)],
    result: NOTHING,
  },
  explicitCT: EMPTY,
} as const satisfies Record<string, OperationSchema>
