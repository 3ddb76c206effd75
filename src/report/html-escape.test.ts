import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../limits.ts'
import { escapeHtml, html, toHtml, trusted } from './html-escape.ts'

test('markup characters become entities', () => {
  assert.equal(escapeHtml(`<a href="x" title='y'>&`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
})

test('no text yields a tag, an attribute end or an open entity', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', '!', '-', ' ', '=', '\0') }),
  )
  fc.assert(
    fc.property(hostile, (text) => {
      assert.doesNotMatch(escapeHtml(text), /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
    }),
  )
})

test('long text is cut before it is escaped', () => {
  const text = escapeHtml('<'.repeat(LIMITS.reportTextColumns * 2))
  assert.equal(text, `${'&lt;'.repeat(LIMITS.reportTextColumns - 1)}…`)
})

test('a template escapes text, and keeps pieces and lists of pieces', () => {
  const items = ['<b>', 'c'].map((item) => html`<li>${item}</li>`)
  assert.equal(toHtml(html`<ul>${items}</ul>${3}${trusted('<hr>')}`), '<ul><li>&lt;b&gt;</li><li>c</li></ul>3<hr>')
})
