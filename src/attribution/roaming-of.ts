import type { RoamingContext } from '../campaign/roaming.ts'
import type { Subscribers } from '../detect/state/subscribers.ts'
import { countriesOfPlace } from '../detect/travel.ts'
import type { Network } from '../network/network.ts'

/**
 * Where subscribers were, as their registrations say: known from the last one on. A request from before that tells
 * nothing.
 */
export function roamingOf(subscribers: Subscribers, network: Network): RoamingContext {
  return (subjectKey, timeUs) => {
    const serving = subscribers.lastServing(subjectKey)
    if (serving === null || serving.timeUs > timeUs) return null
    const [country] = countriesOfPlace(serving.place, network)
    const home = network.operatorOfImsi(subjectKey).country
    if (country === undefined || home === null) return null
    return { abroad: country !== home, country, arrivedUs: serving.timeUs }
  }
}
