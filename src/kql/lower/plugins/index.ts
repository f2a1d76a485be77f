import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context } from '../context.js';
import { lowerBagUnpack } from './bag-unpack.js';
import { lowerIpv4Lookup, lowerIpv6Lookup } from './ip-lookup.js';
import { lowerNarrow } from './narrow.js';
import { lowerPivot } from './pivot.js';

/** Lowers `evaluate name(args)`; `node` is the EvaluateOperator, with its schema clause if there is one. */
export type LowerPlugin = (node: SyntaxNode, args: readonly SyntaxNode[], input: Rel, context: Context) => Rel;

/** Plugins by name. */
export const PLUGINS: Readonly<Record<string, LowerPlugin>> = {
  bag_unpack: lowerBagUnpack,
  ipv4_lookup: lowerIpv4Lookup,
  ipv6_lookup: lowerIpv6Lookup,
  narrow: lowerNarrow,
  pivot: lowerPivot,
};
