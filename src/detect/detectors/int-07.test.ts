import { testInternalOnly } from '../category-cases.vectors.ts'
import { anyTimeModification } from './int-07.ts'

testInternalOnly(
  anyTimeModification,
  ['anyTimeModification'],
  /changes what only the subscriber’s own operator may change/,
)
