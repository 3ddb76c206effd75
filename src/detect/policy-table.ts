/** Where a request is legitimate: see `CATEGORY_MEANINGS`. */
export type Category = '1' | '2' | '3' | 'sms' | 'none'

export const CATEGORY_MEANINGS: Readonly<Record<Category, string>> = {
  '1': 'belongs inside one network, and comes from another only by agreement',
  '2': 'only the home of the subscriber may send it to the network visited',
  '3': 'only the network that serves the subscriber may send it home',
  sms: 'crosses networks by design, and is judged by the short message it is for',
  none: 'may come from any network',
}

/** Subsystem numbers. Source: ITU-T Q.713 §3.4.2.2, 3GPP TS 23.003 §8. */
export const SUBSYSTEMS: Readonly<Record<string, number>> = {
  map: 5, hlr: 6, vlr: 7, msc: 8, eir: 9, auc: 10, gmlc: 145, cap: 146, gsmscf: 147, sgsn: 149, ggsn: 150,
} // biome-ignore format: one table

/** What an operation is, in its context. A null is no condition; a row holds where all of its conditions do. */
export interface PolicyRow {
  readonly operation: string
  /** Application contexts of MAP by number, without version, or Application-Ids of Diameter. */
  readonly contexts: readonly number[] | null
  /** Subsystems of the calling and called address. */
  readonly calling: readonly number[] | null
  readonly called: readonly number[] | null
  /** Whether both networks are of one country. */
  readonly perimeter: 'international' | 'national' | null
  readonly category: Category
  /** Why, in a sentence's part. */
  readonly reason: string
}

type Conditions = Partial<Pick<PolicyRow, 'contexts' | 'calling' | 'called' | 'perimeter'>>

const ANYWHERE = { contexts: null, calling: null, called: null, perimeter: null } as const
const { hlr, vlr, sgsn } = SUBSYSTEMS as { readonly hlr: number; readonly vlr: number; readonly sgsn: number }
const CX = 16777216
const RX = 16777236
const GX = 16777238
const SWX = 16777265

const rows = (category: Category, reason: string, names: readonly string[], conditions: Conditions = {}): PolicyRow[] =>
  names.map((operation) => ({ ...ANYWHERE, ...conditions, operation, category, reason }))

/**
 * What holds unless network.yaml says otherwise: of several rows of an operation the first that fits counts, so that the
 * one without conditions stands last. Where public sources disagree (sendRoutingInfo, provideRoamingNumber,
 * sendParameters, provideSubscriberLocation, supplementary services), subsystem and perimeter decide; an address without a
 * subsystem number falls to the row without conditions.
 * Source: public descriptions of interconnect filtering (Oracle vSTP and DSA guides, SigFW); operations and who sends them
 * to whom: 3GPP TS 29.002 §7.3 to §13A, TS 29.272 §5, TS 29.329, TS 29.172, TS 29.173, TS 29.338, TS 29.336.
 */
