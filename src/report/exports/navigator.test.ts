import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FINDINGS, readerOf, textOf } from './intelligence.vectors.ts'
import { renderNavigator } from './navigator.ts'

interface Layer {
  name: string
  versions: Record<string, string>
  domain: string
  techniques: { techniqueID: string; score: number; comment: string }[]
  gradient: { colors: string[]; minValue: number; maxValue: number }
  metadata: { name: string; value: string }[]
}

async function layerOf(findings: typeof FINDINGS): Promise<Layer> {
  return JSON.parse(await textOf(renderNavigator(readerOf(findings)))) as Layer
}

test('scores are findings per technique of ATT&CK; the others stand in the metadata', async () => {
  const layer = await layerOf(FINDINGS)
  assert.deepEqual(layer.versions, { attack: '17', navigator: '5.1.0', layer: '4.5' })
  assert.equal(layer.domain, 'mobile-attack')
  assert.deepEqual(
    layer.techniques.map(({ techniqueID, score, comment }) => [techniqueID, score, comment]),
    [['T1430.002', 2, '2 findings: LOC-01']],
  )
  assert.equal(layer.gradient.maxValue, 2)
  const metadata = Object.fromEntries(layer.metadata.map(({ name, value }) => [name, value]))
  assert.equal(metadata['FGT5012.008 Diameter signaling'], '2 findings')
  assert.equal(metadata['MOT3003.301 SS7 Protocol'], '1 finding')
  assert(layer.metadata.every(({ value }) => typeof value === 'string'))
})

test('a case without findings is a layer without scores', async () => {
  const layer = await layerOf([])
  assert.deepEqual(layer.techniques, [])
  // the format wants the most above the least
  assert.equal(layer.gradient.maxValue, 1)
})
