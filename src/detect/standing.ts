import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { crossingOf, isFromHome, isTitleOfHomeOperator, isToHome } from './perimeter.ts'

/**
 * What a request may be about, as public descriptions of interconnect filtering group MAP operations: for one network's
 * inside only (1), for the subscriber's home only (2), for the serving network only (3), or short messages (`sms`).
 */
export type OperationGroup = 1 | 2 | 3 | 'sms'

const GROUPS: ReadonlyMap<string, OperationGroup> = new Map(
  (
    [
      [
        1,
        'anyTimeInterrogation anyTimeSubscriptionInterrogation anyTimeModification noteSubscriberDataModified sendIMSI sendRoutingInfo sendRoutingInfoForGprs sendRoutingInfoForLCS provideSubscriberLocation subscriberLocationReport sendIdentification sendParameters resumeCallHandling releaseResources mt-ForwardSM-VGCS failureReport noteMsPresentForGprs performHandover sendEndSignal performSubsequentHandover processAccessSignalling forwardAccessSignalling prepareHandover prepareSubsequentHandover prepareGroupCall sendGroupCallEndSignal processGroupCallSignalling forwardGroupCallSignalling checkIMEI activateTraceMode deactivateTraceMode traceSubscriberActivity',
      ],
      [
        2,
        'cancelLocation provideRoamingNumber insertSubscriberData deleteSubscriberData provideSubscriberInfo reset getPassword unstructuredSS-Request unstructuredSS-Notify forwardCheckSS-Indication',
      ],
      [
        3,
        'updateLocation updateGprsLocation sendAuthenticationInfo restoreData purgeMS authenticationFailureReport readyForSM noteMM-Event registerSS eraseSS activateSS deactivateSS interrogateSS registerPassword processUnstructuredSS-Request processUnstructuredSS-Data',
      ],
      ['sms', 'sendRoutingInfoForSM mt-ForwardSM mo-ForwardSM reportSM-DeliveryStatus'],
    ] as const
  ).flatMap(([group, names]) => names.split(' ').map((name) => [name, group] as const)),
)

/** The group of a MAP operation; null for one that harms nobody. */
export function groupOfOperation(operation: string | null): OperationGroup | null {
  return operation === null ? null : (GROUPS.get(operation) ?? null)
}

/** Whether the sender may ask what it asks, as far as the request alone tells. */
export type Standing = 'in place' | 'out of place' | 'unknown'

export function standingOf(event: SignallingEvent, network: Network): Standing {
  const group = groupOfOperation(event.operation)
  if (isFromHome(event, network) === true && isToHome(event, network) === true) return 'in place'
  if (group === 1) {
    const { where } = crossingOf(event, network)
    return where === 'outside' ? 'out of place' : where === 'unknown' ? 'unknown' : 'in place'
  }
  if (group !== 2) return 'unknown'
  // a hidden identity keeps anybody from telling whose subscriber it is
  if (event.identityMissing && crossingOf(event, network).where === 'outside') return 'out of place'
  const isHome = isTitleOfHomeOperator(callingTitle(event), event.subjectImsi, network)
  return isHome === null ? 'unknown' : isHome ? 'in place' : 'out of place'
}
