import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, element as e, prefixes } from '../bytes/bytes.vectors.ts'
import { begin, invoke } from '../event/messages.vectors.ts'
import { LIMITS } from '../limits.ts'
import { data, packetOf, sctpFrame } from '../packet/frames.vectors.ts'
import { M3UA_ASP_UP } from '../signalling/sigtran/sigtran.vectors.ts'
import { FrameHistory } from './frame-history.ts'
import { type Inspection, inspectFrame } from './inspect.ts'
import {
  FRAMES,
  type FrameVector,
  IMSI,
  IMSI_OCTETS,
  longTcapFrame,
  MSISDN,
  OTA_FRAME,
  type Row,
  TEXT_FRAME,
  tcapFrame,
} from './inspect.vectors.ts'
import type { TreeNode } from './tree.ts'

function inspect(
  { frames, linkType = 1, reveal = false }: Omit<FrameVector, 'what' | 'rows'>,
  last?: Uint8Array,
): Inspection {
  const history = new FrameHistory()
  const packets = frames.map((frame, i) =>
    packetOf(frame, { frame: i + 1, linkType, timeUs: 1_772_438_400_000_000 + i }),
  )
  for (const packet of packets.slice(0, -1)) history.follow(packet)
  const own = packets.at(-1) ?? packetOf([])
  const packet = last === undefined ? own : { ...own, bytes: last, end: last.length, originalLength: last.length }
  return inspectFrame(packet, history, 'vector.pcap', reveal)
}

function allNodes(layers: readonly TreeNode[]): TreeNode[] {
  return layers.flatMap((node) => [node, ...allNodes(node.children)])
}

const rowOf = ({ name, value, start, end, buffer }: TreeNode): Row =>
  buffer === 0 ? [name, value, start, end] : [name, value, start, end, buffer]

/** Ranges lie in their buffer, and what stands below a row lies within it. */
function assertRanges(layers: readonly TreeNode[], length: number): void {
  for (const node of allNodes(layers)) {
    assert.ok(node.start >= 0 && node.end >= node.start, `${node.name} [${node.start}, ${node.end})`)
    if (node.buffer === 0) assert.ok(node.end <= length, `${node.name} ends at ${node.end} of ${length}`)
    for (const child of node.children) {
      if (child.buffer !== node.buffer || child.kind !== 'field' || child.start === child.end) continue
      const inside = child.start >= node.start && child.end <= node.end
      assert.ok(inside, `${child.name} [${child.start}, ${child.end}) in ${node.name} [${node.start}, ${node.end})`)
    }
  }
}

for (const vector of FRAMES) {
  test(vector.what, () => {
    const { layers } = inspect(vector)
    const rows = allNodes(layers).map(rowOf)
    for (const row of vector.rows) {
      const alike = rows.filter(([name]) => name === row[0])
      const found = alike.some((candidate) => JSON.stringify(candidate) === JSON.stringify(row))
      assert.ok(found, `${JSON.stringify(row)} is not among ${JSON.stringify(alike)}`)
    }
    assertRanges(layers, vector.frames.at(-1)?.length ?? 0)
  })
}

test('every strict prefix of every vector', () => {
  for (const vector of FRAMES) {
    for (const prefix of prefixes(Uint8Array.from(vector.frames.at(-1) ?? []))) {
      assertRanges(inspect(vector, prefix).layers, prefix.length)
    }
  }
})

test('octets changed, left out and doubled', () => {
  const vectors = fc.constantFrom(...FRAMES)
  const change = fc.record({ at: fc.nat(), octet: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'double') })
  fc.assert(
    fc.property(vectors, fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), (vector, changes, reveal) => {
      let octets = [...(vector.frames.at(-1) ?? [])]
      for (const { at, octet, kind } of changes) {
        const place = octets.length === 0 ? 0 : at % octets.length
        if (kind === 'set') octets[place] = octet
        else if (kind === 'cut') octets.splice(place, octet % 8)
        else octets = [...octets.slice(0, place), ...octets.slice(place, place + 8), ...octets.slice(place)]
      }
      assertRanges(inspect({ ...vector, reveal }, Uint8Array.from(octets)).layers, octets.length)
    }),
    { seed: 20_261_121, numRuns: 600 },
  )
})

test('random octets under every link type', () => {
  const linkTypes = fc.constantFrom(0, 1, 12, 101, 113, 139, 140, 141, 142, 228, 248, 276, 999)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), linkTypes, (octets, linkType) => {
      assertRanges(inspect({ frames: [[]], linkType }, octets).layers, octets.length)
    }),
    { seed: 20_261_121, numRuns: 400 },
  )
})

