import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openCaptures } from '../../capture/capture.ts'
import { NO_ANOMALIES } from '../../signalling/anomaly.ts'
import { decodeSms } from '../../signalling/sms/tpdu.ts'
import { generateTraffic } from '../../simulate/generate.ts'
import { writeScenario } from '../../simulate/simulate.ts'
import { EventDecoder } from '../decoder.ts'
import { blankEvent, type EventDetail, NO_DETAIL, type SignallingEvent } from '../signalling-event.ts'
import { buffersOf, EventColumns, EventRows, familyPlaces } from './event-columns.ts'
import { BATCH_ROWS } from './labels.ts'

const root = mkdtempSync(join(tmpdir(), 'event-columns-test-'))
after(() => rmSync(root, { recursive: true }))

/** Events as they come out behind another thread. */
function carried(events: readonly SignallingEvent[]): SignallingEvent[] {
  const columns = new EventColumns()
  const rows = new EventRows()
  const read: SignallingEvent[] = []
  const carry = (): void => {
    const batch = columns.take()
    const copy = structuredClone(batch)
    rows.learn(copy)
    for (let event = rows.read(); event !== null; event = rows.read()) read.push(event)
    columns.giveBack(buffersOf(copy))
  }
  for (const event of events) {
    columns.add(event)
    if (columns.isFull) carry()
  }
  carry()
  return read
}

async function eventsOf(path: string): Promise<SignallingEvent[]> {
  const events: SignallingEvent[] = []
  const captures = await openCaptures([path])
  const decoder = new EventDecoder(captures.inputs, (event) => events.push(event))
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  return events
}

const LARGE = 0xffff_ffff
const DETAIL: EventDetail = {
  flags: LARGE,
  cancellationType: 2,
  profileParts: ['a', ''],
  redirects: ['pgw.example'],
  otherAddresses: ['447700900011', 'x y'],
  callingNumber: '447700900012',
  calledNumber: '',
  redirectingNumber: '1',
  roamingNumber: '447700900013',
  serviceKey: LARGE,
  ssCode: 0,
  lcsClient: 'é\0',
  locationAgeMinutes: 7,
  requested: ['imei'],
  rat: 'UTRAN',
  fTeids: ['6:00000001@192.0.2.1'],
  proxyHosts: ['a.example', 'b.example'],
  hopByHop: LARGE,
  endToEnd: 0,
}

/** What events of every family may carry. */
const COMMON: Partial<SignallingEvent> = {
  capture: 'a b.pcap',
  frame: 2 ** 31,
  timeUs: -1,
  operation: 'x y',
  code: 2 ** 40,
  imsi: '001010000000001',
  msisdn: '#12',
  imei: '0010100000000012345',
  nodeAddress: '',
  cellId: '001-01-1-2',
  resultCode: LARGE,
  srcIp: '2001:db8::1',
  dstIp: '192.0.2.1',
  srcPort: 65535,
  dstPort: 0,
  apn: 'internet',
  anomalies: ['nonMinimalLength', 'indefiniteLength'],
  fault: { layer: 'map', reason: 'cut: short at 3', offset: -4 },
  seq: 2 ** 40,
  answers: 2 ** 33,
  subjectImsi: '001010000000001',
  subjectMsisdn: '#12',
  gsmScfAddresses: ['447700900014'],
  forwardedTo: '447700900015',
  position: '1.5,-2',
  barred: true,
  locationWanted: true,
  vectors: 5,
  identityMissing: true,
  encoding: 'a=1;b=2',
  detail: DETAIL,
}
const SMS = { pid: 0, dcs: 4, udh: '700000', originator: '447700900016', oaType: 'international', tpdu: null } as const

