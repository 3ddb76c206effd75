import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleCase } from '../report.vectors.ts'
import { type CitedMessage, type ComplaintGroup, renderComplaints, slugOf } from './complaint.ts'
import { HOSTILE } from './intelligence.vectors.ts'

const GROUP: ComplaintGroup = {
  number: 1,
  operator: null,
  country: 'BB',
  methods: ['numbering plan'],
  addresses: [{ kind: 'gt', value: '12465550100', requests: 4 }],
  addressCount: 1,
  requests: 4,
  answered: 1,
  subjects: 2,
  categories: [{ category: 'evasion location', requests: 4 }],
  operations: [{ operation: 'anyTimeInterrogation', requests: 4 }],
  firstSeen: '2026-03-03T08:00:12.000001Z',
  lastSeen: '2026-03-04T09:00:12.000001Z',
  uncited: 0,
}
const MESSAGE: CitedMessage = {
  group: 1,
  time: '2026-03-03T08:00:12.000001Z',
  protocol: 'map',
  kind: 'gt',
  value: '12465550100',
  called: 'title with country code 44',
  operation: 'anyTimeInterrogation',
  category: 'location',
  answered: 'yes',
  transaction: '0a0b',
}
const OPTIONS = { reveal: false, minCount: 3 }

async function filesOf(groups: readonly ComplaintGroup[], messages: readonly CitedMessage[], options = OPTIONS) {
  async function* list(): AsyncGenerator<CitedMessage> {
    yield* messages
  }
  const files = new Map<string, string>()
  for await (const { path, text } of renderComplaints(groups, list(), sampleCase(), options)) {
    files.set(path, (files.get(path) ?? '') + text)
  }
  return files
}

test('each source gets a letter, its messages, and what to do with them', async () => {
  const other = { ...GROUP, number: 2, operator: 'Example Roaming & Söhne', country: 'FR' }
  const files = await filesOf([GROUP, other], [MESSAGE, MESSAGE, { ...MESSAGE, group: 2 }])
  const folders = [slugOf(GROUP), slugOf(other)]
  assert.match(folders[0] ?? '', /^gt-12465550100-[0-9a-f]{8}$/)
  assert.match(folders[1] ?? '', /^example-roaming-so-hne-fr-[0-9a-f]{8}$/)
  assert.deepEqual(
    [...files.keys()].sort(),
    folders
      .flatMap((folder) => ['README.md', 'letter.md', 'observations.csv'].map((name) => `${folder}/${name}`))
      .sort(),
  )
  assert.equal(
    files.get(`${folders[0]}/observations.csv`),
    `time_utc,protocol,source_kind,source_address,called_side,operation,category,answered,transaction_id
${'2026-03-03T08:00:12.000001Z,map,global title,12465550100,title with country code 44,anyTimeInterrogation,location,yes,0a0b\n'.repeat(2)}`,
  )
})

test('the letter tells the facts, and accuses nobody', async () => {
  const letter = (await filesOf([GROUP], [])).get(`${slugOf(GROUP)}/letter.md`) ?? ''
  for (const words of [
    /08:00 on 3 March 2026/,
    /This is not an accusation\./,
    /`12465550100` \| global title \| 4/,
    /`anyTimeInterrogation` \| 4/,
    /answered with a result: 1/,
    /name: fewer than 3/,
    /Messages that ask where a subscriber’s phone is\./,
    /matched to their holder: numbering plan/,
    /\(FS\.52\)/,
    new RegExp('ab'.repeat(32)),
  ])
    assert.match(letter, words)
  assert.doesNotMatch(letter, /attack|attacker|criminal|culprit|hack|malicious|suspect|undefined|null|NaN/i)
})

test('names from a capture are no markup, and no way out of the folder', async () => {
  const hostile = {
    ...GROUP,
    operator: '[click](http://x.example) <img src=x> *a* | b',
    addresses: [{ kind: 'host', value: `\`](x) | ${HOSTILE}`, requests: 4 }],
  }
  const files = await filesOf([hostile], [])
  const letter = files.get(`${slugOf(hostile)}/letter.md`) ?? ''
  assert.ok(letter.includes('\\[click\\]\\(http\\://x.example\\) \\<img src=x\\> \\*a\\* \\| b'))
  const [row = ''] = letter.split('\n').filter((line) => line.includes('| host |'))
  assert.equal(row.match(/`/g)?.length, 2)
  assert.equal(row.match(/(?<!\\)\|/g)?.length, 4)
  assert.match(slugOf({ ...GROUP, operator: '../../etc' }), /^etc-bb-[0-9a-f]{8}$/)
  assert.match(slugOf({ ...GROUP, operator: '例', country: null }), /^[0-9a-f]{8}$/)
})
