import { compile } from '../../src/kql/compile.js';
import type { Rel } from '../../src/kql/plan/nodes.js';
import type { Column, ColumnTypes } from '../../src/kql/types.js';

/** The plan of a query over these tables as it was lowered, for one optimizer rule to work on. */
export function lowered(kql: string, tables: Readonly<Record<string, ColumnTypes>>): Rel {
  const schemas = new Map(
    Object.entries(tables).map(([name, types]) => [
      name,
      Object.entries(types).map(([column, type]): Column => ({ name: column, type })),
    ]),
  );
  const compiled = compile(kql, {
    schema: {
      table: (name) => schemas.get(name),
      existing: [...schemas.keys()],
      stored: (name) => new Set(schemas.get(name)?.map((of) => of.name)),
      functions: [],
    },
    now: 639_000_000_000_000_000n,
    optimize: false,
  });
  if ('probe' in compiled) throw new Error('the query needs a probe');
  return compiled.results[0]!.rel;
}
