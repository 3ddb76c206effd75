import { mncLengthOfMcc } from '../numbering/e212.ts'
import { kindOfRealm } from '../numbering/realm.ts'
import { type IdentifierKind, type Reading, readIdentifiers } from './identifier.ts'
import type { Identifier, OperatorEntry } from './operator-entry.ts'
import type { PartnerList } from './partners-csv.ts'
import { type Place, type ProblemList, quote } from './problem.ts'
import { parseXml, type XmlElement } from './xml.ts'

/** Sections that hold persons, keys or test subscribers; they are never kept. */
const SKIPPED = new Set([
  'ContactInfoSection',
  'SubscrIdentityAuthenticationSection',
  'TestNumbersInfoSection',
  'TestingAPNs',
])
/** A network's code in the lists of the operators' association: country and operator. */
const TADIG = /^[A-Z0-9]{5}$/

/** The countries of organisations read so far, by name in small letters. */
export type OrganisationNames = Map<string, string>

/** What a file is read into. */
interface Reader {
  readonly file: string
  readonly problems: ProblemList
}

/**
 * Reads an IR.21 file of one organisation in its XML form (RAEX). Each network becomes an operator entry with its MCC and
 * MNC, number ranges, E.214 titles, addresses of its nodes, edge agents and backbone, EPC realms and host names; the SCCP
 * carriers become hubs with their international point codes. Elements are known by their names without namespace, so that
 * versions and prefixes do not matter, and sections that are missing are missing.
 * Source: the public structure of GSMA IR.21 (TADIG RAEX IR.21, name space https://infocentre.gsm.org/TADIG-RAEX-IR21).
 * @param problems gets what is wrong with each element that is left out.
 * @param names tells organisations of one name in several countries apart; it is added to.
 */
export function parseIr21(file: string, text: string, problems: ProblemList, names: OrganisationNames): PartnerList {
  const root = parseXml(text, SKIPPED)
  if ('wrong' in root) {
    return refused({ file, line: root.line, column: 1 }, `${root.wrong} The file cannot be read as XML.`)
  }
  if (!/RAEX_?IR_?21/i.test(root.name)) {
    const what = `The outermost element is ${quote(root.name)}, not that of an IR.21 file (TADIGRAEXIR21)`
    return refused(placeOf(file, root), `${what}; export the file as RAEX IR.21 XML.`)
  }
  const reader = { file, problems }
  const carriers = findAll(root, ['SCCPCarrierItem']).flatMap((item) => readCarrier(reader, item))
  const networks = findAll(root, ['Network']).filter((network) => network.children.length > 0)
  const partners = networks.map((network) => readNetwork(reader, root, network, names))
  if (partners.length === 0) {
    problems.add(placeOf(file, root), 'The file describes no network; look for an element "Network" in it.')
  }
  return { partners, carriers, problems: [] }
}

function refused(place: Place, message: string): PartnerList {
  return { partners: [], carriers: [], problems: [{ place, message }] }
}

function readNetwork(reader: Reader, root: XmlElement, network: XmlElement, names: OrganisationNames): OperatorEntry {
  const tadig = textOf(network, 'TADIGCode')
  const { file } = reader
  const organisation = textOf(root, 'OrganisationInfo', 'OrganisationName') || textOf(network, 'NetworkName') || tadig
  const country = textOf(root, 'OrganisationInfo', 'CountryInitials') || tadig.slice(0, 3)
  const summaries = findAll(root, ['TADIGSummaryItem']).filter(
    (item) => tadig !== '' && textOf(item, 'TADIGCode') === tadig,
  )
  const read = [
    ...findAll(network, ['CCITT_E212_NumberSeries', 'E212E214Translation']).flatMap((e) => readPlmn(reader, e)),
    ...summaries.flatMap((item) => findAll(item, ['NetworkProperties'])).flatMap((e) => readPlmn(reader, e)),
    ...findAll(network, ['CCITT_E214_MGT', 'E212E214Translation']).flatMap((e) => readMobileTitle(reader, e)),
    ...findAll(network, ['CCITT_E164_NumberSeries']).flatMap((series) => readSeries(reader, series, tadig)),
    ...findAll(network, ['GTAddressInfo']).flatMap((e) => readNumberRange(reader, e)),
    ...readAddresses(reader, network, tadig),
    ...findAll(network, ['LTEInfoSection']).flatMap((section) => readDiameterNames(reader, section)),
  ]
  const identifiers = new Map(read.map((identifier) => [`${identifier.kind} ${identifier.key}`, identifier]))
  return {
    role: 'partner',
    name: distinctName(organisation || file, country, names),
    country: null,
    identifiers: [...identifiers.values()],
    place: placeOf(file, network),
  }
}

/** The organisation's name; with its country behind it where another country's organisation has taken the name. */
function distinctName(name: string, country: string, names: OrganisationNames): string {
  const taken = names.get(name.toLowerCase())
  if (taken === undefined) names.set(name.toLowerCase(), country)
  return taken === undefined || taken === country ? name : `${name} (${country})`
}

function readPlmn(reader: Reader, element: XmlElement): Identifier[] {
  const [mcc, mnc] = [textOf(element, 'MCC'), textOf(element, 'MNC')]
  if (mcc === '' && mnc === '') return []
  return identifiers(reader, element, 'plmns', mcc + mnc.padStart(mncLengthOfMcc(mcc) ?? 2, '0'))
}

