import type { Engine } from '../engine/engine.js';
import { runQuery } from '../engine/query.js';
import type { QueryOptions, QueryResult } from '../engine/query-types.js';
import { schemaOf } from '../engine/schema.js';
import { analyze } from '../kql/parse/analyze.js';
import { descendants, nameOf, symbolKind, symbolOf } from '../kql/parse/syntax.js';
import { type Entity, entitiesOf } from './entities.js';
import { type Hunt, type HuntInfo, huntInfo } from './hunt.js';
import type { KnobSetting, Prepared } from './prepare.js';

/** A row that a hunt found, by column, and the entities it names. */
export interface Finding {
  readonly values: Readonly<Record<string, unknown>>;
  readonly entities: readonly Entity[];
}

/** What a hunt found, and all it takes to repeat it. */
export interface HuntResult extends QueryResult {
  readonly hunt: HuntInfo;
  /** The KQL that ran, knobs set. */
  readonly kql: string;
  readonly knobs: readonly KnobSetting[];
  /** The rows of the first table. */
  readonly findings: readonly Finding[];
  /** Tables the hunt reads that hold no row, or are not there at all. */
  readonly withoutData: readonly string[];
}

export type HuntOptions = Omit<QueryOptions, 'parameters'>;

/** Runs a hunt whose knobs are set. Throws as `runQuery` does; places in errors are those in `prepared.kql`. */
export async function runHunt(
  engine: Engine,
  hunt: Hunt,
  prepared: Prepared,
  options: HuntOptions = {},
): Promise<HuntResult> {
  const result = await runQuery(engine, prepared.kql, options);
  const [table] = result.tables;
  const columns = table?.columns ?? [];
  const findings = (table?.rows ?? []).map((row): Finding => {
    const values = Object.fromEntries(columns.map(({ name }, at) => [name, row[at]]));
    return { values, entities: entitiesOf(hunt.entityMappings, values) };
  });
  return {
    ...result,
    hunt: huntInfo(hunt),
    kql: prepared.kql,
    knobs: prepared.knobs,
    findings,
    withoutData: await emptyTables(engine, prepared.kql),
  };
}

/** The tables a query names. */
export function tablesOf(engine: Pick<Engine, 'store' | 'functions'>, kql: string): string[] {
  const { root } = analyze(kql, schemaOf(engine.store, engine.functions()));
  const names = descendants(root, 'NameReference')
    .filter((node) => symbolKind(symbolOf(node)) === 'table')
    .map(nameOf);
  return [...new Set(names)];
}

async function emptyTables(engine: Engine, kql: string): Promise<string[]> {
  const empty: string[] = [];
  for (const name of tablesOf(engine, kql)) if (!((await engine.store.table(name)?.rows()) ?? 0)) empty.push(name);
  return empty;
}
