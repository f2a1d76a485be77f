import type { DuckDBConnection } from '@duckdb/node-api';
import { COMPILE_MS, type Compiled, compile, type Probe } from '../kql/compile.js';
import { parseDatetimeLiteral } from '../kql/lower/literals.js';
import type { Diagnostic } from '../kql/parse/diagnostics.js';
import type { PluginColumns } from '../kql/parse/plugin-columns.js';
import { limit as limited, literal, long } from '../kql/plan/build.js';
import type { Literal, PlanResult, Rel, Visualization } from '../kql/plan/nodes.js';
import { duckdb } from '../kql/sql/duckdb/index.js';
import type { Column } from '../kql/types.js';
import { withinTime } from '../util/deadline.js';
import { trawlError } from '../util/errors.js';
import { formatDatetime, ticksFromUnixMilliseconds } from '../util/ticks.js';
import type { Engine } from './engine.js';
import { loadExternal } from './external/load.js';
import { type ExternalPlaces, localFile } from './external/places.js';
import { runWithin } from './limits.js';
import { fetchRows } from './rows.js';
import { exactAddressKeys, isAbsent, schemaOf, storedColumns } from './schema.js';
import { knownRows, learnSizes } from './sizes.js';
import type { Store } from './store/types.js';

export interface QueryOptions {
  /** The query clock: `now` (default), `latest` (the last event stored), or a datetime. */
  readonly asOf?: string;
  /** Values for `declare query_parameters`, by name. */
  readonly parameters?: Readonly<Record<string, string | number | bigint | boolean>>;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Rows a result is cut at, with a warning; 500,000 unless given. */
  readonly rowLimit?: number;
  /** Where `externaldata` may read: the local file or folder for what the query calls it. Nothing unless given; nothing is fetched. */
  readonly externalData?: ExternalPlaces;
  /** False leaves out the plan's optimization: same answers, slower. */
  readonly optimize?: boolean;
}

/**
 * Cells: bool; int and long number (long bigint beyond 2^53); real number; decimal text; string text (never null);
 * datetime `2017-05-02T10:00:00.0000000Z`; timespan `[-][d.]hh:mm:ss[.fffffff]`; guid text; dynamic parsed JSON; null.
 */
export interface QueryTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: unknown[][];
  readonly visualization?: Visualization;
}

export interface QueryResult {
  readonly tables: readonly QueryTable[];
  readonly diagnostics: readonly Diagnostic[];
  /** The clock that now() and ago() read, as a datetime text. */
  readonly asOf: string;
  readonly statistics: { readonly compileMs: number; readonly executeMs: number; readonly rows: number };
}

export interface Explained {
  readonly text: string;
  readonly results: readonly (PlanResult & { readonly sql: string })[];
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: string;
}

export const DEFAULT_ROW_LIMIT = 500_000;

/** Compiles and runs a query. Throws TrawlError; nothing has run when the code is `unsupported`, `bad-argument` or `KS###`. */
export async function runQuery(engine: Engine, text: string, options: QueryOptions = {}): Promise<QueryResult> {
  const started = performance.now();
  const now = await queryClock(engine, options.asOf);
  await learnSizes(engine);
  const first = compileFor(engine, text, now, options);
  const diagnostics: Diagnostic[] = [];
  let compiledAt = performance.now();
  let clock = now;
  const tables = await engine.sessions.use((connection) =>
    runWithin(connection, options, async () => {
      const compiled = await completed(engine, connection, first, now, options, diagnostics);
      const rowLimit = rowsWanted(options.rowLimit, compiled.rowLimit);
      const printed = compiled.results.map((result) => ({
        result,
        query: withSql(engine, cutAt(result.rel, rowLimit)),
      }));
      compiledAt = performance.now();
      diagnostics.unshift(...compiled.diagnostics);
      clock = compiled.now;
      const done: QueryTable[] = [];
      for (const { result, query } of printed) {
        done.push(await runResult(engine, connection, result, query, rowLimit, options, diagnostics));
      }
      return done;
    }),
  );
  return {
    tables,
    diagnostics,
    asOf: formatDatetime(clock),
    statistics: {
      compileMs: compiledAt - started,
      executeMs: performance.now() - compiledAt,
      rows: tables.reduce((sum, table) => sum + table.rows.length, 0),
    },
  };
}

