/** An address as a number: IPv4 as 32 bits, IPv6 as 128 bits (an IPv4-mapped one included). */
export type AddressKey = { readonly ipv4: number } | { readonly ipv6: bigint } | { readonly none: 'text' | 'inexact' };

const NOT_AN_ADDRESS: AddressKey = { none: 'text' };
/** No canonical address, but made of an address's characters: Kusto may still read it as one (`10.0.0.0/8`). */
const INEXACT: AddressKey = { none: 'inexact' };
const ADDRESS_CHARACTERS = /^[\s0-9a-fA-FxX:.,/%[\]]*[0-9:][\s0-9a-fA-FxX:.,/%[\]]*$/;

/**
 * The number of an address in its usual writing: dotted IPv4 of four decimal parts without leading zeros,
 * or IPv6 in any of the forms of RFC 4291 (without prefix length or zone).
 */
export function addressKey(text: string): AddressKey {
  const ipv4 = parseIpv4(text);
  if (ipv4 >= 0) return { ipv4 };
  if (text.includes(':')) {
    const ipv6 = parseIpv6(text);
    if (ipv6 !== null) return { ipv6 };
  }
  return text !== '' && ADDRESS_CHARACTERS.test(text) ? INEXACT : NOT_AN_ADDRESS;
}

/** The 32 bits of a canonical dotted IPv4 address, or -1. */
export function parseIpv4(text: string): number {
  const { length } = text;
  if (length < 7 || length > 15) return -1;
  let value = 0;
  let part = -1;
  let parts = 0;
  for (let at = 0; at <= length; at++) {
    const code = at === length ? 46 : text.charCodeAt(at);
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

/** The 128 bits of an IPv6 address, or null. */
export function parseIpv6(text: string): bigint | null {
  if (text.length > 45) return null;
  let rest = text;
  const lastColon = rest.lastIndexOf(':');
  if (rest.includes('.')) {
    const tail = parseIpv4(rest.slice(lastColon + 1));
    if (tail < 0) return null;
    rest = `${rest.slice(0, lastColon + 1)}${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`;
    if (tail > 0xffffffff) return null;
  }
  const halves = rest.split('::');
  if (halves.length > 2) return null;
  const head = halves[0] === '' && halves.length === 2 ? [] : halves[0]!.split(':');
  const tail = halves.length === 1 || halves[1] === '' ? [] : halves[1]!.split(':');
  const zeros = 8 - head.length - tail.length;
  if (halves.length === 1 ? zeros !== 0 : zeros < 1) return null;
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail];
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return value;
}
