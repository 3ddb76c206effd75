/** A UDT whose pointers lead in order to parts inside it: called SSN 6, calling SSN 8, user data `c0ffee`. */
export const SHORT_UDT = '0900 03 05 07 02 42 06 02 42 08 03 c0ffee'

/** Signal units from the service information octet on. Sources: Q.704 §2.2, T1.111.4 §2.2, JT-Q704 §2.2; written by hand. */
export const MTP3_UNITS = [
  {
    what: 'ITU, 14 bits',
    hex: `83 c8001970 ${SHORT_UDT}`,
    expected: { opc: 100, dpc: 200, si: 3, ni: 2, sls: 7, variant: 'itu', userStart: 5 },
  },
  {
    what: 'ITU, all bits of each field',
    hex: `03 ff7fff2f ${SHORT_UDT}`,
    expected: { opc: 0x3ffd, dpc: 0x3fff, si: 3, ni: 0, sls: 2, variant: 'itu', userStart: 5 },
  },
  {
    what: 'ANSI, member, cluster, network',
    hex: `83 03 02 01 06 05 04 1f ${SHORT_UDT}`,
    expected: { opc: 0x040506, dpc: 0x010203, si: 3, ni: 2, sls: 31, variant: 'ansi', userStart: 8 },
  },
  {
    what: 'Japanese, 16 bits',
    hex: `83 0201 0403 05 ${SHORT_UDT}`,
    expected: { opc: 0x0304, dpc: 0x0102, si: 3, ni: 2, sls: 5, variant: 'japan', userStart: 6 },
  },
  {
    what: 'not SCCP: ITU, whatever follows',
    hex: '85 c8001970 01',
    expected: { opc: 100, dpc: 200, si: 5, ni: 2, sls: 7, variant: 'itu', userStart: 5 },
  },
  {
    what: 'SCCP that is none: ITU',
    hex: '83 c8001970 ff',
    expected: { opc: 100, dpc: 200, si: 3, ni: 2, sls: 7, variant: 'itu', userStart: 5 },
  },
] as const
