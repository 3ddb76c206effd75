/* Invented names; the forms are those of STIX 2.1, MISP galaxy clusters and MISP warning lists. */

const INDICATOR = { type: 'indicator', spec_version: '2.1', pattern_type: 'stix' }

/** One object a kind of thing that a bundle may hold. */
export const BUNDLE_OBJECTS: readonly object[] = [
  {
    ...INDICATOR,
    id: 'indicator--1',
    created_by_ref: 'identity--1',
    pattern: "[domain-name:value='Bad.example']",
    valid_from: '2030-01-01T00:00:00Z',
    object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
  },
  {
    ...INDICATOR,
    id: 'indicator--2',
    description: 'seen with forged titles',
    pattern: "[ipv4-addr:value='192.0.2.7' OR url:value='https://worse.example/x']",
    external_references: [{ source_name: 'a report' }, { source_name: 'a report', url: 'https://report.example/7' }],
  },
  { ...INDICATOR, id: 'indicator--3', pattern: "[file:hashes.md5='0']" },
  { ...INDICATOR, id: 'indicator--4', pattern: "[domain-name:value='a.example' AND file:name='b']" },
  { ...INDICATOR, id: 'indicator--5', revoked: true, pattern: "[domain-name:value='gone.example']" },
  { ...INDICATOR, id: 'indicator--6', pattern: "[domain-name:value='no dots here']" },
  { type: 'malware', id: 'malware--1', name: 'Invented', description: 'What Invented calls home to' },
  { type: 'identity', id: 'identity--1', name: 'Example Laboratory' },
  { type: 'relationship', relationship_type: 'indicates', source_ref: 'indicator--1', target_ref: 'malware--1' },
  { type: 'observed-data', id: 'observed-data--1' },
]

export const BUNDLE = JSON.stringify({ type: 'bundle', id: 'bundle--1', objects: BUNDLE_OBJECTS })

export const CLUSTER = JSON.stringify({
  name: 'Vendors',
  source: 'Example Project',
  values: [
    {
      value: 'Invented Ltd',
      description: 'Sells access',
      meta: { synonyms: ['Invented'], refs: ['https://vendors.example'] },
    },
    { description: 'no value' },
  ],
})

export const LIST = JSON.stringify({
  name: 'Known hosts',
  description: 'Hosts that are known',
  version: 7,
  type: 'hostname',
  list: ['.listed.example', '198.51.100.0/24', 7],
})

export const TABLE = `type,value,said,by,reference,date,colour
gt,447700900,"let to a third party, we were told",Example Desk,https://desk.example/1,2029,red
gt,12465550100-12465550199,,,,,
realm,epc.example,seen,,,,
opc,2-100-1,ours,,,,
planet,Mars,,,,,
gt,12,,,,,
gt,447700901,"open,,,,
ip,192.0.2.0/24,"a ""net""",,,,
`
