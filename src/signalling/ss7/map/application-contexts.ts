/**
 * MAP application contexts: 0.4.0.0.1.0.`code`.version, with the first and the last version defined.
 * Source: 3GPP TS 29.002 §17.3.3 and MAP-ApplicationContexts.
 */
export const MAP_APPLICATION_CONTEXTS = [
  { code: 1, name: 'networkLocUpContext', first: 1, last: 3 },
  { code: 2, name: 'locationCancellationContext', first: 1, last: 3 },
  { code: 3, name: 'roamingNumberEnquiryContext', first: 1, last: 3 },
  { code: 4, name: 'istAlertingContext', first: 3, last: 3 },
  { code: 5, name: 'locationInfoRetrievalContext', first: 1, last: 3 },
  { code: 6, name: 'callControlTransferContext', first: 3, last: 4 },
  { code: 7, name: 'reportingContext', first: 3, last: 3 },
  { code: 8, name: 'callCompletionContext', first: 3, last: 3 },
  { code: 9, name: 'serviceTerminationContext', first: 3, last: 3 },
  { code: 10, name: 'resetContext', first: 1, last: 3 },
  { code: 11, name: 'handoverControlContext', first: 1, last: 3 },
  { code: 12, name: 'sIWFSAllocationContext', first: 3, last: 3 },
  { code: 13, name: 'equipmentMngtContext', first: 1, last: 3 },
  { code: 14, name: 'infoRetrievalContext', first: 1, last: 3 },
  { code: 15, name: 'interVlrInfoRetrievalContext', first: 2, last: 3 },
  { code: 16, name: 'subscriberDataMngtContext', first: 1, last: 3 },
  { code: 17, name: 'tracingContext', first: 1, last: 3 },
  { code: 18, name: 'networkFunctionalSsContext', first: 1, last: 2 },
  { code: 19, name: 'networkUnstructuredSsContext', first: 2, last: 2 },
  { code: 20, name: 'shortMsgGatewayContext', first: 1, last: 3 },
  { code: 21, name: 'shortMsgMO-RelayContext', first: 1, last: 3 },
  { code: 22, name: 'subscriberDataModificationNotificationContext', first: 3, last: 3 },
  { code: 23, name: 'shortMsgAlertContext', first: 1, last: 2 },
  { code: 24, name: 'mwdMngtContext', first: 1, last: 3 },
  { code: 25, name: 'shortMsgMT-RelayContext', first: 2, last: 3 },
  { code: 26, name: 'imsiRetrievalContext', first: 2, last: 2 },
  { code: 27, name: 'msPurgingContext', first: 2, last: 3 },
  { code: 28, name: 'subscriberInfoEnquiryContext', first: 3, last: 3 },
  { code: 29, name: 'anyTimeInfoEnquiryContext', first: 3, last: 3 },
  { code: 31, name: 'groupCallControlContext', first: 3, last: 3 },
  { code: 32, name: 'gprsLocationUpdateContext', first: 3, last: 3 },
  { code: 33, name: 'gprsLocationInfoRetrievalContext', first: 3, last: 4 },
  { code: 34, name: 'failureReportContext', first: 3, last: 3 },
  { code: 35, name: 'gprsNotifyContext', first: 3, last: 3 },
  { code: 36, name: 'ss-InvocationNotificationContext', first: 3, last: 3 },
  { code: 37, name: 'locationSvcGatewayContext', first: 3, last: 3 },
  { code: 38, name: 'locationSvcEnquiryContext', first: 3, last: 3 },
  { code: 39, name: 'authenticationFailureReportContext', first: 3, last: 3 },
  { code: 40, name: 'secureTransportHandlingContext', first: 3, last: 3 },
  { code: 41, name: 'shortMsgMT-Relay-VGCS-Context', first: 3, last: 3 },
  { code: 42, name: 'mm-EventReportingContext', first: 3, last: 3 },
  { code: 43, name: 'anyTimeInfoHandlingContext', first: 3, last: 3 },
  { code: 44, name: 'resourceManagementContext', first: 3, last: 3 },
  { code: 45, name: 'groupCallInfoRetrievalContext', first: 3, last: 3 },
  { code: 46, name: 'vcsgLocationUpdateContext', first: 3, last: 3 },
  { code: 47, name: 'vcsgLocationCancellationContext', first: 3, last: 3 },
] as const

const PREFIX = '0.4.0.0.1.0.'
const ROWS = new Map<number, (typeof MAP_APPLICATION_CONTEXTS)[number]>(
  MAP_APPLICATION_CONTEXTS.map((row) => [row.code, row]),
)

export interface MapContext {
  readonly code: number
  readonly version: number
  /** The context stands in the registry, in a version that was defined. */
  readonly known: boolean
  readonly knownVersion: boolean
}

const parsed = new Map<string, MapContext | null>()

/** Reads a dotted application context name. @returns null when it is not one of the mobile domain's. */
export function parseMapContext(dotted: string): MapContext | null {
  const cached = parsed.get(dotted)
  if (cached !== undefined) return cached
  const context = parse(dotted)
  if (parsed.size < 1024) parsed.set(dotted, context)
  return context
}

function parse(dotted: string): MapContext | null {
  if (!dotted.startsWith(PREFIX)) return null
  const arcs = dotted.slice(PREFIX.length).split('.').map(Number)
  const [code, version] = arcs
  if (code === undefined || version === undefined) return null
  const row = ROWS.get(code)
  const known = arcs.length === 2 && row !== undefined
  return { code, version, known, knownVersion: known && version >= row.first && version <= row.last }
}
