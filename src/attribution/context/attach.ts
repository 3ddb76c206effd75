import { LIMITS } from '../../limits.ts'
import type { Dossier } from '../dossier.ts'
import type { PublicContext } from './public-context.ts'

/**
 * A dossier with what others said of its identifiers, behind what it holds already. Nothing else of it changes: statements
 * are attached when all weighing is done.
 */
export function withStatements(dossier: Dossier, context: PublicContext): Dossier {
  const found = context.match(dossier.votes)
  const known = new Set(dossier.statements.map(keyOf))
  const added = found.statements.filter((statement) => !known.has(keyOf(statement)))
  const repeated = found.statements.length - added.length
  return {
    ...dossier,
    statements: [...dossier.statements, ...added].slice(0, LIMITS.contextMatches),
    statementCount: dossier.statementCount + found.statementCount - repeated,
  }
}

function keyOf({ file, place, value }: Dossier['statements'][number]): string {
  return `${file}\n${place}\n${value}`
}
