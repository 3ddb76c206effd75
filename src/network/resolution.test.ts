import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from './network.ts'
import { type Resolution, sameOperator, UNRESOLVED } from './resolution.ts'

const imsi = (plmn: string): Resolution => EMPTY_NETWORK.operatorOfImsi(plmn.padEnd(15, '0'))
const gt = (digits: string): Resolution => EMPTY_NETWORK.operatorOfGt(digits)
const listed = (operator: string, country: string | null, plmns: readonly string[] = []): Resolution => ({
  ...{ operator, country, plmns, method: 'partner plmn' },
})

const HUB: Resolution = { operator: null, country: 'BE', plmns: [], method: 'hub' }

/** What is compared, the two, the answer. */
const PAIRS: readonly (readonly [string, Resolution, Resolution, boolean | null])[] = [
  ['one network', imsi('310410'), imsi('310410'), true],
  ['one network without a name', imsi('310999'), imsi('310999'), true],
  ['two networks of one operator', imsi('310260'), imsi('310120'), true],
  ['two spellings of one company', imsi('50501'), imsi('50539'), true],
  ['two companies of one brand', imsi('50502'), imsi('50536'), true],
  ['one brand in two countries', imsi('20205'), imsi('60202'), false],
  ['two operators of one country', imsi('310410'), imsi('310260'), false],
  ['an address without an operator, same country', gt('14045550100'), imsi('310410'), null],
  ['an address without an operator, other country', gt('12465550100'), imsi('310410'), false],
  ['two addresses of one country', gt('14045550100'), gt('12125550100'), null],
  ['two addresses of two countries', gt('14045550100'), gt('12465550100'), false],
  ['a territory and its country', gt('447797000000'), imsi('23450'), null],
  ['two territories', gt('447781000000'), gt('447797000000'), null],
  ['a network that serves the other country', gt('13455550100'), imsi('338050'), null],
  ['networks mixed in one mobile country code', gt('972590000000'), imsi('42505'), null],
  ['a listed name twice', listed('Example', 'FR'), listed('EXAMPLE', 'DE'), true],
  ['two unlisted networks of no country', imsi('90197'), imsi('90198'), false],
  ['two listed names', listed('Example', 'FR'), listed('Sample', 'FR'), false],
  ['two listed names of one public name', listed('Example', 'FR', ['20801']), listed('Sample', 'FR', ['20802']), false],
  ['a listed network', listed('Example', 'FR', ['20801', '20802']), imsi('20802'), true],
  ['another network of a listed operator', listed('Example', 'FR', ['20801']), imsi('20802'), true],
  ['a listed operator and another', listed('Example', 'FR', ['20801']), imsi('20810'), false],
  ['a listed operator abroad and an address', listed('Example', 'DE'), gt('33689000000'), false],
  ['a listed operator without a country', listed('Example', null), gt('33689000000'), null],
  ['nothing known of one', UNRESOLVED, imsi('310410'), null],
  ['nothing known of both', UNRESOLVED, UNRESOLVED, null],
  ['a hub and an operator of another country', HUB, imsi('310410'), null],
  ['a hub twice', HUB, HUB, null],
]

for (const [what, a, b, expected] of PAIRS) {
  test(`${what}: ${expected}`, () => {
    assert.equal(sameOperator(a, b), expected)
    assert.equal(sameOperator(b, a), expected)
  })
}
