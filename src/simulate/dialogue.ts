import type { BerElement } from './ber-writer.ts'
import type { Operation } from './map-operations.ts'
import type { Random } from './random.ts'
import type { SccpAddress, SccpStyle } from './sccp-writer.ts'
import {
  type DialogueRequest,
  dialogueRequest,
  dialogueResponse,
  invoke,
  type OpcodeForm,
  returnError,
  returnResult,
  transaction,
} from './tcap-writer.ts'
import type { Message, MessageSink } from './traffic.ts'
import type { Node } from './world.ts'

/** A message of a dialogue after the first. */
export interface Step {
  readonly by: 'originator' | 'responder'
  /** Time after the message before it, µs. */
  readonly afterUs: number
  readonly kind: 'continue' | 'end' | 'abort'
  readonly components: readonly BerElement[]
  /** For an abort: the responder refuses the application context, or breaks off with a P-Abort cause. */
  readonly abort: 'refused' | number | null
}

/** A whole dialogue. */
export interface Conversation {
  readonly atUs: number
  readonly originator: Node
  readonly responder: Node
  /** Digits and plan that the first message is addressed to instead of the responder's own number, or null. */
  readonly calledAs: { readonly digits: string; readonly plan: number; readonly ssn?: number | null } | null
  readonly request: DialogueRequest
  readonly opening: readonly BerElement[]
  readonly steps: readonly Step[]
  /** How SCCP carries the originator's messages; absent: by its habits. */
  readonly sccp?: SccpStyle
}

/** Adds the messages of a conversation to `traffic` and returns them in order. Source: TS 29.002 §7.3, Q.774 §3. */
export function converse(traffic: MessageSink, random: Random, conversation: Conversation): Message[] {
  const { originator, responder, request } = conversation
  const originatorId = transactionId(originator, random, conversation.atUs)
  const responderId = transactionId(responder, random, conversation.atUs)
  const messages: Message[] = []
  let timeUs = conversation.atUs
  const add = (byOriginator: boolean, called: SccpAddress | null, tcap: BerElement): void => {
    const [from, to] = byOriginator ? [originator, responder] : [responder, originator]
    const message = {
      timeUs,
      from,
      to,
      calling: sccpAddress(from),
      called: called ?? sccpAddress(to),
      tcap,
      frames: [],
      ...(byOriginator && conversation.sccp !== undefined ? { sccp: conversation.sccp } : {}),
    }
    messages.push(message)
    traffic.add(message)
  }
  const { calledAs } = conversation
  const called = calledAs === null ? null : { ...sccpAddress(responder), ...calledAs }
  add(true, called, transaction({
    kind: 'begin', otid: originatorId, dtid: null, abortCause: null,
    dialogue: dialogueRequest(request), components: conversation.opening,
  })) // biome-ignore format: one message
  let accepted = false
  for (const step of conversation.steps) {
    timeUs += step.afterUs
    const byOriginator = step.by === 'originator'
    const [ownId, otherId] = byOriginator ? [originatorId, responderId] : [responderId, originatorId]
    const refused = step.abort === 'refused'
    const answersDialogue = !byOriginator && !accepted && typeof step.abort !== 'number'
    if (!byOriginator) accepted = true
    add(byOriginator, null, transaction({
      kind: step.kind,
      otid: step.kind === 'continue' ? ownId : null,
      dtid: otherId,
      dialogue: answersDialogue ? dialogueResponse(request, !refused) : null,
      components: step.components,
      abortCause: typeof step.abort === 'number' ? step.abort : null,
    })) // biome-ignore format: one message
  }
  return messages
}

/** A node's address as it writes it itself. */
export function sccpAddress(node: Node): SccpAddress {
  return { digits: node.gt, ssn: node.ssn, translationType: 0, plan: 1, pointCode: null }
}

/** Time within which no stack uses a transaction identifier twice, µs. */
const REUSE_US = 150_000_000
/** When each node of a run used its short identifiers; longer ones do not meet by chance. */
const usedUs = new WeakMap<Random, Map<string, number[]>>()

function transactionId(node: Node, random: Random, timeUs: number): Uint8Array {
  const { transactionIdBytes } = node.habits
  if (transactionIdBytes > 2) return random.octets(transactionIdBytes)
  const used = usedUs.get(random) ?? new Map<string, number[]>()
  usedUs.set(random, used)
  // a network too busy for its identifiers has to use some twice
  for (let attempts = 1; ; attempts++) {
    const id = random.octets(transactionIdBytes)
    const key = `${node.gt} ${id.join('.')}`
    const times = used.get(key) ?? []
    if (attempts < 1_000 && times.some((time) => Math.abs(time - timeUs) < REUSE_US)) continue
    used.set(key, [...times, timeUs])
    return id
  }
}

/** How a question ends. */
export type Answer =
  | { readonly result: BerElement | null }
  | { readonly error: number }
  | { readonly abort: 'refused' | number }
  | 'silence'

/** One operation and its answer. */
export interface Question {
  readonly atUs: number
  readonly from: Node
  readonly to: Node
  readonly operation: Operation
  readonly argument: BerElement | null
  readonly answer: Answer
  readonly calledAs?: Conversation['calledAs']
  readonly userInformation?: BerElement | null
  readonly opcode?: OpcodeForm
  /** Other components in the first message, before or after the operation's own invoke. */
  readonly before?: readonly BerElement[]
  readonly after?: readonly BerElement[]
  /** Octets of an application context name other than the operation's own. */
  readonly contextName?: Uint8Array
  readonly sccp?: SccpStyle
  /** The first message carries no component; the invoke follows once the other side has answered. */
  readonly emptyBegin?: boolean
}

/** Adds a dialogue of one operation to `traffic` and returns its messages. The answer takes 40 to 400 ms. */
export function ask(traffic: MessageSink, random: Random, question: Question): Message[] {
  const { operation, argument, answer } = question
  const invokeId = random.between(0, 100)
  const opening = invoke(operation, argument, invokeId, question.opcode ?? 'local')
  const steps: Step[] = []
  const reply = { by: 'responder', afterUs: delayUs(random) } as const
  const invokes = [...(question.before ?? []), opening, ...(question.after ?? [])]
  if (question.emptyBegin === true) {
    const ready: Step = { ...reply, kind: 'continue', components: [], abort: null }
    steps.push(ready, { by: 'originator', afterUs: 90_000, kind: 'continue', components: invokes, abort: null })
  }
  if (answer !== 'silence') {
    if ('result' in answer) {
      const component = returnResult(operation, answer.result, invokeId)
      steps.push({ ...reply, kind: 'end', components: [component], abort: null })
    } else if ('error' in answer) {
      steps.push({ ...reply, kind: 'end', components: [returnError(answer.error, invokeId)], abort: null })
    } else steps.push({ ...reply, kind: 'abort', components: [], abort: answer.abort })
  }
  return converse(traffic, random, {
    atUs: question.atUs,
    originator: question.from,
    responder: question.to,
    calledAs: question.calledAs ?? null,
    request: {
      context: operation.context,
      version: operation.version,
      userInformation: question.userInformation ?? null,
      ...(question.contextName === undefined ? {} : { name: question.contextName }),
    },
    opening: question.emptyBegin === true ? [] : invokes,
    steps,
    ...(question.sccp === undefined ? {} : { sccp: question.sccp }),
  })
}

/** The time a node takes to answer, µs. */
export function delayUs(random: Random): number {
  return random.between(40_000, 400_000)
}
