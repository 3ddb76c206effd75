/** A command; request and answer share code and name. */
export interface DiameterCommand {
  readonly code: number
  /** The specification's, without `-Request` and `-Answer`. */
  readonly name: string
  /** Applications that contain it; empty where any may. */
  readonly applications: readonly number[]
  /** The request must name a subscriber. */
  readonly ofSubscriber: boolean
}

const NASREQ = 1
const MOBILE_IPV4 = 2
const EAP = 5
const SIP = 6
const CX = 16777216
const SH = 16777217
const WX = 16777219
const GQ = 16777222
const RX_6 = 16777229
const RX = 16777236
const STA = 16777250
const S6A = 16777251
const S13 = 16777252
const SLG = 16777255
const SWM = 16777264
const SWX = 16777265
const S6B = 16777272
const SLH = 16777291
const SY = 16777302
const SD = 16777303
const S7A = 16777308
const TSP = 16777309
const S6M = 16777310
const T4 = 16777311
const S6C = 16777312
const SGD = 16777313
const NP = 16777342
const S6T = 16777345
const T6A = 16777346

const row = (code: number, name: string, applications: readonly number[], ofSubscriber = false): DiameterCommand => ({
  code,
  name,
  applications,
  ofSubscriber,
})

/**
 * Commands by code. Source: RFC 6733 §3.1, RFC 7155 §3, RFC 8506 §3, RFC 4740 §8; 3GPP TS 29.229 §6.1, TS 29.329 §6.1,
 * TS 29.272 §7.2, TS 29.172 §7.3, TS 29.173 §6.3, TS 29.338 §5.2 and §6.2, TS 29.336 §6.3 and §8.3, TS 29.128 §6.3,
 * TS 29.212 §5.6 and §5b.6, TS 29.219 §5.6, TS 29.344 §6.2, TS 29.109 §6.2.
 */
