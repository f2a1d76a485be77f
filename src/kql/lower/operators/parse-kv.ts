import { readRegex } from '../../functions/regex.js';
import { listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { call, column, extend, keep, project, text } from '../../plan/build.js';
import type { JsonValue } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { schemaColumns } from '../schema-clause.js';
import type { LowerOperator } from './operator.js';

const PAIRS = '$pairs';

/** `parse-kv text as (key:type, …) with (pair_delimiter=…, kv_delimiter=…, quote=…, escape=…, greedy=…, regex=…)`; quote and escape can be repeated. */
export const lowerParseKv: LowerOperator = (node, input, context) => {
  const keys = schemaColumns(node.Keys);
  const options = optionsOf(listOf(node.WithClause?.Properties), context);
  const all = (name: string): JsonValue[] => options.flatMap((of) => (of.name === name ? [of.value] : []));
  const regex = options.find((of) => of.name === 'regex');
  if (regex && readRegex(String(regex.value)).groups.length !== 2)
    return badArgument('parse-kv', 'its regex has two groups, the key and the value', regex.node);
  const settings = {
    ...Object.fromEntries(options.map((of) => [of.name, of.value])),
    keys: keys.map((of) => of.name),
    quotes: all('quote'),
    escapes: all('escape'),
    paired: regex !== undefined,
  };
  const value = coerce(lowerExpr(node.Expression, context), 'string');
  const read = regex ? coerce(call('extract_all', 'dynamic', text(String(regex.value)), value), 'string') : value;
  const grouped = extend(input, [
    { name: PAIRS, expr: call('parse_kv', 'dynamic', read, text(JSON.stringify(settings))) },
  ]);
  const pairs = column({ name: PAIRS, type: 'dynamic' });
  const made = extend(
    grouped,
    keys.map((of) => ({ name: of.name, expr: coerce(call('[]', 'dynamic', pairs, text(of.name)), of.type) })),
  );
  return project(made, made.columns.filter((of) => of.name !== PAIRS).map(keep));
};

interface Option {
  readonly name: string;
  readonly value: JsonValue;
  readonly node: SyntaxNode;
}

const optionsOf = (properties: readonly SyntaxNode[], context: Context): Option[] =>
  properties.map((node) => {
    const value = lowerExpr(node.Expression, context);
    if (value.kind !== 'literal') return badArgument('parse-kv', 'its options must be constants', node);
    return { name: nameOf(node.Name), value: value.value as JsonValue, node };
  });
