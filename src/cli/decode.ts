import { openCaptures } from '../capture/capture.ts'
import type { CoverageRow } from '../event/coverage.ts'
import { EventDecoder } from '../event/decoder.ts'
import { formatEvent } from '../event/format.ts'
import type { Command, CommandInput } from './command.ts'
import { COULD_NOT, isNothingRead, RAN } from './exit-status.ts'
import { note, writeAll } from './output.ts'

/** Characters gathered before they are written. */
const CHUNK_CHARACTERS = 1 << 20

export const decodeCommand: Command = {
  name: 'decode',
  usage: 'CAPTURE...',
  about: 'one JSON line per signalling operation, to standard output',
  help: `CAPTURE is a pcap or pcapng file, plain or compressed with gzip or zstd, a folder of them, or - for standard input.
Every line holds the same keys; what does not apply or could not be decoded is null. What was not decoded is counted
on standard error. Subscriber identities are printed in full.

Examples
  telltale decode capture.pcap | jq -r 'select(.operation == "anyTimeInterrogation") | [.time, .callingGt] | @tsv'
  telltale decode folder/ > operations.ndjson`,
  options: {},
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  run,
}

async function run({ positionals }: CommandInput): Promise<number> {
  const captures = await openCaptures(positionals, false)
  for (const { message } of [...captures.failures, ...captures.skipped]) note(message)
  let text = ''
  const decoder = new EventDecoder(captures.inputs, (event) => {
    text += `${formatEvent(event)}\n`
  })
  for await (const batch of captures.batches()) {
    for (const packet of batch) decoder.take(packet)
    if (text.length < CHUNK_CHARACTERS) continue
    const chunk = text
    text = ''
    if (!(await writeAll(chunk))) {
      await captures.close()
      return RAN
    }
  }
  decoder.flush()
  await writeAll(text)
  for (const { path, damage } of captures.inputs) if (damage !== null) note(`${path}: ${damage}`)
  noteUndecoded('packet', decoder.packetRows())
  noteUndecoded('message', decoder.messageRows())
  return isNothingRead(decoder.packetCount, captures.inputs) ? COULD_NOT : RAN
}

function noteUndecoded(what: 'packet' | 'message', rows: readonly CoverageRow[]): void {
  for (const { protocol, state, reason, count } of rows) {
    if (state === 'decoded') continue
    const how = state === 'not' ? 'not decoded' : 'partly decoded'
    note(`${count} ${count === 1 ? what : `${what}s`} of ${protocol} ${how}: ${reason}.`)
  }
}
