import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pad, textTable, wrapText } from './text-table.ts'
import { displayWidth } from './visible-text.ts'

test('columns are aligned, wide characters included, without blanks at the end', () => {
  const columns = [
    { title: 'Name', align: 'left' },
    { title: 'N', align: 'right' },
  ] as const
  assert.deepEqual(
    textTable(
      columns,
      [
        ['示例', '1'],
        ['abcdef', '20'],
      ],
      80,
    ),
    [['Name     N'], ['示例     1'], ['abcdef  20']],
  )
})

test('the widest flexible column gives way: cut, or wrapped', () => {
  const rows = [['abcdefghij', 'one two three four']]
  const cut = textTable(
    [
      { title: 'A', align: 'left' },
      { title: 'B', align: 'left', flexible: 'cut' },
    ],
    rows,
    24,
  )
  assert.deepEqual(cut[1], ['abcdefghij  one two thr…'])
  const wrapped = textTable(
    [
      { title: 'A', align: 'left' },
      { title: 'B', align: 'left', flexible: 'wrap' },
    ],
    rows,
    24,
  )
  assert.deepEqual(wrapped[1], ['abcdefghij  one two', '            three four'])
})

test('cells are made visible', () => {
  assert.deepEqual(textTable([{ title: '', align: 'left' }], [['\x1b]0;x\x07']], 80)[1], ['\\x1b]0;x\\x07'])
})

test('wrapped lines fit, keep every word and cut words that are too long', () => {
  assert.deepEqual(wrapText('one two three', 9, '- ', '  '), ['- one two', '  three'])
  assert.deepEqual(wrapText('abcdefgh ij', 4, '', ''), ['abcd', 'efgh', 'ij'])
  for (const line of wrapText('示例移动通信 示例', 5, '', '')) assert.ok(displayWidth(line) <= 5)
})

test('padding cuts and fills to the column', () => {
  assert.equal(pad('ab', 4, 'right'), '  ab')
  assert.equal(pad('abcdef', 4, 'left'), 'abc…')
})
