export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object within an event, an empty one when it isn't there. */
export const part = (event: Json, name: string): Json => {
  const value = event[name];
  return isObject(value) ? value : NOTHING;
};

const NOTHING: Json = {};

/** A text or number of an event as text, '' for none and for anything nested. */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** A number of an event, also one written as text; null for none. */
export function number(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** The items of a list, none when it is no list. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