const FULL: readonly SignallingEvent[] = [
  {
    ...blankEvent(),
    ...COMMON,
    protocol: 'map',
    kind: 'invoke',
    opcodeForm: 'local',
    applicationContext: '0.4.0.0.1.0.20.3',
    opc: LARGE,
    dpc: 0,
    callingGt: '447700900011',
    callingSsn: 0,
    calledGt: 'ab',
    calledSsn: 255,
    tcap: 'begin',
    otid: '0000000a',
    dtid: 'ffffffffffffffffff',
    invokeId: -(2 ** 31) - 1,
    errorCode: 2 ** 32 + 1,
    callingNature: 4,
    calledNature: 0,
    invokesBefore: 3,
    sms: SMS,
  },
  {
    ...blankEvent(),
    ...COMMON,
    protocol: 'diameter',
    kind: 'answer',
    originHost: 'mme.example',
    originRealm: 'example',
    destinationHost: 'hss.example',
    destinationRealm: '',
    userName: '001010000000001@example',
    visitedPlmn: '00101',
    routeRecord: ['a.example', 'b.example'],
    sessionId: 'mme;1;2;é',
    applicationId: LARGE,
    servingNetwork: '00101',
    sms: { ...SMS, oaType: null },
  },
  { ...blankEvent(), ...COMMON, protocol: 'gtpv2', teid: '00000000', servingNetwork: '00101' },
]

test('events of all protocols are the same behind the columns', async () => {
  const path = join(root, 'mixed.pcap')
  generateTraffic(path, { messages: 3 * BATCH_ROWS, shape: 'mixed' })
  const attacks = join(root, 'first-look.pcap')
  await writeScenario('first-look', attacks)
  const events = [...(await eventsOf(path)), ...(await eventsOf(attacks))]
  assert.ok(new Set(events.map(({ protocol }) => protocol)).size > 3)
  const texts = events.map((event) => JSON.stringify(event))
  for (const [i, event] of carried(events).entries()) assert.equal(JSON.stringify(event), texts[i])
})

test('every field comes through, whatever stands in it, and none stays behind for the next event', () => {
  const bare = FULL.map(({ protocol }) => ({ ...blankEvent(), protocol }))
  const routes = [['a b', ''], [''], []].map((routeRecord) => ({ ...bare[1]!, routeRecord }))
  const answers = bare.map((event) => ({ ...event, subjectImsi: '001019999999999', subjectMsisdn: '1' }))
  const tpdu = decodeSms(Uint8Array.of(0x04, 0x01, 0x91, 0xf1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0), 0, 14, {
    toMobile: true,
    isReport: false,
  })
  assert.ok('pid' in tpdu)
  const messages = FULL.slice(0, 2).map((event) => ({ ...event, sms: { ...SMS, tpdu } }))
  const events = [...FULL, ...bare, ...routes, ...answers, ...messages, ...FULL]
  assert.deepEqual(carried(events), events)
  const many = Array.from({ length: BATCH_ROWS + 5 }, (_, i) => events[i % events.length]!)
  assert.deepEqual(carried(many), many)
  assert.equal(carried(bare)[0]?.detail, NO_DETAIL)
  assert.deepEqual(carried(bare)[0]?.anomalies, NO_ANOMALIES)
})

test('every field that an event has is told apart by these tests', () => {
  const blank = blankEvent()
  const unset = Object.keys(blank).filter((key) =>
    FULL.every(
      (event) =>
        JSON.stringify(event[key as keyof SignallingEvent]) === JSON.stringify(blank[key as keyof SignallingEvent]),
    ),
  )
  assert.deepEqual(unset, ['answeredBy'])
  assert.deepEqual(
    Object.keys(NO_DETAIL).filter(
      (key) => JSON.stringify(DETAIL[key as keyof EventDetail]) === JSON.stringify(NO_DETAIL[key as keyof EventDetail]),
    ),
    [],
  )
})

test('columns of one name are of one kind in all families', () => {
  const kinds = new Map<string, string>()
  for (const { places } of familyPlaces()) {
    for (const { name, kind } of places) {
      assert.equal(kinds.get(name) ?? kind, kind, name)
      kinds.set(name, kind)
    }
  }
  assert.ok(kinds.size > 50)
})

test('of long texts fewer events go together', () => {
  const columns = new EventColumns()
  const route = 'x'.repeat(60_000)
  let count = 0
  for (; !columns.isFull; count++) columns.add({ ...FULL[1]!, routeRecord: [`${count}${route}`] })
  assert.ok(count > 10 && count < 100, `${count} events`)
  columns.take()
  assert.equal(columns.isFull, false)
})
