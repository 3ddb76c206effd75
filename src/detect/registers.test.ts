import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CASTS, HOME_LINK, networkOf } from './cast.vectors.ts'
import { provideSubscriberInfo } from './detectors/loc-02.ts'
import { lteOrigin, realmOf } from './registration-cases.vectors.ts'
import { newState } from './runner.ts'
import { Story, tell } from './sequence.vectors.ts'

/** A guest of a virtual operator: its IMSI is another's, its register stands under the partner's addresses. */
function ask(register: (story: Story, index: number) => void): string[][] {
  return CASTS.map((cast, i) => {
    const { home, partner, other, stranger } = cast
    const story = new Story()
    register(story, i)
    for (const from of [partner, stranger]) {
      story.invoke(60, 'provideSubscriberInfo', { callingGt: from.hlr, calledGt: home.vlr, imsi: other.imsi })
    }
    const { detections } = tell(provideSubscriberInfo, story, networkOf(cast))
    return detections.map(({ event }) => (event.callingGt === partner.hlr ? 'partner' : 'stranger'))
  })
}

const BOTH = ['partner', 'stranger']

/** Registers a guest under our own titles and realms, on the link given. */
function registerOwn(link: { readonly opc?: number; readonly srcIp?: string }): string[][] {
  const overMap = ask((story, i) => {
    const { home, partner, other } = CASTS[i] ?? assert.fail()
    story.invoke(0, 'updateLocation', { callingGt: home.vlr, calledGt: partner.hlr, imsi: other.imsi, ...link })
  })
  const overDiameter = ask((story, i) => {
    const { home, partner, other } = CASTS[i] ?? assert.fail()
    const request = { ...lteOrigin(home), destinationRealm: realmOf(partner), imsi: other.imsi, ...link }
    story.request(0, 'Update-Location', request)
  })
  return [...overMap, ...overDiameter]
}

test('where our own nodes register a guest is its home', () => {
  for (const whom of registerOwn({ opc: HOME_LINK.pointCode, srcIp: HOME_LINK.ip }))
    assert.deepEqual(whom, ['stranger'])
})

test('under our title from a foreign link, it teaches nothing', () => {
  for (const whom of registerOwn({ opc: 99, srcIp: '198.51.100.7' })) assert.deepEqual(whom, BOTH)
})

test('what others say, and other operations, teach nothing', () => {
  const fromOutside = ask((story, i) => {
    const { partner, other, stranger } = CASTS[i] ?? assert.fail()
    story.invoke(0, 'updateLocation', { callingGt: stranger.vlr, calledGt: partner.hlr, imsi: other.imsi })
  })
  const noRegistration = ask((story, i) => {
    const { home, partner, other } = CASTS[i] ?? assert.fail()
    story.invoke(0, 'sendRoutingInfoForSM', { callingGt: home.scf, calledGt: partner.hlr, imsi: other.imsi })
  })
  for (const whom of [...fromOutside, ...noRegistration]) assert.deepEqual(whom, BOTH)
})

test('what was learnt lasts from run to run', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, other } = cast
  const state = newState()
  const before = new Story()
  before.invoke(0, 'updateLocation', {
    callingGt: home.vlr,
    calledGt: partner.hlr,
    imsi: other.imsi,
    opc: HOME_LINK.pointCode,
  })
  tell(provideSubscriberInfo, before, networkOf(cast), { state })
  const after = new Story()
  after.invoke(60, 'provideSubscriberInfo', { callingGt: partner.hlr, calledGt: home.vlr, imsi: other.imsi })
  assert.equal(tell(provideSubscriberInfo, after, networkOf(cast), { state }).detections.length, 0)
  assert.equal(tell(provideSubscriberInfo, after, networkOf(cast)).detections.length, 1)
})
