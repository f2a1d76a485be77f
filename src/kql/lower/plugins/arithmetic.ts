import { call, column } from '../../plan/build.js';
import type { AggregateCall, Expr } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { coerce, commonType } from '../coerce.js';

/** The type of a distance on a timeline of that type. */
export const distanceType = (timeline: KqlType): KqlType => (timeline === 'datetime' ? 'timespan' : timeline);

/** A time moved by a distance. */
export const later = (time: Expr, distance: Expr): Expr => call('+', time.type, time, distance);
export const earlier = (time: Expr, distance: Expr): Expr => call('-', time.type, time, distance);
/** How far `from` is before `to`. */
export const distance = (from: Expr, to: Expr): Expr => call('-', distanceType(to.type), to, from);

export const difference = (a: Expr, b: Expr): Expr => call('-', a.type, a, b);
export const sum = (a: Expr, b: Expr): Expr => call('+', a.type, a, b);
/** A quotient of counts: NaN for nothing of nothing. */
export const ratio = (part: Expr, whole: Expr): Expr => call('/', 'real', coerce(part, 'real'), coerce(whole, 'real'));

const compared =
  (name: string) =>
  (a: Expr, b: Expr): Expr => {
    const type = commonType([a.type, b.type]);
    return call(name, 'bool', coerce(a, type), coerce(b, type));
  };
export const equal = compared('==');
export const less = compared('<');
export const atMost = compared('<=');
export const more = compared('>');
export const atLeast = compared('>=');

export const aggregateOf = (name: string, type: KqlType, ...args: Expr[]): AggregateCall => ({
  kind: 'aggregate',
  type,
  name,
  args,
});
export const count = (): AggregateCall => aggregateOf('count', 'long');
export const distinctCount = (of: Expr): AggregateCall => aggregateOf('dcount', 'long', of);
/** The count, or 0 where an outer join found no row. */
export const orZero = (expr: Expr): Expr =>
  call('coalesce', expr.type, expr, { kind: 'literal', type: expr.type, value: 0n });

/** A column of our own. */
export const own = (name: string, type: KqlType): Expr => column({ name, type });
