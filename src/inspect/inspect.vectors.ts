import { element as e, hex } from '../bytes/bytes.vectors.ts'
import { begin, goOn, invoke, returnError } from '../event/messages.vectors.ts'
import {
  chunk,
  data,
  ethernet,
  FIRST,
  fragment6,
  init,
  ipv4,
  ipv6,
  LAST,
  sctp,
  sctpFrame,
  u16,
  u32,
  udp,
} from '../packet/frames.vectors.ts'
import { segment } from '../packet/tcp.vectors.ts'
import { FROM_MME, message, S6A, TO_HOME, tgpp, USER } from '../signalling/diameter/avp.vectors.ts'
import { CREATE_PDP_CONTEXT_REQUEST, CREATE_SESSION_REQUEST, tv, v1 } from '../signalling/gtp/gtp.vectors.ts'
import { M2PA_LINK_STATUS, M2UA_DATA, M3UA_ASP_UP, SUA_CLDT } from '../signalling/sigtran/sigtran.vectors.ts'
import { commandPacket } from '../signalling/sms/ota-packet.vectors.ts'
import { CALLED, CALLING, sccp } from '../signalling/ss7/sccp.vectors.ts'
import { AARQ, OTID } from '../signalling/ss7/tcap.vectors.ts'

/** Frames built layer by layer with invented subscribers (MCC 001, the drama ranges), and rows that must be there. */

/** Name, value (null: none), octets, and the number of the message put together where it is not the frame. */
export type Row = readonly [name: string, value: string | null, start: number, end: number, buffer?: number]

export interface FrameVector {
  readonly what: string
  /** LINKTYPE_ number; 1 unless said otherwise. */
  readonly linkType?: number
  /** Frames before it, then the one to be shown. */
  readonly frames: readonly (readonly number[])[]
  readonly rows: readonly Row[]
  /** Shown with identities. */
  readonly reveal?: boolean
}

export const IMSI_OCTETS = '00010121436587f9'
export const IMSI = '001010123456789'
export const MSISDN_OCTETS = '91447700091032'
export const MSISDN = '447700900123'
const STAMP = '62302080510300'

const octetsOf = (text: string): number[] => [...hex(text)]

/** M3UA DATA of SCCP from 2-100-1 to 1-0-1, national. */
export function m3ua(user: readonly number[]): number[] {
  const value = [...u32(4897), ...u32(2049), 3, 2, 0, 7, ...user]
  const padded = [...value, ...new Array<number>(-value.length & 3).fill(0)]
  const parameter = [0x02, 0x10, ...u16(value.length + 4), ...padded]
  return [1, 0, 1, 1, ...u32(8 + parameter.length), ...parameter]
}

const unitdata = (tcap: string, called = CALLED, calling = CALLING): number[] => [
  ...sccp('09 81', called, calling, tcap),
]
/** Ethernet, IPv4, SCTP, M3UA, SCCP: user data of SCCP begins at octet 120. */
export const tcapFrame = (tcap: string, tsn = 1): number[] => sctpFrame([data(tsn, m3ua(unitdata(tcap)))])

/** The same with a TCAP message of any length, in LUDT. */
export const longTcapFrame = (tcap: string): number[] =>
  sctpFrame([data(1, m3ua([...sccp('13 81 0f', CALLED, CALLING, tcap)]))])

/** anyTimeInterrogation about an MSISDN for a gsmSCF. Source: 3GPP TS 29.002 §17.7.1. */
export const ATI = invoke(
  1,
  71,
  e('30', e('a0', e('81', MSISDN_OCTETS)), e('a1', e('80'), e('81')), e('83', '91447700900077')),
)
/** mt-ForwardSM with a command packet for the SIM, its text too. */
const OTA_TPDU = `44 0c91 ${MSISDN_OCTETS.slice(2)} 7f f6 ${STAMP} 1b 027000 ${commandPacket({ spi: '1621', kic: '15', kid: '15', tar: 'b2ff00' }, '', 'a5a5a5a5a5a5a5a5')}`
export const TEXT = 'hello'
const TEXT_TPDU = `04 0c91 ${MSISDN_OCTETS.slice(2)} 00 00 ${STAMP} 05 e8329bfd06`
const forward = (tpdu: string): string =>
  invoke(1, 44, e('30', e('80', IMSI_OCTETS), e('84', '91447700900088'), e('04', tpdu.replaceAll(' ', ''))))
export const OTA_FRAME = tcapFrame(begin('00000001', forward(OTA_TPDU)))
export const TEXT_FRAME = tcapFrame(begin('00000001', forward(TEXT_TPDU)))

