import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { familyPlaces } from '../event/columns/event-columns.ts'
import { readBackground } from './background.ts'
import { eventTablesSql } from './event-schema.ts'

const KINDS = { invoke: 0, request: 1, result: 2 }
/** Numbers 3 and 6 stand for one title, as after the dictionary began anew; 7 is a subscriber known by a text. */
const TEXTS = [
  'invoke',
  'request',
  'result',
  '447700900011',
  'hss.example',
  '192.0.2.1',
  '447700900011',
  '44~abc',
  'habit',
]

test('requests are counted by sender and by encoding, whatever numbers stand for them', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  for (const sql of eventTablesSql(familyPlaces())) await connection.run(sql)
  await connection.run(`INSERT INTO texts VALUES ${TEXTS.map((text, id) => `(${id}, '${text}')`).join(', ')}`)
  const add = (kind: keyof typeof KINDS, columns: Readonly<Record<string, number>>) =>
    connection.run(
      `INSERT INTO ${'origin_host' in columns ? 'diameter_rows' : 'opc' in columns || 'calling_gt' in columns ? 'ss7_rows' : 'gtp_rows'} (kind, ${Object.keys(columns).join(', ')}) VALUES (${KINDS[kind]}, ${Object.values(columns).join(', ')})`,
    )
  await add('invoke', { calling_gt: 3, src_ip: 5, opc: 9, imsi: 1001, encoding: 8 })
  await add('invoke', { calling_gt: 6, src_ip: 5, imsi: 1001, encoding: 8 })
  await add('invoke', { calling_gt: 3, msisdn: -8 })
  await add('request', { origin_host: 4, src_ip: 5, imsi: 1002, encoding: 8 })
  await add('request', { src_ip: 5, imsi: 1002 })
  await add('invoke', { opc: 77, imsi: 1003 })
  await add('invoke', { imsi: 1003 })
  await add('result', { calling_gt: 3, imsi: 1009 })
  const { sources, encodings, ...all } = await readBackground(connection)
  assert.deepEqual(all, { requests: 7, subjects: 4 })
  assert.deepEqual(
    Array.from(sources, ({ sourceKey, requests, subjects }) => [sourceKey, requests, subjects]),
    [
      ['gt:447700900011', 3, 2],
      ['host:hss.example', 1, 1],
      ['ip:192.0.2.1', 1, 1],
      ['pc:77', 1, 1],
      ['unknown', 1, 1],
    ],
  )
  assert.deepEqual([...encodings], [{ encoding: 'habit', requests: 3, sources: 2 }])
  connection.closeSync()
})
