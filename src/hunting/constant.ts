import { lowerLiteral } from '../kql/lower/literals.js';
import { kindOf, nameOf, type SyntaxNode } from '../kql/parse/syntax.js';
import { literal } from '../kql/plan/build.js';
import type { Literal, LiteralValue } from '../kql/plan/nodes.js';
import type { KqlType } from '../kql/types.js';
import { TICKS_PER_DAY } from '../util/ticks.js';

/** Constants that names stand for: the `let`s before. */
export type Constants = ReadonlyMap<string, Literal>;

/**
 * The value of an expression that needs nothing but itself and constants before it: a literal, a sign, parentheses,
 * arithmetic. Undefined for all else, also for arithmetic that Kusto gives null or an overflow for.
 */
export function constantOf(node: SyntaxNode, constants: Constants = new Map()): Literal | undefined {
  const kind = kindOf(node);
  if (kind === 'ParenthesizedExpression') return constantOf(node.Expression, constants);
  if (kind === 'NameReference') return constants.get(nameOf(node));
  if (kind === 'UnaryMinusExpression' || kind === 'UnaryPlusExpression') {
    const operand = constantOf(node.Expression, constants);
    if (!operand || kind === 'UnaryPlusExpression') return operand;
    return SIGNED.includes(operand.type) ? negated(operand) : undefined;
  }
  const operator = OPERATORS[kind];
  if (!operator) return literalOf(node);
  const left = constantOf(node.Left, constants);
  const right = constantOf(node.Right, constants);
  return left && right ? arithmetic(operator, left, right) : undefined;
}

/** A literal; one that is malformed is left for the query itself to be refused for. */
function literalOf(node: SyntaxNode): Literal | undefined {
  try {
    return lowerLiteral(node);
  } catch {
    return undefined;
  }
}

const SIGNED: readonly KqlType[] = ['int', 'long', 'real', 'timespan'];
const negated = ({ type, value }: Literal): Literal | undefined =>
  typeof value === 'bigint' || typeof value === 'number' ? literal(type, -value) : undefined;

type Operator = '+' | '-' | '*' | '/' | '%';
const OPERATORS: Readonly<Record<string, Operator>> = {
  AddExpression: '+',
  SubtractExpression: '-',
  MultiplyExpression: '*',
  DivideExpression: '/',
  ModuloExpression: '%',
};

function arithmetic(operator: Operator, left: Literal, right: Literal): Literal | undefined {
  const types = `${left.type} ${right.type}`;
  const [a, b] = [left.value, right.value];
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    const type = INTEGER_RESULT[`${left.type} ${operator} ${right.type}`];
    if (type === undefined) return undefined;
    if (type === 'real') return b === 0n ? undefined : literal('real', Number(a) / Number(b));
    return integer(type, operator, a, b);
  }
  if (/^(real|int|long) (real|int|long)$/.test(types) && isNumber(a) && isNumber(b))
    return real(operator, Number(a), Number(b));
  if (types === 'timespan real' && operator === '*') return scaled(a as bigint, b as number);
  if (types === 'timespan real' && operator === '/') return scaled(a as bigint, 1 / (b as number));
  if (types === 'real timespan' && operator === '*') return scaled(b as bigint, a as number);
  return undefined;
}

const isNumber = (value: LiteralValue): boolean => typeof value === 'number' || typeof value === 'bigint';

/** Result types of arithmetic on two values that are whole numbers or ticks. */
const INTEGER_RESULT: Readonly<Record<string, KqlType>> = Object.fromEntries([
  ...['+', '-', '*', '/', '%'].flatMap((operator) => [
    [`int ${operator} int`, 'int'],
    ...['int long', 'long int', 'long long'].map((types) => [types.replace(' ', ` ${operator} `), 'long']),
  ]),
  ['timespan + timespan', 'timespan'],
  ['timespan - timespan', 'timespan'],
  ['timespan % timespan', 'timespan'],
  ['timespan / timespan', 'real'],
  ...['int', 'long'].flatMap((type) => [
    [`timespan * ${type}`, 'timespan'],
    [`${type} * timespan`, 'timespan'],
    [`timespan / ${type}`, 'timespan'],
  ]),
  ['datetime + timespan', 'datetime'],
  ['datetime - timespan', 'datetime'],
  ['datetime - datetime', 'timespan'],
]) as Readonly<Record<string, KqlType>>;

function integer(type: KqlType, operator: Operator, a: bigint, b: bigint): Literal | undefined {
  if ((operator === '/' || operator === '%') && b === 0n) return undefined;
  // the sign of a remainder is left to the query
  if (operator === '%' && (a < 0n || b < 0n)) return undefined;
  const value =
    operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a % b;
  const bits = type === 'int' ? 32 : 64;
  return BigInt.asIntN(bits, value) === value ? literal(type, value) : undefined;
}

function real(operator: Operator, a: number, b: number): Literal | undefined {
  if (operator === '%') return undefined;
  const value = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b;
  return Number.isFinite(value) ? literal('real', value) : undefined;
}

const scaled = (ticks: bigint, by: number): Literal | undefined => {
  const value = Number(ticks) * by;
  return Number.isFinite(value) && Math.abs(value) < Number(TICKS_PER_DAY) * 10_675_199
    ? literal('timespan', BigInt(Math.trunc(value)))
    : undefined;
};
