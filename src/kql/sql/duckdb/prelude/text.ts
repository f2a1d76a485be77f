import type { Macros } from './macros.js';

/** Texts: values written as text, texts read as values, positions and parts. */
export const TEXT: Macros = {
  'kql_real_text(x)':
    "coalesce(CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE regexp_replace(upper(CAST(x AS VARCHAR)), 'E([+-])(\\d)$', 'E\\10\\2') END, '')",
  'kql_decimal_text(x)':
    "coalesce(regexp_replace(regexp_replace(CAST(x AS VARCHAR), '(\\.\\d*?)0+$', '\\1'), '\\.$', ''), '')",
  'kql_parse_long(s)':
    "CASE WHEN regexp_full_match(trim(s), '[-+]?\\d+') THEN TRY_CAST(trim(s) AS BIGINT) WHEN regexp_full_match(trim(s), '0[xX][0-9a-fA-F]{1,16}') THEN kql_hex_long(trim(s)[3:]) END",
  'kql_hex_long(s)': 'kql_wrap_long(kql_hex_huge(s))',
  'kql_hex_huge(s)':
    "CAST(list_sum(list_transform(range(length(s)), lambda i: CAST(instr('0123456789abcdef', lower(s[i + 1])) - 1 AS HUGEINT) * (CAST(1 AS HUGEINT) << CAST(4 * (length(s) - i - 1) AS INTEGER)))) AS HUGEINT)",
  'kql_parse_real(s)':
    "CASE WHEN regexp_full_match(trim(s), '[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?') THEN TRY_CAST(trim(s) AS DOUBLE) WHEN lower(trim(s)) IN ('nan', 'inf', '+inf', '-inf', 'infinity', '-infinity') THEN TRY_CAST(trim(s) AS DOUBLE) END",
  'kql_parse_bool(s)':
    "CASE WHEN lower(trim(s)) = 'true' THEN true WHEN lower(trim(s)) = 'false' THEN false ELSE kql_parse_long(s) <> 0 END",
  'kql_parse_guid(s)': "TRY_CAST(nullif(s, '') AS UUID)",
  // up to four parts of up to eight digits each, side by side
  'kql_parse_version(s)':
    "CASE WHEN regexp_full_match(s, '\\d{1,8}(\\.\\d{1,8}){0,3}') THEN CAST(lpad(split_part(s, '.', 1), 8, '0') || lpad(split_part(s, '.', 2), 8, '0') || lpad(split_part(s, '.', 3), 8, '0') || lpad(split_part(s, '.', 4), 8, '0') AS DECIMAL(38,0)) END",
  'kql_split(s, d)': "CASE WHEN d = '' THEN [s] ELSE string_split(s, d) END",
  'kql_split_at(l, i)':
    'CASE WHEN i >= -len(l) AND i < len(l) THEN to_json([l[CASE WHEN i < 0 THEN i ELSE i + 1 END]]) END',
  'kql_indexof_from(s, t, i)': 'kql_indexof_at(s, t, CASE WHEN i < 0 THEN greatest(length(s) + i, 0) ELSE i END)',
  'kql_indexof_at(s, t, i)':
    'CASE WHEN i > length(s) OR instr(substring(s, i + 1), t) = 0 THEN -1 ELSE instr(substring(s, i + 1), t) - 1 + i END',
  // every match is marked; the texts before the marks tell where the matches begin
  'kql_indexof_regex(s, r, i, n, k)':
    "CASE WHEN i < 0 OR n < -1 OR k < 1 THEN NULL ELSE kql_nth_mark(string_split(regexp_replace(CASE WHEN n = -1 THEN substring(s, i + 1) ELSE substring(s, i + 1, n) END, r, '\uE000\uE001\uE000\\0', 'g'), '\uE000\uE001\uE000'), i, k) END",
  'kql_nth_mark(parts, i, k)':
    'CASE WHEN len(parts) > k THEN i + CAST(list_sum(list_transform(parts[1:k], lambda p: length(p))) AS BIGINT) ELSE -1 END',
  // matches with the texts of all n groups; a single group's alone
  'kql_every_match(s, p, n)': 'kql_matches_of(s, p, n, range(1, n + 1))',
  // matches with the texts of the groups of a pattern that has n; one group's alone stand bare
  'kql_matches_of(s, p, n, groups)': `CASE WHEN n = 0 OR len(regexp_extract_all(s, p, 0)) = 0 THEN NULL
    WHEN len(groups) = 1 THEN to_json(list_transform(range(1, len(regexp_extract_all(s, p, 0)) + 1), lambda m: kql_group_of_match(s, p, n, groups[1], m)))
    ELSE to_json(list_transform(range(1, len(regexp_extract_all(s, p, 0)) + 1), lambda m: list_transform(groups, lambda g: kql_group_of_match(s, p, n, g, m)))) END`,
  'kql_group_of_match(s, p, n, g, m)':
    "CASE WHEN g <= n THEN coalesce(regexp_extract_all(s, p, CAST(least(g, n) AS INTEGER))[m], '') ELSE '' END",
  'kql_countof(s, t)':
    "CASE WHEN t = '' THEN length(s) + 1 ELSE len(list_filter(range(1, length(s) - length(t) + 2), lambda i: substring(s, i, length(t)) = t)) END",
  'kql_translate(s, a, b)':
    "array_to_string(list_transform(regexp_extract_all(s, '(?s).'), lambda c: CASE WHEN instr(a, c) = 0 THEN c WHEN b = '' THEN '' ELSE substring(b, least(instr(a, c), length(b)), 1) END), '')",
};
