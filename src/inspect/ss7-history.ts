import { Fault } from '../bytes/fault.ts'
import type { Slice } from '../bytes/slice.ts'
import type { SignallingProtocol } from '../event/signalling-protocol.ts'
import { NO_TRANSACTION, Transactions, transactionKey } from '../event/transactions.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeM2pa } from '../signalling/sigtran/m2pa.ts'
import { decodeM2ua } from '../signalling/sigtran/m2ua.ts'
import { decodeM3ua, type Maintenance } from '../signalling/sigtran/m3ua.ts'
import { decodeSua } from '../signalling/sigtran/sua.ts'
import { decodeMtp2, decodeMtp3, type Mtp3Transfer } from '../signalling/ss7/mtp3.ts'
import { decodeSccp, type SccpUnitdata } from '../signalling/ss7/sccp.ts'
import type { SccpAddress } from '../signalling/ss7/sccp-address.ts'
import { SccpReassembly } from '../signalling/ss7/sccp-reassembly.ts'
import { decodeTcap, isAnsiTcap, type TcapMessage } from '../signalling/ss7/tcap.ts'
import { type TcapUser, tcapUser } from '../signalling/ss7/tcap-user.ts'
import { Parts } from './parts.ts'

const SCCP = 3

/** How a message came: its point codes, time and frame. */
export interface Passage {
  readonly opc: number | null
  readonly dpc: number | null
  readonly timeUs: number
  readonly frame: number
}

/** User data of SCCP, and the frames whose segments made it up; null where one message held it all. */
export interface WholeData {
  readonly data: Slice
  readonly frames: readonly number[] | null
}

/** What the messages before say of a dialogue. */
export interface DialogueFacts {
  readonly user: TcapUser | null
  /** Named by this message or by an earlier one. */
  readonly applicationContext: string | null
  /** Operation code of the invoke that a component answers, or null. */
  operationOf(invokeId: number | null): number | null
}

/** What earlier frames leave for the reading of later ones: SCCP segments and TCAP dialogues under way. */
export class Ss7History {
  /** Made for the first message: it is large. */
  private known: Transactions | null = null
  private readonly segments = new SccpReassembly()
  private readonly parts = new Parts()
  private sequence = 0

  /** Follows a message of an earlier frame, or one whose rows are made elsewhere. */
  follow(name: SignallingProtocol, payload: Payload): void {
    const { bytes, start, end, packet } = payload
    const { timeUs, frame } = packet
    const none: Passage = { opc: null, dpc: null, timeUs, frame }
    if (name === 'sua') {
      const message = decodeSua(bytes, start, end)
      if (!(message instanceof Fault) && !('maintenance' in message)) this.followUnitdata(message, none)
      return
    }
    if (name === 'sccp') {
      this.followSccp(payload, 'itu', none)
      return
    }
    const transfer = decodeTransfer(name, bytes, start, end)
    if (transfer === null || transfer instanceof Fault || 'maintenance' in transfer || transfer.si !== SCCP) return
    this.followSccp(transfer, transfer.variant, { ...none, opc: transfer.opc, dpc: transfer.dpc })
  }

  /** Takes the user data of a connectionless message. @returns null while segments are missing. */
  whole(message: SccpUnitdata, passage: Passage, anomalies: AnomalyList): WholeData | null {
    const { segmentation, calling } = message
    const isSegment = segmentation !== null && !(segmentation.first && segmentation.remaining === 0)
    if (!isSegment) return { data: message, frames: null }
    const key = `${calling.gt ?? ''}|${calling.ssn}|${calling.pointCode ?? passage.opc}|${segmentation.reference}`
    const part = { frame: passage.frame, bytes: message.end - message.start }
    if (segmentation.first) this.parts.begin(key, part)
    else this.parts.add(key, part)
    const data = this.segments.add(message, passage.opc, passage.timeUs, anomalies)
    if (data === null) return null
    const frames = this.parts.framesOf(key, data.end - data.start)
    this.parts.begin(key, null)
    return { data: { bytes: data.bytes.slice(data.start, data.end), start: 0, end: data.end - data.start }, frames }
  }

