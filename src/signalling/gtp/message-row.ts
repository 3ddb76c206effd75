/** A row of a registry of messages. */
export interface GtpMessageRow {
  readonly code: number
  /** As the specification writes it. */
  readonly name: string
  /** The message that this one answers, or ANY_REQUEST; absent for a message that is sent unasked. */
  readonly answers?: number
  /** Information elements without which the message says nothing: types, with the instance in front times 256 (GTPv2). */
  readonly mandatory?: readonly number[]
}

/** Stands in `answers` where a message may answer every request. */
export const ANY_REQUEST = 0

/** A message as the decoder and the event need it. */
export interface GtpMessageType {
  readonly code: number
  readonly name: string
  /**
   * The name of the procedure: without a final `Request` or `Response`, which `kind` tells; all other names
   * (`Delete Bearer Command`, `Context Acknowledge`, `Error Indication`) stand as they are.
   */
  readonly operation: string
  readonly kind: 'request' | 'answer'
  readonly answers: number | null
  /** Another message answers this one. */
  readonly awaitsAnswer: boolean
  readonly mandatory: readonly number[]
}

const NONE: readonly number[] = []

/** Messages by their code. */
export function messagesByCode(rows: readonly GtpMessageRow[]): readonly (GtpMessageType | undefined)[] {
  const answered = new Set(rows.map((row) => row.answers))
  const byCode: (GtpMessageType | undefined)[] = new Array(256).fill(undefined)
  for (const { code, name, answers, mandatory } of rows) {
    byCode[code] = {
      code,
      name,
      operation: name.replace(/ (Request|Response)$/, ''),
      kind: answers === undefined ? 'request' : 'answer',
      answers: answers ?? null,
      awaitsAnswer: answered.has(code),
      mandatory: mandatory ?? NONE,
    }
  }
  return byCode
}
