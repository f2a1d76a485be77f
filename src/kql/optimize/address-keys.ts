import { ipv4PartOf, ipv4Range, ipv6Range } from '../../util/ip.js';
import { constantRanges, ipv4Networks, ipv6Networks, PRIVATE_IPV4 } from '../functions/ip-ranges.js';
import { call, column, keep, literal, long, project } from '../plan/build.js';
import type { Call, Expr, NamedExpr, Rel } from '../plan/nodes.js';
import { rewrite, rewriteExpr } from '../plan/walk.js';
import type { Column } from '../types.js';
import type { OptimizeOptions, Rule } from './rule.js';

/**
 * Tests of addresses against constant ranges become comparisons of the numbers that the store keeps beside an
 * address column: the numbers are carried up from the scan to where the test stands, through projections, unions,
 * groupings, joins, and `coalesce`/`case` of addresses. Where a number is not to be had, the test stays as it was.
 */
export const addressKeys: Rule = {
  name: 'address-keys',
  apply: (rel, options) => rewrite(rel, { rel: (node) => withKeys(node, options) }),
};

/** The functions that have a form on numbers; each gives the test once the keys are known. */
const ON_KEYS: Readonly<Record<string, (expr: Call, keys: Keys) => Expr | undefined>> = {
  ipv4_is_private: (_expr, keys) => ipv4Test(PRIVATE_IPV4, keys),
  ipv4_is_in_any_range: (expr, keys) => ipv4Test(constantRanges(expr.args.slice(1)), keys),
  ipv4_is_in_range: (expr, keys) => ipv4Test(constantRanges(expr.args.slice(1)), keys),
  ipv4_is_match: (expr, keys) =>
    expr.args.length === 2 ? ipv4Test(constantRanges(expr.args.slice(1)), keys) : undefined,
  parse_ipv4: (_expr, keys) => call('ipv4_key_value', 'long', keys.ipv4),
  ipv6_is_in_any_range: (expr, keys) => ipv6Test(constantRanges(expr.args.slice(1)), keys),
  ipv6_is_in_range: (expr, keys) => ipv6Test(constantRanges(expr.args.slice(1)), keys),
};

interface Keys {
  readonly ipv4: Expr;
  readonly ipv6: Expr;
}

const NO_IPV4 = call('no_ipv4_key', 'long');
const NO_IPV6 = call('no_ipv6_key', 'long');

function ipv4Test(texts: readonly string[] | undefined, keys: Keys): Expr | undefined {
  const networks = texts && ipv4Networks(texts);
  if (!networks) return undefined;
  const bounds = networks.map(ipv4Range).flatMap(([first, last]) => [long(first), long(last)]);
  return call('ipv4_key_in', 'bool', keys.ipv4, ...bounds);
}

function ipv6Test(texts: readonly string[] | undefined, keys: Keys): Expr | undefined {
  const networks = texts && ipv6Networks(texts);
  if (!networks) return undefined;
  const ranges = networks.map(ipv6Range);
  const ipv4 = ranges.flatMap((range) => ipv4PartOf(range)?.map((bound) => long(bound)) ?? []);
  const ipv6 = ranges.flat().map((bound) => literal('string', String(bound)));
  return call('address_key_in', 'bool', keys.ipv4, keys.ipv6, long(ipv4.length), ...ipv4, ...ipv6);
}

