import { AUTHENTICATION } from './authentication.ts'
import { CALL_HANDLING } from './call-handling.ts'
import type { OperationSchema } from './common-types.ts'
import { HANDOVER } from './handover.ts'
import { LOCATION_SERVICES } from './location-services.ts'
import { MOBILITY } from './mobility.ts'
import { OPERATION_MAINTENANCE } from './operation-maintenance.ts'
import type { MapOperationName } from './operations.ts'
import { SHORT_MESSAGE } from './short-message.ts'
import { SUBSCRIBER } from './subscriber-data.ts'
import { SUPPLEMENTARY } from './supplementary-services.ts'

/**
 * What stands where in every operation's argument and result, by service: subscribers, addresses claimed, what is asked,
 * written and given away. Types in which nothing of interest stands are named, not detailed.
 * Source: 3GPP TS 29.002 §17.7, GSM 09.02 for phases 1 and 2, TS 24.080 §4.4.2.
 */
export const MAP_OPERATION_SCHEMAS: Record<MapOperationName, OperationSchema> = {
  ...MOBILITY,
  ...AUTHENTICATION,
  ...SUBSCRIBER,
  ...CALL_HANDLING,
  ...HANDOVER,
  ...SUPPLEMENTARY,
  ...SHORT_MESSAGE,
  ...LOCATION_SERVICES,
  ...OPERATION_MAINTENANCE,
}

/** Operations whose argument must name a subscriber, by one identity or the other. */
export const IDENTITY_REQUIRED: ReadonlySet<string> = new Set<MapOperationName>([
  'updateLocation',
  'cancelLocation',
  'provideRoamingNumber',
  'noteSubscriberDataModified',
  'deleteSubscriberData',
  'authenticationFailureReport',
  'sendRoutingInfo',
  'updateGprsLocation',
  'sendRoutingInfoForGprs',
  'failureReport',
  'noteMsPresentForGprs',
  'cancelVcsgLocation',
  'sendRoutingInfoForSM',
  'reportSM-DeliveryStatus',
  'noteSubscriberPresent',
  'updateVcsgLocation',
  'beginSubscriberActivity',
  'sendAuthenticationInfo',
  'restoreData',
  'sendIMSI',
  'anyTimeSubscriptionInterrogation',
  'alertServiceCentre',
  'anyTimeModification',
  'readyForSM',
  'purgeMS',
  'provideSubscriberInfo',
  'anyTimeInterrogation',
  'ss-InvocationNotification',
  'statusReport',
  'remoteUserFree',
  'provideSubscriberLocation',
  'sendRoutingInfoForLCS',
  'subscriberLocationReport',
  'ist-Alert',
  'ist-Command',
  'noteMM-Event',
])
