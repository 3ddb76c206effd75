import { readFrame } from '../inspect/read-frame.ts'
import type { TreeNode } from '../inspect/tree.ts'
import type { Command, CommandInput } from './command.ts'
import { Failure } from './failure.ts'
import { formatTree } from './inspect-text.ts'
import { takesColour, terminalWidth, writeAll } from './output.ts'

export const inspectCommand: Command = {
  name: 'inspect',
  usage: 'CAPTURE FRAME [--json] [--reveal [--hex]]',
  about: 'one packet as a tree with names, values and byte ranges',
  help: `CAPTURE is a pcap or pcapng file, plain or compressed with gzip or zstd, or - for standard input. FRAME is the number of a
packet in it, as Wireshark counts, from 1. The capture is read from its start, so that fragments, segments and streams
that the packet completes are put together.

Every row has its octets as [start, end), counted in the frame; 1:[start, end) counts in message 1 put together from
several frames. Subscriber identities, and octets that could hold one, are masked. The text of short messages, passwords
and keys are never shown.

  --json     the same tree as one JSON object
  --reveal   show subscriber identities in full
  --hex      the octets of the frame below the tree; only with --reveal

Examples
  telltale inspect capture.pcap 42
  telltale inspect capture.pcapng.gz 7 --json | jq '.layers[].name'
  telltale inspect capture.pcap 42 --reveal --hex`,
  options: { json: { type: 'boolean' }, reveal: { type: 'boolean' }, hex: { type: 'boolean' } },
  minimum: 2,
  maximum: 2,
  run,
}

async function run({ positionals, values }: CommandInput): Promise<number> {
  const [path = '', text = ''] = positionals
  const reveal = values.reveal === true
  if (!/^\d{1,15}$/.test(text) || Number(text) === 0)
    throw new Failure(`FRAME takes the number of a packet, from 1, not ${JSON.stringify(text)}.`, 2)
  if (values.hex === true && !reveal)
    throw new Failure('--hex shows whatever the packet holds, identities included; give --reveal with it.', 2)
  const frame = Number(text)
  const result = await readFrame(path, frame, reveal)
  if (!result.found) {
    const { frames, damage } = result
    const count = frames === 0 ? 'no frames' : frames === 1 ? '1 frame' : `${frames} frames`
    throw new Failure(`${path}: has ${count}, so there is no frame ${frame}.${damage === null ? '' : ` ${damage}`}`)
  }
  const { capture, octets, inspection } = result
  if (values.json === true) {
    const { layers, masked } = inspection
    const hex = values.hex === true ? { hex: hexOf(octets, inspection.hidden) } : {}
    await writeAll(`${asciiJson({ schema: 1, capture, frame, masked, layers: layers.map(plainNode), ...hex })}\n`)
    return 0
  }
  await writeAll(formatTree(inspection, { columns: terminalWidth(), colour: takesColour() }))
  if (values.hex === true) await writeAll(`\n${hexDump(octets, inspection.hidden)}`)
  return 0
}

/** A row as JSON shows it: `message` is null in the frame, else the number of the message put together. */
function plainNode({ kind, name, value, start, end, buffer, children }: TreeNode): object {
  return { kind, name, value, start, end, message: buffer === 0 ? null : buffer, children: children.map(plainNode) }
}

/** JSON in ASCII, which no terminal takes for a command. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const ROW_BYTES = 16

/** Octets that are not for anybody's eyes as points. */
function hexDump(octets: Uint8Array, hidden: readonly { readonly start: number; readonly end: number }[]): string {
  const texts = octetTexts(octets, hidden)
  let text = ''
  for (let p = 0; p < octets.length; p += ROW_BYTES) {
    const row = texts.slice(p, p + ROW_BYTES)
    const half = row.slice(0, ROW_BYTES / 2).join(' ')
    const characters = row.map((pair, i) => (pair === HIDDEN ? '·' : printable(octets[p + i] ?? 0))).join('')
    text += `${p.toString(16).padStart(6, '0')}  ${half.padEnd(23)}  ${row
      .slice(ROW_BYTES / 2)
      .join(' ')
      .padEnd(23)}  ${characters}\n`
  }
  return text
}

const HIDDEN = '··'

function octetTexts(octets: Uint8Array, hidden: readonly { readonly start: number; readonly end: number }[]): string[] {
  const texts = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0'))
  for (const { start, end } of hidden) texts.fill(HIDDEN, Math.max(0, start), Math.min(texts.length, end))
  return texts
}

function hexOf(octets: Uint8Array, hidden: readonly { readonly start: number; readonly end: number }[]): string {
  return octetTexts(octets, hidden)
    .map((pair) => (pair === HIDDEN ? '..' : pair))
    .join('')
}

function printable(octet: number): string {
  return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'
}
