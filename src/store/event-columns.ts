import type { SignallingEvent } from '../event/signalling-event.ts'
import { LIMITS } from '../limits.ts'
import {
  BATCH_ROWS,
  type Column,
  type ColumnPlace,
  DigitsColumn,
  IntegerColumn,
  LabelColumn,
  Labels,
  layOut,
  TextColumn,
  WideColumn,
} from './columns.ts'

/** Events as columns, in one buffer that crosses to another thread without a copy. */
export interface EventBatch {
  readonly rows: number
  readonly buffer: ArrayBuffer
  /** Texts numbered first in this batch: `texts[i]` has number `first + i`. */
  readonly labels: { readonly first: number; readonly texts: readonly string[] }
  /** Columns of kind `text`, in the order of the columns. */
  readonly texts: readonly { readonly rows: readonly number[]; readonly texts: readonly string[] }[]
}

/**
 * The columns of table `event_rows`, one row an event; `docs/case-folder.md` tells what each means. Each column is declared
 * once and filled once, in straight code: a list of getters costs three times as much an event.
 */
export class EventColumns {
  /** Events gathered; BATCH_ROWS at most. */
  rows = 0
  readonly places: readonly ColumnPlace[]
  private readonly bufferBytes: number
  private readonly labels = new Labels(LIMITS.storeLabels)
  private readonly spare: ArrayBuffer[] = []
  private buffer: ArrayBuffer

  private readonly columns: Column[] = []

  private readonly seq = this.own(new WideColumn('seq'))
  private readonly capture = this.label('capture')
  private readonly frame = this.own(new IntegerColumn('frame'))
  private readonly time = this.own(new WideColumn('time', 'timestamp'))
  private readonly protocol = this.label('protocol')
  private readonly kind = this.label('kind')
  private readonly operation = this.label('operation')
  private readonly code = this.own(new IntegerColumn('code'))
  private readonly opcodeForm = this.label('opcode_form')
  private readonly applicationContext = this.label('application_context')
  private readonly opc = this.own(new WideColumn('opc'))
  private readonly dpc = this.own(new WideColumn('dpc'))
  private readonly callingGt = this.label('calling_gt')
  private readonly callingSsn = this.own(new IntegerColumn('calling_ssn'))
  private readonly calledGt = this.label('called_gt')
  private readonly calledSsn = this.own(new IntegerColumn('called_ssn'))
  private readonly tcap = this.label('tcap')
  private readonly otid = this.hex('otid')
  private readonly dtid = this.hex('dtid')
  private readonly invokeId = this.own(new IntegerColumn('invoke_id'))
  private readonly errorCode = this.own(new IntegerColumn('error_code'))
  private readonly imsi = this.digits('imsi')
  private readonly msisdn = this.digits('msisdn')
  private readonly imei = this.digits('imei')
  private readonly nodeAddress = this.label('node_address')
  private readonly cellId = this.label('cell_id')
  private readonly smsPid = this.own(new IntegerColumn('sms_pid'))
  private readonly smsDcs = this.own(new IntegerColumn('sms_dcs'))
  private readonly smsUdh = this.label('sms_udh')
  private readonly smsOriginator = this.label('sms_originator')
  private readonly smsOaType = this.label('sms_oa_type')
  private readonly originHost = this.label('origin_host')
  private readonly originRealm = this.label('origin_realm')
  private readonly destinationHost = this.label('destination_host')
  private readonly destinationRealm = this.label('destination_realm')
  private readonly userName = this.digits('user_name')
  private readonly visitedPlmn = this.label('visited_plmn')
  private readonly routeRecord = this.label('route_record')
  private readonly sessionId = this.own(new TextColumn('session_id'))
  private readonly applicationId = this.own(new WideColumn('application_id'))
  private readonly resultCode = this.own(new IntegerColumn('result_code'))
  private readonly srcIp = this.label('src_ip')
  private readonly dstIp = this.label('dst_ip')
  private readonly srcPort = this.own(new IntegerColumn('src_port'))
  private readonly dstPort = this.own(new IntegerColumn('dst_port'))
  private readonly teid = this.hex('teid')
  private readonly apn = this.label('apn')
  private readonly servingNetwork = this.label('serving_network')
  private readonly anomalies = this.label('anomalies')
  private readonly fault = this.label('fault')
  private readonly answers = this.own(new WideColumn('answers'))
  private readonly encoding = this.label('encoding')

  constructor() {
    const { places, bytes } = layOut(this.columns)
    this.places = places
    this.bufferBytes = bytes
    this.buffer = this.attach()
  }

