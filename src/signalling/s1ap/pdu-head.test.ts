import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../bytes/fault.ts'
import { NGAP_PROCEDURES } from '../ngap/ngap-procedures.ts'
import { decodePduHead } from './pdu-head.ts'
import { S1AP_PROCEDURES } from './s1ap-procedures.ts'
import { X2AP_PROCEDURES } from './x2ap-procedures.ts'

/** Origin: made by hand after TS 36.413 §9.3.2 and X.691; the heads agree with those of public captures. */
const VECTORS = [
  { hex: '000c4048', type: 'initiatingMessage', code: 12, s1ap: 'initialUEMessage', ngap: 'HandoverPreparation' },
  { hex: '2011001b', type: 'successfulOutcome', code: 17, s1ap: 'S1Setup', ngap: 'LocationReportingFailureIndication' },
  { hex: '4009400f', type: 'unsuccessfulOutcome', code: 9, s1ap: 'InitialContextSetup', ngap: 'ErrorIndication' },
] as const

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

test('decodes the head of a PDU', () => {
  for (const { hex, type, code, s1ap, ngap } of VECTORS) {
    assert.deepEqual(decodePduHead(bytesOf(hex), 0, 4, 's1ap'), { type, procedureCode: code })
    assert.equal(S1AP_PROCEDURES.find((row) => row.code === code)?.name, s1ap)
    assert.equal(NGAP_PROCEDURES.find((row) => row.code === code)?.name, ngap)
  }
  assert.equal(X2AP_PROCEDURES.find((row) => row.code === 6)?.name, 'x2Setup')
})

test('every strict prefix gives a fault', () => {
  for (const { hex } of VECTORS)
    for (let length = 0; length < 4; length++) {
      const fault = decodePduHead(bytesOf(hex), 0, length, 's1ap')
      assert.ok(fault instanceof Fault && fault.reason === 'truncated')
    }
})

test('refuses what no encoder writes', () => {
  for (const [hex, reason] of [
    ['600c4000', 'unknown PDU type'],
    ['800c4000', 'unknown PDU type'],
    ['010c4000', 'padding is not zero'],
    ['000c4100', 'padding is not zero'],
  ] as const) {
    const fault = decodePduHead(bytesOf(hex), 0, 4, 'ngap')
    assert.ok(fault instanceof Fault && fault.reason === reason && fault.layer === 'ngap')
  }
})

test('the tables stand in code order', () => {
  for (const table of [S1AP_PROCEDURES, X2AP_PROCEDURES, NGAP_PROCEDURES])
    assert.deepEqual(
      table.map((row) => row.code),
      table.map((_, i) => i),
    )
})
