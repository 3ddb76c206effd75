/**
 * Code lengths in bits by octet, the last one of the end-of-string symbol. The code is canonical: codes of one length
 * follow the octets, and each length goes on where the one before it ended. Source: RFC 7541 §5.2, Appendix B.
 */
export const CODE_LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
]

const END_OF_STRING = 256
const LONGEST_CODE = 30
/** Steps of four bits: no symbol takes fewer than five, so a step gives one symbol at most. */
const STEP_BITS = 4
const STEPS = 1 << STEP_BITS
/** No symbol in this step. */
const NONE = 0xffff

/** For each node and four bits: the node after them, and the symbol met on the way. */
const { nextNode, symbols, mayEnd } = steps()

/**
 * Decodes the Huffman-coded octets `bytes[start, end)`. Source: RFC 7541 §5.2.
 * @param into takes as many octets as fit; the rest is counted only.
 * @returns octets of the decoded string, or -1 when it contains the end-of-string symbol or wrong padding. Never throws.
 */
export function decodeHuffman(bytes: Uint8Array, start: number, end: number, into: Uint8Array): number {
  let node = 0
  let count = 0
  for (let i = start; i < end; i++) {
    const octet = bytes[i] ?? 0
    for (let shift = 8 - STEP_BITS; shift >= 0; shift -= STEP_BITS) {
      const place = node * STEPS + ((octet >> shift) & (STEPS - 1))
      const symbol = symbols[place] ?? NONE
      if (symbol === END_OF_STRING) return -1
      if (symbol !== NONE) {
        if (count < into.length) into[count] = symbol
        count++
      }
      node = nextNode[place] ?? 0
    }
  }
  return mayEnd[node] === 1 ? count : -1
}

/** The codes by symbol. */
export function huffmanCodes(): readonly number[] {
  const codes: number[] = []
  let code = 0
  for (let length = 1; length <= LONGEST_CODE; length++) {
    for (const [symbol, own] of CODE_LENGTHS.entries()) if (own === length) codes[symbol] = code++
    code *= 2
  }
  return codes
}

function steps(): { nextNode: Uint16Array; symbols: Uint16Array; mayEnd: Uint8Array } {
  // inner nodes, each with what follows on 0 and 1: another node, or -1 - symbol
  const nodes: [number, number][] = [[0, 0]]
  const codes = huffmanCodes()
  for (const [symbol, length] of CODE_LENGTHS.entries()) {
    let node = 0
    for (let bit = length - 1; bit >= 0; bit--) {
      const side = Math.floor((codes[symbol] ?? 0) / 2 ** bit) % 2 === 1 ? 1 : 0
      const pair = nodes[node]
      if (pair === undefined) break
      if (bit === 0) pair[side] = -1 - symbol
      else if (pair[side] === 0) pair[side] = nodes.push([0, 0]) - 1
      node = Math.max(0, pair[side])
    }
  }
  const nextNode = new Uint16Array(nodes.length * STEPS)
  const symbols = new Uint16Array(nodes.length * STEPS).fill(NONE)
  for (let node = 0; node < nodes.length; node++)
    for (let bits = 0; bits < STEPS; bits++) {
      let at = node
      for (let shift = STEP_BITS - 1; shift >= 0; shift--) {
        at = nodes[at]?.[(bits >> shift) & 1] ?? 0
        if (at < 0) {
          symbols[node * STEPS + bits] = -1 - at
          at = 0
        }
      }
      nextNode[node * STEPS + bits] = at
    }
  // padding is up to seven bits of ones, the beginning of the end-of-string symbol
  const mayEnd = new Uint8Array(nodes.length)
  for (let node = 0, bits = 0; bits < 8 && node >= 0; bits++) {
    mayEnd[node] = 1
    node = nodes[node]?.[1] ?? -1
  }
  return { nextNode, symbols, mayEnd }
}
