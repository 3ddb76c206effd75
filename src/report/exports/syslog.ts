/** A message of RFC 5424, before it is written as a line. */
export interface SyslogMessage {
  /** 0 emergency to 7 debug (§6.2.1). */
  readonly severity: 2 | 3 | 4 | 5 | 6
  /** RFC 3339, at most six digits of a second; anything else is left out. */
  readonly time: string
  readonly messageId: 'finding' | 'campaign'
  readonly version: string
  /** From 1; begins anew behind 2147483647 (§7.3.1). */
  readonly sequence: number
  readonly message: string
}

/** Facility local0: alerts of an application that are read by machines (§6.2.1). */
const FACILITY = 16
/** §6.2.3: as ISO 8601 with an upper-case T and Z. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/
const LARGEST_SEQUENCE = 2_147_483_647
const BOM = '\uFEFF'

/**
 * A line of syslog, without its line feed. The host is `-`: a case is the same wherever it is written out. The structured
 * data are the registered `origin` and `meta`; for one of our own we would need an enterprise number. A message that is not
 * ASCII begins with the byte order mark that tells UTF-8; one of ASCII alone has none, as most readers of CEF stumble over
 * it. Source: RFC 5424 §6, §7.
 */
export function formatSyslog({ severity, time, messageId, version, sequence, message }: SyslogMessage): string {
  const number = ((sequence - 1) % LARGEST_SEQUENCE) + 1
  const data = `[origin software="telltale" swVersion="${parameter(version)}"][meta sequenceId="${number}"]`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked
  const mark = /^[\x00-\x7f]*$/.test(message) ? '' : BOM
  return `<${FACILITY * 8 + severity}>1 ${TIME.test(time) ? time : '-'} - telltale - ${messageId} ${data} ${mark}${message}`
}

/** The value of a parameter of structured data (§6.3.3). */
function parameter(text: string): string {
  return text.replace(/["\\\]]/g, (char) => `\\${char}`)
}
