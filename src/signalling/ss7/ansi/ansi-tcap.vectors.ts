import { element as e } from '../../../bytes/bytes.vectors.ts'

/** Packages written by hand from ANSI T1.114.3 §3; the form of the first two as in the public ansi_map_ota.pcap. */

const parameters = e('f2', e('88', '1694213040'))
const operation = (specifier: string, tag = 'd1', family = '89'): string => e(tag, family, specifier)
const invoke = (specifier: string): string => e('e9', e('cf', '00'), operation(specifier), parameters)

/** What, package, its name, both transaction identifiers, component and operation, words for coverage. */
export const ANSI_PACKAGES_READ = [
  {
    what: 'query',
    hex: e('e2', e('c7', '00000001'), e('e8', invoke('35'))),
    name: 'queryWithPermission',
    otid: '00000001',
    dtid: null,
    components: [['invokeLast', 'private', 9, 53]],
    operation: 'SMSDeliveryPointToPoint',
  },
  {
    what: 'response',
    hex: e('e4', e('c7', '00000001'), e('e8', e('ea', e('cf', '00'), e('f2')))),
    name: 'response',
    otid: null,
    dtid: '00000001',
    components: [['returnResultLast', null, null, null]],
    operation: 'returnResult',
  },
  {
    what: 'conversation with both identifiers',
    hex: e('e5', e('c7', '0000000a0000000b'), e('e8', e('ed', e('cf', '01'), operation('0f')), invoke('10'))),
    name: 'conversationWithPermission',
    otid: '0000000a',
    dtid: '0000000b',
    components: [
      ['invokeNotLast', 'private', 9, 15],
      ['invokeLast', 'private', 9, 16],
    ],
    operation: 'LocationRequest',
  },
  {
    what: 'national operation, without a bit for a reply',
    hex: e('e2', e('c7', '00000001'), e('e8', e('e9', e('cf', '00'), operation('01', 'd0', '03')))),
    name: 'queryWithPermission',
    otid: '00000001',
    dtid: null,
    components: [['invokeLast', 'national', 3, 1]],
    operation: 'national operation',
  },
  {
    what: 'private operation of another family',
    hex: e('e1', e('c7'), e('e8', e('e9', e('cf'), operation('01', 'd1', '0a')))),
    name: 'unidirectional',
    otid: null,
    dtid: null,
    components: [['invokeLast', 'private', 10, 1]],
    operation: 'operation of another family',
  },
  {
    what: 'specifier that ANSI-41 does not define',
    hex: e('e3', e('c7', '00000001'), e('e8', invoke('fe'))),
    name: 'queryWithoutPermission',
    otid: '00000001',
    dtid: null,
    components: [['invokeLast', 'private', 9, 254]],
    operation: 'undefined operation',
  },
  {
    what: 'error',
    hex: e('e4', e('c7', '00000001'), e('e8', e('eb', e('cf', '00'), e('d4', '81'), e('f2')))),
    name: 'response',
    otid: null,
    dtid: '00000001',
    components: [['returnError', null, null, null]],
    operation: 'returnError',
  },
  {
    what: 'reject',
    hex: e('e4', e('c7', '00000001'), e('e8', e('ec', e('cf', '00'), e('d5', '0101'), e('f2')))),
    name: 'response',
    otid: null,
    dtid: '00000001',
    components: [['reject', null, null, null]],
    operation: 'reject',
  },
  {
    what: 'abort',
    hex: e('f6', e('c7', '00000001'), e('d7', '01')),
    name: 'abort',
    otid: null,
    dtid: '00000001',
    components: [],
    operation: 'abort',
  },
  {
    what: 'nothing but an identifier',
    hex: e('e4', e('c7', '00000001')),
    name: 'response',
    otid: null,
    dtid: '00000001',
    components: [],
    operation: 'package without operation',
  },
] as const
