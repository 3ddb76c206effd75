import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { LIMITS } from '../limits.ts'
import { NEWER_FILE, OLDER_FILE } from './ir21.vectors.ts'
import type { Network } from './network.ts'
import { loadNetwork } from './network-file.ts'
import { NetworkFileError } from './problem.ts'

/** The example of the user's guide. */
const EXAMPLE = `home:
  name: Example Mobile
  country: US
  plmns: ["310410"]                 # MCC+MNC
  globalTitles: ["14047", "17706"]  # E.164 prefixes of our nodes
  realms: ["epc.mnc410.mcc310.3gppnetwork.org"]
  pointCodes: ["2-100-1"]           # ITU 3-8-3, or a number
  ipRanges: ["192.0.2.0/24"]
partners:                           # or: partners: { file: partners.csv }
  - name: Example Roaming
    country: FR
    plmns: ["20801"]
    globalTitles: ["33689"]
    realms: ["epc.mnc001.mcc208.3gppnetwork.org"]
    ipRanges: ["198.51.100.0/24"]
exceptions:                         # agreed traffic: who, what, why, until when
  - source: { gt: "33689004000" }     # or host, realm, ip, opc; a prefix or a suffix (realm) counts
    detectors: ["LOC-03"]
    reason: "LCS roaming agreement"
    owner: "security@example.net"
    until: 2027-06-30
thresholds: {}                      # a detector's named parameters, by detector id
`
const HOME = 'home: { name: Example Mobile, globalTitles: ["14047"] }\n'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-network-'))
  await mkdir(join(folder, 'empty'))
})
after(() => rm(folder, { recursive: true }))

async function load(yaml: string | Uint8Array, csv?: string): Promise<Network> {
  await writeFile(join(folder, 'network.yaml'), yaml)
  if (csv !== undefined) await writeFile(join(folder, 'partners.csv'), csv)
  return loadNetwork(join(folder, 'network.yaml'))
}

