import { kindOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate, call, column, keep, literal, project, text } from '../../plan/build.js';
import type { Expr, JsonValue, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce, commonType } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { given } from './arguments.js';
import type { LowerPlugin } from './plugin.js';
import { knownColumns } from './probe.js';

interface Options {
  readonly prefix: string;
  readonly conflict: string;
  readonly ignored: readonly string[];
}

/** `bag_unpack(column [, prefix] [, columnsConflict] [, ignoredProperties]) [: (schema)]`: a column for each property of a bag. */
export const lowerBagUnpack: LowerPlugin = (node, args, input, context) => {
  const [bagNode] = args;
  if (!bagNode || kindOf(bagNode) !== 'NameReference')
    return badArgument('bag_unpack', 'it takes the name of a dynamic column', node);
  const bag =
    input.columns.find((of) => of.name === nameOf(bagNode)) ??
    badArgument(nameOf(bagNode), 'the table has no such column', bagNode);
  const options = optionsOf(args.slice(1), context);
  const kept = input.columns.filter((of) => of.name !== bag.name);
  const known = knownColumns(
    node,
    { rel: properties(input, bag), columns: (rows) => declared(rows, bag, kept, options), keepsInput: true },
    context,
  );
  const taken = new Set(known.columns.map((of) => of.name));
  const own = known.keepsInput || taken.size === 0 ? kept.filter((of) => !taken.has(of.name)) : [];
  return project(input, [...own.map(keep), ...known.columns.map((of) => unpacked(of, bag, kept, options))]);
};

function unpacked(of: Column, bag: Column, kept: readonly Column[], { prefix, conflict }: Options): NamedExpr {
  const source = kept.find((each) => each.name === of.name);
  const name = prefix && of.name.startsWith(prefix) ? of.name.slice(prefix.length) : of.name;
  if (source && conflict !== 'replace_source') return keep(source);
  return { name: of.name, expr: coerce(call('[]', 'dynamic', coerce(column(bag), 'dynamic'), text(name)), of.type) };
}

/** Each property's name with each type its values have. */
function properties(input: Rel, bag: Column): Rel {
  const pair: Expr = { kind: 'column', type: 'dynamic', name: '$pair' };
  const pairs: Rel = {
    kind: 'expand',
    input: project(input, [keep(bag)]),
    items: [{ name: '$pair', expr: coerce(column(bag), 'dynamic'), type: 'dynamic', pairs: true }],
    columns: [bag, { name: '$pair', type: 'dynamic' }],
  };
  const at = (i: bigint): Expr => call('[]', 'dynamic', pair, literal('long', i));
  const named = project(pairs, [
    { name: 'name', expr: coerce(at(0n), 'string') },
    { name: 'type', expr: call('gettype', 'string', at(1n)) },
  ]);
  return aggregate(named, named.columns.map(keep), []);
}

const JSON_TYPES: Readonly<Record<string, Column['type']>> = {
  long: 'long',
  int: 'long',
  double: 'real',
  real: 'real',
  bool: 'bool',
  string: 'string',
  datetime: 'datetime',
  timespan: 'timespan',
};

/** The columns of the bag's properties by name; one named as the bag itself takes its place. */
function declared(
  rows: readonly (readonly unknown[])[],
  bag: Column,
  kept: readonly Column[],
  { prefix, conflict, ignored }: Options,
): Column[] {
  const types = new Map<string, Set<string>>();
  for (const [name, type] of rows) {
    if (name === null || name === '' || ignored.includes(String(name))) continue;
    types.set(String(name), (types.get(String(name)) ?? new Set()).add(String(type)));
  }
  const taken = new Set(kept.map((of) => of.name));
  const before = (a: string, b: string): number => Number(b === bag.name) - Number(a === bag.name) || (a < b ? -1 : 1);
  return [...types]
    .sort(([a], [b]) => before(`${prefix}${a}`, `${prefix}${b}`))
    .flatMap(([name, found]) => {
      const full = `${prefix}${name}`;
      if (taken.has(full) && conflict !== 'replace_source') {
        if (conflict === 'keep_source') return [];
        return badArgument('bag_unpack', `the column ${full} exists already; give a prefix or columnsConflict`, {
          start: 0,
          length: 0,
        });
      }
      const known = [...found].filter((type) => type !== 'null').map((type) => JSON_TYPES[type] ?? 'dynamic');
      const same = new Set(known);
      const numbers = [...same].every((type) => type === 'long' || type === 'real');
      return [
        {
          name: full,
          type: known.length === 0 ? 'dynamic' : same.size === 1 || numbers ? commonType(known) : 'dynamic',
        },
      ];
    });
}

function optionsOf(args: readonly SyntaxNode[], context: Context): Options {
  const value = (node: SyntaxNode): JsonValue => {
    const expr = lowerExpr(node, context);
    return expr.kind === 'literal' ? (expr.value as JsonValue) : null;
  };
  const { positional: places, named: names } = given(args);
  const named = new Map([...names].map(([name, of]) => [name, value(of)]));
  const positional = places.map(value);
  const ignored = named.get('ignoredProperties') ?? positional[2];
  return {
    prefix: String(named.get('OutputColumnPrefix') ?? positional[0] ?? ''),
    conflict: String(named.get('columnsConflict') ?? positional[1] ?? 'error'),
    ignored: Array.isArray(ignored) ? (ignored as JsonValue[]).map(String) : [],
  };
}
