import { listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { call, column, extend, keep, project, text } from '../../plan/build.js';
import type { JsonValue } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { schemaColumns } from '../schema-clause.js';
import type { LowerOperator } from './operator.js';

const PAIRS = '$pairs';

/** `parse-kv text as (key:type, …) with (pair_delimiter=…, kv_delimiter=…, quote=…, escape=…, greedy=…, regex=…)`. */
export const lowerParseKv: LowerOperator = (node, input, context) => {
  const keys = schemaColumns(node.Keys);
  const options = optionsOf(listOf(node.WithClause?.Properties), context);
  const value = coerce(lowerExpr(node.Expression, context), 'string');
  const settings = text(JSON.stringify({ ...options, keys: keys.map((of) => of.name) }));
  const grouped = extend(input, [{ name: PAIRS, expr: call('parse_kv', 'dynamic', value, settings) }]);
  const pairs = column({ name: PAIRS, type: 'dynamic' });
  const made = extend(
    grouped,
    keys.map((of) => ({ name: of.name, expr: coerce(call('[]', 'dynamic', pairs, text(of.name)), of.type) })),
  );
  return project(made, made.columns.filter((of) => of.name !== PAIRS).map(keep));
};

function optionsOf(properties: readonly SyntaxNode[], context: Context): Record<string, JsonValue> {
  return Object.fromEntries(
    properties.map((property) => {
      const value = lowerExpr(property.Expression, context);
      if (value.kind !== 'literal') return badArgument('parse-kv', 'its options must be constants', property);
      return [nameOf(property.Name), value.value as JsonValue];
    }),
  );
}
