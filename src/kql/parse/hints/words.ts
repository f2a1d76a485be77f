/** Words that begin an operator behind a `|`. */
export const OPERATOR_WORDS: readonly string[] = [
  'as', 'assert-schema', 'consume', 'count', 'distinct', 'evaluate', 'extend', 'facet', 'filter', 'find', 'fork', 'getschema',
  'graph-mark-components', 'graph-match', 'graph-shortest-paths', 'graph-to-table', 'invoke', 'join', 'limit', 'lookup',
  'make-graph', 'make-series', 'mv-apply', 'mv-expand', 'order by', 'parse', 'parse-kv', 'parse-where', 'partition', 'print',
  'project', 'project-away', 'project-keep', 'project-rename', 'project-reorder', 'range', 'reduce', 'render', 'sample',
  'sample-distinct', 'scan', 'search', 'serialize', 'sort by', 'summarize', 'take', 'top', 'top-hitters', 'top-nested', 'union', 'where',
]; // biome-ignore format: a list

/** What other languages call an operator. */
export const OTHER_WORDS: Readonly<Record<string, string>> = {
  add: 'extend',
  aggregate: 'summarize',
  dedup: 'distinct',
  drop: 'project-away',
  eval: 'extend',
  expand: 'mv-expand',
  explode: 'mv-expand',
  fields: 'project',
  from: 'the name of the table',
  group: 'summarize … by …',
  having: 'where',
  head: 'take',
  merge: 'union',
  orderby: 'order by',
  rename: 'project-rename',
  select: 'project',
  sortby: 'sort by',
  stats: 'summarize',
  table: 'project',
  unique: 'distinct',
};

/** Operators between two values that are words. */
export const BINARY_WORDS: readonly string[] = [
  'and', 'between', 'contains', 'contains_cs', 'endswith', 'endswith_cs', 'has', 'has_all', 'has_any', 'has_cs', 'hasprefix',
  'hasprefix_cs', 'hassuffix', 'hassuffix_cs', 'in', 'matches regex', 'or', 'startswith', 'startswith_cs',
]; // biome-ignore format: a list

/** Signs of other languages, and what KQL writes. */
export const OTHER_SIGNS: Readonly<Record<string, string>> = { '&': 'and', '|': 'or', '!': 'not(…) or !=', '"': "'" };
