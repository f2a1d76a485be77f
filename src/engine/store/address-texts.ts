import { parseIpv4 } from '../../util/ip.js';
import { addressKey } from './address-keys.js';

/** The address keys of a text as the texts that are inserted, '' where there is none. */
export interface AddressTexts {
  readonly ipv4: string;
  readonly ipv6: string;
  /** False when the text has no key though Kusto may read it as an address. */
  readonly exact: boolean;
}

export const NO_ADDRESS: AddressTexts = { ipv4: '', ipv6: '', exact: true };

/** Keys of texts that are no IPv4 address: IPv6 is slow to parse, and logs name the same addresses again and again. */
const seen = new Map<string, AddressTexts>();
const REMEMBERED = 50_000;

/** The keys of a text in an address column. */
export function addressTexts(text: string): AddressTexts {
  const ipv4 = parseIpv4(text);
  if (ipv4 >= 0) return { ipv4: String(ipv4), ipv6: '', exact: true };
  const found = seen.get(text);
  if (found) return found;
  const key = addressKey(text);
  const made: AddressTexts =
    'none' in key
      ? { ...NO_ADDRESS, exact: key.none === 'text' }
      : { ...NO_ADDRESS, ipv6: 'ipv6' in key ? String(key.ipv6) : '' };
  if (text.length > 64) return made;
  if (seen.size >= REMEMBERED) seen.clear();
  // a copy: a slice would keep the whole block of the file alive
  seen.set(` ${text}`.slice(1), made);
  return made;
}
