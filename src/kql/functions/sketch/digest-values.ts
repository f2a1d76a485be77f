import { formatDatetime, formatTimespan, parseIsoDatetime } from '../../../util/ticks.js';
import type { KqlType } from '../../types.js';
import { readTimespan } from '../text/timespan.js';

/** Whole numbers and ticks are bigints: none of their digits gets lost. */
export type Value = bigint | number;
export type DigestType = 'long' | 'real' | 'datetime' | 'timespan';

/** What a digest does with values of a type, and how JSON holds them. */
export interface Arithmetic {
  compare(a: Value, b: Value): number;
  mean(values: readonly { readonly mean: Value; readonly weight: number }[], weight: number): Value;
  /** Where `x` lies between `a` (0) and `b` (1). */
  share(a: Value, b: Value, x: Value): number;
  /** A value from JSON; undefined when it is none of the type. */
  read(json: unknown): Value | undefined;
  json(value: Value): string;
}

const compare = (a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);
const quoted = (text: string): string => JSON.stringify(text);

const whole = (read: Arithmetic['read'], json: Arithmetic['json']): Arithmetic => ({
  compare,
  mean: (values, weight) => {
    const sum = values.reduce((total, of) => total + BigInt(of.mean) * BigInt(of.weight), 0n);
    const twice = 2n * sum + (sum < 0n ? -1n : 1n) * BigInt(weight);
    return twice / (2n * BigInt(weight));
  },
  share: (a, b, x) => Number(BigInt(x) - BigInt(a)) / Number(BigInt(b) - BigInt(a)),
  read,
  json,
});

const LONG = /^\s*[-+]?\d+\s*$/;

export const ARITHMETIC: Readonly<Record<DigestType, Arithmetic>> = {
  long: whole(
    (json) =>
      typeof json === 'number' ? BigInt(Math.floor(json)) : LONG.test(String(json)) ? BigInt(String(json)) : undefined,
    String,
  ),
  datetime: whole(
    (json) => (typeof json === 'string' ? (parseIsoDatetime(json) ?? undefined) : undefined),
    (value) => quoted(formatDatetime(BigInt(value))),
  ),
  timespan: whole(
    (json) => (typeof json === 'string' ? readTimespan(json) : undefined),
    (value) => quoted(formatTimespan(BigInt(value))),
  ),
  real: {
    compare,
    mean: (values, weight) => values.reduce((sum, of) => sum + Number(of.mean) * of.weight, 0) / weight,
    share: (a, b, x) => (Number(x) - Number(a)) / (Number(b) - Number(a)),
    read: (json) => {
      const value = typeof json === 'number' || typeof json === 'string' ? Number(json) : Number.NaN;
      return Number.isNaN(value) ? undefined : value;
    },
    json: (value) =>
      Number.isFinite(value)
        ? Number.isInteger(value) && Math.abs(Number(value)) < 1e21
          ? `${value}.0`
          : String(value)
        : quoted(String(value)),
  },
};

/** The type a digest of values of this type has; undefined for types that have no percentiles. */
export const digestType = (type: KqlType): DigestType | undefined =>
  type === 'int' || type === 'long' || type === 'bool'
    ? 'long'
    : type === 'decimal' || type === 'dynamic'
      ? 'real'
      : type === 'real' || type === 'datetime' || type === 'timespan'
        ? type
        : undefined;
