import type { AnomalyName } from '../../signalling/anomaly.ts'
import type { EventDraft, EventKind, Protocol, SignallingEvent } from '../signalling-event.ts'
import {
  type Column,
  type ColumnPlace,
  DigitsColumn,
  IntegerColumn,
  LabelColumn,
  layOut,
  TextColumn,
  WideColumn,
} from './column.ts'
import type { Labels } from './labels.ts'

/** The events of one family in a batch. */
export interface FamilyBatch {
  readonly rows: number
  /** Columns of numbers, where `places` say; empty without rows. */
  readonly buffer: SharedArrayBuffer
  /** Of the columns of kind `text`, in the order of the columns: the texts of the rows that hold one. */
  readonly texts: readonly (readonly string[])[]
}

const IS_BARRED = 1
const IS_LOCATION_WANTED = 2
const IS_IDENTITY_MISSING = 4

/**
 * Columns of one family, one row an event; `docs/case-folder.md` tells what each means. Each column is declared once, filled
 * once and read once, in straight code: a list of getters costs three times as much an event.
 */
export abstract class FamilyColumns {
  /** Events gathered; BATCH_ROWS at most. */
  rows = 0
  private readonly labels: Labels
  private readonly columns: Column[] = []
  private layout: ReturnType<typeof layOut> | null = null
  private readonly spare: SharedArrayBuffer[] = []
  private buffer: SharedArrayBuffer | null = null
  private nextRow = 0

  private readonly seq
  private readonly capture
  private readonly frame
  private readonly time
  private readonly protocol
  private readonly kind
  private readonly operation
  private readonly code
  private readonly imsi
  private readonly msisdn
  private readonly imei
  private readonly nodeAddress
  private readonly cellId
  private readonly resultCode
  private readonly srcIp
  private readonly dstIp
  private readonly srcPort
  private readonly dstPort
  private readonly apn
  private readonly anomalies
  private readonly fault
  private readonly answers
  private readonly encoding
  private readonly flags
  private readonly subjectImsi
  private readonly subjectMsisdn

  constructor(labels: Labels) {
    this.labels = labels
    this.seq = this.wide('seq')
    this.capture = this.label('capture')
    this.frame = this.wide('frame')
    this.time = this.own(new WideColumn('time', 'timestamp'))
    this.protocol = this.label('protocol')
    this.kind = this.label('kind')
    this.operation = this.label('operation')
    this.code = this.wide('code')
    this.imsi = this.digits('imsi')
    this.msisdn = this.digits('msisdn')
    this.imei = this.digits('imei')
    this.nodeAddress = this.label('node_address')
    this.cellId = this.label('cell_id')
    this.resultCode = this.wide('result_code')
    this.srcIp = this.label('src_ip')
    this.dstIp = this.label('dst_ip')
    this.srcPort = this.integer('src_port')
    this.dstPort = this.integer('dst_port')
    this.apn = this.label('apn')
    this.anomalies = this.label('anomalies')
    this.fault = this.label('fault')
    this.answers = this.wide('answers')
    this.encoding = this.label('encoding')
    this.flags = this.carried(this.integer('flags'))
    this.subjectImsi = this.carried(this.digits('subject_imsi'))
    this.subjectMsisdn = this.carried(this.digits('subject_msisdn'))
  }

  /** Where the columns stand in the buffer of a batch. */
  get places(): readonly ColumnPlace[] {
    return this.laidOut().places
  }

  /** Takes an event, while `rows` is under BATCH_ROWS. */
  add(e: SignallingEvent): void {
    if (this.buffer === null) this.attach(this.emptyBuffer())
    const row = this.rows++
    this.seq.put(row, e.seq)
    this.capture.put(row, e.capture)
    this.frame.put(row, e.frame)
    this.time.put(row, e.timeUs)
    this.protocol.put(row, e.protocol)
    this.kind.put(row, e.kind)
    this.operation.put(row, e.operation)
    this.code.put(row, e.code)
    this.imsi.putText(row, e.imsi)
    this.msisdn.putText(row, e.msisdn)
    this.nodeAddress.put(row, e.nodeAddress)
    this.resultCode.put(row, e.resultCode)
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
    if (e.apn !== null) this.apn.put(row, e.apn)
    // whom an event names itself, it is about
    if (e.imsi === null) this.subjectImsi.putText(row, e.subjectImsi)
    if (e.msisdn === null) this.subjectMsisdn.putText(row, e.subjectMsisdn)
    const flags =
      (e.barred ? IS_BARRED : 0) |
      (e.locationWanted ? IS_LOCATION_WANTED : 0) |
      (e.identityMissing ? IS_IDENTITY_MISSING : 0)
    if (flags !== 0) this.flags.put(row, flags)
    this.addOwn(e, row)
  }

