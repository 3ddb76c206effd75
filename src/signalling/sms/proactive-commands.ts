interface ProactiveCommand {
  readonly code: number
  readonly name: string
  readonly to: 'terminal' | 'network' | 'display' | 'earpiece' | 'reader' | 'channel'
}

/**
 * Proactive commands by type of command, with the device they go to.
 * Source: ETSI TS 102 223 §9.4 and §6.6, 3GPP TS 31.111 §6.6 for what it adds.
 */
export const PROACTIVE_COMMANDS = [
  { code: 0x01, name: 'refresh', to: 'terminal' },
  { code: 0x02, name: 'moreTime', to: 'terminal' },
  { code: 0x03, name: 'pollInterval', to: 'terminal' },
  { code: 0x04, name: 'pollingOff', to: 'terminal' },
  { code: 0x05, name: 'setUpEventList', to: 'terminal' },
  { code: 0x10, name: 'setUpCall', to: 'network' },
  { code: 0x11, name: 'sendSs', to: 'network' },
  { code: 0x12, name: 'sendUssd', to: 'network' },
  { code: 0x13, name: 'sendShortMessage', to: 'network' },
  { code: 0x14, name: 'sendDtmf', to: 'network' },
  { code: 0x15, name: 'launchBrowser', to: 'terminal' },
  { code: 0x16, name: 'geographicalLocationRequest', to: 'terminal' },
  { code: 0x20, name: 'playTone', to: 'earpiece' },
  { code: 0x21, name: 'displayText', to: 'display' },
  { code: 0x22, name: 'getInkey', to: 'terminal' },
  { code: 0x23, name: 'getInput', to: 'terminal' },
  { code: 0x24, name: 'selectItem', to: 'terminal' },
  { code: 0x25, name: 'setUpMenu', to: 'terminal' },
  { code: 0x26, name: 'provideLocalInformation', to: 'terminal' },
  { code: 0x27, name: 'timerManagement', to: 'terminal' },
  { code: 0x28, name: 'setUpIdleModeText', to: 'terminal' },
  { code: 0x30, name: 'performCardApdu', to: 'reader' },
  { code: 0x31, name: 'powerOnCard', to: 'reader' },
  { code: 0x32, name: 'powerOffCard', to: 'reader' },
  { code: 0x33, name: 'getReaderStatus', to: 'terminal' },
  { code: 0x34, name: 'runAtCommand', to: 'terminal' },
  { code: 0x35, name: 'languageNotification', to: 'terminal' },
  { code: 0x40, name: 'openChannel', to: 'terminal' },
  { code: 0x41, name: 'closeChannel', to: 'channel' },
  { code: 0x42, name: 'receiveData', to: 'channel' },
  { code: 0x43, name: 'sendData', to: 'channel' },
  { code: 0x44, name: 'getChannelStatus', to: 'terminal' },
  { code: 0x45, name: 'serviceSearch', to: 'terminal' },
  { code: 0x46, name: 'getServiceInformation', to: 'terminal' },
  { code: 0x47, name: 'declareService', to: 'terminal' },
  { code: 0x50, name: 'setFrames', to: 'terminal' },
  { code: 0x51, name: 'getFramesStatus', to: 'terminal' },
  { code: 0x60, name: 'retrieveMultimediaMessage', to: 'network' },
  { code: 0x61, name: 'submitMultimediaMessage', to: 'network' },
  { code: 0x62, name: 'displayMultimediaMessage', to: 'display' },
  { code: 0x70, name: 'activate', to: 'terminal' },
  { code: 0x71, name: 'contactlessStateChanged', to: 'terminal' },
  { code: 0x72, name: 'commandContainer', to: 'terminal' },
  { code: 0x73, name: 'encapsulatedSessionControl', to: 'terminal' },
] as const satisfies readonly ProactiveCommand[]

/** What provideLocalInformation asks for, by its qualifier. Source: ETSI TS 102 223 §8.6. */
export const LOCAL_INFORMATION = [
  'locationInformation',
  'imei',
  'networkMeasurementResults',
  'dateTimeAndZone',
  'languageSetting',
  'timingAdvance',
  'accessTechnology',
  'esn',
  'imeisv',
  'searchMode',
  'batteryCharge',
  'meid',
  'wsid',
  'broadcastNetworkInformation',
  'multipleAccessTechnologies',
  'locationInformationOfSeveral',
  'networkMeasurementResultsOfSeveral',
  'csgIdList',
  'hnbIpAddress',
  'surroundingMacrocells',
] as const

/** Device identities by what they stand for. Source: ETSI TS 102 223 §8.7. */
const DEVICES: Record<ProactiveCommand['to'], readonly [number, number]> = {
  terminal: [0x82, 0x82],
  network: [0x83, 0x83],
  display: [0x02, 0x02],
  earpiece: [0x03, 0x03],
  reader: [0x10, 0x17],
  channel: [0x21, 0x27],
}

const BY_CODE: readonly (ProactiveCommand | undefined)[] = Array.from({ length: 256 }, (_, code) =>
  PROACTIVE_COMMANDS.find((row) => row.code === code),
)

const PROVIDE_LOCAL_INFORMATION = 0x26

/**
 * The name of a proactive command; provideLocalInformation with what it asks for behind a colon.
 * @returns null for a type that is not defined.
 */
export function proactiveCommandName(type: number, qualifier: number): string | null {
  const row = BY_CODE[type]
  if (row === undefined) return null
  const asked = type === PROVIDE_LOCAL_INFORMATION ? LOCAL_INFORMATION[qualifier] : undefined
  return asked === undefined ? row.name : `${row.name}:${asked}`
}

/** Tells whether a command of this type goes to this device. */
export function isDestinationOf(type: number, device: number): boolean {
  const row = BY_CODE[type]
  if (row === undefined) return false
  const [first, last] = DEVICES[row.to]
  return device >= first && device <= last
}

/** Tells whether a command of this type goes to the phone itself or to the network. */
export function isOutward(type: number): boolean {
  const to = BY_CODE[type]?.to
  return to === 'terminal' || to === 'network'
}
