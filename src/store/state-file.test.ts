import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { newState } from '../detect/runner.ts'
import { loadState, StateFileError, saveState } from './state-file.ts'

const root = mkdtempSync(join(tmpdir(), 'state-file-test-'))
after(() => rmSync(root, { recursive: true }))

const VLR = { protocol: 'map', address: '33689004001', via: '33689004002', plmn: null } as const
const MME = { protocol: 'diameter', address: 'mme.example.net', via: 'example.net', plmn: '00101' } as const

test('a state is loaded as it was saved', async () => {
  const file = join(root, 'a.state')
  const state = newState()
  for (let i = 0; i < 3_000; i++) {
    const imsi = `00101${String(i).padStart(10, '0')}`
    state.subscribers.register(imsi, 'cs', VLR, i)
    state.subscribers.register(imsi, 'ps', i % 2 === 0 ? VLR : MME, i + 1)
    state.subscribers.register(imsi, 'ps', MME, i + 2)
    state.subscribers.pair(`33612${i}`, imsi)
  }
  state.memory.table<number>('LOC-08 counts', 10).set('a', 1.5)
  state.memory.table<readonly (number | string)[]>('INT-06 seen').set('b;c', ['x', 2])
  await saveState(file, { detect: state, campaigns: [] })
  const { detect: loaded } = await loadState(file)
  assert.deepEqual([...loaded.subscribers.registrations()], [...state.subscribers.registrations()])
  assert.deepEqual([...loaded.subscribers.pairs()], [...state.subscribers.pairs()])
  assert.deepEqual(loaded.subscribers.before('001010000000002', 'ps'), { place: VLR, timeUs: 3 })
  assert.equal(loaded.memory.table<number>('LOC-08 counts').get('a'), 1.5)
  assert.deepEqual(loaded.memory.table<readonly (number | string)[]>('INT-06 seen').get('b;c'), ['x', 2])
  assert.ok(!existsSync(`${file}.part`))
})

test('a folder, and a place where nothing can be saved, are refused at once', async () => {
  await assert.rejects(loadState(root), {
    message: `${root}: the state of the detectors cannot be read: it is a folder; name another file with --state.`,
  })
  const lost = join(root, 'nowhere', 'a.state')
  await assert.rejects(loadState(lost), {
    message: `${lost}: the state of the detectors cannot be saved: there is no such folder; name another file with --state.`,
  })
})

test('no file is a new state', async () => {
  assert.equal((await loadState(join(root, 'none'))).detect.subscribers.size, 0)
})

test('anything else is refused with its line, and nothing throws otherwise', async () => {
  const header = '{"schema":1,"kind":"telltale-state"}'
  for (const [content, line] of [
    ['', 1],
    ['[]', 1],
    ['{"schema":2,"kind":"telltale-state"}', 1],
    [`${header}\nx`, 2],
    [`${header}\n["place",1,"map","a",null,null]`, 2],
    [`${header}\n["served","00101","cs",0,1]`, 2],
    [`${header}\n["number","1"]`, 2],
    [`${header}\n["table","x",-1]`, 2],
    [`${header}\n["entry","x","y",{"a":1}]`, 2],
    [`${header}\n["odd"]`, 2],
    [`${header}\n${'x'.repeat(2 ** 25)}`, 2],
  ] as const) {
    const file = join(root, 'bad.state')
    writeFileSync(file, zstdCompressSync(Buffer.from(content)))
    await assert.rejects(loadState(file), (error) => {
      assert.ok(error instanceof StateFileError)
      assert.ok(error.message.startsWith(`${file}:${line}: this is not a state`), error.message)
      return true
    })
  }
  writeFileSync(join(root, 'plain'), 'hello')
  await assert.rejects(loadState(join(root, 'plain')), StateFileError)
  await assert.rejects(saveState(join(root, 'no', 'where'), { detect: newState(), campaigns: [] }), StateFileError)
})
