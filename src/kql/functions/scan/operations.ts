import { MAX_DATETIME_TICKS } from '../../../util/ticks.js';
import type { KqlType } from '../../types.js';

/**
 * What the expressions of `scan` that read a step's state may be made of: they are reckoned row by row in JavaScript, exactly
 * as the SQL of the same function has it. Values: long, int, datetime and timespan bigint; real number; bool boolean;
 * string, guid and dynamic (JSON) text; null.
 */
export type Value = bigint | number | boolean | string | null;
export type Operation = (args: readonly Value[]) => Value;
/** The operation for arguments of these types and a result of that type; undefined where it is not reckoned here. */
type Choice = (types: readonly KqlType[], type: KqlType) => Operation | undefined;

const TICKS = new Set<KqlType>(['int', 'long', 'datetime', 'timespan']);
const PLAIN = new Set<KqlType>([...TICKS, 'bool', 'string', 'guid']);
const all = (types: readonly KqlType[], of: ReadonlySet<KqlType>): boolean => types.every((type) => of.has(type));
const reals = (types: readonly KqlType[]): boolean => types.every((type) => type === 'real');

/** An operation that is null when an argument is. */
const strict =
  (operation: (...args: never[]) => Value): Operation =>
  (args) =>
    args.includes(null) ? null : operation(...(args as never[]));

const equal = (a: Value, b: Value): Value => (a === null && b === null ? null : a === b);
const unequal = (a: Value, b: Value): Value => (a === null && b === null ? null : a !== b || Number.isNaN(a));

/** Of two reals the sign of their order; NaN is greater than all others. */
const orderOf = (a: number, b: number): number =>
  Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b;

const compared =
  (test: (order: number) => boolean): Choice =>
  (types) => {
    if (all(types, TICKS)) return strict((a: bigint, b: bigint) => test(a < b ? -1 : a > b ? 1 : 0));
    return reals(types) ? strict((a: number, b: number) => test(orderOf(a, b))) : undefined;
  };

const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);
const within = (value: bigint): Value => (value >= 0n && value <= MAX_DATETIME_TICKS ? value : null);
const asTimespan = (value: bigint): Value => (value === wrapped(value) ? value : null);

/** Sums, differences and products of whole numbers, each type with its own bounds. */
const integral =
  (of: (a: bigint, b: bigint) => bigint, ofReals: (a: number, b: number) => number): Choice =>
  (types, type) => {
    if (reals(types)) return strict(ofReals);
    if (!all(types, TICKS)) return undefined;
    const bounded = type === 'datetime' ? within : type === 'timespan' ? asTimespan : wrapped;
    return strict((a: bigint, b: bigint) => bounded(of(a, b)));
  };

const divided: Choice = (types, type) => {
  if (reals(types)) return strict((a: number, b: number) => a / b);
  if (!all(types, TICKS)) return undefined;
  if (type === 'real') return strict((a: bigint, b: bigint) => Number(a) / Number(b));
  return strict((a: bigint, b: bigint) => (b === 0n ? null : wrapped(a / b)));
};

const modulo: Choice = (types) =>
  all(types, TICKS)
    ? strict((a: bigint, b: bigint) => {
        const size = b < 0n ? -b : b;
        return b === 0n ? null : ((a % b) + size) % size;
      })
    : undefined;

const and: Operation = (args) => (args.includes(false) ? false : args.includes(null) ? null : true);
const or: Operation = (args) => (args.includes(true) ? true : args.includes(null) ? null : false);

const coalesce: Choice = (_types, type) => (args) =>
  type === 'string' ? (args.find((of) => of !== null && of !== '') ?? '') : (args.find((of) => of !== null) ?? null);

const emptiness =
  (empty: boolean): Choice =>
  ([type]) =>
    type === 'dynamic' ? undefined : ([value]) => (value === null || value === '') === empty;

const extreme =
  (sign: 1 | -1): Choice =>
  (types) =>
    all(types, TICKS) ? (args) => extremeOf(args, sign) : undefined;
function extremeOf(args: readonly Value[], sign: 1 | -1): Value {
  let best: bigint | null = null;
  for (const value of args as readonly (bigint | null)[]) {
    if (value !== null && (best === null || (sign > 0 ? value > best : value < best))) best = value;
  }
  return best;
}

const always =
  (operation: Operation): Choice =>
  () =>
    operation;

/** By the registry's names. */
export const OPERATIONS: Readonly<Record<string, Choice>> = {
  '==': (types) => (all(types, PLAIN) || reals(types) ? ([a, b]) => equal(a as Value, b as Value) : undefined),
  '!=': (types) => (all(types, PLAIN) || reals(types) ? ([a, b]) => unequal(a as Value, b as Value) : undefined),
  '<': compared((order) => order < 0),
  '<=': compared((order) => order <= 0),
  '>': compared((order) => order > 0),
  '>=': compared((order) => order >= 0),
  '+': integral(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  '-': integral(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': integral(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': divided,
  '%': modulo,
  negate: (types) =>
    reals(types) ? strict((a: number) => -a) : all(types, TICKS) ? strict((a: bigint) => wrapped(-a)) : undefined,
  and: always(and),
  or: always(or),
  not: always(strict((a: boolean) => !a)),
  in: (types) => (all(types, PLAIN) ? ([value, ...options]) => value !== null && options.includes(value!) : undefined),
  between: (types) =>
    all(types, TICKS)
      ? (args) =>
          and([
            strict((a: bigint, b: bigint) => a >= b)(args.slice(0, 2)),
            strict((a: bigint, b: bigint) => a <= b)([args[0]!, args[2]!]),
          ])
      : undefined,
  iff: always(([condition, yes, no]) => (condition === true ? yes! : no!)),
  case: always((args) => {
    for (let i = 0; i + 1 < args.length; i += 2) if (args[i] === true) return args[i + 1]!;
    return args.at(-1)!;
  }),
  coalesce,
  isnull: always(([value]) => value === null),
  isnotnull: always(([value]) => value !== null),
  isempty: emptiness(true),
  isnotempty: emptiness(false),
  max_of: extreme(1),
  min_of: extreme(-1),
  strcat: (types) => (types.every((type) => type === 'string') ? (args) => args.join('') : undefined),
  tolong: ([type]) => (type === 'int' || type === 'long' ? ([value]) => value! : undefined),
  toreal: ([type]) => (type === 'int' || type === 'long' ? strict((value: bigint) => Number(value)) : undefined),
  tostring: ([type]) =>
    type === 'int' || type === 'long' ? ([value]) => (value === null ? '' : String(value)) : undefined,
};
