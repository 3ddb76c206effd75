import { BerReader, berTag, decodeInteger, TAG_CLASS } from '../bytes/ber.ts'
import { Fault } from '../bytes/fault.ts'
import { formatHex } from '../bytes/tbcd.ts'
import { LIMITS } from '../limits.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { ANSI_PACKAGES, decodeAnsiTcap } from '../signalling/ss7/ansi/ansi-tcap.ts'
import { ansiMapOperationName } from '../signalling/ss7/ansi/operations.ts'
import { parseMapContext } from '../signalling/ss7/map/application-contexts.ts'
import { decodeMapArgument } from '../signalling/ss7/map/map.ts'
import { isInContext, mapOperationName } from '../signalling/ss7/map/operations.ts'
import type { SccpUnitdata } from '../signalling/ss7/sccp.ts'
import { decodeTcap, isAnsiTcap, type TcapComponent } from '../signalling/ss7/tcap.ts'
import type { TcapUser } from '../signalling/ss7/tcap-user.ts'
import { addArgument } from './argument.ts'
import { applicationContextName, objectIdentifierText, type ValueContext } from './argument-values.ts'
import type { MessageWay } from './short-message.ts'
import type { DialogueFacts, Passage, Ss7History } from './ss7-history.ts'
import {
  argumentSchema,
  DIALOGUE_PORTION,
  errorName,
  errorSchema,
  operationName,
  resultSchema,
} from './tcap-schemas.ts'
import type { Branch } from './tree.ts'
import { hexValue, type Names, named, withName } from './values.ts'

const APPLICATION = (number: number): number => berTag(TAG_CLASS.application, number)
const OTID = APPLICATION(8)
const DTID = APPLICATION(9)
const P_ABORT_CAUSE = APPLICATION(10)
const DIALOGUE = APPLICATION(11)
const COMPONENTS = APPLICATION(12)
const INTEGER = berTag(TAG_CLASS.universal, 2)
const OBJECT_IDENTIFIER = berTag(TAG_CLASS.universal, 6)
const SEQUENCE = berTag(TAG_CLASS.universal, 16)
const LINKED_ID = berTag(TAG_CLASS.context, 0)

/** Source: ITU-T Q.773 §4.2.1.4. */
const ABORT_CAUSES = [
  'unrecognized message type',
  'unrecognized transaction identifier',
  'badly formatted transaction portion',
  'incorrect transaction portion',
  'resource limitation',
]
/** Problems by context tag and code. Source: ITU-T Q.773 §4.2.2.6. */
const PROBLEM_KINDS = ['general', 'invoke', 'return result', 'return error']
const PROBLEMS: readonly (readonly string[])[] = [
  ['unrecognized component', 'mistyped component', 'badly structured component'],
  [
    'duplicate invoke identifier',
    'unrecognized operation',
    'mistyped parameter',
    'resource limitation',
    'initiating release',
    'unrecognized linked identifier',
    'linked response unexpected',
    'unexpected linked operation',
  ],
  ['unrecognized invoke identifier', 'return result unexpected', 'mistyped parameter'],
  [
    'unrecognized invoke identifier',
    'return error unexpected',
    'unrecognized error',
    'unexpected error',
    'mistyped parameter',
  ],
]
const NO_MESSAGE: ValueContext = { message: null, holdsText: false }
const USERS: Record<TcapUser, string> = { map: 'MAP', cap: 'CAP', inap: 'INAP' }
const MT_FORWARD_SM = 44
const MO_FORWARD_SM = 46

/** Octets of one component. */
interface Place {
  readonly start: number
  readonly end: number
}

/** Adds the TCAP message in `bytes[start, end)` and, as layers behind it, what its components ask, answer or refuse. */
export function addTcap(
  layers: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  sccp: SccpUnitdata,
  passage: Passage,
  history: Ss7History,
  anomalies: AnomalyList,
): void {
  if (isAnsiTcap(bytes, start, end)) {
    addAnsiTcap(layers, bytes, start, end)
    return
  }
  const message = decodeTcap(bytes, start, end, anomalies)
  if (message instanceof Fault) {
    const layer = layers.layer('TCAP', null, start, end)
    layer.fault(message)
    return
  }
  const facts = history.dialogue(message, bytes, sccp, passage)
  const layer = layers.layer('TCAP', message.name, start, end)
  const places = addPortions(layer, bytes, start, end)
  if (message.fault !== null) layer.fault(message.fault)
  layer.anomalies(anomalies, start, end)
  for (const component of message.components) {
    const { parameterStart, parameterEnd } = component
    const around = places.find((place) => place.start < parameterStart && parameterStart <= place.end)
    addOperation(layers, bytes, around ?? { start: parameterStart, end: parameterEnd }, component, facts)
  }
}

/** Components that can be read stand among as many that cannot. */
const MOST_PLACES = 2 * LIMITS.tcapComponents

