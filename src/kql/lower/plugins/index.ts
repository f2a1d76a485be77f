import { lowerActiveUsersCount } from './active-users-count.js';
import { lowerActivityCountsMetrics } from './activity-counts-metrics.js';
import { lowerActivityEngagement } from './activity-engagement.js';
import { lowerActivityMetrics } from './activity-metrics.js';
import { lowerAutocluster } from './autocluster.js';
import { lowerBagUnpack } from './bag-unpack.js';
import { lowerBasket } from './basket.js';
import { lowerDcountIntersect } from './dcount-intersect.js';
import { lowerDiffpatterns } from './diffpatterns.js';
import { lowerDiffpatternsText } from './diffpatterns-text.js';
import { lowerFunnelSequence } from './funnel-sequence.js';
import { lowerFunnelSequenceCompletion } from './funnel-sequence-completion.js';
import { lowerGeoLineLookup, lowerGeoPolygonLookup } from './geo-lookup.js';
import { lowerIpv4Lookup, lowerIpv6Lookup } from './ip-lookup.js';
import { lowerNarrow } from './narrow.js';
import { lowerNewActivityMetrics } from './new-activity-metrics.js';
import { lowerPivot } from './pivot.js';
import type { LowerPlugin, LowerTables } from './plugin.js';
import { lowerPreview } from './preview.js';
import { lowerRollingPercentile } from './rolling-percentile.js';
import { lowerEstimateRowsCount, lowerIdentity } from './row-counts.js';
import { lowerRowsNear } from './rows-near.js';
import { lowerSchemaMerge } from './schema-merge.js';
import { lowerSequenceDetect } from './sequence-detect.js';
import { lowerSessionCount } from './session-count.js';
import { lowerSlidingWindowCounts } from './sliding-window-counts.js';

/** Plugins by name. */
export const PLUGINS: Readonly<Record<string, LowerPlugin>> = {
  active_users_count: lowerActiveUsersCount,
  activity_counts_metrics: lowerActivityCountsMetrics,
  activity_engagement: lowerActivityEngagement,
  activity_metrics: lowerActivityMetrics,
  autocluster: lowerAutocluster,
  bag_unpack: lowerBagUnpack,
  basket: lowerBasket,
  dcount_intersect: lowerDcountIntersect,
  diffpatterns: lowerDiffpatterns,
  diffpatterns_text: lowerDiffpatternsText,
  estimate_rows_count: lowerEstimateRowsCount,
  funnel_sequence_completion: lowerFunnelSequenceCompletion,
  geo_line_lookup: lowerGeoLineLookup,
  geo_polygon_lookup: lowerGeoPolygonLookup,
  identity: lowerIdentity,
  ipv4_lookup: lowerIpv4Lookup,
  ipv6_lookup: lowerIpv6Lookup,
  narrow: lowerNarrow,
  new_activity_metrics: lowerNewActivityMetrics,
  pivot: lowerPivot,
  rolling_percentile: lowerRollingPercentile,
  rows_near: lowerRowsNear,
  schema_merge: lowerSchemaMerge,
  sequence_detect: lowerSequenceDetect,
  session_count: lowerSessionCount,
  sliding_window_counts: lowerSlidingWindowCounts,
};

/** Plugins that give several tables, which nothing can follow. */
export const PLUGINS_OF_SEVERAL_TABLES: Readonly<Record<string, LowerTables>> = {
  funnel_sequence: lowerFunnelSequence,
  preview: lowerPreview,
};
