import { testInternalOnly } from '../category-cases.vectors.ts'
import { provideSubscriberLocation } from './loc-03.ts'

testInternalOnly(
  provideSubscriberLocation,
  ['provideSubscriberLocation', 'sendRoutingInfoForLCS', 'subscriberLocationReport'],
  /(asks for a position|hands a position over) as a location service would/,
)
