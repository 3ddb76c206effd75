import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, element as e, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { commandPacket } from './ota-packet.vectors.ts'
import { isDestinationOf, PROACTIVE_COMMANDS, proactiveCommandName } from './proactive-commands.ts'
import { findProactiveCommands } from './proactive-structure.ts'
import { decodeTpdu } from './tpdu.ts'

/**
 * Skeletons: command details and device identities of templates that end before what they need, and decks of tags that
 * no browser knows. None of them does anything.
 */
const PLI_LOCATION = '8103012600 82028182'
const SEND_SM = '0103011300 02028183'

function find(octets: string, isSat = false, cut = false): readonly string[] {
  const bytes = hex('d0', octets, 'd0')
  return findProactiveCommands(bytes, 1, bytes.length - 1, isSat, cut)
}

/** A list of one deck of one card. */
function deck(...commands: readonly string[]): string {
  return e('71', e('72', e('73', ...commands)))
}

test('command details with device identities name their command', () => {
  assert.deepEqual(find(`d020 ${PLI_LOCATION}`), ['provideLocalInformation:locationInformation'])
  assert.deepEqual(find(`d020 ${PLI_LOCATION} d020 ${SEND_SM}`), [
    'provideLocalInformation:locationInformation',
    'sendShortMessage',
  ])
  assert.deepEqual(find(`aabb ${SEND_SM} cc`), ['sendShortMessage'])
  assert.deepEqual(find('d020 8103014000'), ['openChannel'])
  assert.deepEqual(find('d08180 8103011500'), ['launchBrowser'])
  assert.deepEqual(find('d020 8103010500 82028182'), ['setUpEventList'])
})

test('what is no command is not named', () => {
  assert.deepEqual(find(''), [])
  assert.deepEqual(find('8103011300'), [], 'no template and no device')
  assert.deepEqual(find('d020 8103017f00 82028182'), [], 'a type that is not defined')
  assert.deepEqual(find('8103011300 82028281'), [], 'to the UICC')
  assert.deepEqual(find('8103011300 83028183'), [], 'no device identities')
  assert.deepEqual(find('8104011300 00 82028183'), [], 'details of another length')
})

test('elements of a deck that start with type, qualifier and device name their commands', () => {
  const both = ['provideLocalInformation:imei', 'sendShortMessage']
  const skeleton = deck(e('7e', '260182'), e('7d', 'aabbcc'), e('7e', '130083'))
  assert.deepEqual(find(skeleton, true), both)
  assert.deepEqual(find(`0102 ${skeleton}`, true), both, 'behind a push header')
  assert.deepEqual(find(deck(e('fe', '44', '260182'), e('fe', '4455', '130083')), true), both, 'behind attributes')
  assert.deepEqual(find(deck(e('7e', '822601'), e('7e', '831300')), true), both, 'with the device in front')
  assert.deepEqual(find(deck(e('7e', '100083 8601aa')), true), ['setUpCall'], 'with elements behind')
  const long = deck(e('7e', '260182'), e('7d', 'ee'.repeat(200)))
  assert.deepEqual(find(long, true), ['provideLocalInformation:imei'], 'in two octets of length')
})

test('a deck is read only for a browser, and only where its elements fill it', () => {
  const skeleton = deck(e('7e', '260182'))
  assert.deepEqual(find(skeleton), [])
  assert.deepEqual(find(`${skeleton} 00`, true), [])
  assert.deepEqual(find(deck(e('7e', '260183')), true), [], 'a device the command does not go to')
  assert.deepEqual(find('26 01 82', true), [], 'no element at all')
})

test('a deck that goes on in a part not here gives what is here', () => {
  const skeleton = deck(e('7e', '260182'), e('7d', 'aa'.repeat(30)))
  const bytes = hex(skeleton).slice(0, 25)
  assert.deepEqual(findProactiveCommands(bytes, 0, bytes.length, true, true), ['provideLocalInformation:imei'])
  assert.deepEqual(findProactiveCommands(bytes, 0, bytes.length, true, false), [])
})

