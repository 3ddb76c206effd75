/** What a confidence is made of. */
const PARTS = {
  operator: 'whose the addresses are',
  state: 'what is known of the subscriber',
  pattern: 'how clear the sign is',
} as const

export type ConfidencePart = keyof typeof PARTS

/** 0 to 1: the product of its parts, each 0 to 1. */
export interface Confidence {
  readonly value: number
  readonly parts: Readonly<Partial<Record<ConfidencePart, number>>>
}

/** Puts a confidence together; a part that plays no role is left out. */
export function confidence(parts: Readonly<Partial<Record<ConfidencePart, number>>>): Confidence {
  let value = 1
  for (const part of Object.values(parts)) value *= part
  return { value: Math.round(value * 100) / 100, parts }
}

/** `0.71: whose the addresses are 0.95, how clear the sign is 0.75`. */
export function confidenceWords({ value, parts }: Confidence): string {
  const named = Object.entries(PARTS).flatMap(([name, words]) => {
    const part = parts[name as ConfidencePart]
    return part === undefined ? [] : [`${words} ${part}`]
  })
  return named.length === 0 ? String(value) : `${value}: ${named.join(', ')}`
}
