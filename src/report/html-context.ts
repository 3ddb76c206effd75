import type { Statement, Statements } from '../attribution/context/public-context.ts'
import type { Dossier } from '../attribution/dossier.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { addressKey } from '../campaign/observation.ts'
import type { Case } from '../finding/case.ts'
import { addressText, listed, name } from './describe.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { breakable, columnsOf, lines, paragraph, table } from './html-parts.ts'
import { WORDS } from './words.ts'

/** What others have said: in a block of its own, each statement with who made it. No number of the report comes from here. */

const R = WORDS.report
const ROWS = 12
/** Addresses of a campaign named with one statement. */
const NAMED = 4

/** What was said of one source; nothing where nobody spoke of it. `id` is the table's. */
export function dossierContext({ statements, statementCount, sourceKey }: Dossier, id: string): Markup {
  if (statements.length === 0) return html``
  const rows = statements.slice(0, ROWS).map((statement): Content[] => {
    const { about, identifier, value } = statement
    const kind = about === 'operator' ? R.context.operator : (R.vote[about] ?? name(about))
    const isOther = value.toLowerCase() !== identifier.toLowerCase()
    const under = isOther ? html`${kind}. ${R.context.saidOf(name(value))}` : html`${kind}`
    return [html`${breakable(name(identifier))}<small>${under}</small>`, ...wordsOf(statement)]
  })
  return block(id, name(sourceKey), rows, statementCount)
}

/** The same of the members of a campaign, each statement once. @param dossiers by source key. */
export function campaignContext(campaign: Campaign, dossiers: ReadonlyMap<string, Dossier>, id: string): Markup {
  const spoken = new Map<string, { readonly statement: Statement; readonly addresses: Set<string> }>()
  let more = 0
  for (const { source } of campaign.members) {
    const { statements, statementCount }: Statements = dossiers.get(addressKey(source)) ?? NOTHING
    more += statementCount - statements.length
    for (const statement of statements) {
      const key = `${statement.file}\n${statement.place}\n${statement.value}`
      const known = spoken.get(key) ?? { statement, addresses: new Set() }
      spoken.set(key, known)
      known.addresses.add(addressText({ ...source, method: '' }))
    }
  }
  if (spoken.size === 0) return html``
  const rows = [...spoken.values()].slice(0, ROWS).map(({ statement, addresses }): Content[] => {
    const members = R.context.ofMembers(addresses.size, campaign.members.length, listed([...addresses], NAMED))
    return [html`${breakable(name(statement.value))}<small>${members}</small>`, ...wordsOf(statement)]
  })
  return block(id, name(campaign.id), rows, spoken.size + more)
}

/** How many files were compared with how many sources, so that silence can be told from no question. */
export function contextSentence(kase: Case, dossiers: readonly Dossier[]): Markup {
  const { context } = kase.settings
  if (!Array.isArray(context) || context.length === 0) return html``
  const spoken = dossiers.filter(({ statementCount }) => statementCount > 0).length
  return paragraph('', R.context.compared(context.length, dossiers.length, spoken))
}

const NOTHING: Statements = { statements: [], statementCount: 0 }

function block(id: string, of: string, rows: readonly Content[][], total: number): Markup {
  const columns = columnsOf(R.context.columns, ['addr', 'prose', 'prose', 'text'])
  return html`<div class="others"><h4>${R.context.title}</h4>
<p>${R.context.intro}</p>
${table(id, R.context.caption(of), columns, rows, { total, more: WORDS.moreInDossiers })}</div>`
}

function wordsOf(statement: Statement): Content[] {
  const { said, form, by, file, place, marking, reference, date } = statement
  const called = statement.name === null ? R.context.form[form] : `${R.context.form[form]}: ${name(statement.name)}`
  const where = [name(file), name(place), ...(marking === null ? [] : [name(marking)])].join(', ')
  return [
    html`${said === null ? R.context.noWords : R.context.quoted(said)}<small>${called ?? ''}</small>`,
    html`${by === null ? R.context.nobody : name(by)}<small>${where}</small>`,
    html`${lines(date === null ? [R.context.noDate] : [name(date)])}${reference === null ? html`` : html`<small>${breakable(name(reference))}</small>`}`,
  ]
}
