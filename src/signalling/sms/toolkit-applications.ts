interface ToolkitApplication {
  readonly from: number
  readonly to: number
  readonly name: string
  readonly meaning: string
}

/**
 * Applications on the SIM by Toolkit Application Reference (TAR), three octets, in code order; of rows that overlap the
 * first counts. Numbers that an operator gives out itself (000010 to AFFFFF, C00000 up) say nothing and are left out.
 * Source: ETSI TS 101 220 annex D for the ranges; the browsers' numbers as published by their researchers (SIMTester).
 */
export const TOOLKIT_APPLICATIONS = [
  { from: 0x000000, to: 0x000000, name: 'ram', meaning: 'remote application management: installs and removes applets' },
  { from: 0x000001, to: 0x000009, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0x505348, to: 0x505348, name: 'satPush', meaning: 'S@T browser, low priority push' },
  { from: 0x534054, to: 0x534054, name: 'sat', meaning: 'S@T browser' },
  { from: 0xb00000, to: 0xb0ffff, name: 'rfm', meaning: 'remote file management: reads and writes files of the SIM' },
  { from: 0xbfff00, to: 0xbfff05, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0xbfff15, to: 0xbfff15, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0xbfff22, to: 0xbfff22, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0xbfffba, to: 0xbfffba, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0xbfffee, to: 0xbfffee, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0xbfffff, to: 0xbfffff, name: 'wib', meaning: 'Wireless Internet Browser' },
  { from: 0xbfff00, to: 0xbfffff, name: 'proprietary', meaning: 'proprietary toolkit application' },
] as const satisfies readonly ToolkitApplication[]

export type ToolkitApplicationName = (typeof TOOLKIT_APPLICATIONS)[number]['name']

/** The application a TAR (a number of 24 bits) stands for; null when it is not one of the table. */
export function toolkitApplicationName(tar: number): ToolkitApplicationName | null {
  for (const { from, to, name } of TOOLKIT_APPLICATIONS) if (tar >= from && tar <= to) return name
  return null
}
