/** An application context that contains an operation: its number, and the first and the last version that do. */
export type ContextVersions = readonly [context: number, first: number, last: number]

/**
 * MAP operations of phases 1 to 3, with the application contexts (`0.4.0.0.1.0.context.version`) that contain them; none
 * where only the phone's side of the network carries one (TS 24.080). notifySS is there for what phase 1 let pass.
 * Source: 3GPP TS 29.002 §17.1.6, §17.2.2, §17.3.2 and §17.5; codes of phase 1 from GSM 09.02 v3.
 */
export const MAP_OPERATIONS = [
  { code: 2, name: 'updateLocation', contexts: [[1, 1, 3]] },
  { code: 3, name: 'cancelLocation', contexts: [[2, 1, 3]] },
  { code: 4, name: 'provideRoamingNumber', contexts: [[3, 1, 3]] },
  { code: 5, name: 'noteSubscriberDataModified', contexts: [[22, 3, 3]] },
  { code: 6, name: 'resumeCallHandling', contexts: [[6, 3, 4]] },
  {
    code: 7,
    name: 'insertSubscriberData',
    contexts: [
      [1, 1, 3],
      [16, 1, 3],
      [32, 3, 3],
      [46, 3, 3],
    ],
  },
  { code: 8, name: 'deleteSubscriberData', contexts: [[16, 1, 3]] },
  {
    code: 9,
    name: 'sendParameters',
    contexts: [
      [1, 1, 1],
      [14, 1, 1],
    ],
  },
  { code: 10, name: 'registerSS', contexts: [[18, 1, 2]] },
  { code: 11, name: 'eraseSS', contexts: [[18, 1, 2]] },
  { code: 12, name: 'activateSS', contexts: [[18, 1, 2]] },
  { code: 13, name: 'deactivateSS', contexts: [[18, 1, 2]] },
  { code: 14, name: 'interrogateSS', contexts: [[18, 1, 2]] },
  { code: 15, name: 'authenticationFailureReport', contexts: [[39, 3, 3]] },
  {
    code: 16,
    name: 'notifySS',
    contexts: [
      [18, 1, 2],
      [19, 2, 2],
    ],
  },
  { code: 17, name: 'registerPassword', contexts: [[18, 1, 2]] },
  { code: 18, name: 'getPassword', contexts: [[18, 1, 2]] },
  { code: 19, name: 'processUnstructuredSS-Data', contexts: [[18, 1, 1]] },
  { code: 20, name: 'releaseResources', contexts: [[44, 3, 3]] },
  { code: 21, name: 'mt-ForwardSM-VGCS', contexts: [[41, 3, 3]] },
  { code: 22, name: 'sendRoutingInfo', contexts: [[5, 1, 3]] },
  { code: 23, name: 'updateGprsLocation', contexts: [[32, 3, 3]] },
  { code: 24, name: 'sendRoutingInfoForGprs', contexts: [[33, 3, 4]] },
  { code: 25, name: 'failureReport', contexts: [[34, 3, 3]] },
  { code: 26, name: 'noteMsPresentForGprs', contexts: [[35, 3, 3]] },
  { code: 28, name: 'performHandover', contexts: [[11, 1, 1]] },
  { code: 29, name: 'sendEndSignal', contexts: [[11, 1, 3]] },
  { code: 30, name: 'performSubsequentHandover', contexts: [[11, 1, 1]] },
  { code: 31, name: 'provideSIWFSNumber', contexts: [[12, 3, 3]] },
  { code: 32, name: 'siwfs-SignallingModify', contexts: [[12, 3, 3]] },
  { code: 33, name: 'processAccessSignalling', contexts: [[11, 1, 3]] },
  { code: 34, name: 'forwardAccessSignalling', contexts: [[11, 1, 3]] },
  { code: 35, name: 'noteInternalHandover', contexts: [[11, 1, 1]] },
  { code: 36, name: 'cancelVcsgLocation', contexts: [[47, 3, 3]] },
  { code: 37, name: 'reset', contexts: [[10, 1, 3]] },
  { code: 38, name: 'forwardCheckSS-Indication', contexts: [[1, 1, 3]] },
  { code: 39, name: 'prepareGroupCall', contexts: [[31, 3, 3]] },
  { code: 40, name: 'sendGroupCallEndSignal', contexts: [[31, 3, 3]] },
  { code: 41, name: 'processGroupCallSignalling', contexts: [[31, 3, 3]] },
  { code: 42, name: 'forwardGroupCallSignalling', contexts: [[31, 3, 3]] },
  { code: 43, name: 'checkIMEI', contexts: [[13, 1, 3]] },
  { code: 44, name: 'mt-ForwardSM', contexts: [[25, 3, 3]] },
  { code: 45, name: 'sendRoutingInfoForSM', contexts: [[20, 1, 3]] },
  {
    code: 46,
    name: 'mo-ForwardSM',
    contexts: [
      [21, 1, 3],
      [25, 2, 2],
    ],
  },
  { code: 47, name: 'reportSM-DeliveryStatus', contexts: [[20, 1, 3]] },
  { code: 48, name: 'noteSubscriberPresent', contexts: [[24, 1, 1]] },
  { code: 49, name: 'alertServiceCentreWithoutResult', contexts: [[23, 1, 1]] },
  {
    code: 50,
    name: 'activateTraceMode',
    contexts: [
      [1, 1, 3],
      [17, 1, 3],
      [32, 3, 3],
    ],
  },
  { code: 51, name: 'deactivateTraceMode', contexts: [[17, 1, 3]] },
  { code: 52, name: 'traceSubscriberActivity', contexts: [[11, 1, 1]] },
  { code: 53, name: 'updateVcsgLocation', contexts: [[46, 3, 3]] },
  { code: 54, name: 'beginSubscriberActivity', contexts: [[18, 1, 1]] },
  { code: 55, name: 'sendIdentification', contexts: [[15, 2, 3]] },
  { code: 56, name: 'sendAuthenticationInfo', contexts: [[14, 2, 3]] },
  { code: 57, name: 'restoreData', contexts: [[1, 2, 3]] },
  { code: 58, name: 'sendIMSI', contexts: [[26, 2, 2]] },
  { code: 59, name: 'processUnstructuredSS-Request', contexts: [[19, 2, 2]] },
  { code: 60, name: 'unstructuredSS-Request', contexts: [[19, 2, 2]] },
  { code: 61, name: 'unstructuredSS-Notify', contexts: [[19, 2, 2]] },
  { code: 62, name: 'anyTimeSubscriptionInterrogation', contexts: [[43, 3, 3]] },
  { code: 63, name: 'informServiceCentre', contexts: [[20, 2, 3]] },
  { code: 64, name: 'alertServiceCentre', contexts: [[23, 2, 2]] },
  { code: 65, name: 'anyTimeModification', contexts: [[43, 3, 3]] },
  { code: 66, name: 'readyForSM', contexts: [[24, 2, 3]] },
  { code: 67, name: 'purgeMS', contexts: [[27, 2, 3]] },
  { code: 68, name: 'prepareHandover', contexts: [[11, 2, 3]] },
  { code: 69, name: 'prepareSubsequentHandover', contexts: [[11, 2, 3]] },
  { code: 70, name: 'provideSubscriberInfo', contexts: [[28, 3, 3]] },
  { code: 71, name: 'anyTimeInterrogation', contexts: [[29, 3, 3]] },
  { code: 72, name: 'ss-InvocationNotification', contexts: [[36, 3, 3]] },
  { code: 73, name: 'setReportingState', contexts: [[7, 3, 3]] },
  { code: 74, name: 'statusReport', contexts: [[7, 3, 3]] },
  { code: 75, name: 'remoteUserFree', contexts: [[7, 3, 3]] },
  { code: 76, name: 'registerCC-Entry', contexts: [[8, 3, 3]] },
  { code: 77, name: 'eraseCC-Entry', contexts: [[8, 3, 3]] },
  { code: 78, name: 'secureTransportClass1', contexts: [[40, 3, 3]] },
  { code: 79, name: 'secureTransportClass2', contexts: [[40, 3, 3]] },
  { code: 80, name: 'secureTransportClass3', contexts: [[40, 3, 3]] },
  { code: 81, name: 'secureTransportClass4', contexts: [[40, 3, 3]] },
  { code: 83, name: 'provideSubscriberLocation', contexts: [[38, 3, 3]] },
  { code: 84, name: 'sendGroupCallInfo', contexts: [[45, 3, 3]] },
  { code: 85, name: 'sendRoutingInfoForLCS', contexts: [[37, 3, 3]] },
  { code: 86, name: 'subscriberLocationReport', contexts: [[38, 3, 3]] },
  { code: 87, name: 'ist-Alert', contexts: [[4, 3, 3]] },
  { code: 88, name: 'ist-Command', contexts: [[9, 3, 3]] },
  { code: 89, name: 'noteMM-Event', contexts: [[42, 3, 3]] },
  { code: 109, name: 'lcs-PeriodicLocationCancellation', contexts: [] },
  { code: 110, name: 'lcs-LocationUpdate', contexts: [] },
  { code: 111, name: 'lcs-PeriodicLocationRequest', contexts: [] },
  { code: 112, name: 'lcs-AreaEventCancellation', contexts: [] },
  { code: 113, name: 'lcs-AreaEventReport', contexts: [] },
  { code: 114, name: 'lcs-AreaEventRequest', contexts: [] },
  { code: 115, name: 'lcs-MOLR', contexts: [] },
  { code: 116, name: 'lcs-LocationNotification', contexts: [] },
  { code: 117, name: 'callDeflection', contexts: [] },
  { code: 118, name: 'userUserService', contexts: [] },
  { code: 119, name: 'accessRegisterCCEntry', contexts: [] },
  { code: 120, name: 'forwardCUG-Info', contexts: [] },
  { code: 121, name: 'splitMPTY', contexts: [] },
  { code: 122, name: 'retrieveMPTY', contexts: [] },
  { code: 123, name: 'holdMPTY', contexts: [] },
  { code: 124, name: 'buildMPTY', contexts: [] },
  { code: 125, name: 'forwardChargeAdvice', contexts: [] },
  { code: 126, name: 'explicitCT', contexts: [] },
] as const satisfies readonly { code: number; name: string; contexts: readonly ContextVersions[] }[]

