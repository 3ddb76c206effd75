import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { assertFires, CASTS, type Cast, type Party } from './cast.vectors.ts'
import type { Context, Detector } from './detector.ts'
import { foreignPurge } from './detectors/dos-02.ts'
import { requestInSubscribersName } from './detectors/frd-01.ts'
import { foreignProfileRead } from './detectors/idn-05.ts'
import { foreignForwarding } from './detectors/int-05.ts'
import { register } from './registration-cases.vectors.ts'
import { Story, tell } from './sequence.vectors.ts'
import { strangersOf } from './stranger.ts'

/** Guests whom a listed partner registers first, and then sends their requests. */
function custom(story: Story, { home, partner }: Cast, operation: string, guests: number, registered: number): void {
  for (let i = 0; i < guests; i++) {
    const guest: Party = { ...home, imsi: home.imsi.slice(0, -2) + String(30 + i) }
    if (i < registered) register(story, 10 * i, partner, guest)
    ask(story, 10 * i + 5, operation, partner.vlr, guest)
  }
}

function ask(story: Story, seconds: number, operation: string, callingGt: string, { imsi, hlr, msisdn }: Party) {
  const given = operation === 'registerSS' ? { forwardedTo: msisdn } : { msisdn }
  return story.invoke(seconds, operation, { callingGt, calledGt: hlr, imsi, subjectImsi: imsi, ...given })
}

const CASES: readonly (readonly [Detector, string])[] = [
  [requestInSubscribersName, 'processUnstructuredSS-Request'],
  [requestInSubscribersName, 'mo-ForwardSM'],
  [foreignPurge, 'purgeMS'],
  [foreignProfileRead, 'restoreData'],
  [foreignForwarding, 'registerSS'],
]

test('an unlisted network speaks for a subscriber never seen abroad, against custom', () => {
  for (const cast of CASTS) {
    for (const [detector, operation] of CASES) {
      for (const { guests, registered, fires } of [
        { guests: 30, registered: 30, fires: 1 },
        // too little is known
        { guests: 8, registered: 8, fires: 0 },
        // registrations are not captured
        { guests: 60, registered: 30, fires: 0 },
      ]) {
        const story = new Story()
        custom(story, cast, operation, guests, registered)
        const hostile = ask(story, 3600, operation, cast.stranger.vlr, cast.home)
        const { detections } = tell(detector, story, cast.network)
        assert.equal(detections.length, fires, `${operation} ${guests}`)
        if (fires === 0) continue
        assert.equal(detections[0]?.event, hostile)
        assertFires(detections[0]?.suspicion ?? null, /no listed roaming partner.*no registration abroad/, cast)
      }
    }
  }
})

test('tells that a capture begins while subscribers are already abroad', () => {
  for (const cast of CASTS) {
    for (const { registered, unseen } of [
      { registered: 30, unseen: false },
      { registered: 20, unseen: true },
    ]) {
      const story = new Story()
      custom(story, cast, 'processUnstructuredSS-Request', 30, registered)
      let seen: boolean | null = null
      const watch = {
        ...requestInSubscribersName,
        start(context: Context) {
          const judge = requestInSubscribersName.start(context)
          return (event: SignallingEvent) => {
            const verdict = judge(event)
            seen = strangersOf(context).areOftenUnseen
            return verdict
          }
        },
      }
      tell(watch, story, cast.network)
      assert.equal(seen, unseen)
    }
  }
})

test('look-alikes: a listed partner, an unlisted network where others of ours roam', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, other, stranger, network } = cast
  const first = { ...home, imsi: `${home.imsi.slice(0, -2)}99` }
  for (const speaker of [other, stranger]) {
    const story = new Story()
    custom(story, cast, 'processUnstructuredSS-Request', 30, 30)
    if (speaker === stranger) {
      register(story, 1000, stranger, first)
      ask(story, 1010, 'processUnstructuredSS-Request', stranger.vlr, first)
    }
    ask(story, 3600, 'processUnstructuredSS-Request', speaker.vlr, home)
    assert.equal(tell(requestInSubscribersName, story, network).detections.length, 0)
  }
})
