import { Fault } from '../bytes/fault.ts'
import type { Slice } from '../bytes/slice.ts'
import { formatHex } from '../bytes/tbcd.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList, oddLengths } from '../signalling/anomaly.ts'
import { SmsAssembly } from '../signalling/sms/assembly.ts'
import { ansiOperation } from '../signalling/ss7/ansi/ansi-tcap.ts'
import { capPhase } from '../signalling/ss7/cap/application-contexts.ts'
import { decodeCapArgument, decodeCapResult } from '../signalling/ss7/cap/cap.ts'
import { capOperationName } from '../signalling/ss7/cap/operations.ts'
import { decodeInapArgument } from '../signalling/ss7/inap/inap.ts'
import { inapOperationName } from '../signalling/ss7/inap/operations.ts'
import { parseMapContext } from '../signalling/ss7/map/application-contexts.ts'
import {
  decodeMapArgument,
  decodeMapError,
  decodeMapOpen,
  decodeMapResult,
  isIdentityMissing,
  type MapOpen,
} from '../signalling/ss7/map/map.ts'
import { isInContext, mapOperationName } from '../signalling/ss7/map/operations.ts'
import { MapFields } from '../signalling/ss7/map/walker.ts'
import type { SccpUnitdata } from '../signalling/ss7/sccp.ts'
import { decodeTcap, isAnsiTcap, type TcapComponent, type TcapMessage } from '../signalling/ss7/tcap.ts'
import { type TcapUser, tcapUser } from '../signalling/ss7/tcap-user.ts'
import { AnswerVisibility } from './answer-visibility.ts'
import { type Outcome, outcome } from './coverage.ts'
import { faultOf } from './event-fault.ts'
import { type EventKind, NO_DETAIL, type SignallingEvent } from './signalling-event.ts'
import { addressOf, invokesBefore, noteAddressing, smsHeaders, takeReference } from './ss7-fields.ts'
import { Ss7Habits } from './ss7-habits.ts'
import { NO_TRANSACTION, type PendingInvoke, Transactions, transactionKey } from './transactions.ts'

/** Point codes of the transfer that brought a message; null under SUA or a bare SCCP link type. */
export interface Route {
  readonly opc: number | null
  readonly dpc: number | null
  /** Bits of M3UA_OPTIONAL. */
  readonly optionalParameters: number
}

const DECODED: Record<TcapUser, Outcome> = {
  map: outcome('map', 'decoded'),
  cap: outcome('cap', 'decoded'),
  inap: outcome('inap', 'decoded'),
}
const UNKNOWN_USER = outcome('tcap', 'not', 'no application context, subsystem or operation names the user')
const UNKNOWN_OPERATION = outcome('map', 'partly', 'operation code not defined')
const UNREADABLE_OPERATION = outcome('map', 'partly', 'operation code unreadable')

const OPERATION_NAMES: Record<TcapUser, (code: number) => string | null> = {
  map: mapOperationName,
  cap: capOperationName,
  inap: inapOperationName,
}

const KINDS = {
  invoke: 'invoke',
  returnResultLast: 'result',
  returnResultNotLast: 'result',
  returnError: 'error',
  reject: 'reject',
} as const satisfies Record<TcapComponent['name'], EventKind>

/** Operations whose TPDU goes towards the phone. */
const INSERT_SUBSCRIBER_DATA = 7

/** What a component without a parameter to be read says: nothing. Never written to, and not frozen: that is another shape. */
const NO_FIELDS = new MapFields()

/** All of one message that its events share. */
interface Context {
  readonly payload: Payload
  readonly route: Route
  readonly sccp: SccpUnitdata
  readonly data: Slice
  readonly message: TcapMessage
  readonly user: TcapUser
  /** Slot in `Transactions`, or NO_TRANSACTION. */
  readonly transaction: number
  readonly fromOriginator: boolean
  readonly open: MapOpen | null
  /** Returned by the network undelivered: nobody was asked. */
  readonly returned: boolean
}

/** TCAP messages → events, with requests paired to their answers. */
export class Ss7Events {
  readonly visibility = new AnswerVisibility()
  readonly transactions = new Transactions()
  private readonly captureNames: readonly { readonly name: string }[]
  private readonly emit: (event: SignallingEvent) => void
  private readonly habits = new Ss7Habits()
  private readonly smsAssembly = new SmsAssembly()
  private readonly nextSeq: () => number