function readMobileTitle(reader: Reader, element: XmlElement): Identifier[] {
  const title = textOf(element, 'MGT_CC') + textOf(element, 'MGT_NC')
  return title === '' ? [] : identifiers(reader, element, 'mobileGlobalTitles', title)
}

/** Number ranges of global titles, subscribers and roaming numbers; ranges that another network owns are left out. */
function readSeries(reader: Reader, series: XmlElement, tadig: string): Identifier[] {
  return findAll(series, ['RangeData'])
    .filter((range) => isOwn(range, tadig))
    .flatMap((range) => findAll(range, ['NumberRange']))
    .flatMap((range) => readNumberRange(reader, range))
}

/** Country code, national destination code, and first and last subscriber number, the latter three where given. */
function readNumberRange(reader: Reader, element: XmlElement): Identifier[] {
  const prefix = textOf(element, 'CC') + textOf(element, 'NDC')
  const range = child(element, 'SN_Range') ?? element
  const [start, stop] = [textOf(range, 'SN_RangeStart'), textOf(range, 'SN_RangeStop')]
  if (prefix === '') return []
  const text = start === '' || start === stop || stop === '' ? prefix + start : `${prefix}${start}-${prefix}${stop}`
  return identifiers(reader, element, 'globalTitles', text)
}

/** Addresses of nodes, of the backbone and of Diameter edge agents. */
function readAddresses(reader: Reader, network: XmlElement, tadig: string): Identifier[] {
  return findAll(network, ['IPAddressInfo', 'InterPMNBackboneIPList', 'LTEInfoSection']).flatMap((holder) =>
    findOwn(holder, ['IPAddress', 'IPAddressRange'], tadig).flatMap((element) =>
      splitText(element).flatMap((text) => identifiers(reader, element, 'ipRanges', text)),
    ),
  )
}

/** A host under a carrier's name is the carrier's. */
function readDiameterNames(reader: Reader, section: XmlElement): Identifier[] {
  const realms = findAll(section, ['EPCRealmsForRoaming', 'EPCRealm']).flatMap((element) =>
    splitText(element).flatMap((text) => identifiers(reader, element, 'realms', text)),
  )
  const hosts = findAll(section, ['HostName', 'FQDN']).flatMap((element) =>
    splitText(element).flatMap((text) =>
      kindOfRealm(text) === 'hub' ? [] : identifiers(reader, element, 'hosts', text),
    ),
  )
  return [...realms, ...hosts]
}

/** A carrier between operators: its gateways' international point codes. National ones belong to no world-wide list. */
function readCarrier(reader: Reader, item: XmlElement): OperatorEntry[] {
  const name = textOf(item, 'SCCPCarrierName')
  const codes = findAll(item, ['DPCItem'])
    .filter((code) => !/^N/i.test(textOf(code, 'SCType')))
    .flatMap((code) => findAll(code, ['DPC']))
    .flatMap((code) => splitText(code).flatMap((text) => identifiers(reader, code, 'pointCodes', text)))
  if (name === '' || codes.length === 0) return []
  return [{ role: 'hub', name, country: null, identifiers: codes, place: placeOf(reader.file, item) }]
}

/** The identifiers that a text stands for; what cannot be read is a problem. */
function identifiers(reader: Reader, element: XmlElement, kind: IdentifierKind, text: string): Identifier[] {
  const place = placeOf(reader.file, element)
  const readings: readonly Reading[] = readIdentifiers(kind, text)
  return readings.flatMap((reading) => {
    if ('key' in reading) return [{ kind, value: reading.text, key: reading.key, place }]
    reader.problems.add(place, `${element.name}: ${reading.wrong} This element is left out.`)
    return []
  })
}

/** Whether no other network is named as the owner. */
function isOwn(element: XmlElement, tadig: string): boolean {
  const owner = textOf(element, 'NetworkOwner')
  return !TADIG.test(owner) || owner === tadig
}

/** Descendants of the given names, those of another network's left out. */
function findOwn(element: XmlElement, names: readonly string[], tadig: string): XmlElement[] {
  if (!isOwn(element, tadig)) return []
  return element.children.flatMap((c) => (names.includes(c.name) ? [c] : findOwn(c, names, tadig)))
}

/** Descendants of the given names in the order of the file; none inside another of them. */
function findAll(element: XmlElement, names: readonly string[]): XmlElement[] {
  return element.children.flatMap((c) => (names.includes(c.name) ? [c] : findAll(c, names)))
}

function child(element: XmlElement, name: string): XmlElement | null {
  return element.children.find((c) => c.name === name) ?? null
}

/** The text at a path of children; empty where there is none. */
function textOf(element: XmlElement, ...path: readonly string[]): string {
  let found: XmlElement | null = element
  for (const name of path) found = found === null ? null : child(found, name)
  return found?.text ?? ''
}

/** One or several values; a range keeps its hyphen, whatever blanks stand around it. */
function splitText({ text }: XmlElement): string[] {
  const parts = text.replace(/\s+-\s+/g, '-').split(/[,;\s]+/)
  return parts.filter((part) => part !== '')
}

function placeOf(file: string, { line }: XmlElement): Place {
  return { file, line, column: 1 }
}
