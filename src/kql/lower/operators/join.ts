import { kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { filter, project } from '../../plan/build.js';
import type { Expr, Join, JoinItem, JoinKind, Rel } from '../../plan/nodes.js';
import { isHidden } from '../../plan/order.js';
import { coerce, commonType } from '../coerce.js';
import { badArgument, type Context, unsupported } from '../context.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** Kusto's kinds: the join they come to, and whether the sides are swapped or the left made unique first. */
const KINDS: Readonly<Record<string, { join: JoinKind; unique?: true; swap?: true }>> = {
  innerunique: { join: 'inner', unique: true },
  inner: { join: 'inner' },
  leftouter: { join: 'leftouter' },
  rightouter: { join: 'rightouter' },
  fullouter: { join: 'fullouter' },
  leftsemi: { join: 'leftsemi' },
  leftanti: { join: 'leftanti' },
  leftantisemi: { join: 'leftanti' },
  anti: { join: 'leftanti' },
  rightsemi: { join: 'leftsemi', swap: true },
  rightanti: { join: 'leftanti', swap: true },
  rightantisemi: { join: 'leftanti', swap: true },
};

/** `join kind=… (right) on keys`; without a kind it is `innerunique`. */
export const lowerJoin: LowerOperator = (node, input, context) => {
  const parameter = parametersOf(node).get('kind');
  const kindName = parameter ? textOf(parameter).toLowerCase() : 'innerunique';
  const kind = KINDS[kindName];
  if (!kind) return unsupported(`join kind=${kindName}`, parameter ?? node);
  const right = visible(lowerPipe(node.Expression, { session: context.session, scope: context.scope }));
  const left = visible(input);
  if (kindOf(node.ConditionClause ?? node) === 'JoinWhereClause') {
    if (kindName !== 'inner') return unsupported(`join kind=${kindName} with where`, node.ConditionClause);
    const pairs = joined('cross', left, right, []);
    const row = { columns: pairs.columns };
    return filter(pairs, coerce(lowerExpr(node.ConditionClause.Expression, { ...context, row }), 'bool'));
  }
  const keys = joinKeys(node.ConditionClause, left, right, context);
  if (kind.swap) {
    return joined(
      kind.join,
      right,
      left,
      keys.map((key) => ({ left: swapSide(key.right), right: swapSide(key.left) })),
    );
  }
  const source: Rel = kind.unique
    ? { kind: 'distinctOn', input: left, keys: keys.map((key) => withoutSide(key.left)), columns: left.columns }
    : left;
  return joined(kind.join, source, right, keys);
};

type Keys = Join['keys'];

/** The join node with Kusto's output columns: the left's, then the right's renamed where the name is taken. */
export function joined(
  joinKind: JoinKind,
  left: Rel,
  right: Rel,
  keys: Keys,
  dropRight: ReadonlySet<string> = new Set(),
): Join {
  const oneSided = joinKind === 'leftsemi' || joinKind === 'leftanti';
  const names = new Set(left.columns.map((of) => of.name));
  const items: JoinItem[] = left.columns.map((of) => ({ name: of.name, side: 'left', source: of.name }));
  const columns = [...left.columns];
  for (const of of oneSided ? [] : right.columns.filter((each) => !dropRight.has(each.name))) {
    const name = freeName(of.name, names);
    names.add(name);
    items.push({ name, side: 'right', source: of.name });
    columns.push({ name, type: of.type });
  }
  return { kind: 'join', joinKind, left, right, keys, items, columns };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let n = 1;
  while (taken.has(`${name}${n}`)) n++;
  return `${name}${n}`;
}

/** The table without hidden columns: an order does not survive a join. */
export const visible = (rel: Rel): Rel => {
  const columns = rel.columns.filter((of) => !isHidden(of.name));
  return columns.length === rel.columns.length
    ? rel
    : project(
        rel,
        columns.map((of) => ({ name: of.name, expr: { kind: 'column', ...of } })),
      );
};

/** Keys of `on a, $left.b == $right.c and …`. */
export function joinKeys(clause: SyntaxNode | null | undefined, left: Rel, right: Rel, context: Context): Keys {
  const conditions = clause?.Expressions
    ? listOf(clause.Expressions)
    : clause?.Expression
      ? [clause.Expression as SyntaxNode]
      : [];
  return conditions.flatMap((condition) => conditionKeys(condition, left, right, context));
}

function conditionKeys(node: SyntaxNode, left: Rel, right: Rel, context: Context): Keys[number][] {
  const kind = kindOf(node);
  if (kind === 'ParenthesizedExpression') return conditionKeys(node.Expression, left, right, context);
  if (kind === 'AndExpression') {
    return [...conditionKeys(node.Left, left, right, context), ...conditionKeys(node.Right, left, right, context)];
  }
  if (kind === 'NameReference') return [sameName(node, left, right)];
  if (kind !== 'EqualExpression')
    return badArgument('join', `the condition must be equalities, not ${textOf(node)}`, node);
  const row = { columns: left.columns, right: right.columns };
  const sides = [lowerExpr(node.Left, { ...context, row }), lowerExpr(node.Right, { ...context, row })];
  const leftKey = sides.find((expr) => sideOf(expr) === 'left');
  const rightKey = sides.find((expr) => sideOf(expr) === 'right');
  if (!leftKey || !rightKey) return badArgument('join', 'each equality must compare $left with $right', node);
  return [typedKey(leftKey, rightKey)];
}

function sameName(node: SyntaxNode, left: Rel, right: Rel): Keys[number] {
  const name = nameOf(node);
  const a = left.columns.find((of) => of.name === name);
  const b = right.columns.find((of) => of.name === name);
  if (!a || !b) return badArgument(name, `the ${a ? 'right' : 'left'} side of the join has no such column`, node);
  return typedKey({ kind: 'column', ...a, side: 'left' }, { kind: 'column', ...b, side: 'right' });
}

function typedKey(left: Expr, right: Expr): Keys[number] {
  const type = commonType([left.type, right.type]);
  return { left: coerce(left, type), right: coerce(right, type) };
}

function sideOf(expr: Expr): 'left' | 'right' | undefined {
  if (expr.kind === 'column') return expr.side;
  return expr.kind === 'call' ? expr.args.map(sideOf).find((side) => side !== undefined) : undefined;
}

const mapColumns = (expr: Expr, change: (of: Expr & { kind: 'column' }) => Expr): Expr =>
  expr.kind === 'column'
    ? change(expr)
    : expr.kind === 'call'
      ? { ...expr, args: expr.args.map((arg) => mapColumns(arg, change)) }
      : expr;
const withoutSide = (expr: Expr): Expr => mapColumns(expr, ({ type, name }) => ({ kind: 'column', type, name }));
const swapSide = (expr: Expr): Expr =>
  mapColumns(expr, (of) => ({ ...of, side: of.side === 'left' ? 'right' : 'left' }));
