import { parseDatetimeLiteral, parseTimespanLiteral } from '../kql/lower/literals.js';
import { analyze } from '../kql/parse/analyze.js';
import { kindOf, listOf } from '../kql/parse/syntax.js';
import { literal } from '../kql/plan/build.js';
import type { JsonValue, Literal, LiteralValue } from '../kql/plan/nodes.js';
import type { KqlType } from '../kql/types.js';
import { constantOf } from './constant.js';
import type { Knob } from './knobs.js';

/** What a knob may be set to: text as typed after `--set name=`, or a value from YAML or a program. */
export type KnobInput =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly unknown[]
  | Readonly<Record<string, unknown>>;

/** The value as a literal of the knob's type; undefined when it is none. */
export function knobValue(knob: Knob, input: unknown): Literal | undefined {
  const value = READ[knob.type](input, knob);
  return value === undefined ? undefined : literal(knob.type, value);
}

/** What values the knob takes, in words: `timespan, such as 7d`. */
export function knobTakes({ type, default: { value } }: Knob): string {
  if (type !== 'dynamic') return `${type}, ${EXAMPLES[type]}`;
  const kind = elementKind(value);
  if (kind) return `dynamic, a list of ${kind}s`;
  return Array.isArray(value) ? 'dynamic, a list' : 'dynamic, JSON';
}

const EXAMPLES: Readonly<Record<Exclude<KqlType, 'dynamic'>, string>> = {
  bool: 'true or false',
  int: 'a whole number',
  long: 'a whole number',
  real: 'a number',
  decimal: 'a number',
  string: 'any text',
  datetime: 'such as 2026-01-31T12:00:00Z',
  timespan: 'such as 7d, 12h or 30m',
  guid: 'such as 74be27de-1e4e-49d9-b579-fe0b331d3642',
};

type Reader = (input: unknown, knob: Knob) => LiteralValue | undefined;

const READ: Readonly<Record<KqlType, Reader>> = {
  bool: (input) =>
    typeof input === 'boolean' ? input : /^(true|false)$/i.test(String(input)) ? /^t/i.test(String(input)) : undefined,
  int: (input) => wholeNumber(input, 32),
  long: (input) => wholeNumber(input, 64),
  real: (input) => {
    if (typeof input === 'number') return Number.isFinite(input) ? input : undefined;
    if (typeof input === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(input.trim())) return Number(input);
    const { type, value } = constantText(input) ?? {};
    return type === 'real' || type === 'long' ? Number(value) : undefined;
  },
  decimal: (input) => (/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain(input)) ? plain(input) : undefined),
  string: (input) =>
    typeof input === 'string'
      ? input
      : typeof input === 'number' || typeof input === 'boolean'
        ? String(input)
        : undefined,
  // a bare number would be days in Kusto: better asked for than guessed
  timespan: (input) =>
    typeof input === 'string' && !/^[-+]?\d*$/.test(input.trim())
      ? (parseTimespanLiteral(unwrapped(input)) ?? timespanArithmetic(input))
      : undefined,
  datetime: (input) =>
    typeof input === 'string' && input.trim() !== '' ? parseDatetimeLiteral(unwrapped(input)) : undefined,
  guid: (input) =>
    /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(plain(input)) ? plain(input).toLowerCase() : undefined,
  dynamic: (input, knob) => dynamicValue(input, knob.default.value),
};

const plain = (input: unknown): string =>
  typeof input === 'string' || typeof input === 'number' || typeof input === 'bigint' ? String(input).trim() : '';

/** `timespan(7d)` → `7d`: a value may be typed as the query would write it. */
const unwrapped = (input: string): string =>
  /^\s*(?:time|timespan|datetime)\s*\(\s*["']?(.*?)["']?\s*\)\s*$/i.exec(input)?.[1] ?? input.trim();

function wholeNumber(input: unknown, bits: 32 | 64): bigint | undefined {
  let value: bigint | undefined;
  if (typeof input === 'bigint') value = input;
  else if (typeof input === 'number') value = Number.isSafeInteger(input) ? BigInt(input) : undefined;
  else {
    const constant = constantText(input);
    if (constant && (constant.type === 'long' || constant.type === 'int')) value = constant.value as bigint | undefined;
  }
  return typeof value === 'bigint' && BigInt.asIntN(bits, value) === value ? value : undefined;
}

function timespanArithmetic(input: string): bigint | undefined {
  const constant = constantText(input);
  return constant?.type === 'timespan' ? (constant.value as bigint) : undefined;
}

/** The constant a text is when read as one KQL expression: `50 * 1024 * 1024`. */
function constantText(input: unknown): Literal | undefined {
  if (typeof input !== 'string' || input.trim() === '') return undefined;
  const { root, diagnostics } = analyze(input, { table: () => undefined, existing: [], functions: [] });
  const statements = listOf(root.Statements);
  if (diagnostics.some(({ severity }) => severity === 'error') || statements.length !== 1) return undefined;
  return kindOf(statements[0]!) === 'ExpressionStatement' ? constantOf(statements[0]!.Expression) : undefined;
}

type ElementKind = 'string' | 'number' | 'boolean';

/** What all elements of a list are; undefined for mixed, empty and other values. */
function elementKind(value: unknown): ElementKind | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const kinds = new Set(value.map((of) => (typeof of === 'bigint' ? 'number' : typeof of)));
  const [kind] = kinds;
  return kinds.size === 1 && (kind === 'string' || kind === 'number' || kind === 'boolean') ? kind : undefined;
}

/** JSON or a plain list (`80,443`); what was a list stays one, with elements of the same kind. */
function dynamicValue(input: unknown, like: LiteralValue): JsonValue | undefined {
  const given = typeof input === 'string' ? parsed(input, like) : asJson(input);
  if (given === undefined || !Array.isArray(like)) return given;
  if (!Array.isArray(given)) return undefined;
  const kind = elementKind(like);
  return kind === undefined || given.length === 0 || elementKind(given) === kind ? given : undefined;
}

function parsed(text: string, like: LiteralValue): JsonValue | undefined {
  const inner = /^\s*dynamic\s*\(([\s\S]*)\)\s*$/.exec(text)?.[1] ?? text;
  try {
    const value = JSON.parse(inner) as JsonValue;
    // one value where a list is asked for is a list of one: `80`
    return Array.isArray(like) && (typeof value === 'number' || typeof value === 'string') ? [value] : value;
  } catch {
    // not JSON: a list without its brackets and quotes, when a list is asked for
    if (!Array.isArray(like) || /[[\]{}"]/.test(text)) return undefined;
    const items = text.split(',').map((item) => item.trim());
    if (items.includes('')) return undefined;
    return elementKind(like) === 'number' ? numbers(items) : items;
  }
}

function numbers(items: readonly string[]): number[] | undefined {
  const values = items.map(Number);
  return values.every(Number.isFinite) ? values : undefined;
}

/** A YAML or JavaScript value as JSON; undefined when it holds something JSON has not. */
function asJson(value: unknown): JsonValue | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint')
    return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value.map(asJson);
    return items.includes(undefined) ? undefined : (items as JsonValue[]);
  }
  if (typeof value !== 'object') return undefined;
  const entries = Object.entries(value as object).map(([key, of]) => [key, asJson(of)] as const);
  return entries.some(([, of]) => of === undefined) ? undefined : (Object.fromEntries(entries) as JsonValue);
}
