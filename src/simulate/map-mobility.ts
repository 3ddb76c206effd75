import { type BerElement, constructed, integer, nullElement, primitive } from './ber-writer.ts'
import { address, imsi, plmnOctets } from './digits.ts'
import type { Random } from './random.ts'

/** UpdateLocationArg of a VLR that offers CAMEL phases 1 to 3. Source: TS 29.002 §17.7.1. */
export function updateLocationArg(imsiDigits: string, msc: string, vlr: string): BerElement {
  const capability = constructed(0xa6, [primitive(0x80, Uint8Array.of(4, 0xe0))])
  return constructed(0x30, [imsi(0x04, imsiDigits), address(0x81, msc), address(0x04, vlr), capability])
}

/** UpdateLocationRes, and UpdateGprsLocationRes, which looks the same. Source: TS 29.002 §17.7.1. */
export function updateLocationRes(hlr: string): BerElement {
  return constructed(0x30, [address(0x04, hlr)])
}

/** UpdateGprsLocationArg. @param sgsnIp four octets. Source: TS 29.002 §17.7.1; GSN-Address: TS 23.003 §5.1. */
export function updateGprsLocationArg(imsiDigits: string, sgsn: string, sgsnIp: readonly number[]): BerElement {
  const gsnAddress = primitive(0x04, Uint8Array.of(0x04, ...sgsnIp))
  return constructed(0x30, [imsi(0x04, imsiDigits), address(0x04, sgsn), gsnAddress])
}

/** CancelLocationArg of version 3, and of version 2, which is the bare identity. Source: TS 29.002 §17.7.1. */
export function cancelLocationArg(imsiDigits: string, version: number): BerElement {
  if (version < 3) return imsi(0x04, imsiDigits)
  return constructed(0xa3, [imsi(0x04, imsiDigits), integer(0x0a, 0)])
}

/** PurgeMS-Arg of a VLR. Source: TS 29.002 §17.7.1. */
export function purgeMsArg(imsiDigits: string, vlr: string): BerElement {
  return constructed(0xa3, [imsi(0x04, imsiDigits), address(0x80, vlr)])
}

/** PurgeMS-Res: the temporary identity stays frozen. Source: TS 29.002 §17.7.1. */
export function purgeMsRes(): BerElement {
  return constructed(0x30, [nullElement(0x80)])
}

/** SendAuthenticationInfoArg of version 3, and of version 2, which is the bare IMSI. Source: TS 29.002 §17.7.1. */
export function sendAuthenticationInfoArg(imsiDigits: string, visitedPlmn: string, version: number): BerElement {
  if (version < 3) return imsi(0x04, imsiDigits)
  return constructed(0x30, [
    imsi(0x80, imsiDigits),
    integer(0x02, 2),
    integer(0x83, 0),
    primitive(0x84, plmnOctets(visitedPlmn)),
  ])
}

/** SendAuthenticationInfoRes: two vectors of random octets. Source: TS 29.002 §17.7.1. */
export function sendAuthenticationInfoRes(random: Random, version: number): BerElement {
  const sets = [0, 1].map(() => authenticationSet(random, version >= 3))
  return version < 3 ? constructed(0x30, sets) : constructed(0xa3, [constructed(0xa1, sets)])
}

/** A quintuplet (RAND, XRES, CK, IK, AUTN) or a triplet (RAND, SRES, Kc) that authenticates nobody. */
function authenticationSet(random: Random, quintuplet: boolean): BerElement {
  const sizes = quintuplet ? [16, 8, 16, 16, 16] : [16, 4, 8]
  return constructed(
    0x30,
    sizes.map((size) => primitive(0x04, random.octets(size))),
  )
}

/** SendIdentificationArg. @param tmsi four octets. Source: TS 29.002 §17.7.1. */
export function sendIdentificationArg(tmsi: Uint8Array): BerElement {
  return constructed(0x30, [primitive(0x04, tmsi), integer(0x02, 1)])
}

/** SendIdentificationRes: the IMSI and one vector. Source: TS 29.002 §17.7.1. */
export function sendIdentificationRes(imsiDigits: string, random: Random): BerElement {
  return constructed(0xa3, [imsi(0x04, imsiDigits), constructed(0xa1, [authenticationSet(random, true)])])
}

/** ResetArg: an HLR says that it lost what it knew. Source: TS 29.002 §17.7.1. */
export function resetArg(hlr: string): BerElement {
  return constructed(0x30, [address(0x04, hlr)])
}

/** An empty SEQUENCE, the result of operations that only confirm. */
export function emptyRes(): BerElement {
  return constructed(0x30, [])
}
