import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleFinding } from '../report.vectors.ts'
import { renderCef } from './cef.ts'
import { CAMPAIGN, CLEAR_IMSI, CLEAR_MSISDN, FINDINGS, HOSTILE, readerOf, textOf } from './intelligence.vectors.ts'
import { formatSyslog } from './syslog.ts'

/** SYSLOG-MSG of RFC 5424 §6, with the parts of it that stand in a line. */
const SYSLOG =
  /^<(?<pri>\d{1,3})>1 (?<time>-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z) (?<host>-|[!-~]{1,255}) (?<app>-|[!-~]{1,48}) (?<proc>-|[!-~]{1,128}) (?<id>-|[!-~]{1,32}) (?<data>-|(?:\[[!#-<>-\\^-~]{1,32}(?: [!#-<>-\\^-~]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*\])+) (?<msg>.*)$/u
const CEF =
  /^CEF:0\|((?:[^|\\]|\\[|\\])*)\|((?:[^|\\]|\\[|\\])*)\|((?:[^|\\]|\\[|\\])*)\|((?:[^|\\]|\\[|\\])*)\|((?:[^|\\]|\\[|\\])*)\|(\d|10)\|(.*)$/u

interface Parsed {
  readonly pri: number
  readonly time: string
  readonly id: string
  readonly bom: boolean
  readonly head: readonly string[]
  readonly extension: Readonly<Record<string, string>>
}

/** Reads a line by the two grammars; throws where it does not follow them. */
function parse(line: string): Parsed {
  const { pri, time, id, msg = '' } = SYSLOG.exec(line)?.groups ?? assert.fail(`no syslog: ${line}`)
  const bom = msg.startsWith('\uFEFF')
  const message = bom ? msg.slice(1) : msg
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is tested
  assert.doesNotMatch(message, /[\x00-\x1f\x7f]/)
  assert.equal(bom, /[^\x20-\x7e]/.test(message), 'the mark stands where the text is not ASCII')
  const [, ...fields] = CEF.exec(message) ?? assert.fail(`no CEF: ${message}`)
  const rest = fields.pop() ?? ''
  const extension: Record<string, string> = {}
  for (const part of rest.split(/ (?=[A-Za-z0-9]+=)/)) {
    const at = part.indexOf('=')
    const value = part.slice(at + 1)
    assert.doesNotMatch(value.replace(/\\[\\=nr]/g, ''), /[\\=]/, `unescaped: ${value}`)
    extension[part.slice(0, at)] = value.replace(/\\([\\=])/g, '$1')
  }
  return {
    pri: Number(pri),
    time: time ?? '',
    id: id ?? '',
    bom,
    head: fields.map((f) => f.replace(/\\([\\|])/g, '$1')),
    extension,
  }
}

const linesOf = async (options = { reveal: false, minCount: 0 }, findings = FINDINGS) => {
  const text = await textOf(renderCef(readerOf(findings, [CAMPAIGN]), options))
  assert.ok(text.endsWith('\n'))
  return text.slice(0, -1).split('\n')
}

test('every finding and campaign is one line of RFC 5424 with a CEF message', async () => {
  const lines = await linesOf()
  assert.equal(lines.length, FINDINGS.length + 1)
  const parsed = lines.map(parse)
  assert.deepEqual(
    parsed.map(({ id }) => id),
    [...FINDINGS.map(() => 'finding'), 'campaign'],
  )
  const [first] = parsed
  const sample = sampleFinding()
  assert.deepEqual(first?.head, ['Telltale', 'telltale', '0.1.0', 'LOC-01', sample.title, '8'])
  assert.deepEqual([first?.pri, first?.time], [16 * 8 + 3, sample.lastSeen])
  const { extension = {} } = first ?? {}
  assert.deepEqual(
    ['externalId', 'cat', 'outcome', 'cnt', 'cs1Label', 'cs1', 'cs5', 'cn1', 'start', 'end'].map(
      (key) => extension[key],
    ),
    [
      'f0001',
      'location',
      'success',
      '3',
      'sourceGlobalTitle',
      '12465550100',
      'IMSI 00101********37',
      '4321',
      String(Date.parse(sample.firstSeen)),
      String(Date.parse(sample.lastSeen)),
    ],
  )
  assert.equal(extension.msg, sample.why)
  assert.deepEqual([parsed[2]?.extension.c6a2, parsed[2]?.extension.src], ['2001:DB8:0:0::1', undefined])
  assert.equal(parsed[4]?.extension.src, '192.0.2.7')
  assert.equal(parsed[4]?.time, '-', 'what is no time is left out')
  assert.equal(parsed.at(-1)?.extension.cnt, '60')
})

test('no identity is told unless asked, and then as it is', async () => {
  const masked = (await linesOf()).join('\n')
  for (const identity of [CLEAR_IMSI, CLEAR_MSISDN]) assert.ok(!masked.includes(identity))
  const shown = (await linesOf({ reveal: true, minCount: 0 })).map(parse)
  assert.match(shown[1]?.extension.cs5 ?? '', new RegExp(`${CLEAR_IMSI}.*${CLEAR_MSISDN}`))
})

test('small counts are not told', async () => {
  const parsed = (await linesOf({ reveal: false, minCount: 10 })).map(parse)
  assert.equal(parsed[0]?.extension.cnt, undefined)
  assert.equal(parsed[5]?.extension.cnt, '0')
  assert.deepEqual([parsed.at(-1)?.extension.cnt, parsed.at(-1)?.extension.cs4], ['60', 'fewer than 10'])
})

test('a hostile name stays within its field', async () => {
  const [line = ''] = await linesOf(undefined, [
    sampleFinding({ title: `a|b=c\\d ${HOSTILE}`, why: `x=1 src=192.0.2.1\n${HOSTILE}` }),
  ])
  const { head, extension } = parse(line)
  assert.ok(head[4]?.startsWith('a|b=c\\d '))
  assert.equal(extension.src, undefined)
  assert.ok(extension.msg?.startsWith('x=1 src=192.0.2.1\\x0a'))
})

test('parameters of structured data are escaped, and sequence numbers stay in range', () => {
  const line = formatSyslog({
    severity: 3,
    time: '2026-03-03T08:00:12Z',
    messageId: 'finding',
    version: '1"\\]',
    sequence: 2_147_483_648,
    message: 'é',
  })
  assert.match(line, SYSLOG)
  assert.ok(line.includes('swVersion="1\\"\\\\\\]"][meta sequenceId="1"] \uFEFFé'))
})