const LONG = begin('00000001', ATI)
const halves = [LONG.slice(0, 60), LONG.slice(60)] as const
const segmentOf = (part: string, first: boolean, tsn: number): number[] =>
  sctpFrame([data(tsn, m3ua([...sccp('11 81 0f', CALLED, CALLING, part, `10 04 ${first ? 'c1' : '40'} 010000 00`)]))])

const M3UA = m3ua(unitdata(LONG))
const ULR = [...hex(message('c0', 316, S6A, FROM_MME, TO_HOME, USER, tgpp(1032, '000003ec'), tgpp(1407, '00f110')))]
const DATAGRAM = udp([...hex(CREATE_SESSION_REQUEST)])
/** Initial address with called and calling number, from 1 to 2. Source: ITU-T Q.763 §4. */
const IAM = '85 02400010 0e00 01 11 0000 0a 03 02 09 07 0390 4477009010 0a 06 0313 44779010 00'
const CONTEXT = udp(octetsOf(CREATE_PDP_CONTEXT_REQUEST))
const VLAN = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x81, 0, 0x60, 0x2a]

const MAP_ROWS: readonly Row[] = [
  ['Ethernet', null, 0, 14],
  ['IPv4', '192.0.2.1 → 192.0.2.2', 14, 34],
  ['SCTP', '2905 → 2906', 34, 190],
  ['Chunk DATA (0)', 'TSN 1, stream 0', 46, 190],
  ['Payload protocol', 'M3UA (3)', 58, 62],
  ['M3UA', 'DATA', 62, 190],
  ['Message class', 'transfer (1)', 64, 65],
  ['Originating point code', '2-100-1 (4897)', 74, 78],
  ['Service indicator', 'sccp (3)', 82, 83],
  ['SCCP', 'UDT', 86, 187],
  ['Pointer to data', 'octet 108', 90, 91],
  ['Called party address', 'HLR (6)', 91, 103],
  ['Numbering plan', 'ISDN, E.164 (1)', 95, 96],
  ['Digits', '44********77', 97, 103],
  ['Point code', '2-70-4 (4660)', 105, 107],
  ['TCAP', 'begin', 109, 187],
  ['Originating transaction identifier', '00000001', 111, 117],
  ['application-context-name', null, 138, 149],
  ['name', '0.4.0.0.1.0.29.3 (anyTimeInfoEnquiryContext v3)', 140, 149],
  ['MAP', 'invoke anyTimeInterrogation', 151, 187],
  ['Operation (local)', 'anyTimeInterrogation (71)', 156, 159],
  ['subscriberIdentity', null, 161, 172],
  ['msisdn', '44********23', 163, 172],
  ['locationInformation', 'present', 174, 176],
  ['gsmSCF-Address', '447700090077', 178, 187],
]

/** Of the short message for a SIM: what its packet's header says. */
const SIM_ROWS: readonly Row[] = [
  ['imsi', '00101********89', 129, 139],
  ['Short message', 'SMS-DELIVER', 150, 196],
  ['Originating address', '44********23', 151, 159],
  ['Protocol identifier', 'usimDataDownload (127)', 159, 160],
  ['Data coding scheme', '0xf6: 8bit, class 2', 160, 161],
  ['Service centre time', '2026-03-02T08:15:30Z', 161, 168],
  ['commandPacket (0x70)', 'empty', 170, 172],
  ['Data', '24 octets, text not shown', 172, 196],
  ['Security parameters', '0x1621', 175, 177],
  ['Integrity', 'cryptographicChecksum', 175, 176],
  ['Ciphering key (KIc)', '0x15: tripleDes2Keys, key 1', 177, 178],
  ['Toolkit application', 'b2ff00', 179, 182],
]

