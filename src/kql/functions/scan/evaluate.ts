import type { Expr, Literal } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import type { ScalarFunction } from '../registry.js';
import { OPERATIONS, type Operation, type Value } from './operations.js';

/** Finds a function's registry row by its name. */
export type FindFunction = (name: string) => ScalarFunction | undefined;

/** Whether an expression can be reckoned in JavaScript: made of columns, constants, operations known here and functions that run there anyway. */
export function isEvaluable(expr: Expr, find: FindFunction): boolean {
  if (expr.kind === 'column' || expr.kind === 'literal') return expr.type !== 'decimal';
  if (expr.kind !== 'call') return false;
  return operationOf(expr, find) !== undefined && expr.args.every((arg) => isEvaluable(arg, find));
}

function operationOf(expr: Extract<Expr, { kind: 'call' }>, find: FindFunction): Operation | undefined {
  const types = expr.args.map((arg) => arg.type);
  const own = OPERATIONS[expr.name]?.(types, expr.type);
  if (own) return own;
  const row = find(expr.name);
  if (!row?.js || row.duckdb || !Array.isArray(row.args)) return undefined;
  const { js, args } = row;
  return (given) => {
    const value = js(...Array.from({ length: args.length }, (_, i) => given[i] ?? null));
    return expr.type === 'string' ? (value ?? '') : value;
  };
}

/** A constant as a value. */
export const constantValue = ({ type, value }: Literal): Value =>
  value === null ? (type === 'string' ? '' : null) : type === 'dynamic' ? JSON.stringify(value) : (value as Value);

/** An expression as a function of what `read` gives for each of its columns. */
export function compiled<E>(
  expr: Expr,
  read: (column: string, type: KqlType) => (env: E) => Value,
  find: FindFunction,
): (env: E) => Value {
  if (expr.kind === 'column') return read(expr.name, expr.type);
  if (expr.kind === 'literal') {
    const value = constantValue(expr);
    return () => value;
  }
  if (expr.kind !== 'call') throw new Error(`scan can not reckon ${expr.kind}`);
  const operation = operationOf(expr, find);
  if (!operation) throw new Error(`scan can not reckon ${expr.name}`);
  const args = expr.args.map((arg) => compiled(arg, read, find));
  return (env) => operation(args.map((arg) => arg(env)));
}
