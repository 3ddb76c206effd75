import { testInternalOnly } from '../category-cases.vectors.ts'
import { anyTimeInterrogation } from './loc-01.ts'

testInternalOnly(
  anyTimeInterrogation,
  ['anyTimeInterrogation', 'anyTimeSubscriptionInterrogation'],
  /asks for what only the subscriber’s own operator may ask/,
)
