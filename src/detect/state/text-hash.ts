/** 52 bits of hash of a text as a number from 1: enough that no two of what is kept are alike. */
export function textHash(text: string): number {
  let high = 0x811c9dc5
  let low = 0x01000193
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i)
    high = Math.imul(high ^ character, 0x01000193)
    low = Math.imul(low + character, 0x85ebca6b)
  }
  high ^= high >>> 15
  low ^= low >>> 13
  return (high >>> 6) * 0x4000000 + (low >>> 6) + 1
}
