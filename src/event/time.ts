const SECOND_US = 1_000_000

let lastSecond = Number.NaN
let lastText = ''

/** ISO 8601 with microseconds, UTC, of µs since 1970; times outside the years 0 to 9999 are cut to their ends. */
export function formatTime(timeUs: number): string {
  const second = Math.floor(timeUs / SECOND_US)
  // messages come many to the second: the date is made once for all of them
  if (second !== lastSecond) {
    lastSecond = second
    const date = new Date(Math.max(-62_135_596_800, Math.min(253_402_300_799, second)) * 1000)
    lastText = date.toISOString().slice(0, 19)
  }
  const micros = timeUs - second * SECOND_US
  return `${lastText}.${String(micros + SECOND_US).slice(1)}Z`
}
