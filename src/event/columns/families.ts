import type { TypeOfNumber } from '../../signalling/sms/tpdu.ts'
import type { EventDraft, Protocol, SignallingEvent } from '../signalling-event.ts'
import { type Column, IntegerColumn, LabelColumn, TextColumn } from './column.ts'
import { FamilyColumns } from './family-columns.ts'
import type { Labels } from './labels.ts'

/** The families of protocols, each with columns of its own: a row costs by its columns, whether they hold anything or not. */
export const FAMILIES = ['ss7', 'diameter', 'gtp'] as const

export type Family = (typeof FAMILIES)[number]

const FAMILY_OF = {
  map: 0,
  cap: 0,
  inap: 0,
  isup: 0,
  diameter: 1,
  gtpv1: 2,
  gtpv2: 2,
} as const satisfies Readonly<Record<Protocol, number>>

/** Index of a protocol's family in FAMILIES. */
export function familyOf(protocol: Protocol): 0 | 1 | 2 {
  return FAMILY_OF[protocol]
}

/** The columns of a short message's headers, for families that carry them. */
class SmsColumns {
  private readonly pid: IntegerColumn
  private readonly dcs: IntegerColumn
  private readonly udh: LabelColumn
  private readonly originator: LabelColumn
  private readonly oaType: LabelColumn

  /** @param own makes a column one of the family's. */
  constructor(own: <T extends Column>(column: T) => T, labels: Labels) {
    this.pid = own(new IntegerColumn('sms_pid'))
    this.dcs = own(new IntegerColumn('sms_dcs'))
    this.udh = own(new LabelColumn('sms_udh', labels))
    this.originator = own(new LabelColumn('sms_originator', labels))
    this.oaType = own(new LabelColumn('sms_oa_type', labels))
  }

  put(row: number, sms: NonNullable<SignallingEvent['sms']>): void {
    this.pid.put(row, sms.pid)
    this.dcs.put(row, sms.dcs)
    this.udh.put(row, sms.udh)
    this.originator.put(row, sms.originator)
    this.oaType.put(row, sms.oaType)
  }

  /** The headers, what was decoded of the message itself left out. */
  at(row: number): SignallingEvent['sms'] {
    const pid = this.pid.at(row)
    if (pid === null) return null
    return {
      pid,
      dcs: this.dcs.at(row) ?? 0,
      udh: this.udh.at(row),
      originator: this.originator.at(row),
      oaType: this.oaType.at(row) as TypeOfNumber | null,
      tpdu: null,
    }
  }
}

/** MAP, CAP, INAP, ISUP and BICC. */
export class Ss7Columns extends FamilyColumns {
  private readonly opcodeForm = this.label('opcode_form')
  private readonly applicationContext = this.label('application_context')
  private readonly opc = this.wide('opc')
  private readonly dpc = this.wide('dpc')
  private readonly callingGt = this.label('calling_gt')
  private readonly callingSsn = this.integer('calling_ssn')
  private readonly calledGt = this.label('called_gt')
  private readonly calledSsn = this.integer('called_ssn')
  private readonly tcap = this.label('tcap')
  private readonly otid = this.hex('otid')
  private readonly dtid = this.hex('dtid')
  private readonly invokeId = this.wide('invoke_id')
  private readonly errorCode = this.wide('error_code')
  private readonly callingNature = this.carried(this.integer('calling_nature'))
  private readonly calledNature = this.carried(this.integer('called_nature'))
  private readonly invokesBefore = this.carried(this.integer('invokes_before'))
  private readonly sms: SmsColumns

  constructor(labels: Labels) {
    super(labels)
    this.sms = new SmsColumns((column) => this.own(column), labels)
  }

  protected override addOwn(e: SignallingEvent, row: number): void {
    this.opcodeForm.put(row, e.opcodeForm)
    this.applicationContext.put(row, e.applicationContext)
    this.opc.put(row, e.opc)
    this.dpc.put(row, e.dpc)
    this.callingGt.put(row, e.callingGt)
    this.callingSsn.put(row, e.callingSsn)
    this.calledGt.put(row, e.calledGt)
    this.calledSsn.put(row, e.calledSsn)
    this.tcap.put(row, e.tcap)
    this.otid.putText(row, e.otid)
    this.dtid.putText(row, e.dtid)
    this.invokeId.put(row, e.invokeId)
    this.errorCode.put(row, e.errorCode)
    this.callingNature.put(row, e.callingNature)
    this.calledNature.put(row, e.calledNature)
    if (e.invokesBefore !== 0) this.invokesBefore.put(row, e.invokesBefore)
    if (e.sms !== null) this.sms.put(row, e.sms)
  }

