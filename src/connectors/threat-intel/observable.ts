import { isIP, isIPv4 } from 'node:net';
import type { Row } from '../../ingest/connector.js';

/** Undoes the usual ways to make an indicator harmless: `hxxp://`, `[.]`, `(dot)`, `[:]`, `[at]`. */
export function refang(text: string): string {
  if (!DEFANGED.test(text)) return text;
  return text
    .replace(/^h[x*]{1,2}p(s?)(?=\[?:)/i, 'http$1')
    .replace(/\[(\.|:|\/|@)\]|\((\.)\)|\{(\.)\}/g, '$1$2$3')
    .replace(/\s*[[({](?:dot|d0t)[\])}]\s*/gi, '.')
    .replace(/\s*[[({]at[\])}]\s*/gi, '@')
    .replace(/\[:\/\/\]/g, '://')
    .replace(/\\\./g, '.');
}

const DEFANGED = /^h[x*]{1,2}p|[[({](?:\.|:|\/|@|dot|d0t|at)[\])}]|\[:\/\/\]|\\\./i;

const PORT = /^(.+?):(\d{1,5})$/;
const BRACKETED = /^\[([\da-f:.]+)\](?::(\d{1,5}))?$/i;
const LABEL =
  /^(?=.{1,253}\.?$)(?:[_\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+(?:\p{L}{2,63}|xn--[a-z\d-]{1,59})\.?$/u;
const PLAIN_DOMAIN = /^(?=.{4,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)+[a-z]{2,63}$/;
const URL_TEXT = /^[a-z][a-z\d+.-]{1,20}:\/\/\S+$/i;
const EMAIL = /^[^\s@/:"<>]+@([^\s@/:]+)$/;
const HASHES: Readonly<Record<number, string>> = {
  32: 'MD5',
  40: 'SHA1',
  56: 'SHA224',
  64: 'SHA256',
  96: 'SHA384',
  128: 'SHA512',
};

/**
 * The columns of an indicator value whose type nobody names: address (with port), range, domain, URL (a path counts
 * with a host, or alone as `/gate.php`), hash or e-mail address. Null when it is none of them.
 */
export function observe(value: string): Row | null {
  const text = refang(value);
  return observePlain(text) ?? observePort(text) ?? observeUrl(text);
}

function observePlain(text: string): Row | null {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57 && isIPv4(text)) return { NetworkIP: text };
  if (PLAIN_DOMAIN.test(text)) return { DomainName: text };
  const hash = /^[\da-f]+$/i.test(text) ? HASHES[text.length] : undefined;
  if (hash) return { FileHashType: hash, FileHashValue: text.toLowerCase() };
  return isIP(text) !== 0
    ? addressColumns(text)
    : isDomain(text)
      ? { DomainName: domainText(text) }
      : cidrColumns(text);
}

function observePort(text: string): Row | null {
  const bracketed = BRACKETED.exec(text);
  const [, host = '', port] = bracketed ?? (URL_TEXT.test(text) ? null : PORT.exec(text)) ?? [];
  if (host === '' || Number(port ?? 0) > 65535) return null;
  // `1.2.3.4:33:1099`: two ports, and none of them sure.
  const [, twice = ''] = /^([\d.]+):\d{1,5}$/.exec(host) ?? [];
  if (isIP(twice) === 4) return { NetworkIP: twice };
  const columns: Row | null =
    isIP(host) !== 0 ? { NetworkIP: host.toLowerCase() } : isDomain(host) ? { DomainName: domainText(host) } : null;
  return columns && port !== undefined ? { ...columns, NetworkPort: Number(port) } : columns;
}

function observeUrl(text: string): Row | null {
  if (URL_TEXT.test(text)) return { Url: text };
  const email = EMAIL.exec(text);
  if (email) return isDomain(email[1]!) ? { EmailSenderAddress: text.toLowerCase() } : null;
  const slash = text.indexOf('/');
  if (slash < 0 || /\s/.test(text)) return null;
  if (slash === 0) return text.length > 2 && text[1] !== '/' ? { Url: text } : null;
  const host = text.slice(0, slash);
  return observePlain(host)?.FileHashValue === undefined && (observePlain(host) ?? observePort(host))
    ? { Url: text }
    : null;
}

/** True for a name with a top-level domain, IDN letters and underscores included. */
export const isDomain = (text: string): boolean => LABEL.test(text);

/** A domain as DNS logs write it: lower case, punycode, no final dot, no leading `*.`. */
export function domainText(text: string): string {
  const name = refang(text.trim())
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (/^[\x00-\x7f]*$/.test(name)) return name;
  try {
    return new URL(`http://${name}/`).hostname || name;
  } catch {
    return name;
  }
}

/** The columns of an address, lower case, with its port; a prefix makes it a range, unless it spans just the address. `{}` for anything else. */
export function addressColumns(text: string): Row {
  const value = refang(text.trim());
  if (isIP(value) !== 0) return { NetworkIP: value.toLowerCase() };
  const columns = cidrColumns(value) ?? observePort(value);
  return columns?.DomainName === undefined ? (columns ?? {}) : {};
}

function cidrColumns(text: string): Row | null {
  const [, address = '', prefix = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const version = isIP(address);
  const width = version === 4 ? 32 : 128;
  if (version === 0 || Number(prefix) > width) return null;
  return Number(prefix) === width ? { NetworkIP: address.toLowerCase() } : { NetworkCidrBlock: text.toLowerCase() };
}
