import { parseIpv4, parseIpv6 } from '../../util/ip.js';

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
  // Kusto reads `::a.b.c.d` as the IPv4 address
  if (/^::\d+\./.test(text)) return INEXACT;
  if (text.includes(':')) {
    const ipv6 = parseIpv6(text);
    if (ipv6 !== null) return { ipv6 };
  }
  return text !== '' && ADDRESS_CHARACTERS.test(text) ? INEXACT : NOT_AN_ADDRESS;
}
