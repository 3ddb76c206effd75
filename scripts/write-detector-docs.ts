// Writes docs/detectors.md from the detectors: node scripts/write-detector-docs.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectorPage } from '../src/detect/document.ts'
import { DETECTORS } from '../src/detect/index.ts'

const docs = join(import.meta.dirname, '../docs')
mkdirSync(docs, { recursive: true })
writeFileSync(join(docs, 'detectors.md'), detectorPage(DETECTORS))