  /** Reads the next event of the batch that was learnt into a blank one. */
  read(draft: EventDraft): void {
    const row = this.nextRow++
    draft.seq = this.seq.at(row) ?? 0
    draft.capture = this.capture.at(row) ?? ''
    draft.frame = this.frame.at(row) ?? 0
    draft.timeUs = this.time.at(row) ?? 0
    // written from values of these types
    draft.protocol = (this.protocol.at(row) ?? 'map') as Protocol
    draft.kind = (this.kind.at(row) ?? 'request') as EventKind
    draft.operation = this.operation.at(row)
    draft.code = this.code.at(row)
    draft.imsi = this.imsi.textAt(row)
    draft.msisdn = this.msisdn.textAt(row)
    draft.imei = this.imei.textAt(row)
    draft.nodeAddress = this.nodeAddress.at(row)
    draft.cellId = this.cellId.at(row)
    draft.resultCode = this.resultCode.at(row)
    draft.srcIp = this.srcIp.at(row)
    draft.dstIp = this.dstIp.at(row)
    draft.srcPort = this.srcPort.at(row)
    draft.dstPort = this.dstPort.at(row)
    draft.apn = this.apn.at(row)
    draft.anomalies = this.anomalies.wordsAt(row) as readonly AnomalyName[]
    draft.answers = this.answers.at(row) ?? 0
    draft.encoding = this.encoding.at(row)
    draft.subjectImsi = draft.imsi ?? this.subjectImsi.textAt(row)
    draft.subjectMsisdn = draft.msisdn ?? this.subjectMsisdn.textAt(row)
    const flags = this.flags.at(row)
    if (flags !== null) {
      draft.barred = (flags & IS_BARRED) !== 0
      draft.locationWanted = (flags & IS_LOCATION_WANTED) !== 0
      draft.identityMissing = (flags & IS_IDENTITY_MISSING) !== 0
    }
    this.readOwn(draft, row)
  }

  /** The events gathered since the last call; the buffer is given away. */
  take(): FamilyBatch {
    const { rows, buffer } = this
    const texts = this.textColumns().map((column) => column.take())
    this.rows = 0
    this.buffer = null
    return { rows, buffer: buffer ?? new SharedArrayBuffer(0), texts }
  }

  /** Takes a batch to read. */
  learn({ rows, buffer, texts }: FamilyBatch): void {
    this.nextRow = 0
    if (rows === 0) return
    this.attach(buffer)
    for (const [i, column] of this.textColumns().entries()) column.learn(texts[i] ?? [])
  }

  /** Gets a buffer back for use again. */
  giveBack(buffer: SharedArrayBuffer): void {
    if (buffer.byteLength > 0) this.spare.push(buffer)
  }

  protected abstract addOwn(e: SignallingEvent, row: number): void

  protected abstract readOwn(draft: EventDraft, row: number): void

  /** Makes it one of the columns; they stand in the order of their making. */
  protected own<T extends Column>(column: T): T {
    this.columns.push(column)
    return column
  }

  protected integer(name: string): IntegerColumn {
    return this.own(new IntegerColumn(name))
  }

  protected wide(name: string): WideColumn {
    return this.own(new WideColumn(name))
  }

  protected label(name: string): LabelColumn {
    return this.own(new LabelColumn(name, this.labels))
  }

  protected digits(name: string): DigitsColumn {
    return this.own(new DigitsColumn(name, 'digits', this.labels))
  }

  protected hex(name: string): DigitsColumn {
    return this.own(new DigitsColumn(name, 'hex', this.labels))
  }

  /** Marks a column as one that the store does not keep. */
  protected carried<T extends Column>(column: T): T {
    column.isStored = false
    return column
  }

  private laidOut(): ReturnType<typeof layOut> {
    this.layout ??= layOut(this.columns)
    return this.layout
  }

  private textColumns(): readonly TextColumn[] {
    return this.columns.filter((column) => column instanceof TextColumn)
  }

  private emptyBuffer(): SharedArrayBuffer {
    const used = this.spare.pop()
    if (used === undefined) return new SharedArrayBuffer(this.laidOut().bytes)
    new Float64Array(used).fill(0)
    return used
  }

  private attach(buffer: SharedArrayBuffer): void {
    this.buffer = buffer
    const { places } = this.laidOut()
    this.columns.forEach((column, index) => {
      const place = places[index]
      if (place !== undefined) column.attach(buffer, place)
    })
  }
}
