/**
 * MAP application contexts: 0.4.0.0.1.0.`code`.version, with the highest version defined.
 * Source: 3GPP TS 29.002 §17.3.3 and MAP-ApplicationContexts.
 */
export const MAP_APPLICATION_CONTEXTS = [
  { code: 1, name: 'networkLocUpContext', versions: 3 },
  { code: 2, name: 'locationCancellationContext', versions: 3 },
  { code: 3, name: 'roamingNumberEnquiryContext', versions: 3 },
  { code: 4, name: 'istAlertingContext', versions: 3 },
  { code: 5, name: 'locationInfoRetrievalContext', versions: 3 },
  { code: 6, name: 'callControlTransferContext', versions: 4 },
  { code: 7, name: 'reportingContext', versions: 3 },
  { code: 8, name: 'callCompletionContext', versions: 3 },
  { code: 9, name: 'serviceTerminationContext', versions: 3 },
  { code: 10, name: 'resetContext', versions: 3 },
  { code: 11, name: 'handoverControlContext', versions: 3 },
  { code: 12, name: 'sIWFSAllocationContext', versions: 3 },
  { code: 13, name: 'equipmentMngtContext', versions: 3 },
  { code: 14, name: 'infoRetrievalContext', versions: 3 },
  { code: 15, name: 'interVlrInfoRetrievalContext', versions: 3 },
  { code: 16, name: 'subscriberDataMngtContext', versions: 3 },
  { code: 17, name: 'tracingContext', versions: 3 },
  { code: 18, name: 'networkFunctionalSsContext', versions: 2 },
  { code: 19, name: 'networkUnstructuredSsContext', versions: 2 },
  { code: 20, name: 'shortMsgGatewayContext', versions: 3 },
  { code: 21, name: 'shortMsgMO-RelayContext', versions: 3 },
  { code: 22, name: 'subscriberDataModificationNotificationContext', versions: 3 },
  { code: 23, name: 'shortMsgAlertContext', versions: 2 },
  { code: 24, name: 'mwdMngtContext', versions: 3 },
  { code: 25, name: 'shortMsgMT-RelayContext', versions: 3 },
  { code: 26, name: 'imsiRetrievalContext', versions: 2 },
  { code: 27, name: 'msPurgingContext', versions: 3 },
  { code: 28, name: 'subscriberInfoEnquiryContext', versions: 3 },
  { code: 29, name: 'anyTimeInfoEnquiryContext', versions: 3 },
  { code: 31, name: 'groupCallControlContext', versions: 3 },
  { code: 32, name: 'gprsLocationUpdateContext', versions: 3 },
  { code: 33, name: 'gprsLocationInfoRetrievalContext', versions: 4 },
  { code: 34, name: 'failureReportContext', versions: 3 },
  { code: 35, name: 'gprsNotifyContext', versions: 3 },
  { code: 36, name: 'ss-InvocationNotificationContext', versions: 3 },
  { code: 37, name: 'locationSvcGatewayContext', versions: 3 },
  { code: 38, name: 'locationSvcEnquiryContext', versions: 3 },
  { code: 39, name: 'authenticationFailureReportContext', versions: 3 },
  { code: 40, name: 'secureTransportHandlingContext', versions: 3 },
  { code: 41, name: 'shortMsgMT-Relay-VGCS-Context', versions: 3 },
  { code: 42, name: 'mm-EventReportingContext', versions: 3 },
  { code: 43, name: 'anyTimeInfoHandlingContext', versions: 3 },
  { code: 44, name: 'resourceManagementContext', versions: 3 },
  { code: 45, name: 'groupCallInfoRetrievalContext', versions: 3 },
  { code: 46, name: 'vcsgLocationUpdateContext', versions: 3 },
  { code: 47, name: 'vcsgLocationCancellationContext', versions: 3 },
] as const

const PREFIX = '0.4.0.0.1.0.'
const VERSIONS = new Map<number, number>(MAP_APPLICATION_CONTEXTS.map((row) => [row.code, row.versions]))

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
  const versions = VERSIONS.get(code)
  const known = arcs.length === 2 && versions !== undefined
  return { code, version, known, knownVersion: known && version >= 1 && version <= versions }
}
