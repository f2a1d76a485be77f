import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';

/**
 * Tests on the numbers that the store keeps beside address columns. Queries never call these by name:
 * `optimize/address-keys` puts them in place of the `ipv4_*` and `ipv6_*` functions.
 */
const between = (key: string, bounds: readonly string[]): string[] => {
  const tests: string[] = [];
  for (let i = 0; i + 1 < bounds.length; i += 2) tests.push(`${key} BETWEEN ${bounds[i]} AND ${bounds[i + 1]}`);
  return tests;
};
const any = (tests: readonly string[]): string => (tests.length > 0 ? `(${tests.join(' OR ')})` : 'false');
const digits = (arg: SqlArgument): string => String(arg.literal?.value);
const isNone = (arg: SqlArgument): boolean => arg.expr.kind === 'call' && arg.expr.name.startsWith('no_ipv');

/** Null when there is no IPv4 address; bounds come in pairs. */
const ipv4Test: SqlTemplate = ([key, ...bounds], { predicate }) => {
  if (isNone(key!)) return predicate ? 'false' : 'NULL::BOOLEAN';
  return any(between(key!.sql, bounds.map(digits)));
};

/** `address_key_in(v4, v6, n, n bounds of IPv4, bounds of IPv6)`; null when there is no address at all. */
const addressTest: SqlTemplate = ([ipv4, ipv6, count, ...bounds], { predicate }) => {
  const n = Number(digits(count!));
  const inIpv4 = isNone(ipv4!) ? [] : between(ipv4!.sql, bounds.slice(0, n).map(digits));
  const inIpv6 = isNone(ipv6!)
    ? []
    : between(
        ipv6!.sql,
        bounds.slice(n).map((bound) => `'${digits(bound)}'::UHUGEINT`),
      );
  if (predicate) return any([...inIpv4, ...inIpv6]);
  if (isNone(ipv6!))
    return isNone(ipv4!) ? 'NULL::BOOLEAN' : `CASE WHEN ${ipv4!.sql} IS NOT NULL THEN ${any(inIpv4)} END`;
  return `CASE WHEN ${ipv4!.sql} IS NOT NULL THEN ${any(inIpv4)} WHEN ${ipv6!.sql} IS NOT NULL THEN ${any(inIpv6)} END`;
};

export const ADDRESS_KEYS = scalars([
  { name: 'no_ipv4_key', returns: 'long', duckdb: 'NULL::UINTEGER', internal: true, examples: [] },
  { name: 'no_ipv6_key', returns: 'long', duckdb: 'NULL::UHUGEINT', internal: true, examples: [] },
  { name: 'ipv4_key_value', returns: 'long', duckdb: 'CAST($1 AS BIGINT)', internal: true, examples: [] },
  { name: 'ipv4_key_in', returns: 'bool', duckdb: ipv4Test, internal: true, examples: [] },
  { name: 'address_key_in', returns: 'bool', duckdb: addressTest, internal: true, examples: [] },
]);
