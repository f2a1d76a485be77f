import type { SyntaxNode } from '../../parse/syntax.js';
import { call, column, literal } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { joined, visible } from '../operators/join.js';
import { lowerExpr } from '../recurse.js';
import { columnOf, constantOf, given, literalOf, tableArgument } from './arguments.js';
import { atMost } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

/** `geo_polygon_lookup(Table, polygon, longitude, latitude [, radius] [, return_unmatched] [, lookup_area_radius] [, return_lookup_key])` */
export const lowerGeoPolygonLookup: LowerPlugin = (node, args, input, context) =>
  geoLookup('geo_polygon_lookup', node, args, input, context);

/** `geo_line_lookup(Table, line, longitude, latitude, radius [, …])`: the rows of Table whose line is that near. */
export const lowerGeoLineLookup: LowerPlugin = (node, args, input, context) =>
  geoLookup('geo_line_lookup', node, args, input, context);

/** Places in the order of the signature; `lookup_area_radius` only makes the engine's own search faster. */
const OPTIONS = ['radius', 'return_unmatched', 'lookup_area_radius', 'return_lookup_key'];

function geoLookup(
  plugin: 'geo_polygon_lookup' | 'geo_line_lookup',
  node: SyntaxNode,
  args: readonly SyntaxNode[],
  input: Rel,
  context: Context,
): Rel {
  const { positional, named } = given(args);
  const table = tableArgument(positional[0], context);
  if (!table) return badArgument(plugin, 'it takes a table, its column of shapes, a longitude and a latitude', node);
  const [left, right] = [visible(input), visible(table)];
  const shape = columnOf(plugin, positional[1], right, node);
  const option = (name: string): SyntaxNode | undefined => named.get(name) ?? positional[4 + OPTIONS.indexOf(name)];
  const isSet = (name: string): boolean => {
    const of = option(name);
    return of !== undefined && literalOf(plugin, of, context) === true;
  };
  const radius = option('radius');
  const row = { ...context, row: { columns: left.columns } };
  const degrees = positional.slice(2, 4).map((of) => onLeft(coerce(lowerExpr(of, row), 'real')));
  const condition = near(plugin, degrees, shape, radius && constantOf(radius, context, 'real'), node);
  const kind = isSet('return_unmatched') ? 'leftouter' : 'inner';
  return {
    ...joined(kind, left, right, [], isSet('return_lookup_key') ? new Set() : new Set([shape.name])),
    condition,
  };
}

function near(
  plugin: string,
  degrees: readonly Expr[],
  shape: Column,
  radius: Expr | undefined,
  node: SyntaxNode,
): Expr {
  const target = coerce(column(shape, 'right'), 'dynamic');
  if (plugin === 'geo_line_lookup') {
    if (!radius) return badArgument(plugin, 'it takes a radius', node);
    return atMost(call('geo_distance_point_to_line', 'real', ...degrees, target), radius);
  }
  const within = call('geo_point_in_polygon', 'bool', ...degrees, target);
  if (!radius) return call('coalesce', 'bool', within, literal('bool', false));
  return atMost(call('geo_distance_point_to_polygon', 'real', ...degrees, target), radius);
}

/** A column of the piped table as the join sees it. */
const onLeft = (expr: Expr): Expr =>
  expr.kind === 'column'
    ? { ...expr, side: 'left' }
    : expr.kind === 'call'
      ? { ...expr, args: expr.args.map(onLeft) }
      : expr;
