import { addressKey } from './address-keys.js';
import type { InsertColumn } from './insert.js';

/** The address keys of a batch's column; `ipv4`, `ipv6` are missing when no row has one. */
export interface KeyTexts {
  readonly ipv4?: readonly string[];
  readonly ipv6?: readonly string[];
  /** False when a text has no key though Kusto may read it as an address. */
  readonly exact: boolean;
}

type Key = { readonly ipv4: string; readonly ipv6: string; readonly exact: boolean };

/** Logs name the same addresses again and again. */
const seen = new Map<string, Key>();
const REMEMBERED = 200_000;
const NONE: Key = { ipv4: '', ipv6: '', exact: true };

function keyOf(text: string): Key {
  if (text === '') return NONE;
  const found = seen.get(text);
  if (found) return found;
  const key = addressKey(text);
  const made: Key =
    'none' in key
      ? { ...NONE, exact: key.none === 'text' }
      : 'ipv4' in key
        ? { ...NONE, ipv4: String(key.ipv4) }
        : { ...NONE, ipv6: String(key.ipv6) };
  if (text.length > 64) return made;
  if (seen.size >= REMEMBERED) seen.clear();
  // a copy: a slice would keep the whole block of the file alive
  seen.set(` ${text}`.slice(1), made);
  return made;
}

/** The keys of a column's texts. */
export function keyTexts({ texts }: Pick<InsertColumn, 'texts'>): KeyTexts {
  const ipv4: string[] = new Array(texts.length);
  const ipv6: string[] = new Array(texts.length);
  let hasIpv4 = false;
  let hasIpv6 = false;
  let exact = true;
  let previous = '';
  let key = NONE;
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at]!;
    if (text !== previous) {
      key = keyOf(text);
      previous = text;
    }
    ipv4[at] = key.ipv4;
    ipv6[at] = key.ipv6;
    if (key.ipv4 !== '') hasIpv4 = true;
    else if (key.ipv6 !== '') hasIpv6 = true;
    else if (!key.exact) exact = false;
  }
  return { ipv4: hasIpv4 ? ipv4 : undefined, ipv6: hasIpv6 ? ipv6 : undefined, exact };
}
