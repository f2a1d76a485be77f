import { and, call, or } from '../plan/build.js';
import { conjuncts, disjuncts } from '../plan/conjuncts.js';
import type { Call, Expr, Rel, RelOf } from '../plan/nodes.js';
import { exprKey } from '../plan/same.js';
import { rewrite } from '../plan/walk.js';
import { type KeyRanges, type Keys, keyTest, readKeyTest } from './key-ranges.js';
import type { Rule } from './rule.js';

/**
 * Conditions that say the same in less: tests of one address against several lists become one, `isnotnull(x)` goes where
 * another condition of the filter fails for null anyway, and `x != y` needs no care for nulls where both are known to have a value.
 */
export const conditions: Rule = {
  name: 'conditions',
  apply: (rel) => {
    const filtered = rewrite(rel, { rel: (node) => (node.kind === 'filter' ? simplerFilter(node) : node) });
    return rewrite(filtered, { expr: (node) => (node.kind === 'call' ? simplerCall(node) : node) });
  },
};

function simplerFilter(rel: RelOf<'filter'>): Rel {
  const list = conjuncts(rel.predicate);
  const fewer = simpler(list);
  return fewer.length === list.length && fewer.every((expr, i) => expr === list[i])
    ? rel
    : { ...rel, predicate: and(fewer) };
}

const isCall = <N extends string>(expr: Expr | undefined, name: N): expr is Call & { readonly name: N } =>
  expr?.kind === 'call' && expr.name === name;
const isFalse = (expr: Expr | undefined): boolean => expr?.kind === 'literal' && expr.value === false;

/** `a in L or a in M` is one test; whether a test is null depends on the address alone. */
function simplerCall(expr: Call): Expr {
  if (expr.name === 'or') {
    const list = disjuncts(expr);
    const fewer = joined(list, readKeyTest, keyTest);
    return fewer.length === list.length ? expr : or(fewer);
  }
  if (isCall(expr, 'isnotnull') || isCall(expr, 'isnull')) {
    const test = readKeyTest(expr.args[0]!);
    if (!test) return expr;
    const known = call('address_key_known', 'bool', test.keys.ipv4, test.keys.ipv6);
    return expr.name === 'isnotnull' ? known : call('not', 'bool', known);
  }
  return expr;
}

type Test = NonNullable<ReturnType<typeof readKeyTest>>;

/** Conditions in which tests of the same keys are made one, at the place of the first. */
function joined(
  list: readonly Expr[],
  read: (expr: Expr) => Test | undefined,
  make: (keys: Keys, ranges: KeyRanges) => Expr,
): Expr[] {
  const tests = new Map<string, Test>();
  const places: (Expr | string)[] = [];
  for (const expr of list) {
    const test = read(expr);
    if (!test) {
      places.push(expr);
      continue;
    }
    const key = `${exprKey(test.keys.ipv4)} ${exprKey(test.keys.ipv6)}`;
    const before = tests.get(key);
    if (!before) places.push(key);
    const { ranges } = test;
    tests.set(key, {
      keys: test.keys,
      ranges: {
        ipv4: [...(before?.ranges.ipv4 ?? []), ...ranges.ipv4],
        ipv6: [...(before?.ranges.ipv6 ?? []), ...ranges.ipv6],
      },
    });
  }
  return places.map((place) => {
    if (typeof place !== 'string') return place;
    const { keys, ranges } = tests.get(place)!;
    return make(keys, ranges);
  });
}

/** A filter's conditions: where one is null its row is left out, as where it is false. */
function simpler(list: readonly Expr[]): Expr[] {
  const outside = (expr: Expr): Test | undefined =>
    isCall(expr, '==') && isFalse(expr.args[1])
      ? readKeyTest(expr.args[0]!)
      : isCall(expr, 'not')
        ? readKeyTest(expr.args[0]!)
        : undefined;
  const fewer = joined(list, outside, (keys, ranges) => call('not', 'bool', keyTest(keys, ranges)));
  return withoutNullTests(fewer.length < list.length ? fewer : list);
}

/** Operators that are null or false when an argument is null. */
const REJECT_NULL: ReadonlySet<string> = new Set([
  '==',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'unequal_values',
  'in_values',
]);
/** Operators that answer for null as well, with the forms that need no care for it. */
const PLAIN: Readonly<Record<string, string>> = { '!=': 'unequal_values', in: 'in_values' };

function withoutNullTests(list: readonly Expr[]): Expr[] {
  const tested = new Set(list.flatMap((expr) => (isCall(expr, 'isnotnull') ? [exprKey(expr.args[0]!)] : [])));
  if (tested.size === 0) return [...list];
  const hasValue = (expr: Expr): boolean =>
    expr.type === 'string' || (expr.kind === 'literal' && expr.value !== null) || tested.has(exprKey(widened(expr)));
  const plain = (expr: Expr): Expr => {
    if (isCall(expr, 'not')) return { ...expr, args: expr.args.map(plain) };
    const name = expr.kind === 'call' ? PLAIN[expr.name] : undefined;
    // NaN differs even from itself
    return name && (expr as Call).args.every((arg) => arg.type !== 'real' && hasValue(arg))
      ? { ...(expr as Call), name }
      : expr;
  };
  const changed = list.map(plain);
  const needless = new Set(changed.flatMap(rejectedNulls));
  return changed.filter((expr) => !isCall(expr, 'isnotnull') || !needless.has(exprKey(expr.args[0]!)));
}

/** What can't be null where the condition holds. */
function rejectedNulls(expr: Expr): string[] {
  if (isCall(expr, 'not') && isCall(expr.args[0], 'in_values')) return rejectedNulls(expr.args[0]);
  return expr.kind === 'call' && REJECT_NULL.has(expr.name) ? expr.args.map((arg) => exprKey(widened(arg))) : [];
}

/** The number below a conversion that only widens it. */
const widened = (expr: Expr): Expr => (isCall(expr, 'tolong') && expr.args[0]!.type === 'int' ? expr.args[0]! : expr);
