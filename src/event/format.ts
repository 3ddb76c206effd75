import type { SignallingEvent, SmsHeaders } from './signalling-event.ts'
import { formatTime } from './time.ts'

/** Keys that only Diameter and GTP fill, as one text: most lines of SS7 need no more. */
const NO_DIAMETER =
  '"originHost":null,"originRealm":null,"destinationHost":null,"destinationRealm":null,"userName":null,"visitedPlmn":null,"routeRecord":null,"sessionId":null,"applicationId":null,"resultCode":null,'
const NO_GTP = '"teid":null,"apn":null,"servingNetwork":null,'

/** Text of digits or fixed words, which need no escape. */
const plain = (text: string | null): string => (text === null ? 'null' : `"${text}"`)

/**
 * One event as a line of `telltale decode`, without the line feed: JSON, every key of schema 1, in its order.
 */
export function formatEvent(e: SignallingEvent): string {
  const head = `{"schema":1,"capture":${JSON.stringify(e.capture)},"frame":${e.frame},"time":"${formatTime(e.timeUs)}","protocol":"${e.protocol}","kind":"${e.kind}","operation":${plain(e.operation)},"code":${codeOf(e)},"opcodeForm":${plain(e.opcodeForm)},"applicationContext":${plain(e.applicationContext)},`
  const route = `"opc":${e.opc},"dpc":${e.dpc},"callingGt":${plain(e.callingGt)},"callingSsn":${e.callingSsn},"calledGt":${plain(e.calledGt)},"calledSsn":${e.calledSsn},"tcap":${plain(e.tcap)},"otid":${plain(e.otid)},"dtid":${plain(e.dtid)},"invokeId":${e.invokeId},"errorCode":${e.errorCode},`
  const subject = `"imsi":${plain(e.imsi)},"msisdn":${plain(e.msisdn)},"imei":${plain(e.imei)},"nodeAddress":${plain(e.nodeAddress)},"cellId":${plain(e.cellId)},"sms":${e.sms === null ? 'null' : formatSms(e.sms)},`
  const diameter =
    e.protocol !== 'diameter' && e.resultCode === null
      ? NO_DIAMETER
      : `${JSON.stringify({
          originHost: e.originHost,
          originRealm: e.originRealm,
          destinationHost: e.destinationHost,
          destinationRealm: e.destinationRealm,
          userName: e.userName,
          visitedPlmn: e.visitedPlmn,
          routeRecord: e.routeRecord,
          sessionId: e.sessionId,
          applicationId: e.applicationId,
          resultCode: e.resultCode,
        }).slice(1, -1)},`
  const network = `"srcIp":${plain(e.srcIp)},"dstIp":${plain(e.dstIp)},"srcPort":${e.srcPort},"dstPort":${e.dstPort},`
  const gtp =
    e.teid === null && e.apn === null && e.servingNetwork === null
      ? NO_GTP
      : `"teid":${plain(e.teid)},"apn":${JSON.stringify(e.apn)},"servingNetwork":${JSON.stringify(e.servingNetwork)},`
  const end = `"anomalies":${e.anomalies.length === 0 ? '[]' : JSON.stringify(e.anomalies)},"fault":${e.fault === null ? 'null' : JSON.stringify(e.fault)}}`
  return head + route + subject + diameter + network + gtp + end
}

function formatSms({ pid, dcs, udh, originator, oaType }: SmsHeaders): string {
  return JSON.stringify({ pid, dcs, udh, originator, oaType })
}

/** The code as the message holds it: the operation that an answer without one belongs to is told by its name alone. */
function codeOf({ kind, code, opcodeForm }: SignallingEvent): number | null {
  const isAnswer = kind === 'result' || kind === 'error' || kind === 'reject' || kind === 'abort'
  return isAnswer && opcodeForm === null ? null : code
}
