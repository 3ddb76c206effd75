/** Header blocks of one direction each, in their order. Origin: RFC 7541 Appendix C, whose hosts are examples. */
export interface HpackVector {
  readonly name: string
  readonly blocks: readonly {
    readonly hex: string
    readonly expected: { method: string | null; path: string | null; authority: string | null; status: string | null }
  }[]
}

const REQUESTS = [
  { method: 'GET', path: '/', authority: 'www.example.com', status: null },
  { method: 'GET', path: '/', authority: 'www.example.com', status: null },
  { method: 'GET', path: '/index.html', authority: 'www.example.com', status: null },
]
const answer = (status: string) => ({ method: null, path: null, authority: null, status })

export const HPACK_VECTORS: readonly HpackVector[] = [
  {
    name: 'C.3 requests without Huffman coding',
    blocks: [
      '828684410f7777772e6578616d706c652e636f6d',
      '828684be58086e6f2d6361636865',
      '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
    ].map((hex, i) => ({ hex, expected: REQUESTS[i] ?? answer('') })),
  },
  {
    name: 'C.4 requests with Huffman coding',
    blocks: [
      '828684418cf1e3c2e5f23a6ba0ab90f4ff',
      '828684be5886a8eb10649cbf',
      '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
    ].map((hex, i) => ({ hex, expected: REQUESTS[i] ?? answer('') })),
  },
  {
    name: 'C.6 answers with Huffman coding',
    blocks: [
      {
        hex: '488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
        expected: answer('302'),
      },
      { hex: '4883640effc1c0bf', expected: answer('307') },
    ],
  },
]
