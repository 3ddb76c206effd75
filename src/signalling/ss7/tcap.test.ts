import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, element as e, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { AnomalyList } from '../anomaly.ts'
import { decodeTcap, isAnsiTcap, type TcapComponent, type TcapMessage } from './tcap.ts'
import {
  AARQ,
  AUDT,
  begin,
  components,
  contextName,
  dialogue,
  INVOKE,
  TCAP_COMPONENTS_BROKEN,
  TCAP_COMPONENTS_READ,
  TCAP_MESSAGES_READ,
} from './tcap.vectors.ts'
import { tcapUser } from './tcap-user.ts'

function decode(bytes: Uint8Array, anomalies = new AnomalyList()): TcapMessage {
  const message = decodeTcap(bytes, 0, bytes.length, anomalies)
  assert.ok(!(message instanceof Fault))
  return message
}

const text = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('hex')

function plain(bytes: Uint8Array, component: TcapComponent | undefined): object {
  assert.ok(component !== undefined)
  const { parameterStart, parameterEnd, ...rest } = component
  return { ...rest, parameter: text(bytes, parameterStart, parameterEnd) }
}

for (const { hex: octets, expected, anomalies } of TCAP_COMPONENTS_READ) {
  test(`reads component ${octets}`, () => {
    const bytes = hex(begin(components(octets)))
    const list = new AnomalyList()
    const message = decode(bytes, list)
    assert.equal(message.fault, null)
    assert.deepEqual(plain(bytes, message.components[0]), expected)
    assert.deepEqual(list.list(), anomalies)
  })
}

for (const { hex: octets, reason } of TCAP_COMPONENTS_BROKEN) {
  test(`what stands around a broken component is read: ${reason}`, () => {
    const bytes = hex(begin(components(INVOKE, octets, INVOKE)))
    const message = decode(bytes)
    // the end of one that cannot be read at all is not known
    assert.equal(message.components.length, reason === 'unreadable component' ? 1 : 2)
    assert.equal(message.fault?.reason, reason)
    assert.ok(message.fault.offset > 0 && message.fault.offset <= bytes.length)
  })
}

test('the components of every component portion are read', () => {
  const first = INVOKE.replace('020147', '020146')
  const { components: read } = decode(hex(begin(components(first), components(INVOKE))))
  assert.deepEqual(
    read.map(({ code }) => code),
    [70, 71],
  )
})

for (const { hex: octets, name, otid, dtid, apdu, anomalies } of TCAP_MESSAGES_READ) {
  test(`reads ${name} ${anomalies.join()}, wherever it stands in a buffer`, () => {
    const bytes = hex('aa', octets, 'aa')
    const list = new AnomalyList()
    const message = decodeTcap(bytes, 1, bytes.length - 1, list)
    assert.ok(!(message instanceof Fault))
    assert.equal(message.fault, null)
    const id = (start: number, end: number): string | null => (start < 0 ? null : text(bytes, start, end))
    assert.deepEqual(
      [message.name, id(message.otidStart, message.otidEnd), id(message.dtidStart, message.dtidEnd)],
      [name, otid, dtid],
    )
    assert.equal(message.dialogue?.apdu ?? null, apdu)
    assert.deepEqual(list.list(), anomalies)
  })

  test(`every prefix of ${name} ${anomalies.join()} is a fault`, () => {
    const whole = hex(octets)
    const length = whole[1]! + 2
    for (const bytes of prefixes(whole.subarray(0, length))) {
      const message = decodeTcap(bytes, 0, bytes.length, new AnomalyList())
      assert.ok(message instanceof Fault, `${bytes.length} octets`)
      assert.ok(message.offset <= bytes.length)
    }
  })

  test(`damage inside ${name} ${anomalies.join()} leaves a fault or a partial message, never an exception`, () => {
    const whole = hex(octets)
    for (let i = 0; i < whole.length; i++) {
      for (const value of [0x00, 0x01, 0x1f, 0x30, 0x7f, 0x80, 0x81, 0x84, 0xff]) {
        const bytes = whole.slice()
        bytes[i] = value
        const message = decodeTcap(bytes, 0, bytes.length, new AnomalyList())
        const fault = message instanceof Fault ? message : message.fault
        if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
      }
    }
  })
}

