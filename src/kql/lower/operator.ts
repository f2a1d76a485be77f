import { scalarFunction } from '../functions/index.js';
import { argumentsOf, kindOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import { and, call, literal, not, or } from '../plan/build.js';
import type { Expr, JsonValue, Literal } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import type { KqlType } from '../types.js';
import { coerce, commonType } from './coerce.js';
import { badArgument, type Context, unsupported } from './context.js';
import { lowerExpr, lowerPipe } from './recurse.js';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);

/** A binary operator, told by its own text: `a has b`, `a + b`, `a !startswith b`. */
export function lowerBinary(node: SyntaxNode, context: Context): Expr {
  const name = operatorName(node.Operator.Text);
  if (kindOf(node.Left) === 'StarExpression') return lowerStar(node, name, context);
  return applyBinary(name, lowerExpr(node.Left, context), lowerExpr(node.Right, context), node);
}

const operatorName = (text: string): string => (text === '<>' ? '!=' : text === '=' ? '==' : text.toLowerCase());

function applyBinary(name: string, left: Expr, right: Expr, node: SyntaxNode): Expr {
  if (name === 'and' || name === 'or') return call(name, 'bool', coerce(left, 'bool'), coerce(right, 'bool'));
  if (COMPARISONS.has(name)) {
    const type = commonType([left.type, right.type]);
    return call(name, 'bool', coerce(left, type), coerce(right, type));
  }
  if (ARITHMETIC.has(name)) return arithmetic(name, left, right, node);
  const negated = name.startsWith('!') && name !== '!=';
  const base = name === '!~' ? '=~' : negated ? name.slice(1) : name;
  if (!scalarFunction(base)) return unsupported(`the operator ${name}`, node);
  const test = call(base, 'bool', coerce(left, 'string'), coerce(right, 'string'));
  return negated ? not(test) : test;
}

/** `* has "x"`: true when it is for any column, each read as text; a negated operator asks that it be for none. */
function lowerStar(node: SyntaxNode, name: string, context: Context): Expr {
  const negated = name.startsWith('!');
  const base = name === '!=' ? '==' : name === '!~' ? '=~' : negated ? name.slice(1) : name;
  const right = lowerExpr(node.Right, context);
  const columns = (context.row?.columns ?? []).filter((of) => !isHidden(of.name));
  const tests = columns.map((of) =>
    applyBinary(
      base,
      { kind: 'column', type: of.type, name: of.name },
      base === '==' ? coerce(right, of.type) : right,
      node,
    ),
  );
  const any = or(tests);
  return negated ? not(any) : any;
}

/** Result types of arithmetic, in Kusto's terms; pairs not named here are numbers. */
const TIME_ARITHMETIC: Readonly<Record<string, KqlType>> = {
  'datetime+timespan': 'datetime',
  'timespan+datetime': 'datetime',
  'datetime-timespan': 'datetime',
  'datetime-datetime': 'timespan',
  'timespan+timespan': 'timespan',
  'timespan-timespan': 'timespan',
  'timespan/timespan': 'real',
  'timespan%timespan': 'timespan',
  'datetime%timespan': 'timespan',
};

function arithmetic(name: string, left: Expr, right: Expr, node: SyntaxNode): Expr {
  const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';
  if (isTime(left.type) || isTime(right.type)) {
    const a = left.type === 'dynamic' ? coerce(left, right.type) : left;
    const b =
      right.type === 'dynamic'
        ? coerce(right, left.type === 'datetime' && name === '+' ? 'timespan' : left.type)
        : right;
    const type = TIME_ARITHMETIC[`${a.type}${name}${b.type}`];
    if (type) return call(name, type, a, b);
    const scaled = (a.type === 'timespan' && (name === '*' || name === '/')) || (b.type === 'timespan' && name === '*');
    if (!scaled) return badArgument(textOf(node), `${a.type} ${name} ${b.type} is not defined`, node);
    return call(name, 'timespan', a, b);
  }
  const types = [left.type, right.type];
  const type = types.includes('dynamic') && types.every((of) => of === 'dynamic') ? 'real' : commonType(types);
  const number: KqlType = type === 'int' || type === 'bool' ? 'long' : type;
  if (number === 'string') return badArgument(textOf(node), `${left.type} ${name} ${right.type} is not defined`, node);
  return call(name, number, coerce(left, number), coerce(right, number));
}

/** `x in (…)`, `!in`, `in~`, `!in~`: over values, dynamic arrays, or the first column of a table. */
export function lowerIn(node: SyntaxNode, context: Context): Expr {
  const operator: string = node.Operator.Text.toLowerCase();
  const fold = operator.endsWith('~');
  const test =
    kindOf(node.Left) === 'StarExpression'
      ? or(
          (context.row?.columns ?? []).map((of) =>
            membership({ kind: 'column', type: of.type, name: of.name }, node, fold, context),
          ),
        )
      : membership(lowerExpr(node.Left, context), node, fold, context);
  return operator.startsWith('!') ? not(test) : test;
}

