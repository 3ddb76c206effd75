import { openCaptures } from '../src/capture/capture.ts'
import { EventDecoder } from '../src/event/decoder.ts'

/**
 * Decoding alone: reads a capture, makes every event, nothing else.
 *   node bench/decode-only.ts CAPTURE [TIMES]
 * Once, for timing the whole process from outside; or several times in one process, printing the seconds of each: the
 * first pays for compiling, the later ones show the rate of a long run.
 */
const [path = '', times = '1'] = process.argv.slice(2)
for (let i = 0; i < Number(times); i++) {
  const started = performance.now()
  const events = await decodeAll(path)
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(3)} s, ${events} events\n`)
}

async function decodeAll(capture: string): Promise<number> {
  const captures = await openCaptures([capture])
  let events = 0
  const decoder = new EventDecoder(captures.inputs, () => {
    events++
  })
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  return events
}