  constructor(
    captureNames: readonly { readonly name: string }[],
    nextSeq: () => number,
    emit: (event: SignallingEvent) => void,
  ) {
    this.captureNames = captureNames
    this.nextSeq = nextSeq
    this.emit = emit
  }

  /** Decodes the TCAP message in `data` and emits its events. @returns what became of the message. */
  take(payload: Payload, route: Route, sccp: SccpUnitdata, data: Slice, anomalies: AnomalyList): Outcome {
    const { bytes, start, end } = data
    if (isAnsiTcap(bytes, start, end))
      return outcome('ansi-map', 'not', `${ansiOperation(bytes, start, end)} is recognised, not decoded`)
    const message = decodeTcap(bytes, start, end, anomalies)
    if (message instanceof Fault) return outcome(message.layer, 'not', message.reason)
    const returned = sccp.returnCause !== null
    const timeUs = payload.packet.timeUs
    const calling = addressOf(sccp.calling, route.opc)
    const called = addressOf(sccp.called, route.dpc)
    let transaction = NO_TRANSACTION
    let fromOriginator = true
    if (message.name === 'begin' && message.otidStart >= 0 && !returned) {
      const id = transactionKey(bytes, message.otidStart, message.otidEnd)
      transaction = this.transactions.begin(id, calling, route.opc, route.dpc, timeUs)
    } else if (message.dtidStart >= 0 || (returned && message.otidStart >= 0)) {
      const id =
        message.dtidStart >= 0 && !returned
          ? transactionKey(bytes, message.dtidStart, message.dtidEnd)
          : transactionKey(bytes, message.otidStart, message.otidEnd)
      const side = this.transactions.find(id, called, route.opc, route.dpc)
      transaction = side.slot
      fromOriginator = side.fromOriginator
      this.visibility.note(called, route.opc, route.dpc)
      if (transaction >= 0 && !fromOriginator && !returned && message.name === 'continue' && message.otidStart >= 0) {
        this.transactions.learnResponder(
          transaction,
          transactionKey(bytes, message.otidStart, message.otidEnd),
          calling,
        )
      }
    }
    const user = this.userOf(message, sccp, transaction, anomalies)
    if (user === null) return UNKNOWN_USER
    const { dialogue } = message
    if (transaction >= 0) this.transactions.setUser(transaction, user, dialogue?.applicationContext ?? null)
    const open =
      user === 'map' && dialogue !== null && dialogue.userInformationEnd > dialogue.userInformationStart
        ? decodeMapOpen(bytes, dialogue.userInformationStart, dialogue.userInformationEnd, anomalies)
        : null
    noteAddressing(sccp, anomalies)
    const context = { payload, route, sccp, data, message, user, transaction, fromOriginator, open, returned }
    const result = this.emitAll(context, anomalies)
    if (transaction >= 0 && (message.name === 'end' || message.name === 'abort')) this.transactions.close(transaction)
    return result
  }

  private userOf(
    message: TcapMessage,
    sccp: SccpUnitdata,
    transaction: number,
    anomalies: AnomalyList,
  ): TcapUser | null {
    const known = transaction >= 0 ? this.transactions.userOf(transaction) : null
    if (known !== null) return known
    const first = message.components[0]
    const guess = tcapUser({
      applicationContext: message.dialogue?.applicationContext ?? null,
      calledSsn: sccp.called.ssn,
      callingSsn: sccp.calling.ssn,
      code: first?.name === 'invoke' ? first.code : null,
    })
    if (!guess.bySubsystem && guess.user !== null) anomalies.add('unknownSubsystem')
    return guess.user
  }

  private emitAll(context: Context, anomalies: AnomalyList): Outcome {
    const { message, user } = context
    const { components } = message
    if (components.length === 0) {
      this.emitDialogue(context, anomalies)
      return message.fault === null ? DECODED[user] : outcome(message.fault.layer, 'partly', message.fault.reason)
    }
    let result: Outcome = DECODED[user]
    const before = components.length > 1 ? anomalies.list() : null
    for (const component of components) {
      const own = before === null ? anomalies : AnomalyList.of(before)
      const fault = this.emitComponent(context, component, own)
      if (fault !== null) result = outcome(fault.layer, 'partly', fault.reason)
      else if (user === 'map' && component.name === 'invoke') {
        if (component.code === null) result = UNREADABLE_OPERATION
        else if (mapOperationName(component.code) === null) result = UNKNOWN_OPERATION
      }
    }
    return message.fault === null ? result : outcome(message.fault.layer, 'partly', message.fault.reason)
  }

