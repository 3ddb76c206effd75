import { testHomeOnly } from '../category-cases.vectors.ts'
import { provideSubscriberInfo } from './loc-02.ts'

testHomeOnly(provideSubscriberInfo, 'provideSubscriberInfo', /asks for the location of another operator’s subscriber/)
