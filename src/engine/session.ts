import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBScalarFunction,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { javascriptFunctions } from '../kql/functions/index.js';
import type { ScalarFunction } from '../kql/functions/registry.js';
import { preludeStatements } from '../kql/sql/duckdb/prelude/index.js';
import type { KqlType } from '../kql/types.js';
import type { Store } from './store/types.js';

/** Connections ready for queries: prelude and JavaScript functions in place. They are lent to one query at a time. */
export interface Sessions {
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** A connection for as long as it takes: give it back, with nothing left running on it. */
  lend(): Promise<{ readonly connection: DuckDBConnection; giveBack(): void }>;
}

export function openSessions(store: Store): Sessions {
  const idle: DuckDBConnection[] = [];
  let registered = false;
  const open = async (): Promise<DuckDBConnection> => {
    const connection = await store.connect();
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(preludeStatements().join(';\n'));
    if (!registered) {
      registered = true;
      for (const row of javascriptFunctions()) register(connection, row);
    }
    return connection;
  };
  const lend: Sessions['lend'] = async () => {
    const connection = idle.pop() ?? (await open());
    return { connection, giveBack: () => void idle.push(connection) };
  };
  return {
    lend,
    async use(work) {
      const { connection, giveBack } = await lend();
      try {
        return await work(connection);
      } finally {
        giveBack();
      }
    },
  };
}

const JS_TYPES: Readonly<Record<KqlType, DuckDBType>> = {
  bool: BOOLEAN,
  int: INTEGER,
  long: BIGINT,
  real: DOUBLE,
  decimal: VARCHAR,
  string: VARCHAR,
  datetime: BIGINT,
  timespan: BIGINT,
  guid: VARCHAR,
  dynamic: VARCHAR,
};

/** Makes a registry row's JavaScript callable from SQL as `kql_js_NAME`. */
function register(connection: DuckDBConnection, row: ScalarFunction): void {
  const types = Array.isArray(row.args) ? (row.args as KqlType[]) : [];
  const parameterTypes = types.map((type) => JS_TYPES[type]);
  const returnType = JS_TYPES[row.returns as KqlType];
  const js = row.js!;
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: `kql_js_${row.name}`,
      parameterTypes,
      returnType,
      specialHandling: true,
      mainFunction: (_info, input, output) => {
        const columns = parameterTypes.map((_, i) => input.getColumnVector(i));
        for (let r = 0; r < input.rowCount; r++) {
          const args = columns.map((column) => column.getItem(r)) as (string | bigint | number | boolean | null)[];
          output.setItem(r, js(...args) as never);
        }
        output.flush();
      },
    }),
  );
}
