import { trawlError } from '../../util/errors.js';
import {
  formatDatetime,
  formatTimespan,
  parseIsoDatetime,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from '../../util/ticks.js';
import { kindOf, listOf, type SyntaxNode, spanOf, textOf } from '../parse/syntax.js';
import { literal } from '../plan/build.js';
import type { JsonValue, Literal } from '../plan/nodes.js';
import type { KqlType } from '../types.js';

/**
 * Literals are read from their text: the transpiled parser's own values lose hexadecimal numbers, infinities and
 * negative timespans. Only string values (quotes and escapes) are taken from it.
 */
const LITERAL_TYPES: Readonly<Record<string, KqlType>> = {
  BooleanLiteralExpression: 'bool',
  IntLiteralExpression: 'int',
  LongLiteralExpression: 'long',
  RealLiteralExpression: 'real',
  DecimalLiteralExpression: 'decimal',
  DateTimeLiteralExpression: 'datetime',
  TimespanLiteralExpression: 'timespan',
  GuidLiteralExpression: 'guid',
  StringLiteralExpression: 'string',
  CompoundStringLiteralExpression: 'string',
};

/** The literal a syntax node stands for, or undefined when it is no literal. */
export function lowerLiteral(node: SyntaxNode): Literal | undefined {
  const kind = kindOf(node);
  if (kind === 'DynamicExpression') return literal('dynamic', jsonOf(node.Expression));
  if (kind === 'NullLiteralExpression') return literal('dynamic', null);
  const type = LITERAL_TYPES[kind];
  if (!type || type === 'dynamic') return undefined;
  if (type === 'string') return literal('string', String(node.LiteralValue ?? ''));
  const content = insideParentheses(textOf(node));
  if (content === 'null' || content === '') return literal(type, null);
  const value = PARSE[type](content);
  if (value === undefined) throw trawlError('bad-argument', { what: textOf(node), why: `not a ${type}` }, spanOf(node));
  return literal(type, value);
}

/** The literal of a type that a text says, as `5`, `long(5)` or JSON for dynamic; undefined when it says none. */
export function literalOf(type: KqlType, text: string): Literal | undefined {
  if (type === 'string') return literal('string', text);
  const content = insideParentheses(text.trim());
  if (type === 'dynamic') {
    try {
      return literal('dynamic', JSON.parse(content) as JsonValue);
    } catch {
      return undefined;
    }
  }
  if (content === 'null') return literal(type, null);
  const value = PARSE[type](content);
  return value === undefined ? undefined : literal(type, value);
}

/** `long(5)` → `5`, `datetime('2020')` → `2020`, `5` → `5`. */
function insideParentheses(text: string): string {
  const match = /^[a-z]+\s*\(([\s\S]*)\)$/i.exec(text);
  return (match?.[1] ?? text).trim().replace(/^(['"])(.*)\1$/s, '$2');
}

const PARSE: Readonly<Record<Exclude<KqlType, 'string' | 'dynamic'>, (text: string) => Literal['value'] | undefined>> =
  {
    bool: (text) => (/^(true|1)$/i.test(text) ? true : /^(false|0)$/i.test(text) ? false : undefined),
    int: parseInteger,
    long: parseInteger,
    real: parseReal,
    decimal: (text) => (/^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(text) ? text : undefined),
    datetime: parseDatetimeLiteral,
    timespan: parseTimespanLiteral,
    guid: (text) => (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined),
  };

function parseInteger(text: string): bigint | undefined {
  const match = /^([-+]?)(0x[0-9a-f]+|\d+)$/i.exec(text);
  if (!match) return undefined;
  return match[1] === '-' ? -BigInt(match[2]!) : BigInt(match[2]!);
}

function parseReal(text: string): number | undefined {
  const special = /^([-+]?)(inf|infinity|nan)$/i.exec(text);
  if (special) return special[2]!.toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  return /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(text) || /^[-+]?\d+\.$/.test(text) ? Number(text) : undefined;
}

/** Ticks of a datetime literal's text: ISO 8601 with any part from the right left out, or an RFC 822/850 date. */
export function parseDatetimeLiteral(text: string): bigint | undefined {
  const short = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (short) {
    const [, year, month = '1', day = '1'] = short;
    return parseIsoDatetime(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ?? undefined;
  }
  const iso = parseIsoDatetime(text.replace(/^(\d{4}-\d\d-\d\d[T ])(\d:)/, '$10$2'));
  if (iso !== null) return iso;
  const parsed = Date.parse(/(?:Z|GMT|UTC|[-+]\d\d:?\d\d)$/i.test(text) ? text : `${text} UTC`);
  return Number.isNaN(parsed) ? undefined : (parseIsoDatetime(new Date(parsed).toISOString()) ?? undefined);
}

const UNITS: Readonly<Record<string, bigint>> = {
  d: TICKS_PER_DAY,
  day: TICKS_PER_DAY,
  days: TICKS_PER_DAY,
  h: TICKS_PER_HOUR,
  hr: TICKS_PER_HOUR,
  hrs: TICKS_PER_HOUR,
  hour: TICKS_PER_HOUR,
  hours: TICKS_PER_HOUR,
  m: TICKS_PER_MINUTE,
  min: TICKS_PER_MINUTE,
  minute: TICKS_PER_MINUTE,
  minutes: TICKS_PER_MINUTE,
  s: TICKS_PER_SECOND,
  sec: TICKS_PER_SECOND,
  second: TICKS_PER_SECOND,
  seconds: TICKS_PER_SECOND,
  ms: 10_000n,
  milli: 10_000n,
  millis: 10_000n,
  millisec: 10_000n,
  millisecond: 10_000n,
  milliseconds: 10_000n,
  micro: 10n,
  micros: 10n,
  microsec: 10n,
  microsecond: 10n,
  microseconds: 10n,
  nano: 0n,
  nanos: 0n,
  nanosec: 0n,
  nanosecond: 0n,
  nanoseconds: 0n,
  tick: 1n,
  ticks: 1n,
};

/** Ticks of a timespan literal's text: `1.5h`, `90 seconds`, `1.02:03:04.5`, `12:30`, or a number of days. */
export function parseTimespanLiteral(text: string): bigint | undefined {
  const unit = /^([-+]?)(\d*\.?\d+)\s*([a-z]+)$/i.exec(text);
  if (unit) {
    const name = unit[3]!.toLowerCase();
    const size = UNITS[name];
    if (size === undefined) return undefined;
    const ticks = /^nano/.test(name) ? BigInt(Math.trunc(Number(unit[2]) / 100)) : scaled(unit[2]!, size);
    return unit[1] === '-' ? -ticks : ticks;
  }
  const clock = /^([-+]?)(?:(\d+)[.:](?=\d+:\d+:))?(\d+):(\d+)(?::(\d+)(?:\.(\d{1,7}))?)?$/.exec(text);
  if (clock) {
    const [, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = clock;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
    const ticks =
      BigInt(days) * TICKS_PER_DAY +
      BigInt(hours!) * TICKS_PER_HOUR +
      BigInt(minutes!) * TICKS_PER_MINUTE +
      BigInt(seconds) * TICKS_PER_SECOND +
      BigInt(fraction.padEnd(7, '0'));
    return sign === '-' ? -ticks : ticks;
  }
  const days = /^([-+]?)(\d+)(?:\.(\d{1,2}):(\d{2}))?$/.exec(text);
  if (days) {
    const ticks =
      BigInt(days[2]!) * TICKS_PER_DAY +
      BigInt(days[3] ?? 0) * TICKS_PER_HOUR +
      BigInt(days[4] ?? 0) * TICKS_PER_MINUTE;
    return days[1] === '-' ? -ticks : ticks;
  }
  return undefined;
}

function scaled(number: string, unit: bigint): bigint {
  const [whole = '0', fraction = ''] = number.split('.');
  const scale = 10n ** BigInt(fraction.length);
  return (BigInt(whole || '0') * scale * unit + BigInt(fraction || '0') * unit) / scale;
}

/** The JSON value of what stands inside `dynamic(…)`. */
function jsonOf(node: SyntaxNode): JsonValue {
  switch (kindOf(node)) {
    case 'JsonObjectExpression':
      return Object.fromEntries(listOf(node.Pairs).map((pair) => [String(pair.Name.ValueText), jsonOf(pair.Value)]));
    case 'JsonArrayExpression':
      return listOf(node.Values).map(jsonOf);
    case 'DynamicExpression':
      return jsonOf(node.Expression);
    case 'UnaryMinusExpression': {
      const value = jsonOf(node.Expression);
      return typeof value === 'bigint' || typeof value === 'number' ? -value : value;
    }
    default: {
      const inner = lowerLiteral(node);
      if (!inner)
        throw trawlError('bad-argument', { what: textOf(node), why: 'not a literal of a dynamic value' }, spanOf(node));
      return literalToJson(inner);
    }
  }
}

/** How a literal of any type reads inside a dynamic value: numbers and booleans as they are, the rest as text. */
export function literalToJson({ type, value }: Literal): JsonValue {
  if (type === 'datetime' && typeof value === 'bigint') return formatDatetime(value);
  if (type === 'timespan' && typeof value === 'bigint') return formatTimespan(value);
  return value;
}