/** A filter, projection or grouping with its address tests put on numbers, its columns unchanged. */
function withKeys(rel: Rel, options: OptimizeOptions): Rel {
  if (rel.kind !== 'filter' && rel.kind !== 'project' && rel.kind !== 'aggregate') return rel;
  let { input } = rel;
  const change = (expr: Expr): Expr =>
    rewriteExpr(expr, (node) => {
      if (node.kind !== 'call') return node;
      const onKeys = ON_KEYS[node.name];
      const [address] = node.args;
      if (!onKeys || !address) return node;
      const provided = keysOf(address, input, options);
      const test = provided && onKeys(node, provided.keys);
      if (!test) return node;
      input = provided.rel;
      return test;
    });
  const named = (items: readonly NamedExpr[]): NamedExpr[] =>
    items.map((item) => ({ ...item, expr: change(item.expr) }));
  if (rel.kind === 'project') {
    const items = named(rel.items);
    return input === rel.input ? rel : { ...rel, items, input };
  }
  if (rel.kind === 'aggregate') {
    const [groups, aggregates] = [named(rel.groups), named(rel.aggregates)];
    return input === rel.input ? rel : { ...rel, groups, aggregates, input };
  }
  const predicate = change(rel.predicate);
  if (input === rel.input) return rel;
  return project({ ...rel, predicate, input, columns: input.columns }, rel.columns.map(keep));
}

interface Provided {
  readonly rel: Rel;
  readonly keys: Keys;
}

/** The keys of an address expression over `rel`, with `rel` changed to give the columns they need; undefined when there are none. */
function keysOf(expr: Expr, rel: Rel, options: OptimizeOptions): Provided | undefined {
  if (expr.kind === 'column') {
    const changed = provide(rel, expr.name, options);
    return changed && { rel: changed, keys: { ipv4: keyColumn('v4', expr.name), ipv6: keyColumn('v6', expr.name) } };
  }
  if (expr.kind === 'literal') return expr.value === '' ? { rel, keys: { ipv4: NO_IPV4, ipv6: NO_IPV6 } } : undefined;
  if (expr.kind !== 'call') return undefined;
  if (expr.name === 'coalesce')
    return chosen(
      expr.args,
      (i) => (i < expr.args.length - 1 ? call('isnotempty', 'bool', expr.args[i]!) : undefined),
      rel,
      options,
    );
  if (expr.name === 'iff') return chosen(expr.args.slice(1), (i) => (i === 0 ? expr.args[0] : undefined), rel, options);
  if (expr.name === 'case') {
    const values = expr.args.filter((_, i) => i % 2 === 1 || i === expr.args.length - 1);
    return chosen(values, (i) => (i < values.length - 1 ? expr.args[2 * i] : undefined), rel, options);
  }
  return undefined;
}

/** Keys of an expression that picks one of several addresses by conditions. */
function chosen(
  values: readonly Expr[],
  condition: (i: number) => Expr | undefined,
  rel: Rel,
  options: OptimizeOptions,
): Provided | undefined {
  let current = rel;
  const keys: Keys[] = [];
  for (const value of values) {
    const provided = keysOf(value, current, options);
    if (!provided) return undefined;
    current = provided.rel;
    keys.push(provided.keys);
  }
  const pick = (which: keyof Keys): Expr => {
    const args = keys.flatMap((of, i) => [condition(i), of[which]].filter((arg) => arg !== undefined));
    return call('case', 'long', ...args);
  };
  return { rel: current, keys: { ipv4: pick('ipv4'), ipv6: pick('ipv6') } };
}

const keyName = (which: 'v4' | 'v6', name: string): string => `$${which} ${name}`;
const keyColumn = (which: 'v4' | 'v6', name: string): Expr => column({ name: keyName(which, name), type: 'long' });
const keyColumns = (name: string): Column[] => [
  { name: keyName('v4', name), type: 'long' },
  { name: keyName('v6', name), type: 'long' },
];
const has = (rel: Rel, name: string): boolean => rel.columns.some((of) => of.name === name);

