import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** Longer texts get codes of their own, shorter ones the fixed codes. */
const FIXED_BELOW = 48;
const LONGEST_STORED = 0xffff;
const ZLIB_HEADER = Buffer.from([0x78, 0x01]);
/** Deflate, no flags, no time, an unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** The packed bytes as Kusto's packer frames them: what would not get smaller is stored as it is. */
function packed(bytes: Buffer): Buffer {
  const strategy = bytes.length < FIXED_BELOW ? constants.Z_FIXED : constants.Z_DEFAULT_STRATEGY;
  const small = deflateRawSync(bytes, { strategy });
  if (bytes.length === 0 || bytes.length > LONGEST_STORED || small.length + 1 < bytes.length) return small;
  const head = Buffer.from([1, 0, 0, 0, 0]);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(LONGEST_STORED - bytes.length, 3);
  return Buffer.concat([head, bytes]);
}

/** The text in zlib's format. */
export function zlibOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const checksum = deflateSync(bytes, { level: 0 }).subarray(-4);
  return Buffer.concat([ZLIB_HEADER, packed(bytes), checksum]);
}

/** The text in gzip's format. */
export function gzipOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const checksumAndSize = gzipSync(bytes, { level: 0 }).subarray(-8);
  return Buffer.concat([GZIP_HEADER, packed(bytes), checksumAndSize]);
}
