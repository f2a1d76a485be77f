import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../src/engine/engine.js';
import { runQuery } from '../src/engine/query.js';
import { FAMILIES } from '../src/kql/functions/index.js';

/** Every example of every row, run for real: what the reference page shows is what happens. */
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.store.close());

/** A cell as the examples write it: Kusto's text, `null` for null. */
function cellText(value: unknown, type: string): string {
  if (value === null) return 'null';
  if (type === 'bool') return value ? 'True' : 'False';
  if (type === 'real') return realText(value as number);
  if (type === 'dynamic') return typeof value === 'string' ? value : jsonText(value);
  return String(value);
}

const realText = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(15));
  return Number.isInteger(rounded) && !String(rounded).includes('e') ? `${rounded}.0` : String(rounded);
};
const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, of) => (typeof of === 'bigint' ? Number(of) : of));

describe.each(Object.entries(FAMILIES))('%s', (_family, rows) => {
  const cases = rows.flatMap((row) =>
    row.examples.map(([kql, expected]) => ({ kind: row.kind, name: row.name, kql, expected })),
  );
  it.each(cases)('$name: $kql', async ({ kind, kql, expected }) => {
    const result = await runQuery(engine, kind === 'scalar' && !/^(?:let|set) /.test(kql) ? `print x = ${kql}` : kql, {
      asOf: '2026-01-15T12:00:00Z',
    });
    const { columns, rows: found } = result.tables[0]!;
    const text = found.map((row) => row.map((cell, i) => cellText(cell, columns[i]!.type)).join(',')).join(';');
    expect(text).toBe(expected);
  });
  it('has an example for every row', () => {
    expect(rows.filter((row) => row.examples.length === 0 && !row.internal).map((row) => row.name)).toEqual([]);
  });
});
