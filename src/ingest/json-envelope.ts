/** Names under which products hand out a list of records, in lower case. */
const LISTS = new Set([
  'records',
  'events',
  'value',
  'values',
  'objects',
  'data',
  'items',
  'results',
  'entries',
  'logs',
  'logevents',
  'hits',
  'rows',
  'alerts',
  'indicators',
  'response',
  'resources',
  'tables',
  'messages',
  'findings',
]);
/** An envelope has few properties of its own; an event that happens to hold a list has many. */
const OWN_PROPERTIES = 10;

/** True when an array property of this name may hold the records. */
export const isListName = (name: string): boolean => LISTS.has(name.toLowerCase());

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The records of an envelope, and the envelope without them; null when the value is no envelope but a record itself.
 * An envelope holds an array of objects under one of the usual names, or nothing but one such array.
 */
export function openEnvelope(
  value: unknown,
): { readonly records: readonly unknown[]; readonly envelope: Readonly<Record<string, unknown>> } | null {
  if (!isObject(value)) return null;
  const names = Object.keys(value);
  if (names.length > OWN_PROPERTIES + 1) return null;
  const list = names.find((name) => {
    const property = value[name];
    if (!Array.isArray(property) || !(isListName(name) || names.length === 1)) return false;
    return property.length === 0 ? isListName(name) : property.every(isObject);
  });
  if (list === undefined) return null;
  const { [list]: records, ...envelope } = value;
  return { records: records as unknown[], envelope };
}