test('P-Abort cause', () => {
  assert.equal(decode(hex(e('67', e('49', '01'), e('4a', '04')))).abortCause, 4)
})

test('unknown messages, and ANSI packages', () => {
  const fault = decodeTcap(hex('3000'), 0, 2, new AnomalyList())
  assert.ok(fault instanceof Fault && fault.reason === 'unknown message type')
  assert.equal(isAnsiTcap(hex('e200'), 0, 2), true)
  assert.equal(isAnsiTcap(hex('6200'), 0, 2), false)
  assert.equal(isAnsiTcap(hex(''), 0, 0), false)
})

test('several components: counted, and told apart where they are of different operations', () => {
  const other = e('a1', e('02', '02'), e('02', '46'), e('30'))
  for (const [list, names] of [
    [[INVOKE, INVOKE], ['severalComponents']],
    [
      [INVOKE, other],
      ['severalComponents', 'mixedOperations'],
    ],
    [[INVOKE, e('a2', e('02', '01'))], ['severalComponents']],
  ] as const) {
    const anomalies = new AnomalyList()
    const message = decode(hex(begin(components(...list))), anomalies)
    assert.deepEqual(
      message.components.map(({ name }) => name === 'invoke'),
      list.map((component) => component.startsWith('a1')),
    )
    assert.deepEqual(anomalies.list(), names)
  }
})

test('components beyond the bound are reported', () => {
  const anomalies = new AnomalyList()
  const message = decode(hex(begin(components(INVOKE.repeat(LIMITS.tcapComponents + 1)))), anomalies)
  assert.equal(message.components.length, LIMITS.tcapComponents)
  assert.deepEqual(anomalies.list(), ['tooManyComponents', 'severalComponents'])
  assert.equal(message.fault?.reason, 'too many components')
})

test('dialogue: context, result, user information', () => {
  const { dialogue: aarq } = decode(hex(begin(AARQ, components(INVOKE))))
  assert.equal(aarq?.applicationContext, '0.4.0.0.1.0.29.3')
  assert.equal(aarq.result, null)
  const bytes = hex(
    e('64', e('49', '01'), dialogue('61', `${contextName('01', '03')}${e('a2', e('02', '01'))}${e('be', e('28'))}`)),
  )
  const { dialogue: aare } = decode(bytes)
  assert.deepEqual([aare?.apdu, aare?.applicationContext, aare?.result], ['AARE', '0.4.0.0.1.0.1.3', 1])
  assert.equal(text(bytes, aare!.userInformationStart, aare!.userInformationEnd), '2800')
})

test('dialogue: contexts that are none of the mobile domain, and broken ones', () => {
  const context = (octets: string): string | null =>
    decode(hex(begin(dialogue('60', e('a1', e('06', octets))), components(INVOKE)))).dialogue?.applicationContext ??
    null
  assert.equal(context('04000101010100'), '0.4.0.1.1.1.1.0')
  assert.equal(context('040000010081 0003'.replace(' ', '')), '0.4.0.0.1.0.128.3')
  assert.equal(context('0400000100'), '0.4.0.0.1.0')
  assert.equal(context('0486'), null)
  assert.equal(context(''), null)
  for (const portion of [
    e('6b', '05'),
    e('6b', e('28')),
    e('6b', e('28', e('06', '00'), e('a1'))),
    dialogue('7f21', ''),
  ]) {
    const message = decode(hex(begin(portion, components(INVOKE))))
    assert.equal(message.dialogue, null)
    assert.equal(message.components.length, 1, 'the component behind it is read all the same')
    assert.equal(message.fault?.layer, 'tcap')
  }
})

