import type { KqlType } from '../../types.js';
import type { FindFunction } from './evaluate.js';
import { type Program, runScan } from './machine.js';
import type { Value } from './operations.js';

/** How a scan's rows come from the engine and go back: JSON, the values of each column as an array of texts. */
export interface Call {
  readonly program: Program;
  /** The columns whose values follow, in their order. */
  readonly columns: readonly { readonly name: string; readonly type: KqlType }[];
}

/** Whole numbers of a plan, which JSON has none of, stand as `{"$int": "5"}`. */
export const encodeCall = (call: Call): string =>
  JSON.stringify(call, (_, value: unknown) =>
    typeof value === 'bigint' ? { $int: value.toString() } : encodeReal(value),
  );
const encodeReal = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { $real: String(value) } : value;
const decodeCall = (text: string): Call =>
  JSON.parse(text, (_, value: { $int?: string; $real?: string } | null) => {
    if (value === null || typeof value !== 'object') return value;
    if (value.$int !== undefined) return BigInt(value.$int);
    return value.$real === undefined ? value : Number(value.$real);
  }) as Call;

const READ: Readonly<Record<KqlType, (text: string) => Value>> = {
  bool: (text) => text === 'true',
  int: BigInt,
  long: BigInt,
  datetime: BigInt,
  timespan: BigInt,
  real: realOf,
  decimal: (text) => text,
  string: (text) => text,
  guid: (text) => text,
  dynamic: (text) => text,
};

/** DuckDB writes `inf` and `nan`. */
function realOf(text: string): number {
  const special = /^(-?)(inf|nan)/i.exec(text);
  if (!special) return Number(text);
  return special[2]!.toLowerCase() === 'nan' ? Number.NaN : special[1] ? -Infinity : Infinity;
}

/**
 * Runs a scan: `call` as `encodeCall` writes it, `data` an array of its columns' values. Gives an array of arrays: numbers of
 * rows (from 0), steps, numbers of matches, and the values of each declared column, all as texts.
 */
export function scanRows(call: string, data: string, find: FindFunction): string {
  const { program, columns } = decodeCall(call);
  const given = JSON.parse(data) as readonly ((string | null)[] | null)[];
  const values = new Map(
    columns.map(({ name, type }, i) => {
      const read = READ[type];
      const missing = type === 'string' ? '' : null;
      return [name, (given[i] ?? []).map((text) => (text === null ? missing : read(text)))];
    }),
  );
  const size = given.at(-1)?.length ?? 0;
  const found = runScan(program, values, size, find);
  const texts = (of: (one: (typeof found)[number]) => Value | number): (string | null)[] =>
    found.map((one) => {
      const value = of(one);
      return value === null ? null : String(value);
    });
  return JSON.stringify([
    texts((one) => one.row),
    texts((one) => one.step),
    texts((one) => one.match),
    ...program.declared.map((_, i) => texts((one) => one.values[i] ?? null)),
  ]);
}
