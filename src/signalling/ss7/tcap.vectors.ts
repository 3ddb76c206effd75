import { element as e } from '../../bytes/bytes.vectors.ts'

/** TCAP messages as hexadecimal, written by hand. Source: ITU-T Q.773 §4. */

export const OTID = e('48', '00000001')
export const DTID = e('49', 'a0b0c0d0')
const DIALOGUE_AS = e('06', '00118605010101')
const UNIDIALOGUE_AS = e('06', '00118605010201')

/** Object identifier of MAP context `code`, version `version`. */
export const contextName = (code: string, version: string): string => e('a1', e('06', `0400000100${code}${version}`))

/** A dialogue portion around the APDU of `tag`. */
export const dialogue = (tag: string, content: string, syntax = DIALOGUE_AS): string =>
  e('6b', e('28', syntax, e('a0', e(tag, content))))

export const AARQ = dialogue('60', e('80', '0780') + contextName('1d', '03'))
export const AARE = dialogue('61', contextName('1d', '03') + e('a2', e('02', '00')) + e('a3', e('a1', e('02', '00'))))
export const ABRT = dialogue('64', e('80', '01'))
export const AUDT = dialogue('60', contextName('1d', '03'), UNIDIALOGUE_AS)

/** Invoke of anyTimeInterrogation with an empty argument. */
export const INVOKE = e('a1', e('02', '01'), e('02', '47'), e('30'))
export const components = (...list: readonly string[]): string => e('6c', ...list)
export const begin = (...parts: readonly string[]): string => e('62', OTID, ...parts)

const NO_COMPONENT = { invokeId: 1, linkedId: null, codeForm: null, code: null, parameter: '' }
const ANSWER = { ...NO_COMPONENT, codeForm: 'local', code: 71 }

/** Components by themselves, and what is read. */
export const TCAP_COMPONENTS_READ = [
  { hex: INVOKE, expected: { ...ANSWER, name: 'invoke', parameter: '3000' }, anomalies: [] },
  { hex: e('a1', e('02', '01'), e('02', '47')), expected: { ...ANSWER, name: 'invoke' }, anomalies: [] },
  {
    hex: e('a1', e('02', 'ff'), e('80', '05'), e('02', '47')),
    expected: { ...ANSWER, name: 'invoke', invokeId: -1, linkedId: 5 },
    anomalies: [],
  },
  { hex: e('a2', e('02', '01')), expected: { ...NO_COMPONENT, name: 'returnResultLast' }, anomalies: [] },
  {
    hex: e('a2', e('02', '01'), e('30', e('02', '47'), e('04', 'aa'))),
    expected: { ...ANSWER, name: 'returnResultLast', parameter: '0401aa' },
    anomalies: [],
  },
  {
    hex: e('a7', e('02', '01'), e('30', e('02', '47'), e('30'))),
    expected: { ...ANSWER, name: 'returnResultNotLast', parameter: '3000' },
    anomalies: [],
  },
  {
    hex: e('a3', e('02', '01'), e('02', '1b'), e('30')),
    expected: { ...ANSWER, name: 'returnError', code: 27, parameter: '3000' },
    anomalies: [],
  },
  { hex: e('a4', e('02', '01'), e('81', '02')), expected: { ...NO_COMPONENT, name: 'reject', code: 2 }, anomalies: [] },
  {
    hex: e('a4', e('05'), e('80', '00')),
    expected: { ...NO_COMPONENT, name: 'reject', invokeId: null, code: 0 },
    anomalies: [],
  },
  {
    hex: e('a1', e('02', '01'), e('06', '47'), e('30')),
    expected: { ...ANSWER, name: 'invoke', codeForm: 'global', parameter: '3000' },
    anomalies: ['globalOpcode'],
  },
  {
    hex: e('a1', e('02', '01'), e('06', '040000010047'), e('30')),
    expected: { ...ANSWER, name: 'invoke', codeForm: 'global', parameter: '3000' },
    anomalies: ['globalOpcode'],
  },
  {
    hex: e('a1', e('02', '01'), e('02', '000047')),
    expected: { ...ANSWER, name: 'invoke' },
    anomalies: ['paddedInteger'],
  },
  {
    hex: e('a1', e('02', '01'), e('02', `${'00'.repeat(20)}47`)),
    expected: { ...ANSWER, name: 'invoke' },
    anomalies: ['paddedInteger'],
  },
  {
    hex: 'a1 80 02 81 01 01 9f 80 00 01 05 02 01 47 30 80 00 00 00 00'.replaceAll(' ', ''),
    expected: { ...ANSWER, name: 'invoke', linkedId: 5, parameter: '30800000' },
    anomalies: ['indefiniteLength', 'nonMinimalLength', 'nonMinimalTag'],
  },
  {
    hex: e('a1', e('02', '01'), e('02', '47'), e('30'), e('05')),
    expected: { ...ANSWER, name: 'invoke', parameter: '3000' },
    anomalies: ['trailingOctets'],
  },
  // an invoke of something that cannot be read
  { hex: e('a1', e('02', '01')), expected: { ...ANSWER, name: 'invoke', codeForm: null, code: null }, anomalies: [] },
  {
    hex: e('a1', e('02', '01'), e('cc', '47'), e('30')),
    expected: { ...ANSWER, name: 'invoke', codeForm: null, code: null, parameter: '3000' },
    anomalies: [],
  },
  {
    hex: e('a1', e('02', '01'), e('02', '47'), '3005'),
    expected: { ...ANSWER, name: 'invoke', parameter: '3005' },
    anomalies: [],
  },
] as const

