/**
 * Subsystems that are addressed by the title of their node alone: VLR, MSC, EIR, GMLC, CAP, gsmSCF, SGSN, GGSN. A title
 * that leads to any other, as to an HLR, may be the number or IMSI of a subscriber. Source: 3GPP TS 23.003 §8.
 */
export const NODE_SUBSYSTEMS: readonly number[] = [7, 8, 9, 145, 146, 147, 149, 150]

/** Digits of an MSIN that must stand in a title before it is taken for the subscriber's own. */
const LEAST_DIGITS = 6

/**
 * Whether a global title names a subscriber instead of a node: it is the subscriber's number, or the IMSI, or an E.214
 * mobile global title, which ends in the MSIN, cut at 15 digits. Source: ITU-T E.214 §3, 3GPP TS 29.002 §5.1 (routing by
 * MSISDN).
 */
export function isSubscriberTitle(title: string, imsi: string | null, msisdn: string | null): boolean {
  if (title === msisdn) return true
  if (imsi === null || imsi.length < 6 + LEAST_DIGITS) return false
  if (title === imsi) return true
  // the MNC has two digits or three: the part from the sixth digit of the MSIN on is the same
  const msin = imsi.slice(6)
  const at = title.indexOf(msin.slice(0, LEAST_DIGITS))
  return at >= 2 && msin.startsWith(title.slice(at))
}
