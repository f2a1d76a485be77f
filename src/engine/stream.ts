import type { Diagnostic } from '../kql/parse/diagnostics.js';
import { limit, long } from '../kql/plan/build.js';
import type { Engine } from './engine.js';
import { watchLimits } from './limits.js';
import { prepareQuery, shapeOf } from './prepare.js';
import type { QueryEvent, QueryOptions } from './query-types.js';
import { cutAt, rowsWanted } from './row-limit.js';
import { rowBatches } from './rows.js';

/** Rows kept back while arithmetic that overflows could still be done again. */
const HOLD = 20_000;

/**
 * Compiles and runs a query, and gives its results as they come: the engine goes on only as far as batches are taken, so
 * that memory stays flat however many rows there are. Leaving the loop cancels the query. Throws as `runQuery` does, also
 * between batches.
 */
export async function* queryStream(
  engine: Engine,
  text: string,
  options: QueryOptions = {},
  hold = HOLD,
): AsyncGenerator<QueryEvent, void> {
  const prepared = await prepareQuery(engine, text, options);
  const { connection, giveBack } = await engine.sessions.lend();
  try {
    const watch = watchLimits(connection, options);
    try {
      const compiled = await prepared.complete(connection);
      const compiledAt = performance.now();
      const { asOf, diagnostics, results } = compiled;
      yield { kind: 'start', results: results.map(shapeOf), diagnostics, asOf };
      const cut: Diagnostic[] = [];
      const most = rowsWanted(options.rowLimit, compiled.rowLimit);
      let rows = 0;
      for (const result of results) {
        yield { kind: 'table', ...shapeOf(result) };
        let left = most;
        // what is wanted whole need not be made beyond the row that tells that there are more
        const whole = hold === Number.POSITIVE_INFINITY && Number.isFinite(most);
        const wanted = whole ? limit(result.rel, long(most + 1)) : result.rel;
        for await (const batch of rowBatches(engine, connection, wanted, options, hold)) {
          watch.check();
          const kept = batch.length > left ? batch.slice(0, left) : batch;
          left -= kept.length;
          rows += kept.length;
          if (kept.length > 0) yield { kind: 'rows', rows: kept };
          if (kept.length === batch.length) continue;
          cut.push(cutAt(most));
          break;
        }
        watch.check();
      }
      const statistics = {
        compileMs: compiledAt - prepared.started,
        executeMs: performance.now() - compiledAt,
        rows,
      };
      yield { kind: 'end', diagnostics: cut, statistics };
    } catch (error) {
      throw watch.reason(error);
    } finally {
      watch.end();
    }
  } finally {
    giveBack();
  }
}
