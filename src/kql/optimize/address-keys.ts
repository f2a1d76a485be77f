import { ipv4PartOf, ipv4Range, ipv6Range } from '../../util/ip.js';
import { constantRanges, ipv4Networks, ipv6Networks, PRIVATE_IPV4 } from '../functions/ip-ranges.js';
import { call, keep, project } from '../plan/build.js';
import type { Call, Expr, NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import { rewrite, rewriteExpr } from '../plan/walk.js';
import { type Provided, provide, type Search } from './key-columns.js';
import { type Keys, keyTest, NO_IPV6, NO_KEYS, type Range } from './key-ranges.js';
import type { Rule } from './rule.js';

/**
 * Tests of addresses against constant ranges become comparisons of the numbers that the store keeps beside an
 * address column: the numbers are carried up from the scan to where the test stands, through projections, unions,
 * groupings and joins. A test of one of several addresses (`iff`, `case`, `coalesce`) is made of the tests of each.
 * Where a number is not to be had, the test stays as it was.
 */
export const addressKeys: Rule = {
  name: 'address-keys',
  apply: (rel, options) => {
    const search: Search = { options, shared: new Map(), keysOf };
    const changed = rewrite(rel, { rel: (node) => withKeys(node, search) });
    return rewrite(changed, { rel: (node) => (node.kind === 'shared' ? withAllKeys(node, search) : node) });
  },
};

/** Wherever a shared table is read it is the same one, with all the keys that some reader asked for; each reader sees those it asked for. */
function withAllKeys(rel: RelOf<'shared'>, { shared }: Search): Rel {
  const input = shared.get(rel.id);
  if (!input) return rel;
  const whole: Rel = { ...rel, input, columns: input.columns };
  return rel.columns.length === whole.columns.length ? whole : project(whole, rel.columns.map(keep));
}

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

function ipv4Test(texts: readonly string[] | undefined, keys: Keys): Expr | undefined {
  const networks = texts && ipv4Networks(texts);
  if (!networks) return undefined;
  const ipv4 = networks.map((of): Range => ipv4Range(of).map(BigInt) as [bigint, bigint]);
  return keyTest({ ...keys, ipv6: NO_IPV6 }, { ipv4, ipv6: [] });
}

function ipv6Test(texts: readonly string[] | undefined, keys: Keys): Expr | undefined {
  const networks = texts && ipv6Networks(texts);
  if (!networks) return undefined;
  const ipv6 = networks.map(ipv6Range);
  const ipv4 = ipv6.flatMap((range) => {
    const part = ipv4PartOf(range);
    return part ? [part.map(BigInt) as [bigint, bigint]] : [];
  });
  return keyTest(keys, { ipv4, ipv6 });
}

/** A filter, projection or grouping with its address tests put on numbers, its columns unchanged. */
function withKeys(rel: Rel, search: Search): Rel {
  if (rel.kind !== 'filter' && rel.kind !== 'project' && rel.kind !== 'aggregate') return rel;
  let { input } = rel;
  const change = (expr: Expr): Expr =>
    rewriteExpr(expr, (node) => {
      const onKeys = node.kind === 'call' ? ON_KEYS[node.name] : undefined;
      if (!onKeys || node.kind !== 'call') return node;
      const tested = testOf(node.args[0]!, input, (keys) => onKeys(node, keys), search);
      if (!tested) return node;
      input = tested.rel;
      return tested.test;
    });
  const named = (items: readonly NamedExpr[]): NamedExpr[] =>
    items.map((item) => ({ ...item, expr: change(item.expr) }));
  if (rel.kind === 'project') {
    const items = named(rel.items);
    return { ...rel, items, input };
  }
  if (rel.kind === 'aggregate') {
    const [groups, aggregates] = [named(rel.groups), named(rel.aggregates)];
    return { ...rel, groups, aggregates, input };
  }
  const predicate = change(rel.predicate);
  if (input === rel.input) return predicate === rel.predicate ? rel : { ...rel, predicate };
  return project({ ...rel, predicate, input, columns: input.columns }, rel.columns.map(keep));
}

interface Tested {
  readonly rel: Rel;
  readonly test: Expr;
}

/**
 * What `make` gives for the keys of an address expression over `rel`, with `rel` changed to have the columns they need;
 * undefined when there are none.
 */
function testOf(expr: Expr, rel: Rel, make: (keys: Keys) => Expr | undefined, search: Search): Tested | undefined {
  const made = (provided: Provided | undefined): Tested | undefined => {
    const test = provided && make(provided.keys);
    return test && { rel: provided.rel, test };
  };
  if (expr.kind === 'column') return made(provide(rel, expr.name, search));
  if (expr.kind === 'literal') return expr.value === '' ? made({ rel, keys: NO_KEYS }) : undefined;
  const choice = expr.kind === 'call' ? CHOICES[expr.name]?.(expr.args) : undefined;
  if (!choice) return undefined;
  let current = rel;
  const args: Expr[] = [];
  for (const { value, condition } of choice) {
    const tested = testOf(value, current, make, search);
    if (!tested) return undefined;
    current = tested.rel;
    args.push(...(condition ? [condition] : []), tested.test);
  }
  return { rel: current, test: call('case', args.at(-1)!.type, ...args) };
}

/** Functions that pick one of several values: each value with the condition for which it is taken, the last one without. */
const CHOICES: Readonly<
  Record<string, (args: readonly Expr[]) => readonly { readonly value: Expr; readonly condition?: Expr }[]>
> = {
  iff: ([condition, yes, no]) => [{ value: yes!, condition: condition! }, { value: no! }],
  case: (args) =>
    args.flatMap((value, i) =>
      i === args.length - 1 ? [{ value }] : i % 2 === 1 ? [{ value, condition: args[i - 1]! }] : [],
    ),
  coalesce: (args) =>
    args.map((value, i) =>
      i === args.length - 1 ? { value } : { value, condition: call('isnotempty', 'bool', value) },
    ),
};

/** The keys themselves, for a column that is carried further up. */
function keysOf(expr: Expr, rel: Rel, search: Search): Provided | undefined {
  const ipv4 = testOf(expr, rel, (keys) => keys.ipv4, search);
  const ipv6 = ipv4 && testOf(expr, ipv4.rel, (keys) => keys.ipv6, search);
  return ipv6 && { rel: ipv6.rel, keys: { ipv4: ipv4.test, ipv6: ipv6.test } };
}
