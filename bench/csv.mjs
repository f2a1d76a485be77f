import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Seconds that DuckDB's CSV reader takes to put each folder's lines, whole, into a table on disk; null with the reason where it can't. */
export async function csvTimes(logs, scratch) {
  const times = {};
  for (const folder of readdirSync(logs)) {
    rmSync(scratch, { force: true });
    const instance = await DuckDBInstance.create(scratch);
    const connection = await instance.connect();
    const files = readdirSync(join(logs, folder)).map((name) => `'${join(logs, folder, name).replaceAll("'", "''")}'`);
    const started = performance.now();
    try {
      await connection.run(`CREATE TABLE lines AS SELECT * FROM read_csv([${files}], columns = {'line': 'VARCHAR'}, delim = '\x01',
        quote = '', escape = '', header = false, auto_detect = false, max_line_size = 20000000)`);
      await connection.run('CHECKPOINT');
      times[folder] = { seconds: (performance.now() - started) / 1000, size: statSync(scratch).size };
    } catch (error) {
      times[folder] = { seconds: null, reason: error.message.split('\n')[0] };
    }
    connection.closeSync();
    instance.closeSync();
  }
  rmSync(scratch, { force: true });
  return times;
}
