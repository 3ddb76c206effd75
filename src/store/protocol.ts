import type { Background } from '../campaign/observation.ts'
import type { CaseTrend } from '../finding/case.ts'
import type { ReportFacts } from '../report/report-facts.ts'
import type { ColumnPlace } from './columns.ts'
import type { EventBatch } from './event-columns.ts'

/** Paths of the database and of the files of lines that it takes in at the end. */
export interface StoreFiles {
  readonly file: string
  readonly findings: string
  readonly campaigns: string
}

/** What the store's thread begins with. */
export interface StoreSettings extends StoreFiles {
  readonly columns: readonly ColumnPlace[]
}

/** What the store's thread is told, and what it answers. */
export type StoreMessage =
  | { readonly kind: 'batch'; readonly batch: EventBatch }
  | { readonly kind: 'events' }
  | { readonly kind: 'finish'; readonly trends: readonly CaseTrend[] }
export type StoreReply =
  | { readonly kind: 'taken'; readonly buffer: ArrayBuffer }
  | { readonly kind: 'background'; readonly background: Background }
  | { readonly kind: 'closed'; readonly facts: ReportFacts }
  | { readonly kind: 'failed'; readonly message: string }