test('the text of a message and the data for a SIM never show, and their octets are marked', () => {
  for (const [frame, start, end] of [
    [TEXT_FRAME, 169, 174],
    [OTA_FRAME, 172, 196],
  ] as const) {
    const { layers, hidden } = inspect({ frames: [frame], reveal: true })
    const values = allNodes(layers).map((node) => node.value ?? '')
    for (const value of values) assert.doesNotMatch(value, /hello|e8329bfd06|a5a5a5a5/)
    assert.ok(hidden.some((range) => range.start <= start && range.end >= end))
  }
})

test('nor do they show under a tag that is none of theirs', () => {
  const argument = e('30', e('80', IMSI_OCTETS), e('89', '0405910021f30000623020805103000' + '5e8329bfd06'))
  const frames = [tcapFrame(begin('00000001', invoke(1, 44, argument)))]
  const { layers, hidden } = inspect({ frames, reveal: true })
  const row = allNodes(layers).find((node) => node.name === 'context 9')
  assert.equal(row?.value, '21 octets, not shown')
  assert.ok(hidden.some((range) => range.end === row?.end))
})

test('what could not be read is marked as hidden', () => {
  const frame = [...TEXT_FRAME]
  // the length of the parameter now reaches past the component
  const at = frame.indexOf(0x04, 148)
  frame[at + 1] = 0x7f
  const { hidden } = inspect({ frames: [frame], reveal: true })
  assert.ok(
    hidden.some((range) => range.start <= 169 && range.end >= 174),
    JSON.stringify(hidden),
  )
})

test('a title that is the subscriber of the same frame is masked', () => {
  const argument = e('30', e('80', '91447700900077'), e('81', 'ff'), e('82', '91447700900077'))
  const { layers } = inspect({ frames: [tcapFrame(begin('00000001', invoke(1, 45, argument)))] })
  const rows = allNodes(layers).map(rowOf)
  const centre = rows.find(([name]) => name === 'serviceCentreAddress')
  assert.match(centre?.[1] ?? '', /^44\*+77$/)
})

test('octets that could hold an identity are masked, with --reveal shown', () => {
  const argument = e('30', e('80', IMSI_OCTETS), e('bf7f', e('04', IMSI_OCTETS)), e('9f7e', 'c0ffee'))
  const frames = [tcapFrame(begin('00000001', invoke(1, 71, argument)))]
  const masked = inspect({ frames })
  assert.ok(masked.masked)
  const values = allNodes(masked.layers).map((node) => `${node.name} ${node.value}`)
  assert.ok(values.includes('OCTET STRING 8 octets, masked'))
  assert.ok(values.includes('context 126 c0ffee'))
  const shown = allNodes(inspect({ frames, reveal: true }).layers).map((node) => `${node.name} ${node.value}`)
  assert.ok(shown.includes(`OCTET STRING ${IMSI_OCTETS}`))
})

test('without being asked for, no digits of the subscribers of the vectors show', () => {
  const digits = new RegExp([IMSI, MSISDN, IMSI_OCTETS, '490154203237518', '447700091032'].join('|'))
  for (const vector of FRAMES) {
    for (const { name, value } of allNodes(inspect({ ...vector, reveal: false }).layers)) {
      assert.doesNotMatch(value ?? '', digits, `${vector.what}: ${name}`)
    }
  }
})

test('rows and depth are bounded, and the bound is told', () => {
  let deep = '0500'
  for (let i = 0; i < 60; i++) deep = e('30', deep)
  const wide = e('30', '0500'.repeat(20_000))
  for (const argument of [deep, wide]) {
    const { layers } = inspect({ frames: [longTcapFrame(begin('00000001', invoke(1, 71, argument)))] })
    const nodes = allNodes(layers)
    assert.ok(nodes.length <= LIMITS.inspectNodes)
    assert.ok(nodes.some((node) => node.kind === 'fault' && /nested too deep|more rows/.test(node.value ?? '')))
  }
})

test('doubled input costs about double', async () => {
  const cost = (count: number): number => {
    const frame = sctpFrame(Array.from({ length: count }, (_, i) => data(i + 1, [...M3UA_ASP_UP])))
    return costUs(() => inspect({ frames: [frame] }))
  }
  await assertLinear((times) => cost(400 * times))
})
