import { findCampaigns } from '../src/campaign/find-campaigns.ts'
import type { Observation, ObservedSource } from '../src/campaign/observation.ts'
import { ObservationLog } from '../src/campaign/observation-log.ts'

/**
 * Grouping alone: suspicious requests of two years, 300 sources of 60 networks, five requests a subscriber, with one
 * planted campaign of three networks on 2 % of the subscribers.
 *   node bench/campaigns.ts OBSERVATIONS...
 */

const YEARS_US = 2 * 365 * 86_400_000_000
const WEEK_US = 7 * 86_400_000_000
const SOURCES = 300
const NETWORKS = 60
const PLANTED = 3

for (const size of process.argv.slice(2).map(Number)) {
  const started = performance.now()
  const log = observe(size)
  const logged = performance.now()
  const { campaigns } = await findCampaigns({ observations: log })
  const seconds = (performance.now() - logged) / 1000
  const members = campaigns.map(({ campaign }) => campaign.members.length).join(', ')
  process.stdout.write(
    `${size} observations: logged in ${((logged - started) / 1000).toFixed(1)} s, grouped in ${seconds.toFixed(1)} s, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; campaigns of ${members || 'none'} members\n`,
  )
}

function observe(size: number): ObservationLog {
  const random = generator(1)
  const log = new ObservationLog()
  const sources = Array.from({ length: SOURCES }, (_, i) => sourceOf(i))
  const subjects = Math.ceil(size / 5)
  const times = Float64Array.from({ length: size }, () => Math.floor(random() * YEARS_US)).sort()
  for (let i = 0; i < size; i++) {
    const timeUs = times[i] ?? 0
    const isPlanted = random() < 0.02
    // the same subscribers within the same weeks, or whoever it may be
    const subject = isPlanted
      ? Math.floor((Math.floor(timeUs / (2 * WEEK_US)) * 7919 + Math.floor(random() * (subjects / 2500))) % subjects)
      : Math.floor(random() * subjects)
    const source =
      sources[isPlanted ? Math.floor(random() * PLANTED) : PLANTED + Math.floor(random() ** 2 * (SOURCES - PLANTED))]
    if (source !== undefined) log.add(observation(i, timeUs, source, `imsi:00101${String(subject).padStart(10, '0')}`))
  }
  return log
}

function observation(i: number, timeUs: number, source: ObservedSource, subjectKey: string): Observation {
  return {
    timeUs, source, subjectKey, detector: 'LOC-02', class: 'location', protocol: 'ss7', operation: 'provideSubscriberInfo',
    encoding: null, answered: true, findingId: `F-${i.toString(16).padStart(16, '0')}`,
  } // biome-ignore format: a row
}

function sourceOf(i: number): ObservedSource {
  const network = i % NETWORKS
  const gt = `${200 + network}55${String(i).padStart(6, '0')}`
  return {
    gt,
    host: null,
    realm: null,
    ip: null,
    opc: null,
    operator: `Network ${network}`,
    country: `C${network % 40}`,
  }
}

/**
 * Numbers from 0 to 1, the same each time, without the ties between neighbours that a shift register has: a counter, mixed.
 * Source: MurmurHash3's finalizer, A. Appleby, 2011.
 */
function generator(seed: number): () => number {
  let count = seed
  return () => {
    count = (count + 0x9e3779b9) | 0
    let x = Math.imul(count ^ (count >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    return ((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000
  }
}
