import { call, literal, long } from '../plan/build.js';
import type { Call, Expr } from '../plan/nodes.js';

/** The numbers of an address, as expressions: IPv4 and IPv6. */
export interface Keys {
  readonly ipv4: Expr;
  readonly ipv6: Expr;
}

export type Range = readonly [first: bigint, last: bigint];
export interface KeyRanges {
  readonly ipv4: readonly Range[];
  readonly ipv6: readonly Range[];
}

export const NO_IPV6 = call('no_ipv6_key', 'long');
/** The keys of what is no address. */
export const NO_KEYS: Keys = { ipv4: call('no_ipv4_key', 'long'), ipv6: NO_IPV6 };

/** Sorted, with what overlaps or touches made one. */
export function merged(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const done: Range[] = [];
  for (const [first, last] of sorted) {
    const before = done.at(-1);
    if (!before || first > before[1] + 1n) done.push([first, last]);
    else if (last > before[1]) done[done.length - 1] = [before[0], last];
  }
  return done;
}

/** The test whether an address is in one of the ranges; null when it has no key at all. */
export function keyTest({ ipv4, ipv6 }: Keys, ranges: KeyRanges): Call {
  const inIpv4 = merged(ranges.ipv4).flat();
  const inIpv6 = merged(ranges.ipv6).flat();
  const bounds = [...inIpv4.map(long), ...inIpv6.map((bound) => literal('string', String(bound)))];
  return call('address_key_in', 'bool', ipv4, ipv6, long(inIpv4.length), ...bounds);
}

/** What `keyTest` made, taken apart; undefined for any other expression. */
export function readKeyTest(expr: Expr): { readonly keys: Keys; readonly ranges: KeyRanges } | undefined {
  if (expr.kind !== 'call' || expr.name !== 'address_key_in') return undefined;
  const [ipv4, ipv6, count, ...bounds] = expr.args;
  const numbers = bounds.map((bound) => BigInt(String((bound as { value?: unknown }).value)));
  const n = Number((count as { value?: unknown }).value);
  return {
    keys: { ipv4: ipv4!, ipv6: ipv6! },
    ranges: { ipv4: pairs(numbers.slice(0, n)), ipv6: pairs(numbers.slice(n)) },
  };
}

const pairs = (bounds: readonly bigint[]): Range[] =>
  Array.from({ length: bounds.length / 2 }, (_, i) => [bounds[2 * i]!, bounds[2 * i + 1]!]);
