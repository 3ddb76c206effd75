/** Buffers whose views are kept: chunks of captures that are read side by side, and messages put together. */
const KEPT = 8

const buffers: Uint8Array[] = []
const views: DataView[] = []
let next = 0
let lastBuffer: Uint8Array = new Uint8Array(0)
let lastView: DataView = new DataView(lastBuffer.buffer)

/**
 * A view of all of `bytes`: a word read through it costs a third of its octets read one by one. Views of the last buffers
 * are kept, since making one costs more than most of what is read through it.
 */
export function viewOf(bytes: Uint8Array): DataView {
  if (bytes !== lastBuffer) {
    lastView = findView(bytes)
    lastBuffer = bytes
  }
  return lastView
}

function findView(bytes: Uint8Array): DataView {
  const known = views[buffers.indexOf(bytes)]
  if (known !== undefined) return known
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  buffers[next] = bytes
  views[next] = view
  next = (next + 1) % KEPT
  return view
}
