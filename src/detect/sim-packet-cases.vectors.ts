import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, type Cast, outcomeOf } from './cast.vectors.ts'
import type { MessageDetector } from './detector.ts'
import { type Body, delivery, packet, submission } from './short-message.vectors.ts'

/** The cases that the detectors of unsecured browser packets must judge alike. */

const UNSECURED = '0000'
/** A cryptographic checksum, counter higher, proof wanted. */
const CHECKED = '1221'
/** A redundancy check: anybody can compute it. */
const REDUNDANCY = '0100'

const fromStranger = (body: Body, { stranger, home }: Cast) =>
  delivery(body, {
    callingGt: stranger.scf,
    nodeAddress: stranger.scf,
    calledGt: home.vlr,
    subjectImsi: home.imsi,
  })

/** @param tars of the browser. @param other of another application. */
export function testBrowserPacket(
  detector: MessageDetector,
  tars: readonly string[],
  other: string,
  sentence: RegExp,
): void {
  const { detect } = detector

  test('fires on an unsecured packet, under any headers, delivered or submitted', () => {
    for (const cast of CASTS) {
      for (const tar of tars) {
        const attack = fromStranger(packet(tar, UNSECURED), cast)
        assertFires(detect(attack, cast.network), sentence, cast)
        assertFires(detect(fromStranger(packet(tar, REDUNDANCY), cast), cast.network), sentence, cast)
        assertFires(detect(attack, EMPTY_NETWORK), sentence, cast)
        assertJudgesRequestsOnly(detector, attack, cast.network)
        const hidden = packet(tar, UNSECURED, { pid: '00', dcs: '04', udh: null })
        assertFires(detect(fromStranger(hidden, cast), cast.network), sentence, cast)
        const given = { callingGt: cast.partner.vlr, subjectMsisdn: cast.home.msisdn }
        assertFires(detect(submission(packet(tar, UNSECURED), given), cast.network), /a phone served by/, cast)
      }
    }
  })

  test('near misses: a checksum with a key, and another application', () => {
    for (const cast of CASTS) {
      assert.equal(outcomeOf(detect(fromStranger(packet(tars[0] ?? '', CHECKED), cast), cast.network)), 'pass')
      assert.equal(outcomeOf(detect(fromStranger(packet(other, UNSECURED), cast), cast.network)), 'none')
    }
  })

  test('look-alike: an old service of the SIM’s own operator', () => {
    for (const cast of CASTS) {
      const { home } = cast
      const body = packet(tars[0] ?? '', UNSECURED)
      const own = delivery(body, { callingGt: home.scf, nodeAddress: home.scf, subjectImsi: home.imsi })
      assert.equal(outcomeOf(detect(own, cast.network)), 'pass')
    }
  })

  test('without the headers of the message, nothing can be told', () => {
    for (const cast of CASTS) {
      const event = { ...fromStranger(packet(other, UNSECURED), cast), sms: null }
      assert.equal(outcomeOf(detect(event, cast.network)), 'unavailable')
    }
  })
}
