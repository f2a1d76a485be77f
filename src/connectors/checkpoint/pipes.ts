import type { Fields, Log } from './fields.js';

/** A key at the beginning of a piece: `src=`, `i/f_dir=`, `fg-1_client_in_rule_name=`, `ICMP Type=`, `scheme:=`. */
const KEY = /^[A-Za-z_][\w.:/-]*(?: [A-Za-z][\w.]*){0,3}=/;
/** The first key of a line, behind whatever stands before it. */
const FIRST = /(?:^|[\s|])([A-Za-z_][\w./-]*)=/;

/**
 * Reads the Log Exporter's Splunk form, `key=value|key=value|`, with or without a syslog header before it. A piece without a key
 * is the rest of a value that holds a `|`. Null when the line is no such thing.
 */
export function readPipes(line: string): Log | null {
  const first = FIRST.exec(line);
  if (first === null || !line.includes('|')) return null;
  const start = first.index + first[0].length - first[1]!.length - 1;
  const fields = splitPairs(line.slice(start), '|');
  return fields.length < 3 ? null : { prefix: line.slice(0, start).replace(/[|\s]+$/, ''), fields };
}

/** The pairs between separators; an escaped separator is part of the value. */
export function splitPairs(text: string, separator: string): Fields {
  const fields: Fields = [];
  for (const piece of text.split(separator)) {
    const last = fields.at(-1);
    const key = KEY.exec(piece)?.[0];
    const goesOn = last !== undefined && (ESCAPED.test(last[1]) || (key === undefined && piece !== ''));
    if (goesOn) last[1] += separator + piece;
    else if (key !== undefined) fields.push([key.slice(0, -1), piece.slice(key.length)]);
  }
  for (const field of fields) field[1] = plain(field[1]).trim();
  return fields;
}

/** Ends in a backslash that isn't escaped itself. */
const ESCAPED = /(?:^|[^\\])(?:\\\\)*\\$/;

const plain = (value: string): string => (value.includes('\\') ? value.replace(/\\([\\=|\]"])/g, '$1') : value);