/** The lines of the error, with the folder cut off. */
async function problemsOf(yaml: string | Uint8Array, csv?: string): Promise<string[]> {
  const error = await load(yaml, csv).then(
    () => assert.fail('the file was accepted'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof NetworkFileError, String(error))
  return error.message.replaceAll(`${folder}/`, '').split('\n')
}

test('the example loads, and each of its lines works', async () => {
  const network = await load(EXAMPLE)
  assert.deepEqual(network.home, { name: 'Example Mobile', country: 'US', plmns: ['310410'] })
  assert.equal(network.partners, 1)
  assert.deepEqual(network.warnings, [])
  assert.deepEqual(
    network.namedDetectors.map(({ id, place }) => [id, place.line]),
    [['LOC-03', 18]],
  )
  assert.deepEqual(network.thresholds('LOC-03'), {})
  assert.equal(network.homeOfImsi('310410000000001'), true)
  assert.equal(network.homeOfGt('14047550100'), true)
  assert.equal(network.homeOfGt('17706550100'), true)
  assert.equal(network.homeOfRealm('epc.mnc410.mcc310.3gppnetwork.org'), true)
  assert.equal(network.homeOfPointCode(4897), true)
  assert.equal(network.homeOfIp('192.0.2.255'), true)
  const partner = { operator: 'Example Roaming', country: 'FR', plmns: ['20801'] }
  assert.deepEqual(network.operatorOfImsi('208010000000001'), { ...partner, method: 'partner plmn' })
  assert.deepEqual(network.operatorOfGt('33689000000'), { ...partner, method: 'partner prefix' })
  const host = 'mme01.epc.mnc001.mcc208.3gppnetwork.org'
  assert.deepEqual(network.operatorOfRealm(host), { ...partner, method: 'partner realm' })
  assert.deepEqual(network.operatorOfIp('198.51.100.9'), { ...partner, method: 'partner ip range' })
  const source = { gt: '336890040001', host: null, realm: null, ip: null, opc: null }
  const lastMoment = Date.UTC(2027, 6, 1) * 1000 - 1
  const found = network.exceptionFor(source, 'LOC-03', lastMoment)
  assert.equal(found?.expired, false)
  assert.equal(found?.exception.reason, 'LCS roaming agreement')
  assert.equal(found?.exception.owner, 'security@example.net')
  assert.equal(found?.exception.until, '2027-06-30')
  assert.equal(network.exceptionFor(source, 'LOC-03', lastMoment + 1)?.expired, true)
})

test('home alone is enough, and its name alone', async () => {
  assert.equal((await load(HOME)).homeOfGt('14047550100'), true)
  const network = await load('home:\n  name: Example Mobile\n  plmns:\npartners:\nexceptions: []\n')
  assert.equal(network.homeOfGt('14047550100'), null)
})

test('numbers that keep every digit need no quotes', async () => {
  const network = await load('home: { name: 3, plmns: [310410], globalTitles: [14047], pointCodes: [4897, 0] }')
  assert.equal(network.home?.name, '3')
  assert.equal(network.homeOfImsi('310410000000001'), true)
  assert.equal(network.homeOfPointCode(0), true)
})

test('thresholds are numbers, each named with its place', async () => {
  const network = await load(`${HOME}thresholds:\n  LOC-08: { perHour: 2.5, hours: 0 }\n  LOC-01: {}`)
  assert.deepEqual(network.thresholds('LOC-08'), { perHour: 2.5, hours: 0 })
  assert.deepEqual(network.thresholds('LOC-01'), {})
  assert.deepEqual(
    network.namedDetectors.map(({ id, threshold, place }) => [id, threshold, place.line]),
    [
      ['LOC-08', 'perHour', 3],
      ['LOC-08', 'hours', 3],
      ['LOC-01', null, 4],
    ],
  )
})

/** What is wrong, the text after a good `home` (or the whole file after `!`), where, parts of the sentence. */
const FAULTS: readonly (readonly [string, string, string, ...string[]])[] = [
  ['an unknown key', 'partner: []', '2:1', '"partner" is not known at the top of the file', 'Did you mean "partners"?'],
  ['a key far from any', 'colour: red', '2:1', '"colour" is not known', 'Known keys are home, partners'],
  ['an unknown key below', '!home:\n  name: A\n  global_title: []', '3:3', 'under home', '"globalTitles"'],
  ['a merge key', '!home:\n  <<: {}\n  name: A', '2:3', '"<<" is not known'],
  ['a repeated key', 'home: { name: B }', '2:1', '"home" stands twice', 'first in line 1', 'keep one'],
  ['a key that is a list', '[a, b]: c', '2:1', 'not a plain word'],
  ['no home', '!partners: []', '1:1', 'no "home"', 'add "home:"'],
  ['an empty file', '!# nothing yet\n', '1:1', 'is empty', 'home:'],
  ['a plain text', '!hello', '1:1', 'The file is a single value, but must be a mapping'],
  ['a home that is a text', '!home: Example', '1:7', 'home is a single value', 'a mapping'],
  ['a home that is a list', '!home: [Example]', '1:7', 'home is a list', 'a mapping'],
  ['no name', '!home: { country: US }', '1:7', 'home has no name', 'add "name:"'],
  ['an empty name', '!home:\n  name:\n  plmns: []', '2:8', 'home.name is empty'],
  ['a list that is a text', '!home: { name: A, plmns: "310410" }', '1:25', 'home.plmns is a single value', 'a list'],
  ['a leading zero', '!home: { name: A, plmns: [00101] }', '1:26', 'home.plmns[1]', 'take for 101', 'quotes: "00101"'],
  ['an octal number', '!home: { name: A, plmns: [0o10101] }', '1:26', 'quotes: "0o10101"'],
  ['a fraction', '!home: { name: A, plmns: [310.410] }', '1:26', 'take for 310.41', 'quotes: "310.410"'],
  ['an exponent', '!home: { name: A, globalTitles: [1404e7] }', '1:33', 'take for 14040000000', 'in quotes'],
  ['too many digits', '!home: { name: A, globalTitles: [12345678901234567] }', '1:33', 'in quotes'],
  ['a boolean', '!home: { name: true }', '1:15', 'read as boolean', 'quotes: "true"'],
  ['Norway in old YAML', '!%YAML 1.1\n---\nhome: { name: A, country: NO }', '3:27', 'read as boolean', 'quotes: "NO"'],
  [
    'a short network',
    '!home: { name: A, plmns: ["3104"] }',
    '1:26',
    '"3104" is not a network code',
    'five or six digits',
  ],
  ['a plus sign', '!home: { name: A, globalTitles: ["+1404"] }', '1:33', '"+1404"', 'without "+"'],
  ['a long prefix', '!home: { name: A, globalTitles: ["1234567890123456"] }', '1:33', '1 to 15 digits'],
  ['a bad realm', '!home: { name: A, realms: ["epc mnc410"] }', '1:27', 'not a realm', '3gppnetwork.org'],
  ['a bare word as realm', '!home: { name: A, realms: [org] }', '1:27', 'not a realm'],
  ['a bad point code', '!home: { name: A, pointCodes: ["8-0-0"] }', '1:31', 'not a point code', '2-100-1'],
  ['a bad range', '!home: { name: A, ipRanges: ["192.0.2.0/33"] }', '1:29', 'not an address range', '192.0.2.0/24'],
  ['bits after the prefix', '!home: { name: A, ipRanges: ["192.0.2.1/24"] }', '1:29', 'first address of its range'],
  [
    'a country by name',
    '!home: { name: A, country: Us }',
    '1:27',
    'home.country',
    '"Us" is not a country code',
    '"US"',
  ],
  ['a country that is none', '!home: { name: A, country: UK }', '1:27', '"UK" is not a country code', 'two capital'],
  ['partners that are a text', 'partners: partners.csv', '2:11', 'partners is a single value', 'mapping'],
  ['partners of nothing', 'partners: {}', '2:11', 'partners is empty', 'partners.csv'],
  ['a partner without a name', 'partners:\n  - country: FR', '3:5', 'partners[1] has no name'],
  ['an IR.21 file that is missing', 'partners: { file: ir21.xml }', '2:19', 'ir21.xml cannot be read'],
  ['a folder that is missing', 'partners: { folder: ir21 }', '2:21', 'ir21 cannot be read as a folder', 'no such file'],
  ['a folder of other files', 'partners: { folder: empty }', '2:21', 'empty holds no .xml or .csv file'],
  ['a list that names a missing one', 'partners: [{ file: none.csv }]', '2:20', 'none.csv cannot be read'],
  ['a source among unknown keys', 'partners: [{ name: A, file: none.csv }]', '2:14', '"name" is not known'],
  ['a hub with subscribers', 'hubs: [{ name: A, plmns: ["00101"] }]', '2:19', '"plmns" is not known'],
  ['a hub without a name', 'hubs: [{ realms: [example.net] }]', '2:8', 'hubs[1] has no name'],
  ['a policy that is a list', 'policy: [1]', '2:9', 'policy is a list'],
  ['a policy with an alias', 'policy: { a: &x 1, b: *x }', '2:23', 'refers to "*x"'],
  ['a policy with a key that is a list', 'policy: { a: { [b]: 1 } }', '2:16', 'not a plain word'],
  ['a range that goes down', 'partners: [{ name: A, globalTitles: ["3369-3368"] }]', '2:38', 'not a range'],
  ['a range of everything', 'partners: [{ name: A, globalTitles: ["1-9"] }]', '2:38', 'not a range'],
  ['a range of three', 'partners: [{ name: A, globalTitles: ["1-2-3"] }]', '2:38', 'not a range'],
  ['a range of two families', 'partners: [{ name: A, ipRanges: ["192.0.2.1-::1"] }]', '2:34', 'not a range'],
  ['a list that is missing', 'partners: { file: none.csv }', '2:19', 'none.csv cannot be read', 'no such file'],
  ['a list that is a folder', 'partners: { file: . }', '2:19', 'not a regular file'],
  ['an exception of nothing', 'exceptions: [{}]', '2:14', 'no source', 'add "source:"'],
  ['an exception without an end', exception('source: { gt: "1" }', 'reason: x'), '3:5', 'no until', 'the last day'],
  ['an exception without a reason', exception('source: { gt: "1" }', 'until: 2027-06-30'), '3:5', 'no reason'],
  [
    'a bad source',
    exception('source: { gt: abc }', 'reason: x', 'until: 2027-06-30'),
    '3:19',
    'exceptions[1].source.gt',
  ],
  [
    'an unknown source',
    exception('source: { ssn: 6 }', 'reason: x', 'until: 2027-06-30'),
    '3:15',
    '"ssn" is not known',
  ],
  ['a source of nothing', exception('source: {}', 'reason: x', 'until: 2027-06-30'), '3:13', 'names no address'],
  ['a bad date', exception('source: { gt: "1" }', 'reason: x', 'until: 30.6.2027'), '6:12', 'not a date', '2027-06-30'],
  [
    'no such day',
    exception('source: { gt: "1" }', 'reason: x', 'until: 2027-02-29'),
    '6:12',
    '"2027-02-29" is not a date',
  ],
  ['a bad detector', 'thresholds: { loc1: {} }', '2:15', '"loc1" is not a detector', 'LOC-03'],
  ['a threshold of lists', 'thresholds: { LOC-08: { perHour: [1] } }', '2:34', 'LOC-08.perHour is a list', 'a number'],
  ['a threshold that is a text', 'thresholds: { LOC-08: { perHour: two } }', '2:34', 'is "two"', 'a number of 0'],
  ['a threshold that is empty', 'thresholds: { LOC-08: { perHour: } }', '2:', 'LOC-08.perHour', 'a number'],
  ['a threshold below 0', 'thresholds: { LOC-08: { perHour: -1 } }', '2:34', 'is "-1"', 'a number of 0'],
  ['a threshold without end', 'thresholds: { LOC-08: { perHour: .inf } }', '2:34', 'a number'],
  ['broken YAML', 'partners: [', '2:1', 'not valid YAML', 'Correct the file here'],
  ['tabs', 'partners:\n\t- name: A', '3:1', 'not valid YAML', 'Tabs'],
  ['two documents', '---\nhome: {}', '2:1', 'not valid YAML'],
  ['an unknown tag', 'partners: !list []', '2:11', 'not valid YAML', 'tag'],
  ['an alias', 'partners: &a\n  - name: B\nthresholds: *a', '4:13', 'refers to "*a"', 'write the value out'],
  ['deep nesting', `thresholds: ${'['.repeat(20_000)}`, '', 'nested too deeply'],
  ['control characters', '"\\u001b[31mred": 1', '2:1', '"\\u001b[31mred" is not known'],
]

function exception(...lines: string[]): string {
  return `exceptions:\n  - ${[lines[0], 'detectors: [LOC-03]', ...lines.slice(1)].join('\n    ')}`
}

for (const [what, text, place, ...parts] of FAULTS) {
  test(`refused with a place and a way out: ${what}`, async () => {
    const [line = ''] = await problemsOf(text.startsWith('!') ? text.slice(1) : HOME + text)
    assert.ok(line.startsWith(`network.yaml:${place}`), line)
    for (const part of parts) assert.ok(line.includes(part), line)
    assert.ok(line.endsWith('.') || line.endsWith('?'), line)
  })
}

/** Kind, what home has, what the partner has. */
const OVERLAPS = [
  ['globalTitles', '"14047"', '"140470"', 'overlaps'],
  ['globalTitles', '"140470"', '"14047"', 'overlaps'],
  ['globalTitles', '"14047"', '"14047"', 'is the same as'],
  ['plmns', '"310410"', '"31041"', 'overlaps'],
  ['realms', 'example.net', 'epc.Example.net', 'overlaps'],
  ['pointCodes', '"2-100-1"', '4897', 'is the same as'],
  ['ipRanges', '192.0.2.0/24', '192.0.2.8', 'overlaps'],
  ['ipRanges', '"2001:db8::/32"', '"2001:db8:1::/48"', 'overlaps'],
] as const

for (const [kind, own, partner, verb] of OVERLAPS) {
  test(`${kind} ${own} of home and ${partner} of a partner: ${verb}, both lines named`, async () => {
    const lines = await problemsOf(
      `home:\n  name: A\n  ${kind}: [${own}]\npartners:\n  - name: B\n    ${kind}: [${partner}]`,
    )
    const [line = ''] = lines
    assert.equal(lines.length, 1)
    for (const part of ['network.yaml:6:', '(network.yaml:3:', kind, verb, '"A"', '"B"', 'correct one of the two']) {
      assert.ok(line.includes(part), line)
    }
  })
}

test('neighbours do not overlap, nor do the entries of one operator', async () => {
  const network =
    await load(`home: { name: A, globalTitles: ["14047", "140471"], realms: [example.net], pointCodes: [489] }
partners:
  - { name: B, globalTitles: ["14048"], realms: [xexample.net, net.example], pointCodes: [4897] }
  - { name: C, globalTitles: ["3368"] }
  - { name: c, globalTitles: ["33689"] }`)
  assert.equal(network.partners, 3)
})

test('all problems are listed in the order of the lines', async () => {
  const lines = await problemsOf('home:\n  country: XX\n  plmns: [1]\nextra: 1\nexceptions: [1]\n')
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    ['network.yaml:2:3:', 'network.yaml:2:12:', 'network.yaml:3:11:', 'network.yaml:4:1:', 'network.yaml:5:14:'],
  )
})

