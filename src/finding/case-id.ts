import { createHash } from 'node:crypto'
import type { Case } from './case.ts'

/** A name for a case: the same for the same captures read by the same version, `C-` and 16 hexadecimal digits. */
export function caseId({ program, inputs, firstSeen, lastSeen }: Case): string {
  const key = JSON.stringify([program.version, inputs.map(({ name, sha256 }) => [name, sha256]), firstSeen, lastSeen])
  return `C-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`
}
