import type { Cell } from '../../ingest/connector.js';

/** `k=v;k=v` of the values that are set, as Sentinel writes `AdditionalExtensions`; list items are joined by commas. */
export function extensions(values: Readonly<Record<string, Cell>>, names: readonly string[]): string {
  let text = '';
  for (const name of names) {
    const value = values[name];
    if (value === null || value === undefined || value === '') continue;
    const written = Array.isArray(value) ? value.join(',') : String(value);
    if (written !== '')
      text += `${text === '' ? '' : ';'}${name}=${written.includes(';') ? written.replaceAll(';', '%3B') : written}`;
  }
  return text;
}

/** The text of a value, '' for none. */
export const text = (value: Cell): string => (value === null || value === undefined ? '' : String(value));
