import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clipText, displayWidth, visibleText } from './visible-text.ts'

test('control characters, direction overrides and separators become their codes', () => {
  assert.equal(visibleText('a\x1b[31mb\x00\n\x9b'), 'a\\x1b[31mb\\x00\\x0a\\x9b')
  assert.equal(visibleText('\u202egpj\u2066\u200b\ufeff\u2028'), '\\u{202e}gpj\\u{2066}\\u{200b}\\u{feff}\\u{2028}')
  assert.equal(visibleText('\ud800x'), '\\u{d800}x')
  assert.equal(visibleText('Österreich 示例 😀'), 'Österreich 示例 😀')
})

test('what comes out holds nothing a terminal obeys, and stays as it is the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visibleText(text)
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
      assert.equal(visibleText(shown), shown)
    }),
  )
})

test('width counts wide characters twice and combining marks not at all', () => {
  assert.equal(displayWidth('abc'), 3)
  assert.equal(displayWidth('示例'), 4)
  assert.equal(displayWidth('e\u0301'), 1)
  assert.equal(displayWidth('😀'), 2)
})

test('clipped text fits, and says that it was clipped', () => {
  assert.equal(clipText('abcdef', 6), 'abcdef')
  assert.equal(clipText('abcdefg', 6), 'abcde…')
  assert.equal(clipText('示例移动', 6), '示例…')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (text, columns) => {
      assert.ok(displayWidth(clipText(visibleText(text), columns)) <= columns)
    }),
  )
})

test('stacked marks without end are cut as well', () => {
  assert.ok(clipText(`e${'\u0301'.repeat(10_000)}`, 10).length <= 21)
})
