import { extension, imsi, type OperationSchema, sequence } from './common-types.ts'
import { context, ENUMERATED, enumerated, integer, MORE, OCTET_STRING, opaque, SEQUENCE, value } from './schema.ts'

/** Tracing, and group calls asked about. Source: 3GPP TS 29.002 §17.6.2, §17.6.7, §17.7.2, §17.7.12. */

export const OPERATION_MAINTENANCE = {
  activateTraceMode: {
    argument: [
      sequence(
        imsi(context(0)),
        value('traceReference', context(1)),
        integer('traceType', context(2)),
        value('omc-Id', context(3), 'otherNode'),
        extension(context(4)),
        MORE,
        value('traceReference2', context(5)),
        opaque('traceDepthList', context(6)),
        value('traceNE-TypeList', context(7)),
        opaque('traceInterfaceList', context(8)),
        opaque('traceEventList', context(9)),
        value('traceCollectionEntity', context(10), 'otherNodeIp'),
        opaque('mdt-Configuration', context(11)),
      ),
    ],
    result: [sequence(extension(context(0)), MORE, value('traceSupportIndicator', context(1)))],
  },
  deactivateTraceMode: {
    argument: [
      sequence(
        imsi(context(0)),
        value('traceReference', context(1)),
        extension(context(2)),
        MORE,
        value('traceReference2', context(3)),
      ),
    ],
    result: [sequence(extension(context(0)), MORE)],
  },
  traceSubscriberActivity: { argument: [opaque('argument', SEQUENCE)], result: [] },
  sendGroupCallInfo: {
    argument: [
      sequence(
        enumerated('requestedInfo', ENUMERATED, 'requested', [
          'anchorMSC-AddressAndASCI-CallReference',
          'imsiAndAdditionalInfoAndAdditionalSubscription',
        ]),
        value('groupId', OCTET_STRING),
        value('teleservice', OCTET_STRING),
        value('cellId', context(0), 'cell'),
        imsi(context(1)),
        value('tmsi', context(2)),
        value('additionalInfo', context(3)),
        integer('talkerPriority', context(4)),
        value('cksn', context(5)),
        extension(context(6)),
        MORE,
      ),
    ],
    result: [
      sequence(
        value('anchorMSC-Address', context(0), 'node'),
        value('asciCallReference', context(1)),
        imsi(context(2)),
        value('additionalInfo', context(3)),
        value('additionalSubscriptions', context(4)),
        value('kc', context(5)),
        extension(context(6)),
        MORE,
      ),
    ],
  },
} as const satisfies Record<string, OperationSchema>
