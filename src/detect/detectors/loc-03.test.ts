import { testInternalOnly } from '../category-cases.vectors.ts'
import { provideSubscriberLocation } from './loc-03.ts'

testInternalOnly(
  provideSubscriberLocation,
  ['provideSubscriberLocation', 'sendRoutingInfoForLCS'],
  /asks for a position/,
)
