import type { Detector } from './detector.ts'
import { foreignCancelLocation } from './detectors/dos-01.ts'
import { foreignPurge } from './detectors/dos-02.ts'
import { foreignProfileRemoval } from './detectors/dos-03.ts'
import { requestFlood } from './detectors/dos-04.ts'
import { violationLeavingHome } from './detectors/egr-01.ts'
import { globalOperationCode } from './detectors/eva-01.ts'
import { severalOperations } from './detectors/eva-02.ts'
import { oddApplicationContext } from './detectors/eva-03.ts'
import { oddEncoding } from './detectors/eva-04.ts'
import { oddAddress } from './detectors/eva-05.ts'
import { requestBehindEmptyBegin } from './detectors/eva-06.ts'
import { needlessSegments } from './detectors/eva-07.ts'
import { unreadableSubscriber } from './detectors/eva-08.ts'
import { requestInSubscribersName } from './detectors/frd-01.ts'
import { innerGtpMessage } from './detectors/gtp-01.ts'
import { sessionElsewhere } from './detectors/gtp-02.ts'
import { gtpGuessing } from './detectors/gtp-03.ts'
import { identityRequest } from './detectors/idn-01.ts'
import { routingWithoutDelivery } from './detectors/idn-02.ts'
import { vectorsWithoutRegistration } from './detectors/idn-03.ts'
import { identityEnumeration } from './detectors/idn-04.ts'
import { foreignProfileRead } from './detectors/idn-05.ts'
import { addressScan } from './detectors/idn-06.ts'
import { impossibleRegistration } from './detectors/int-01.ts'
import { impossibleLteRegistration } from './detectors/int-02.ts'
import { divertedDelivery } from './detectors/int-03.ts'
import { foreignServiceControl } from './detectors/int-04.ts'
import { foreignForwarding } from './detectors/int-05.ts'
import { unadvertisedServiceControl } from './detectors/int-06.ts'
import { anyTimeModification } from './detectors/int-07.ts'
import { anyTimeInterrogation } from './detectors/loc-01.ts'
import { provideSubscriberInfo } from './detectors/loc-02.ts'
import { provideSubscriberLocation } from './detectors/loc-03.ts'
import { routingWithoutCall } from './detectors/loc-04.ts'
import { insertSubscriberDataLocation } from './detectors/loc-05.ts'
import { diameterLocationService } from './detectors/loc-06.ts'
import { registerLocationRead } from './detectors/loc-07.ts'
import { locationPolling } from './detectors/loc-08.ts'
import { roamingNumberWithoutCall } from './detectors/loc-09.ts'
import { foreignSimCommand } from './detectors/sim-01.ts'
import { unsecuredSatPacket } from './detectors/sim-02.ts'
import { unsecuredWibPacket } from './detectors/sim-03.ts'
import { tellTaleSimScript } from './detectors/sim-04.ts'
import { disguisedSimCommand } from './detectors/sim-05.ts'
import { dataAfterSimCommand } from './detectors/sim-06.ts'
import { fakeServiceCentre } from './detectors/sms-01.ts'
import { homeRoutingBypass } from './detectors/sms-02.ts'
import { silentMessage } from './detectors/sms-03.ts'
import { ownTitleFromOutside } from './detectors/spf-01.ts'
import { addressesDisagree } from './detectors/spf-02.ts'
import { originsDisagree } from './detectors/spf-03.ts'
import { realmToItself } from './detectors/spf-04.ts'
import { secondStack } from './detectors/spf-05.ts'

/** Every detector, in the order of the catalogue: the only list. */
export const DETECTORS: readonly Detector[] = [
  anyTimeInterrogation,
  provideSubscriberInfo,
  provideSubscriberLocation,
  routingWithoutCall,
  insertSubscriberDataLocation,
  diameterLocationService,
  registerLocationRead,
  locationPolling,
  roamingNumberWithoutCall,
  identityRequest,
  routingWithoutDelivery,
  vectorsWithoutRegistration,
  identityEnumeration,
  foreignProfileRead,
  addressScan,
  impossibleRegistration,
  impossibleLteRegistration,
  divertedDelivery,
  foreignServiceControl,
  foreignForwarding,
  unadvertisedServiceControl,
  anyTimeModification,
  foreignCancelLocation,
  foreignPurge,
  foreignProfileRemoval,
  requestFlood,
  requestInSubscribersName,
  fakeServiceCentre,
  homeRoutingBypass,
  silentMessage,
  foreignSimCommand,
  unsecuredSatPacket,
  unsecuredWibPacket,
  tellTaleSimScript,
  disguisedSimCommand,
  dataAfterSimCommand,
  globalOperationCode,
  severalOperations,
  oddApplicationContext,
  oddEncoding,
  oddAddress,
  requestBehindEmptyBegin,
  needlessSegments,
  unreadableSubscriber,
  ownTitleFromOutside,
  addressesDisagree,
  originsDisagree,
  realmToItself,
  secondStack,
  innerGtpMessage,
  sessionElsewhere,
  gtpGuessing,
  violationLeavingHome,
]
