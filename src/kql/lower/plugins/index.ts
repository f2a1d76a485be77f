import { lowerActiveUsersCount } from './active-users-count.js';
import { lowerActivityCountsMetrics } from './activity-counts-metrics.js';
import { lowerActivityEngagement } from './activity-engagement.js';
import { lowerActivityMetrics } from './activity-metrics.js';
import { lowerBagUnpack } from './bag-unpack.js';
import { lowerIpv4Lookup, lowerIpv6Lookup } from './ip-lookup.js';
import { lowerNarrow } from './narrow.js';
import { lowerNewActivityMetrics } from './new-activity-metrics.js';
import { lowerPivot } from './pivot.js';
import type { LowerPlugin } from './plugin.js';
import { lowerSessionCount } from './session-count.js';
import { lowerSlidingWindowCounts } from './sliding-window-counts.js';

/** Plugins by name. */
export const PLUGINS: Readonly<Record<string, LowerPlugin>> = {
  active_users_count: lowerActiveUsersCount,
  activity_counts_metrics: lowerActivityCountsMetrics,
  activity_engagement: lowerActivityEngagement,
  activity_metrics: lowerActivityMetrics,
  bag_unpack: lowerBagUnpack,
  ipv4_lookup: lowerIpv4Lookup,
  ipv6_lookup: lowerIpv6Lookup,
  narrow: lowerNarrow,
  new_activity_metrics: lowerNewActivityMetrics,
  pivot: lowerPivot,
  session_count: lowerSessionCount,
  sliding_window_counts: lowerSlidingWindowCounts,
};