function membership(value: Expr, node: SyntaxNode, fold: boolean, context: Context): Expr {
  const options = argumentsOf(node.Right);
  const [only] = options;
  if (options.length === 1 && only && isTabular(only)) {
    const rel = lowerPipe(only, { session: context.session, scope: context.scope });
    const target = rel.columns[0]?.type ?? 'string';
    const type = value.type === 'dynamic' ? target : value.type;
    return { kind: 'inSubquery', type: 'bool', value: coerce(value, fold ? 'string' : type), rel, fold };
  }
  const lowered = options.map((option) => lowerExpr(option, context));
  const listed = lowered.flatMap(flattenLiteral);
  const name = fold ? 'in~' : 'in';
  const type = fold ? 'string' : comparedType(value, listed);
  const target = coerce(value, type);
  const arrays = listed.filter((option) => option.type === 'dynamic' && option.kind !== 'literal');
  const scalarOptions = listed.filter((option) => !arrays.includes(option)).map((option) => coerce(option, type));
  const tests: Expr[] = [];
  if (scalarOptions.length > 0 || arrays.length === 0) tests.push(call(name, 'bool', target, ...scalarOptions));
  for (const array of arrays) tests.push(call(fold ? 'in_array~' : 'in_array', 'bool', target, array));
  return or(tests);
}

/** The type both sides of `in` are compared as: the value's, or that of the options when the value is dynamic. */
function comparedType(value: Expr, options: readonly Expr[]): KqlType {
  if (value.type !== 'dynamic') {
    const numeric = ['int', 'long', 'real', 'decimal'];
    return numeric.includes(value.type) ? commonType([value.type, ...options.map((of) => of.type)]) : value.type;
  }
  const types = options.map((of) => of.type).filter((type) => type !== 'dynamic');
  return types.length > 0 ? commonType(types) : 'string';
}

const isTabular = (node: SyntaxNode): boolean => Boolean(node.ResultType?.Columns);

/** A literal array spread into literals of its elements; anything else as it is. */
function flattenLiteral(expr: Expr): Expr[] {
  if (expr.kind !== 'literal' || expr.type !== 'dynamic') return [expr];
  const value = expr.value as JsonValue;
  return Array.isArray(value) ? value.map((element) => jsonLiteral(element)) : [jsonLiteral(value)];
}

/** The typed literal a JSON scalar stands for. */
function jsonLiteral(value: JsonValue): Literal {
  if (typeof value === 'string') return literal('string', value);
  if (typeof value === 'bigint') return literal('long', value);
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? literal('long', BigInt(value)) : literal('real', value);
  if (typeof value === 'boolean') return literal('bool', value);
  return literal('dynamic', value);
}

/** `x has_any (…)` and `has_all`: over texts, a dynamic array, or the first column of a table. */
export function lowerHasAny(node: SyntaxNode, context: Context): Expr {
  const name: string = node.Operator.Text.toLowerCase();
  const options = argumentsOf(node.Right);
  const columns = kindOf(node.Left) === 'StarExpression' ? (context.row?.columns ?? []) : undefined;
  const lefts: Expr[] = columns
    ? columns.map((of) => ({ kind: 'column', type: of.type, name: of.name }))
    : [lowerExpr(node.Left, context)];
  const tests = lefts.map((left) => hasAny(name, coerce(left, 'string'), options, context));
  return or(tests);
}

function hasAny(name: string, value: Expr, options: readonly SyntaxNode[], context: Context): Expr {
  const [only] = options;
  if (options.length === 1 && only && isTabular(only)) {
    const rel = lowerPipe(only, { session: context.session, scope: context.scope });
    const first = rel.columns[0];
    if (!first) return literal('bool', false);
    const list: Expr = {
      kind: 'aggregate',
      type: 'dynamic',
      name: 'make_set',
      args: [{ kind: 'column', type: first.type, name: first.name }],
    };
    const terms: Expr = {
      kind: 'scalarSubquery',
      type: 'dynamic',
      rel: {
        kind: 'aggregate',
        input: rel,
        groups: [],
        aggregates: [{ name: 'terms', expr: list }],
        columns: [{ name: 'terms', type: 'dynamic' }],
      },
    };
    return call(`${name}_array`, 'bool', value, terms);
  }
  const listed = options.map((option) => lowerExpr(option, context)).flatMap(flattenLiteral);
  const arrays = listed.filter((option) => option.type === 'dynamic' && option.kind !== 'literal');
  const terms = listed.filter((option) => !arrays.includes(option)).map((option) => coerce(option, 'string'));
  const listedTest =
    terms.length === 1
      ? [call('has', 'bool', value, terms[0]!)]
      : terms.length > 1
        ? [call(name, 'bool', value, ...terms)]
        : [];
  const tests = [...listedTest, ...arrays.map((array) => call(`${name}_array`, 'bool', value, array))];
  return name === 'has_all' ? and(tests) : or(tests);
}

/** `x between (a .. b)`, both ends included; a datetime with a timespan end means from a to a + b. */
export function lowerBetween(node: SyntaxNode, context: Context): Expr {
  const value = lowerExpr(node.Left, context);
  const low = lowerExpr(node.Right.First, context);
  const high = lowerExpr(node.Right.Second, context);
  const end = low.type === 'datetime' && high.type === 'timespan' ? call('+', 'datetime', low, high) : high;
  const type = commonType([value.type, low.type, end.type]);
  const test = call('between', 'bool', coerce(value, type), coerce(low, type), coerce(end, type));
  return kindOf(node).startsWith('Not') ? not(test) : test;
}
