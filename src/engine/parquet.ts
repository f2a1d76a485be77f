import type { DuckDBConnection } from '@duckdb/node-api';
import type { Diagnostic } from '../kql/parse/diagnostics.js';
import type { Rel } from '../kql/plan/nodes.js';
import { duckdb } from '../kql/sql/duckdb/index.js';
import { DATETIME_FORMS, type DatetimeForm, printParquetCopy, unfitColumn } from '../kql/sql/duckdb/parquet.js';
import { trawlError } from '../util/errors.js';
import type { Engine } from './engine.js';
import { loadExternal } from './external/load.js';
import { runWithin } from './limits.js';
import { prepareQuery, shapeOf } from './prepare.js';
import type { Exported, QueryOptions, ResultShape } from './query-types.js';
import { cutAt, rowsWanted } from './row-limit.js';
import { printRel } from './rows.js';

/**
 * Compiles and runs a query; the engine itself writes each result to a Parquet file, in flat memory. Throws as `runQuery`
 * does, and `output-unwritable`, `output-format`.
 */
export async function exportParquet(
  engine: Engine,
  text: string,
  filesOf: (results: readonly ResultShape[]) => readonly string[],
  options: QueryOptions = {},
): Promise<Exported> {
  const prepared = await prepareQuery(engine, text, options);
  return engine.sessions.use((connection) =>
    runWithin(connection, options, async () => {
      const compiled = await prepared.complete(connection);
      const compiledAt = performance.now();
      const most = rowsWanted(options.rowLimit, compiled.rowLimit);
      const diagnostics: Diagnostic[] = [...compiled.diagnostics];
      const files: Exported['files'][number][] = [];
      const shapes = compiled.results.map(shapeOf);
      const paths = filesOf(shapes);
      for (const [at, { rel }] of compiled.results.entries()) {
        const file = paths[at]!;
        const { rows, cut } = await exportOne(engine, connection, rel, most, file, options);
        if (cut) diagnostics.push(cutAt(most));
        files.push({ ...shapes[at]!, file, rows });
      }
      const rows = files.reduce((sum, of) => sum + of.rows, 0);
      const statistics = {
        compileMs: compiledAt - prepared.started,
        executeMs: performance.now() - compiledAt,
        rows,
      };
      return { files, diagnostics, asOf: compiled.asOf, statistics };
    }),
  );
}

async function exportOne(
  engine: Engine,
  connection: DuckDBConnection,
  rel: Rel,
  most: number,
  file: string,
  { externalData }: QueryOptions,
): Promise<{ rows: number; cut: boolean }> {
  const takeAway = await loadExternal(connection, rel, externalData ?? {});
  try {
    const { sql, rows } = await copied(engine, connection, rel, most, file);
    if (rows < most) return { rows, cut: false };
    const more = await connection.runAndReadAll(`SELECT count(*) FROM (SELECT 1 FROM (${sql}) LIMIT ${most + 1})`);
    return { rows, cut: Number(more.getRows()[0]![0]) > most };
  } finally {
    await takeAway();
  }
}

/** Writes the file, again with another form of a datetime column or with arithmetic that wraps around where it must. */
async function copied(
  engine: Engine,
  connection: DuckDBConnection,
  rel: Rel,
  most: number,
  file: string,
): Promise<{ sql: string; rows: number }> {
  if (rel.columns.length === 0) throw trawlError('output-format', { format: 'parquet', why: 'it has no columns' });
  const forms = new Map<number, DatetimeForm>();
  let sql = printRel(engine, rel);
  for (let wrapping = false; ; ) {
    try {
      const result = await connection.runAndReadAll(printParquetCopy(sql, rel.columns, forms, most, file));
      return { sql, rows: Number(result.getRows()[0]![0]) };
    } catch (error) {
      const unfit = unfitColumn(error);
      if (unfit !== undefined) forms.set(unfit, next(forms.get(unfit)));
      else if (!wrapping && duckdb.overflowed(error)) {
        wrapping = true;
        sql = printRel(engine, rel, true);
      } else if (error instanceof Error && error.message.startsWith('IO Error'))
        throw trawlError('output-unwritable', { path: file, reason: error.message.split('\n', 1)[0]! });
      else throw error;
    }
  }
}

const next = (form: DatetimeForm = 'TIMESTAMP'): DatetimeForm => DATETIME_FORMS[DATETIME_FORMS.indexOf(form) + 1]!;