  /** A message without a component: what it opens, goes on with, or ends. */
  private emitDialogue(context: Context, anomalies: AnomalyList): void {
    const { message, transaction, open } = context
    const ends = message.name === 'abort' || message.name === 'end' || context.returned
    const pending =
      ends && transaction >= 0 ? this.transactions.pendingOf(transaction, context.fromOriginator, null, true) : null
    const fields = new MapFields()
    if (open !== null) takeReference(open, fields)
    if (message.name === 'begin' && transaction >= 0)
      this.transactions.setSubject(transaction, fields.imsi, fields.msisdn)
    const kind = message.name === 'abort' ? 'abort' : context.returned ? 'reject' : 'dialogue'
    this.emit(this.eventOf(context, kind, null, fields, pending, message.fault, anomalies, false))
  }

  private emitComponent(context: Context, component: TcapComponent, anomalies: AnomalyList): Fault | null {
    const { data, message, user, transaction, open, returned } = context
    const kind: EventKind = returned ? 'reject' : KINDS[component.name]
    const isInvoke = component.name === 'invoke'
    const pending = isInvoke && !returned ? null : this.pendingOf(context, component)
    let fields = NO_FIELDS
    let identityMissing = false
    const isResult = component.name === 'returnResultLast' || component.name === 'returnResultNotLast'
    const code = isInvoke || isResult ? (component.code ?? pending?.code ?? null) : null
    if (code !== null) {
      const { parameterStart, parameterEnd } = component
      if (user === 'cap') {
        const phase = this.capPhaseOf(context, anomalies)
        const decode = isInvoke ? decodeCapArgument : decodeCapResult
        fields = decode(code, data.bytes, parameterStart, parameterEnd, anomalies, phase)
      } else if (user === 'inap') {
        if (isInvoke) fields = decodeInapArgument(code, data.bytes, parameterStart, parameterEnd, anomalies)
      } else {
        const around = oddLengths(anomalies)
        fields = isInvoke
          ? decodeMapArgument(code, data.bytes, parameterStart, parameterEnd, anomalies)
          : decodeMapResult(code, data.bytes, parameterStart, parameterEnd, anomalies)
        if (isInvoke && open !== null) takeReference(open, fields)
        identityMissing = isInvoke && isIdentityMissing(code, fields)
        // a stack writes lengths in one way everywhere
        if (isInvoke && oddLengths(anomalies) !== around) anomalies.add('unevenLengths')
        if (isInvoke) this.noteContext(context, code, anomalies)
      }
    }
    if (user === 'map' && component.name === 'returnError' && component.code !== null)
      fields = decodeMapError(component.code, data.bytes, component.parameterStart, component.parameterEnd, anomalies)
    const last = component === message.components.at(-1)
    const fault = fields.fault ?? (last ? message.fault : null)
    const event = this.eventOf(context, kind, component, fields, pending, fault, anomalies, identityMissing)
    if (isInvoke && transaction >= 0 && !returned) {
      if (message.name === 'begin') this.transactions.setSubject(transaction, fields.imsi, fields.msisdn)
      this.transactions.addPending(
        transaction,
        context.fromOriginator,
        component.invokeId,
        component.code,
        event.seq,
        event.subjectImsi,
        event.subjectMsisdn,
      )
    }
    this.emit(event)
    return fields.fault
  }

  private capPhaseOf({ message, transaction }: Context, anomalies: AnomalyList): 1 | 2 | 3 | 4 | null {
    const own = message.dialogue?.applicationContext ?? null
    const name = own ?? (transaction >= 0 ? this.transactions.contextOf(transaction) : null)
    if (name === null) return null
    const phase = capPhase(name)
    if (phase === null) anomalies.add('unknownApplicationContext')
    return phase
  }

  /** The invoke that a result, error, reject or returned message answers; forgotten once it is answered for good. */
  private pendingOf(context: Context, component: TcapComponent): PendingInvoke | null {
    if (context.transaction < 0 || component.invokeId === null) return null
    const isLast = component.name !== 'returnResultNotLast'
    return this.transactions.pendingOf(context.transaction, context.fromOriginator, component.invokeId, isLast)
  }

