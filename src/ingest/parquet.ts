import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnTypes, KqlType } from '../kql/types.js';
import { formatDatetime, UNIX_EPOCH_TICKS } from '../util/ticks.js';
import { DamagedSource } from './compression.js';

/** True when a file begins as Parquet files do. */
export const isParquet = (start: Uint8Array): boolean =>
  Buffer.from(start.subarray(0, 4)).toString('latin1') === 'PAR1';

/** What a Parquet column's values are in a table. */
function kqlType(type: string): KqlType {
  if (/^(TIMESTAMP|DATE)/.test(type)) return 'datetime';
  if (/^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT)$/.test(type)) return 'int';
  if (/^(BIGINT|UINTEGER|UBIGINT|HUGEINT)$/.test(type)) return 'long';
  if (/^(FLOAT|DOUBLE)$/.test(type)) return 'real';
  if (/^DECIMAL/.test(type)) return 'decimal';
  if (type === 'BOOLEAN') return 'bool';
  if (type === 'UUID') return 'guid';
  return /^(STRUCT|MAP|JSON)|\[\]$/.test(type) ? 'dynamic' : 'string';
}

/** What a column is read as: simple types that cross into JavaScript as text, number or boolean. */
function readAs(name: string, type: string): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  if (/^(TIMESTAMP|DATE)/.test(type)) return `epoch_us(${column}::TIMESTAMP)`;
  if (/^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|FLOAT|DOUBLE|BOOLEAN)$/.test(type)) return column;
  return /^(STRUCT|MAP)|\[\]$/.test(type) ? `to_json(${column})::VARCHAR` : `${column}::VARCHAR`;
}

export interface ParquetFile {
  readonly columns: ColumnTypes;
  /** Rows in the file's order, some thousand at a time. Datetimes are ISO texts, nested values parsed JSON. */
  rows(): AsyncGenerator<Record<string, unknown>[]>;
  close(): void;
}

/** Opens a Parquet file in a database of its own, so that the workspace's never needs to read files. */
export async function openParquet(path: string): Promise<ParquetFile> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '1',
  });
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const described = await connection.runAndReadAll('DESCRIBE SELECT * FROM read_parquet($1)', [path]);
    const stored = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
    const columns = Object.fromEntries(stored.map(({ name, type }) => [name, kqlType(type)]));
    const select = stored.map(({ name, type }) => readAs(name, type)).join(', ');
    return { columns, close, rows: () => read(stored.map(({ name }) => name)) };

    async function* read(names: readonly string[]): AsyncGenerator<Record<string, unknown>[]> {
      const result = await connection.stream(`SELECT ${select} FROM read_parquet($1)`, [path]).catch(damaged);
      for (;;) {
        const chunk = await result.fetchChunk().catch(damaged);
        if (!chunk || chunk.rowCount === 0) return;
        yield chunk
          .getRows()
          .map((cells) =>
            Object.fromEntries(names.map((name, index) => [name, convert(cells[index], columns[name]!)])),
          );
      }
    }
  } catch (error) {
    close();
    return damaged(error as Error);
  }
}

function damaged(error: Error): never {
  throw new DamagedSource(`the Parquet file cannot be read (${error.message.split('\n', 1)[0]})`);
}

function convert(cell: unknown, type: KqlType): unknown {
  if (cell === null || cell === undefined) return null;
  if (type === 'datetime') return formatDatetime((cell as bigint) * 10n + UNIX_EPOCH_TICKS);
  return type === 'dynamic' && typeof cell === 'string' ? JSON.parse(cell) : cell;
}