/** The message's own elements, as `decodeTcap` reads them. @returns where its components stand, in order. */
function addPortions(layer: Branch, bytes: Uint8Array, start: number, end: number): readonly Place[] {
  const outer = new BerReader()
  const reader = new BerReader()
  const places: Place[] = []
  if (!outer.read(bytes, start, end)) return places
  for (let p = outer.start; p < outer.end; p = reader.next) {
    if (!reader.read(bytes, p, outer.end)) return places
    const { tag, start: from, end: to, next } = reader
    if (tag === OTID) layer.field('Originating transaction identifier', formatId(bytes, from, to), p, next)
    else if (tag === DTID) layer.field('Destination transaction identifier', formatId(bytes, from, to), p, next)
    else if (tag === P_ABORT_CAUSE) {
      const cause = decodeInteger(bytes, from, to) ?? -1
      layer.field('P-Abort cause', withName(ABORT_CAUSES[cause], cause), p, next)
    } else if (tag === DIALOGUE) {
      const row = layer.field('Dialogue portion', null, p, next)
      addArgument(row, 'dialogue', bytes, from, to, DIALOGUE_PORTION, NO_MESSAGE)
    } else if (tag === COMPONENTS) {
      layer.field('Component portion', null, p, next)
      for (let q = from; q < to && places.length < MOST_PLACES; q = outer.next) {
        if (!outer.read(bytes, q, to)) break
        places.push({ start: q, end: outer.next })
      }
      outer.read(bytes, start, end)
    } else layer.field(`Element ${tag & 0x3fffff}`, hexValue(layer.tree, bytes, from, to), p, next)
  }
  return places
}

const LONGEST_ID = 16

function formatId(bytes: Uint8Array, start: number, end: number): string {
  return end <= start ? 'empty' : formatHex(bytes, start, Math.min(end, start + LONGEST_ID))
}

const COMPONENT_WORDS = {
  invoke: 'invoke',
  returnResultLast: 'return result (last)',
  returnResultNotLast: 'return result (not last)',
  returnError: 'return error',
  reject: 'reject',
} as const

/** One component: identifiers, code, and the parameter by the user's schema. */
function addOperation(
  layers: Branch,
  bytes: Uint8Array,
  place: Place,
  component: TcapComponent,
  facts: DialogueFacts,
): void {
  const { name, code, invokeId, parameterStart, parameterEnd } = component
  const { user, applicationContext } = facts
  const asked = name === 'invoke' ? code : facts.operationOf(invokeId)
  const isResult = name === 'returnResultLast' || name === 'returnResultNotLast'
  const operation = isResult ? (code ?? asked) : asked
  const word = user === null || operation === null ? null : operationName(user, operation)
  const title = [COMPONENT_WORDS[name], word].filter((part) => part !== null).join(' ')
  const layer = layers.layer(user === null ? 'TCAP component' : USERS[user], title, place.start, place.end)
  if (applicationContext !== null)
    layer.field(
      'Application context of the dialogue',
      applicationContextName(applicationContext) ?? applicationContext,
      place.start,
      place.start,
    )
  addComponentHead(layer, bytes, place.start, place.end, component, user)
  if (asked !== null && name !== 'invoke')
    layer.field(
      'Answers',
      user === null ? asked : withName(operationName(user, asked), asked),
      place.start,
      place.start,
    )
  if (parameterEnd <= parameterStart) return
  const parameter = layer.field('Parameter', null, parameterStart, parameterEnd)
  const context = {
    message: wayOf(user, component, operation, bytes),
    holdsText: user === null || (user === 'map' && holdsText(operation)),
  }
  if (user === null || (code === null && operation === null))
    addArgument(parameter, 'value', bytes, parameterStart, parameterEnd, [], context)
  else if (name === 'invoke')
    addArgument(
      parameter,
      'value',
      bytes,
      parameterStart,
      parameterEnd,
      argumentSchema(user, code ?? -1, applicationContext),
      context,
    )
  else if (isResult)
    addArgument(parameter, 'value', bytes, parameterStart, parameterEnd, resultSchema(user, operation ?? -1), context)
  else addArgument(parameter, 'value', bytes, parameterStart, parameterEnd, errorSchema(user, code ?? -1), context)
  if (user === 'map' && name === 'invoke' && code !== null) noteContext(layer, code, applicationContext, place.start)
}

/** Operations in which a user's own words stand: short messages, USSD, signalling between phone and network. */
const TEXT_OPERATIONS = new Set([19, 21, 33, 34, 41, 42, MT_FORWARD_SM, MO_FORWARD_SM, 59, 60, 61, 78, 79, 80, 81, 118])

function holdsText(operation: number | null): boolean {
  return operation === null || TEXT_OPERATIONS.has(operation) || mapOperationName(operation) === null
}

