/** Columns of findings.ndjson as the store reads them. */
const FINDING_COLUMNS = {
  id: 'VARCHAR',
  detector: 'VARCHAR',
  version: 'INTEGER',
  class: 'VARCHAR',
  severity: 'VARCHAR',
  confidence: 'DOUBLE',
  title: 'VARCHAR',
  why: 'VARCHAR',
  benign: 'VARCHAR[]',
  source:
    'STRUCT(gt VARCHAR, host VARCHAR, realm VARCHAR, ip VARCHAR, opc BIGINT, operator VARCHAR, country VARCHAR, method VARCHAR)',
  subject: 'STRUCT(imsi VARCHAR, msisdn VARCHAR)',
  answered: 'BOOLEAN',
  firstSeen: 'TIMESTAMP',
  lastSeen: 'TIMESTAMP',
  count: 'BIGINT',
  techniques: 'VARCHAR[]',
  evidence: 'STRUCT(capture VARCHAR, frame BIGINT)[]',
  evidenceCount: 'BIGINT',
} as const

/** Columns of campaigns.ndjson. */
const CAMPAIGN_COLUMNS = {
  id: 'VARCHAR',
  title: 'VARCHAR',
  class: 'VARCHAR',
  scale: 'VARCHAR',
  protocols: 'VARCHAR[]',
  firstSeen: 'TIMESTAMP',
  lastSeen: 'TIMESTAMP',
  members: 'JSON',
  subjects: 'BIGINT',
  attempts: 'BIGINT',
  coTargeting: 'JSON',
  fingerprints: 'VARCHAR[]',
  changes: 'JSON',
  findings: 'VARCHAR[]',
  hypotheses: 'JSON',
  confidence: 'DOUBLE',
} as const

/** Statements that turn the two files of lines into tables; the parameter `path` is the file's. */
export const FINDING_TABLES = [
  { file: 'findings', sql: tableFrom('findings', FINDING_COLUMNS) },
  { file: 'campaigns', sql: tableFrom('campaigns', CAMPAIGN_COLUMNS) },
] as const

function tableFrom(table: string, columns: Readonly<Record<string, string>>): string {
  const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type}'`)
  return `CREATE TABLE ${table} AS SELECT * FROM read_json($path, format = 'newline_delimited', maximum_object_size = 16777216, columns = {${types.join(', ')}})`
}
