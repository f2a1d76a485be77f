/** Addresses as numbers: IPv4 as 32 bits, IPv6 as 128; an IPv4 address is `::ffff:a.b.c.d` among IPv6 ones. */

/** The 32 bits of a canonical dotted IPv4 address (four decimal parts, no leading zeros), or -1. */
export const parseIpv4 = (text: string): number => {
  const bytes = Buffer.from(text);
  return parseIpv4At(bytes, 0, bytes.length);
};

/** `parseIpv4` of the ASCII text between two offsets. */
export function parseIpv4At(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 7 || to - from > 15) return -1;
  let value = 0;
  let part = -1;
  let parts = 0;
  for (let at = from; at <= to; at++) {
    const code = at === to ? 46 : bytes[at]!;
    if (code === 46) {
      if (part < 0 || ++parts > 4) return -1;
      value = value * 256 + part;
      part = -1;
    } else {
      if (code < 48 || code > 57 || part === 0) return -1;
      part = (part < 0 ? 0 : part * 10) + code - 48;
      if (part > 255) return -1;
    }
  }
  return parts === 4 ? value : -1;
}

/** The 128 bits of an IPv6 address in any of the forms of RFC 4291, without prefix length or zone; null when it is none. */
export function parseIpv6(text: string): bigint | null {
  if (text.length > 45) return null;
  const dotted = text.includes('.') ? expandDotted(text) : text;
  if (dotted === null) return null;
  const halves = dotted.split('::');
  if (halves.length > 2) return null;
  const head = halves[0] === '' && halves.length === 2 ? [] : halves[0]!.split(':');
  const tail = halves.length === 1 || halves[1] === '' ? [] : halves[1]!.split(':');
  const zeros = 8 - head.length - tail.length;
  if (halves.length === 1 ? zeros !== 0 : zeros < 1) return null;
  let value = 0n;
  for (const group of [...head, ...new Array<string>(zeros).fill('0'), ...tail]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return value;
}

function expandDotted(text: string): string | null {
  const lastColon = text.lastIndexOf(':');
  const tail = parseIpv4(text.slice(lastColon + 1));
  if (tail < 0) return null;
  return `${text.slice(0, lastColon + 1)}${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`;
}

/** Text of 32 bits. */
export const formatIpv4 = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

/** Text of 128 bits as Kusto prints it: eight groups of four digits. */
export const formatIpv6 = (value: bigint): string =>
  (value.toString(16).padStart(32, '0').match(/.{4}/g) as string[]).join(':');

export interface Network<N> {
  readonly address: N;
  /** How many of the first bits count. */
  readonly bits: number;
}

/** An IPv4 address with an optional `/bits` (32 when there is none), or null. */
export function parseIpv4Network(text: string): Network<number> | null {
  const slash = text.indexOf('/');
  const address = parseIpv4(slash < 0 ? text.trim() : text.slice(0, slash).trim());
  const bits = slash < 0 ? 32 : prefixBits(text.slice(slash + 1), 32);
  return address < 0 || bits === null ? null : { address, bits };
}

const MAPPED = 0xffffn << 32n;

/** An IPv6 or IPv4 address with an optional `/bits`; IPv4 (also written `::a.b.c.d`) is mapped, its bits counted from 96. */
export function parseIpv6Network(text: string): Network<bigint> | null {
  const ipv4 = parseIpv4Network(
    text.startsWith('::') && !/[a-f]/i.test(text) && text.includes('.') ? text.slice(2) : text,
  );
  if (ipv4) return { address: MAPPED | BigInt(ipv4.address), bits: 96 + ipv4.bits };
  const slash = text.indexOf('/');
  const address = parseIpv6((slash < 0 ? text : text.slice(0, slash)).trim().replace(/%.*$/, ''));
  const bits = slash < 0 ? 128 : prefixBits(text.slice(slash + 1), 128);
  return address === null || bits === null ? null : { address, bits };
}

function prefixBits(text: string, most: number): number | null {
  const bits = /^\d{1,3}$/.test(text.trim()) ? Number(text) : -1;
  return bits >= 0 && bits <= most ? bits : null;
}

/** First and last address of a network. */
export function ipv4Range({ address, bits }: Network<number>): readonly [number, number] {
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return [first, first + size - 1];
}
export function ipv6Range({ address, bits }: Network<bigint>): readonly [bigint, bigint] {
  const size = 1n << BigInt(128 - bits);
  const first = (address / size) * size;
  return [first, first + size - 1n];
}

/** The part of an IPv6 range that IPv4 addresses fall in, as IPv4 numbers; null when there is none. */
export function ipv4PartOf([first, last]: readonly [bigint, bigint]): readonly [number, number] | null {
  const low = first > MAPPED ? first : MAPPED;
  const high = last < MAPPED + 0xffffffffn ? last : MAPPED + 0xffffffffn;
  return low > high ? null : [Number(low - MAPPED), Number(high - MAPPED)];
}

/** Compares two networks at the shorter of their prefixes and `most`: -1, 0, 1. */
export function compareIpv4(a: Network<number>, b: Network<number>, most = 32): number {
  const size = 2 ** (32 - Math.min(a.bits, b.bits, most));
  return Math.sign(Math.floor(a.address / size) - Math.floor(b.address / size));
}
export function compareIpv6(a: Network<bigint>, b: Network<bigint>, most = 128): number {
  const shift = BigInt(128 - Math.min(a.bits, b.bits, most));
  const [x, y] = [a.address >> shift, b.address >> shift];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The fewest networks that cover exactly the addresses from first to last, as CIDR texts. */
export function ipv4CidrList(first: number, last: number): string[] {
  const list: string[] = [];
  for (let at = first; at <= last; ) {
    let bits = 32;
    while (bits > 0 && at % 2 ** (33 - bits) === 0 && at + 2 ** (33 - bits) - 1 <= last) bits--;
    list.push(`${formatIpv4(at)}/${bits}`);
    at += 2 ** (32 - bits);
  }
  return list;
}
