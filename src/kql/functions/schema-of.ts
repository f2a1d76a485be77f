import { numberOf } from './text/json.js';

type Schema = string | SchemaBag | Schema[];
interface SchemaBag {
  [key: string]: Schema;
}

/** The types that JSON values take: `buildschema`'s answer. Several types are an array, arrays a bag with `` `indexer` ``. */
export function schemaOf(values: readonly unknown[]): Schema | undefined {
  const scalars = new Set<string>();
  const bag = new Map<string, unknown[]>();
  const elements: unknown[] = [];
  let hasArray = false;
  let hasBag = false;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) {
      hasArray = true;
      elements.push(...value);
    } else if (typeof value === 'object') {
      hasBag = true;
      for (const [key, of] of Object.entries(value)) bag.set(key, [...(bag.get(key) ?? []), of]);
    } else scalars.add(scalarType(value));
  }
  const all: Schema[] = [...scalars];
  if (hasBag || hasArray) {
    const entries = [...bag].flatMap(([key, of]) => withSchema(key, of));
    all.push(Object.fromEntries(hasArray ? [...entries, ...withSchema('`indexer`', elements)] : entries));
  }
  return all.length > 1 ? all : all[0];
}

const withSchema = (key: string, values: readonly unknown[]): [string, Schema][] => {
  const schema = schemaOf(values);
  return schema === undefined ? [] : [[key, schema]];
};

function scalarType(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  const number = numberOf(value);
  if (number === undefined) return 'string';
  return typeof value === 'number' && Number.isInteger(value)
    ? 'long'
    : /^[^.eE]*$/.test(String(value))
      ? 'long'
      : 'double';
}
