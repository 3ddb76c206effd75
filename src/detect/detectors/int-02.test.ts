import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS } from '../cast.vectors.ts'
import { farFrom, lteOrigin, register, registerLte } from '../registration-cases.vectors.ts'
import { DetectorRunner } from '../runner.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { impossibleRegistration } from './int-01.ts'
import { impossibleLteRegistration } from './int-02.ts'

const HOUR = 3600

test('fires on an MME far from the node that served before, in LTE or in 3G', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    for (const first of [register, registerLte]) {
      const story = new Story()
      first(story, 0, partner, home)
      const hostile = registerLte(story, 300, other, home)
      const { detections } = tell(impossibleLteRegistration, story, network)
      assert.deepEqual(
        detections.map(({ event }) => event),
        [hostile],
      )
      assertFires(detections[0]?.suspicion ?? null, /5 minutes after .* km away/, cast)
    }
  }
})

test('fires on a visited network that is not the sender’s, at first sight', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    registerLte(story, 0, partner, home, { visitedPlmn: other.plmn })
    const { detections } = tell(impossibleLteRegistration, story, network)
    assertFires(detections[0]?.suspicion ?? null, new RegExp(`visited network ${other.plmn} of ${other.name}`), cast)
  }
  const story = new Story()
  const realm = 'epc.mnc001.mcc208.3gppnetwork.org'
  const imsi = '310410000000001'
  story.request(0, 'Update-Location', { originHost: `mme.${realm}`, originRealm: realm, visitedPlmn: '26201', imsi })
  assert.equal(tell(impossibleLteRegistration, story, EMPTY_NETWORK).account.failed, 1)
})

test('near misses and look-alikes', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const stories: readonly ((story: Story) => void)[] = [
      // time to fly
      (story) => registerLte(story, 24 * HOUR, other, home),
      // attached in both domains, and a pool
      (story) => registerLte(story, 60, partner, home),
      (story) => registerLte(story, 60, partner, home, lteOrigin(partner, 'mme2')),
      // the way home
      (story) => registerLte(story, 60, home, home),
      // at sea and in the air
      (story) => registerLte(story, 60, partner, home, { visitedPlmn: '90118', originRealm: 'sea.example' }),
      // a hub's realm tells nothing of who visits
      (story) => registerLte(story, 60, partner, home, { originHost: 'dra.ipx.example', originRealm: 'ipx.example' }),
    ]
    for (const [index, then] of stories.entries()) {
      const story = new Story()
      register(story, 0, partner, home)
      then(story)
      assert.equal(tell(impossibleLteRegistration, story, network).account.failed, 0, String(index))
    }
  }
  // two names of one country, by public lists alone: shared and renamed networks
  const story = new Story()
  const realm = 'epc.mnc260.mcc310.3gppnetwork.org'
  story.request(0, 'Update-Location', { originRealm: realm, visitedPlmn: '310410', imsi: '208010000000001' })
  assert.equal(tell(impossibleLteRegistration, story, EMPTY_NETWORK).account.failed, 0)
})

test('a false SS7 registration does not put the blame on the true MME: the two detectors share their doubts', () => {
  for (const cast of CASTS) {
    const story = new Story()
    registerLte(story, 0, cast.partner, cast.home)
    const hostile = register(story, 300, farFrom(cast), cast.home)
    registerLte(story, 600, cast.partner, cast.home)
    const failed: unknown[] = []
    const detectors = [impossibleRegistration, impossibleLteRegistration]
    const runner = new DetectorRunner(detectors, { network: cast.network }, ({ event }) => failed.push(event))
    for (const event of story.events) runner.take(event)
    assert.deepEqual(failed, [hostile])
  }
})

test('says what it could not check', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  registerLte(story, 0, cast.partner, cast.home)
  registerLte(story, 60, cast.partner, cast.home, { imsi: null })
  assert.deepEqual(tell(impossibleLteRegistration, story, cast.network).unavailable, {
    'no earlier location of the subscriber is known': 1,
    'the IMSI of the subscriber is not known': 1,
  })
})
