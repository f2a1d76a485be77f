import type { Macros } from './macros.js';

/** Dynamic values: JSON text; JSON null and a missing element are both SQL null. */
export const DYNAMIC: Macros = {
  'kql_parse_json(s)': "CASE WHEN s NOT IN ('', 'null') THEN coalesce(TRY_CAST(s AS JSON), to_json(s)) END",
  // for a text that takes long to make or to write out: it is read once
  'kql_parse_json_once(s)': 'list_transform([s], lambda t: kql_parse_json(t))[1]',
  'kql_json(j)': "CASE WHEN CAST(j AS VARCHAR) = 'null' THEN NULL ELSE j END",
  // JSON has no NaN and no infinities: they are texts there
  'kql_real_json(x)': 'CASE WHEN isfinite(x) THEN to_json(x) WHEN x IS NOT NULL THEN to_json(kql_real_text(x)) END',
  // what is no whole number as text: by DuckDB's kind of the JSON value
  'kql_json_long(t, kind)': `CASE kind WHEN 'DOUBLE' THEN kql_real_long(TRY_CAST(t AS DOUBLE)) WHEN 'BOOLEAN' THEN CAST(t = 'true' AS BIGINT) END`,
  'kql_json_int(t, kind)': `CASE kind WHEN 'DOUBLE' THEN kql_real_int(TRY_CAST(t AS DOUBLE)) WHEN 'BOOLEAN' THEN CAST(t = 'true' AS INTEGER)
    WHEN 'BIGINT' THEN kql_wrap_int(TRY_CAST(t AS BIGINT)) WHEN 'UBIGINT' THEN kql_wrap_int(TRY_CAST(t AS BIGINT)) END`,
  // a constant null alone would be read as one JSON value
  'kql_items(j)': "CAST(json_extract(j, '$[*]') AS JSON[])",
  'kql_get(j, path)': 'kql_json(json_extract(j, path))',
  // a JSON pointer takes any key as it is; only digits alone would count elements of an array
  'kql_at_key(j, k)': `json_extract(j, CASE WHEN k <> '' AND ltrim(k, '0123456789') = '' THEN '$."' || k || '"'
    ELSE '/' || replace(replace(k, '~', '~0'), '/', '~1') END)`,
  'kql_get_key(j, k)': 'kql_json(kql_at_key(j, k))',
  'kql_get_index(j, i)': "kql_json(json_extract(j, CASE WHEN i < 0 THEN '$[#' || i || ']' ELSE '$[' || i || ']' END))",
  'kql_index_of_key(k)': "TRY_CAST(json_extract_string(to_json(k), '$') AS BIGINT)",
  'kql_json_empty(j)': "coalesce(CAST(j AS VARCHAR) IN ('', '\"\"', '[]', '{}', 'null'), true)",
  'kql_list_json(l)': "coalesce(to_json(l), CAST('[]' AS JSON))",
  'kql_array(j)': "CASE WHEN json_type(j) = 'ARRAY' THEN kql_items(j) END",
  'kql_spread(j)': "CASE WHEN json_type(j) = 'ARRAY' THEN kql_items(j) ELSE [j] END",
  'kql_distinct_many(l)': 'CASE WHEN len(l) <= 256 THEN kql_distinct(l) ELSE list_distinct(l) END',
  'kql_strings(j)':
    "CASE json_type(j) WHEN 'ARRAY' THEN CAST(json_extract_string(j, '$[*]') AS VARCHAR[]) ELSE [json_extract_string(j, '$')] END",
  'kql_elements(j)': `CASE coalesce(json_type(j), 'NULL')
    WHEN 'NULL' THEN [CAST(NULL AS JSON)]
    WHEN 'ARRAY' THEN list_transform(kql_items(j), lambda e: kql_json(e))
    WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda k: json_object(k, kql_at_key(j, k)))
    ELSE [j] END`,
  'kql_element_pairs(j)': `CASE coalesce(json_type(j), 'NULL')
    WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda k: json_array(k, kql_at_key(j, k)))
    ELSE kql_elements(j) END`,
  'kql_in_array(v, j)': 'coalesce(list_contains(kql_strings(j), CAST(v AS VARCHAR)), false)',
  'kql_json_kind(j)':
    "CASE coalesce(json_type(j), 'NULL') WHEN 'NULL' THEN 'null' WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' ELSE 'long' END",
  'kql_distinct(l)': 'list_filter(l, lambda e, i: list_position(l, e) = i)',
  'kql_array_slice(j, a, b)': `CASE WHEN json_type(j) = 'ARRAY' THEN to_json(coalesce(kql_array(j)[
    greatest(CASE WHEN a < 0 THEN a + CAST(json_array_length(j) AS BIGINT) ELSE a END, 0) + 1 : CASE WHEN b < 0 THEN b + CAST(json_array_length(j) AS BIGINT) ELSE b END + 1], [])) END`,
  'kql_list_slice(l, a, b)':
    'l[greatest(CASE WHEN a < 0 THEN a + len(l) ELSE a END, 0) + 1 : greatest(CASE WHEN b < 0 THEN b + len(l) ELSE b END, -1) + 1]',
  'kql_list_rest(l, a)': 'l[greatest(CASE WHEN a < 0 THEN a + len(l) ELSE a END, 0) + 1 :]',
  'kql_array_index(j, v, a)':
    "CASE WHEN json_type(j) = 'ARRAY' THEN coalesce(list_filter(range(greatest(a, 0), CAST(json_array_length(j) AS BIGINT)), lambda i: CAST(json_extract(j, '$[' || i || ']') AS VARCHAR) = v)[1], -1) END",
  'kql_bag_where(all_keys, j, l)':
    "CASE WHEN len(l) = 0 THEN CAST('{}' AS JSON) ELSE CAST('{' || array_to_string(list_transform(l, lambda k: CAST(to_json(k) AS VARCHAR) || ':' || CAST(kql_at_key(j, k) AS VARCHAR)), ',') || '}' AS JSON) END",
};
