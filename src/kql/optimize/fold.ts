import { and, bool, literal, or, text } from '../plan/build.js';
import type { AggregateCall, Call, Expr, Literal } from '../plan/nodes.js';
import { rewriteExpr } from '../plan/walk.js';

/** The expression with what is known of constants worked out: only where nothing but texts, conditions and choices is involved. */
export const folded = (expr: Expr): Expr =>
  rewriteExpr(expr, (node) =>
    node.kind === 'call' ? (FOLD[node.name]?.(node) ?? node) : node.kind === 'aggregate' ? foldedAggregate(node) : node,
  );

type Fold = (expr: Call) => Expr | undefined;

const isLiteral = (expr: Expr | undefined): expr is Literal => expr?.kind === 'literal';
const isTrue = (expr: Expr): boolean => isLiteral(expr) && expr.value === true;
/** Where a condition decides, null counts as false. */
const isNever = (expr: Expr): boolean => isLiteral(expr) && expr.type === 'bool' && expr.value !== true;
const isNothing = (expr: Expr): boolean =>
  isLiteral(expr) && (expr.type === 'string' ? expr.value === '' : expr.value === null);
const textOf = (expr: Expr | undefined): string | undefined =>
  isLiteral(expr) && expr.type === 'string' ? String(expr.value ?? '') : undefined;

/** Whether a constant is empty; dynamic values have their own idea of it. */
const emptiness =
  (wanted: boolean): Fold =>
  ({ args: [arg] }) =>
    isLiteral(arg) && arg.type !== 'dynamic' ? bool(isNothing(arg) === wanted) : undefined;
const nullness =
  (wanted: boolean): Fold =>
  ({ args: [arg] }) =>
    isLiteral(arg) ? bool((arg.type !== 'string' && arg.value === null) === wanted) : undefined;

/** Two constant texts, compared. */
const compared =
  (test: (a: string, b: string) => boolean | undefined): Fold =>
  ({ args: [a, b] }) => {
    const [left, right] = [textOf(a), textOf(b)];
    const result = left === undefined || right === undefined ? undefined : test(left, right);
    return result === undefined ? undefined : bool(result);
  };
/** An empty text holds nothing but an empty text. */
const heldBy = compared((whole, part) => (whole === '' && part !== '' ? false : undefined));

const FOLD: Readonly<Record<string, Fold>> = {
  isempty: emptiness(true),
  isnotempty: emptiness(false),
  isnull: nullness(true),
  isnotnull: nullness(false),
  not: ({ args: [arg] }) => (isLiteral(arg) && typeof arg.value === 'boolean' ? bool(!arg.value) : undefined),
  and: ({ args }) => {
    if (args.some((arg) => isLiteral(arg) && arg.value === false)) return bool(false);
    const left = args.filter((arg) => !isTrue(arg));
    return left.length < args.length ? and(left) : undefined;
  },
  or: ({ args }) => {
    if (args.some(isTrue)) return bool(true);
    const left = args.filter((arg) => !isLiteral(arg) || arg.value !== false);
    return left.length < args.length ? or(left) : undefined;
  },
  '==': compared((a, b) => a === b),
  '!=': compared((a, b) => a !== b),
  '=~': compared((a, b) => (a === b ? true : a === '' || b === '' ? false : undefined)),
  contains: heldBy,
  contains_cs: heldBy,
  startswith: heldBy,
  startswith_cs: heldBy,
  endswith: heldBy,
  endswith_cs: heldBy,
  has: heldBy,
  has_cs: heldBy,
  in: ({ args: [value, ...options] }) => {
    const [own, texts] = [textOf(value), options.map(textOf)];
    return own === undefined || texts.includes(undefined) ? undefined : bool(texts.includes(own));
  },
  iff: ({ args: [condition, yes, no] }) => (isTrue(condition!) ? yes : isNever(condition!) ? no : undefined),
  case: foldedCase,
  coalesce: foldedCoalesce,
  tolower: ({ args: [arg] }) => (textOf(arg) === '' ? text('') : undefined),
  toupper: ({ args: [arg] }) => (textOf(arg) === '' ? text('') : undefined),
};

/** Branches that are never taken go; the first that always is becomes the rest. */
function foldedCase(expr: Call): Expr | undefined {
  const args: Expr[] = [];
  let otherwise = expr.args.at(-1)!;
  for (let i = 0; i + 1 < expr.args.length; i += 2) {
    const [condition, value] = [expr.args[i]!, expr.args[i + 1]!];
    if (isTrue(condition)) {
      otherwise = value;
      break;
    }
    if (!isNever(condition)) args.push(condition, value);
  }
  if (args.length === 0) return otherwise;
  return args.length + 1 < expr.args.length ? { ...expr, args: [...args, otherwise] } : undefined;
}

function foldedCoalesce(expr: Call): Expr | undefined {
  const some = expr.args.filter((arg) => !isNothing(arg));
  const sure = some.findIndex(isLiteral);
  const args = sure < 0 ? some : some.slice(0, sure + 1);
  if (args.length === 0) return expr.args[0];
  if (args.length === 1) return args[0];
  return args.length < expr.args.length ? { ...expr, args } : undefined;
}

/** What aggregates give whose condition never holds. */
const OF_NOTHING: Readonly<Record<string, Literal>> = {
  countif: literal('long', 0n),
  dcountif: literal('long', 0n),
  count_distinctif: literal('long', 0n),
  make_set_if: literal('dynamic', []),
  make_list_if: literal('dynamic', []),
};

function foldedAggregate(expr: AggregateCall): Expr {
  const nothing = OF_NOTHING[expr.name];
  const condition = expr.name === 'countif' ? expr.args[0] : expr.args[1];
  return nothing && condition && isNever(condition) ? nothing : expr;
}
