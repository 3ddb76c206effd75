import { type CaptureStream, openCaptures } from './capture/capture.ts'
import type { Mode } from './detect/detector.ts'
import { DETECTORS } from './detect/index.ts'
import { DetectorRunner, type DetectState, newState } from './detect/runner.ts'
import { EventDecoder } from './event/decoder.ts'
import { buildCase } from './finding/build-case.ts'
import type { Case } from './finding/case.ts'
import { FindingCollector } from './finding/collector.ts'
import type { Finding } from './finding/finding.ts'
import { KeptFindings } from './finding/kept-findings.ts'
import { Tally } from './finding/tally.ts'
import type { Network } from './network/network.ts'
import { renderHtml } from './report/html.ts'
import { CaseFolder } from './store/case-folder.ts'
import { CaseStore } from './store/case-store.ts'
import { loadState, saveState } from './store/state-file.ts'

export interface AnalyzeOptions {
  /** Captures, folders of them, or `-`. */
  readonly paths: readonly string[]
  readonly network: Network
  /** Path of network.yaml as given, or null. */
  readonly networkFile: string | null
  /** Case folder to write. */
  readonly out: string
  readonly version: string
  /** How far sequence detectors are trusted. */
  readonly mode: Mode
  /** File of what detectors knew at the end of an earlier run, to begin with and to leave behind; null for none. */
  readonly stateFile: string | null
  /** Ends the run early: what was read so far becomes the case. */
  readonly signal: AbortSignal
  /** Told when reading begins, and now and then: octets read, their total or null, packets, findings. */
  readonly progress: (bytes: number, total: number | null, packets: number, findings: number) => void
}

export interface Analysis {
  readonly case: Case
  /** The gravest findings; `case.findings` counts all. */
  readonly findings: readonly Finding[]
  readonly folder: CaseFolder
}

/**
 * The main job, the whole path: captures → packets → events → detectors → findings → case folder and report.
 * Throws CaptureError, CaseFolderError or StoreError, each with one clear sentence, and leaves nothing open.
 */
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  const state = options.stateFile === null ? newState() : await loadState(options.stateFile)
  const captures = await openCaptures(options.paths)
  let store: CaseStore | null = null
  try {
    options.progress(0, captures.bytesTotal, 0, 0)
    const folder = await CaseFolder.prepare(options.out)
    store = new CaseStore({
      file: folder.file('store'),
      findings: folder.file('findings'),
      campaigns: folder.file('campaigns'),
    })
    return await examine(options, captures, folder, store, state)
  } finally {
    await captures.close()
    await store?.abandon()
  }
}

async function examine(
  options: AnalyzeOptions,
  captures: CaptureStream,
  folder: CaseFolder,
  store: CaseStore,
  state: DetectState,
): Promise<Analysis> {
  const { network, mode, signal } = options
  const tally = new Tally()
  const kept = new KeptFindings()
  const collector = new FindingCollector(
    network,
    (request) => decoder.couldSeeAnswer(request),
    (finding) => {
      folder.addFinding(finding)
      tally.addFinding(finding)
      kept.add(finding)
    },
  )
  const runner = new DetectorRunner(DETECTORS, { network, mode, state }, (detection) => collector.add(detection))
  const decoder = new EventDecoder(captures.inputs, (event) => {
    tally.take(event)
    runner.take(event)
    collector.take(event)
    store.append(event)
  })

  const stop = (): void => void captures.close()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  for await (const batch of captures.batches()) {
    for (const packet of batch) decoder.take(packet)
    await store.ready()
    options.progress(captures.bytesRead(), captures.bytesTotal, decoder.packetCount, kept.total)
  }
  signal.removeEventListener('abort', stop)
  decoder.flush()
  runner.flush()
  collector.flush()

  const facts = buildCase({
    version: options.version,
    captures: captures.inputs,
    failures: captures.failures,
    skipped: captures.skipped,
    interrupted: signal.aborted,
    decoder,
    network,
    networkFile: options.networkFile,
    detectorIds: new Set(DETECTORS.map(({ id }) => id)),
    accounts: runner.accounts(),
    tally,
    findings: kept.total,
    settings: { network: options.networkFile, mode, state: options.stateFile },
  })
  const findings = kept.list()
  await folder.closeFindings()
  await store.close()
  const whole = { ...facts, manifest: await folder.manifest() }
  await folder.writeReport(renderHtml(whole, findings))
  await folder.writeCase(whole)
  const { program, inputs, detectors, references, settings } = whole
  await folder.writeChain({
    program,
    inputs: inputs.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    detectors: detectors.map(({ id, version }) => `${id} ${version}`),
    references: references.map(({ name, version }) => ({ name, version })),
    settings,
  })
  if (options.stateFile !== null) await saveState(options.stateFile, state)
  return { case: whole, findings, folder }
}
