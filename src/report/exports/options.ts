/** What a user asks of every export. */
export interface ExportOptions {
  /** True: subscriber identities as the case has them. Otherwise they are masked; a pseudonym stays as it is. */
  readonly reveal: boolean
  /** Counts under it, but above 0, are not told, so that no small group can be made out. 0 tells all. */
  readonly minCount: number
}

/** Whether a count is too small to be told. */
export function isFew(count: number, { minCount }: ExportOptions): boolean {
  return count > 0 && count < minCount
}

/** A count for a field that holds numbers alone: null when too small. */
export function countOrNull(count: number, options: ExportOptions): number | null {
  return isFew(count, options) ? null : count
}

/** A count for a reader: `12`, `fewer than 3`. */
export function countText(count: number, options: ExportOptions): string {
  return isFew(count, options) ? `fewer than ${options.minCount}` : String(count)
}
