// Writes src/numbering/tables/plmns.tsv anew from an installed copy of the npm package mcc-mnc-list:
//   node scripts/update-plmns.mjs node_modules/mcc-mnc-list
// Rows that cannot be used are named on standard error.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { MOBILE_COUNTRY_CODES } from '../src/numbering/tables/mccs.ts'

/** Codes that the source lists under a number other than the assigned one. */
const CORRECTIONS = new Map([['33805', '338050']]) // Digicel, listed with two and with three digits
/** Nobody runs a network under these. */
const WITHOUT_HOLDER = new Set(['Reserved', 'Returned spare'])
/** India, where the source gives the licence area in place of the operator. */
const OPERATOR_IS_AREA = new Set(['404', '405', '406'])

const folder = process.argv[2]
if (folder === undefined) {
  process.stderr.write('usage: node scripts/update-plmns.mjs FOLDER-OF-MCC-MNC-LIST\n')
  process.exit(2)
}
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const records = JSON.parse(readFileSync(join(folder, 'mcc-mnc-list.json'), 'utf8'))

const mccs = new Map()
for (const line of MOBILE_COUNTRY_CODES.trim().split('\n')) {
  const [mcc, countries, mncLength] = line.split(' ')
  mccs.set(mcc, { countries: countries === '-' ? [] : countries.split(','), mncLength })
}

const text = (value) => (value ?? '').replace(/\s+/g, ' ').trim()
const name = (record) => (OPERATOR_IS_AREA.has(record.mcc) ? '' : text(record.operator)) || text(record.brand)
const groups = new Map()
for (const record of records) {
  const plmn = CORRECTIONS.get(record.mcc + record.mnc) ?? record.mcc + record.mnc
  const mcc = mccs.get(record.mcc)
  const mncLength = String(plmn.length - 3)
  const usable = /^\d{5,6}$/.test(plmn) && mcc !== undefined && (mcc.mncLength === '*' || mcc.mncLength === mncLength)
  if (!usable) process.stderr.write(`left out: ${record.mcc} ${record.mnc} ${name(record)}\n`)
  else if (!WITHOUT_HOLDER.has(record.status)) groups.set(plmn, [...(groups.get(plmn) ?? []), record])
}

/** The countries of a network, the one to name first: a lone territory, unless its operator is a nationwide one. */
function countriesOf(plmn, group) {
  const { countries } = mccs.get(plmn.slice(0, 3))
  const listed = new Set(group.flatMap((record) => (record.countryCode ?? '').split('/')))
  const served = countries.filter((country) => listed.has(country))
  const [assigned, territory] = served
  if (served.length === 2 && assigned === countries[0] && !isNationwide(group, assigned)) return [territory, assigned]
  return served
}

function isNationwide(group, country) {
  const names = new Set(group.map(name))
  return [...groups.values()].some((others) => others.every((r) => names.has(name(r)) && r.countryCode === country))
}

/** What a network of no country serves, as the source's remarks say; empty where they do not. */
function kindOf({ bands, notes }) {
  if (/satellite/i.test(bands ?? '')) return 'satellite'
  return (
    /\b(?:maritime|air|aircraft|iot)\b/i
      .exec(notes ?? '')?.[0]
      .toLowerCase()
      .replace(/^air.*/, 'aeronautical') ?? ''
  )
}

const rows = []
for (const plmn of [...groups.keys()].sort()) {
  const group = groups.get(plmn)
  const countries = countriesOf(plmn, group)
  const assigned = mccs.get(plmn.slice(0, 3)).countries[0]
  const rank = (record) => (record.countryCode === countries[0] ? 0 : 2) + (record.status === 'Operational' ? 0 : 1)
  const [record] = group.sort((a, b) => rank(a) - rank(b))
  const column = countries.length === 0 || (countries.length === 1 && countries[0] === assigned) ? '' : countries.join()
  const brand = text(record.brand) === name(record) ? '' : text(record.brand)
  const kind = assigned === undefined && plmn.startsWith('9') && !plmn.startsWith('999') ? kindOf(record) : ''
  rows.push(`${plmn}\t${column}\t${name(record)}\t${brand}\t${kind}`.trimEnd())
}

const head = `# Networks in code order: MCC and MNC, countries served (empty: the one the MCC is assigned to), operator (empty:
# unknown), brand where it differs, and for a network of no country whom it serves (satellite, maritime, aeronautical,
# iot; empty where unknown). The last holder on record, in operation or not.
# Source: Wikipedia, "Mobile network codes", CC BY-SA 4.0, by way of the npm package mcc-mnc-list ${version}; written by
# scripts/update-plmns.mjs. This file is under CC BY-SA 4.0.
`
const target = new URL('../src/numbering/tables/plmns.tsv', import.meta.url)
writeFileSync(target, `${head}${rows.join('\n')}\n`)
process.stderr.write(`${rows.length} networks of ${mccs.size} mobile country codes written\n`)
