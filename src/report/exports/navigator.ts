import type { CaseReader } from '../case-reader.ts'
import { name } from '../describe.ts'
import { formatDays, WORDS } from '../words.ts'
import { surveyOf } from './stix-survey.ts'
import { INTELLIGENCE_WORDS as I } from './stix-words.ts'
import { ATTACK_VERSION, techniqueOf } from './techniques.ts'

/** White to a dark blue that print and colour-blind eyes keep apart. */
const COLOURS = ['#ffffff', '#08519c'] as const
const DETECTORS_NAMED = 20

/**
 * A case as a layer of the ATT&CK Navigator, mobile domain: the score of a technique is the number of findings that name
 * it. Techniques of MoTIF and FiGHT, which the Navigator does not know, are counted in the layer's metadata.
 * Source: mitre-attack/attack-navigator, layer format 4.5.
 */
export async function* renderNavigator(reader: CaseReader): AsyncGenerator<string> {
  const { facts } = reader
  const { techniques } = await surveyOf(reader)
  const rows = [...techniques]
    .flatMap(([id, { findings, detectors }]) => {
      const technique = techniqueOf(id)
      return technique === null ? [] : [{ ...technique, findings, detectors: [...detectors].sort() }]
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const scored = rows.filter(({ framework }) => framework === 'mitre-attack')
  const layer = {
    name: I.layerName(formatDays(facts.firstSeen, facts.lastSeen)),
    versions: { attack: ATTACK_VERSION.replace(/\..*/, ''), navigator: '5.1.0', layer: '4.5' },
    domain: 'mobile-attack',
    description: I.layerText,
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    hideDisabled: false,
    techniques: scored.map(({ id, findings, detectors, url }) => ({
      techniqueID: id,
      score: findings,
      comment: I.layerScore(findings, detectors.slice(0, DETECTORS_NAMED).map(name)),
      enabled: true,
      showSubtechniques: true,
      links: [{ label: 'ATT&CK', url }],
    })),
    gradient: {
      colors: COLOURS,
      minValue: 0,
      maxValue: scored.reduce((most, { findings }) => Math.max(most, findings), 1),
    },
    metadata: [
      { name: 'program', value: `${facts.program.name} ${name(facts.program.version)}` },
      { name: 'findings', value: String(facts.findings) },
      ...rows
        .filter(({ framework }) => framework !== 'mitre-attack')
        .map(({ id, name: title, findings }) => ({ name: `${id} ${title}`, value: WORDS.findings(findings) })),
    ],
  }
  yield `${JSON.stringify(layer, null, 2)}\n`
}