/** The table with the hidden key columns of one of its address columns; undefined when they can't be had. */
function provide(rel: Rel, name: string, options: OptimizeOptions): Rel | undefined {
  if (has(rel, keyName('v4', name))) return rel;
  if (!has(rel, name)) return undefined;
  switch (rel.kind) {
    case 'scan':
      return provideScan(rel, name, options);
    case 'filter':
    case 'sort':
    case 'limit':
    case 'distinctOn': {
      const input = provide(rel.input, name, options);
      return input && { ...rel, input, columns: [...rel.columns, ...keyColumns(name)] };
    }
    case 'ordinal': {
      const input = provide(rel.input, name, options);
      return input && { ...rel, input, columns: [...input.columns, { name: rel.name, type: 'long' }] };
    }
    case 'project': {
      const item = rel.items.find((of) => of.name === name);
      const provided = item && keysOf(item.expr, rel.input, options);
      return provided && project(provided.rel, [...rel.items, ...keyItems(name, provided.keys)]);
    }
    case 'aggregate':
      return provideAggregate(rel, name, options);
    case 'join':
      return provideJoin(rel, name, options);
    case 'union':
      return provideUnion(rel, name, options);
    default:
      return undefined;
  }
}

const keyItems = (name: string, keys: Keys): NamedExpr[] => [
  { name: keyName('v4', name), expr: keys.ipv4 },
  { name: keyName('v6', name), expr: keys.ipv6 },
];

function provideScan(rel: Rel & { kind: 'scan' }, name: string, options: OptimizeOptions): Rel | undefined {
  const stored = options.addressKeys?.(rel.table, name);
  if (!stored) return undefined;
  const physical = [stored.ipv4, stored.ipv6]
    .filter((key) => key !== undefined)
    .map((key): Column => ({ name: key, type: 'long' }));
  const scan: Rel = { ...rel, columns: [...rel.columns, ...physical.filter((of) => !has(rel, of.name))] };
  const key = (of: string | undefined, none: Expr): Expr =>
    of === undefined ? none : column({ name: of, type: 'long' });
  return project(scan, [
    ...rel.columns.map(keep),
    ...keyItems(name, { ipv4: key(stored.ipv4, NO_IPV4), ipv6: key(stored.ipv6, NO_IPV6) }),
  ]);
}

/** A grouped address has one key in its group. */
function provideAggregate(rel: Rel & { kind: 'aggregate' }, name: string, options: OptimizeOptions): Rel | undefined {
  const group = rel.groups.find((of) => of.name === name);
  const provided = group && keysOf(group.expr, rel.input, options);
  if (!provided) return undefined;
  const any = (expr: Expr): Expr => ({ kind: 'aggregate', type: 'long', name: 'take_any', args: [expr] });
  const aggregates = [
    ...rel.aggregates,
    ...keyItems(name, { ipv4: any(provided.keys.ipv4), ipv6: any(provided.keys.ipv6) }),
  ];
  return { ...rel, input: provided.rel, aggregates, columns: [...rel.columns, ...keyColumns(name)] };
}

function provideJoin(rel: Rel & { kind: 'join' }, name: string, options: OptimizeOptions): Rel | undefined {
  const item = rel.items.find((of) => of.name === name);
  const side = item && provide(rel[item.side], item.source, options);
  if (!side) return undefined;
  const added = (['v4', 'v6'] as const).map((which) => ({
    name: keyName(which, name),
    side: item.side,
    source: keyName(which, item.source),
  }));
  return { ...rel, [item.side]: side, items: [...rel.items, ...added], columns: [...rel.columns, ...keyColumns(name)] };
}

function provideUnion(rel: Rel & { kind: 'union' }, name: string, options: OptimizeOptions): Rel | undefined {
  const at = rel.columns.findIndex((of) => of.name === name);
  const inputs: Rel[] = [];
  for (const input of rel.inputs) {
    const own = input.columns[at]!.name;
    const provided = provide(input, own, options);
    if (!provided) return undefined;
    inputs.push(
      project(provided, [
        ...input.columns.map(keep),
        ...keyItems(name, { ipv4: keyColumn('v4', own), ipv6: keyColumn('v6', own) }),
      ]),
    );
  }
  return { ...rel, inputs, columns: [...rel.columns, ...keyColumns(name)] };
}
