/** The first three parts of a GUID are numbers whose bytes stand lowest first. */
const swap = (bytes: Buffer): Buffer =>
  Buffer.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((at) => bytes[at]!));

/** The text of a GUID from its sixteen bytes. */
export const guidOfBytes = (bytes: Buffer): string =>
  swap(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** The sixteen bytes of a GUID's text. */
export const bytesOfGuid = (guid: string): Buffer => swap(Buffer.from(guid.replaceAll('-', ''), 'hex'));
