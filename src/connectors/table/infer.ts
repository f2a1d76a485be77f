import type { KqlType } from '../../kql/types.js';
import { parseIsoDatetime } from '../../util/ticks.js';

/** Types that a CSV column's texts may all be of, the narrowest first. */
const TESTS: readonly (readonly [KqlType, (text: string) => boolean])[] = [
  ['bool', (text) => /^(?:true|false)$/i.test(text)],
  ['long', (text) => /^-?(?:0|[1-9]\d{0,14})$/.test(text)],
  ['real', (text) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)],
  ['datetime', (text) => /^\d{4}-\d\d-\d\d[T ]/.test(text) && parseIsoDatetime(text) !== null],
];

/** The type of a column that no schema knows, by some of its texts; string unless all of them are of another. */
export function inferType(texts: readonly string[]): KqlType {
  const filled = texts.filter((text) => text !== '');
  if (filled.length === 0) return 'string';
  return TESTS.find(([, test]) => filled.every(test))?.[0] ?? 'string';
}
