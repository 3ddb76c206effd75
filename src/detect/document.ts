import type { Detector, Threshold } from './detector.ts'

/** docs/detectors.md: what every detector sees and why, in Markdown. */
export function detectorPage(detectors: readonly Detector[]): string {
  const contents = detectors.map(({ id, title }) => `- [${id}](#${id.toLowerCase()}) ${title}`)
  return `${[
    '# Detectors',
    'Written by `node scripts/write-detector-docs.ts` from the detectors themselves. A detector judges each request it concerns with one of three outcomes: it passes, it is a finding, or a field is unavailable; the third is counted and told as well. The rules follow public descriptions of signalling security and the specifications named.',
    contents.join('\n'),
    ...detectors.map(detectorSection),
  ].join('\n\n')}\n`
}

function detectorSection(detector: Detector): string {
  const { id, title, severity, version, explanation, operations, techniques, benign, unavailable } = detector
  const { example, thresholds = [] } = detector
  const rows = [
    `- Class: ${detector.class}. Severity: ${severity}. Version ${version}.`,
    `- Judges: ${operations === 'any' ? 'every request' : operations.join(', ')}.`,
    `- Techniques: ${techniques.join(', ')}.`,
  ]
  return [
    `## ${id}`,
    `**${title}**`,
    explanation,
    rows.join('\n'),
    ...(example === undefined ? [] : [`For example: ${example}`]),
    ...(thresholds.length === 0
      ? []
      : [`Thresholds, under \`thresholds: { ${id}: … }\` in network.yaml:`, thresholdRows(thresholds)]),
    'Innocent explanations to rule out:',
    list(benign),
    ...(unavailable.length === 0
      ? ['It needs nothing but the message itself.']
      : ['Not checked where this is unavailable:', list(unavailable)]),
  ].join('\n\n')
}

function thresholdRows(thresholds: readonly Threshold[]): string {
  return list(thresholds.map(({ name, default: value, unit, meaning }) => `\`${name}\` (${value} ${unit}): ${meaning}`))
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}
