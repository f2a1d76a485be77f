import { quoteName, quoteText, SQL_TYPE } from '../../../kql/sql/duckdb/literal.js';
import type { TableState } from '../table-state.js';

/** A column as DuckDB has it, hidden ones included. */
export interface PhysicalColumn {
  readonly name: string;
  readonly type: string;
  /** SQL of what rows have that were stored before the column was. */
  readonly absent: string;
}

/** The columns that a table has in DuckDB. */
export function physicalColumns(table: TableState): PhysicalColumn[] {
  return [...table.columns.values()].flatMap(({ physical, type, literal, ipv4, ipv6 }) => {
    const absent = type === 'string' ? quoteText(literal ?? '') : 'NULL';
    return [
      ...(physical === undefined ? [] : [{ name: physical, type: SQL_TYPE[type], absent }]),
      ...(ipv4 === undefined ? [] : [{ name: ipv4, type: 'UINTEGER', absent: 'NULL' }]),
      ...(ipv6 === undefined ? [] : [{ name: ipv6, type: 'UHUGEINT', absent: 'NULL' }]),
    ];
  });
}

/** 2^64: Parquet has no numbers of 128 bits, DuckDB would write them as inexact doubles. */
const WORD = '18446744073709551616::UHUGEINT';

/** SELECT items that write a column of DuckDB to Parquet without losing anything. */
export function toParquet({ name, type }: PhysicalColumn): string {
  const column = quoteName(name);
  if (type !== 'UHUGEINT') return `${column} AS ${inFile(name)}`;
  const [high, low] = words(name);
  return `CAST(${column} // ${WORD} AS UBIGINT) AS ${high}, CAST(${column} % ${WORD} AS UBIGINT) AS ${low}`;
}

/** The SELECT item that reads it back. */
export function fromParquet({ name, type }: PhysicalColumn): string {
  if (type !== 'UHUGEINT') return `${inFile(name)} AS ${quoteName(name)}`;
  const [high, low] = words(name);
  return `CAST(${high} AS UHUGEINT) * ${WORD} + CAST(${low} AS UHUGEINT) AS ${quoteName(name)}`;
}

/** A column's name in the files: the one that DuckDB gives the file's own name is taken. */
const inFile = (name: string): string => quoteName(/^filename$/i.test(name) ? `${name}$` : name);

const words = (name: string): [high: string, low: string] => [quoteName(`${name}$high`), quoteName(`${name}$low`)];
