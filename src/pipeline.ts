import { withStatements } from './attribution/context/attach.ts'
import { type LoadedContext, referencesOf, settingsOf } from './attribution/context/load.ts'
import { buildDossiers } from './attribution/dossier.ts'
import { attribute } from './attribution/hypotheses.ts'
import { roamingOf } from './attribution/roaming-of.ts'
import { Suspects } from './attribution/suspects.ts'
import { campaignFindings } from './campaign/campaign-findings.ts'
import { findCampaigns } from './campaign/find-campaigns.ts'
import { NO_BACKGROUND } from './campaign/observation.ts'
import type { Mode } from './detect/detector.ts'
import { DETECTORS } from './detect/index.ts'
import { DetectorRunner, newState } from './detect/runner.ts'
import { buffersOf, type EventBatch, EventRows } from './event/columns/event-columns.ts'
import { type Decoding, openDecoding } from './event/decoding.ts'
import type { SignallingEvent } from './event/signalling-event.ts'
import { Visibility } from './event/visibility.ts'
import { buildCase } from './finding/build-case.ts'
import type { Case } from './finding/case.ts'
import { FindingCollector } from './finding/collector.ts'
import type { EvidenceRef, Finding } from './finding/finding.ts'
import { KeptFindings } from './finding/kept-findings.ts'
import { Tally } from './finding/tally.ts'
import { LIMITS } from './limits.ts'
import type { Network } from './network/network.ts'
import { renderHtml } from './report/html.ts'
import { CaseFolder } from './store/case-folder.ts'
import { CaseStore } from './store/case-store.ts'
import type { Pseudonyms } from './store/pseudonym.ts'
import { loadState, type SavedState, saveState } from './store/state-file.ts'

/** Events that go from stage to stage together. */
const EVENTS_AT_ONCE = 256

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
  /** Replaces subscriber identities in all that is written; null: they stay. Detectors work on the real ones. */
  readonly pseudonyms: Pseudonyms | null
  /** What others said of addresses: shown beside what was seen, and never weighed. */
  readonly context?: LoadedContext | null
  /** Whether decoding has a thread of its own; null, and when left out, where there is much to decode. */
  readonly decodeOnThread?: boolean | null
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
  const state: SavedState =
    options.stateFile === null ? { detect: newState(), campaigns: [] } : await loadState(options.stateFile)
  const decoding = await openDecoding(options.paths, options.decodeOnThread)
  let store: CaseStore | null = null
  try {
    options.progress(0, decoding.bytesTotal, 0, 0)
    const folder = await CaseFolder.prepare(options.out)
    store = new CaseStore({
      file: folder.file('store'),
      findings: folder.file('findings'),
      campaigns: folder.file('campaigns'),
    })
    return await examine(options, decoding, folder, store, state)
  } finally {
    await decoding.close()
    await store?.abandon()
  }
}

