import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type BerElement, digitsOf } from './ber-writer.ts'
import { playScenario } from './scenario.ts'
import { benignRoaming } from './scenarios/benign-roaming.ts'
import { SCENARIOS } from './scenarios/index.ts'

const SEEDS = [1, 2]
/** Written by way of evasions or other protocols: the comparison below is of MAP as it should be. */
const LEFT_OUT = /-(eva-0[3-7]|sim-|sms-03|frd-01|int-0[356])|evasions/
const installed = spawnSync('tshark', ['--version']).status === 0

/** What a frame should hold, or does. */
interface Frame {
  /** Operation and error codes, as TShark puts both in one field. */
  readonly codes: Set<string>
  readonly imsis: Set<string>
  readonly addresses: Set<string>
  readonly callingGts: Set<string>
  readonly calledGts: Set<string>
  /** Written to be hard to read: TShark need not understand it. */
  odd: boolean
}

function emptyFrame(): Frame {
  return {
    codes: new Set(),
    imsis: new Set(),
    addresses: new Set(),
    callingGts: new Set(),
    calledGts: new Set(),
    odd: false,
  }
}

/** Local operation and error codes of a TCAP message, read off the tree it was written from. */
function codesOf(element: BerElement, inComponents = false): string[] {
  if (element.content instanceof Uint8Array) return []
  if (!inComponents) return element.content.flatMap((child) => codesOf(child, element.tag === 0x6c))
  const [, second] = element.content
  if (second === undefined) return []
  const code = second.tag === 0x30 && !(second.content instanceof Uint8Array) ? second.content[0] : second
  return code?.tag === 0x02 && code.content instanceof Uint8Array ? [String(code.content.at(-1))] : []
}

/** All scenarios one after the other in one capture, so that one run of TShark reads them. */
function writeAll(file: string): Map<number, Frame> {
  const expected = new Map<number, Frame>()
  const parts: Uint8Array[] = []
  let offset = 0
  const at = (frame: number): Frame => {
    const known = expected.get(offset + frame)
    if (known !== undefined) return known
    const made = emptyFrame()
    expected.set(offset + frame, made)
    return made
  }
  for (const listed of SCENARIOS.filter(({ name }) => !LEFT_OUT.test(name))) {
    const scenario = listed.name === 'benign-roaming' ? benignRoaming(150) : listed
    for (const seed of SEEDS) {
      const { capture, labels, messages, messageCount } = playScenario(scenario, seed)
      if (messages.length !== messageCount) continue
      let frames = 0
      for (const message of messages) {
        for (const frame of message.frames) {
          frames = Math.max(frames, frame)
          at(frame).callingGts.add(message.calling.digits)
          at(frame).calledGts.add(message.called.digits)
        }
        const last = at(message.frames.at(-1)!)
        for (const code of codesOf(message.tcap)) last.codes.add(code)
        for (const { kind, digits } of digitsOf(message.tcap)) {
          if (kind === 'imsi') last.imsis.add(digits)
          else last.addresses.add(digits)
        }
      }
      for (const line of labels.split('\n').filter((text) => text.includes('EVA-01') || text.includes('EVA-08'))) {
        const label = JSON.parse(line) as { frames: number[] }
        for (const frame of label.frames) at(frame).odd = true
      }
      parts.push(parts.length === 0 ? capture : capture.subarray(24))
      offset += frames
    }
  }
  writeFileSync(file, Buffer.concat(parts))
  return expected
}

const FIELDS = [
  'frame.number',
  'gsm_old.localValue',
  'e212.imsi',
  'e164.msisdn',
  'sccp.calling.digits',
  'sccp.called.digits',
]

function readAll(file: string): { frames: Map<number, Frame>; complaints: string[] } {
  const fields = [...FIELDS, '_ws.expert.severity', '_ws.expert.message'].flatMap((field) => ['-e', field])
  const checks = ['-o', 'sctp.checksum:crc32c', '-o', 'ip.check_checksum:TRUE']
  const output = execFileSync('tshark', ['-n', '-r', file, ...checks, '-T', 'fields', ...fields], {
    maxBuffer: 1 << 28,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const frames = new Map<number, Frame>()
  const complaints: string[] = []
  for (const line of output.trimEnd().split('\n')) {
    const [number = '', codes, imsis, addresses, calling, called, severity = '', text = ''] = line.split('\t')
    const set = (cell = ''): Set<string> => new Set(cell.split(',').filter((value) => value !== ''))
    const frame: Frame = {
      codes: set(codes),
      imsis: set(imsis),
      addresses: set(addresses),
      callingGts: set(calling),
      calledGts: set(called),
      odd: false,
    }
    frames.set(Number(number), frame)
    // Warnings (0x600000) and errors (0x800000); notes and chats are about TCP-like conversation only.
    if (severity.split(',').some((value) => Number(value) >= 0x600000)) complaints.push(`${number} ${text}`)
  }
  return { frames, complaints }
}

const sorted = (values: Set<string>): string[] => [...values].sort()

describe('TShark reads what was written', { skip: installed ? false : 'tshark is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'telltale-tshark-'))
  after(() => rmSync(folder, { recursive: true }))
  let expected = new Map<number, Frame>()
  let read: ReturnType<typeof readAll> = { frames: new Map(), complaints: [] }
  before(() => {
    const file = join(folder, 'all.pcap')
    expected = writeAll(file)
    read = readAll(file)
  })

  /** Frames that both sides know and that are not written to be misread. */
  const pairs = (): [number, Frame, Frame][] =>
    [...expected]
      .filter(([, want]) => !want.odd)
      .map(([number, want]) => [number, want, read.frames.get(number) ?? emptyFrame()])

  test('every frame is there', () => {
    assert.equal(read.frames.size, expected.size)
    assert.ok(expected.size > 2_000)
  })

  test('nothing is malformed but what is meant to be', () => {
    const unexpected = read.complaints.filter((text) => !expected.get(Number(text.split(' ')[0]))?.odd)
    assert.deepEqual(unexpected, [])
    assert.ok(read.complaints.length > 0)
  })

  test('global titles', () => {
    for (const [number, want, got] of pairs()) {
      assert.deepEqual(sorted(got.callingGts), sorted(want.callingGts), `frame ${number}`)
      assert.deepEqual(sorted(got.calledGts), sorted(want.calledGts), `frame ${number}`)
    }
  })

  test('operation and error codes', () => {
    for (const [number, want, got] of pairs())
      assert.deepEqual(sorted(got.codes), sorted(want.codes), `frame ${number}`)
  })

  test('IMSIs', () => {
    for (const [number, want, got] of pairs())
      assert.deepEqual(sorted(got.imsis), sorted(want.imsis), `frame ${number}`)
  })

  test('numbers in MAP arguments; TShark adds the originator of a short message to them', () => {
    for (const [number, want, got] of pairs()) {
      const missing = sorted(want.addresses).filter((digits) => !got.addresses.has(digits))
      assert.deepEqual(missing, [], `frame ${number}`)
      const added = sorted(got.addresses).filter((digits) => !want.addresses.has(digits))
      if (!want.codes.has('44')) assert.deepEqual(added, [], `frame ${number}`)
    }
  })
})