/** Holds an operation against the application context of its dialogue. */
function noteContext(layer: Branch, code: number, name: string | null, at: number): void {
  const context = name === null ? null : parseMapContext(name)
  if (context?.known && mapOperationName(code) !== null && !isInContext(code, context.code))
    layer.anomaly('applicationContextMismatch', at, at)
}

/** How a short message in the parameter travels. Phases 1 and 2 of MAP use one code for both ways. */
function wayOf(
  user: TcapUser | null,
  component: TcapComponent,
  operation: number | null,
  bytes: Uint8Array,
): MessageWay {
  if (user !== 'map' || (operation !== MT_FORWARD_SM && operation !== MO_FORWARD_SM)) return null
  const isReport = component.name !== 'invoke'
  let isDelivery = operation === MT_FORWARD_SM
  if (!isDelivery && !isReport) {
    const { parameterStart, parameterEnd } = component
    const { imsi, msisdn } = decodeMapArgument(operation, bytes, parameterStart, parameterEnd, new AnomalyList())
    isDelivery = imsi !== null && msisdn === null
  }
  const toMobile = isReport ? !isDelivery : isDelivery
  return { toMobile, isReport, isError: component.name === 'returnError' }
}

/** Invoke and linked identifier, operation, error or problem code. Source: ITU-T Q.773 §4.2.1.2. */
function addComponentHead(
  layer: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  component: TcapComponent,
  user: TcapUser | null,
): void {
  const reader = new BerReader()
  if (!reader.read(bytes, start, end)) return
  let limit = reader.end
  let isCode = false
  for (let p = reader.start; p < limit && p < Math.max(component.parameterStart, start + 1); ) {
    if (!reader.read(bytes, p, limit)) return
    const { tag, start: from, end: to, next } = reader
    if (component.name === 'reject' && isCode) {
      const kind = tag & 3
      const problem = decodeInteger(bytes, from, to) ?? -1
      layer.field('Problem', `${PROBLEM_KINDS[kind]}: ${withName(PROBLEMS[kind]?.[problem], problem)}`, p, next)
    } else if (tag === LINKED_ID) layer.field('Linked identifier', decodeInteger(bytes, from, to), p, next)
    else if (tag === SEQUENCE && isCode && component.name !== 'invoke') {
      p = from
      limit = to
      continue
    } else if (!isCode) {
      layer.field('Invoke identifier', tag === INTEGER ? decodeInteger(bytes, from, to) : 'none', p, next)
      isCode = true
    } else if (tag === INTEGER || tag === OBJECT_IDENTIFIER) {
      addCode(layer, bytes, p, from, to, tag, component, user)
      return
    }
    p = next
  }
}

function addCode(
  layer: Branch,
  bytes: Uint8Array,
  at: number,
  start: number,
  end: number,
  tag: number,
  { name, code }: TcapComponent,
  user: TcapUser | null,
): void {
  const label = name === 'returnError' ? 'Error' : 'Operation'
  let text = tag === OBJECT_IDENTIFIER ? objectIdentifierText(bytes, start, end) : String(code)
  if (user !== null && code !== null) {
    const word = name === 'returnError' ? errorName(user, code) : operationName(user, code)
    text = withName(word, code)
  }
  layer.field(`${label} (${tag === INTEGER ? 'local' : 'global'})`, text, at, end)
}

const PACKAGES: Names = new Map(ANSI_PACKAGES.map((row) => [row.tag, row.name]))

/** Adds an ANSI TCAP package: what it is, and the operations of its components. Source: ANSI T1.114.3 §3. */
function addAnsiTcap(layers: Branch, bytes: Uint8Array, start: number, end: number): void {
  const message = decodeAnsiTcap(bytes, start, end)
  const layer = layers.layer('ANSI TCAP', message instanceof Fault ? null : message.name, start, end)
  if (message instanceof Fault) {
    layer.fault(message)
    return
  }
  const tag = bytes[start] ?? 0
  layer.field('Package type', named(PACKAGES, tag & 31), start, start + 1)
  if (message.otidStart >= 0)
    layer.field(
      'Originating transaction identifier',
      formatId(bytes, message.otidStart, message.otidEnd),
      message.otidStart,
      message.otidEnd,
    )
  if (message.dtidStart >= 0)
    layer.field(
      'Responding transaction identifier',
      formatId(bytes, message.dtidStart, message.dtidEnd),
      message.dtidStart,
      message.dtidEnd,
    )
  for (const { name, form, family, specifier } of message.components) {
    const row = layer.field('Component', name, start, end)
    if (specifier === null) continue
    row.field(
      'Operation',
      `${form}, family ${family}, ${withName(ansiMapOperationName(specifier), specifier)}`,
      start,
      end,
    )
  }
  if (message.fault !== null) layer.fault(message.fault)
  layer.content('Parameters', start, end, 'of ANSI-41, not broken down')
}
