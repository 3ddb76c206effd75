import { LIMITS } from '../limits.ts'

/** An element of an XML document; attributes, comments and instructions are left out. */
export interface XmlElement {
  /** Without namespace prefix. */
  readonly name: string
  /** Line of its start tag, from 1. */
  readonly line: number
  /** Its own text, blanks at both ends dropped. */
  text: string
  readonly children: XmlElement[]
}

/** Why a text is no XML document that is read here. */
export interface XmlFault {
  readonly line: number
  readonly wrong: string
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g
const LARGEST_CODE_POINT = 0x10ffff

/**
 * Reads an XML document into elements, in one pass. Elements named in `skipped` are left out with all they hold. A
 * document type declaration is refused, so that nothing can expand; an entity of another name than the five stays as it
 * stands. Depth and number of elements are bounded by `LIMITS`.
 * Source: W3C XML 1.0 (fifth edition) §2, §3.1, §4.1, §4.6; Namespaces in XML 1.0 §4.
 */
export function parseXml(text: string, skipped: ReadonlySet<string>): XmlElement | XmlFault {
  const open: XmlElement[] = []
  let root: XmlElement | null = null
  let [position, counted, line, count] = [0, 0, 1, 0]
  while (true) {
    const start = text.indexOf('<', position)
    const parent = open.at(-1)
    if (parent !== undefined) parent.text += decode(text.slice(position, start < 0 ? text.length : start))
    if (start < 0) break
    line += countLines(text, counted, start)
    counted = start
    const end = endOfMarkup(text, start)
    if (end < 0) return { line, wrong: 'The file ends inside a tag or comment.' }
    position = end
    if (text.startsWith('<!', start)) {
      if (text.startsWith('<![CDATA[', start)) {
        if (parent !== undefined) parent.text += text.slice(start + 9, end - 3)
      } else if (!text.startsWith('<!--', start)) {
        return { line, wrong: 'The file has a document type declaration, which is not read here; remove it.' }
      }
      continue
    }
    if (text.startsWith('<?', start)) continue
    const name = localName(text, start + 1, end)
    if (text.charAt(start + 1) === '/') {
      if (parent === undefined || parent.name !== name) return { line, wrong: 'An end tag closes nothing.' }
      parent.text = parent.text.trim()
      open.pop()
      continue
    }
    if (parent === undefined && root !== null) return { line, wrong: 'The file has a second outermost element.' }
    if (++count > LIMITS.xmlElements) return { line, wrong: `The file has over ${LIMITS.xmlElements} elements.` }
    if (open.length >= LIMITS.xmlDepth) return { line, wrong: `Elements are nested over ${LIMITS.xmlDepth} deep.` }
    const element: XmlElement = { name, line, text: '', children: [] }
    root ??= element
    if (!skipped.has(name)) parent?.children.push(element)
    if (text.charAt(end - 2) !== '/') open.push(element)
  }
  const last = open.at(-1)
  if (last !== undefined) return { line: last.line, wrong: 'The file ends before this element does.' }
  return root ?? { line: 1, wrong: 'The file holds no XML element.' }
}

/** The position after the markup that begins at `start`; -1 where it does not end. */
function endOfMarkup(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4)
  if (text.startsWith('<![CDATA[', start)) return after(text, ']]>', start + 9)
  if (text.startsWith('<?', start)) return after(text, '?>', start + 2)
  let quoteMark = ''
  for (let i = start + 1; i < text.length; i++) {
    const character = text.charAt(i)
    if (quoteMark !== '') {
      if (character === quoteMark) quoteMark = ''
    } else if (character === '"' || character === "'") quoteMark = character
    else if (character === '>') return i + 1
  }
  return -1
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length
}

/** The name in a tag, without the prefix of its namespace. */
function localName(text: string, start: number, end: number): string {
  const first = text.charAt(start) === '/' ? start + 1 : start
  let last = first
  while (last < end && !/[\s/>]/.test(text.charAt(last))) last++
  const name = text.slice(first, last)
  return name.slice(name.lastIndexOf(':') + 1)
}

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (reference, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? reference
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
    return code <= LARGEST_CODE_POINT ? String.fromCodePoint(code) : reference
  })
}

function countLines(text: string, start: number, end: number): number {
  let lines = 0
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === 10) lines++
  return lines
}
