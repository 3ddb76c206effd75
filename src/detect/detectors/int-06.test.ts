import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_DETAIL, type SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { unadvertisedServiceControl } from './int-06.ts'

/** The home register writes profiles that name `scf`. */
function advertise(story: Story, { home, partner }: Cast, scf: string, count: number, from = home.hlr): void {
  for (let i = 0; i < count; i++) {
    const imsi = home.imsi.slice(0, -2) + String(40 + i)
    story.invoke(i, 'insertSubscriberData', { callingGt: from, calledGt: partner.vlr, imsi, gsmScfAddresses: [scf] })
  }
}

function ask(
  story: Story,
  { home, partner }: Cast,
  scf: string,
  given: Partial<SignallingEvent> = {},
): SignallingEvent {
  const route = { callingGt: partner.vlr, callingSsn: 146, calledGt: scf, calledSsn: 146 }
  return story.invoke(100, 'initialDP', { protocol: 'cap', imsi: home.imsi, ...route, ...given })
}

function connect(story: Story, { home, partner }: Cast, scf: string, calledNumber: string): SignallingEvent {
  const route = { callingGt: scf, callingSsn: 146, calledGt: partner.vlr, calledSsn: 146, tcap: 'continue' } as const
  const detail = { ...NO_DETAIL, calledNumber }
  return story.invoke(101, 'connect', { protocol: 'cap', subjectImsi: home.imsi, ...route, detail })
}

test('fires on a function that no profile of the home named, once its own are known, and on what it orders', () => {
  for (const cast of CASTS) {
    const { home, stranger, network } = cast
    const story = new Story()
    advertise(story, cast, home.scf, 3)
    ask(story, cast, stranger.scf)
    connect(story, cast, stranger.scf, '5521955501234')
    const { detections } = tell(unadvertisedServiceControl, story, network)
    assert.equal(detections.length, 2)
    assertFires(detections[0]?.suspicion ?? null, new RegExp(`initialDP .* to ${stranger.scf}`), cast)
    assertFires(detections[1]?.suspicion ?? null, /connect .* in the third country BR/, cast)
  }
})

test('fires on a function that the home seems to have named once, among many profiles with its own', () => {
  for (const cast of CASTS) {
    const { home, stranger, network } = cast
    for (const { own, foreign, fires } of [
      { own: 25, foreign: 1, fires: 2 },
      { own: 25, foreign: 5, fires: 0 },
      { own: 6, foreign: 1, fires: 0 },
    ]) {
      const story = new Story()
      advertise(story, cast, home.scf, own)
      advertise(story, cast, stranger.scf, foreign)
      ask(story, cast, stranger.scf)
      connect(story, cast, stranger.scf, '5521955501234')
      const { whys } = tell(unadvertisedServiceControl, story, network)
      assert.equal(whys.length, fires)
      if (fires > 0) assert.match(whys[0] ?? '', /hardly any of the many profiles/)
    }
  }
})

test('fires without learning on a function that another network had named in a profile', () => {
  for (const cast of CASTS) {
    const { stranger, network } = cast
    const story = new Story()
    advertise(story, cast, stranger.scf, 1, stranger.hlr)
    ask(story, cast, stranger.scf)
    assertFires(tell(unadvertisedServiceControl, story, network).detections[0]?.suspicion ?? null, /had named/, cast)
  }
})

test('a function that was named for another home’s subscribers is not held against its own', () => {
  for (const cast of CASTS) {
    const { partner, stranger, network } = cast
    const story = new Story()
    advertise(story, cast, stranger.scf, 1, stranger.hlr)
    ask(story, cast, stranger.scf, { imsi: partner.imsi })
    const { whys } = tell(unadvertisedServiceControl, story, network)
    assert.ok(whys.every((why) => !why.includes('had named')))
  }
})

test('near misses and look-alikes: the home’s own function, one abroad that the home named, other users of the names', () => {
  for (const cast of CASTS) {
    const { home, partner, stranger, network } = cast
    const story = new Story()
    advertise(story, cast, home.scf, 3)
    advertise(story, cast, stranger.scf, 1)
    ask(story, cast, home.scf)
    ask(story, cast, stranger.scf)
    connect(story, cast, home.scf, '5521955501234')
    ask(story, cast, partner.scf, { imsi: partner.imsi })
    ask(story, cast, cast.other.scf, { protocol: 'inap' })
    const { account } = tell(unadvertisedServiceControl, story, network)
    assert.deepEqual([account.failed, account.passed], [0, 4])
  }
})

test('before the home’s functions are known: a rare one in a third country fires, unless a profile or more users come', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner, stranger, network } = cast
  const cases: readonly [name: string, failed: number, unjudged: number, then: (story: Story) => void][] = [
    ['nothing more', 1, 0, () => undefined],
    ['named later', 0, 0, (story) => advertise(story, cast, stranger.scf, 1)],
    ['others named later', 1, 0, (story) => advertise(story, cast, home.scf, 2)],
    [
      'common',
      0,
      3,
      (story) => {
        for (const last of [1, 2]) ask(story, cast, stranger.scf, { imsi: home.imsi.slice(0, -1) + String(6 + last) })
      },
    ],
  ]
  for (const [name, failed, unjudged, then] of cases) {
    const story = new Story()
    ask(story, cast, stranger.scf)
    then(story)
    const { account, unavailable } = tell(unadvertisedServiceControl, story, network)
    assert.equal(account.failed, failed, name)
    assert.equal(unavailable['too few profiles of the home network were seen'] ?? 0, unjudged, name)
  }
  const near = new Story()
  ask(near, cast, partner.scf)
  assert.equal(tell(unadvertisedServiceControl, near, network).account.failed, 0)
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { home, stranger, network } = cast
    const story = new Story()
    advertise(story, cast, home.scf, 1)
    ask(story, cast, cast.other.scf)
    ask(story, cast, stranger.scf, { imsi: null })
    ask(story, cast, stranger.scf, { calledGt: null })
    assert.deepEqual(tell(unadvertisedServiceControl, story, network).unavailable, {
      'too few profiles of the home network were seen': 1,
      'the IMSI of the subscriber is not known': 1,
      'the service control function has no international global title': 1,
    })
  }
})
