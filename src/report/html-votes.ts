import type { Dossier } from '../attribution/dossier.ts'
import { name, networkText } from './describe.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { breakable, columnsOf, table } from './html-parts.ts'
import { formatCount, formatDays, WORDS } from './words.ts'

const R = WORDS.report
const VOTES = 16
const LISTED = 6
/** Changes of tooling told one by one; more are no change but a habit. */
const CHANGES = 3

/** Who each address of a source speaks for, and where they disagree; `id` is the table's. */
export function votesPart(dossier: Dossier, id: string): Markup {
  const rows = dossier.votes
    .slice(0, VOTES)
    .map((vote): Content[] => [
      R.vote[vote.kind] ?? name(vote.kind),
      breakable(name(vote.identifier)),
      networkText(vote.operator, vote.country),
      name(vote.method),
      formatCount(vote.requests),
      vote.sureness.toFixed(2),
    ])
  const shifts = dossier.fingerprintChanges
  const changes =
    shifts.length > CHANGES
      ? [R.toolingAlternates(shifts.length)]
      : shifts.map(({ from, to, at }) => R.toolingChange(name(from), name(to), formatDays(at, at)))
  const sentences = [
    R.dossierTraffic(dossier.requests, dossier.suspicious),
    ...dossier.disagreements.slice(0, LISTED).map(({ why }) => R.disagreement(why)),
    ...(dossier.disagreements.length > LISTED ? [WORDS.more(dossier.disagreements.length - LISTED)] : []),
    ...changes,
    ...dossier.exceptions.slice(0, LISTED).map((reason) => R.exception(reason)),
  ]
  return html`<ul class="notes">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
${rows.length === 0 ? html`` : table(id, R.votesCaption(name(dossier.sourceKey)), columnsOf(R.voteColumns, ['text', 'addr', 'name', 'text', 'num', 'num']), rows, { total: dossier.votes.length, more: WORDS.moreInDossiers })}`
}