  protected override readOwn(draft: EventDraft, row: number): void {
    draft.opcodeForm = this.opcodeForm.at(row) as SignallingEvent['opcodeForm']
    draft.applicationContext = this.applicationContext.at(row)
    draft.opc = this.opc.at(row)
    draft.dpc = this.dpc.at(row)
    draft.callingGt = this.callingGt.at(row)
    draft.callingSsn = this.callingSsn.at(row)
    draft.calledGt = this.calledGt.at(row)
    draft.calledSsn = this.calledSsn.at(row)
    draft.tcap = this.tcap.at(row) as SignallingEvent['tcap']
    draft.otid = this.otid.textAt(row)
    draft.dtid = this.dtid.textAt(row)
    draft.invokeId = this.invokeId.at(row)
    draft.errorCode = this.errorCode.at(row)
    draft.callingNature = this.callingNature.at(row)
    draft.calledNature = this.calledNature.at(row)
    draft.invokesBefore = this.invokesBefore.at(row) ?? 0
    draft.sms = this.sms.at(row)
  }
}

export class DiameterColumns extends FamilyColumns {
  private readonly originHost = this.label('origin_host')
  private readonly originRealm = this.label('origin_realm')
  private readonly destinationHost = this.label('destination_host')
  private readonly destinationRealm = this.label('destination_realm')
  private readonly userName = this.digits('user_name')
  private readonly visitedPlmn = this.label('visited_plmn')
  private readonly routeRecord = this.label('route_record')
  private readonly sessionId = this.own(new TextColumn('session_id'))
  private readonly applicationId = this.wide('application_id')
  private readonly servingNetwork = this.label('serving_network')
  private readonly sms: SmsColumns

  constructor(labels: Labels) {
    super(labels)
    this.sms = new SmsColumns((column) => this.own(column), labels)
  }

  protected override addOwn(e: SignallingEvent, row: number): void {
    this.originHost.put(row, e.originHost)
    this.originRealm.put(row, e.originRealm)
    this.destinationHost.put(row, e.destinationHost)
    this.destinationRealm.put(row, e.destinationRealm)
    this.userName.putText(row, e.userName)
    this.visitedPlmn.put(row, e.visitedPlmn)
    if (e.routeRecord !== null) this.routeRecord.put(row, e.routeRecord.join(' '))
    this.sessionId.put(row, e.sessionId)
    this.applicationId.put(row, e.applicationId)
    if (e.servingNetwork !== null) this.servingNetwork.put(row, e.servingNetwork)
    if (e.sms !== null) this.sms.put(row, e.sms)
  }

  protected override readOwn(draft: EventDraft, row: number): void {
    draft.originHost = this.originHost.at(row)
    draft.originRealm = this.originRealm.at(row)
    draft.destinationHost = this.destinationHost.at(row)
    draft.destinationRealm = this.destinationRealm.at(row)
    draft.userName = this.userName.textAt(row)
    draft.visitedPlmn = this.visitedPlmn.at(row)
    draft.routeRecord = this.routeRecord.has(row) ? this.routeRecord.wordsAt(row) : null
    draft.sessionId = this.sessionId.at(row)
    draft.applicationId = this.applicationId.at(row)
    draft.servingNetwork = this.servingNetwork.at(row)
    draft.sms = this.sms.at(row)
  }
}

export class GtpColumns extends FamilyColumns {
  private readonly teid = this.hex('teid')
  private readonly servingNetwork = this.label('serving_network')

  protected override addOwn(e: SignallingEvent, row: number): void {
    this.teid.putText(row, e.teid)
    if (e.servingNetwork !== null) this.servingNetwork.put(row, e.servingNetwork)
  }

  protected override readOwn(draft: EventDraft, row: number): void {
    draft.teid = this.teid.textAt(row)
    draft.servingNetwork = this.servingNetwork.at(row)
  }
}