  /** Takes an event, while `rows` is under BATCH_ROWS. */
  add(e: SignallingEvent): void {
    const row = this.rows++
    this.seq.put(row, e.seq)
    this.capture.put(row, e.capture)
    this.frame.put(row, e.frame)
    this.time.put(row, e.timeUs)
    this.protocol.put(row, e.protocol)
    this.kind.put(row, e.kind)
    this.operation.put(row, e.operation)
    this.code.put(row, e.code)
    this.nodeAddress.put(row, e.nodeAddress)
    this.imsi.putText(row, e.imsi)
    this.msisdn.putText(row, e.msisdn)
    this.srcIp.put(row, e.srcIp)
    this.dstIp.put(row, e.dstIp)
    this.srcPort.put(row, e.srcPort)
    this.dstPort.put(row, e.dstPort)
    this.encoding.put(row, e.encoding)
    if (e.answers !== 0) this.answers.put(row, e.answers)
    if (e.anomalies.length > 0) this.anomalies.put(row, e.anomalies.join(' '))
    if (e.fault !== null) this.fault.put(row, `${e.fault.layer}: ${e.fault.reason} at ${e.fault.offset}`)
    if (e.cellId !== null) this.cellId.put(row, e.cellId)
    if (e.imei !== null) this.imei.putText(row, e.imei)
    if (e.sms !== null) this.addSms(e.sms, row)
    if (e.opc !== null || e.tcap !== null) this.addSs7(e, row)
    if (e.protocol === 'diameter') this.addDiameter(e, row)
    if (e.resultCode !== null) this.resultCode.put(row, e.resultCode)
    if (e.teid !== null) this.teid.putText(row, e.teid)
    if (e.apn !== null) this.apn.put(row, e.apn)
    if (e.servingNetwork !== null) this.servingNetwork.put(row, e.servingNetwork)
  }

  /** Whether no further event fits. */
  get isFull(): boolean {
    return this.rows === BATCH_ROWS
  }

  /** The events gathered since the last call; the buffer is given away. */
  take(): EventBatch {
    const { rows, buffer } = this
    const texts = this.columns.filter((column) => column instanceof TextColumn).map((column) => column.take())
    this.rows = 0
    this.buffer = this.attach()
    return { rows, buffer, labels: this.labels.take(), texts }
  }

  /** Gets a buffer back for use again. */
  giveBack(buffer: ArrayBuffer): void {
    this.spare.push(buffer)
  }

  private addSs7(e: SignallingEvent, row: number): void {
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
    this.opcodeForm.put(row, e.opcodeForm)
    this.applicationContext.put(row, e.applicationContext)
  }

  private addDiameter(e: SignallingEvent, row: number): void {
    this.originHost.put(row, e.originHost)
    this.originRealm.put(row, e.originRealm)
    this.destinationHost.put(row, e.destinationHost)
    this.destinationRealm.put(row, e.destinationRealm)
    this.userName.putText(row, e.userName)
    this.visitedPlmn.put(row, e.visitedPlmn)
    this.routeRecord.put(row, e.routeRecord === null ? null : e.routeRecord.join(' '))
    this.sessionId.put(row, e.sessionId)
    this.applicationId.put(row, e.applicationId)
  }

  private addSms(sms: NonNullable<SignallingEvent['sms']>, row: number): void {
    this.smsPid.put(row, sms.pid)
    this.smsDcs.put(row, sms.dcs)
    this.smsUdh.put(row, sms.udh)
    this.smsOriginator.put(row, sms.originator)
    this.smsOaType.put(row, sms.oaType)
  }

  private attach(): ArrayBuffer {
    const used = this.spare.pop()
    if (used !== undefined) new Float64Array(used).fill(0)
    const buffer = used ?? new ArrayBuffer(this.bufferBytes)
    this.columns.forEach((column, index) => {
      const place = this.places[index]
      if (place !== undefined) column.attach(buffer, place)
    })
    return buffer
  }

  /** Makes it one of the columns; they stand in the order of their making. */
  private own<T extends Column>(column: T): T {
    this.columns.push(column)
    return column
  }

  private label(name: string): LabelColumn {
    return this.own(new LabelColumn(name, this.labels))
  }

  private digits(name: string): DigitsColumn {
    return this.own(new DigitsColumn(name, 'digits', this.labels))
  }

  private hex(name: string): DigitsColumn {
    return this.own(new DigitsColumn(name, 'hex', this.labels))
  }
}
