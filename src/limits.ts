/**
 * Every bound on hostile input, each with its reason. No length from the wire sizes an allocation, a loop or a
 * recursion without a bound from here. Hitting one is reported, never silent.
 */
export const LIMITS = {
  /** Largest packet read from a capture, octets. Wireshark's own bound (WTAP_MAX_PACKET_SIZE_STANDARD). */
  packetBytes: 262_144,
  /** Capture time within which two taps see one packet, µs: clocks set by NTP differ by less, senders try again later. */
  tapCopyUs: 2_000_000,
  /** Packets remembered to know what another tap saw as well, some 300 octets each: 2 s of a busy link. */
  tapCopies: 131_072,
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
  /** TCP connections remembered; the longest unused is forgotten first. */
  tcpConnections: 65_536,
  /** Octets held over all TCP connections: parts of messages, and segments ahead of a missing one. */
  tcpHeldBytes: 64 * 1024 * 1024,
  /** Segments held in one direction of a TCP connection. */
  tcpSegments: 4_096,
  /** Largest message cut out of a TCP stream, octets; Diameter messages and HTTP/2 frames are far smaller. */
  tcpMessageBytes: 1024 * 1024,
  /** Octets a segment may lie before or behind the expected one; beyond, it belongs to another connection on these ports. */
  tcpWindowBytes: 16 * 1024 * 1024,
  /** Capture time after which missing octets of a TCP stream are given up, µs: most stacks send again within 3 s. */
  tcpGapUs: 30_000_000,
  /** Longest start line and header fields of an HTTP/1 message, octets; servers allow 8 to 64 KiB. */
  httpHeadBytes: 65_536,
  /** Largest HPACK dynamic table kept of one direction, octets; the default is 4,096 (RFC 9113 §6.5.2). */
  hpackTableBytes: 65_536,
  /** Longest header block of one HTTP/2 message, octets, CONTINUATION frames included. */
  hpackBlockBytes: 65_536,
  /** CONTINUATION frames of one header block; a block of the longest kind fills four. */
  hpackParts: 16,
  /** Header fields read of one HTTP/2 message; SBI messages have some 20. */
  hpackFields: 1_024,
  /** Requests, by method and service, counted apart; TS 29.510 §6.1.6.3.11 lists some 100 services. */
  countedRequests: 512,
  /** Connections remembered as carrying the 5G service-based interface. */
  sbiConnections: 65_536,
  /** UDP flows and associations without a verification tag that keep their number; beyond, all are numbered anew. */
  flows: 65_536,
  /** SCCP segmented messages under reassembly at once. A power of two. */
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
  /** Further addresses kept of one MAP message, claimed ones and those a profile sends to: a profile has at most 50 packet
   * gateways (TS 29.002 §17.7.1 maxNumOfAPN-Configurations). */
  mapAddresses: 64,
  /** Lists of names kept for all MAP messages: a network writes profiles in some hundred orders of some twenty parts. */
  nameLists: 16_384,
  /** Components of one TCAP message; more are counted, not decoded. */
  tcapComponents: 64,
  /** TCAP transactions remembered for pairing; the oldest is forgotten first and counted. */
  transactions: 262_144,
  /** Longest Diameter message, octets: the field has 24 bits, but the largest legal profile (Sh, S6a) stays under 256 KiB. */
  diameterMessageBytes: 262_144,
  /** AVPs visited in one Diameter message: the largest profile with 50 APNs (TS 29.272 §7.3.35) holds about 2,000. */
  diameterAvps: 8_192,
  /** Depth of grouped AVPs; the deepest of TS 29.272 (Subscription-Data to Allocation-Retention-Priority) nests 6. */
  diameterDepth: 16,
  /** Values kept of one repeated Diameter element (Route-Record, Proxy-Info, redirects); a path has a handful of hops. */
  diameterValues: 64,
  /** Longest text kept of one Diameter AVP, octets: a DiameterIdentity is a DNS name of 255 at most (RFC 1035 §2.3.4), a
   * User-Name has 253 (RFC 7542 §2.2), a Session-Id of good faith fewer. Every table of names holds so many of each. */
  diameterTextBytes: 255,
  /** Diameter messages in one SCTP user message or TCP stretch; more are reported, not decoded. */
  diameterMessagesPerPayload: 1_024,
  /** Texts of Diameter encoding habits remembered, each in a place of its own. A network meets some hundreds. A power of two. */
  diameterEncodings: 8_192,
  /** Diameter requests that wait for their answer; the oldest is forgotten first and counted. */
  diameterRequests: 262_144,
  /** Addresses and links on which answers were seen; a large network talks to some 10,000 nodes. */
  answeredAddresses: 262_144,
  /** Invokes remembered per transaction. */
  invokesPerTransaction: 64,
  /** Capture time after which an unanswered transaction is forgotten, µs: MAP's longest timer class is 28 to 38 h for
   * alerting, but every operation that reads or writes a subscriber answers within `ml` = 60 s (TS 29.002 §17.1.2). */
  transactionUs: 120_000_000,
  /** Directions of signalling links whose ISUP circuits are told apart; beyond, answers are not paired. */
  isupLinks: 65_536,
  /** Circuits with a request of ISUP under way; the oldest is forgotten first. */
  isupCircuits: 262_144,
  /** Capture time after which a request on a circuit is forgotten, µs: a call of a whole day is over more likely than not. */
  isupCallUs: 86_400_000_000,
  /** Largest network.yaml, octets: 6,000 partners. Hostile YAML takes the library a thousandfold in memory. */
  networkFileBytes: 1024 * 1024,
  /** Largest partner list, octets: it is read a line at a time and may hold every range of the world's operators. */
  partnerListBytes: 16 * 1024 * 1024,
  /** Problems of one network.yaml or partner list that are written out; the rest are counted. */
  networkFileProblems: 50,
  /** Longest row of a partner list, characters: the largest operator groups list some hundred prefixes. */
  partnerRowCharacters: 65_536,
  /** Elements of one IR.21 file; the largest hold some 20,000. */
  xmlElements: 500_000,
  /** Depth of nested elements of an IR.21 file; its deepest nest some 15. */
  xmlDepth: 64,
  /** Files read from one folder of partner lists; the world has some 1,000 IR.21 files. */
  partnerFiles: 2_000,
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
  reportFindingsPerDetector: 12,
  /** Findings a report details in all, so that the page stays under 3 MB. */
  reportFindings: 1_000,
  /** Rows of one table of a report. */
  reportRows: 200,
  /** Subscribers whose story a report tells, and the episodes of each; some 300 octets an episode. */
  reportSubjects: 8,
  reportEpisodes: 200,
  /** Source addresses a report draws, and those it tells all of. */
  reportSpread: 400,
  reportDossiers: 12,
  /** Places of subscribers told apart when a report counts flows; all numbering plans together have fewer. */
  reportPlaces: 1_000_000,
  /** Campaigns a report tells in full; campaigns.ndjson holds them all. */
  reportCampaigns: 25,
  /** Source addresses listed once each in an export, 1 KB each; findings of more name them in their text only. */
  exportSources: 65_536,
  /** Addresses of all kinds listed in an export; a source has up to five. */
  exportAddresses: 262_144,
  /** Detectors, techniques, or innocent explanations of one detector, named in an export; there are under 100 of each. */
  exportNames: 512,
  /** Octets of the manifest of an export that is read; one lists some files of 200 octets each. */
  manifestBytes: 1_048_576,
  /** Frames named in one export of a finding; findings.ndjson has more. */
  exportFrames: 20,
  /** Encodings told apart at once, some 300 octets each; a network hears some 1,000. */
  encodingHabits: 16_384,
  /** Subscribers whose serving nodes are remembered: a large network and its guests; a power of two. */
  subscribers: 16_777_216,
  /** Serving nodes told apart; all networks together have some 20,000 that subscribers roam to. */
  servingNodes: 262_144,
  /** Requests kept for their answers by the detectors, 1 KB each. A power of two. */
  requests: 65_536,
  /** Deadlines of detectors at once. */
  timers: 262_144,
  /** Entries of one table of a detector, some 200 octets each. */
  tableEntries: 262_144,
  /** Longest line of a saved state: a campaign with its subscribers. */
  stateLineCharacters: 16_777_216,
  /** Sources under suspicion of which a dossier is kept. */
  suspects: 65_536,
  /** Identifiers, operations and encodings told apart in one dossier. */
  suspectRows: 256,
  /** Subscribers counted apart in one dossier. */
  suspectSubjects: 262_144,
  /** Texts numbered for other threads and the store at once, and their characters; beyond, they are numbered anew. */
  labels: 65_536,
  labelCharacters: 16 * 1024 * 1024,
  /** Characters of new texts that go from thread to thread at once; 2,048 events of good faith have a tenth of it. */
  batchCharacters: 4 * 1024 * 1024,
  /** Information elements visited in one GTP message, nested ones included: a Forward Relocation Request of eleven bearers
   * holds some 200. */
  gtpElements: 1_024,
  /** Depth of grouped GTP information elements: PDN Connection, Bearer Context (TS 29.274 §7.3.1), and room for two more. */
  gtpGroupDepth: 4,
  /** Extension headers of one GTPv1 message; TS 29.060 §6.1 defines five. */
  gtpExtensionHeaders: 8,
  /** Tunnel endpoints kept of one GTP message: eleven bearers with up to four each, and the control plane. */
  gtpTunnelEndpoints: 64,
  /** Octets of an access point name (TS 23.003 §9.1). */
  apnBytes: 100,
  /** GTP requests remembered for pairing; the oldest is forgotten first and counted. */
  gtpRequests: 65_536,
  /** Capture time after which an unanswered GTP request is forgotten, µs: T3-RESPONSE times N3-REQUESTS, which TS 29.060 §13
   * and TS 29.274 §7.6 leave to the operator, is some 10 to 30 s. */
  gtpRequestUs: 30_000_000,
  /** Requests of one sequence number, sender and receiver that are looked at for one answer, the newest first. */
  gtpSameRequests: 16,
  /** GTP control tunnels whose subscriber is remembered; the one learnt first is forgotten first. */
  gtpTunnels: 262_144,
  /** Octets of user data looked at in one short message: its length is one octet (TS 23.040 §9.2.3.16). */
  smsUserDataBytes: 255,
  /** Binary short messages of several parts held at once, and their octets. */
  smsAssemblies: 4_096,
  smsAssemblyBytes: 16 * 1024 * 1024,
  /** Capture time after which an unfinished short message is given up, µs: a phone gets its parts within minutes. */
  smsAssemblyUs: 600_000_000,
  /** Proactive commands named of one message to a SIM; known decks hold two or three. */
  proactiveCommands: 32,
  /** Elements looked at in one message to a SIM, over all readings tried: a deck has some dozens. */
  deckElements: 4_096,
  /** Suspicious requests that campaigns are looked for in, 34 octets each; beyond, they are counted. */
  campaignObservations: 16_777_216,
  /** Source addresses told apart in them; the world's operators have some 100,000 nodes. */
  campaignSources: 1_048_576,
  /** Detector and operation together; all there are make some 1,000. */
  campaignKinds: 65_535,
  /** Encodings told apart. */
  campaignEncodings: 262_144,
  /** Sources that one subscriber may tie together in one window: who is touched by more ties nobody to anybody. */
  campaignSubjectSources: 64,
  /** Pairs of sources beyond chance that are kept, at each level. */
  campaignPairs: 1_048_576,
  /** Requests of one burst about one subscriber; a longer one is cut. */
  campaignBurst: 4_096,
  /** Source addresses told of one campaign; further ones are counted in its sums. */
  campaignMembers: 1_024,
  /** Finding ids told of one campaign. */
  campaignFindings: 100_000,
  /** Campaigns told, the most striking first, and as many single sources. */
  campaigns: 10_000,
  /** Octets of a file of public context: held while it is read, its objects one at a time. The largest public lists have
   * some 50 MB. */
  contextBytes: 256 * 1024 * 1024,
  /** Octets of one object or row in it; a STIX indicator has some 500, the longest MISP cluster entry some 20 KB. */
  contextObjectBytes: 1024 * 1024,
  /** Statements of public context kept over all files, and the characters of their texts; beyond, they are counted. */
  contextStatements: 1_048_576,
  contextCharacters: 64 * 1024 * 1024,
  /** Characters of what somebody said, and of a name or a reference. */
  contextSaidCharacters: 280,
  contextNameCharacters: 200,
  /** Objects and rows that could not be used and are named, for each file; the rest are counted. */
  contextProblems: 10,
  /** Statements told of one source address; the rest are counted. */
  contextMatches: 100,
  /** Operations, addresses or categories told of one source in a block list or a complaint. */
  exportedOperations: 50,
  /** Operators and addresses that get a folder of their own in a complaint pack, those with most messages first. */
  complaints: 1_000,
  /** Members told of one campaign in a line for a log system; campaigns.ndjson has them all. */
  exportedMembers: 100,
  /** Pseudonyms remembered, twice: a newer and an older half, some 200 octets each. */
  pseudonyms: 131_072,
  /** Rows of one inspected packet: the largest insertSubscriberData makes some 5,000. */
  inspectNodes: 16_384,
  /** Depth of its rows: layers, chunk, component, and a profile within (`berDepth`). */
  inspectDepth: 48,
  /** Octets of one value that are written out. */
  inspectHexBytes: 64,
  /** Characters of one text that are written out. */
  inspectTextCharacters: 512,
  /** Messages under way of which is remembered in which frames their parts stood, and parts of one. */
  inspectMessages: 65_536,
  inspectParts: 4_096,
} as const
