import { testHomeOnly } from '../category-cases.vectors.ts'
import { foreignCancelLocation } from './dos-01.ts'

testHomeOnly(foreignCancelLocation, 'cancelLocation', /takes another operator’s subscriber off the network/)
