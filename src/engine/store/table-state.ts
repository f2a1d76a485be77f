import { quoteName } from '../../kql/sql/duckdb/literal.js';
import type { KqlType } from '../../kql/types.js';
import { TICKS_PER_DAY } from '../../util/ticks.js';
import type { Archive } from './archive/archive-file.js';

/** What we know of a column; changed only by the functions here, which change DuckDB's catalogue along. */
export interface ColumnState {
  readonly name: string;
  readonly type: KqlType;
  /** Name in DuckDB, once a value arrived. */
  physical?: string;
  ipv4?: string;
  ipv6?: string;
  exact: boolean;
  /** What rows without a value read as, where that is neither '' nor null. */
  readonly literal?: string;
}

export interface TableState {
  readonly name: string;
  readonly physical: string;
  readonly columns: Map<string, ColumnState>;
  /** Undefined while all of its rows are in DuckDB. */
  archive?: Archive;
}

export type Catalogue = Map<string, TableState>;

/** The table in DuckDB, without what is in its archive. */
export const relationOf = (table: TableState): string => `data.${quoteName(table.physical)}`;

/** Name in DuckDB, quoted, of the time that says to which day a row belongs; undefined when rows have none. */
export function timeColumn(table: TableState): string | undefined {
  const column = table.columns.get('TimeGenerated');
  return column?.type === 'datetime' && column.physical !== undefined ? quoteName(column.physical) : undefined;
}

/** A condition for the rows of a day that begins at these ticks. */
export const ofDay = (time: string, day: bigint): string => `${time} >= ${day} AND ${time} < ${day + TICKS_PER_DAY}`;
