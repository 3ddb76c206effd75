/** A MAP operation as these scenarios use it: its code and the application context it opens a dialogue with. */
export interface Operation {
  readonly name: string
  readonly code: number
  /** Last but one arc of the application context name 0.4.0.0.1.0.context.version. */
  readonly context: number
  readonly version: number
}

/** Source: TS 29.002 §17.1.6 (contexts), §17.5 (codes). In order of code. */
export const OPERATIONS = {
  updateLocation: { name: 'updateLocation', code: 2, context: 1, version: 3 },
  cancelLocation: { name: 'cancelLocation', code: 3, context: 2, version: 3 },
  provideRoamingNumber: { name: 'provideRoamingNumber', code: 4, context: 3, version: 3 },
  insertSubscriberData: { name: 'insertSubscriberData', code: 7, context: 16, version: 3 },
  deleteSubscriberData: { name: 'deleteSubscriberData', code: 8, context: 16, version: 3 },
  registerSs: { name: 'registerSS', code: 10, context: 18, version: 2 },
  sendRoutingInfo: { name: 'sendRoutingInfo', code: 22, context: 5, version: 3 },
  updateGprsLocation: { name: 'updateGprsLocation', code: 23, context: 32, version: 3 },
  reset: { name: 'reset', code: 37, context: 10, version: 2 },
  mtForwardSm: { name: 'mt-ForwardSM', code: 44, context: 25, version: 3 },
  sendRoutingInfoForSm: { name: 'sendRoutingInfoForSM', code: 45, context: 20, version: 3 },
  moForwardSm: { name: 'mo-ForwardSM', code: 46, context: 21, version: 3 },
  sendIdentification: { name: 'sendIdentification', code: 55, context: 15, version: 3 },
  sendAuthenticationInfo: { name: 'sendAuthenticationInfo', code: 56, context: 14, version: 3 },
  restoreData: { name: 'restoreData', code: 57, context: 1, version: 3 },
  sendImsi: { name: 'sendIMSI', code: 58, context: 26, version: 2 },
  processUnstructuredSs: { name: 'processUnstructuredSS-Request', code: 59, context: 19, version: 2 },
  anyTimeSubscriptionInterrogation: { name: 'anyTimeSubscriptionInterrogation', code: 62, context: 43, version: 3 },
  anyTimeModification: { name: 'anyTimeModification', code: 65, context: 43, version: 3 },
  purgeMs: { name: 'purgeMS', code: 67, context: 27, version: 3 },
  provideSubscriberInfo: { name: 'provideSubscriberInfo', code: 70, context: 28, version: 3 },
  anyTimeInterrogation: { name: 'anyTimeInterrogation', code: 71, context: 29, version: 3 },
  provideSubscriberLocation: { name: 'provideSubscriberLocation', code: 83, context: 38, version: 3 },
  sendRoutingInfoForLcs: { name: 'sendRoutingInfoForLCS', code: 85, context: 37, version: 3 },
} as const satisfies Record<string, Operation>

/** MAP user errors these scenarios answer with. Source: TS 29.002 §17.6.6. In order of code. */
export const ERRORS = {
  unknownSubscriber: 1,
  facilityNotSupported: 21,
  absentSubscriber: 27,
  systemFailure: 34,
  dataMissing: 35,
  atiNotAllowed: 49,
  unauthorizedRequestingNetwork: 52,
} as const
