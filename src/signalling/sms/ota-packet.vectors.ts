/**
 * Packets to and from a SIM, written by hand. Source: ETSI TS 102 225 §5, 3GPP TS 31.115 §4. Headers only: data is filler
 * or made of tags that no SIM knows, keys are numbers, applications reserved where the number is not what is tested.
 */

/** A command packet: lengths, then the header from SPI to PCNTR, a checksum, data. */
export function commandPacket(
  header: { spi: string; kic?: string; kid?: string; tar: string; counter?: string; padding?: string },
  checksum: string,
  data: string,
): string {
  const { spi, kic = '00', kid = '00', tar, counter = '0000000000', padding = '00' } = header
  const fields = [spi, kic, kid, tar, counter, padding, checksum].join('').replaceAll(' ', '')
  const chl = fields.length / 2
  const cpl = 1 + chl + data.replaceAll(' ', '').length / 2
  return `${cpl.toString(16).padStart(4, '0')}${chl.toString(16).padStart(2, '0')}${fields}${data.replaceAll(' ', '')}`
}

/** Of the range that TS 101 220 annex D reserves. */
export const RESERVED_TAR = 'b2ff00'
export const FILLER = 'a5a5a5a5a5a5a5a5'

export const COMMANDS = [
  {
    what: 'unsecured',
    hex: commandPacket({ spi: '0000', tar: RESERVED_TAR }, '', FILLER),
    expected: {
      packetLength: 22,
      headerLength: 13,
      spi: 0,
      checksum: 'none',
      ciphered: false,
      counter: 'none',
      proof: 'none',
      proofChecksum: 'none',
      proofCiphered: false,
      proofBy: 'deliverReport',
      securityLevel: 'none',
      kic: 0,
      cipherAlgorithm: 'implicit',
      cipherKey: 0,
      kid: 0,
      checksumAlgorithm: 'implicit',
      checksumKey: 0,
      tar: RESERVED_TAR,
      application: null,
      counterValue: 0,
      paddingCounter: 0,
      checksumBytes: 0,
      complete: true,
    },
  },
  {
    what: 'with a checksum, counter and a proof in a message of its own',
    hex: commandPacket({ spi: '1239', kic: '00', kid: '35', tar: 'b00010', counter: '0000000102' }, FILLER, FILLER),
    expected: {
      checksum: 'cryptographicChecksum',
      counter: 'higher',
      proof: 'always',
      proofChecksum: 'cryptographicChecksum',
      proofCiphered: true,
      proofBy: 'submit',
      securityLevel: 'integrity',
      checksumAlgorithm: 'tripleDes2Keys',
      checksumKey: 3,
      application: 'rfm',
      counterValue: 258,
      checksumBytes: 8,
    },
  },
  {
    what: 'ciphered and with a checksum',
    hex: commandPacket({ spi: '1e02', kic: '12', kid: '12', tar: '000000' }, FILLER, FILLER),
    expected: {
      ciphered: true,
      counter: 'oneHigher',
      proof: 'onError',
      securityLevel: 'integrityAndCiphered',
      cipherAlgorithm: 'aes',
      cipherKey: 1,
      checksumAlgorithm: 'aes',
      application: 'ram',
      counterValue: null,
      paddingCounter: null,
    },
  },
  {
    what: 'ciphered only',
    hex: commandPacket({ spi: '0c00', kic: '29', kid: '00', tar: 'bfff00' }, '', FILLER),
    expected: {
      securityLevel: 'ciphered',
      counter: 'notChecked',
      cipherAlgorithm: 'tripleDes3Keys',
      application: 'wib',
    },
  },
  {
    what: 'with a redundancy check, which anybody can compute',
    hex: commandPacket({ spi: '0100', kic: '00', kid: '05', tar: '505348' }, 'a5a5a5a5', FILLER),
    expected: {
      checksum: 'redundancyCheck',
      checksumAlgorithm: 'crc32',
      checksumBytes: 4,
      securityLevel: 'none',
      application: 'satPush',
    },
  },
  {
    what: 'signed',
    hex: commandPacket({ spi: '0300', kid: '03', tar: 'bfff40' }, FILLER + FILLER, FILLER),
    expected: {
      checksum: 'digitalSignature',
      securityLevel: 'integrity',
      application: 'proprietary',
      checksumBytes: 16,
    },
  },
] as const

export const RESPONSES = [
  {
    what: 'ok without data',
    hex: '000b 0a b00010 0000000102 00 00',
    expected: {
      packetLength: 11,
      headerLength: 10,
      tar: 'b00010',
      application: 'rfm',
      counterValue: 258,
      paddingCounter: 0,
      status: 0,
      statusName: 'ok',
      dataBytes: 0,
      complete: true,
    },
  },
  {
    what: 'of an application that is not there',
    hex: `000b 0a ${RESERVED_TAR} 0000000000 00 09`,
    expected: { tar: RESERVED_TAR, application: null, status: 9, statusName: 'tarUnknown' },
  },
  {
    what: 'with a checksum and data',
    hex: `001b 12 000000 0000000000 00 0b ${FILLER} ${FILLER}`,
    expected: { application: 'ram', statusName: 'dataBySubmit', dataBytes: 8 },
  },
  {
    what: 'of a status not defined',
    hex: '000b 0a b00010 0000000000 00 7e',
    expected: { status: 0x7e, statusName: null },
  },
] as const
