import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs } from '../bytes/bytes.vectors.ts'
import { LIMITS } from '../limits.ts'
import { parseXml, type XmlElement } from './xml.ts'

const NOTHING = new Set<string>()

/** Elements as nested arrays: name, text, children. */
function plain({ name, text, children }: XmlElement): unknown[] {
  return [name, text, ...children.map(plain)]
}

function read(text: string, skipped: ReadonlySet<string> = NOTHING): unknown {
  const result = parseXml(text, skipped)
  return 'wrong' in result ? [result.line, result.wrong] : plain(result)
}

/** Text, elements. */
const DOCUMENTS = [
  ['<a/>', ['a', '']],
  ['<a></a>', ['a', '']],
  [
    '\ufeff<?xml version="1.0"?>\n<x:a xmlns:x="u:n">\n <x:b n="a>b" m=\'"/>\'> t </x:b>\n</x:a>\n',
    ['a', '', ['b', 't']],
  ],
  ['<a><!-- <b/> --><![CDATA[<&x;]]>&amp;&lt;&gt;&quot;&apos;</a>', ['a', `<&x;&<>"'`]],
  ['<a>&#65;&#x42;&nbsp;&#xffffff;&</a>', ['a', 'AB&nbsp;&#xffffff;&']],
  ['<a><b>1</b><b>2</b><c /></a>', ['a', '', ['b', '1'], ['b', '2'], ['c', '']]],
  ['<a/><!-- end -->', ['a', '']],
] as const

for (const [text, elements] of DOCUMENTS) {
  test(`${JSON.stringify(text.slice(0, 40))} is read`, () => assert.deepEqual(read(text), elements))
}

/** Text, line, part of what is wrong. */
const FAULTS = [
  ['', 1, 'no XML element'],
  ['text', 1, 'no XML element'],
  ['<a>', 1, 'ends before'],
  ['<a>\n<b>\n</b>', 1, 'ends before'],
  ['<a>\n<b>\n</a>', 3, 'closes nothing'],
  ['</a>', 1, 'closes nothing'],
  ['<a/>\n<b/>', 2, 'second outermost'],
  ['<a/>\n</a>', 2, 'closes nothing'],
  ['<a', 1, 'ends inside'],
  ['<a b="></a>', 1, 'ends inside'],
  ['<a><!-- </a>', 1, 'ends inside'],
  ['<a><![CDATA[ </a>', 1, 'ends inside'],
  ['<?xml', 1, 'ends inside'],
  ['\n<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', 2, 'document type declaration'],
  ['<!doctype a><a/>', 1, 'document type declaration'],
  [`${'<a>'.repeat(LIMITS.xmlDepth + 1)}`, 1, 'nested over'],
  [`<a>${'<b/>'.repeat(LIMITS.xmlElements)}</a>`, 1, 'elements'],
] as const

for (const [text, line, part] of FAULTS) {
  test(`${JSON.stringify(text.slice(0, 40))} is refused in line ${line}`, () => {
    const result = parseXml(text, NOTHING)
    assert.ok('wrong' in result)
    assert.equal(result.line, line)
    assert.ok(result.wrong.includes(part), result.wrong)
  })
}

test('lines count from 1, over text, comments and tags', () => {
  const root = parseXml('<!--\n-->\n<a\n x="\n">\n<b/>\n<c/></a>', NOTHING)
  assert.ok('children' in root)
  assert.deepEqual([root.line, ...root.children.map((child) => child.line)], [3, 6, 7])
})

test('skipped elements are left out with all they hold', () => {
  assert.deepEqual(read('<a><s><b>1</b></s><s/><b>2</b></a>', new Set(['s'])), ['a', '', ['b', '2']])
})

test('every beginning of a document is refused, or its blanks at the end are cut', () => {
  const text = '<?xml version="1.0"?><a b="c"><d>x&amp;y</d><!-- e --><f/><![CDATA[g]]></a>'
  for (let end = 0; end < text.length; end++) assert.ok('wrong' in parseXml(text.slice(0, end), NOTHING), String(end))
})

test('any text has an answer', () => {
  const pieces = fc.constantFrom(
    '<a>',
    '</a>',
    '<b/>',
    '<',
    '>',
    '"',
    '&',
    ';',
    '&#1;',
    '<!--',
    '-->',
    '<![CDATA[',
    'x\n',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const result = parseXml(parts.join(''), NOTHING)
      assert.ok('wrong' in result || result.line >= 1)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('twice the document takes about twice the time', async () => {
  for (const piece of ['<b>text</b>', '&amp; text', '<!-- x -->', '<b c="d"/>']) {
    await assertLinear((times) => {
      const text = `<a>${piece.repeat(20_000 * times)}</a>`
      return costUs(() => {
        parseXml(text, NOTHING)
      })
    }, piece)
  }
})
