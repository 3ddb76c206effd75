import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DARK, LIGHT, STYLE } from './style.ts'

/** Relative luminance of `#rrggbb`. Source: WCAG 2.2, definition of relative luminance. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

for (const [scheme, colours] of Object.entries({ light: LIGHT, dark: DARK })) {
  test(`text of the ${scheme} scheme reaches 4.5:1`, () => {
    const pairs: [keyof typeof LIGHT, keyof typeof LIGHT][] = [
      ['ink', 'paper'],
      ['ink', 'raised'],
      ['quiet', 'paper'],
      ['quiet', 'raised'],
      ['accent', 'paper'],
      ['criticalInk', 'criticalBack'],
      ['highInk', 'highBack'],
      ['mediumInk', 'mediumBack'],
      ['lowInk', 'lowBack'],
      ['infoInk', 'infoBack'],
    ]
    for (const [front, back] of pairs) {
      const ratio = contrast(colours[front], colours[back])
      assert.ok(ratio >= 4.5, `${front} on ${back}: ${ratio.toFixed(2)}`)
    }
  })

  test(`severities of the ${scheme} scheme keep their order in grey`, () => {
    const away = (['criticalBack', 'highBack', 'mediumBack', 'lowBack'] as const).map((name) =>
      contrast(colours[name], colours.paper),
    )
    assert.deepEqual(
      away,
      away.toSorted((a, b) => b - a),
    )
  })
}

test('the style sheet fetches nothing and cannot close its element', () => {
  assert.doesNotMatch(STYLE, /url\(|@import|<|:\/\//)
})
