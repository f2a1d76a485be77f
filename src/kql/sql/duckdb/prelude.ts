/**
 * Macros that printed queries call: Kusto's semantics where one SQL expression can say them.
 * They are created on every connection as temporary macros. A parameter is read once where it can be.
 */
const TICKS_1970 = '621355968000000000';
const DAY = '864000000000';

export const PRELUDE: Readonly<Record<string, string>> = {
  // Numbers
  'kql_mod(a, b)': '((a % b) + abs(b)) % abs(b)',
  'kql_bin(a, b)': 'CASE WHEN b > 0 THEN a - (((a % b) + b) % b) END',
  'kql_bin_real(a, b)': 'CASE WHEN b > 0 THEN floor(a / b) * b END',
  'kql_percentile(x, p)': 'quantile_disc(x, p / 100)',

  // Text of typed values
  'kql_real_text(x)':
    "coalesce(CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE regexp_replace(upper(CAST(x AS VARCHAR)), 'E([+-])(\\d)$', 'E\\10\\2') END, '')",
  'kql_decimal_text(x)':
    "coalesce(regexp_replace(regexp_replace(CAST(x AS VARCHAR), '(\\.\\d*?)0+$', '\\1'), '\\.$', ''), '')",
  'kql_timestamp(t)': `make_timestamp((t - ${TICKS_1970}) // 10)`,
  'kql_datetime_text(t)':
    "coalesce(strftime(kql_timestamp(t - t % 10000000), '%Y-%m-%dT%H:%M:%S') || '.' || lpad(CAST(t % 10000000 AS VARCHAR), 7, '0') || 'Z', '')",
  'kql_timespan_text(t)': `coalesce(
    CASE WHEN t < 0 THEN '-' ELSE '' END ||
    CASE WHEN abs(t) >= ${DAY} THEN CAST(abs(t) // ${DAY} AS VARCHAR) || '.' ELSE '' END ||
    lpad(CAST(abs(t) // 36000000000 % 24 AS VARCHAR), 2, '0') || ':' ||
    lpad(CAST(abs(t) // 600000000 % 60 AS VARCHAR), 2, '0') || ':' ||
    lpad(CAST(abs(t) // 10000000 % 60 AS VARCHAR), 2, '0') ||
    CASE WHEN t % 10000000 <> 0 THEN '.' || lpad(CAST(abs(t) % 10000000 AS VARCHAR), 7, '0') ELSE '' END, '')`,

  // Values of texts; what is no such value gives null
  'kql_parse_long(s)':
    "CASE WHEN regexp_full_match(trim(s), '[-+]?\\d+') THEN TRY_CAST(trim(s) AS BIGINT) WHEN regexp_full_match(trim(s), '0[xX][0-9a-fA-F]{1,16}') THEN kql_hex_long(trim(s)[3:]) END",
  'kql_hex_long(s)':
    "TRY_CAST(list_sum(list_transform(range(length(s)), lambda i: CAST(instr('0123456789abcdef', lower(s[i + 1])) - 1 AS HUGEINT) * CAST(pow(16, length(s) - i - 1) AS HUGEINT))) AS BIGINT)",
  'kql_parse_real(s)':
    "CASE WHEN regexp_full_match(trim(s), '[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?') THEN TRY_CAST(trim(s) AS DOUBLE) WHEN lower(trim(s)) IN ('nan', 'inf', '+inf', '-inf', 'infinity', '-infinity') THEN TRY_CAST(trim(s) AS DOUBLE) END",
  'kql_parse_bool(s)':
    "CASE WHEN lower(trim(s)) = 'true' THEN true WHEN lower(trim(s)) = 'false' THEN false WHEN regexp_full_match(trim(s), '[-+]?\\d+') THEN TRY_CAST(trim(s) AS BIGINT) <> 0 END",
  'kql_parse_guid(s)': "TRY_CAST(nullif(s, '') AS UUID)",
  'kql_ticks(ts)': `epoch_us(ts) * 10 + ${TICKS_1970}`,
  'kql_parse_datetime(s)':
    "CASE WHEN regexp_matches(s, '^\\s*\\d{4}-\\d\\d?-\\d\\d?([T ]|\\s*$)') THEN kql_parse_iso(trim(s)) ELSE kql_parse_other_datetime(trim(s)) END",
  'kql_parse_iso(s)':
    "kql_ticks(TRY_CAST(regexp_replace(s, '\\.\\d+', '') AS TIMESTAMPTZ) AT TIME ZONE 'UTC') + coalesce(TRY_CAST(rpad(left(nullif(regexp_extract(s, '\\.(\\d+)', 1), ''), 7), 7, '0') AS BIGINT), 0)",
  'kql_parse_other_datetime(s)': `kql_ticks(coalesce(
    try_strptime(s, ['%Y', '%Y-%m', '%m/%d/%Y', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p', '%a, %d %b %Y %H:%M:%S GMT', '%a, %d %b %Y %H:%M:%S', '%d %b %Y', '%d %b %Y %H:%M:%S', '%B %d, %Y', '%b %d, %Y', '%b %d %Y %H:%M:%S', '%Y/%m/%d', '%Y/%m/%d %H:%M:%S', '%Y%m%d'])))`,
  'kql_parse_timespan(s)': `CASE
    WHEN regexp_full_match(trim(s), '-?(\\d+[.:])?\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d{1,7})?)?') THEN kql_clock_ticks(trim(s), regexp_extract(trim(s), '^(-?)(?:(\\d+)[.:](?:\\d+:\\d))?', ['sign', 'days']), regexp_extract(trim(s), '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?$', ['h', 'm', 's', 'f']))
    WHEN regexp_full_match(trim(s), '-?\\d+') THEN TRY_CAST(trim(s) AS BIGINT) * ${DAY}
    WHEN regexp_full_match(trim(s), '-?\\d*\\.?\\d+ *(d|h|m|s|ms|tick|ticks|microsecond|days?|hours?|minutes?|seconds?)') THEN kql_unit_ticks(trim(s)) END`,
  'kql_clock_ticks(s, head, clock)': `CASE WHEN CAST(clock.h AS INT) < 24 AND CAST(clock.m AS INT) < 60 AND coalesce(TRY_CAST(clock.s AS INT), 0) < 60 THEN
    CASE WHEN head.sign = '-' THEN -1 ELSE 1 END * (coalesce(TRY_CAST(head.days AS BIGINT), 0) * ${DAY} + CAST(clock.h AS BIGINT) * 36000000000 + CAST(clock.m AS BIGINT) * 600000000 + coalesce(TRY_CAST(clock.s AS BIGINT), 0) * 10000000 + coalesce(TRY_CAST(rpad(nullif(clock.f, ''), 7, '0') AS BIGINT), 0)) END`,
  'kql_unit_ticks(s)':
    "CAST(TRY_CAST(regexp_extract(s, '-?\\d*\\.?\\d+') AS DOUBLE) * CASE regexp_extract(s, '[a-z]+') WHEN 'd' THEN 864000000000 WHEN 'day' THEN 864000000000 WHEN 'days' THEN 864000000000 WHEN 'h' THEN 36000000000 WHEN 'hour' THEN 36000000000 WHEN 'hours' THEN 36000000000 WHEN 'm' THEN 600000000 WHEN 'minute' THEN 600000000 WHEN 'minutes' THEN 600000000 WHEN 's' THEN 10000000 WHEN 'second' THEN 10000000 WHEN 'seconds' THEN 10000000 WHEN 'ms' THEN 10000 WHEN 'microsecond' THEN 10 ELSE 1 END AS BIGINT)",

  // Dynamic values: JSON text; JSON null and a missing element are both SQL null
  'kql_parse_json(s)':
    "CASE WHEN s = '' THEN NULL WHEN json_valid(s) THEN kql_json(CAST(s AS JSON)) ELSE to_json(s) END",
  'kql_json(j)': "CASE WHEN CAST(j AS VARCHAR) = 'null' THEN NULL ELSE j END",
  'kql_get(j, path)': 'kql_json(json_extract(j, path))',
  'kql_get_key(j, k)': "kql_json(json_extract(j, '$.' || CAST(to_json(k) AS VARCHAR)))",
  'kql_get_index(j, i)': "kql_json(json_extract(j, CASE WHEN i < 0 THEN '$[#' || i || ']' ELSE '$[' || i || ']' END))",
  'kql_index_of_key(k)': "TRY_CAST(json_extract_string(to_json(k), '$') AS BIGINT)",
  'kql_json_empty(j)': "coalesce(CAST(j AS VARCHAR) IN ('', '\"\"', '[]', '{}', 'null'), true)",
  'kql_list_json(l)': "coalesce(to_json(l), CAST('[]' AS JSON))",
  'kql_array(j)': "CASE WHEN json_type(j) = 'ARRAY' THEN json_extract(j, '$[*]') END",
  'kql_strings(j)':
    "CASE json_type(j) WHEN 'ARRAY' THEN json_extract_string(j, '$[*]') ELSE [json_extract_string(j, '$')] END",
  'kql_elements(j)': `CASE coalesce(json_type(j), 'NULL')
    WHEN 'NULL' THEN [CAST(NULL AS JSON)]
    WHEN 'ARRAY' THEN list_transform(json_extract(j, '$[*]'), lambda e: kql_json(e))
    WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda k: json_object(k, json_extract(j, '$.' || CAST(to_json(k) AS VARCHAR))))
    ELSE [j] END`,
  'kql_element_pairs(j)': `CASE coalesce(json_type(j), 'NULL')
    WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda k: json_array(k, json_extract(j, '$.' || CAST(to_json(k) AS VARCHAR))))
    ELSE kql_elements(j) END`,
  'kql_in_array(v, j)': 'coalesce(list_contains(kql_strings(j), CAST(v AS VARCHAR)), false)',

  // Texts
  'kql_split(s, d)': "CASE WHEN d = '' THEN [s] ELSE string_split(s, d) END",
  'kql_split_at(l, i)': 'CASE WHEN i >= -len(l) AND i < len(l) THEN to_json([l[CASE WHEN i < 0 THEN i ELSE i + 1 END]]) END',
  'kql_indexof_from(s, t, i)':
    'CASE WHEN i > length(s) THEN -1 WHEN instr(substring(s, greatest(i, 0) + 1), t) = 0 THEN -1 ELSE instr(substring(s, greatest(i, 0) + 1), t) - 1 + greatest(i, 0) END',
  'kql_indexof_regex(s, r)': "CASE WHEN regexp_matches(s, r) THEN length(regexp_extract(s, '(?s)^(.*?)(?:' || r || ')', 1)) ELSE -1 END",
  'kql_countof(s, t)':
    "CASE WHEN t = '' THEN length(s) + 1 ELSE len(list_filter(range(1, length(s) - length(t) + 2), lambda i: substring(s, i, length(t)) = t)) END",
  'kql_translate(s, a, b)':
    "array_to_string(list_transform(regexp_extract_all(s, '(?s).'), lambda c: CASE WHEN instr(a, c) = 0 THEN c WHEN b = '' THEN '' ELSE substring(b, least(instr(a, c), length(b)), 1) END), '')",
  'kql_has_any_index(s, j)':
    'coalesce(list_filter(range(len(kql_strings(j))), lambda i: kql_has_term(lower(s), lower(kql_strings(j)[i + 1]), true, true))[1], -1)',

  // Calendar
  'kql_start_day(t, n)': `kql_bin(t, ${DAY}) + n * ${DAY}`,
  'kql_start_week(t, n)': `kql_bin(t + ${DAY}, 7 * ${DAY}) - ${DAY} + n * 7 * ${DAY}`,
  'kql_start_month(t, n)': "kql_ticks(date_trunc('month', kql_timestamp(t)) + to_months(CAST(n AS INTEGER)))",
  'kql_start_year(t, n)': "kql_ticks(date_trunc('year', kql_timestamp(t)) + to_years(CAST(n AS INTEGER)))",
  'kql_add_months(t, n)': 'kql_ticks(kql_timestamp(t) + to_months(CAST(n AS INTEGER))) + t % 10',

  // Arrays and bags
  'kql_json_kind(j)':
    "CASE coalesce(json_type(j), 'NULL') WHEN 'NULL' THEN 'null' WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' ELSE 'long' END",
  'kql_distinct(l)': 'list_filter(l, lambda e, i: list_position(l, e) = i)',
  'kql_array_slice(j, a, b)': `CASE WHEN json_type(j) = 'ARRAY' THEN to_json(coalesce(kql_array(j)[
    greatest(CASE WHEN a < 0 THEN a + CAST(json_array_length(j) AS BIGINT) ELSE a END, 0) + 1 : CASE WHEN b < 0 THEN b + CAST(json_array_length(j) AS BIGINT) ELSE b END + 1], [])) END`,
  'kql_array_index(j, v, a)':
    "CASE WHEN json_type(j) = 'ARRAY' THEN coalesce(list_filter(range(greatest(a, 0), CAST(json_array_length(j) AS BIGINT)), lambda i: CAST(json_extract(j, '$[' || i || ']') AS VARCHAR) = v)[1], -1) END",
  'kql_array_sort(j, o)': `CASE WHEN json_type(j) = 'ARRAY' THEN
    CASE WHEN list_bool_and(list_transform(kql_strings(j), lambda e: e IS NULL OR TRY_CAST(e AS DOUBLE) IS NOT NULL)) AND json_type(json_extract(j, '$[0]')) <> 'VARCHAR'
      THEN to_json(list_transform(list_sort(list_transform(kql_array(j), lambda e: {'k': TRY_CAST(json_extract_string(e, '$') AS DOUBLE), 'e': e}), o, 'NULLS LAST'), lambda p: p.e))
      ELSE to_json(list_transform(list_sort(list_transform(kql_array(j), lambda e: {'k': json_extract_string(e, '$'), 'e': e}), o, 'NULLS LAST'), lambda p: p.e)) END END`,
  'kql_bag_where(all_keys, j, l)':
    "CASE WHEN len(l) = 0 THEN CAST('{}' AS JSON) ELSE CAST('{' || array_to_string(list_transform(l, lambda k: CAST(to_json(k) AS VARCHAR) || ':' || CAST(json_extract(j, '$.' || CAST(to_json(k) AS VARCHAR)) AS VARCHAR)), ',') || '}' AS JSON) END",

  // Addresses
  'kql_ipv4(s)':
    "CASE WHEN regexp_full_match(s, '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}') THEN CAST(split_part(s, '.', 1) AS BIGINT) * 16777216 + CAST(split_part(s, '.', 2) AS BIGINT) * 65536 + CAST(split_part(s, '.', 3) AS BIGINT) * 256 + CAST(split_part(s, '.', 4) AS BIGINT) END",

  // Terms
  'kql_has_term(s, t, at_start, at_end)': `(t = '' OR (contains(s, t) AND regexp_matches(s,
    CASE WHEN at_start AND regexp_matches(t, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END || regexp_escape(t) ||
    CASE WHEN at_end AND regexp_matches(t, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END)))`,
  'kql_has_any(s, j)':
    'coalesce(list_bool_or(list_transform(kql_strings(j), lambda t: kql_has_term(lower(s), lower(t), true, true))), false)',
  'kql_has_all(s, j)':
    'coalesce(list_bool_and(list_transform(kql_strings(j), lambda t: kql_has_term(lower(s), lower(t), true, true))), true)',
};

/** Statements that create the macros, in an order in which each only uses earlier ones. */
export function preludeStatements(): string[] {
  const entries = Object.entries(PRELUDE).map(([head, body]) => ({
    name: head.slice(0, head.indexOf('(')),
    head,
    body,
  }));
  const names = new Set(entries.map(({ name }) => name));
  const done = new Set<string>();
  const ordered: string[] = [];
  const visit = (entry: (typeof entries)[number]): void => {
    if (done.has(entry.name)) return;
    done.add(entry.name);
    for (const [used] of entry.body.matchAll(/kql_\w+/g)) {
      const other = names.has(used) ? entries.find(({ name }) => name === used) : undefined;
      if (other) visit(other);
    }
    ordered.push(`CREATE OR REPLACE TEMP MACRO ${entry.head} AS (${entry.body})`);
  };
  entries.forEach(visit);
  return ordered;
}
