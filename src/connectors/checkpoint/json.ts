import { textOf } from '../pairs.js';
import type { Fields, Log } from './fields.js';

/** The fields of a JSON log; of a list each item is a field of its own. */
export function fieldsOf(log: Readonly<Record<string, unknown>>): Fields {
  const fields: Fields = [];
  for (const [key, value] of Object.entries(log)) {
    if (Array.isArray(value)) for (const item of value) fields.push([key, textOf(item)]);
    else fields.push([key, textOf(value)]);
  }
  return fields;
}

/** Reads the Log Exporter's JSON form behind a syslog header; null when the line ends in no JSON object. */
export function readJson(line: string): Log | null {
  const at = line.indexOf('{"');
  if (at === -1 || !line.trimEnd().endsWith('}')) return null;
  let value: unknown;
  try {
    value = JSON.parse(line.slice(at));
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object') return null;
  return { prefix: line.slice(0, at).trimEnd(), fields: fieldsOf(value as Record<string, unknown>) };
}
