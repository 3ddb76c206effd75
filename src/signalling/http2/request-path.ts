/**
 * A service of the 5G core and its version (`nudm-sdm`, `v2`). Names begin with the letter n and the producer. Source:
 * 3GPP TS 29.501 §4.4.1, TS 29.510 §6.1.6.3.11, TS 29.573 §6.1.1, §6.2.1 (n32c-handshake, n32f-forward).
 */
const SERVICE = /^n[a-z0-9]{1,15}(?:-[a-z0-9]{1,24}){1,4}$/
const VERSION = /^v\d{1,2}$/
/** A resource that the specifications name: lower-case words. Anything else may identify somebody. */
const RESOURCE = /^[a-z]{2,24}(?:-[a-z]{1,24}){0,5}$/
/** Resources that have a digit in their name. Source: 3GPP TS 29.503 §6.2.3. */
const RESOURCES_WITH_DIGITS = new Set([
  'amf-3gpp-access',
  'amf-non-3gpp-access',
  'smsf-3gpp-access',
  'smsf-non-3gpp-access',
])
/** Segments that may precede the service: the deployment's own prefix. Source: 3GPP TS 29.501 §4.4.1 (apiRoot). */
const MOST_PREFIX = 3
const MOST_SEGMENTS = 8
const MOST_CHARACTERS = 512
const TOKEN_SERVICE = 'oauth2/token'

/** The service and the resource of a request, without anything that tells whom it concerns. */
export interface ServicePath {
  /** `nudm-sdm/v2`. */
  readonly service: string
  /** `nudm-sdm/v2/{id}/am-data`. */
  readonly resource: string
}

/**
 * Reads the path of a request on the service-based interface, `target` as the request line or `:path` has it.
 * @returns null when it names no service of the 5G core.
 */
export function parseServicePath(target: string): ServicePath | null {
  const path =
    target
      .slice(0, MOST_CHARACTERS)
      .replace(/^https?:\/\/[^/]*/i, '')
      .split(/[?#]/, 1)[0] ?? ''
  const segments = path.split('/').filter((segment) => segment !== '')
  if (segments.slice(-2).join('/') === TOKEN_SERVICE) return { service: TOKEN_SERVICE, resource: TOKEN_SERVICE }
  for (let i = 0; i <= MOST_PREFIX; i++) {
    const name = segments[i]
    const version = segments[i + 1]
    if (name === undefined || version === undefined) return null
    if (!SERVICE.test(name) || !VERSION.test(version)) continue
    const service = `${name}/${version}`
    const rest = segments.slice(i + 2, i + 2 + MOST_SEGMENTS).map(withoutIdentity)
    return { service, resource: [service, ...rest].join('/') }
  }
  return null
}

function withoutIdentity(segment: string): string {
  return RESOURCE.test(segment) || RESOURCES_WITH_DIGITS.has(segment) ? segment : '{id}'
}
