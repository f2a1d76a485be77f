import type { Diagnostic } from '../kql/parse/diagnostics.js';
import type { Engine } from './engine.js';
import { runWithin } from './limits.js';
import { prepareQuery } from './prepare.js';
import type { Explained, QueryOptions, QueryResult, QueryTable } from './query-types.js';
import { printRel } from './rows.js';
import { queryStream } from './stream.js';

/** Compiles and runs a query. Throws TrawlError; nothing has run when the code is `unsupported`, `bad-argument` or `KS###`. */
export async function runQuery(engine: Engine, text: string, options: QueryOptions = {}): Promise<QueryResult> {
  const tables: QueryTable[] = [];
  const diagnostics: Diagnostic[] = [];
  let asOf = '';
  let statistics: QueryResult['statistics'] = { compileMs: 0, executeMs: 0, rows: 0 };
  for await (const event of queryStream(engine, text, options, Number.POSITIVE_INFINITY)) {
    switch (event.kind) {
      case 'start':
        asOf = event.asOf;
        diagnostics.push(...event.diagnostics);
        break;
      case 'table': {
        const { kind: _, ...shape } = event;
        tables.push({ ...shape, rows: [] });
        break;
      }
      case 'rows': {
        const { rows } = tables.at(-1)!;
        for (const row of event.rows) rows.push(row);
        break;
      }
      case 'end':
        diagnostics.push(...event.diagnostics);
        statistics = event.statistics;
    }
  }
  return { tables, diagnostics, asOf, statistics };
}

/** The plan and SQL a query comes to, without running it. */
export async function explainQuery(engine: Engine, text: string, options: QueryOptions = {}): Promise<Explained> {
  const prepared = await prepareQuery(engine, text, options);
  const compiled = await engine.sessions.use((connection) =>
    runWithin(connection, options, () => prepared.complete(connection)),
  );
  const { diagnostics, asOf } = compiled;
  const results = compiled.results.map((result) => ({ ...result, sql: printRel(engine, result.rel) }));
  return { text: compiled.text, results, diagnostics, asOf };
}
