/** The reference tables behind country and operator names, for the account of a case. */
export const NUMBERING_REFERENCES = [
  { name: 'E.164 country codes', version: '2016-12-15, amended', source: 'ITU-T E.164 list of assigned country codes' },
  {
    name: 'North American area codes',
    version: 'as in libphonenumber-js 1.13.16',
    source: 'North American Numbering Plan Administrator',
  },
  {
    name: 'E.212 mobile country codes',
    version: '2016-09, amended',
    source: 'ITU-T E.212 list of mobile country codes',
  },
  {
    name: 'Signalling area codes',
    version: 'Operational Bulletin 1293, 2024',
    source: 'ITU-T Q.708 list of signalling area/network codes',
  },
  { name: 'Networks by MCC and MNC', version: 'mcc-mnc-list 1.1.11', source: 'Wikipedia, CC BY-SA 4.0' },
  { name: 'Distances and outlines of countries', version: 'world-atlas 2.0.2', source: 'Natural Earth, public domain' },
] as const
