import { aggregate, and, call, keep, long, not, or, project, sort, text } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import { withOrder } from '../../plan/order.js';
import { KQL_TYPES, type KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument } from '../context.js';
import { NET_TYPES } from '../operators/getschema.js';
import { visible } from '../operators/join.js';
import { given, literalOf } from './arguments.js';
import { aggregateOf, distinctCount, equal, less, own } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

/** Numbers that a wider one takes in, by width. */
const WIDTH: readonly KqlType[] = ['int', 'long', 'real', 'decimal'];
const OUT_OF_ORDER = 'ERROR(columns are out of order)';
const NO_COMMON_TYPE = 'ERROR(no common type)';

/** `schema_merge([PreserveOrder])`: the schemas that `getschema` gave, put together; what doesn't fit says so in its type. */
export const lowerSchemaMerge: LowerPlugin = (node, args, input, context) => {
  const { positional, named } = given(args);
  const option = named.get('PreserveOrder') ?? positional[0];
  const preserve = option ? literalOf('schema_merge', option, context) === true : true;
  const { rel, order } = withOrder(visible(input));
  const cell = (name: string, type: KqlType): Expr => {
    const found = rel.columns.find((of) => of.name === name);
    if (!found) return badArgument('schema_merge', `it takes what getschema gives: there is no column ${name}`, node);
    return coerce({ kind: 'column', ...found }, type);
  };
  const rows = project(rel, [
    { name: 'ColumnName', expr: cell('ColumnName', 'string') },
    { name: '$ordinal', expr: cell('ColumnOrdinal', 'long') },
    { name: '$type', expr: cell('ColumnType', 'string') },
    { name: '$at', expr: order },
  ]);
  const width = choose(
    WIDTH.map((type, i) => [equal(own('$type', 'string'), text(type)), long(i + 1)]),
    long(0),
    'long',
  );
  const max = (of: Expr): Expr => aggregateOf('max', of.type, of);
  const min = (of: Expr): Expr => aggregateOf('min', of.type, of);
  const merged = aggregate(
    rows,
    [keep({ name: 'ColumnName', type: 'string' })],
    [
      { name: '$first', expr: min(own('$ordinal', 'long')) },
      { name: '$last', expr: max(own('$ordinal', 'long')) },
      { name: '$types', expr: distinctCount(own('$type', 'string')) },
      { name: '$any', expr: max(own('$type', 'string')) },
      { name: '$narrow', expr: min(width) },
      { name: '$wide', expr: max(width) },
      { name: '$seen', expr: min(own('$at', 'long')) },
    ],
  );
  return numbered(merged, preserve);
};

function numbered(merged: Rel, preserve: boolean): Rel {
  const moved = preserve ? not(equal(own('$first', 'long'), own('$last', 'long'))) : undefined;
  const same = equal(own('$types', 'long'), long(1));
  const numbers = less(long(0), own('$narrow', 'long'));
  const widest = choose(
    WIDTH.map((type, i) => [equal(own('$wide', 'long'), long(i + 1)), text(type)]),
    text(''),
    'string',
  );
  const type = choose(
    [...(moved ? [[moved, text(OUT_OF_ORDER)] as const] : []), [same, own('$any', 'string')], [numbers, widest]],
    text(NO_COMMON_TYPE),
    'string',
  );
  const failed = or([...(moved ? [moved] : []), and([not(same), not(numbers)])]);
  const typed = project(merged, [
    ...merged.columns.map(keep),
    { name: 'ColumnType', expr: type },
    { name: '$failed', expr: failed },
  ]);
  const keys = (['$failed', '$last', '$seen'] as const).map((name) => ({
    expr: own(name, name === '$failed' ? 'bool' : 'long'),
    descending: false,
    nullsFirst: true,
  }));
  const position: Expr = { kind: 'window', type: 'long', name: 'row_number', args: [], partition: [], order: keys };
  const ordinal = call('iff', 'long', own('$failed', 'bool'), long(-1), call('-', 'long', position, long(1)));
  const shown = project(typed, [
    keep({ name: 'ColumnName', type: 'string' }),
    { name: 'ColumnOrdinal', expr: ordinal },
    { name: 'DataType', expr: netType(own('ColumnType', 'string')) },
    keep({ name: 'ColumnType', type: 'string' }),
    ...keys.map(({ expr }, i) => ({ name: `$key${i}`, expr })),
  ]);
  const sorted = sort(
    shown,
    keys.map((key, i) => ({ ...key, expr: own(`$key${i}`, key.expr.type) })),
  );
  return project(sorted, sorted.columns.filter((of) => !of.name.startsWith('$')).map(keep));
}

const netType = (type: Expr): Expr =>
  choose(
    KQL_TYPES.map((name) => [equal(type, text(name)), text(NET_TYPES[name])]),
    call('strcat', 'string', text('ERROR(unknown CSL type:'), type, text(')')),
    'string',
  );

const choose = (cases: readonly (readonly [Expr, Expr])[], otherwise: Expr, type: KqlType): Expr =>
  call('case', type, ...cases.flat(), otherwise);
