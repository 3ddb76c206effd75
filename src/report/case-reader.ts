import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Dossier } from '../attribution/dossier.ts'
import type { Campaign } from '../campaign/campaign.ts'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'

/** Why a case cannot be read: one sentence. */
export class CaseReaderError extends Error {}

/** A case folder as exports read it: facts at once, findings and campaigns a line at a time. */
export interface CaseReader {
  readonly folder: string
  readonly facts: Case
  findings(): AsyncIterable<Finding>
  campaigns(): AsyncIterable<Campaign>
  dossiers(): AsyncIterable<Dossier>
}

const NOT_SCHEMA_1 = 'not of schema 1: it was altered, or another version wrote it; run `telltale analyze` again.'

/** Opens the case in `folder`. Throws CaseReaderError when it is none; so do the lists, where a line is none of theirs. */
export async function openCase(folder: string): Promise<CaseReader> {
  const path = join(folder, 'case.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    throw new CaseReaderError(
      `${path} cannot be read: ${folder} is not a case folder; name one that \`telltale analyze\` wrote.`,
    )
  }
  return {
    folder,
    facts: parse<Case>(text, path),
    findings: () => linesOf<Finding>(join(folder, 'findings.ndjson')),
    campaigns: () => linesOf<Campaign>(join(folder, 'campaigns.ndjson')),
    dossiers: () => linesOf<Dossier & { readonly schema: 1 }>(join(folder, 'dossiers.ndjson')),
  }
}

async function* linesOf<T extends { readonly schema: number }>(path: string): AsyncGenerator<T> {
  const input = createReadStream(path)
  // told by the loop below
  input.on('error', () => undefined)
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') yield parse<T>(line, path)
    }
  } catch (error) {
    throw error instanceof CaseReaderError ? error : new CaseReaderError(`${path} cannot be read.`)
  }
  if (input.errored !== null) throw new CaseReaderError(`${path} cannot be read.`)
}

function parse<T extends { readonly schema: number }>(text: string, path: string): T {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'schema' in value && value.schema === 1) return value as T
  } catch {
    // falls through to the one sentence
  }
  throw new CaseReaderError(`${path}: ${NOT_SCHEMA_1}`)
}
