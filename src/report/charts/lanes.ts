import { html, type Markup } from '../html-escape.ts'
import type { Generation, SubjectEpisode } from '../report-facts.ts'
import { formatCount, WORDS } from '../words.ts'
import { bar, FONT, fitText, label, line, picture, WIDTH } from './scale.ts'
import { shape } from './scatter.ts'

const LEFT = 170
const RIGHT = 20
const COLUMN = 13
/** Marks above one another before they become a number. */
const STACK = 4

/** A subscriber's story: a lane a generation, a mark an episode, hollow where no answer was seen. */
export function storyChart(
  id: string,
  episodes: readonly SubjectEpisode[],
  generations: readonly Generation[],
  title: string,
  description: string,
): Markup {
  const times = episodes.map(({ firstSeen }) => Date.parse(firstSeen)).filter((ms) => !Number.isNaN(ms))
  const from = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const to = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const span = Math.max(1, to - from)
  const columns = Math.floor((WIDTH - LEFT - RIGHT) / COLUMN)
  const columnOf = (ms: number) =>
    from === to ? Math.floor(columns / 2) : Math.round(((ms - from) / span) * (columns - 1))
  const laneHeights = generations.map((generation) => {
    const counts = new Map<number, number>()
    for (const episode of episodes) {
      if (episode.generation !== generation) continue
      const column = columnOf(Date.parse(episode.firstSeen))
      counts.set(column, (counts.get(column) ?? 0) + 1)
    }
    return 18 + Math.min(STACK + 1, Math.max(1, ...counts.values())) * COLUMN
  })
  let y = 0
  const lanes = generations.map((generation, index) => {
    y += laneHeights[index] ?? 0
    const base = y
    const byColumn = Map.groupBy(
      episodes.filter((episode) => episode.generation === generation && !Number.isNaN(Date.parse(episode.firstSeen))),
      (episode) => columnOf(Date.parse(episode.firstSeen)),
    )
    const marks = [...byColumn].flatMap(([column, stacked]) => {
      const x = LEFT + column * COLUMN + COLUMN / 2
      const shown = stacked
        .slice(0, STACK)
        .map((episode, level) =>
          shape(
            generation,
            x,
            base - 10 - level * COLUMN,
            episode.answered === true ? '' : episode.answered === null ? 'unseen' : 'hollow',
          ),
        )
      const more = stacked.length - STACK
      return more > 0
        ? [...shown, label(x, base - 6 - STACK * COLUMN, `+${formatCount(more)}`, 'quiet', 'middle')]
        : shown
    })
    return html`${line(LEFT, base, WIDTH - RIGHT, base, 'base')}${label(LEFT - 12, base - 6, WORDS.generation[generation], '', 'end')}${marks}`
  })
  const ends =
    from > to
      ? []
      : [from, to].map((ms, index) =>
          label(
            index === 0 ? LEFT : WIDTH - RIGHT,
            y + 18,
            WORDS.formatMinute(new Date(ms).toISOString()),
            'quiet',
            index === 0 ? 'start' : 'end',
          ),
        )
  return picture(id, y + 26, title, description, html`${lanes}${from === to ? ends.slice(0, 1) : ends}`)
}

/** Who was at work when: a bar a member from its first to its last message. */
export function spanChart(
  id: string,
  rows: readonly {
    readonly name: string
    readonly firstSeen: string
    readonly lastSeen: string
    readonly text: string
  }[],
  title: string,
  description: string,
): Markup {
  const left = 300
  const right = 110
  const height = 24
  const times = rows
    .flatMap(({ firstSeen, lastSeen }) => [Date.parse(firstSeen), Date.parse(lastSeen)])
    .filter((ms) => !Number.isNaN(ms))
  const from = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const to = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const span = Math.max(1, to - from)
  const x = (time: string) => left + ((Math.max(from, Date.parse(time) || from) - from) / span) * (WIDTH - left - right)
  const bottom = rows.length * height + 4
  const bars = rows.map(({ name, firstSeen, lastSeen, text }, index) => {
    const y = 4 + index * height
    return html`${label(left - 12, y + FONT + 2, fitText(name, left - 16), '', 'end')}${bar(x(firstSeen), y + 4, Math.max(3, x(lastSeen) - x(firstSeen)), height - 11, 'span')}${label(WIDTH - right + 10, y + FONT + 2, text, 'quiet')}`
  })
  const ends =
    from > to
      ? []
      : [
          label(left, bottom + 18, WORDS.formatMinute(new Date(from).toISOString()), 'quiet'),
          label(WIDTH - right, bottom + 18, WORDS.formatMinute(new Date(to).toISOString()), 'quiet', 'end'),
        ]
  return picture(
    id,
    bottom + 26,
    title,
    description,
    html`${line(left, 2, left, bottom, 'base')}${line(WIDTH - right, 2, WIDTH - right, bottom, 'gridline')}${bars}${ends}`,
  )
}
