import { openCaptures } from '../src/capture/capture.ts'
import { buffersOf, EventColumns } from '../src/event/columns/event-columns.ts'
import { EventDecoder } from '../src/event/decoder.ts'

/**
 * Decoding alone: reads a capture, makes every event, nothing else.
 *   node bench/decode-only.ts CAPTURE [TIMES] [--columns]
 * Once, for timing the whole process from outside; or several times in one process, printing the seconds of each: the
 * first pays for compiling, the later ones show the rate of a long run. With --columns the events go into the columns that
 * cross to another thread, and the capture is hashed, as `analyze` does it.
 */
const isColumns = process.argv.includes('--columns')
const [path = '', times = '1'] = process.argv.slice(2).filter((argument) => argument !== '--columns')
for (let i = 0; i < Number(times); i++) {
  const started = performance.now()
  const events = await decodeAll(path)
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(3)} s, ${events} events\n`)
}

async function decodeAll(capture: string): Promise<number> {
  const captures = await openCaptures([capture], isColumns)
  const columns = new EventColumns()
  let events = 0
  const decoder = new EventDecoder(captures.inputs, (event) => {
    events++
    if (!isColumns) return
    columns.add(event)
    if (columns.isFull) columns.giveBack(buffersOf(columns.take()))
  })
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  return events
}
