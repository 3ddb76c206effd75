import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { closest, type Located, type Place, ProblemList, quote } from './problem.ts'

/** An entry of a mapping: the place of its key, and its value. */
export interface Entry {
  readonly key: string
  readonly place: Place
  readonly value: Value
}

/** A value in a YAML file; `node` is null where nothing stands after the key. */
export interface Value {
  readonly node: Node | null
  readonly place: Place
  /** How messages name it: `home.plmns`. */
  readonly path: string
}

/** A whole number that reads back to the very digits that were written. */
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,14})$/
/** YAML problems follow from each other; the first ones tell. */
const SYNTAX_PROBLEMS = 5

/**
 * A YAML file with the places of its values, read once and asked by shape. What does not have the shape becomes a
 * problem in `problems`, and the answer is null or leaves it out.
 */
export class YamlFile {
  readonly problems = new ProblemList()
  private readonly file: string
  private readonly lines = new LineCounter()
  readonly root: Value | null

  /** Source: YAML 1.2.2, core schema. Aliases are refused, as a few of them can stand for gigabytes. */
  constructor(file: string, text: string) {
    this.file = file
    const document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, uniqueKeys: false })
    for (const { pos, code, message } of [...document.errors, ...document.warnings].slice(0, SYNTAX_PROBLEMS)) {
      const what = code === 'RESOURCE_EXHAUSTION' ? 'it is nested too deeply' : (message.split('\n')[0] ?? '')
      this.fail(this.placeAt(pos[0]), `This is not valid YAML: ${what.replace(/[.:]?$/, '.')} Correct the file here.`)
    }
    const start = this.placeAt(0)
    this.root = this.problems.count > 0 ? null : { node: document.contents, place: start, path: '' }
  }

  fail(place: Place, message: string): null {
    this.problems.add(place, message)
    return null
  }

  /** The entries of a mapping; unknown and repeated keys are problems. `known` null allows any key. */
  entries(value: Value, known: readonly string[] | null): Map<string, Entry> | null {
    if (!isMap(value.node)) return this.wrongType(value, 'a mapping of keys and values')
    const entries = new Map<string, Entry>()
    for (const pair of value.node.items as Pair<Node | null, Node | null>[]) {
      const place = this.placeOf(pair.key, value.place)
      const key = isScalar(pair.key) ? String(pair.key.value) : null
      const path = value.path === '' ? (key ?? '') : `${value.path}.${key}`
      const where = value.path === '' ? 'at the top of the file' : `under ${value.path}`
      if (key === null) this.fail(place, `A key ${where} is not a plain word; write one word before the colon.`)
      else if (known !== null && !known.includes(key)) {
        const near = this.problems.isFull ? null : closest(key, known)
        const hint = near === null ? `Known keys are ${known.join(', ')}.` : `Did you mean ${quote(near)}?`
        this.fail(place, `The key ${quote(key)} is not known ${where}. ${hint}`)
      } else if (entries.has(key)) {
        const first = entries.get(key)?.place.line
        this.fail(place, `The key ${quote(key)} stands twice ${where}, first in line ${first}; keep one of them.`)
      } else entries.set(key, { key, place, value: { node: pair.value, place: this.placeOf(pair.value, place), path } })
    }
    return entries
  }

  /** The items of a list; an empty value is an empty list. */
  items(value: Value): Value[] {
    if (isNothing(value.node)) return []
    if (!isSeq(value.node)) {
      this.wrongType(value, 'a list, with each item after "- " or all between "[" and "]"')
      return []
    }
    return (value.node.items as (Node | null)[]).map((node, index) => ({
      node,
      place: this.placeOf(node, value.place),
      path: `${value.path}[${index + 1}]`,
    }))
  }

  /** Text, or digits written as a number that keeps every one of them. */
  text(value: Value): Located<string> | null {
    const { node, place, path } = value
    if (isScalar(node) && typeof node.value === 'string' && node.value !== '') return { value: node.value, place }
    if (isScalar(node) && typeof node.value === 'number') {
      const source = node.source ?? ''
      if (PLAIN_NUMBER.test(source)) return { value: source, place }
      return this.fail(
        place,
        `${path} is written as the number ${quote(source)}, which YAML readers take for ${node.value}; put it in quotes: "${source.slice(0, 40)}".`,
      )
    }
    if (isNothing(node) || (isScalar(node) && node.value === '')) {
      return this.fail(place, `${path} is empty; write its value, or remove the key.`)
    }
    if (isScalar(node)) {
      return this.fail(
        place,
        `${path} is read as ${typeof node.value}, not as text; put it in quotes: "${node.source}".`,
      )
    }
    return this.wrongType(value, 'a single text')
  }

  /** A number, text or boolean as it stands. */
  scalar(value: Value): string | number | boolean | null {
    const { node } = value
    if (isScalar(node)) {
      if (typeof node.value === 'number' && Number.isFinite(node.value)) return node.value
      if (typeof node.value === 'string' || typeof node.value === 'boolean') return node.value
    }
    return this.wrongType(value, 'a number, a text, true or false')
  }

  /** A number of 0 or more. */
  quantity(value: Value): number | null {
    const { node } = value
    if (!isScalar(node)) return this.wrongType(value, 'a number')
    if (typeof node.value === 'number' && Number.isFinite(node.value) && node.value >= 0) return node.value
    return this.fail(value.place, `${value.path} is ${quote(node.source ?? '')}; write a number of 0 or more.`)
  }

  /** Mappings, lists and scalars as plain objects, arrays and values; null with a problem for aliases and the like. */
  plain(value: Value): unknown {
    if (isNothing(value.node)) return null
    if (isSeq(value.node)) return this.items(value).map((item) => this.plain(item))
    if (!isMap(value.node)) return this.scalar(value)
    const entries = [...(this.entries(value, null)?.values() ?? [])]
    return Object.freeze(Object.fromEntries(entries.map((entry) => [entry.key, this.plain(entry.value)])))
  }

  hasKey(value: Value, key: string): boolean {
    return isMap(value.node) && value.node.has(key)
  }

  isList(value: Value): boolean {
    return isSeq(value.node)
  }

  isEmpty(value: Value): boolean {
    return isNothing(value.node)
  }

  private wrongType({ node, place, path }: Value, wanted: string): null {
    const what = path === '' ? 'The file' : path
    if (isAlias(node)) {
      const name = (node as Alias).source
      return this.fail(place, `${what} refers to ${quote(`*${name}`)}; aliases are not read here, write the value out.`)
    }
    const found = isMap(node) ? 'a mapping' : isSeq(node) ? 'a list' : isNothing(node) ? 'empty' : 'a single value'
    return this.fail(place, `${what} is ${found}, but must be ${wanted}.`)
  }

  private placeOf(node: Node | null, fallback: Place): Place {
    return node?.range ? this.placeAt(node.range[0]) : fallback
  }

  private placeAt(offset: number): Place {
    const { line, col } = this.lines.linePos(offset)
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) }
  }
}

function isNothing(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}
