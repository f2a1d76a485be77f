import type { Row } from '../../../ingest/connector.js';
import { observe } from '../observable.js';

/** One entry of a plain list: the value, its columns, and what else its line says. */
export interface PlainEntry {
  readonly value: string;
  readonly columns: Row;
  /** A number after the value (`1.2.3.4;65`, `1.2.3.4<TAB>7`). */
  readonly score?: string;
  readonly note?: string;
}

/** Names that hosts files map for the machine itself. */
const OWN_NAMES =
  /^(?:localhost(?:\.localdomain)?|localhost\d*\.localdomain\d*|local|broadcasthost|ip6-.*|0\.0\.0\.0)$/i;
const HOSTS_LINE = /^(?:0\.0\.0\.0|127\.0\.0\.1|255\.255\.255\.255|::1?|fe80::1%lo0)\s+(\S.*)$/;
/** AlienVault's reputation list: `address#reliability#risk#type#country#city#coordinates#…`. */
const REPUTATION = /^([\d.]+)#(\d+#\d+)#([^#]*)#/;

/**
 * The entries of a line of a plain list: a value alone, or with a score or a note behind it, or a hosts-file line with
 * several names. Empty for a hosts line about the machine itself; null when the line starts with no indicator.
 */
export function plainEntries(line: string): PlainEntry[] | null {
  // No value holds white space, but for harmless ones (`a [dot] b`).
  const whole = /\s/.test(line) && !/[[({]/.test(line) ? null : observe(line);
  if (whole) return [{ value: line, columns: whole }];
  const hosts = HOSTS_LINE.exec(line);
  if (hosts) return hostsEntries(hosts[1]!);
  const reputation = REPUTATION.exec(line);
  if (reputation) {
    const [, value = '', , type = ''] = reputation;
    const columns = observe(value);
    return columns && [{ value, columns, note: type }];
  }
  // dnsmasq and AdBlock-like lists of names.
  const rule = /^(?:\|\|([^\s^/|]+)\^?(?:\$.*)?|address=\/([^/]+)\/.*|server=\/([^/]+)\/.*)$/.exec(line);
  const name = rule?.[1] ?? rule?.[2] ?? rule?.[3];
  if (name !== undefined) {
    const columns = observe(name);
    return columns && [{ value: name, columns }];
  }
  const at = line.search(/[\s;,|]/);
  if (at <= 0) return null;
  const value = line.slice(0, at);
  const columns = observe(value);
  if (!columns) return null;
  const rest = line
    .slice(at)
    .replace(/^[\s;,|]+/, '')
    .trim();
  if (/^\d{1,10}(?:\.\d+)?$/.test(rest)) return [{ value, columns, score: rest }];
  return [{ value, columns, note: rest }];
}

function hostsEntries(names: string): PlainEntry[] | null {
  const entries: PlainEntry[] = [];
  for (const name of names.split(/\s+/)) {
    if (OWN_NAMES.test(name)) continue;
    const columns = observe(name);
    if (!columns) return null;
    entries.push({ value: name, columns });
  }
  return entries;
}

/** A line without its comment: `#` or `//` after white space; null for a line that is a comment as a whole. */
export function withoutComment(line: string): string | null {
  const text = line.trim();
  if (text === '' || /^(?:#|;|\/\/|!|\[Adblock)/.test(text)) return null;
  const at = text.search(/\s(?:#|\/\/\s)/);
  return at < 0 ? text : text.slice(0, at).trimEnd();
}
