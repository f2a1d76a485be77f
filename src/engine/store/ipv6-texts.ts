import { addressKey } from './address-keys.js';

/** What a text that is no IPv4 address is otherwise. */
export interface Ipv6Text {
  /** The key of an IPv6 address as the text that is inserted, '' when it is none. */
  readonly key: string;
  /** False when the text has no key though Kusto may read it as an address. */
  readonly exact: boolean;
}

/** IPv6 is slow to parse, and logs name the same addresses again and again. */
const seen = new Map<string, Ipv6Text>();
const REMEMBERED = 50_000;

/** The IPv6 key of a text in an address column. */
export function ipv6Text(text: string): Ipv6Text {
  const found = seen.get(text);
  if (found) return found;
  const key = addressKey(text);
  const made: Ipv6Text =
    'none' in key
      ? { key: '', exact: key.none === 'text' }
      : { key: 'ipv6' in key ? String(key.ipv6) : '', exact: true };
  if (text.length > 64) return made;
  if (seen.size >= REMEMBERED) seen.clear();
  seen.set(text, made);
  return made;
}