async function examine(
  options: AnalyzeOptions,
  decoding: Decoding,
  folder: CaseFolder,
  store: CaseStore,
  state: SavedState,
): Promise<Analysis> {
  const { network, mode, signal, pseudonyms } = options
  const visibility = new Visibility()
  const tally = new Tally()
  const kept = new KeptFindings()
  const suspects = new Suspects(network, state.detect.subscribers)
  const collector = new FindingCollector(
    network,
    (request) => visibility.couldSeeAnswer(request),
    (closed) => {
      const finding = pseudonyms?.finding(closed) ?? closed
      folder.addFinding(finding)
      tally.addFinding(finding)
      kept.add(finding)
    },
    (settled) =>
      suspects.take(pseudonyms === null ? settled : { ...settled, request: pseudonyms.sender(settled.request) }),
  )
  const runner = new DetectorRunner(DETECTORS, { network, mode, state: state.detect }, (detection) =>
    collector.add(detection),
  )
  const rows = new EventRows()
  // stage by stage over many events: what a stage works with stays in the processor's caches
  const examineBatch = (batch: EventBatch): void => {
    if (batch.visibility !== null) visibility.learn(batch.visibility)
    rows.learn(batch)
    for (let events = nextEvents(rows); events.length > 0; events = nextEvents(rows)) {
      for (const event of events) tally.take(event)
      for (const event of events) {
        runner.take(event)
        collector.take(event)
      }
      if (pseudonyms !== null) for (const event of events) store.append(pseudonyms.event(event))
    }
    if (pseudonyms === null) store.appendBatch(batch, (buffers) => decoding.giveBack(buffers))
    else decoding.giveBack(buffersOf(batch))
  }

  const stop = (): void => decoding.stop()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  for await (const { batch, bytesRead, packets } of decoding.decoded()) {
    if (batch !== null) examineBatch(batch)
    await store.ready()
    options.progress(bytesRead, decoding.bytesTotal, packets, kept.total)
  }
  signal.removeEventListener('abort', stop)
  const account = decoding.account()
  // what decoding held is free for the database
  await decoding.close()
  runner.flush()
  collector.flush()
  const context = options.context ?? null
  const { campaigns, trends, limitations, ...found } = await examineSuspects(suspects, store, state, network)
  // when all is weighed
  const dossiers =
    context === null ? found.dossiers : found.dossiers.map((dossier) => withStatements(dossier, context.context))
  for (const finding of campaignFindings(campaigns, evidenceIn(kept))) {
    folder.addFinding(finding)
    tally.addFinding(finding)
    kept.add(finding)
  }

  const facts = buildCase({
    version: options.version,
    decoding: account,
    sawAnswers: visibility.sawAnswers,
    interrupted: signal.aborted,
    network,
    networkFile: options.networkFile,
    thresholds: new Map(DETECTORS.map(({ id, thresholds = [] }) => [id, thresholds.map(({ name }) => name)])),
    accounts: runner.accounts(),
    tally,
    findings: kept.total,
    campaigns: campaigns.length,
    trends,
    furtherLimitations: [...limitations, ...(context?.limitations ?? [])],
    furtherReferences: referencesOf(context?.sources ?? []),
    settings: {
      network: options.networkFile,
      context: settingsOf(context?.sources ?? []),
      mode,
      state: options.stateFile,
      pseudonymize: pseudonyms?.settings ?? null,
      reveal: false,
    },
  })
  const findings = kept.list()
  await folder.closeFindings()
  await folder.writeCampaigns(
    campaigns.map(({ campaign }) => campaign),
    dossiers,
  )
  const reportFacts = await store.close(trends)
  const whole = { ...facts, manifest: await folder.manifest() }
  await folder.writeReport(
    renderHtml(whole, findings, {
      campaigns: campaigns.map(({ campaign }) => campaign),
      dossiers,
      facts: reportFacts,
    }),
  )
  await folder.writeCase(whole)
  const { program, inputs, detectors, references, settings } = whole
  await folder.writeChain({
    program,
    inputs: inputs.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    detectors: detectors.map(({ id, version }) => `${id} ${version}`),
    references: references.map(({ name, version }) => ({ name, version })),
    settings,
  })
  if (options.stateFile !== null) await saveState(options.stateFile, { detect: state.detect, campaigns })
  return { case: whole, findings, folder }
}

/** The next events of a batch; none at its end. */
function nextEvents(rows: EventRows): readonly SignallingEvent[] {
  const events: SignallingEvent[] = []
  for (let event = rows.read(); event !== null; event = rows.read()) {
    events.push(event)
    if (events.length === EVENTS_AT_ONCE) break
  }
  return events
}

/** Groups what is under suspicion into campaigns, and puts together what is known of each source. */
async function examineSuspects(suspects: Suspects, store: CaseStore, state: SavedState, network: Network) {
  suspects.joinSubjects()
  const background = suspects.log.size === 0 ? NO_BACKGROUND : await store.readBackground()
  const found = await findCampaigns({
    observations: suspects.log,
    background,
    roaming: roamingOf(state.detect.subscribers, network),
    seeds: state.campaigns,
  })
  const bySource = new Map(Array.from(background.sources, (source) => [source.sourceKey, source]))
  const dossiers = buildDossiers(suspects.facts(bySource), found.campaigns)
  return {
    campaigns: found.campaigns.map((one) => attribute(one, dossiers)),
    trends: found.trends,
    dossiers: [...dossiers.values()],
    limitations: [...found.limitations, ...suspects.limitations()],
  }
}

/** Evidence of campaigns: that of the gravest findings they are made of. */
function evidenceIn(kept: KeptFindings): (ids: readonly string[]) => readonly EvidenceRef[] {
  const byId = new Map(kept.list().map((finding) => [finding.id, finding]))
  return (ids) => ids.flatMap((id) => byId.get(id)?.evidence.slice(0, 1) ?? []).slice(0, LIMITS.evidence)
}
