/** An information element of GTPv1. */
export interface GtpV1Element {
  readonly code: number
  readonly name: string
  /** Octets of the value where the element carries no length: types under 128. */
  readonly bytes?: number
  /** May stand several times in one message. */
  readonly repeats?: boolean
}

/** Information elements of GTPv1. Source: 3GPP TS 29.060 §7.7 Table 37; 126 and 249 to 254 from TS 32.295 §6.2. */
export const GTPV1_ELEMENTS = [
  { code: 1, name: 'Cause', bytes: 1 },
  { code: 2, name: 'IMSI', bytes: 8 },
  { code: 3, name: 'Routeing Area Identity', bytes: 6 },
  { code: 4, name: 'Temporary Logical Link Identity', bytes: 4 },
  { code: 5, name: 'Packet TMSI', bytes: 4 },
  { code: 8, name: 'Reordering Required', bytes: 1 },
  { code: 9, name: 'Authentication Triplet', bytes: 28, repeats: true },
  { code: 11, name: 'MAP Cause', bytes: 1 },
  { code: 12, name: 'P-TMSI Signature', bytes: 3 },
  { code: 13, name: 'MS Validated', bytes: 1 },
  { code: 14, name: 'Recovery', bytes: 1 },
  { code: 15, name: 'Selection Mode', bytes: 1 },
  { code: 16, name: 'Tunnel Endpoint Identifier Data I', bytes: 4 },
  { code: 17, name: 'Tunnel Endpoint Identifier Control Plane', bytes: 4 },
  { code: 18, name: 'Tunnel Endpoint Identifier Data II', bytes: 5, repeats: true },
  { code: 19, name: 'Teardown Ind', bytes: 1 },
  { code: 20, name: 'NSAPI', bytes: 1, repeats: true },
  { code: 21, name: 'RANAP Cause', bytes: 1 },
  { code: 22, name: 'RAB Context', bytes: 9, repeats: true },
  { code: 23, name: 'Radio Priority SMS', bytes: 1 },
  { code: 24, name: 'Radio Priority', bytes: 1, repeats: true },
  { code: 25, name: 'Packet Flow Id', bytes: 2, repeats: true },
  { code: 26, name: 'Charging Characteristics', bytes: 2 },
  { code: 27, name: 'Trace Reference', bytes: 2 },
  { code: 28, name: 'Trace Type', bytes: 2 },
  { code: 29, name: 'MS Not Reachable Reason', bytes: 1 },
  { code: 126, name: 'Packet Transfer Command', bytes: 1 },
  { code: 127, name: 'Charging ID', bytes: 4 },
  { code: 128, name: 'End User Address' },
  { code: 129, name: 'MM Context' },
  { code: 130, name: 'PDP Context', repeats: true },
  { code: 131, name: 'Access Point Name' },
  { code: 132, name: 'Protocol Configuration Options' },
  { code: 133, name: 'GSN Address', repeats: true },
  { code: 134, name: 'MS International PSTN/ISDN Number' },
  { code: 135, name: 'Quality of Service Profile' },
  { code: 136, name: 'Authentication Quintuplet', repeats: true },
  { code: 137, name: 'Traffic Flow Template' },
  { code: 138, name: 'Target Identification' },
  { code: 139, name: 'UTRAN Transparent Container' },
  { code: 140, name: 'RAB Setup Information', repeats: true },
  { code: 141, name: 'Extension Header Type List' },
  { code: 142, name: 'Trigger Id' },
  { code: 143, name: 'OMC Identity' },
  { code: 144, name: 'RAN Transparent Container' },
  { code: 145, name: 'PDP Context Prioritization' },
  { code: 146, name: 'Additional RAB Setup Information', repeats: true },
  { code: 147, name: 'SGSN Number' },
  { code: 148, name: 'Common Flags' },
  { code: 149, name: 'APN Restriction' },
  { code: 150, name: 'Radio Priority LCS' },
  { code: 151, name: 'RAT Type' },
  { code: 152, name: 'User Location Information' },
  { code: 153, name: 'MS Time Zone' },
  { code: 154, name: 'IMEI(SV)' },
  { code: 155, name: 'CAMEL Charging Information Container' },
  { code: 156, name: 'MBMS UE Context', repeats: true },
  { code: 157, name: 'Temporary Mobile Group Identity' },
  { code: 158, name: 'RIM Routing Address' },
  { code: 159, name: 'MBMS Protocol Configuration Options' },
  { code: 160, name: 'MBMS Service Area' },
  { code: 161, name: 'Source RNC PDCP Context Info', repeats: true },
  { code: 162, name: 'Additional Trace Info' },
  { code: 163, name: 'Hop Counter' },
  { code: 164, name: 'Selected PLMN ID' },
  { code: 165, name: 'MBMS Session Identifier' },
  { code: 166, name: 'MBMS 2G/3G Indicator' },
  { code: 167, name: 'Enhanced NSAPI' },
  { code: 168, name: 'MBMS Session Duration' },
  { code: 169, name: 'Additional MBMS Trace Info' },
  { code: 170, name: 'MBMS Session Repetition Number' },
  { code: 171, name: 'MBMS Time To Data Transfer' },
  { code: 173, name: 'BSS Container' },
  { code: 174, name: 'Cell Identification' },
  { code: 175, name: 'PDU Numbers', repeats: true },
  { code: 176, name: 'BSSGP Cause' },
  { code: 177, name: 'Required MBMS Bearer Capabilities' },
  { code: 178, name: 'RIM Routing Address Discriminator' },
  { code: 179, name: 'List of set-up PFCs' },
  { code: 180, name: 'PS Handover XID Parameters', repeats: true },
  { code: 181, name: 'MS Info Change Reporting Action' },
  { code: 182, name: 'Direct Tunnel Flags' },
  { code: 183, name: 'Correlation-ID' },
  { code: 184, name: 'Bearer Control Mode' },
  { code: 185, name: 'MBMS Flow Identifier' },
  { code: 186, name: 'MBMS IP Multicast Distribution' },
  { code: 187, name: 'MBMS Distribution Acknowledgement' },
  { code: 188, name: 'Reliable INTER RAT HANDOVER INFO' },
  { code: 189, name: 'RFSP Index', repeats: true },
  { code: 190, name: 'Fully Qualified Domain Name', repeats: true },
  { code: 191, name: 'Evolved Allocation/Retention Priority I' },
  { code: 192, name: 'Evolved Allocation/Retention Priority II', repeats: true },
  { code: 193, name: 'Extended Common Flags' },
  { code: 194, name: 'User CSG Information' },
  { code: 195, name: 'CSG Information Reporting Action' },
  { code: 196, name: 'CSG ID' },
  { code: 197, name: 'CSG Membership Indication' },
  { code: 198, name: 'Aggregate Maximum Bit Rate' },
  { code: 199, name: 'UE Network Capability' },
  { code: 200, name: 'UE-AMBR' },
  { code: 201, name: 'APN-AMBR with NSAPI', repeats: true },
  { code: 202, name: 'GGSN Back-Off Time' },
  { code: 203, name: 'Signalling Priority Indication' },
  { code: 204, name: 'Signalling Priority Indication with NSAPI', repeats: true },
  { code: 205, name: 'Higher bitrates than 16 Mbps flag' },
  { code: 207, name: 'Additional MM context for SRVCC' },
  { code: 208, name: 'Additional flags for SRVCC' },
  { code: 209, name: 'STN-SR' },
  { code: 210, name: 'C-MSISDN' },
  { code: 211, name: 'Extended RANAP Cause' },
  { code: 212, name: 'eNodeB ID' },
  { code: 213, name: 'Selection Mode with NSAPI', repeats: true },
  { code: 214, name: 'ULI Timestamp' },
  { code: 215, name: 'Local Home Network ID with NSAPI', repeats: true },
  { code: 216, name: 'CN Operator Selection Entity' },
  { code: 217, name: 'UE Usage Type' },
  { code: 218, name: 'Extended Common Flags II' },
  { code: 219, name: 'Node Identifier', repeats: true },
  { code: 220, name: 'CIoT Optimizations Support Indication' },
  { code: 221, name: 'SCEF PDN Connection', repeats: true },
  { code: 222, name: 'IOV_updates counter' },
  { code: 223, name: 'Mapped UE Usage Type' },
  { code: 224, name: 'UP Function Selection Indication Flags' },
  { code: 238, name: 'Special IE type for IE type extension', repeats: true },
  { code: 249, name: 'Sequence Numbers of Released Packets' },
  { code: 250, name: 'Sequence Numbers of Cancelled Packets' },
  { code: 251, name: 'Charging Gateway Address', repeats: true },
  { code: 252, name: 'Data Record Packet' },
  { code: 253, name: 'Requests Responded' },
  { code: 254, name: 'Address of Recommended Node' },
  { code: 255, name: 'Private Extension', repeats: true },
] as const satisfies readonly GtpV1Element[]

const ROWS: readonly GtpV1Element[] = GTPV1_ELEMENTS

/** From this type on, an element carries its length. Source: 3GPP TS 29.060 §7.7. */
export const FIRST_TLV = 128

/** Octets that say the length, by type: none, two, or the one of the Extension Header Type List. Source: 3GPP TS 29.060 §7.7. */
export const LENGTH_BYTES = new Uint8Array(256).fill(2, FIRST_TLV)
LENGTH_BYTES[141] = 1

/** Octets of the value by type; -1 for a type with a length of its own, 0 for one that is not defined. */
export const VALUE_BYTES = new Int8Array(256)
/** 1 for types that may stand several times. */
export const V1_REPEATS = new Uint8Array(256)
/** 1 for types that are defined. */
export const V1_DEFINED = new Uint8Array(256)
for (const { code, bytes, repeats } of ROWS) {
  VALUE_BYTES[code] = bytes ?? -1
  V1_REPEATS[code] = repeats === true ? 1 : 0
  V1_DEFINED[code] = 1
}