  /** Holds an invoke against the application context of its dialogue. */
  private noteContext(context: Context, code: number, anomalies: AnomalyList): void {
    const { transaction, message } = context
    const own = message.dialogue?.applicationContext ?? null
    const name = own ?? (transaction >= 0 ? this.transactions.contextOf(transaction) : null)
    if (name === null) return
    const parsed = parseMapContext(name)
    if (parsed === null || !parsed.known) anomalies.add('unknownApplicationContext')
    else {
      if (!parsed.knownVersion) anomalies.add('applicationContextVersion')
      if (
        mapOperationName(code) !== null &&
        !isInContext(code, parsed.code, parsed.knownVersion ? parsed.version : null)
      )
        anomalies.add('applicationContextMismatch')
    }
  }

  private eventOf(
    context: Context,
    kind: EventKind,
    component: TcapComponent | null,
    fields: MapFields,
    pending: PendingInvoke | null,
    fault: Fault | null,
    anomalies: AnomalyList,
    identityMissing: boolean,
  ): SignallingEvent {
    const { payload, route, sccp, data, message, user, transaction } = context
    const { packet } = payload
    const { bytes } = data
    const { transactions } = this
    // what names a subscriber itself is about no other; the number in a profile is part of it, not whose it is
    const isNamed = fields.imsi !== null || (fields.msisdn !== null && component?.code !== INSERT_SUBSCRIBER_DATA)
    const opening = transaction >= 0 && !isNamed
    const isError = component !== null && (component.name === 'returnError' || component.name === 'reject')
    const code = component === null || isError ? (pending?.code ?? null) : (component.code ?? pending?.code ?? null)
    return {
      capture: this.captureNames[packet.capture]?.name ?? '',
      frame: packet.frame,
      timeUs: packet.timeUs,
      protocol: user,
      kind,
      operation: code === null ? null : OPERATION_NAMES[user](code),
      code,
      opcodeForm: component === null || isError ? null : component.codeForm,
      applicationContext: message.dialogue?.applicationContext ?? null,
      opc: route.opc,
      dpc: route.dpc,
      callingGt: sccp.calling.gt,
      callingSsn: sccp.calling.ssn,
      calledGt: sccp.called.gt,
      calledSsn: sccp.called.ssn,
      tcap: message.name,
      otid: message.otidStart < 0 ? null : formatHex(bytes, message.otidStart, message.otidEnd),
      dtid: message.dtidStart < 0 ? null : formatHex(bytes, message.dtidStart, message.dtidEnd),
      invokeId: component?.invokeId ?? null,
      errorCode: isError ? (component?.code ?? null) : null,
      imsi: fields.imsi,
      msisdn: fields.msisdn,
      imei: fields.imei,
      nodeAddress: fields.nodeAddress,
      cellId: fields.cellId,
      sms: fields.tpdu === null ? null : smsHeaders(this.smsAssembly, code, kind, fields, packet.timeUs, anomalies),
      originHost: null,
      originRealm: null,
      destinationHost: null,
      destinationRealm: null,
      userName: null,
      visitedPlmn: null,
      routeRecord: null,
      sessionId: null,
      applicationId: null,
      resultCode: null,
      srcIp: payload.srcIp,
      dstIp: payload.dstIp,
      srcPort: payload.srcPort === 0 ? null : payload.srcPort,
      dstPort: payload.dstPort === 0 ? null : payload.dstPort,
      teid: null,
      apn: fields.apn,
      servingNetwork: null,
      anomalies: anomalies.list(),
      fault: fault === null ? null : faultOf(fault, payload, bytes),
      seq: this.nextSeq(),
      answers: pending?.seq ?? 0,
      callingNature: sccp.calling.natureOfAddress,
      calledNature: sccp.called.natureOfAddress,
      subjectImsi: fields.imsi ?? (pending !== null ? pending.imsi : opening ? transactions.imsiOf(transaction) : null),
      subjectMsisdn:
        fields.msisdn ?? (pending !== null ? pending.msisdn : opening ? transactions.msisdnOf(transaction) : null),
      gsmScfAddresses: fields.gsmScfAddresses,
      forwardedTo: fields.forwardedTo,
      position: fields.position,
      barred: fields.barred,
      locationWanted: fields.locationWanted,
      vectors: fields.vectors,
      identityMissing,
      invokesBefore: invokesBefore(message.components, component),
      encoding:
        component !== null && component.name === 'invoke' && message.name === 'begin'
          ? this.habits.textOf(route.optionalParameters, sccp, bytes, message, component, anomalies)
          : null,
      detail: fields.detail ?? NO_DETAIL,
      answeredBy: null,
    }
  }
}
