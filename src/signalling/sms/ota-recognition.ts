import type { AnomalyList } from '../anomaly.ts'
import { decodeOtaCommand, decodeOtaResponse, type OtaCommand, type OtaResponse, otaDataRange } from './ota-packet.ts'
import { findProactiveCommands } from './proactive-structure.ts'
import { USIM_DATA_DOWNLOAD } from './protocol-identifier.ts'

/** What a message holds for or from a SIM. */
export interface SimContent {
  readonly command: OtaCommand | null
  readonly response: OtaResponse | null
  /** Proactive commands of unsecured data, by name. */
  readonly commands: readonly string[]
}

/** What is known of the message around a body. */
export interface SimHint {
  /** Its header declares a command packet (IEI 70). */
  readonly declaresCommand: boolean
  /** Its header declares a response packet (IEI 71). */
  readonly declaresResponse: boolean
  readonly pid: number
  /** It is 8-bit data for the SIM or the toolkit, so that its body may be commands without a packet. */
  readonly isSimData: boolean
  /** Further parts follow the body. */
  readonly cut: boolean
}

const NO_COMMANDS: readonly string[] = Object.freeze([])

export const NO_SIM_CONTENT: SimContent = Object.freeze({ command: null, response: null, commands: NO_COMMANDS })

/**
 * Looks for SIM command and response packets (3GPP TS 31.115) in a body `bytes[start, end)`, whatever its protocol
 * identifier and data coding say: a SIM may read what a network takes for text.
 */
export function recogniseSimContent(
  bytes: Uint8Array,
  start: number,
  end: number,
  hint: SimHint,
  anomalies: AnomalyList | null,
): SimContent {
  const { declaresCommand, declaresResponse, pid, cut } = hint
  let command: OtaCommand | null = null
  let response: OtaResponse | null = null
  if (declaresCommand) command = decodeOtaCommand(bytes, start, end, 'udh', cut)
  if (declaresResponse) response = decodeOtaResponse(bytes, start, end, 'udh', cut)
  if (declaresCommand || declaresResponse) {
    if (command === null && response === null) anomalies?.add('simPacketUnreadable')
  } else {
    command = decodeOtaCommand(bytes, start, end, pid === USIM_DATA_DOWNLOAD ? 'pid' : 'structure', cut)
    if (command === null) response = decodeOtaResponse(bytes, start, end, 'structure', cut)
    if (command !== null || response !== null) anomalies?.add('simPacketUndeclared')
  }
  if (command === null) {
    if (response !== null || !hint.isSimData)
      return response === null ? NO_SIM_CONTENT : { ...NO_SIM_CONTENT, response }
    const commands = findProactiveCommands(bytes, start, end, false, cut)
    return commands.length === 0 ? NO_SIM_CONTENT : { command, response, commands }
  }
  const data = otaDataRange(command, start, end)
  const isSat = command.application === 'sat' || command.application === 'satPush'
  const commands = findProactiveCommands(bytes, data.start, data.end, isSat, !command.complete)
  return { command, response, commands }
}
