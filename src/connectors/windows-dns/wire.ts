/** What is of use in a DNS message. */
export interface DnsMessage {
  readonly responseCode: number;
  readonly question: { readonly name: string; readonly type: number } | null;
  /** The addresses of A and AAAA answers, in order. */
  readonly addresses: readonly string[];
}

const HEADER_BYTES = 12;
const A = 1;
const AAAA = 28;

/**
 * Reads a DNS message from hexadecimal text (`0x…`). Null when it is no message; answers after a broken or missing one
 * are left out. Safe against pointers that loop, counts that lie and lengths beyond the end.
 */
export function readDnsMessage(hex: string): DnsMessage | null {
  const digits = hex.replace(/^0x/i, '');
  if (digits.length < HEADER_BYTES * 2 || digits.length > 131_072 * 2 || !/^[0-9a-f]+$/i.test(digits)) return null;
  const bytes = Buffer.from(digits, 'hex');
  const reader = { bytes, at: HEADER_BYTES };
  let question: DnsMessage['question'] = null;
  for (let i = bytes.readUInt16BE(4); i > 0; i--) {
    const name = readName(reader);
    if (name === null || reader.at + 4 > bytes.length) return { responseCode: bytes[3]! & 15, question, addresses: [] };
    question ??= { name, type: bytes.readUInt16BE(reader.at) };
    reader.at += 4;
  }
  return { responseCode: bytes[3]! & 15, question, addresses: readAddresses(reader, bytes.readUInt16BE(6)) };
}

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

function readAddresses(reader: Reader, count: number): string[] {
  const { bytes } = reader;
  const addresses: string[] = [];
  for (let i = 0; i < count; i++) {
    if (readName(reader) === null || reader.at + 10 > bytes.length) break;
    const type = bytes.readUInt16BE(reader.at);
    const length = bytes.readUInt16BE(reader.at + 8);
    const data = reader.at + 10;
    if (data + length > bytes.length) break;
    if (type === A && length === 4) addresses.push(bytes.subarray(data, data + 4).join('.'));
    if (type === AAAA && length === 16) addresses.push(formatIpv6(bytes.subarray(data, data + 16)));
    reader.at = data + length;
  }
  return addresses;
}

/** Reads a name and moves past it. Pointers must lead backwards, so that reading ends. Null when it is broken. */
function readName(reader: Reader): string | null {
  const { bytes } = reader;
  const labels: string[] = [];
  let at = reader.at;
  let lowest = at;
  let end = -1;
  for (let total = 0; total <= 255; ) {
    const length = bytes[at];
    if (length === undefined) return null;
    if (length === 0) {
      reader.at = end === -1 ? at + 1 : end;
      return labels.length === 0 ? '.' : labels.join('.');
    }
    if (length >= 192) {
      const low = bytes[at + 1];
      if (low === undefined) return null;
      if (end === -1) end = at + 2;
      at = ((length & 63) << 8) | low;
      if (at >= lowest) return null;
      lowest = at;
      continue;
    }
    if (length > 63 || at + 1 + length > bytes.length) return null;
    labels.push(readLabel(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
    total += 1 + length;
  }
  return null;
}

/** A label in the form of zone files: `\.` and `\\` for those characters, `\DDD` for bytes that are no printable ASCII. */
function readLabel(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const c = String.fromCharCode(byte);
    text += byte < 33 || byte > 126 ? `\\${String(byte).padStart(3, '0')}` : c === '.' || c === '\\' ? `\\${c}` : c;
  }
  return text;
}

/** The text of an IPv6 address by RFC 5952. */
export function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (((bytes[i * 2]! << 8) | bytes[i * 2 + 1]!) >>> 0).toString(16));
  const zeros = [
    ...groups
      .map((g) => (g === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/0{2,}/g),
  ];
  const longest = zeros.reduce<RegExpExecArray | null>(
    (best, m) => (m[0].length > (best?.[0].length ?? 1) ? m : best),
    null,
  );
  if (!longest) return groups.join(':');
  return `${groups.slice(0, longest.index).join(':')}::${groups.slice(longest.index + longest[0].length).join(':')}`;
}
