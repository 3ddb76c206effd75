/**
 * Every bound on hostile input, each with its reason. No length from the wire sizes an allocation, a loop or a
 * recursion without a bound from here. Hitting one is reported, never silent.
 */
export const LIMITS = {
  /** Largest packet read from a capture, octets. Wireshark's own bound (WTAP_MAX_PACKET_SIZE_STANDARD). */
  packetBytes: 262_144,
  /** Largest pcapng block, octets: a packet block of the largest packet with generous options. */
  blockBytes: 16 * 1024 * 1024,
  /** Interfaces of one pcapng section; real taps have a handful. */
  interfaces: 4_096,
  /** IP datagrams under reassembly at once, over all hosts. */
  ipReassemblies: 1_024,
  /** Largest IP datagram put together, octets (RFC 791 §3.1). */
  ipDatagramBytes: 65_535,
  /** Capture time after which a partial IP datagram is given up, µs (RFC 8200 §4.5: 60 s). */
  ipReassemblyUs: 60_000_000,
  /** SCTP associations remembered; the longest unused is forgotten first. */
  sctpAssociations: 65_536,
  /** Octets of fragmented user messages held over all SCTP associations. */
  sctpReassemblyBytes: 64 * 1024 * 1024,
  /** Fragments held in one SCTP stream direction. */
  sctpFragments: 4_096,
  /** Largest user message put together by SCTP, octets; SIGTRAN and Diameter messages are far smaller. */
  sctpMessageBytes: 1024 * 1024,
  /** TSNs remembered per direction to tell a retransmission from a new chunk. */
  sctpTsnWindow: 8_192,
  /** TSNs remembered over all associations, 8 octets each: full windows for 1,024 directions, short ones for the rest. */
  sctpTsnSlots: 8_388_608,
  /** UDP flows and associations without a verification tag that keep their number; beyond, all are numbered anew. */
  flows: 65_536,
  /** SCCP segmented messages under reassembly at once. */
  sccpReassemblies: 4_096,
  /** Segments of one SCCP message: the remaining-segments field has four bits (Q.713 §3.17). */
  sccpSegments: 16,
  /** Capture time after which a partial SCCP message is given up, µs (Q.714 T(reass), 10 to 20 s). */
  sccpReassemblyUs: 20_000_000,
  /** Depth of nested BER values; MAP's deepest type (insertSubscriberData) nests 12. */
  berDepth: 32,
  /** BER elements visited in one message: the largest legal insertSubscriberData holds about 2,000. */
  berElements: 8_192,
  /** gsmSCF addresses kept of one profile: its dozen CAMEL subscriptions have at most 10 trigger points each, nearly all with
   * one address. */
  gsmScfAddresses: 64,
  /** Components of one TCAP message; more are counted, not decoded. */
  tcapComponents: 64,
  /** TCAP transactions remembered for pairing; the oldest is forgotten first and counted. */
  transactions: 262_144,
  /** Addresses and links on which answers were seen; a large network talks to some 10,000 nodes. */
  answeredAddresses: 262_144,
  /** Invokes remembered per transaction. */
  invokesPerTransaction: 64,
  /** Capture time after which an unanswered transaction is forgotten, µs: MAP's longest timer class is 28 to 38 h for
   * alerting, but every operation that reads or writes a subscriber answers within `ml` = 60 s (TS 29.002 §17.1.2). */
  transactionUs: 120_000_000,
  /** Largest network.yaml, octets: 6,000 partners. Hostile YAML takes the library a thousandfold in memory. */
  networkFileBytes: 1024 * 1024,
  /** Largest partner list, octets: it is read a line at a time and may hold every range of the world's operators. */
  partnerListBytes: 16 * 1024 * 1024,
  /** Problems of one network.yaml or partner list that are written out; the rest are counted. */
  networkFileProblems: 50,
  /** Longest row of a partner list, characters: the largest operator groups list some hundred prefixes. */
  partnerRowCharacters: 65_536,
  /** Addresses of one kind whose operator is remembered, twice: a newer and an older half. */
  resolvedAddresses: 65_536,
  /** Evidence references kept in one finding; the count goes on. */
  evidence: 100,
  /** Operations counted apart in the summary: all protocols define some 300, a hostile sender invents the rest. */
  countedOperations: 512,
  /** Sources counted apart in the summary; a large network hears some 10,000. */
  countedSources: 65_536,
  /** Routes of unanswered requests told apart in one finding; a source comes in over a few. */
  findingRoutes: 64,
  /** Findings kept open for answers and repeats, 2 KB each; the longest quiet is closed first. */
  openFindings: 65_536,
  /** Longest text shown in one place of a report, columns: a sentence of facts is under 300. */
  reportTextColumns: 1_000,
  /** Longest name or address shown in a report, columns: a DNS name has at most 253 (RFC 1035 §2.3.4). */
  reportNameColumns: 256,
  /** Findings a report details under one detector; findings.ndjson holds them all. */
  reportFindingsPerDetector: 50,
  /** Findings a report details in all, so that the page stays under 3 MB. */
  reportFindings: 1_000,
  /** Rows of one table of a report. */
  reportRows: 200,
} as const
