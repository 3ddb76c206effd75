import type { Stage } from './stage.ts'
import type { Operator } from './world.ts'

/** Parts of the world that no journey of an hour joins; France is left out, as its territories lie in several. */
const REGIONS: Readonly<Record<string, string>> = {
  GB: 'europe',
  IE: 'europe',
  SE: 'europe',
  DE: 'europe',
  US: 'america',
  CA: 'america',
  BB: 'america',
  JM: 'america',
  AU: 'oceania',
}

/** Countries that border each other, or that a ferry joins. */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ['US', 'CA'],
  ['GB', 'IE'],
  ['GB', 'FR'],
  ['FR', 'DE'],
  ['SE', 'DE'],
]

/** A partner and any other network abroad that lie far apart. Every world of ten countries has such a pair. */
export function farApart(stage: Stage): readonly [Operator, Operator] {
  const { partners, strangers } = stage.world
  const pairs = partners.flatMap((near) =>
    [...partners, ...strangers].filter((far) => areFar(near, far)).map((far) => [near, far] as const),
  )
  return stage.random.pick(pairs)
}

/** Whether no journey of an hour leads from one to the other. */
export function areFar(a: Operator, b: Operator): boolean {
  const [one, other] = [REGIONS[a.country], REGIONS[b.country]]
  return one !== undefined && other !== undefined && one !== other
}

/** Two networks abroad in neighbouring countries, or null where this world has none. */
export function neighbours(stage: Stage): readonly [Operator, Operator] | null {
  const abroad = [...stage.world.partners, ...stage.world.strangers]
  const pairs = NEIGHBOURS.flatMap(([a, b]) => {
    const [one, other] = [abroad.find(({ country }) => country === a), abroad.find(({ country }) => country === b)]
    return one === undefined || other === undefined ? [] : [[one, other] as const]
  })
  return pairs.length === 0 ? null : stage.random.pick(pairs)
}
