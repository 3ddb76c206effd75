/** `hash` with the characters of `text` mixed in, two a step, as each step waits for the one before. 32 bits. */
export function hashText(hash: number, text: string): number {
  const last = text.length - 1
  let mixed = hash ^ text.length
  let i = 0
  for (; i < last; i += 2) mixed = Math.imul(mixed ^ (text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)), 0x9e3779b1)
  if (i === last) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x9e3779b1)
  // multiplying carries upwards only: what stands above comes down
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
