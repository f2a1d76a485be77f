import { literal, text, values } from '../../plan/build.js';
import type { Rel } from '../../plan/nodes.js';
import { isHidden } from '../../plan/order.js';
import type { KqlType } from '../../types.js';
import type { LowerOperator } from './operator.js';

/** The .NET type that Kusto names for each of its own. */
export const NET_TYPES: Readonly<Record<KqlType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
};

/** `getschema`: the table's columns as rows. */
export const lowerGetSchema: LowerOperator = (_node, input) => schemaOf(input);

/** A table's columns as rows. */
export const schemaOf = (input: Rel): Rel =>
  values(
    [
      { name: 'ColumnName', type: 'string' },
      { name: 'ColumnOrdinal', type: 'int' },
      { name: 'DataType', type: 'string' },
      { name: 'ColumnType', type: 'string' },
    ],
    input.columns
      .filter((of) => !isHidden(of.name))
      .map((of, i) => [text(of.name), literal('int', BigInt(i)), text(NET_TYPES[of.type]), text(of.type)]),
  );
