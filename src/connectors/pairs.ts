/** A value of a JSON document as text: '' for none, lists joined by commas, objects as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `k=v;k=v` of the values that are set, as Sentinel writes `AdditionalExtensions`; a `;` in a value is written `%3B`. */
export function pairs(...parts: readonly Readonly<Record<string, unknown>>[]): string {
  let text = '';
  for (const values of parts)
    for (const name in values) {
      const value = textOf(values[name]);
      if (value === '') continue;
      text += `${text === '' ? '' : ';'}${name}=${value.includes(';') ? value.replaceAll(';', '%3B') : value}`;
    }
  return text;
}
