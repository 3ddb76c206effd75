import {
  EXTENSION,
  extension,
  imsi,
  NOTHING,
  type OperationSchema,
  sequence,
  sequence3,
  signalInfo,
} from './common-types.ts'
import {
  context,
  group,
  integer,
  list,
  MORE,
  NULL,
  OCTET_STRING,
  opaque,
  type Schema,
  type SchemaElement,
  SEQUENCE,
  value,
} from './schema.ts'

/** Handover between switches, phases 1 to 3. Source: 3GPP TS 29.002 §17.6.1, §17.7.1; GSM 09.02 §14.7.1. */

/** AccessNetworkSignalInfo or Bss-APDU, what MSCs pass on to each other. */
const apdu = (tag: number): SchemaElement => signalInfo('an-APDU', tag)
const targetCell = (tag: number): SchemaElement => value('targetCellId', tag)

/** Operations that pass an APDU on, of phases 1 and 2 or 3: what follows it is about radio. */
const passed = (...rest: readonly SchemaElement[]): Schema => [
  signalInfo('bss-APDU', SEQUENCE),
  sequence3(apdu(SEQUENCE), ...rest),
]

export const HANDOVER = {
  performHandover: {
    argument: [
      sequence(
        targetCell(context(0)),
        value('servingCellId', context(1)),
        value('channelType', context(5)),
        opaque('classmarkInfo', context(10)),
        opaque('handoverPriority', context(12)),
        MORE,
      ),
    ],
    result: [sequence(value('handoverNumber', context(0), 'roamingNumber'), MORE)],
  },
  sendEndSignal: {
    argument: passed(extension(context(0)), MORE),
    result: [sequence(extension(context(0)), MORE)],
  },
  performSubsequentHandover: {
    argument: [
      sequence(
        targetCell(context(0)),
        value('servingCellId', context(1)),
        value('targetMSC-Number', context(2), 'otherNode'),
        value('classmarkInfo', context(10)),
        MORE,
      ),
    ],
    result: NOTHING,
  },
  processAccessSignalling: {
    argument: passed(
      opaque('selectedUMTS-Algorithms', context(1)),
      value('selectedGSM-Algorithm', context(2)),
      opaque('chosenRadioResourceInformation', context(3)),
      integer('selectedRab-Id', context(4)),
      extension(context(0)),
      MORE,
    ),
    result: NOTHING,
  },
  forwardAccessSignalling: {
    argument: passed(
      value('integrityProtectionInfo', context(0)),
      value('encryptionInfo', context(1)),
      integer('keyStatus', context(2)),
      value('allowedGSM-Algorithms', context(4)),
      opaque('allowedUMTS-Algorithms', context(5)),
      value('radioResourceInformation', context(6)),
      extension(context(3)),
      MORE,
      value('imeisv', context(21), 'imei'),
    ),
    result: NOTHING,
  },
  noteInternalHandover: { argument: [opaque('argument', SEQUENCE)], result: NOTHING },
  prepareHandover: {
    argument: [
      sequence(targetCell(OCTET_STRING), value('ho-NumberNotRequired', NULL), signalInfo('bss-APDU', SEQUENCE), MORE),
      sequence3(
        targetCell(context(0)),
        value('ho-NumberNotRequired', NULL),
        value('targetRNCId', context(1)),
        apdu(context(2)),
        value('multipleBearerRequested', context(3)),
        imsi(context(4)),
        value('integrityProtectionInfo', context(5)),
        value('encryptionInfo', context(6)),
        value('radioResourceInformation', context(7)),
        value('allowedGSM-Algorithms', context(9)),
        opaque('allowedUMTS-Algorithms', context(10)),
        opaque('radioResourceList', context(11)),
        extension(context(8)),
        MORE,
        value('imeisv', context(22), 'imei'),
      ),
    ],
    result: [
      sequence(value('handoverNumber', OCTET_STRING, 'roamingNumber'), signalInfo('bss-APDU', SEQUENCE), MORE),
      sequence3(
        value('handoverNumber', context(0), 'roamingNumber'),
        list(
          'relocationNumberList',
          context(1),
          group('relocationNumber', SEQUENCE, [value('handoverNumber', OCTET_STRING, 'roamingNumber'), MORE]),
        ),
        apdu(context(2)),
        integer('multicallBearerInfo', context(3)),
        value('multipleBearerNotSupported', NULL),
        opaque('selectedUMTS-Algorithms', context(5)),
        opaque('chosenRadioResourceInformation', context(6)),
        extension(context(4)),
        MORE,
      ),
    ],
  },
  prepareSubsequentHandover: {
    argument: [
      sequence(
        targetCell(OCTET_STRING),
        value('targetMSC-Number', OCTET_STRING, 'otherNode'),
        signalInfo('bss-APDU', SEQUENCE),
        MORE,
      ),
      sequence3(
        targetCell(context(0)),
        value('targetMSC-Number', context(1), 'otherNode'),
        value('targetRNCId', context(2)),
        apdu(context(3)),
        integer('selectedRab-Id', context(4)),
        extension(context(5)),
        MORE,
      ),
    ],
    result: passed(extension(context(0)), MORE),
  },
  prepareGroupCall: {
    argument: [
      sequence(
        value('teleservice', OCTET_STRING),
        value('asciCallReference', OCTET_STRING),
        value('codec-Info', OCTET_STRING),
        value('cipheringAlgorithm', OCTET_STRING),
        integer('groupKeyNumber-Vk-Id', context(0)),
        value('groupKey', context(1)),
        integer('priority', context(2)),
        value('uplinkFree', context(3)),
        extension(context(4)),
        MORE,
      ),
    ],
    result: [sequence(value('groupCallNumber', OCTET_STRING, 'roamingNumber'), EXTENSION, MORE)],
  },
  sendGroupCallEndSignal: {
    argument: [sequence(imsi(OCTET_STRING), EXTENSION, MORE)],
    result: [sequence(EXTENSION, MORE)],
  },
  processGroupCallSignalling: {
    argument: [
      sequence(
        value('uplinkRequest', context(0)),
        value('uplinkReleaseIndication', context(1)),
        value('releaseGroupCall', context(2)),
        EXTENSION,
        MORE,
        integer('talkerPriority', context(3)),
        value('additionalInfo', context(4)),
        value('emergencyModeResetCommandFlag', context(5)),
        apdu(context(6)),
      ),
    ],
    result: NOTHING,
  },
  forwardGroupCallSignalling: {
    argument: [
      sequence(
        imsi(OCTET_STRING),
        value('uplinkRequestAck', context(0)),
        value('uplinkReleaseIndication', context(1)),
        value('uplinkRejectCommand', context(2)),
        value('uplinkSeizedCommand', context(3)),
        value('uplinkReleaseCommand', context(4)),
        EXTENSION,
        MORE,
        opaque('stateAttributes', context(5)),
        integer('talkerPriority', context(6)),
        value('additionalInfo', context(7)),
        value('emergencyModeResetCommandFlag', context(8)),
        value('sm-RP-UI', context(9)),
        apdu(context(10)),
      ),
    ],
    result: NOTHING,
  },
} as const satisfies Record<string, OperationSchema>
