import { at } from '../bytes/at.ts'
import type { Datagram } from './datagram.ts'
import { ignored, undecoded } from './disposition.ts'
import type { Disposition } from './payload.ts'

const SHORT = undecoded('tcp', 'truncated header')
const BAD_HEADER_LENGTH = undecoded('tcp', 'impossible header length')
const NO_DATA = ignored('tcp', 'no user data')
const UNREAD = undecoded('tcp', 'TCP stream not read')

/** Tells segments with data from those without; streams are not put together. Source: RFC 9293 §3.1. */
export function classifyTcp({ bytes, start, end, cut }: Datagram): Disposition {
  if (end - start < 20) return SHORT
  const headerBytes = (at(bytes, start + 12) >> 4) * 4
  if (headerBytes < 20) return BAD_HEADER_LENGTH
  return headerBytes < end - start || cut ? UNREAD : NO_DATA
}
