import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { encodeSccpAddress, sccpMessages } from '../../simulate/sccp-writer.ts'
import { AnomalyList } from '../anomaly.ts'
import { decodeSccp, type SccpUnitdata } from './sccp.ts'
import { SccpReassembly } from './sccp-reassembly.ts'

const ADDRESS = encodeSccpAddress({ digits: '447700900077', ssn: 6, translationType: 0, plan: 1, pointCode: null })
const OTHER = encodeSccpAddress({ digits: '447700900078', ssn: 6, translationType: 0, plan: 1, pointCode: null })

/** XUDT segments of `bytes` octets, `each` to a segment. */
function segmentsOf(bytes: number, each: number, reference = 1, calling = ADDRESS): SccpUnitdata[] {
  const data = Uint8Array.from({ length: bytes }, (_, i) => i & 0xff)
  const style = { type: 'xudt', segmentBytes: each, returnOnError: false } as const
  return sccpMessages(ADDRESS, calling, data, style, reference).map((message) => {
    const decoded = decodeSccp(message, 0, message.length, 'itu', new AnomalyList())
    assert.ok(!(decoded instanceof Fault) && !('connectionOriented' in decoded))
    return decoded
  })
}

/** What is done with one message: how many octets came out, and the oddities. */
function add(reassembly: SccpReassembly, message: SccpUnitdata, timeUs = 0): [number | null, readonly string[]] {
  const anomalies = new AnomalyList()
  const whole = reassembly.add(message, 100, timeUs, anomalies)
  return [whole === null ? null : whole.end - whole.start, anomalies.list()]
}

test('a message of one piece passes as it is', () => {
  const [whole] = segmentsOf(50, 200)
  const reassembly = new SccpReassembly()
  assert.equal(reassembly.add(whole!, 100, 0, new AnomalyList()), whole)
})

test('segments come out as one, octet for octet, and none is lost', () => {
  const [a, b, c] = segmentsOf(500, 200)
  const reassembly = new SccpReassembly()
  assert.equal(reassembly.add(a!, 100, 0, new AnomalyList()), null)
  assert.equal(reassembly.add(b!, 100, 0, new AnomalyList()), null)
  const whole = reassembly.add(c!, 100, 0, new AnomalyList())
  assert.deepEqual(
    whole?.bytes.subarray(whole.start, whole.end),
    Uint8Array.from({ length: 500 }, (_, i) => i & 0xff),
  )
  assert.equal(reassembly.takeDropped(), 0)
})

test('messages of one reference and different senders, and of different references, do not mix', () => {
  const lists = [segmentsOf(500, 200, 1), segmentsOf(500, 200, 1, OTHER), segmentsOf(500, 200, 2)]
  const reassembly = new SccpReassembly()
  for (const i of [0, 1]) for (const list of lists) assert.deepEqual(add(reassembly, list[i]!), [null, []])
  for (const list of lists) assert.deepEqual(add(reassembly, list[2]!), [500, []])
})

test('oddities have names', () => {
  const [a, b, c] = segmentsOf(500, 200)
  const reassembly = new SccpReassembly()
  assert.deepEqual(add(reassembly, b!), [null, []], 'the first was never seen')
  assert.equal(reassembly.takeDropped(), 1)
  add(reassembly, a!)
  assert.deepEqual(add(reassembly, a!), [null, ['duplicateSegment']])
  assert.equal(reassembly.takeDropped(), 1, 'the first copy')
  assert.deepEqual(add(reassembly, b!), [null, []])
  assert.deepEqual(add(reassembly, b!), [null, ['duplicateSegment']])
  assert.equal(reassembly.takeDropped(), 1)
  assert.deepEqual(add(reassembly, c!), [500, ['duplicateSegment']], 'the message tells of its segments')
  add(reassembly, a!)
  assert.deepEqual(add(reassembly, c!), [null, ['overlappingSegments']])
  assert.equal(reassembly.takeDropped(), 2)
  const [x, y] = segmentsOf(100, 60)
  add(reassembly, x!)
  assert.deepEqual(add(reassembly, y!), [100, ['needlessSegmentation']])
})

test('segments that contradict each other are told of the message they make', () => {
  const reassembly = new SccpReassembly()
  const [a, b, c] = segmentsOf(500, 200)
  const [x, y] = segmentsOf(300, 200)
  add(reassembly, a!)
  add(reassembly, b!)
  assert.deepEqual(add(reassembly, b!), [null, ['duplicateSegment']])
  assert.deepEqual(add(reassembly, { ...b!, bytes: b!.bytes.toReversed() }), [
    null,
    ['duplicateSegment', 'overlappingSegments'],
  ])
  assert.deepEqual(add(reassembly, c!), [500, ['duplicateSegment', 'overlappingSegments']])
  add(reassembly, a!)
  assert.deepEqual(add(reassembly, x!), [null, ['overlappingSegments']], 'begins anew')
  assert.deepEqual(add(reassembly, y!), [300, ['overlappingSegments']])
})

test('an unfinished message expires, and the end of the input gives up the rest', () => {
  const reassembly = new SccpReassembly()
  const [a, b, c] = segmentsOf(500, 200)
  add(reassembly, a!)
  add(reassembly, segmentsOf(500, 200, 2)[0]!, LIMITS.sccpReassemblyUs)
  assert.equal(reassembly.takeDropped(), 0)
  assert.deepEqual(add(reassembly, b!, LIMITS.sccpReassemblyUs + 1), [null, []])
  assert.deepEqual(add(reassembly, c!, LIMITS.sccpReassemblyUs + 1), [null, []])
  assert.equal(reassembly.takeDropped(), 3)
  reassembly.flush()
  assert.equal(reassembly.takeDropped(), 1)
})

test('more unfinished messages than the bound push out the oldest', () => {
  const reassembly = new SccpReassembly()
  const [first] = segmentsOf(500, 200)
  for (let reference = 0; reference <= LIMITS.sccpReassemblies; reference++) {
    const segmentation = { first: true, remaining: 2, reference }
    assert.deepEqual(add(reassembly, { ...first!, segmentation }), [null, []])
  }
  assert.equal(reassembly.takeDropped(), 1)
  reassembly.flush()
  assert.equal(reassembly.takeDropped(), LIMITS.sccpReassemblies)
})
