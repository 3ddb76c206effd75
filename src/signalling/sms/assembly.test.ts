import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { AnomalyList } from '../anomaly.ts'
import { SmsAssembly } from './assembly.ts'
import { commandPacket, FILLER } from './ota-packet.vectors.ts'
import type { SimContent } from './ota-recognition.ts'
import { decodeTpdu, type SmsTpdu } from './tpdu.ts'

interface Part {
  readonly sms: SmsTpdu
  readonly bytes: Uint8Array
}

interface Style {
  readonly dcs?: string
  readonly reference?: number
  readonly declares?: string
  readonly each?: number
}

const octet = (value: number): string => value.toString(16).padStart(2, '0')

/** The parts of a DELIVER with `body`; only the first declares a packet. */
function partsOf(body: string, { dcs = 'f6', reference = 7, declares = '7000', each = 40 }: Style = {}): Part[] {
  const total = Math.ceil(body.length / 2 / each)
  return Array.from({ length: total }, (_, i) => {
    const data = body.slice(i * each * 2, (i + 1) * each * 2)
    const udh = `0003${octet(reference)}${octet(total)}${octet(i + 1)}${i === 0 ? declares : ''}`
    const user = octet(udh.length / 2) + udh + data
    const length = Math.floor((user.length / 2) * (dcs === '00' ? 8 / 7 : 1))
    const bytes = hex('44 0591 2143f5 00', dcs, '62302080510300', octet(length), user)
    const sms = decodeTpdu(bytes, 0, bytes.length, true)
    assert.ok(!(sms instanceof Fault))
    return { sms, bytes }
  })
}

const PACKET = commandPacket({ spi: '0001', tar: '534054' }, '', FILLER.repeat(12))

function add(
  assembly: SmsAssembly,
  part: Part | undefined,
  destination = '001010000000001',
  timeUs = 0,
): SimContent | null {
  assert.ok(part !== undefined)
  return assembly.add(part.sms, part.bytes, part.sms.address, destination, timeUs)
}

test('the parts of a packet give it whole, in any order, and are forgotten', () => {
  const parts = partsOf(PACKET)
  assert.equal(parts.length, 3)
  for (const order of [
    [0, 1, 2],
    [2, 0, 1],
    [1, 1, 2, 0],
  ]) {
    const assembly = new SmsAssembly()
    const results = order.map((i) => add(assembly, parts[i]))
    const last = results.pop()
    assert.ok(results.every((result) => result === null))
    assert.deepEqual(
      [last?.command?.application, last?.command?.complete, last?.command?.recognisedBy],
      ['sat', true, 'udh'],
    )
    assert.equal(assembly.held, 0)
  }
})

test('a packet that no part declares is known by its structure', () => {
  const anomalies = new AnomalyList()
  const assembly = new SmsAssembly()
  const results = partsOf(PACKET, { declares: '' }).map(({ sms, bytes }) =>
    assembly.add(sms, bytes, null, null, 0, anomalies),
  )
  assert.equal(results.at(-1)?.command?.recognisedBy, 'structure')
  assert.deepEqual(anomalies.list(), ['simPacketUndeclared'])
})

test('text is never held', () => {
  const assembly = new SmsAssembly()
  for (const part of partsOf(FILLER.repeat(12), { dcs: '00', declares: '' })) assert.equal(add(assembly, part), null)
  for (const part of partsOf(FILLER.repeat(12), { dcs: '08', declares: '' })) assert.equal(add(assembly, part), null)
  assert.equal(assembly.held, 0)
})

test('parts marked as text count once the first has declared a packet', () => {
  const parts = partsOf(PACKET, { dcs: '00' })
  const assembly = new SmsAssembly()
  assert.equal(add(assembly, parts[1]), null)
  assert.equal(assembly.held, 0)
  assert.equal(add(assembly, parts[0]), null)
  assert.equal(add(assembly, parts[1]), null)
  assert.equal(add(assembly, parts[2])?.command?.application, 'sat')
})

test('binary data that is for no SIM gives nothing', () => {
  const assembly = new SmsAssembly()
  for (const part of partsOf('a5'.repeat(100), { declares: '', dcs: '04' })) assert.equal(add(assembly, part), null)
  assert.equal(assembly.held, 0)
})

test('messages of one part are no business of it', () => {
  const [part] = partsOf(PACKET, { each: 130 })
  const assembly = new SmsAssembly()
  assert.equal(add(assembly, part), null)
  assert.equal(assembly.held, 0)
})

test('other parties, references and totals do not mix', () => {
  const [a, b, c] = partsOf(PACKET)
  const [, otherReference] = partsOf(PACKET, { reference: 8 })
  const [, , , otherTotal] = partsOf(PACKET, { each: 30 })
  const assembly = new SmsAssembly()
  add(assembly, a)
  add(assembly, b, 'another')
  add(assembly, otherReference)
  add(assembly, otherTotal)
  assert.equal(add(assembly, c), null)
  assert.equal(add(assembly, b)?.command?.application, 'sat')
})

test('what is not finished in time is given up and counted', () => {
  const [a, b, c] = partsOf(PACKET)
  const assembly = new SmsAssembly()
  add(assembly, a, 'x', 0)
  add(assembly, b, 'x', LIMITS.smsAssemblyUs)
  assert.equal(assembly.takeDropped(), 0)
  assert.equal(add(assembly, c, 'x', LIMITS.smsAssemblyUs + 1), null)
  assert.equal(assembly.takeDropped(), 2)
  assert.equal(assembly.takeDropped(), 0)
  assembly.flush()
  assert.equal(assembly.takeDropped(), 1)
  assert.equal(assembly.held, 0)
})

test('no more messages are held than there may be: the oldest goes', () => {
  const [a, b, c] = partsOf(PACKET)
  const assembly = new SmsAssembly()
  for (let i = 0; i <= LIMITS.smsAssemblies; i++) add(assembly, a, `subscriber ${i}`)
  assert.equal(assembly.takeDropped(), 1)
  add(assembly, b, 'subscriber 1')
  assert.equal(add(assembly, c, 'subscriber 1')?.command?.application, 'sat')
})

test('any order, loss and repetition of parts ends with nothing held but what is open', () => {
  const parts = [...partsOf(PACKET), ...partsOf(PACKET, { reference: 9, each: 25 })]
  fc.assert(
    fc.property(fc.array(fc.nat(parts.length - 1), { maxLength: 40 }), (order) => {
      const assembly = new SmsAssembly()
      for (const [index, i] of order.entries()) {
        const result = add(assembly, parts[i], 'x', index)
        if (result !== null) assert.equal(result.command?.complete, true)
      }
      assert.ok(assembly.held >= 0 && assembly.held <= PACKET.length)
      assembly.flush()
      assert.equal(assembly.held, 0)
    }),
    { numRuns: 200, seed: 7 },
  )
})
