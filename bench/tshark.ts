/** The fields that Telltale is timed beside. */
const FIELDS = [
  'frame.number',
  'gsm_old.localValue',
  'e212.imsi',
  'sccp.calling.digits',
  'sccp.called.digits',
  'tcap.otid',
  'tcap.dtid',
]

/** TShark on a capture, writing seven fields of each packet. */
export function tsharkCommand(capture: string): string[] {
  return ['tshark', '-n', '-r', capture, '-T', 'fields', ...FIELDS.flatMap((field) => ['-e', field])]
}