/** Component portions that cannot be read to their end, and why. */
export const TCAP_COMPONENTS_BROKEN = [
  { hex: 'a17f020101', reason: 'unreadable component' },
  { hex: e('a5', e('02', '01')), reason: 'unknown component type' },
  { hex: e('a1'), reason: 'unreadable invoke identifier' },
  { hex: e('a1', e('04', '01')), reason: 'no invoke identifier' },
  { hex: e('a3', e('02', '01')), reason: 'no operation or error code' },
  { hex: e('a3', e('02', '01'), e('04', '47')), reason: 'no operation or error code' },
  { hex: e('a2', e('02', '01'), e('02', '47')), reason: 'result without operation' },
  { hex: e('a4', e('02', '01')), reason: 'reject without problem' },
  { hex: e('a3', e('02', '01'), e('02', '47'), '3005'), reason: 'unreadable parameter' },
] as const

/** Whole messages. */
export const TCAP_MESSAGES_READ = [
  {
    hex: begin(components(INVOKE), components(INVOKE, INVOKE)),
    name: 'begin',
    otid: '00000001',
    dtid: null,
    apdu: null,
    anomalies: ['duplicateParameter', 'severalComponents'],
  },
  { hex: begin(AARQ, components(INVOKE)), name: 'begin', otid: '00000001', dtid: null, apdu: 'AARQ', anomalies: [] },
  {
    hex: e('65', OTID, DTID, AARE, components(INVOKE)),
    name: 'continue',
    otid: '00000001',
    dtid: 'a0b0c0d0',
    apdu: 'AARE',
    anomalies: [],
  },
  { hex: e('64', DTID), name: 'end', otid: null, dtid: 'a0b0c0d0', apdu: null, anomalies: [] },
  { hex: e('67', DTID, ABRT), name: 'abort', otid: null, dtid: 'a0b0c0d0', apdu: 'ABRT', anomalies: [] },
  {
    hex: e('61', AUDT, components(INVOKE)),
    name: 'unidirectional',
    otid: null,
    dtid: null,
    apdu: 'AUDT',
    anomalies: [],
  },
  { hex: begin(), name: 'begin', otid: '00000001', dtid: null, apdu: null, anomalies: ['emptyBegin'] },
  {
    hex: e('62', e('48', '0102030405'), components(INVOKE)),
    name: 'begin',
    otid: '0102030405',
    dtid: null,
    apdu: null,
    anomalies: ['transactionIdLength'],
  },
  {
    hex: e('64', e('49')),
    name: 'end',
    otid: null,
    dtid: '',
    apdu: null,
    anomalies: ['transactionIdLength'],
  },
  {
    hex: `${begin(components(INVOKE))}0000`,
    name: 'begin',
    otid: '00000001',
    dtid: null,
    apdu: null,
    anomalies: ['trailingOctets'],
  },
  {
    hex: begin(e('5f2a', '00'), components(INVOKE)),
    name: 'begin',
    otid: '00000001',
    dtid: null,
    apdu: null,
    anomalies: ['unknownParameter'],
  },
] as const
