export type Json = Readonly<Record<string, unknown>>;

/** True for a JSON object. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of an array; an object alone counts as an array of one, anything else as none. */
export const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isJson) : isJson(value) ? [value] : [];