  /** Follows a TCAP message. @returns what is known of its dialogue. */
  dialogue(message: TcapMessage, bytes: Uint8Array, sccp: SccpUnitdata, { opc, dpc, timeUs }: Passage): DialogueFacts {
    this.known ??= new Transactions()
    const transactions = this.known
    const returned = sccp.returnCause !== null
    const calling = addressOf(sccp.calling, opc)
    const called = addressOf(sccp.called, dpc)
    let slot = NO_TRANSACTION
    let fromOriginator = true
    if (message.name === 'begin' && message.otidStart >= 0 && !returned) {
      slot = transactions.begin(transactionKey(bytes, message.otidStart, message.otidEnd), calling, opc, dpc, timeUs)
    } else if (message.dtidStart >= 0 && !returned) {
      const side = transactions.find(transactionKey(bytes, message.dtidStart, message.dtidEnd), called, opc, dpc)
      slot = side.slot
      fromOriginator = side.fromOriginator
      if (slot >= 0 && !fromOriginator && message.name === 'continue' && message.otidStart >= 0)
        transactions.learnResponder(slot, transactionKey(bytes, message.otidStart, message.otidEnd), calling)
    }
    const own = message.dialogue?.applicationContext ?? null
    const first = message.components[0]
    const known = slot >= 0 ? transactions.userOf(slot) : null
    const user =
      known ??
      tcapUser({
        applicationContext: own,
        calledSsn: sccp.called.ssn,
        callingSsn: sccp.calling.ssn,
        code: first?.name === 'invoke' ? first.code : null,
      }).user
    const applicationContext = own ?? (slot >= 0 ? transactions.contextOf(slot) : null)
    const answered = new Map<number, number | null>()
    if (slot >= 0) {
      if (user !== null) transactions.setUser(slot, user, own)
      for (const { name, invokeId, code } of message.components) {
        if (name === 'invoke') {
          const seq = ++this.sequence
          transactions.addPending(slot, fromOriginator, invokeId, code, seq, null, null)
        } else if (invokeId !== null) {
          const pending = transactions.pendingOf(slot, fromOriginator, invokeId, name !== 'returnResultNotLast')
          if (pending !== null) answered.set(invokeId, pending.code)
        }
      }
      if (message.name === 'end' || message.name === 'abort') transactions.close(slot)
    }
    return {
      user,
      applicationContext,
      operationOf: (invokeId) => (invokeId === null ? null : (answered.get(invokeId) ?? null)),
    }
  }

  private followSccp(part: Slice, variant: Mtp3Transfer['variant'], passage: Passage): void {
    const message = decodeSccp(part.bytes, part.start, part.end, variant, new AnomalyList())
    if (!(message instanceof Fault) && !('connectionOriented' in message)) this.followUnitdata(message, passage)
  }

  private followUnitdata(message: SccpUnitdata, passage: Passage): void {
    const anomalies = new AnomalyList()
    const whole = this.whole(message, passage, anomalies)
    if (whole === null) return
    const { bytes, start, end } = whole.data
    if (isAnsiTcap(bytes, start, end)) return
    const tcap = decodeTcap(bytes, start, end, anomalies)
    if (!(tcap instanceof Fault)) this.dialogue(tcap, bytes, message, passage)
  }
}

/** The MTP3 transfer that a message of these protocols brings; null for any other protocol. */
export function decodeTransfer(
  name: SignallingProtocol,
  bytes: Uint8Array,
  start: number,
  end: number,
): Mtp3Transfer | Maintenance | Fault | null {
  switch (name) {
    case 'm3ua':
      return decodeM3ua(bytes, start, end)
    case 'm2ua':
      return decodeM2ua(bytes, start, end)
    case 'm2pa':
      return decodeM2pa(bytes, start, end)
    case 'mtp2':
      return decodeMtp2(bytes, start, end)
    case 'mtp3':
      return decodeMtp3(bytes, start, end)
    default:
      return null
  }
}

/** The text an address is matched by: its global title, else its point code. */
function addressOf(address: SccpAddress, pointCode: number | null): string {
  return address.gt ?? `pc ${address.pointCode ?? pointCode}`
}
