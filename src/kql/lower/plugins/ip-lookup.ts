import { kindOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { call, column, keep, project } from '../../plan/build.js';
import type { Expr, JoinItem, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { badArgument, type Context } from '../context.js';
import { joined, visible } from '../operators/join.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import { given } from './arguments.js';
import type { LowerPlugin } from './plugin.js';

/** How a family of addresses is compared: a number or fixed-width text for the address, and a network's ends. */
interface Family {
  /** Whether the result begins with the lookup table's columns, as the engine's does for IPv6. */
  readonly lookupFirst?: true;
  readonly type: 'long' | 'string';
  readonly address: string;
  readonly first: string;
  readonly last: string;
}

const IPV4: Family = { type: 'long', address: 'parse_ipv4', first: 'ipv4_network_first', last: 'ipv4_network_last' };
const IPV6: Family = {
  lookupFirst: true,
  type: 'string',
  address: 'parse_ipv6',
  first: 'parse_ipv6',
  last: 'ipv6_network_last',
};

/** `ipv4_lookup(Table, address, network [, keys…] [, return_unmatched])`: the rows of Table whose network holds the address. */
export const lowerIpv4Lookup: LowerPlugin = (node, args, input, context) => ipLookup(IPV4, node, args, input, context);
export const lowerIpv6Lookup: LowerPlugin = (node, args, input, context) => ipLookup(IPV6, node, args, input, context);

function ipLookup(family: Family, node: SyntaxNode, args: readonly SyntaxNode[], input: Rel, context: Context): Rel {
  const { positional, named } = given(args);
  const [table, source, network, ...extra] = positional;
  if (!table || !source || !network)
    return badArgument('ip lookup', 'it takes a table, an address and a network column', node);
  const keys = extra.filter((arg) => kindOf(arg) === 'NameReference');
  const flag = named.get('return_unmatched') ?? extra.find((arg) => kindOf(arg) === 'BooleanLiteralExpression');
  const unmatched = flag ? (lowerExpr(flag, context) as Expr & { value?: unknown }).value === true : false;

  const lookup = visible(lowerPipe(table, { session: context.session, scope: context.scope }));
  const left = withKeys(visible(input), [
    { name: '$address', expr: call(family.address, family.type, lowerExpr(source, context)) },
  ]);
  const net = columnOf(lookup, nameOf(network), network);
  const right = withKeys(lookup, [
    { name: '$first', expr: call(family.first, family.type, column(net)) },
    { name: '$last', expr: call(family.last, family.type, column(net)) },
  ]);
  const key = (which: 'left' | 'right', name: string): Expr => column({ name, type: family.type }, which);
  const within = call('between', 'bool', key('left', '$address'), key('right', '$first'), key('right', '$last'));
  const present =
    family.type === 'string'
      ? call('and', 'bool', call('isnotempty', 'bool', key('left', '$address')), within)
      : within;
  const equalities = keys.map((key) => ({
    left: column(columnOf(left, nameOf(key), key), 'left'),
    right: column(columnOf(right, nameOf(key), key), 'right'),
  }));
  const dropped = new Set(['$first', '$last', ...keys.map(nameOf)]);
  const join = joined(unmatched ? 'leftouter' : 'inner', left, right, equalities, dropped);
  const wanted = join.items.filter((item: JoinItem) => item.name !== '$address');
  const side = (which: JoinItem['side']): JoinItem[] => wanted.filter((item) => item.side === which);
  const items = family.lookupFirst ? [...side('right'), ...side('left')] : wanted;
  const columns = items.map(({ name }) => join.columns.find((of) => of.name === name)!);
  return { ...join, condition: present, items, columns };
}

const withKeys = (rel: Rel, keys: readonly NamedExpr[]): Rel => project(rel, [...rel.columns.map(keep), ...keys]);

const columnOf = (rel: Rel, name: string, node: SyntaxNode): Column =>
  rel.columns.find((of) => of.name === name) ?? badArgument(name, 'the table has no such column', node);
