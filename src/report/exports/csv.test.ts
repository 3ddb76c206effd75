import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvRecord } from './csv.ts'

test('cells are quoted where they must be, and none is a formula', () => {
  for (const [cells, record] of [
    [['a', 1, null, true], 'a,1,,true\n'],
    [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"\n'],
    [['=1+1', '+1', '-1', '@x', '\tx'], "'=1+1,'+1,'-1,'@x,'\tx\n"],
    [['=HYPERLINK("x","y")'], `"'=HYPERLINK(""x"",""y"")"\n`],
    [[-1, 'a=b', ''], '-1,a=b,\n'],
  ] as const) {
    assert.equal(csvRecord(cells), record)
  }
})
