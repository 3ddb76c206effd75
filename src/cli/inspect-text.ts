import type { Inspection } from '../inspect/inspect.ts'
import type { TreeNode } from '../inspect/tree.ts'
import { displayWidth, visibleText } from '../report/visible-text.ts'

/** How the text is to look. */
export interface TextStyle {
  readonly columns: number
  readonly colour: boolean
}

const INDENT = 2
/** Narrower terminals get rows as wide as this, and fold them by themselves. */
const LEAST_COLUMNS = 60
/** Deeper rows are no further to the right, so that values keep some room. */
const MOST_INDENT = 40

const COLOURS: Record<TreeNode['kind'], string> = { layer: '1', field: '', anomaly: '33', fault: '31' }
const RANGE_COLOUR = '2'

/** The tree as text: octets on the left, one row a line, longer values folded under their own beginning. */
export function formatTree({ layers, masked }: Inspection, style: TextStyle): string {
  const width = layers.reduce((most, node) => Math.max(most, widestRange(node)), 0)
  const lines: string[] = []
  for (const layer of layers) addRows(lines, layer, 0, width, style)
  if (masked) lines.push('', 'Identities, and octets that could hold one, are masked; --reveal shows them.')
  return `${lines.join('\n')}\n`
}

function widestRange(node: TreeNode): number {
  return node.children.reduce((most, child) => Math.max(most, widestRange(child)), rangeText(node).length)
}

/** Nothing where no octets say it: what the capture or earlier frames tell. */
function rangeText({ kind, start, end, buffer }: TreeNode): string {
  if (start === end && kind !== 'fault') return ''
  return `${buffer === 0 ? '' : `${buffer}:`}[${start}, ${end})`
}

function addRows(lines: string[], node: TreeNode, depth: number, width: number, style: TextStyle): void {
  const indent = ' '.repeat(Math.min(MOST_INDENT, depth * INDENT))
  const name = visibleText(node.name)
  const value = node.value === null ? '' : visibleText(node.value)
  const gap = value === '' ? '' : node.kind === 'layer' ? '  ' : ': '
  const room = Math.max(LEAST_COLUMNS, style.columns) - width - 2 - indent.length
  const [first = '', ...rest] = fold(`${name}${gap}${value}`, room, INDENT * 2)
  const range = rangeText(node).padStart(width)
  lines.push(`${paint(range, RANGE_COLOUR, style)}  ${indent}${paint(first, COLOURS[node.kind], style)}`)
  const margin = ' '.repeat(width + 2) + indent
  for (const line of rest) lines.push(`${margin}${paint(line, COLOURS[node.kind], style)}`)
  for (const child of node.children) addRows(lines, child, depth + 1, width, style)
}

function paint(text: string, colour: string, { colour: wanted }: TextStyle): string {
  return wanted && colour !== '' ? `\x1b[${colour}m${text}\x1b[0m` : text
}

/** Cuts a text into lines of `columns`, at spaces where there are some; all but the first begin with `margin` spaces. */
function fold(text: string, columns: number, margin: number): string[] {
  const lines: string[] = []
  let rest = text
  let prefix = ''
  while (displayWidth(rest) > columns - prefix.length) {
    const room = columns - prefix.length
    let cut = 0
    let wide = 0
    for (const char of rest) {
      wide += displayWidth(char)
      if (wide > room) break
      cut += char.length
    }
    if (cut === 0) break
    const space = rest.lastIndexOf(' ', cut)
    const at = space > cut / 2 ? space : cut
    lines.push(prefix + rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
    prefix = ' '.repeat(margin)
  }
  if (rest !== '' || lines.length === 0) lines.push(prefix + rest)
  return lines
}
