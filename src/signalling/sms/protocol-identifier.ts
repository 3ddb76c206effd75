/** Uses of TP-PID, by ranges in code order. Source: 3GPP TS 23.040 §9.2.3.9. */
export const PROTOCOL_IDENTIFIERS = [
  { from: 0x00, to: 0x00, name: 'shortMessage' },
  { from: 0x01, to: 0x1f, name: 'smeToSme' },
  { from: 0x20, to: 0x3f, name: 'telematicInterworking' },
  { from: 0x40, to: 0x40, name: 'shortMessageType0' },
  { from: 0x41, to: 0x41, name: 'replaceShortMessageType1' },
  { from: 0x42, to: 0x42, name: 'replaceShortMessageType2' },
  { from: 0x43, to: 0x43, name: 'replaceShortMessageType3' },
  { from: 0x44, to: 0x44, name: 'replaceShortMessageType4' },
  { from: 0x45, to: 0x45, name: 'replaceShortMessageType5' },
  { from: 0x46, to: 0x46, name: 'replaceShortMessageType6' },
  { from: 0x47, to: 0x47, name: 'replaceShortMessageType7' },
  { from: 0x48, to: 0x48, name: 'deviceTriggering' },
  { from: 0x49, to: 0x5d, name: 'reserved' },
  { from: 0x5e, to: 0x5e, name: 'enhancedMessageService' },
  { from: 0x5f, to: 0x5f, name: 'returnCall' },
  { from: 0x60, to: 0x7b, name: 'reserved' },
  { from: 0x7c, to: 0x7c, name: 'ansi136RData' },
  { from: 0x7d, to: 0x7d, name: 'meDataDownload' },
  { from: 0x7e, to: 0x7e, name: 'meDepersonalization' },
  { from: 0x7f, to: 0x7f, name: 'usimDataDownload' },
  { from: 0x80, to: 0xbf, name: 'reserved' },
  { from: 0xc0, to: 0xff, name: 'serviceCentreSpecific' },
] as const satisfies readonly { readonly from: number; readonly to: number; readonly name: string }[]

export type ProtocolIdentifier = (typeof PROTOCOL_IDENTIFIERS)[number]['name']

/** TP-PID of a message that the phone acknowledges and throws away. Source: TS 23.040 §9.2.3.9. */
export const SHORT_MESSAGE_TYPE_0 = 0x40
/** TP-PID of a message the phone hands to its SIM. Source: TS 23.040 §9.2.3.9. */
export const USIM_DATA_DOWNLOAD = 0x7f

const NAMES: readonly ProtocolIdentifier[] = PROTOCOL_IDENTIFIERS.flatMap(({ from, to, name }) =>
  Array.from({ length: to - from + 1 }, () => name),
)

/** The use a TP-PID octet stands for. */
export function protocolIdentifierName(pid: number): ProtocolIdentifier {
  return NAMES[pid] ?? 'reserved'
}
