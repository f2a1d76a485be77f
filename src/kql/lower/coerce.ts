import { call, literal, missing } from '../plan/build.js';
import type { Expr, Literal } from '../plan/nodes.js';
import type { KqlType } from '../types.js';
import { literalToJson } from './literals.js';

const CONVERSION: Readonly<Record<KqlType, string>> = {
  bool: 'tobool',
  int: 'toint',
  long: 'tolong',
  real: 'toreal',
  decimal: 'todecimal',
  string: 'tostring',
  datetime: 'todatetime',
  timespan: 'totimespan',
  guid: 'toguid',
  dynamic: 'dynamic_from',
};

/** The expression as a value of `type`: itself, a literal of that type, or a call of the conversion function. */
export function coerce(expr: Expr, type: KqlType): Expr {
  if (expr.type === type) return expr;
  if (expr.kind === 'literal') {
    const converted = coerceLiteral(expr, type);
    if (converted) return converted;
  }
  return call(CONVERSION[type], type, expr);
}

function coerceLiteral({ type: from, value }: Literal, type: KqlType): Literal | undefined {
  if (value === null) return missing(type) as Literal;
  if (type === 'dynamic') return literal('dynamic', literalToJson(literal(from, value)));
  if (type === 'long' && from === 'int') return literal('long', value);
  if (type === 'real' && typeof value === 'bigint' && (from === 'int' || from === 'long'))
    return literal('real', Number(value));
  if (from !== 'dynamic') return undefined;
  if (type === 'string' && typeof value === 'string') return literal('string', value);
  if (type === 'real' && typeof value === 'number') return literal('real', value);
  if ((type === 'long' || type === 'real') && typeof value === 'bigint') {
    return type === 'long' ? literal('long', value) : literal('real', Number(value));
  }
  return undefined;
}

const NUMERIC_RANK: Partial<Record<KqlType, number>> = { bool: 0, int: 1, long: 2, real: 3, decimal: 4 };

/** The one type that values of these types are brought to: the widest number, what a dynamic is compared with, or dynamic. */
export function commonType(types: readonly KqlType[]): KqlType {
  const known = [...new Set(types)];
  const typed = known.filter((type) => type !== 'dynamic');
  if (typed.length === 0) return 'dynamic';
  if (typed.length === 1) return typed[0]!;
  if (typed.every((type) => NUMERIC_RANK[type] !== undefined)) {
    return typed.reduce((a, b) => (NUMERIC_RANK[a]! >= NUMERIC_RANK[b]! ? a : b));
  }
  return typed.includes('string') ? 'string' : 'dynamic';
}