export const DIAMETER_COMMANDS: readonly DiameterCommand[] = [
  row(257, 'Capabilities-Exchange', [0]),
  row(258, 'Re-Auth', []),
  row(260, 'AA-Mobile-Node', [MOBILE_IPV4]),
  row(262, 'Home-Agent-MIP', [MOBILE_IPV4]),
  row(265, 'AA', [NASREQ, GQ, RX_6, RX, STA, SWM, S6B]),
  row(268, 'Diameter-EAP', [EAP, STA, SWM]),
  row(271, 'Accounting', []),
  row(272, 'Credit-Control', []),
  row(274, 'Abort-Session', []),
  row(275, 'Session-Termination', []),
  row(280, 'Device-Watchdog', [0]),
  row(282, 'Disconnect-Peer', [0]),
  row(283, 'User-Authorization', [SIP]),
  row(284, 'Server-Assignment', [SIP]),
  row(285, 'Location-Info', [SIP]),
  row(286, 'Multimedia-Auth', [SIP]),
  row(287, 'Registration-Termination', [SIP]),
  row(288, 'Push-Profile', [SIP]),
  row(300, 'User-Authorization', [CX]),
  row(301, 'Server-Assignment', [CX, SWX]),
  row(302, 'Location-Info', [CX]),
  row(303, 'Multimedia-Auth', [CX, WX, SWX]),
  row(304, 'Registration-Termination', [CX, SWX]),
  row(305, 'Push-Profile', [CX, SWX]),
  row(306, 'User-Data', [SH]),
  row(307, 'Profile-Update', [SH]),
  row(308, 'Subscribe-Notifications', [SH]),
  row(309, 'Push-Notification', [SH]),
  row(310, 'Bootstrapping-Info', []),
  row(311, 'Message-Process', []),
  row(312, 'GBAPush-Info', []),
  row(314, 'Policy-Data', []),
  row(315, 'Policy-Install', []),
  row(316, 'Update-Location', [S6A], true),
  row(317, 'Cancel-Location', [S6A], true),
  row(318, 'Authentication-Information', [S6A], true),
  row(319, 'Insert-Subscriber-Data', [S6A], true),
  row(320, 'Delete-Subscriber-Data', [S6A], true),
  row(321, 'Purge-UE', [S6A], true),
  row(322, 'Reset', [S6A]),
  row(323, 'Notify', [S6A], true),
  row(324, 'ME-Identity-Check', [S13]),
  row(325, 'MIP6', []),
  row(326, 'QoS-Authorization', []),
  row(327, 'QoS-Install', []),
  row(328, 'Capabilities-Update', []),
  row(329, 'IKEv2-SK', []),
  row(330, 'NAT-Control', []),
  row(8388620, 'Provide-Location', [SLG], true),
  row(8388621, 'Location-Report', [SLG], true),
  row(8388622, 'LCS-Routing-Info', [SLH], true),
  row(8388633, 'Ericsson-SL', []),
  row(8388634, 'Ericsson-SN', []),
  row(8388635, 'Spending-Limit', [SY]),
  row(8388636, 'Spending-Status-Notification', [SY]),
  row(8388637, 'TDF-Session', [SD]),
  row(8388638, 'Update-VCSG-Location', [S7A], true),
  row(8388639, 'Device-Action', [TSP]),
  row(8388640, 'Device-Notification', [TSP]),
  row(8388641, 'Subscriber-Information', [S6M], true),
  row(8388642, 'Cancel-VCSG-Location', [S7A], true),
  row(8388643, 'Device-Trigger', [T4]),
  row(8388644, 'Delivery-Report', [T4]),
  row(8388645, 'MO-Forward-Short-Message', [SGD], true),
  row(8388646, 'MT-Forward-Short-Message', [SGD], true),
  row(8388647, 'Send-Routing-Info-for-SM', [S6C], true),
  row(8388648, 'Alert-Service-Centre', [S6C, SGD]),
  row(8388649, 'Report-SM-Delivery-Status', [S6C], true),
  row(8388656, 'Trigger-Establishment', []),
  row(8388662, 'GCS-Action', []),
  row(8388663, 'GCS-Notification', []),
  row(8388664, 'ProSe-Subscriber-Information', []),
  row(8388665, 'Update-ProSe-Subscriber-Data', []),
  row(8388666, 'ProSe-Notify', []),
  row(8388667, 'Reset', []),
  row(8388713, 'ProSe-Initial-Location-Information', []),
  row(8388718, 'Configuration-Information', [S6M, S6T, T6A], true),
  row(8388719, 'Reporting-Information', [S6T, T6A]),
  row(8388720, 'Non-Aggregated-RUCI-Report', [NP]),
  row(8388721, 'Aggregated-RUCI-Report', [NP]),
  row(8388722, 'Modify-Uecontext', [NP]),
  row(8388726, 'NIDD-Information', [S6T], true),
  row(8388732, 'Connection-Management', [T6A], true),
  row(8388733, 'MO-Data', [T6A], true),
  row(8388734, 'MT-Data', [T6A], true),
]

/** Where the codes of vendors begin (RFC 6733 §11.2): commands stand in two dense arrays. */
const FIRST_VENDOR_CODE = 8_388_608
const STANDARD = byCode(0)
const OF_VENDORS = byCode(FIRST_VENDOR_CODE)

function byCode(first: number): readonly (DiameterCommand | null)[] {
  const commands: (DiameterCommand | null)[] = new Array(1024).fill(null)
  for (const command of DIAMETER_COMMANDS) {
    const place = command.code - first
    if (place >= 0 && place < commands.length) commands[place] = command
  }
  return commands
}

/** Applications whose commands are all listed: only there does a strange command mean anything. */
const COMPLETE = new Set(DIAMETER_COMMANDS.flatMap((command) => command.applications))

/** The command of a code, or null for one that is not listed. */
export function diameterCommand(code: number): DiameterCommand | null {
  return (code < FIRST_VENDOR_CODE ? STANDARD[code] : OF_VENDORS[code - FIRST_VENDOR_CODE]) ?? null
}

/** Whether an application may carry a command; true where neither table says. */
export function isInApplication(command: DiameterCommand, application: number): boolean {
  const { applications } = command
  return applications.length === 0 || applications.includes(application) || !COMPLETE.has(application)
}
