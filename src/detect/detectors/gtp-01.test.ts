import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_DETAIL } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { GTPV1_MESSAGES } from '../../signalling/gtp/messages-v1.ts'
import { GTPV2_MESSAGES } from '../../signalling/gtp/messages-v2.ts'
import { assertFires, CASTS, outcomeOf } from '../cast.vectors.ts'
import { GATEWAYS, gatewayNetwork, gtpRequest } from '../gtp.vectors.ts'
import { oddBetweenNetworks } from '../gtp-interfaces.ts'
import { innerGtpMessage } from './gtp-01.ts'

const { detect } = innerGtpMessage
const { home, inner, partner, other, nobody } = GATEWAYS

test('fires on messages of inner interfaces from another network', () => {
  for (const cast of CASTS) {
    const network = gatewayNetwork(cast)
    const about = { subjectImsi: cast.home.imsi }
    for (const operation of [
      'Identification',
      'Context',
      'Forward Relocation',
      'Release Access Bearers',
      'CS Paging Indication',
    ]) {
      for (const from of [partner, nobody]) {
        assertFires(
          detect(gtpRequest(operation, from, home, about), network),
          new RegExp(`sent ${operation} about IMSI`),
          cast,
        )
      }
    }
    for (const operation of ['SGSN Context', 'Send Routeing Information for GPRS', 'Data Record Transfer']) {
      const request = gtpRequest(operation, partner, home, { ...about, protocol: 'gtpv1' })
      assertFires(detect(request, network), /, which is for /, cast)
      assertFires(detect({ ...request, dstIp: other }, network), /, which is for /, cast)
    }
    const detail = { ...NO_DETAIL, fTeids: ['10:00000001@198.51.100.33', '4:00000002@198.51.100.33'] }
    assertFires(
      detect(gtpRequest('Create Session', partner, home, { ...about, detail }), network),
      /inner interface/,
      cast,
    )
  }
})

test('near misses: what roaming needs, and the same inside our network', () => {
  for (const cast of CASTS) {
    const network = gatewayNetwork(cast)
    const detail = { ...NO_DETAIL, fTeids: ['6:00000001@198.51.100.33'] }
    for (const operation of [
      'Echo',
      'Create Session',
      'Modify Bearer',
      'Delete Session',
      'Delete Bearer',
      'Modify Bearer Command',
    ]) {
      assert.equal(outcomeOf(detect(gtpRequest(operation, partner, home, { detail }), network)), 'pass', operation)
    }
    assert.equal(outcomeOf(detect(gtpRequest('Context', inner, home), network)), 'pass')
    assert.equal(outcomeOf(detect(gtpRequest('Context', home, partner), network)), 'none')
    assert.equal(outcomeOf(detect(gtpRequest('Context', partner, home, { kind: 'answer' }), network)), 'none')
  }
})

test('look-alike: an inner node of ours with a private address that is not listed', () => {
  for (const cast of CASTS) {
    const verdict = detect(gtpRequest('Release Access Bearers', '10.1.2.3', home), gatewayNetwork(cast))
    assert.equal(outcomeOf(verdict), 'unavailable')
  }
})

test('says what it could not check', () => {
  assert.equal(outcomeOf(detect(gtpRequest('Context', partner, home), EMPTY_NETWORK)), 'unavailable')
  assert.equal(outcomeOf(detect(gtpRequest('Create Session', partner, home), EMPTY_NETWORK)), 'none')
})

test('the list names messages as the decoder does', () => {
  const named = (rows: readonly { name: string }[]) => rows.map(({ name }) => name.replace(/ (Request|Response)$/, ''))
  const allowed = (protocol: 'gtpv1' | 'gtpv2', names: readonly string[]) =>
    new Set(names.filter((name) => oddBetweenNetworks(gtpRequest(name, partner, home, { protocol })) === null)).size
  assert.equal(allowed('gtpv1', named(GTPV1_MESSAGES)), 18)
  assert.equal(allowed('gtpv2', named(GTPV2_MESSAGES)), 20)
})
