import type { DuckDBConnection } from '@duckdb/node-api';
import { COMPILE_MS, type Compiled, compile, type Probe } from '../kql/compile.js';
import type { Diagnostic } from '../kql/parse/diagnostics.js';
import type { PluginColumns } from '../kql/parse/plugin-columns.js';
import { literal, long } from '../kql/plan/build.js';
import type { Literal, PlanResult } from '../kql/plan/nodes.js';
import { formatDatetime } from '../util/ticks.js';
import { queryClock } from './clock.js';
import type { Engine } from './engine.js';
import { localFile } from './external/places.js';
import type { QueryOptions, ResultShape } from './query-types.js';
import { allRows } from './rows.js';
import { exactAddressKeys, isAbsent, schemaOf } from './schema.js';
import { knownRows, learnSizes } from './sizes.js';

/** A query that is compiled as far as it can be without running anything. */
export interface Prepared {
  /** `performance.now()` when it began. */
  readonly started: number;
  /** Compiles the rest, after the probes it needs have been run. */
  complete(connection: DuckDBConnection): Promise<ReadyQuery>;
}

/** A query ready to run. */
export interface ReadyQuery extends Compiled {
  readonly asOf: string;
}

/** Compiles a query. Nothing has run when this throws. @throws TrawlError */
export async function prepareQuery(engine: Engine, text: string, options: QueryOptions): Promise<Prepared> {
  const started = performance.now();
  const now = await queryClock(engine, options.asOf);
  await learnSizes(engine);
  const first = compileFor(engine, text, now, options);
  return { started, complete: (connection) => completed(engine, connection, first, now, options) };
}

/** At most a plugin a round. */
async function completed(
  engine: Engine,
  connection: DuckDBConnection,
  first: Compiled | Probe,
  now: bigint,
  options: QueryOptions,
): Promise<ReadyQuery> {
  const found: Diagnostic[] = [];
  let current = first;
  while ('probe' in current) {
    const next = current.complete(await allRows(engine, connection, current.probe, options));
    found.push(...next.diagnostics);
    current = compileFor(engine, next.text, now, options, next.pluginColumns);
  }
  return { ...current, diagnostics: [...current.diagnostics, ...found], asOf: formatDatetime(current.now) };
}

function compileFor(
  engine: Engine,
  text: string,
  now: bigint,
  options: QueryOptions,
  pluginColumns?: PluginColumns,
): Compiled | Probe {
  return compile(text, {
    ...(pluginColumns ? { pluginColumns } : {}),
    schema: schemaOf(engine.store, engine.functions(), engine.watchlists.list()),
    now,
    ...(options.timeoutMs === undefined ? {} : { compileMs: Math.min(options.timeoutMs, COMPILE_MS) }),
    parameters: Object.fromEntries(
      Object.entries(options.parameters ?? {}).map(([name, value]) => [name, parameterLiteral(value)]),
    ),
    addressKeys: (table, name) => exactAddressKeys(engine.store.table(table), name),
    allowsExternal: (place) => localFile(options.externalData ?? {}, place) !== undefined,
    rows: (table) => knownRows(engine.store.table(table)),
    absent: (table, name) => isAbsent(engine.store.table(table), name),
    ...(options.optimize === undefined ? {} : { optimize: options.optimize }),
  });
}

function parameterLiteral(value: string | number | bigint | boolean): Literal {
  if (typeof value === 'bigint') return long(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? long(value) : literal('real', value);
  return typeof value === 'boolean' ? literal('bool', value) : literal('string', value);
}

/** What a result is like before its rows are there. */
export const shapeOf = ({ name, rel, visualization }: PlanResult): ResultShape => ({
  name,
  columns: rel.columns,
  ...(visualization ? { visualization } : {}),
});
