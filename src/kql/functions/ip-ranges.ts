import { type Network, parseIpv4Network, parseIpv6Network } from '../../util/ip.js';
import type { Expr, JsonValue } from '../plan/nodes.js';

/** The private networks of RFC 1918, which `ipv4_is_private` tests. */
export const PRIVATE_IPV4 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** The range texts of a call's arguments (after the first) when all are constants: texts, or arrays of texts. */
export function constantRanges(args: readonly Expr[]): string[] | undefined {
  const texts: string[] = [];
  for (const arg of args) {
    if (arg.kind !== 'literal') return undefined;
    const values = Array.isArray(arg.value) ? (arg.value as JsonValue[]) : [arg.value];
    for (const value of values) {
      if (typeof value !== 'string') return undefined;
      texts.push(value);
    }
  }
  return texts;
}

/** All ranges parsed, or undefined when one of them is none. */
export function ipv4Networks(texts: readonly string[]): Network<number>[] | undefined {
  const networks = texts.map(parseIpv4Network);
  return networks.every((of) => of !== null) ? (networks as Network<number>[]) : undefined;
}
export function ipv6Networks(texts: readonly string[]): Network<bigint>[] | undefined {
  const networks = texts.map(parseIpv6Network);
  return networks.every((of) => of !== null) ? (networks as Network<bigint>[]) : undefined;
}