export type MapOperationName = (typeof MAP_OPERATIONS)[number]['name']

/** Rows by operation code. */
const BY_CODE: readonly ((typeof MAP_OPERATIONS)[number] | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  MAP_OPERATIONS.find((row) => row.code === code),
)

/** Name of a MAP operation, or null for a code TS 29.002 does not define. */
export function mapOperationName(code: number): MapOperationName | null {
  return BY_CODE[code]?.name ?? null
}

/** Versions by operation and context, a bit each: so that a message costs one look-up. */
const CONTEXTS = 64
const VERSIONS = new Uint8Array(BY_CODE.length * CONTEXTS)
for (const { code, contexts } of MAP_OPERATIONS) {
  for (const [context, first, last] of contexts) {
    const upTo = (version: number): number => (1 << (version + 1)) - 1
    VERSIONS[code * CONTEXTS + context] = upTo(last) & ~upTo(first - 1)
  }
}

/**
 * Tells whether the application context `context` (its number, without version) contains the operation.
 * @param version of the context; null for any.
 */
export function isInContext(code: number, context: number, version: number | null = null): boolean {
  if (code < 0 || code >= BY_CODE.length || context < 0 || context >= CONTEXTS) return false
  const versions = VERSIONS[code * CONTEXTS + context] ?? 0
  return version === null ? versions !== 0 : version < 8 && (versions & (1 << version)) !== 0
}
