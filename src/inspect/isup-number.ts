import { at } from '../bytes/at.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeIsupNumber } from '../signalling/ss7/isup/number.ts'
import { identity } from './identities.ts'
import type { Branch } from './tree.ts'
import { listed, type Names, named } from './values.ts'

/** Source: ITU-T Q.763 §3.9 b and §3.10 b. */
const NATURES: Names = new Map([
  [0, 'spare'],
  [1, 'subscriber number'],
  [2, 'unknown'],
  [3, 'national number'],
  [4, 'international number'],
  [5, 'network-specific number'],
  [6, 'network routing number, national'],
  [7, 'network routing number, network-specific'],
  [8, 'network routing number with called directory number'],
])
const PLANS = ['spare', 'ISDN, E.164', 'spare', 'data, X.121', 'telex, F.69', 'private', 'reserved', 'spare']
const PRESENTATIONS = ['allowed', 'restricted', 'address not available', 'reserved']
const SCREENINGS = ['user provided, not verified', 'user provided, passed', 'user provided, failed', 'network provided']

/** Adds the parts of a call party number in `bytes[start, end)` to `row`; the digits become its value. */
export function addIsupNumber(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  const anomalies = new AnomalyList()
  const number = decodeIsupNumber(bytes, start, end, anomalies)
  if (number === null) {
    row.failure('truncated', start, end)
    return
  }
  row.setValue(number.digits === null ? 'empty' : identity(row.tree, 'msisdn', number.digits))
  row.field('Odd number of digits', (at(bytes, start) & 0x80) !== 0 ? 'yes' : 'no', start, start + 1)
  row.field('Nature of address', named(NATURES, number.natureOfAddress), start, start + 1)
  if (number.flagged) row.field('Incomplete, or internal routing not allowed', 'yes', start + 1, start + 2)
  row.field('Numbering plan', listed(PLANS, number.numberingPlan), start + 1, start + 2)
  row.field('Presentation', listed(PRESENTATIONS, number.presentation), start + 1, start + 2)
  row.field('Screening', listed(SCREENINGS, number.screening), start + 1, start + 2)
  if (number.sendingFinished) row.field('End of sending', 'yes', end - 1, end)
  row.anomalies(anomalies, start, end)
}