export const DEFAULT_POLICY: readonly PolicyRow[] = [
  ...rows('1', 'the service platform of an operator asks its own register', [
    'anyTimeInterrogation',
    'anyTimeSubscriptionInterrogation',
    'anyTimeModification',
    'noteSubscriberDataModified',
    'ss-InvocationNotification',
  ]),
  ...rows('1', 'operation and maintenance of one network', [
    'sendIMSI',
    'activateTraceMode',
    'deactivateTraceMode',
    'traceSubscriberActivity',
  ]),
  ...rows(
    'none',
    'number portability: networks of one country ask each other for the way of a call',
    ['sendRoutingInfo'],
    {
      perimeter: 'national',
    },
  ),
  ...rows('1', 'the gateway of an operator asks its own register; optimal routing needs an agreement', [
    'sendRoutingInfo',
    'sendRoutingInfoForGprs',
    'failureReport',
    'noteMsPresentForGprs',
  ]),
  ...rows('1', 'location services need an agreement between the networks', [
    'sendRoutingInfoForLCS',
    'provideSubscriberLocation',
    'subscriberLocationReport',
    'lcs-PeriodicLocationCancellation',
    'lcs-LocationUpdate',
    'lcs-PeriodicLocationRequest',
    'lcs-AreaEventCancellation',
    'lcs-AreaEventReport',
    'lcs-AreaEventRequest',
    'lcs-MOLR',
    'lcs-LocationNotification',
  ]),
  ...rows('1', 'visitor registers side by side ask each other', ['sendIdentification']),
  ...rows('3', 'the serving network asks the home register for authentication', ['sendParameters'], { called: [hlr] }),
  ...rows('1', 'visitor registers side by side ask each other', ['sendParameters']),
  ...rows('1', 'switches with a common border hand calls over', [
    'performHandover',
    'sendEndSignal',
    'performSubsequentHandover',
    'processAccessSignalling',
    'forwardAccessSignalling',
    'noteInternalHandover',
    'prepareHandover',
    'prepareSubsequentHandover',
  ]),
  ...rows('1', 'calls and groups of one network', [
    'resumeCallHandling',
    'releaseResources',
    'mt-ForwardSM-VGCS',
    'provideSIWFSNumber',
    'siwfs-SignallingModify',
    'prepareGroupCall',
    'sendGroupCallEndSignal',
    'processGroupCallSignalling',
    'forwardGroupCallSignalling',
    'sendGroupCallInfo',
    'setReportingState',
    'statusReport',
    'remoteUserFree',
    'registerCC-Entry',
    'eraseCC-Entry',
    'ist-Alert',
    'ist-Command',
  ]),
  ...rows('1', 'the equipment register of an operator is for its own nodes', ['checkIMEI', 'ME-Identity-Check']),
  ...rows('1', 'a visitor register has no roaming number to ask for', ['provideRoamingNumber'], { calling: [vlr] }),
  ...rows('2', 'the home register speaks to the node that serves its subscriber', [
    'cancelLocation',
    'provideRoamingNumber',
    'insertSubscriberData',
    'deleteSubscriberData',
    'provideSubscriberInfo',
    'reset',
    'forwardCheckSS-Indication',
    'getPassword',
    'unstructuredSS-Request',
    'unstructuredSS-Notify',
    'Cancel-Location',
    'Insert-Subscriber-Data',
    'Delete-Subscriber-Data',
    'Reset',
  ]),
  ...rows('1', 'two serving nodes have nothing to change with each other', supplementary(), {
    calling: [vlr],
    called: [vlr, sgsn],
  }),
  ...rows('3', 'the node that serves a subscriber speaks to its home register', [
    'updateLocation',
    'updateGprsLocation',
    'sendAuthenticationInfo',
    'authenticationFailureReport',
    'restoreData',
    'purgeMS',
    'readyForSM',
    'noteSubscriberPresent',
    'noteMM-Event',
    ...supplementary(),
    'processUnstructuredSS-Request',
    'processUnstructuredSS-Data',
    'mo-ForwardSM',
    'Update-Location',
    'Authentication-Information',
    'Purge-UE',
    'Notify',
  ]),
  ...rows('sms', 'service centres of any network send to any subscriber', [
    'sendRoutingInfoForSM',
    'mt-ForwardSM',
    'reportSM-DeliveryStatus',
    'informServiceCentre',
    'alertServiceCentre',
    'alertServiceCentreWithoutResult',
    'Send-Routing-Info-for-SM',
    'Alert-Service-Centre',
    'Report-SM-Delivery-Status',
    'MO-Forward-Short-Message',
    'MT-Forward-Short-Message',
  ]),
  ...rows('1', 'location services need an agreement between the networks', [
    'Provide-Location',
    'Location-Report',
    'LCS-Routing-Info',
  ]),
  ...rows('1', 'application servers of an operator ask its own register', [
    'User-Data',
    'Profile-Update',
    'Subscribe-Notifications',
    'Push-Notification',
    'Subscriber-Information',
    'Configuration-Information',
    'Reporting-Information',
    'NIDD-Information',
  ]),
  ...rows(
    '1',
    'call servers of an operator ask its own register',
    [
      'User-Authorization',
      'Server-Assignment',
      'Location-Info',
      'Multimedia-Auth',
      'Registration-Termination',
      'Push-Profile',
    ],
    { contexts: [CX, SWX] },
  ),
  ...rows('1', 'policy control inside one network', ['Credit-Control', 'Re-Auth', 'AA'], { contexts: [GX, RX] }),
]

function supplementary(): readonly string[] {
  return ['registerSS', 'eraseSS', 'activateSS', 'deactivateSS', 'interrogateSS', 'registerPassword']
}
