import { createReadStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { openCaptures } from '../capture/capture.ts'
import type { Case, CaseInput } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { PcapngWriter } from './pcapng-writer.ts'

/** Why evidence cannot be cut: one sentence. */
export class EvidenceError extends Error {}

export interface CutOptions {
  /** Case folder. */
  readonly folder: string
  readonly facts: Case
  /** Findings to cut, with why they are wanted: the words of the packet comments. */
  readonly findings: readonly Finding[]
  /** Of a finding or campaign: what the file as a whole is about. */
  readonly about: string
  readonly out: string
  readonly version: string
  /** Where the captures are now, when not where they were: paths of files. */
  readonly captures: readonly string[]
}

/** What was cut. */
export interface Cut {
  readonly packets: number
  /** References of the findings whose packet the captures did not hold. */
  readonly missing: number
  /** A sentence for each thing to know: captures that could not be checked or read. */
  readonly notes: readonly string[]
}

/** Findings of a case by id, read a line at a time. @param wanted null for all. */
export async function readFindings(path: string, wanted: ReadonlySet<string> | null): Promise<Finding[]> {
  const found: Finding[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue
    const finding = JSON.parse(line) as Finding
    if (wanted === null || wanted.has(finding.id)) found.push(finding)
  }
  return found
}

/**
 * Cuts the packets that findings cite out of the original captures into one pcapng, each with a comment that says which
 * finding it belongs to. A capture is used only when its SHA-256 is the one the case holds.
 */
export async function cutEvidence(options: CutOptions): Promise<Cut> {
  const { facts, findings, about, out, version } = options
  const wanted = commentsByFrame(findings)
  const notes: string[] = []
  const names = new Map<string, string>()
  for (const input of facts.inputs) {
    if (!wanted.has(input.name)) continue
    const path = placeOf(input, options)
    if (input.sha256 === null) {
      notes.push(`${input.name}: the case holds no hash of it (it was not read to its end): taken unchecked.`)
    }
    names.set(path, input.name)
  }
  if (names.size === 0) throw new EvidenceError(`${options.folder}: no capture of the case holds packets of ${about}.`)
  const captures = await openCaptures([...names.keys()])
  // never half a file, nor one cut from something else
  const draft = `${out}.part`
  const writer = new PcapngWriter(draft, `telltale ${version}`, about)
  let packets = 0
  for await (const batch of captures.batches()) {
    for (const packet of batch) {
      const name = names.get(captures.inputs[packet.capture]?.path ?? '') ?? ''
      const comments = wanted.get(name)?.get(packet.frame)
      if (comments === undefined) continue
      packets++
      writer.add(packet, name, `${comments.join('\n')}\n${name} frame ${packet.frame}`)
    }
  }
  await writer.close()
  for (const { path, message } of captures.failures) notes.push(`${path}: ${message}`)
  for (const { path, sha256 } of captures.inputs) {
    const expected = facts.inputs.find((input) => input.name === names.get(path))?.sha256 ?? null
    if (expected === null || expected === sha256) continue
    await rm(draft, { force: true })
    throw new EvidenceError(
      `${path} is not the capture that was examined: its SHA-256 is ${sha256 ?? 'unknown'}, the case holds ${expected}; name the original with --capture.`,
    )
  }
  await rename(draft, out)
  let references = 0
  for (const frames of wanted.values()) references += frames.size
  return { packets, missing: references - packets, notes }
}

/** Comments by capture and frame. */
function commentsByFrame(findings: readonly Finding[]): Map<string, Map<number, string[]>> {
  const wanted = new Map<string, Map<number, string[]>>()
  for (const { id, detector, title, evidence } of findings) {
    for (const { capture, frame } of evidence) {
      const frames = wanted.get(capture) ?? new Map<number, string[]>()
      wanted.set(capture, frames)
      const comments = frames.get(frame) ?? []
      frames.set(frame, comments)
      comments.push(`${id} ${detector}: ${title}`)
    }
  }
  return wanted
}

function placeOf(input: CaseInput, { captures, folder }: CutOptions): string {
  const named =
    captures.find((path) => isCalled(path, input.name)) ?? captures.find((path) => isCalled(path, basename(input.name)))
  if (named !== undefined) return named
  if (input.path === '-') {
    throw new EvidenceError(
      `${join(folder, 'case.json')}: the capture came from standard input; name a copy of it with --capture.`,
    )
  }
  return input.path
}

/** Whether a path ends in this name, folders and all. */
function isCalled(path: string, name: string): boolean {
  return `/${resolve(path).replaceAll('\\', '/')}`.endsWith(`/${name}`)
}
