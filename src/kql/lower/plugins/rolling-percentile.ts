import { rollingPercentileName } from '../../parse/plugins.js';
import { aggregate, call, column, extend, filter, keep, literal, long, project } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { joined, visible } from '../operators/join.js';
import { PERIOD, uniquely } from './activity.js';
import { columnOf, constantOf, numberOf } from './arguments.js';
import { aggregateOf, atMost, distanceType, later, own } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

const BIN = '$bin';
const OFFSET = '$offset';
const VALUE = '$value';

/**
 * `rolling_percentile(value, percentile, index, binSize, bins [, dims…])`: for each bin up to the last with rows the percentile
 * over the bins that end with it.
 */
export const lowerRollingPercentile: LowerPlugin = (node, args, input, context) => {
  const plugin = 'rolling_percentile';
  const rows = visible(input);
  const value = columnOf(plugin, args[0], rows, node);
  const percentile = numberOf(plugin, args[1]!, context, [0, 100]);
  const index = columnOf(plugin, args[2], rows, node);
  const at: Expr = index.type === 'int' ? coerce(column(index), 'long') : column(index);
  const size = constantOf(args[3]!, context, distanceType(at.type));
  const bins = numberOf(plugin, args[4]!, context, [1, Number.POSITIVE_INFINITY]);
  const dimensions = args.slice(5).map((arg) => columnOf(plugin, arg, rows, node));

  const binned = project(rows, [
    ...dimensions.map(keep),
    { name: VALUE, expr: column(value) },
    { name: BIN, expr: call('bin', at.type, at, size) },
  ]);
  const windows: Rel = {
    kind: 'range',
    from: long(0),
    to: long(Math.trunc(bins) - 1),
    step: long(1),
    columns: [{ name: OFFSET, type: 'long' }],
  };
  const moved = later(own(BIN, at.type), call('*', size.type, own(OFFSET, 'long'), size));
  const last: Expr = {
    kind: 'scalarSubquery',
    type: at.type,
    rel: aggregate(binned, [], [{ name: 'last', expr: aggregateOf('max', at.type, own(BIN, at.type)) }]),
  };
  const stretched = extend(joined('cross', binned, windows, []), [{ name: PERIOD, expr: moved }]);
  const rolled = aggregate(
    filter(stretched, atMost(own(PERIOD, at.type), last)),
    [keep({ name: PERIOD, type: at.type }), ...dimensions.map(keep)],
    [
      {
        name: '$percentile',
        expr: aggregateOf('percentile', value.type, own(VALUE, value.type), literal('real', percentile)),
      },
    ],
  );
  return uniquely(rolled, [
    { name: index.name, expr: coerce(own(PERIOD, at.type), index.type) },
    ...dimensions.map(keep),
    {
      name: rollingPercentileName(String(Math.trunc(bins)), value.name, String(percentile)),
      expr: own('$percentile', value.type),
    },
  ]);
};
