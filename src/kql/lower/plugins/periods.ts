import { kindOf, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate, and, call, filter, literal, or } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { constantOf, literalOf } from './arguments.js';
import { atLeast, atMost, distance, distanceType, earlier, equal, later, less, own } from './arithmetic.js';

/** A timeline cut into periods: equal steps from a start, or calendar weeks, months or years. */
export interface Periods {
  /** The start of the period that a time is in. */
  of(time: Expr): Expr;
  /** The start of the period before the one that starts at `period`. */
  before(period: Expr): Expr;
  /** The starts of all periods from the first to the last time, as one column. */
  all(name: string): Rel;
  /** Whether what happened in the period `past` counts for the period `current`, looking back that far. */
  within(past: Expr, current: Expr, lookback: Expr): Expr;
}

/** The analysis' first and last time, both included. */
export interface Bounds {
  readonly start: Expr;
  readonly end: Expr;
}

const CALENDAR: Readonly<Record<string, string>> = { week: 'startofweek', month: 'startofmonth', year: 'startofyear' };

/** What a window argument says: a distance, or `'week'`, `'month'`, `'year'`. Without bounds, steps are those of `bin()`. */
export function periodsOf(
  plugin: string,
  node: SyntaxNode,
  timeline: KqlType,
  bounds: Bounds | undefined,
  context: Context,
): Periods {
  const expr = constantOf(node, context);
  if (expr.type !== 'string') return steps(coerce(expr, distanceType(timeline)), bounds);
  const word = String(literalOf(plugin, node, context)).toLowerCase();
  const start = CALENDAR[word];
  if (!start || timeline !== 'datetime')
    return badArgument(
      plugin,
      `a window is a distance, or week, month or year over datetimes, not ${kindOf(node) === 'StringLiteralExpression' ? word : 'a text'}`,
      node,
    );
  return calendar(start, bounds);
}

function steps(step: Expr, bounds: Bounds | undefined): Periods {
  return {
    of: (time) => (bounds ? call('bin_at', time.type, time, step, bounds.start) : call('bin', time.type, time, step)),
    before: (period) => earlier(period, step),
    all: (name) => rangeOf(name, bounds!.start, bounds!.end, step),
    within: (past, current, lookback) =>
      or([equal(past, current), and([less(past, current), atMost(later(distance(past, current), step), lookback)])]),
  };
}

const TICK = literal('timespan', 1n);
const DAY = literal('timespan', 864_000_000_000n);

function calendar(start: string, bounds: Bounds | undefined): Periods {
  const of = (time: Expr): Expr => call(start, 'datetime', time, literal('long', 0n));
  return {
    of,
    before: (period) => of(earlier(period, TICK)),
    all: (name) => {
      const days = rangeOf(name, of(bounds!.start), bounds!.end, DAY);
      return aggregate(days, [{ name, expr: of(own(name, 'datetime')) }], []);
    },
    within: (past, current, lookback) => and([atMost(past, current), less(distance(past, current), lookback)]),
  };
}

const rangeOf = (name: string, from: Expr, to: Expr, step: Expr): Rel => ({
  kind: 'range',
  from,
  to,
  step,
  columns: [{ name, type: from.type }],
});

/** The rows whose time is between the bounds, or up to `before` earlier than the first. */
export function during(input: Rel, time: Expr, { start, end }: Bounds, before?: Expr): Rel {
  const first = before ? earlier(start, before) : start;
  return filter(input, and([atLeast(time, first), atMost(time, end)]));
}
