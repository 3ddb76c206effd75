import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A small JSON Schema checker for the tests: the keywords that the OASIS schemas of STIX 2.1 use. Source: draft 2020-12. */

type Json = Readonly<Record<string, unknown>>
/** Schemas by `$id`. */
export type Schemas = ReadonlyMap<string, Json>

/** Every schema under a folder. Throws on a schema with a keyword this checker does not know. */
export function loadSchemas(folder: string): Schemas {
  const schemas = new Map<string, Json>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.json')) continue
    const schema: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    if (isObject(schema)) schemas.set(String(schema.$id), schema)
  }
  return schemas
}

/** What in `value` is against the schema whose `$id` ends with `name`: one sentence each, none when it is valid. */
export function violations(schemas: Schemas, name: string, value: unknown): string[] {
  const root = [...schemas].find(([id]) => id.endsWith(name))
  if (root === undefined) throw new Error(`no schema ${name}`)
  return [...check({ schemas, base: root[0] }, root[1], value, '')]
}

interface Place {
  readonly schemas: Schemas
  readonly base: string
}

const KNOWN = new Set(
  `$id $schema $ref title description definitions format type enum const pattern minLength maxLength minimum maximum
  items minItems contains properties patternProperties additionalProperties propertyNames minProperties required
  allOf anyOf oneOf not if then`.split(/\s+/),
)

function* check(place: Place, schema: unknown, value: unknown, path: string): Generator<string> {
  if (schema === false) yield `${path}: not allowed`
  if (!isObject(schema)) return
  for (const key of Object.keys(schema)) if (!KNOWN.has(key)) throw new Error(`unknown keyword ${key} in ${place.base}`)
  if (typeof schema.$ref === 'string') yield* checkRef(place, schema.$ref, value, path)
  if (schema.type !== undefined && !isOfType(String(schema.type), value)) yield `${path}: not of type ${schema.type}`
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) yield `${path}: none of ${schema.enum.join(', ')}`
  if (schema.const !== undefined && schema.const !== value) yield `${path}: not ${String(schema.const)}`
  if (typeof value === 'string') yield* checkText(schema, value, path)
  if (typeof value === 'number') yield* checkNumber(schema, value, path)
  if (Array.isArray(value)) yield* checkList(place, schema, value, path)
  else if (isObject(value)) yield* checkObject(place, schema, value, path)
  yield* checkCombined(place, schema, value, path)
}

function* checkRef(place: Place, ref: string, value: unknown, path: string): Generator<string> {
  const url = new URL(ref, place.base)
  const [, fragment = ''] = url.href.split('#')
  url.hash = ''
  let target: unknown = place.schemas.get(url.href)
  for (const step of fragment.split('/').slice(1)) target = isObject(target) ? target[step] : undefined
  if (target === undefined) throw new Error(`no ${ref} from ${place.base}`)
  yield* check({ ...place, base: url.href }, target, value, path)
}

function* checkText(schema: Json, value: string, path: string): Generator<string> {
  if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern).test(value)) yield `${path}: pattern`
  if (typeof schema.minLength === 'number' && value.length < schema.minLength) yield `${path}: too short`
  if (typeof schema.maxLength === 'number' && value.length > schema.maxLength) yield `${path}: too long`
  if (schema.format === 'uri' && !URL.canParse(value)) yield `${path}: no URI`
}

function* checkNumber(schema: Json, value: number, path: string): Generator<string> {
  if (typeof schema.minimum === 'number' && value < schema.minimum) yield `${path}: too small`
  if (typeof schema.maximum === 'number' && value > schema.maximum) yield `${path}: too large`
}

function* checkList(place: Place, schema: Json, value: readonly unknown[], path: string): Generator<string> {
  if (typeof schema.minItems === 'number' && value.length < schema.minItems) yield `${path}: too few items`
  if (schema.items !== undefined)
    for (const [index, item] of value.entries()) yield* check(place, schema.items, item, `${path}/${index}`)
  if (schema.contains !== undefined && !value.some((item) => isValid(place, schema.contains, item)))
    yield `${path}: contains`
}

function* checkObject(place: Place, schema: Json, value: Json, path: string): Generator<string> {
  if (typeof schema.minProperties === 'number' && Object.keys(value).length < schema.minProperties)
    yield `${path}: too few properties`
  for (const key of listOf(schema.required)) if (!(String(key) in value)) yield `${path}: no ${String(key)}`
  const properties = isObject(schema.properties) ? schema.properties : {}
  const patterns = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {})
  for (const [key, child] of Object.entries(value)) {
    const at = `${path}/${key}`
    const matching = patterns.filter(([pattern]) => new RegExp(pattern).test(key))
    if (key in properties) yield* check(place, properties[key], child, at)
    for (const [, part] of matching) yield* check(place, part, child, at)
    if (schema.additionalProperties === false && !(key in properties) && matching.length === 0)
      yield `${at}: not a property`
    if (schema.propertyNames !== undefined) yield* check(place, schema.propertyNames, key, at)
  }
}

function* checkCombined(place: Place, schema: Json, value: unknown, path: string): Generator<string> {
  for (const part of listOf(schema.allOf)) yield* check(place, part, value, path)
  if (schema.anyOf !== undefined && !listOf(schema.anyOf).some((part) => isValid(place, part, value)))
    yield `${path}: anyOf`
  if (schema.oneOf !== undefined && listOf(schema.oneOf).filter((part) => isValid(place, part, value)).length !== 1)
    yield `${path}: oneOf`
  if (schema.not !== undefined && isValid(place, schema.not, value)) yield `${path}: not`
  if (schema.if !== undefined && isValid(place, schema.if, value)) yield* check(place, schema.then, value, path)
}

function isValid(place: Place, schema: unknown, value: unknown): boolean {
  return check(place, schema, value, '').next().done === true
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