test('every prefix of a dialogue portion leaves a fault or a partial dialogue', () => {
  for (const portion of [AARQ, AUDT]) {
    const content = portion.slice(4)
    for (let length = 0; length < content.length; length += 2) {
      const message = decode(hex(begin(e('6b', content.slice(0, length)), components(INVOKE))))
      assert.ok(message.fault !== null)
      assert.equal(message.components.length, 1)
    }
  }
})

test('the user of a dialogue: context, then subsystem, then operation', () => {
  const none = { applicationContext: null, calledSsn: null, callingSsn: null, code: null }
  const context = (applicationContext: string): object => tcapUser({ ...none, applicationContext, calledSsn: 6 })
  assert.deepEqual(context('0.4.0.0.1.0.29.3'), { user: 'map', bySubsystem: true })
  assert.deepEqual(context('0.4.0.0.1.0.50.1'), { user: 'cap', bySubsystem: true })
  assert.deepEqual(context('0.4.0.0.1.23.3.4'), { user: 'cap', bySubsystem: true })
  assert.deepEqual(context('0.4.0.1.1.1.0.0'), { user: 'inap', bySubsystem: true })
  assert.deepEqual(context('1.2.826.0.1249.51.1.1.1.0.1'), { user: 'inap', bySubsystem: true }, 'Ericsson CS1+')
  assert.deepEqual(context('0.4.0.0.1.0.99.3'), { user: 'map', bySubsystem: true }, 'unknown, but of the mobile domain')
  assert.deepEqual(context('1.2.3'), { user: 'map', bySubsystem: true }, 'the subsystem says')
  assert.deepEqual(tcapUser({ ...none, callingSsn: 146, calledSsn: 6 }), { user: 'cap', bySubsystem: true })
  assert.deepEqual(tcapUser({ ...none, code: 71 }), { user: 'map', bySubsystem: false })
  assert.deepEqual(tcapUser({ ...none, code: 200, calledSsn: 0 }), { user: null, bySubsystem: false })
})

test('random octets give a message inside the range, or a fault', () => {
  const tags = fc.constantFrom(0x61, 0x62, 0x64, 0x65, 0x67)
  const soup = fc.array(
    fc.oneof(fc.nat(255), fc.constantFrom(0x02, 0x30, 0x48, 0x49, 0x6b, 0x6c, 0xa1, 0xa2, 0x80, 1, 2, 3)),
    {
      maxLength: 60,
    },
  )
  fc.assert(
    fc.property(tags, soup, (tag, rest) => {
      const bytes = Uint8Array.of(tag, rest.length, ...rest)
      const message = decodeTcap(bytes, 0, bytes.length, new AnomalyList())
      assert.ok(!(message instanceof Fault))
      for (const { parameterStart, parameterEnd } of message.components) {
        assert.ok(parameterStart <= parameterEnd && parameterEnd <= bytes.length)
      }
    }),
    { numRuns: 3000, seed: 7 },
  )
})

test('doubled input costs about double: many parts, and many components each nested in indefinite lengths', async () => {
  const invoke = (depth: number): string =>
    `a180 020101 020147 ${'3080'.repeat(depth)} ${'0000'.repeat(depth)} 0000`.replaceAll(' ', '')
  const many = (count: number): Uint8Array =>
    hex(`6280 48010 1 6c80 ${invoke(8).repeat(count)} 0000 0000`.replaceAll(' ', ''))
  const parts = (count: number): Uint8Array => hex(begin('5000'.repeat(count)))
  for (const [make, size] of [
    [many, 20],
    [parts, 4000],
  ] as const) {
    const [one, two] = [make(size), make(2 * size)]
    assert.equal(decode(two).fault, null)
    await assertLinear((times) => {
      const bytes = times === 1 ? one : two
      return costUs(() => {
        for (let i = 0; i < 20; i++) decode(bytes)
      })
    })
  }
})
