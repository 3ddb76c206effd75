/** What an M3UA DATA message says around the SCCP message. */
export interface M3uaRoute {
  readonly opc: number
  readonly dpc: number
  /** Network indicator: 0 international, 2 national (Q.704 §14.2.2). */
  readonly networkIndicator: number
  readonly sls: number
  /** Optional parameters, null where the peer does not send them. */
  readonly networkAppearance: number | null
  readonly routingContext: number | null
}

/** Service indicators. Source: Q.704 §14.2.1. */
export const SERVICES = { sccp: 3, isup: 5 } as const

/** An M3UA DATA message with a message of SCCP, unless told otherwise. Source: RFC 4666 §3.3.1. */
export function m3uaData(route: M3uaRoute, sccp: Uint8Array, service: number = SERVICES.sccp): Uint8Array {
  const optional = (route.networkAppearance === null ? 0 : 8) + (route.routingContext === null ? 0 : 8)
  const dataLength = 4 + 12 + sccp.length
  const length = 8 + optional + Math.ceil(dataLength / 4) * 4
  const out = new Uint8Array(length)
  const view = new DataView(out.buffer)
  out.set([1, 0, 1, 1])
  view.setUint32(4, length)
  let at = 8
  for (const [tag, value] of [[0x0200, route.networkAppearance] as const, [0x0006, route.routingContext] as const]) {
    if (value === null) continue
    view.setUint16(at, tag)
    view.setUint16(at + 2, 8)
    view.setUint32(at + 4, value)
    at += 8
  }
  view.setUint16(at, 0x0210)
  view.setUint16(at + 2, dataLength)
  view.setUint32(at + 4, route.opc)
  view.setUint32(at + 8, route.dpc)
  out.set([service, route.networkIndicator, 0, route.sls], at + 12)
  out.set(sccp, at + 16)
  return out
}
