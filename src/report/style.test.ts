import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GENERATION_FILLS, LIGHT, STYLE } from './style.ts'

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

test('text reaches 4.5:1', () => {
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
    const ratio = contrast(LIGHT[front], LIGHT[back])
    assert.ok(ratio >= 4.5, `${front} on ${back}: ${ratio.toFixed(2)}`)
  }
})

test('the shades of the matrix carry their numbers', () => {
  const shades = [...STYLE.matchAll(/\.shade-\d\{background:(#[0-9a-f]{6})(;color:#fff)?\}/g)]
  assert.equal(shades.length, 5)
  for (const [, back = '', white] of shades) {
    assert.ok(contrast(back, white === undefined ? LIGHT.ink : '#ffffff') >= 4.5, back)
  }
})

test('severities keep their order in grey', () => {
  const away = (['criticalBack', 'highBack', 'mediumBack', 'lowBack'] as const).map((name) =>
    contrast(LIGHT[name], LIGHT.paper),
  )
  assert.deepEqual(
    away,
    away.toSorted((a, b) => b - a),
  )
})

test('generations are told apart in grey: each fill is clearly lighter than the one before', () => {
  const fills = Object.values(GENERATION_FILLS)
  for (const [index, fill] of fills.entries()) {
    const before = fills[index - 1]
    if (before !== undefined) {
      assert.ok(luminance(fill) > luminance(before), fill)
      assert.ok(contrast(fill, before) >= 1.25, `${before} and ${fill}: ${contrast(fill, before).toFixed(2)}`)
    }
  }
})

test('the style sheet fetches nothing and cannot close its element', () => {
  assert.doesNotMatch(STYLE, /url\(|@import|<|:\/\//)
})
