import type { Macros } from './macros.js';

/** Whole terms of a text, as the `has` family looks for them. */
export const TERMS: Macros = {
  'kql_has_any_index(s, j)':
    'coalesce(list_filter(range(len(kql_strings(j))), lambda i: kql_has_term(lower(s), lower(kql_strings(j)[i + 1]), true, true))[1], -1)',
  'kql_has_term(s, t, at_start, at_end)': `(t = '' OR (contains(s, t) AND regexp_matches(s,
    CASE WHEN at_start AND regexp_matches(t, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END || regexp_escape(t) ||
    CASE WHEN at_end AND regexp_matches(t, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END)))`,
  'kql_has_any(s, j)':
    'coalesce(list_bool_or(list_transform(kql_strings(j), lambda t: kql_has_term(lower(s), lower(t), true, true))), false)',
  'kql_has_all(s, j)':
    'coalesce(list_bool_and(list_transform(kql_strings(j), lambda t: kql_has_term(lower(s), lower(t), true, true))), true)',
};