export const FRAMES: readonly FrameVector[] = [
  { what: 'MAP over M3UA, every layer', frames: [tcapFrame(e('62', OTID, AARQ, e('6c', ATI)))], rows: MAP_ROWS },
  {
    what: 'the same, identities shown',
    frames: [tcapFrame(e('62', OTID, AARQ, e('6c', ATI)))],
    reveal: true,
    rows: [
      ['msisdn', MSISDN, 163, 172],
      ['Digits', '447700900077', 97, 103],
    ],
  },
  {
    what: 'an error that answers an invoke of an earlier frame',
    frames: [
      tcapFrame(begin('00000001', ATI)),
      sctpFrame([data(2, m3ua(unitdata(goOn('a0b0c0d0', '00000001', returnError(1, 49)), CALLING, CALLED)))]),
    ],
    rows: [
      ['MAP', 'return error anyTimeInterrogation', 125, 133],
      ['Error (local)', 'ati-NotAllowed (49)', 130, 133],
      ['Answers', 'anyTimeInterrogation (71)', 125, 125],
    ],
  },
  { what: 'a short message with a command packet for a SIM', frames: [OTA_FRAME], rows: SIM_ROWS },
  {
    what: 'a short message whose text is not shown',
    frames: [TEXT_FRAME],
    reveal: true,
    rows: [['Text', '5 octets, text not shown', 169, 174]],
  },
  {
    what: 'SCCP segments of two frames',
    frames: [segmentOf(halves[0], true, 1), segmentOf(halves[1], false, 2)],
    rows: [
      ['Remaining segments', '0', 129, 130],
      ['Segment', '16 octets, part of a longer message', 111, 127],
      ['SCCP message 1', 'reassembled, 46 octets from frames 1, 2', 0, 46, 1],
      ['msisdn', '44********23', 22, 31, 1],
      ['Anomaly', 'needlessSegmentation', 0, 46, 1],
    ],
  },
  {
    what: 'SCTP fragments of two frames',
    frames: [
      sctpFrame([data(1, M3UA.slice(0, 50), { flags: FIRST })]),
      sctpFrame([data(2, M3UA.slice(50), { flags: LAST })]),
    ],
    rows: [
      ['Chunk DATA (0)', 'TSN 2, stream 0, last fragment', 46, 108],
      ['Fragment', '46 octets, part of a user message', 62, 108],
      ['SCTP message 1', 'reassembled, 96 octets from frames 1, 2', 0, 96, 1],
      ['MAP', 'invoke anyTimeInterrogation', 57, 93, 1],
    ],
  },
  {
    what: 'the first of two SCTP fragments',
    frames: [sctpFrame([data(1, M3UA.slice(0, 50), { flags: FIRST })])],
    rows: [['Fragment', '50 octets, part of a user message', 62, 112]],
  },
  {
    what: 'a chunk seen before',
    frames: [tcapFrame(LONG), tcapFrame(LONG)],
    rows: [
      ['Seen before', 'retransmission', 62, 158],
      ['MAP', 'invoke anyTimeInterrogation', 119, 155],
    ],
  },
  {
    what: 'INIT, SACK and ABORT',
    frames: [
      sctpFrame([
        init(1, 0x11223344),
        chunk(3, 0, [...u32(9), ...u32(4096), ...u16(1), ...u16(0), ...u16(2), ...u16(3)]),
        chunk(6, 0, [0, 12, 0, 4]),
      ]),
    ],
    rows: [
      ['Initiate tag', '0x11223344', 50, 54],
      ['Gap block', 'TSN 11 to 12', 82, 86],
      ['User-Initiated Abort', null, 90, 94],
    ],
  },
  {
    what: 'Diameter over two TCP segments',
    frames: [
      segment(ULR.slice(0, 100), { sequence: 1000, dstPort: 3868 }),
      segment(ULR.slice(100), { sequence: 1100, dstPort: 3868 }),
    ],
    rows: [
      ['TCP', '40000 → 3868, none', 34, 54],
      ['TCP message 1', 'reassembled, 288 octets from frames 1, 2', 0, 288, 1],
      ['Diameter', 'Update-Location-Request', 0, 288, 1],
      ['Application', 'S6a/S6d (16777251)', 8, 12, 1],
      ['User-Name (1)', '00101********89', 232, 255, 1],
      ['RAT-Type (1032)', 'EUTRAN (1004)', 256, 272, 1],
      ['Vendor', '3GPP (10415)', 280, 284, 1],
      ['Visited-PLMN-Id (1407)', '001-01', 272, 287, 1],
    ],
  },
  {
    what: 'a second Diameter message that begins in the segment in which the first ends',
    frames: [
      segment(ULR.slice(0, 100), { sequence: 1000, dstPort: 3868 }),
      segment([...ULR.slice(100), ...ULR.slice(0, 60)], { sequence: 1100, dstPort: 3868 }),
      segment(ULR.slice(60), { sequence: 1348, dstPort: 3868 }),
    ],
    rows: [['TCP message 1', 'reassembled, 288 octets from frames 2, 3', 0, 288, 1]],
  },
  {
    what: 'GTPv2 in two IPv4 fragments',
    frames: [
      ethernet(0x0800, ipv4(DATAGRAM.slice(0, 64), { protocol: 17, id: 7, more: true })),
      ethernet(0x0800, ipv4(DATAGRAM.slice(64), { protocol: 17, id: 7, offset: 64 })),
    ],
    rows: [
      ['Flags and fragment offset', 'offset 64', 20, 22],
      ['IP message 1', 'reassembled, 171 octets from frames 1, 2', 0, 171, 1],
      ['GTP', 'v2, Create Session Request', 8, 171, 1],
      ['International Mobile Subscriber Identity (IMSI) (1)', '00101********89', 20, 32, 1],
      ['Mobile Equipment Identity (MEI) (75)', '49015420*****18', 42, 54, 1],
      ['ECGI', '001-01-180149761', 64, 71, 1],
      ['Access Point Name (APN) (71)', 'roam.example', 96, 113, 1],
    ],
  },
  {
    what: 'GTPv1 in two IPv6 fragments, behind a VLAN tag',
    frames: [
      [...VLAN, 0x86, 0xdd, ...ipv6(fragment6(17, 9, 0, true, CONTEXT.slice(0, 64)), 44)],
      [...VLAN, 0x86, 0xdd, ...ipv6(fragment6(17, 9, 64, false, CONTEXT.slice(64)), 44)],
    ],
    rows: [
      ['Tag control', 'priority 3, VLAN 42', 14, 16],
      ['IPv6', '2001:db8::1 → 2001:db8::2', 18, 58],
      ['Fragment offset', '64, last fragment', 60, 62],
      ['IP message 1', 'reassembled, 129 octets from frames 1, 2', 0, 129, 1],
      ['GTP', 'v1, Create PDP Context Request', 8, 129, 1],
      ['IMSI (2)', '00101********89', 20, 29, 1],
      ['User Location Information (152)', 'CGI 001-01-4660-22136', 107, 118, 1],
    ],
  },
  {
    what: 'GTPv1 with an element that says its length in one octet',
    linkType: 101,
    frames: [ipv4(udp([...hex(v1(31, `8d02c0c1${tv(14, '07')}`))]), { protocol: 17 })],
    rows: [
      ['Extension Header Type List (141)', 'c0c1', 40, 44],
      ['Recovery (14)', '7', 44, 46],
    ],
  },
  {
    what: 'M2UA over a raw link, with a user part that is none',
    linkType: 101,
    frames: [ipv4(sctp([data(1, [...M2UA_DATA], { ppid: 2 })], { dstPort: 2904 }))],
    rows: [
      ['IPv4', '192.0.2.1 → 192.0.2.2', 0, 20],
      ['M2UA', 'Data', 48, 76],
      ['MTP3', 'ITU, 0-12-4 (100) → 0-25-0 (200)', 68, 73],
      ['Not read', 'unknown message type', 73, 76],
    ],
  },
  {
    what: 'M2PA link status',
    frames: [sctpFrame([data(1, [...M2PA_LINK_STATUS], { ppid: 5 })])],
    rows: [
      ['M2PA', 'Link Status', 62, 82],
      ['State', 'Ready (4)', 78, 82],
    ],
  },
  {
    what: 'SUA, a segment',
    frames: [sctpFrame([data(1, [...SUA_CLDT], { ppid: 4 })])],
    rows: [
      ['SUA', 'CLDT', 62, 170],
      ['Subsystem Number', 'gsmSCF (147)', 102, 110],
      ['Digits', '44********77', 130, 136],
      ['Segmentation', 'first, 2 remaining, reference 0x000abc', 154, 162],
      ['Segment', '3 octets, part of a longer message', 166, 169],
    ],
  },
  {
    what: 'M3UA management',
    frames: [sctpFrame([data(1, [...M3UA_ASP_UP], { ppid: 3 })])],
    rows: [
      ['M3UA', 'ASPUP', 62, 70],
      ['Message class', 'ASP state maintenance (3)', 64, 65],
    ],
  },
  {
    what: 'ISUP over MTP2',
    linkType: 140,
    frames: [octetsOf(`8080 20 ${IAM}`)],
    rows: [
      ['MTP2', 'message', 0, 3],
      ['MTP3', 'ITU, 0-0-1 (1) → 0-0-2 (2)', 3, 8],
      ['ISUP', 'Initial Address, circuit 14', 8, 35],
      ['Transmission medium requirement', '3.1 kHz audio (3)', 15, 16],
      ['Called party number', '44******01', 18, 26],
      ['Calling party number', '44****01', 26, 34],
      ['Screening', 'network provided (3)', 29, 30],
    ],
  },
  {
    what: 'an MTP2 fill-in signal unit',
    linkType: 140,
    frames: [octetsOf('8080 00')],
    rows: [
      ['MTP2', 'fill-in', 0, 3],
      ['Read as', 'mtp2: fill-in signal unit', 0, 3],
    ],
  },
  {
    what: 'a protocol that is not read',
    frames: [ethernet(0x0806, octetsOf('0001080006040001'))],
    rows: [['Data', '8 octets, arp, not shown', 14, 22]],
  },
  {
    what: 'a link type that is not known',
    linkType: 147,
    frames: [octetsOf('c0ffee')],
    rows: [['Not read', 'link: unknown link type', 0, 0]],
  },
]
