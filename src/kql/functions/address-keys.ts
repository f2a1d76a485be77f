import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';

/**
 * Tests on the numbers that the store keeps beside address columns. Queries never call these by name:
 * `optimize/address-keys` puts them in place of the `ipv4_*` and `ipv6_*` functions.
 */
const digits = (arg: SqlArgument): string => String(arg.literal?.value);
const isNone = (arg: SqlArgument): boolean => arg.expr.kind === 'call' && arg.expr.name.startsWith('no_ipv');

/**
 * Whether a number is within sorted ranges, by halving their bounds: each step is one comparison of those rows that got there.
 * Measured at 12 to 16 ns a row for six ranges, against 18 to 39 for a chain of BETWEEN. Null for null: the last leaf compares, too.
 */
function within(key: string, bounds: readonly bigint[], print: (bound: bigint) => string): string {
  // the value at which membership changes: at even places it begins, at odd ones it has ended
  const changes = bounds.map((bound, i) => (i % 2 === 0 ? bound : bound + 1n));
  const fromZero = changes[0] === 0n;
  const edges = fromZero ? changes.slice(1) : changes;
  const inside = (place: number): boolean => (place % 2 === 1) !== fromZero;
  const part = (from: number, to: number): string => {
    // only the last place is reached by null
    if (from === to) return from < edges.length ? String(inside(from)) : part(from - 1, to);
    if (to - from === 1) return `${key} ${inside(from) ? '<' : '>='} ${print(edges[from]!)}`;
    const middle = (from + to) >> 1;
    return `CASE WHEN ${key} < ${print(edges[middle]!)} THEN ${part(from, middle)} ELSE ${part(middle + 1, to)} END`;
  };
  return part(0, edges.length);
}

/** The tests that fit into one comparison, or the general one; `last` is the greatest number there is. */
function test(key: string, bounds: readonly bigint[], last: bigint, print: (bound: bigint) => string): string {
  if (bounds.length === 0) return `CASE WHEN ${key} IS NOT NULL THEN false END`;
  if (bounds.length > 2) return within(key, bounds.at(-1) === last ? bounds.slice(0, -1) : bounds, print);
  const [from, to] = bounds as [bigint, bigint];
  if (from === 0n) return `${key} <= ${print(to)}`;
  return to === last ? `${key} >= ${print(from)}` : `${key} BETWEEN ${print(from)} AND ${print(to)}`;
}

/** `address_key_in(v4, v6, n, n bounds of IPv4, bounds of IPv6)`: sorted pairs of bounds; null when there is no address at all. */
const addressTest: SqlTemplate = ([ipv4, ipv6, count, ...bounds]) => {
  const n = Number(digits(count!));
  const numbers = bounds.map((bound) => BigInt(digits(bound)));
  const inIpv4 = isNone(ipv4!) ? undefined : test(ipv4!.sql, numbers.slice(0, n), 2n ** 32n - 1n, String);
  const inIpv6 = isNone(ipv6!)
    ? undefined
    : test(ipv6!.sql, numbers.slice(n), 2n ** 128n - 1n, (bound) => `'${bound}'::UHUGEINT`);
  if (inIpv4 && inIpv6) return `CASE WHEN ${ipv6!.sql} IS NOT NULL THEN ${inIpv6} ELSE ${inIpv4} END`;
  return inIpv4 || inIpv6 ? `(${inIpv4 ?? inIpv6})` : 'NULL::BOOLEAN';
};

const known: SqlTemplate = (keys) => {
  const tests = keys.filter((key) => !isNone(key)).map((key) => `${key.sql} IS NOT NULL`);
  return tests.length > 0 ? `(${tests.join(' OR ')})` : 'false';
};

export const ADDRESS_KEYS = scalars([
  { name: 'no_ipv4_key', returns: 'long', duckdb: 'NULL::UINTEGER', internal: true, examples: [] },
  { name: 'no_ipv6_key', returns: 'long', duckdb: 'NULL::UHUGEINT', internal: true, examples: [] },
  { name: 'ipv4_key_value', returns: 'long', duckdb: 'CAST($1 AS BIGINT)', internal: true, examples: [] },
  { name: 'address_key_in', returns: 'bool', duckdb: addressTest, internal: true, examples: [] },
  { name: 'address_key_known', returns: 'bool', duckdb: known, internal: true, examples: [] },
]);
