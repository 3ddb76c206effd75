/** The rows of a reference table: a row a line, columns parted by `separator`, `#` before a remark. */
export function parseTable(text: string, separator: string): string[][] {
  const rows: string[][] = []
  for (const line of text.split('\n')) {
    if (line !== '' && !line.startsWith('#')) rows.push(line.split(separator))
  }
  return rows
}