/** The plan and SQL a query comes to, without running it. */
export async function explainQuery(engine: Engine, text: string, options: QueryOptions = {}): Promise<Explained> {
  const now = await queryClock(engine, options.asOf);
  await learnSizes(engine);
  const diagnostics: Diagnostic[] = [];
  const first = compileFor(engine, text, now, options);
  const compiled = await engine.sessions.use((connection) =>
    runWithin(connection, options, () => completed(engine, connection, first, now, options, diagnostics)),
  );
  const results = compiled.results.map((result) => ({ ...result, sql: printFor(engine, result) }));
  return {
    text: compiled.text,
    results,
    diagnostics: [...compiled.diagnostics, ...diagnostics],
    asOf: formatDatetime(compiled.now),
  };
}

/** The compiled query, after the probes it needs have been run; at most a plugin a round. */
async function completed(
  engine: Engine,
  connection: DuckDBConnection,
  first: Compiled | Probe,
  now: bigint,
  options: QueryOptions,
  diagnostics: Diagnostic[],
): Promise<Compiled> {
  let current = first;
  while ('probe' in current) {
    const rows = await rowsOf(engine, connection, withSql(engine, current.probe), options);
    const next = current.complete(rows);
    diagnostics.push(...next.diagnostics);
    current = compileFor(engine, next.text, now, options, next.pluginColumns);
  }
  return current;
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

const printFor = (engine: Engine, { rel }: PlanResult): string => printRel(engine, rel);
const printRel = (engine: Engine, rel: Rel, wrapping = false): string =>
  withinTime(COMPILE_MS, () => duckdb.print(rel, { stored: (name) => storedColumns(engine.store, name), wrapping }));

/** What a result is cut at: the caller's limit, or a lower one of the query's; the query alone may raise the default. */
const rowsWanted = (caller: number | undefined, query: number | undefined): number =>
  caller === undefined ? (query ?? DEFAULT_ROW_LIMIT) : Math.min(caller, query ?? caller);

/** The rel cut at one row more than the limit, which tells that there are more. */
const cutAt = (rel: Rel, rowLimit: number): Rel => (Number.isFinite(rowLimit) ? limited(rel, long(rowLimit + 1)) : rel);

interface Printed {
  readonly rel: Rel;
  readonly sql: string;
}

const withSql = (engine: Engine, rel: Rel): Printed => ({ rel, sql: printRel(engine, rel) });

async function runResult(
  engine: Engine,
  connection: DuckDBConnection,
  result: PlanResult,
  query: Printed,
  rowLimit: number,
  options: QueryOptions,
  diagnostics: Diagnostic[],
): Promise<QueryTable> {
  const { columns } = result.rel;
  const rows = await rowsOf(engine, connection, query, options);
  if (rows.length > rowLimit) {
    rows.length = rowLimit;
    diagnostics.push({
      code: 'row-limit',
      severity: 'warning',
      message: `The result was cut at ${rowLimit.toLocaleString('en')} rows.`,
    });
  }
  return { name: result.name, columns, rows, ...(result.visualization ? { visualization: result.visualization } : {}) };
}

/** The rows of a plan; arithmetic that overflowed is done again so that it wraps around, as Kusto's does. */
async function rowsOf(
  engine: Engine,
  connection: DuckDBConnection,
  { rel, sql }: Printed,
  { externalData }: QueryOptions,
): Promise<unknown[][]> {
  const takeAway = await loadExternal(connection, rel, externalData ?? {});
  try {
    return await fetchRows(connection, sql, rel);
  } catch (error) {
    if (!duckdb.overflowed(error)) throw error;
    return await fetchRows(connection, printRel(engine, rel, true), rel);
  } finally {
    await takeAway();
  }
}

/** Ticks of the clock a query reads. */
export async function queryClock(engine: Pick<Engine, 'store'>, asOf = 'now'): Promise<bigint> {
  if (asOf === 'now') return ticksFromUnixMilliseconds(Date.now());
  if (asOf === 'latest') return (await latestEvent(engine.store)) ?? ticksFromUnixMilliseconds(Date.now());
  const ticks = parseDatetimeLiteral(asOf);
  if (ticks === undefined)
    throw trawlError('bad-argument', {
      what: asOf,
      why: 'the query clock is now, latest or a datetime such as 2026-01-31T12:00:00Z',
    });
  return ticks;
}

/** Tables that hold no events: their dates are not those of what happened on the network. */
const REFERENCE_TABLES = /^(?:ThreatIntel|Watchlist$)/;

/** The time of the last stored event of any table, indicators and watchlists aside. */
async function latestEvent(store: Store): Promise<bigint | undefined> {
  let latest: bigint | undefined;
  for (const table of store.tables()) {
    if (REFERENCE_TABLES.test(table.name)) continue;
    const timed = table.columns.some((of) => of.name === 'TimeGenerated' && of.type === 'datetime');
    const range = timed ? await table.timeRange() : null;
    if (range && (latest === undefined || range.last > latest)) latest = range.last;
  }
  return latest;
}
