import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { CaptureError } from '../capture/capture-error.ts'
import { generateTraffic } from '../simulate/generate.ts'
import { CaptureDecoding } from './capture-decoding.ts'
import { buffersOf, EventRows } from './columns/event-columns.ts'
import { BATCH_ROWS } from './columns/labels.ts'
import { type Decoding, openDecoding } from './decoding.ts'
import { ThreadDecoding } from './thread-decoding.ts'

const root = mkdtempSync(join(tmpdir(), 'decoding-test-'))
after(() => rmSync(root, { recursive: true }))

const long = join(root, 'long.pcap')
const { packets } = generateTraffic(long, { messages: 40 * BATCH_ROWS, shape: 'mixed' })
const short = join(root, 'short.pcap')
generateTraffic(short, { messages: BATCH_ROWS + 100, shape: 'mixed' })

/** Reads all that comes, batch by batch, as text. */
async function readAll(decoding: Decoding, stopAfter = Number.POSITIVE_INFINITY) {
  const rows = new EventRows()
  const batches: string[] = []
  for await (const { batch } of decoding.decoded()) {
    if (batch === null) continue
    const events: string[] = []
    rows.learn(batch)
    for (let event = rows.read(); event !== null; event = rows.read()) events.push(JSON.stringify(event))
    batches.push(`${events.join('\n')}\n${JSON.stringify(batch.visibility)}`)
    decoding.giveBack(buffersOf(batch))
    if (batches.length >= stopAfter) decoding.stop()
  }
  const account = decoding.account()
  await decoding.close()
  return { batches, account }
}

test('batches, their events and the account are the same with a thread and without', async () => {
  const [here, there] = [
    await readAll(await openDecoding([short], false)),
    await readAll(await openDecoding([short], true)),
  ]
  assert.ok(here.batches.length > 1)
  assert.deepEqual(there, here)
  assert.equal(here.account.failures.length, 0)
})

test('a thread is used where there is much to decode', async () => {
  const [small, large] = [await openDecoding([short]), await openDecoding([long])]
  assert.ok(small instanceof CaptureDecoding)
  assert.ok(large instanceof ThreadDecoding)
  await small.close()
  await large.close()
  await large.close()
})

test('decoding goes only so far ahead, and stops when it is told', async () => {
  const decoding = await openDecoding([long], true)
  const { batches, account } = await readAll(decoding, 2)
  assert.ok(batches.length < 36, `${batches.length} batches`)
  assert.ok(account.packetCount < packets)
  assert.equal(
    account.packetRows.reduce((sum, { count }) => sum + count, 0),
    account.packetCount,
  )
})

test('what cannot be read is told in the same words, and closes the thread', { timeout: 20_000 }, async () => {
  const noCapture = join(root, 'notes.txt')
  writeFileSync(noCapture, 'no capture')
  const paths = [noCapture, join(root, 'nowhere')]
  const errors: CaptureError[] = []
  for (const onThread of [false, true]) {
    await assert.rejects(openDecoding(paths, onThread), (error) => {
      assert.ok(error instanceof CaptureError)
      errors.push(error)
      return true
    })
  }
  const [here, there] = errors
  assert.deepEqual([there?.kind, there?.sentences], [here?.kind, here?.sentences])
  assert.equal(here?.sentences.length, 2)
})

test('a thread that ends early fails the reading', { timeout: 20_000 }, async () => {
  const decoding = await openDecoding([long], true)
  const reading = readAll(decoding)
  setTimeout(() => void decoding.close(), 20)
  await assert.rejects(reading, /ended early/)
})
