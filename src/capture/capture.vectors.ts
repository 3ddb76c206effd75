import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type CaptureStream, openCaptures } from './capture.ts'
import type { Packet } from './packet.ts'

/** A packet that outlives its batch. */
export type KeptPacket = Omit<Packet, 'bytes' | 'start' | 'end'> & { readonly data: Uint8Array }

/** A folder that goes away with the test file; `write` puts a file into it and gives its path. */
export function temporaryFolder(): { path: string; write(name: string, octets: Uint8Array): string } {
  const path = mkdtempSync(join(tmpdir(), 'capture-test-'))
  after(() => rmSync(path, { recursive: true }))
  return {
    path,
    write(name, octets) {
      const file = join(path, name)
      writeFileSync(file, octets)
      return file
    },
  }
}

/** Reads captures to their end. */
export async function readAll(...paths: string[]): Promise<{ stream: CaptureStream; packets: KeptPacket[] }> {
  const stream = await openCaptures(paths)
  const packets: KeptPacket[] = []
  for await (const batch of stream.batches()) {
    for (const { bytes, start, end, ...rest } of batch) packets.push({ ...rest, data: bytes.slice(start, end) })
  }
  return { stream, packets }
}
