import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { BerReader } from '../src/bytes/ber.ts'
import { AnomalyList } from '../src/signalling/anomaly.ts'
import { decodeMapArgument, decodeMapResult } from '../src/signalling/ss7/map/map.ts'
import type { MapFields } from '../src/signalling/ss7/map/walker.ts'

const file = fileURLToPath(new URL('../../shared/vectors/ss7.json', import.meta.url))
const skip = existsSync(file) ? false : 'the shared vectors are not here'

interface Expectation {
  readonly path: string
  readonly op: 'eq' | 'present' | 'absent'
  readonly value: unknown
}

interface Vector {
  readonly id: string
  readonly layer: string
  readonly kind: string
  readonly role: string
  readonly opcode: number | null
  readonly hex: string
  readonly length: number
  readonly uses: readonly string[]
  readonly expect: readonly Expectation[]
}

/** What our fields say at a path of theirs. The address of a node is the first that the message names. */
const PATHS: Record<string, (fields: MapFields) => string | null> = {
  'imsi.data': (fields) => fields.imsi,
  'iMSI.data': (fields) => fields.imsi,
  'targetMS.iMSI.data': (fields) => fields.imsi,
  'sM_RP_DA.iMSI.data': (fields) => fields.imsi,
  'msisdn.address': (fields) => fields.msisdn,
  'mSISDN.address': (fields) => fields.msisdn,
  'targetMS.mSISDN.address': (fields) => fields.msisdn,
  'sM_RP_OA.msisdn.address': (fields) => fields.msisdn,
  'vlrNumber.address': (fields) => fields.nodeAddress,
  'gmscAddress.address': (fields) => fields.nodeAddress,
  'vmscAddress.address': (fields) => fields.nodeAddress,
  'mLCNumber.address': (fields) => fields.nodeAddress,
  'serviceCentreAddress.address': (fields) => fields.nodeAddress,
  'sM_RP_DA.serviceCentreAddressDA.address': (fields) => fields.nodeAddress,
  'lCSLocationInfo.networkNodeNumber.address': (fields) => fields.nodeAddress,
  'locationInfoWithLMSI.networkNodeNumber.address': (fields) => fields.nodeAddress,
  'roamingNumber.address': (fields) => fields.roamingNumber,
  'vlrCamelSubscriptionInfo.oCsi.oBcsmCamelTDPDataList[0].gsmSCFAddress.address': (fields) =>
    fields.gsmScfAddresses[0] ?? null,
  'provisionedSS[0].forwardingInfo.forwardingFeatureList[0].forwardedToNumber.address': (fields) => fields.forwardedTo,
}

/** gsmSCF addresses anywhere in a profile are all to be found. */
const SCF = /gsmSCFAddress\.address$/

/** Complaints that a sound message never earns. */
const STRUCTURAL = ['wrongParameterType', 'primitiveConstructed', 'parameterOrder', 'unknownParameter', 'nonMinimalTag']

/**
 * A whole operation: the JSON calls it a request or a response and a message, its octets are all there, and they are one
 * BER element with a constructed tag, or a plain OCTET STRING that one of the test's own methods decodes. That leaves out
 * the inner octet strings (an LMSI, an address) filed under the same operation.
 */
function isWholeOperation(vector: Vector): boolean {
  if (vector.layer !== 'map' || vector.role !== 'message') return false
  if (vector.kind !== 'request' && vector.kind !== 'response') return false
  if (vector.opcode === null || vector.length !== vector.hex.length / 2) return false
  const reader = new BerReader()
  const bytes = Buffer.from(vector.hex, 'hex')
  if (!reader.read(bytes, 0, bytes.length) || reader.next !== bytes.length) return false
  return reader.constructed || vector.uses.some((use) => use.startsWith('decode:'))
}

function decode({ kind, opcode, hex }: Vector): { fields: MapFields; anomalies: readonly string[] } {
  const bytes = Buffer.from(hex, 'hex')
  const anomalies = new AnomalyList()
  const read = kind === 'request' ? decodeMapArgument : decodeMapResult
  return { fields: read(opcode ?? -1, bytes, 0, bytes.length, anomalies), anomalies: anomalies.list() }
}

/** A list of expectations goes on with those of other vectors where it comes to a path for the second time. */
function ownValues(vector: Vector): Map<string, string> {
  const values = new Map<string, string>()
  for (const { path, op, value } of vector.expect) {
    if (op !== 'eq' || typeof value !== 'string') continue
    if (values.has(path)) break
    values.set(path, value)
  }
  return values
}

test('every whole MAP operation of the shared vectors decodes to the expected identities', { skip }, () => {
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }
  const whole = vectors.filter(isWholeOperation)
  let checked = 0
  let identities = 0
  for (const vector of whole) {
    const { fields, anomalies } = decode(vector)
    assert.equal(fields.fault, null, vector.id)
    assert.deepEqual(
      anomalies.filter((name) => STRUCTURAL.includes(name)),
      [],
      vector.id,
    )
    checked++
    for (const [path, value] of ownValues(vector)) {
      if (SCF.test(path)) assert.ok(fields.gsmScfAddresses.includes(value), `${vector.id} ${path}`)
      const found = PATHS[path]
      if (found === undefined) continue
      assert.equal(found(fields), value, `${vector.id} ${path}`)
      identities++
    }
  }
  assert.ok(checked >= 37, `${checked} vectors`)
  assert.ok(identities >= 41, `${identities} identities`)
})
