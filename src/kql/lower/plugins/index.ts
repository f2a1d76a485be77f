import { lowerBagUnpack } from './bag-unpack.js';
import { lowerIpv4Lookup, lowerIpv6Lookup } from './ip-lookup.js';
import { lowerNarrow } from './narrow.js';
import { lowerPivot } from './pivot.js';
import type { LowerPlugin } from './plugin.js';

/** Plugins by name. */
export const PLUGINS: Readonly<Record<string, LowerPlugin>> = {
  bag_unpack: lowerBagUnpack,
  ipv4_lookup: lowerIpv4Lookup,
  ipv6_lookup: lowerIpv6Lookup,
  narrow: lowerNarrow,
  pivot: lowerPivot,
};
