import { LIMITS } from '../limits.ts'
import { compareFindings } from './collector.ts'
import type { Finding } from './finding.ts'

/** The findings that report and summary show: the gravest, so that any number of them costs bounded memory. */
export class KeptFindings {
  total = 0
  private kept: Finding[] = []

  add(finding: Finding): void {
    this.total++
    this.kept.push(finding)
    if (this.kept.length >= 2 * LIMITS.reportFindings) this.kept = this.list()
  }

  /** The gravest first, LIMITS.reportFindings at most. */
  list(): Finding[] {
    return this.kept.sort(compareFindings).slice(0, LIMITS.reportFindings)
  }
}
