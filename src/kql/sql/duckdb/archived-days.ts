import { TICKS_PER_DAY } from '../../../util/ticks.js';
import { scalarFunction } from '../../functions/index.js';
import { conjuncts } from '../../plan/conjuncts.js';
import type { Call, Expr } from '../../plan/nodes.js';
import { someExpr } from '../../plan/walk.js';
import { type ExprScope, printExpr } from './expr.js';

/** A relation whose older rows are kept by day, each day apart. */
export interface DayParts {
  /** The logical column that says to which day a row belongs, and SQL for it. */
  readonly time: string;
  readonly timeSql: string;
  /** SQL for the ticks of a part's day, the same for all of its rows; null for rows of no part. */
  readonly daySql: string;
}

/** A bound on the time, said of the day: its first moment for an upper one, its last for a lower one. */
const BOUNDS: Readonly<Record<string, 'first' | 'last'>> = { '<': 'first', '<=': 'first', '>': 'last', '>=': 'last' };
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** Conditions that follow from a predicate and keep whole parts from being read: those that bound the time by what is no column. */
export function dayConditions(predicate: Expr, parts: DayParts, scope: ExprScope): string[] {
  if (scope.column(parts.time) !== parts.timeSql) return [];
  const edge = { first: parts.daySql, last: `${parts.daySql} + ${TICKS_PER_DAY - 1n}` };
  return conjuncts(predicate).flatMap((expr) =>
    boundsOf(expr, parts.time).map(({ name, bound }) => {
      const day = edge[BOUNDS[name]!];
      return `(${parts.daySql} IS NULL OR ${day} ${name} ${printExpr(bound, scope)})`;
    }),
  );
}

interface Bound {
  /** A comparison that the time stands left of. */
  readonly name: string;
  readonly bound: Expr;
}

function boundsOf(expr: Expr, time: string): Bound[] {
  if (expr.kind !== 'call') return [];
  return readBounds(expr, time).filter(({ bound }) => bound.type === 'datetime' && isFixed(bound));
}

function readBounds({ name, args }: Call, time: string): Bound[] {
  const [left, right, upper] = args;
  const isTime = (arg: Expr | undefined): boolean => arg?.kind === 'column' && arg.name === time && !arg.side;
  const both = (from: Expr, to: Expr): Bound[] => [
    { name: '>=', bound: from },
    { name: '<=', bound: to },
  ];
  if (name === 'between') return isTime(left) ? both(right!, upper!) : [];
  if (name === '==') return isTime(left) ? both(right!, right!) : isTime(right) ? both(left!, left!) : [];
  if (!(name in BOUNDS)) return [];
  if (isTime(left)) return [{ name, bound: right! }];
  return isTime(right) ? [{ name: MIRRORED[name]!, bound: left! }] : [];
}

/** Whether it is the same for all rows, and each time it is computed. */
const isFixed = (expr: Expr): boolean =>
  !someExpr(expr, (node) =>
    node.kind === 'call' ? scalarFunction(node.name)?.volatile === true : node.kind !== 'literal',
  );