test('of very many problems the first are listed and the rest counted', async () => {
  const lines = await problemsOf(`home: { name: A, plmns: [${'x, '.repeat(5_000)}] }`)
  assert.equal(lines.length, LIMITS.networkFileProblems + 1)
  assert.match(lines.at(-1) ?? '', /^4950 more problems/)
})

test('a file that cannot be read as text is refused', async () => {
  const missing = await loadNetwork(join(folder, 'none.yaml')).catch((error: unknown) => String(error))
  assert.match(String(missing), /none\.yaml:1:1: .*none\.yaml cannot be read: there is no such file; check/)
  assert.match((await problemsOf(new Uint8Array([0x68, 0xff, 0xfe])))[0] ?? '', /not UTF-8 text; save it as UTF-8/)
  const large = new Uint8Array(LIMITS.networkFileBytes + 1).fill(0x20)
  assert.match((await problemsOf(large))[0] ?? '', /larger than 1 MiB; keep/)
})

test('alias bombs and floods of keys are refused quickly', async () => {
  const bomb = ['a0: &a0 [x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)]
  assert.ok((await problemsOf(`${HOME}${bomb.join('\n')}\nthresholds: *a30`)).length > 1)
  const keys = Array.from({ length: 5_000 }, (_, i) => `k${i}: 1`)
  assert.match((await problemsOf(HOME + keys.join('\n'))).at(-1) ?? '', /^4950 more problems/)
})

test('a partner list is read from beside the file; bad rows are left out and named', async () => {
  const csv = `\ufeffname,country,plmns,globalTitles,realms,pointCodes,ipRanges\r
Example Roaming,FR,20801;20802,33689 33690,example.net,2-100-2;77,198.51.100.0/24\r
"Example, Two",DE,26201,4917,,,\r
Bad Country,Germany,26203,,,,\r
\r
Short,DE\r
,DE,26204,,,,\r
"Open,DE,26205,,,,\r
Ours,US,,14047,,,\r
Theirs,FR,,336891,,,\r
Last,IT,22201,,,,\r
`
  const network = await load(`${HOME}partners: { file: partners.csv }`, csv)
  assert.equal(network.partners, 3)
  assert.equal(network.operatorOfImsi('208020000000001').operator, 'Example Roaming')
  assert.equal(network.operatorOfPointCode(77).operator, 'Example Roaming')
  assert.equal(network.operatorOfGt('4917000000').operator, 'Example, Two')
  assert.equal(network.operatorOfImsi('222010000000001').operator, 'Last')
  const expected = [
    ['4:13', '"Germany" is not a country code'],
    ['6:1', 'The row has 2 cells, the header 7'],
    ['7:1', 'The row has no name'],
    ['8:1', 'quotation mark'],
    ['9:10', '"14047" of "Ours" is the same as "14047" of "Example Mobile"'],
    ['10:12', '"336891" of "Theirs" overlaps "33689" of "Example Roaming" (partners.csv:2:'],
  ]
  assert.equal(network.warnings.length, expected.length)
  for (const [index, [place, part]] of expected.entries()) {
    const line = network.warnings[index] ?? ''
    assert.ok(line.startsWith(`partners.csv:${place}: `) && line.includes(part ?? ''), line)
    assert.ok(line.endsWith('This row is left out.'), line)
  }
})

/** First lines of a partner list that cannot be used. */
for (const [header, part] of [
  [' ', 'no header line'],
  ['name;country;plmns', 'part them with commas'],
  ['name,land', '"land" is not known'],
  ['name,plmn', 'Did you mean "plmns"?'],
  ['name,name', '"name" stands twice'],
  ['country,plmns', 'no column "name"'],
] as const) {
  test(`a partner list that begins with ${JSON.stringify(header)} is refused`, async () => {
    const rows = header.trim() === '' ? '' : 'A,B\n'
    const [line = ''] = await problemsOf(`${HOME}partners: { file: partners.csv }`, `${header}\n${rows}`)
    assert.ok(line.startsWith('partners.csv:1:') && line.includes(part), line)
  })
}

test('partners come from IR.21 files, folders, lists and the file itself, all at once', async () => {
  await mkdir(join(folder, 'ir21'), { recursive: true })
  await writeFile(join(folder, 'ir21', 'a.xml'), NEWER_FILE)
  // The same organisation again, under another name: the address of its edge agent is then nobody's.
  const other = NEWER_FILE.replace('Example &amp; Sons', 'Other').replaceAll('>1<', '>4<').replaceAll('TSTEX', 'TSTZZ')
  await writeFile(join(folder, 'ir21', 'b.xml'), other.replaceAll('198.51.100.0', '203.0.113.0'))
  await writeFile(join(folder, 'ir21', 'c.xml'), '<Report/>')
  await writeFile(join(folder, 'ir21', 'notes.txt'), 'not read')
  await writeFile(join(folder, 'latin.xml'), Buffer.from(latin(OLDER_FILE), 'latin1'))
  const network = await load(
    `${HOME}partners:\n  - { folder: ir21 }\n  - { file: latin.xml }\n  - { file: partners.csv }\n  - { name: B, plmns: ["26201"] }\n`,
    'name,globalTitles,mobileGlobalTitles,hosts\nListed,33689000-33689499,,dea.listed.example\n',
  )
  assert.equal(network.operatorOfImsi('262010000000001').operator, 'B')
  assert.equal(network.operatorOfImsi('001020000000001').operator, 'Éld')
  assert.equal(network.operatorOfGt('33689499000').operator, 'Listed')
  assert.equal(network.operatorOfGt('33689500000').operator, null)
  assert.equal(network.operatorOfRealm('dea.listed.example').method, 'partner host')
  assert.equal(network.operatorOfIp('198.51.100.1').operator, 'Example & Sons')
  assert.equal(network.operatorOfIp('203.0.113.1').operator, 'Other')
  assert.equal(network.operatorOfIp('2001:db8::7').operator, null)
  assert.equal(network.operatorOfImsi('001010000000001').operator, 'Test network')
  assert.deepEqual(network.operatorOfGt('14045560000001'), {
    ...{ operator: 'Example & Sons', country: 'US', plmns: [], method: 'partner mobile global title' },
  })
  assert.deepEqual(network.hubOfPointCode(4897), { name: 'Example Carrier' })
  const warnings = network.warnings.join('\n')
  assert.match(warnings, /ir21\/c\.xml:1:1: The outermost element is "Report".*This file is left out\./)
  assert.match(warnings, /ir21\/b\.xml:\d+:1: ipRanges .*Both elements are left out\./)
  assert.match(warnings, /ir21\/a\.xml:40:1: .*This element is left out\./)
})

function latin(text: string): string {
  return `<?xml version="1.0" encoding="ISO-8859-1"?>${text.replace('Elder', 'Éld')}`
}

test('an address of home that an IR.21 file lists too stays home', async () => {
  await writeFile(join(folder, 'ir21.xml'), NEWER_FILE)
  const network = await load('home: { name: A, globalTitles: ["14045550"] }\npartners: { file: ir21.xml }')
  assert.equal(network.homeOfGt('14045550100'), true)
  assert.equal(network.operatorOfImsi('001010000000001').operator, 'Example & Sons')
  assert.equal(network.operatorOfGt('12125550100').operator, 'Example & Sons')
  assert.ok(network.warnings.some((line) => line.includes('"14045550"') && line.endsWith('This element is left out.')))
})

test('hubs and policy are read', async () => {
  const network = await load(`${HOME}hubs:
  - { name: Carrier, globalTitles: ["32475"], realms: [carrier.example], ipRanges: ["192.0.2.0/24"], pointCodes: [77] }
policy: { categories: { anyTimeInterrogation: 1, list: [a, 2, true, null] }, empty: }
`)
  assert.deepEqual(network.hubOfGt('32475000000'), { name: 'Carrier' })
  assert.deepEqual(network.hubOfRealm('dra.carrier.example'), { name: 'Carrier' })
  assert.deepEqual(network.policy, {
    categories: { anyTimeInterrogation: 1, list: ['a', 2, true, null] },
    empty: null,
  })
  assert.deepEqual((await load(HOME)).policy, {})
})