test('a message to a browser names the commands of its unsecured data, and none of secured data', () => {
  for (const [spi, expected] of [
    ['0000', ['provideLocalInformation:locationInformation', 'sendShortMessage']],
    ['0400', []],
  ] as const) {
    const packet = commandPacket({ spi, tar: '534054' }, '', deck(e('7e', '260082'), e('7e', '130083')))
    const length = (3 + packet.length / 2).toString(16).padStart(2, '0')
    const bytes = hex('44 0591 2143f5 7f f6 62302080510300', length, '027000', packet)
    const found = decodeTpdu(bytes, 0, bytes.length, true)
    assert.ok(!(found instanceof Fault))
    assert.deepEqual(found.commands, expected)
  }
})

test('commands without a packet are named only in data for a SIM', () => {
  const body = `d020 ${PLI_LOCATION}`
  for (const [pid, dcs, count] of [
    ['7f', '04', 1],
    ['00', 'f6', 1],
    ['00', '04', 0],
    ['7f', '00', 0],
  ] as const) {
    const bytes = hex(`04 0591 2143f5 ${pid} ${dcs} 62302080510300 0b`, body)
    const found = decodeTpdu(bytes, 0, bytes.length, true)
    assert.ok(!(found instanceof Fault))
    assert.equal(found.commands.length, count, `${pid} ${dcs}`)
  }
})

test('no more commands are named than there may be', () => {
  assert.equal(find(SEND_SM.repeat(100)).length, LIMITS.proactiveCommands)
  assert.equal(find(deck(e('7e', '130083').repeat(100)), true).length, LIMITS.proactiveCommands)
})

test('prefixes and random octets give known names', () => {
  const known = new Set(PROACTIVE_COMMANDS.map(({ name }) => name as string))
  const check = (bytes: Uint8Array, isSat: boolean, cut: boolean): void => {
    for (const name of findProactiveCommands(bytes, 0, bytes.length, isSat, cut))
      assert.ok(known.has(name.split(':')[0] ?? ''), name)
  }
  for (const octets of [deck(e('7e', '260082'), e('7e', '130083')), `d020 ${PLI_LOCATION}`])
    for (const bytes of prefixes(hex(octets))) check(bytes, true, true)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 140 }), fc.boolean(), fc.boolean(), check), {
    numRuns: 400,
    seed: 7,
  })
})

test('random data is rarely taken for a deck', () => {
  let seen = 0
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 100, maxLength: 100 }), (bytes) => {
      if (findProactiveCommands(bytes, 0, bytes.length, true, false).length > 0) seen++
    }),
    { numRuns: 1000, seed: 7 },
  )
  assert.ok(seen < 20, `${seen} of 1000`)
})

test('twice the octets cost about double, and nesting made to be read many ways stays bounded', async () => {
  for (const unit of ['00', '0100', '7e0aaa'] as const) {
    await assertLinear((times) => {
      const bytes = hex(unit.repeat(1_000 * times))
      // so short a run is measured against what every call costs
      return 25 + costUs(() => findProactiveCommands(bytes, 0, bytes.length, true, true))
    })
  }
  const nested = Uint8Array.from({ length: 4_000 }, (_, i) => (i % 2 === 0 ? 0 : 0x7e))
  assert.ok(costUs(() => findProactiveCommands(nested, 0, nested.length, true, true)) < 20_000)
})

test('names come from type and qualifier', () => {
  assert.equal(proactiveCommandName(0x26, 0x00), 'provideLocalInformation:locationInformation')
  assert.equal(proactiveCommandName(0x26, 0x01), 'provideLocalInformation:imei')
  assert.equal(proactiveCommandName(0x26, 0xff), 'provideLocalInformation')
  assert.equal(proactiveCommandName(0x13, 0x01), 'sendShortMessage')
  assert.equal(proactiveCommandName(0x00, 0x00), null)
  assert.equal(proactiveCommandName(0x81, 0x00), null)
  assert.ok(isDestinationOf(0x43, 0x21) && !isDestinationOf(0x43, 0x82) && !isDestinationOf(0x00, 0x82))
})
