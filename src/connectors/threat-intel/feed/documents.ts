import { isJson, type Json } from '../json.js';
import { fieldOf } from './fields.js';

/** True for an object with a field that names an indicator. */
export const isEntry = (value: unknown): value is Json =>
  isJson(value) &&
  Object.entries(value).some(([name, item]) => {
    const field = fieldOf(name);
    return field !== undefined && 'value' in field && (typeof item === 'string' || typeof item === 'number');
  });

/** Fields of the document that hold for its entries: who it is from and what it is about. */
const SHARED = new Set(['provider', 'description', 'tlp', 'tags', 'threat', 'malware', 'group']);

export function sharedFields(document: Json): Json {
  const shared: Record<string, unknown> = {};
  const take = (fields: Json): void => {
    for (const [name, value] of Object.entries(fields)) {
      const field = fieldOf(name);
      if (field && 'about' in field && SHARED.has(field.about) && !isJson(value)) shared[name] = value;
    }
  };
  for (const value of Object.values(document)) if (isJson(value)) take(value);
  take(document);
  return shared;
}

/**
 * The entries in a document: in its arrays of objects, as `{"Indicators": […], "Metadata": …}` has them, or abuse.ch's
 * `{"123": [{…}], …}`. Empty when it has none.
 */
export function entriesIn(document: Json): Json[] {
  return Object.values(document).flatMap((value) =>
    Array.isArray(value) && value.length > 0 && value.every(isJson) && isEntry(value[0]) ? value : [],
  );
}
