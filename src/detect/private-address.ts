/** Addresses for use inside one network. Source: RFC 1918 §3, RFC 6598 §7, RFC 3927 §2.1, RFC 4193 §3.1, RFC 4291 §2.5.6. */
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i

/** Whether an address says nothing of whose it is, as every network may use it. */
export function isPrivateAddress(ip: string | null): boolean {
  return ip !== null && PRIVATE.test(ip)
}
