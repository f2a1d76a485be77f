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
  'kql_wrap_long(x)': 'CAST(CASE WHEN x > 9223372036854775807 THEN x - 18446744073709551616 ELSE x END AS BIGINT)',
  'kql_hex_huge(s)':
    "CAST(list_sum(list_transform(range(length(s)), lambda i: CAST(instr('0123456789abcdef', lower(s[i + 1])) - 1 AS HUGEINT) * (CAST(1 AS HUGEINT) << CAST(4 * (length(s) - i - 1) AS INTEGER)))) AS HUGEINT)",
  'kql_parse_real(s)':
    "CASE WHEN regexp_full_match(trim(s), '[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?') THEN TRY_CAST(trim(s) AS DOUBLE) WHEN lower(trim(s)) IN ('nan', 'inf', '+inf', '-inf', 'infinity', '-infinity') THEN TRY_CAST(trim(s) AS DOUBLE) END",
  'kql_parse_bool(s)':
    "CASE WHEN lower(trim(s)) = 'true' THEN true WHEN lower(trim(s)) = 'false' THEN false WHEN regexp_full_match(trim(s), '[-+]?\\d+') THEN TRY_CAST(trim(s) AS BIGINT) <> 0 END",
  'kql_parse_guid(s)': "TRY_CAST(nullif(s, '') AS UUID)",
  'kql_split(s, d)': "CASE WHEN d = '' THEN [s] ELSE string_split(s, d) END",
  'kql_split_at(l, i)':
    'CASE WHEN i >= -len(l) AND i < len(l) THEN to_json([l[CASE WHEN i < 0 THEN i ELSE i + 1 END]]) END',
  'kql_indexof_from(s, t, i)':
    'CASE WHEN i > length(s) THEN -1 WHEN instr(substring(s, greatest(i, 0) + 1), t) = 0 THEN -1 ELSE instr(substring(s, greatest(i, 0) + 1), t) - 1 + greatest(i, 0) END',
  'kql_indexof_regex(s, r)':
    "CASE WHEN regexp_matches(s, r) THEN length(regexp_extract(s, '(?s)^(.*?)(?:' || r || ')', 1)) ELSE -1 END",
  'kql_countof(s, t)':
    "CASE WHEN t = '' THEN length(s) + 1 ELSE len(list_filter(range(1, length(s) - length(t) + 2), lambda i: substring(s, i, length(t)) = t)) END",
  'kql_translate(s, a, b)':
    "array_to_string(list_transform(regexp_extract_all(s, '(?s).'), lambda c: CASE WHEN instr(a, c) = 0 THEN c WHEN b = '' THEN '' ELSE substring(b, least(instr(a, c), length(b)), 1) END), '')",
};
