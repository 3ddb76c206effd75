import { openCaptures } from '../src/capture/capture.ts'
import { DETECTORS } from '../src/detect/index.ts'
import { DetectorRunner } from '../src/detect/runner.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import type { SignallingEvent } from '../src/event/signalling-event.ts'
import { EMPTY_NETWORK } from '../src/network/network.ts'
import { loadNetwork } from '../src/network/network-file.ts'

/**
 * What each detector costs an event: the events of a capture before one detector at a time, and before all.
 *   node bench/detectors.ts CAPTURE [NETWORK.YAML]
 */
const [path = '', networkFile] = process.argv.slice(2)
const network = networkFile === undefined ? EMPTY_NETWORK : await loadNetwork(networkFile)
const MOST_EVENTS = 300_000
const events: SignallingEvent[] = []
const captures = await openCaptures([path])
const decoder = new EventDecoder(captures.inputs, (event) => {
  if (events.length < MOST_EVENTS) events.push(event)
})
for await (const batch of captures.batches()) {
  for (const packet of batch) decoder.take(packet)
  if (events.length >= MOST_EVENTS) break
}

const rows = DETECTORS.map((detector) => ({ name: detector.id, us: costOf([detector]) }))
const empty = costOf([])
rows.sort((a, b) => b.us - a.us)
process.stdout.write(`${events.length} events; µs an event, the runner's own ${empty.toFixed(2)} taken off\n`)
for (const { name, us } of rows) process.stdout.write(`  ${name}  ${(us - empty).toFixed(3)}\n`)
process.stdout.write(`  all     ${costOf(DETECTORS).toFixed(3)}\n`)

/** Median of three, µs an event. */
function costOf(detectors: typeof DETECTORS): number {
  const taken = [1, 2, 3].map(() => {
    for (const event of events) event.answeredBy = null
    const runner = new DetectorRunner(detectors, { network }, () => undefined)
    const started = performance.now()
    for (const event of events) runner.take(event)
    runner.flush()
    return ((performance.now() - started) * 1000) / events.length
  })
  return taken.sort((a, b) => a - b)[1] ?? 0
}
