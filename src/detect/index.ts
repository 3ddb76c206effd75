import type { Detector } from './detector.ts'
import { foreignCancelLocation } from './detectors/dos-01.ts'
import { foreignProfileRemoval } from './detectors/dos-03.ts'
import { globalOperationCode } from './detectors/eva-01.ts'
import { severalOperations } from './detectors/eva-02.ts'
import { unreadableSubscriber } from './detectors/eva-08.ts'
import { identityRequest } from './detectors/idn-01.ts'
import { foreignServiceControl } from './detectors/int-04.ts'
import { anyTimeModification } from './detectors/int-07.ts'
import { anyTimeInterrogation } from './detectors/loc-01.ts'
import { provideSubscriberInfo } from './detectors/loc-02.ts'
import { provideSubscriberLocation } from './detectors/loc-03.ts'
import { ownTitleFromOutside } from './detectors/spf-01.ts'

/** Every detector, in the order of the catalogue: the only list. */
export const DETECTORS: readonly Detector[] = [
  anyTimeInterrogation,
  provideSubscriberInfo,
  provideSubscriberLocation,
  identityRequest,
  foreignServiceControl,
  anyTimeModification,
  foreignCancelLocation,
  foreignProfileRemoval,
  globalOperationCode,
  severalOperations,
  unreadableSubscriber,
  ownTitleFromOutside,
]
