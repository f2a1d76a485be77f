import { isAddressColumn } from '../../engine/store/address-columns.js';
import type { Cell, Row } from '../../ingest/connector.js';
import type { ColumnTypes } from '../../kql/types.js';
import { eventTime, toTicks } from './event-time.js';
import { columnFinder } from './names.js';

/**
 * Makes rows of a table from names and values of a source. Values of unknown columns are kept under their own names;
 * of names that mean the same column (`RemotePort_string`, `RemotePort_int`) the first value counts, and members of a
 * flattened list (`Categories/0`, `Categories/1`) are put together again, separated by commas.
 */
export function rowMaker(columns: ColumnTypes): (names: readonly string[], values: readonly unknown[]) => Row {
  const find = columnFinder(Object.keys(columns));
  return (names, values) => {
    const row: Row = {};
    for (let at = 0; at < names.length; at++) {
      const name = names[at]!;
      const value = values[at];
      // a column without a name is the index that data frames write
      if (name === '' || value === null || value === undefined || value === '') continue;
      const { column } = find(name);
      const cell = toCell(value, columns[column], column);
      const present = row[column];
      if (present === undefined || present === null) row[column] = cell;
      else if (/\/\d+$/.test(name) && typeof present === 'string') row[column] = `${present},${String(value)}`;
    }
    row.TimeGenerated ??= eventTime(row);
    return row;
  };
}

function toCell(value: unknown, type: string | undefined, column: string): Cell {
  if (type === 'datetime' && typeof value === 'number') return toTicks(value) ?? value;
  if (typeof value === 'string' && (type ?? 'string') === 'string' && isAddressColumn(column)) return value.trim();
  return value as Cell;
}
