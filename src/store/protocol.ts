import type { EventBatch } from './event-batch.ts'

/** Paths of the database and of the files of lines that it takes in at the end, and what the run reads. */
export interface StoreSettings {
  readonly file: string
  readonly findings: string
  readonly campaigns: string
  /** File names of the run's captures, each once. */
  readonly captures: readonly string[]
}

/** What the store's thread is told, and what it answers. */
export type StoreMessage = { readonly kind: 'batch'; readonly batch: EventBatch } | { readonly kind: 'finish' }
export type StoreReply =
  | { readonly kind: 'taken' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly message: string }
