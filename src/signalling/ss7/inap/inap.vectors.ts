import { element as e } from '../../../bytes/bytes.vectors.ts'
import type { MapDetail } from '../map/detail.ts'
import type { InapOperationName } from './operations.ts'

/** Arguments written by hand from ITU-T Q.1218 §2.1; subscribers of the range kept for drama. */

const CALLED = '0410447700091032'
const CALLING = '0417447700090077'
const REDIRECTING = '0314 7700090088'
const GENERIC = '06 0413 447700091111'

const POINT = e('a0', e('a0', e('80', '07')), e('82', CALLED), e('83', CALLING))
const BOTH = { callingNumber: '447700900077', calledNumber: '447700900123' }

/** Operation, argument, what is found in it. No oddity is met in any of them. */
export const INAP_READ: readonly (readonly [InapOperationName, hex: string, found: Partial<MapDetail>])[] = [
  [
    'initialDP',
    e('30', e('80', '07'), e('82', CALLED), e('83', CALLING), e('85', '0a'), e('9c', '02'), e('9d', REDIRECTING)),
    { ...BOTH, redirectingNumber: '7700900088', serviceKey: 7 },
  ],
  ['initialDP', e('30', e('80', '07'), e('81', CALLED)), { serviceKey: 7, calledNumber: '447700900123' }],
  ['collectedInformation', e('30', POINT), { ...BOTH, serviceKey: 7 }],
  [
    'analysedInformation',
    e('30', POINT, e('88', REDIRECTING)),
    { ...BOTH, serviceKey: 7, redirectingNumber: '7700900088' },
  ],
  ['connect', e('30', e('a0', e('04', CALLED), e('04', CALLING)), e('9b', CALLING)), BOTH],
  ['analyseInformation', e('30', e('a0', e('04', CALLED)), e('85', CALLING)), BOTH],
  ['selectRoute', e('30', e('a0', e('04', CALLED))), { calledNumber: '447700900123' }],
  ['initiateCallAttempt', e('30', e('a0', e('04', CALLED)), e('9e', CALLING)), BOTH],
  ['establishTemporaryConnection', e('30', e('80', GENERIC)), { calledNumber: '447700901111' }],
  ['assistRequestInstructions', e('30', e('80', GENERIC)), { calledNumber: '447700901111' }],
  ['connectToResource', e('30', e('a2', e('80', CALLED))), { calledNumber: '447700900123' }],
  ['releaseCall', e('04', '8090'), {}],
  ['requestReportBCSMEvent', e('30', e('a0', e('30', e('80', '07'), e('81', '01')))), {}],
]
