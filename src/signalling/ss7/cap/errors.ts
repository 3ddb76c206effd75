/** CAP errors of all phases. Source: 3GPP TS 29.078 §5.2 and §5.4; unknownResource ITU-T Q.1218 §2.2.2. */
export const CAP_ERRORS = [
  { code: 0, name: 'canceled' },
  { code: 1, name: 'cancelFailed' },
  { code: 3, name: 'eTCFailed' },
  { code: 4, name: 'improperCallerResponse' },
  { code: 6, name: 'missingCustomerRecord' },
  { code: 7, name: 'missingParameter' },
  { code: 8, name: 'parameterOutOfRange' },
  { code: 10, name: 'requestedInfoError' },
  { code: 11, name: 'systemFailure' },
  { code: 12, name: 'taskRefused' },
  { code: 13, name: 'unavailableResource' },
  { code: 14, name: 'unexpectedComponentSequence' },
  { code: 15, name: 'unexpectedDataValue' },
  { code: 16, name: 'unexpectedParameter' },
  { code: 17, name: 'unknownLegID' },
  { code: 18, name: 'unknownResource' },
  { code: 50, name: 'unknownPDPID' },
  { code: 51, name: 'unknownCSID' },
] as const

const NAMES = new Map<number, string>(CAP_ERRORS.map((row) => [row.code, row.name]))

/** Name of a CAP or INAP error, or `error N`. */
export function capErrorName(code: number): string {
  return NAMES.get(code) ?? `error ${code}`
}
