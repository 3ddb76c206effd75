/** Times a second that the line is drawn anew. */
const REDRAW_MS = 100
const BAR_CELLS = 24

/** A progress line on standard error, when it is a terminal. */
export class Progress {
  private readonly active: boolean
  private readonly startedMs = Date.now()
  private drawnMs = 0

  constructor(active: boolean) {
    this.active = active
  }

  /** @param bytes octets read, of `total` or of an unknown number. */
  show(bytes: number, total: number | null, packets: number, findings: number): void {
    if (!this.active) return
    const now = Date.now()
    if (now - this.drawnMs < REDRAW_MS) return
    this.drawnMs = now
    process.stderr.write(`\r\x1b[K${progressLine(bytes, total, packets, findings, (now - this.startedMs) / 1000)}`)
  }

  /** Takes the line away. */
  clear(): void {
    if (this.active && this.drawnMs > 0) process.stderr.write('\r\x1b[K')
  }
}

/** One line: a bar and share where the total is known, counts, and the time left. */
export function progressLine(
  bytes: number,
  total: number | null,
  packets: number,
  findings: number,
  seconds: number,
): string {
  const counts = `${packets.toLocaleString('en')} packets, ${findings.toLocaleString('en')} findings`
  if (total === null || total === 0) return `${(bytes / 1e6).toFixed(0)} MB read, ${counts}`
  const share = Math.min(1, bytes / total)
  const cells = Math.round(share * BAR_CELLS)
  const left = share > 0 && seconds > 1 ? `, about ${formatSeconds((seconds * (1 - share)) / share)} left` : ''
  return `[${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}] ${(share * 100).toFixed(0)} %  ${counts}${left}`
}

function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
