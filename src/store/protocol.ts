import type { Background } from '../campaign/observation.ts'
import type { EventBatch, familyPlaces } from '../event/columns/event-columns.ts'
import type { CaseTrend } from '../finding/case.ts'
import type { ReportFacts } from '../report/report-facts.ts'

/** Paths of the database and of the files of lines that it takes in at the end. */
export interface StoreFiles {
  readonly file: string
  readonly findings: string
  readonly campaigns: string
}

/** What the store's thread begins with. */
export interface StoreSettings extends StoreFiles {
  readonly families: ReturnType<typeof familyPlaces>
}

/** What the store keeps of a batch. */
export type StoreBatch = Pick<EventBatch, 'families' | 'labels'>

/** What the store's thread is told, and what it answers. */
export type StoreMessage =
  | { readonly kind: 'batch'; readonly batch: StoreBatch }
  | { readonly kind: 'events' }
  | { readonly kind: 'finish'; readonly trends: readonly CaseTrend[] }
export type StoreReply =
  | { readonly kind: 'taken'; readonly buffers: readonly SharedArrayBuffer[] }
  | { readonly kind: 'background'; readonly background: Background }
  | { readonly kind: 'closed'; readonly facts: ReportFacts }
  | { readonly kind: 'failed'; readonly message: string }
