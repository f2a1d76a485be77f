/** How a plugin's answer may differ from Kusto's, for the reference page. */
export const PLUGIN_DIFFERS: Readonly<Record<string, string>> = {
  activity_engagement:
    'What is before the start counts for the first outer windows; without start and end, windows are those of `bin()`.',
  activity_metrics: 'Without start and end, windows are those of `bin()`. Windows without activity have no row.',
  autocluster: 'Which patterns are chosen is ours, the same for the same rows: see docs/decisions/patterns.md.',
  basket: 'Exact and without sampling; dimensions are counted as in docs/decisions/patterns.md.',
  bag_unpack:
    'In a function that is called with several tables, or stored, each call has the columns of all (with a warning). A property that is read but in no row is null (with a warning).',
  dcount_intersect: 'Exact while the sets are small, as in Kusto; larger ones are estimates of another kind.',
  diffpatterns: 'Which patterns are chosen is ours, the same for the same rows: see docs/decisions/patterns.md.',
  diffpatterns_text: 'Which patterns are chosen is ours, the same for the same rows: see docs/decisions/patterns.md.',
  estimate_rows_count: 'Exact.',
  funnel_sequence:
    "Steps are consecutive states of an id, and a repeated state counts as one that lasts: the engine's own rule isn't published.",
  funnel_sequence_completion: 'Events at one time count as in order.',
  geo_line_lookup: 'Every place is compared with every line.',
  geo_polygon_lookup: 'Every place is compared with every polygon.',
  new_activity_metrics: 'A cohort without ids has NaN for rates.',
  pivot:
    'In a function that is called with several tables, or stored, each call has the columns of all (with a warning).',
  schema_merge: 'Numbers are widened; other types that differ say `ERROR(no common type)`.',
  sequence_detect:
    'Every combination of times is given once; events at one time count as in order. Steps must have names.',
  session_count: 'A session counts in every bin it is active in.',
  sliding_window_counts: 'What is before the start counts for the first windows.',
};
