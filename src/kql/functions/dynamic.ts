import { quoteText } from '../sql/duckdb/literal.js';
import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';
import { schemaOf } from './schema-of.js';
import { sortArrays } from './text/array-order.js';
import { numberOf, readJson, writeJson } from './text/json.js';
import { atSteps, elementPath, joinedPath, type PathStep, pathSteps, propertyPath } from './text/json-path.js';

/** `d.a`, `d["a"]`, `d[0]`, `d[-1]`: constant keys become a path, that of `d.a[0].b` a single one. */
const element: SqlTemplate = ([owner, key]) => {
  const value = key!.literal?.value;
  if (typeof value === 'string') return atPath(owner!, propertyPath(value));
  if (typeof value === 'bigint') return atPath(owner!, elementPath(value));
  return key!.type === 'string'
    ? `kql_get_key(${owner!.sql}, ${key!.sql})`
    : `kql_get_index(${owner!.sql}, kql_index_of_key(${key!.sql}))`;
};

function atPath(owner: SqlArgument, path: string): string {
  const read = owner.expr.kind === 'call' && owner.expr.name === '[]' ? READ_OF_PATH.exec(owner.sql) : null;
  const joined = read && joinedPath(read[2]!.replaceAll("''", "'"), path);
  return read && joined ? `kql_get(${read[1]}, ${quoteText(joined)})` : `kql_get(${owner.sql}, ${quoteText(path)})`;
}
const READ_OF_PATH = /^kql_get\((.*), '((?:[^']|'')*)'\)$/s;

/** Whether a bag has a key; one that is a path (`$.a.b`) is looked for below. */
const hasKey: SqlTemplate = ([bag, key]) => {
  const path = key!.literal && pathSteps(String(key!.literal.value));
  if (path?.length) return `(${atSteps(bag!.sql, path, quoteText)} IS NOT NULL)`;
  if (!key!.literal) return `kql_js_bag_has_path(${bag!.sql}, ${key!.sql})`;
  return `coalesce(list_contains(json_keys(${bag!.sql}), ${key!.sql}), false)`;
};

const GETTYPE: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'bool',
  datetime: 'datetime',
  timespan: 'timespan',
  guid: 'guid',
  int: 'int',
  long: 'long',
  real: 'real',
  decimal: 'decimal',
};

/** All arrays go to JavaScript as one; a bool behind them says whether nulls come last, as they do unless told otherwise. */
const sorted =
  (direction: 1 | -1): SqlTemplate =>
  (args) => {
    const last = args.at(-1)!;
    const told = args.length > 1 && last.type === 'bool';
    const arrays = (told ? args.slice(0, -1) : args).map((arg) => arg.sql).join(', ');
    return `CAST(kql_js_sort_arrays(CAST(json_array(${arrays}) AS VARCHAR), ${direction}, ${told ? last.sql : 'true'}) AS JSON)`;
  };

const listOf = (arg: SqlArgument): string => `kql_array(${arg.sql})`;

/** Kusto makes no more values than this. */
const LONGEST_RANGE = 1_048_576;

const range: SqlTemplate = ([from, to, step]) => {
  const [a, b, s] = [
    from!.sql,
    to!.sql,
    step?.sql ?? (from!.type === 'datetime' || from!.type === 'timespan' ? '36000000000' : '1'),
  ];
  if (from!.type === 'real' || to!.type === 'real' || step?.type === 'real') {
    const count = `CAST(floor((${b} - ${a}) / ${s} + 1e-9) AS BIGINT) + 1`;
    const most = `CASE WHEN ${count} > ${LONGEST_RANGE} THEN ${LONGEST_RANGE} ELSE ${count} END`;
    const finite = [a, b, s].map((of) => `isfinite(CAST(${of} AS DOUBLE))`).join(' AND ');
    return `CASE WHEN ${finite} AND ${s} <> 0 THEN to_json(list_transform(range(TRY(${most})), lambda i: ${a} + i * ${s})) END`;
  }
  // comparisons rather than least(), which passes nulls over
  const bound = `${a} + (${LONGEST_RANGE} - 1) * ${s}`;
  const last = `CASE WHEN ${s} > 0 AND ${b} > ${bound} OR ${s} < 0 AND ${b} < ${bound} THEN ${bound} ELSE ${b} END`;
  const series = `generate_series(CAST(${a} AS BIGINT), CAST(${last} AS BIGINT), CAST(${s} AS BIGINT))`;
  if (from!.type === 'datetime') return `to_json(list_transform(${series}, lambda t: kql_datetime_text(t)))`;
  if (from!.type === 'timespan') return `to_json(list_transform(${series}, lambda t: kql_timespan_text(t)))`;
  return `to_json(${series})`;
};

export const DYNAMIC = scalars([
  {
    name: '[]',
    returns: 'dynamic',
    duckdb: element,
    examples: [
      ['dynamic({"a":{"b":5}}).a.b', '5'],
      ['dynamic([1,2,3])[-1]', '3'],
      ['bag_pack("a", dynamic([{"b c":[7,8]}])).a[0]["b c"][1]', '8'],
      ['isnull(dynamic({"a":1}).b)', 'True'],
    ],
  },
  {
    name: 'gettype',
    args: ['any'],
    returns: 'string',
    duckdb: ([arg]) => (arg!.type === 'dynamic' ? `kql_json_kind(${arg!.sql})` : `'${GETTYPE[arg!.type]}'`),
    differs: 'Dates inside a dynamic value are strings.',
    examples: [
      ['gettype("a")', 'string'],
      ['gettype(111)', 'long'],
      ['gettype(1.5)', 'real'],
      ['gettype(dynamic([1]))', 'array'],
      ['gettype(dynamic({"a":1}))', 'dictionary'],
      ['gettype(parse_json("1.5"))', 'double'],
      ['gettype(dynamic(null))', 'null'],
    ],
  },
  {
    name: 'dynamic_to_json',
    args: ['dynamic'],
    returns: 'string',
    js: (value) => (value === null ? '' : sortedJson(readJson(String(value)))),
    examples: [['dynamic_to_json(dynamic({"b":1,"a":[2]}))', '{"a":[2],"b":1}']],
  },
  {
    name: 'bag_pack',
    aliases: ['pack', 'pack_dictionary'],
    args: (index) => (index % 2 === 0 ? 'string' : 'dynamic'),
    returns: 'dynamic',
    duckdb: (args) => `json_object(${args.map((arg) => arg.sql).join(', ')})`,
    examples: [['bag_pack("a", 1, "b", "x")', '{"a":1,"b":"x"}']],
  },
  {
    name: 'bag_without_empty',
    args: ['dynamic'],
    returns: 'dynamic',
    internal: true,
    duckdb:
      'kql_bag_where(json_keys($1), $1, list_filter(json_keys($1), lambda k: NOT kql_json_empty(kql_get_key($1, k))))',
    examples: [],
  },
  {
    name: 'bag_keys',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: "CASE WHEN json_type($1) = 'OBJECT' THEN to_json(json_keys($1)) END",
    examples: [['bag_keys(dynamic({"a":1,"b":2}))', '["a","b"]']],
  },
  {
    name: 'bag_has_key',
    args: ['dynamic', 'string'],
    returns: 'bool',
    duckdb: hasKey,
    examples: [
      ['bag_has_key(dynamic({"a":1}), "a")', 'True'],
      ['bag_has_key(dynamic({"a":{"b":1}}), "$.a.c")', 'False'],
    ],
  },
  {
    name: 'bag_has_path',
    args: ['dynamic', 'string'],
    returns: 'bool',
    internal: true,
    js: (bag, key) => hasPath(parsed(bag), String(key)),
    examples: [],
  },
  {
    name: 'bag_remove_keys',
    args: ['dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (bag, keys) => removeKeys(bag, keys),
    examples: [
      ['bag_remove_keys(dynamic({"a":1,"b":2}), dynamic(["a"]))', '{"b":2}'],
      ['bag_remove_keys(dynamic({"a":{"b":1,"c":2}}), dynamic(["$.a.b"]))', '{"a":{"c":2}}'],
    ],
  },
  {
    name: 'bag_set_key',
    args: ['dynamic', 'string', 'dynamic'],
    returns: 'dynamic',
    js: (bag, key, value) => setKey(bag, String(key), value),
    examples: [['bag_set_key(dynamic({"a":1}), "b", 2)', '{"a":1,"b":2}']],
  },
  {
    name: 'bag_merge',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: (args) =>
      `kql_js_bag_merge_of(CAST(json_array(${args.map((arg) => arg.sql).join(', ')}) AS VARCHAR), NULL)::JSON`,
    examples: [['bag_merge(dynamic({"a":1}), dynamic({"a":2,"b":3}))', '{"a":1,"b":3}']],
  },
  {
    name: 'bag_merge_of',
    args: ['string', 'long'],
    returns: 'dynamic',
    internal: true,
    js: (bags, most) => mergeBags(readJson(String(bags)) as unknown[], most === null ? Infinity : Number(most)),
    examples: [],
  },
  {
    name: 'schema_of',
    args: ['string'],
    returns: 'dynamic',
    internal: true,
    js: (values) => {
      const schema = values === null ? undefined : schemaOf(readJson(String(values)) as unknown[]);
      return schema === undefined ? null : JSON.stringify(schema);
    },
    examples: [],
  },
  {
    name: 'array_index_within',
    args: ['dynamic', 'dynamic', 'long', 'long', 'long'],
    returns: 'long',
    internal: true,
    js: (array, value, start, length, nth) =>
      arrayIndex(asArray(array), parsed(value), Number(start), Number(length), Number(nth)),
    examples: [],
  },
  {
    name: 'weighted_rank',
    args: ['string', 'real'],
    returns: 'long',
    internal: true,
    js: (weights, percentile) =>
      weights === null ? null : weightedRank(JSON.parse(String(weights)) as number[], Number(percentile)),
    examples: [],
  },
  {
    name: 'bag_zip',
    args: ['dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (keys, values) => zipBag(keys, values),
    examples: [['bag_zip(dynamic(["a","b"]), dynamic([1,2]))', '{"a":1,"b":2}']],
  },
  {
    name: 'pack_array',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: 'json_array($*)',
    examples: [['pack_array(1, "a", 2.5)', '[1,"a",2.5]']],
  },
  {
    name: 'array_length',
    aliases: ['arraylength'],
    args: ['dynamic'],
    returns: 'long',
    duckdb: "CASE WHEN json_type($1) = 'ARRAY' THEN CAST(json_array_length($1) AS BIGINT) END",
    examples: [
      ['array_length(dynamic([1,2]))', '2'],
      ['isnull(array_length(parse_json("{}")))', 'True'],
    ],
  },
  {
    name: 'array_concat',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: (args) => `to_json(flatten([${args.map((arg) => `coalesce(${listOf(arg)}, [])`).join(', ')}]))`,
    examples: [['array_concat(dynamic([1]), dynamic([2,3]))', '[1,2,3]']],
  },
  {
    name: 'array_slice',
    args: ['dynamic', 'long', 'long'],
    returns: 'dynamic',
    duckdb: 'kql_array_slice($1, $2, $3)',
    examples: [
      ['array_slice(dynamic([1,2,3,4,5]), 2, 3)', '[3,4]'],
      ['array_slice(dynamic([1,2,3,4,5]), -3, -2)', '[3,4]'],
      ['array_slice(dynamic([1,2,3]), 1, -1)', '[2,3]'],
    ],
  },
  {
    name: 'array_reverse',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: 'to_json(list_reverse(kql_array($1)))',
    examples: [['array_reverse(dynamic([1,2]))', '[2,1]']],
  },
  {
    name: 'array_sum',
    args: ['dynamic'],
    returns: 'real',
    duckdb:
      "CASE WHEN json_type($1) = 'ARRAY' THEN coalesce(list_sum(list_transform(kql_strings($1), lambda e: TRY_CAST(e AS DOUBLE))), 0) END",
    examples: [
      ['array_sum(dynamic([1,2,3]))', '6.0'],
      ['isnull(array_sum(dynamic(null)))', 'True'],
    ],
  },
  {
    name: 'array_index_of',
    args: (index) => (index < 2 ? 'dynamic' : 'long'),
    returns: 'long',
    duckdb: ([array, value, start, length, occurrence]) =>
      `kql_js_array_index_within(${[array!.sql, value!.sql, start?.sql ?? '0', length?.sql ?? '-1', occurrence?.sql ?? '1'].join(', ')})`,
    examples: [
      ['array_index_of(dynamic(["a","b","a"]), "a", 0, -1, 2)', '2'],
      ['array_index_of(dynamic(["a","b","a"]), "a", 1, 1)', '-1'],
      ['array_index_of(dynamic([5, 15]), 15.0)', '1'],
      ['array_index_of(dynamic(["a","b"]), "b")', '1'],
      ['array_index_of(dynamic([1,2]), 5)', '-1'],
    ],
  },
  {
    name: 'array_sort_asc',
    args: ['any'],
    returns: 'dynamic',
    duckdb: sorted(1),
    examples: [
      ['array_sort_asc(dynamic([3,1,2]))', '[1,2,3]'],
      ['array_sort_asc(dynamic(["b",null,"a"]))', '["a","b",null]'],
      ['array_sort_asc(dynamic(["b",null,"a"]), false)', '[null,"a","b"]'],
      ['array_sort_asc(dynamic([2,1]), dynamic(["x","y"]))[1]', '["y","x"]'],
      ['array_sort_asc(dynamic(["9","10",2,10]))', '[2,10,"10","9"]'],
    ],
  },
  {
    name: 'array_sort_desc',
    args: ['any'],
    returns: 'dynamic',
    duckdb: sorted(-1),
    examples: [
      ['array_sort_desc(dynamic([3,1,2]))', '[3,2,1]'],
      ['array_sort_desc(dynamic([1,null,2]))', '[2,1,null]'],
    ],
  },
  {
    name: 'sort_arrays',
    args: ['string', 'int', 'bool'],
    returns: 'dynamic',
    internal: true,
    js: (arrays, direction, nullsLast) => sortArrays(String(arrays), direction === 1 ? 1 : -1, nullsLast !== false),
    examples: [],
  },
  {
    name: 'array_shift_left',
    args: ['dynamic', 'long', 'dynamic'],
    returns: 'dynamic',
    js: (array, n, fill) => shift(array, Number(n), fill),
    examples: [['array_shift_left(dynamic([1,2,3]), 1)', '[2,3,null]']],
  },
  {
    name: 'array_shift_right',
    args: ['dynamic', 'long', 'dynamic'],
    returns: 'dynamic',
    js: (array, n, fill) => shift(array, -Number(n), fill),
    examples: [['array_shift_right(dynamic([1,2,3]), 1, 0)', '[0,1,2]']],
  },
  {
    name: 'array_rotate_left',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    js: (array, n) => rotate(array, Number(n)),
    examples: [['array_rotate_left(dynamic([1,2,3]), 1)', '[2,3,1]']],
  },
  {
    name: 'array_rotate_right',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    js: (array, n) => rotate(array, -Number(n)),
    examples: [['array_rotate_right(dynamic([1,2,3]), 1)', '[3,1,2]']],
  },
  {
    name: 'array_split',
    args: ['dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (array, at) => splitArray(array, at),
    examples: [
      ['array_split(dynamic([1,2,3,4]), 2)', '[[1,2],[3,4]]'],
      ['array_split(dynamic([1,2,3,4,5]), dynamic([1,3]))', '[[1],[2,3],[4,5]]'],
    ],
  },
  {
    name: 'array_iff',
    aliases: ['array_iif'],
    args: ['dynamic', 'dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (conditions, yes, no) => arrayIff(conditions, yes, no),
    examples: [['array_iff(dynamic([true,false]), dynamic([1,2]), dynamic([3,4]))', '[1,4]']],
  },
  {
    name: 'set_has_element',
    args: ['dynamic', 'any'],
    returns: 'bool',
    duckdb: "CASE WHEN json_type($1) = 'ARRAY' THEN kql_array_index($1, CAST(to_json($2) AS VARCHAR), 0) >= 0 END",
    examples: [
      ['set_has_element(dynamic(["a","b"]), "b")', 'True'],
      ['set_has_element(dynamic([1]), 2)', 'False'],
    ],
  },
  {
    name: 'set_union',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: (args) =>
      `to_json(kql_distinct(flatten([${args.map((arg) => `coalesce(${listOf(arg)}, [])`).join(', ')}])))`,
    examples: [['set_union(dynamic([1,2]), dynamic([2,3]))', '[1,2,3]']],
  },
  {
    name: 'set_intersect',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: ([first, ...rest]) =>
      `to_json(list_filter(kql_distinct(coalesce(${listOf(first!)}, [])), lambda e: ${rest.map((arg) => `coalesce(list_contains(${listOf(arg)}, e), false)`).join(' AND ')}))`,
    examples: [['set_intersect(dynamic([1,2,3]), dynamic([2,3,4]))', '[2,3]']],
  },
  {
    name: 'set_difference',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: ([first, ...rest]) =>
      `to_json(list_filter(kql_distinct(coalesce(${listOf(first!)}, [])), lambda e: NOT (${rest.map((arg) => `coalesce(list_contains(${listOf(arg)}, e), false)`).join(' OR ')})))`,
    examples: [['set_difference(dynamic([1,2,3]), dynamic([2]))', '[1,3]']],
  },
  {
    name: 'set_equals',
    args: ['dynamic'],
    returns: 'bool',
    duckdb: '(list_sort(kql_distinct(kql_array($1))) = list_sort(kql_distinct(kql_array($2))))',
    examples: [['set_equals(dynamic([1,2]), dynamic([2,1]))', 'True']],
  },
  {
    name: 'jaccard_index',
    args: ['dynamic'],
    returns: 'real',
    duckdb:
      '(len(list_intersect(kql_array($1), kql_array($2)))::DOUBLE / len(kql_distinct(flatten([kql_array($1), kql_array($2)]))))',
    examples: [['jaccard_index(dynamic([1,2,3]), dynamic([2,3,4]))', '0.5']],
  },
  {
    name: 'repeat',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    duckdb: `to_json(list_transform(range(CASE WHEN $2 > ${LONGEST_RANGE} THEN ${LONGEST_RANGE} ELSE $2 END), lambda i: $1))`,
    examples: [['repeat(1, 3)', '[1,1,1]']],
  },
  {
    name: 'range',
    args: ['any'],
    returns: 'dynamic',
    duckdb: range,
    examples: [
      ['range(1, 8, 3)', '[1,4,7]'],
      ['range(0, 2)', '[0,1,2]'],
      ['range(5, 0, -2)', '[5,3,1]'],
      ['isnull(range(0, long(null)))', 'True'],
      ['isnull(range(0.5, real(null)))', 'True'],
      ['range(0.0, 1.0, 0.5)', '[0,0.5,1]'],
    ],
  },
  {
    name: 'zip',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: (args) => `kql_js_zip_of(CAST(json_array(${args.map((arg) => arg.sql).join(', ')}) AS VARCHAR))::JSON`,
    examples: [['zip(dynamic([1,2]), dynamic(["a"]))', '[[1,"a"],[2,null]]']],
  },
  {
    name: 'zip_of',
    args: ['string'],
    returns: 'dynamic',
    internal: true,
    js: (arrays) => zip(readJson(String(arrays)) as unknown[][]),
    examples: [],
  },
  {
    name: 'treepath',
    args: ['dynamic'],
    returns: 'dynamic',
    js: (value) => writeJson(value === null ? [] : treePaths(readJson(String(value)), '')),
    examples: [['treepath(parse_json(\'{"a":"b","c":123}\'))', '["[\'a\']","[\'c\']"]']],
  },
  {
    name: 'max_of',
    args: ['common'],
    returns: 'common',
    duckdb: 'greatest($*)',
    examples: [['max_of(10, 1, -3, 17)', '17']],
  },
  {
    name: 'min_of',
    args: ['common'],
    returns: 'common',
    duckdb: 'least($*)',
    examples: [['min_of(10, 1, -3, 17)', '-3']],
  },
]);

type Value = string | bigint | number | boolean | null;
const parsed = (value: Value | undefined): unknown =>
  value === null || value === undefined ? null : readJson(String(value));
const asArray = (value: Value | undefined): unknown[] | null => {
  const array = parsed(value);
  return Array.isArray(array) ? array : null;
};

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return writeJson(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, of]) => `${writeJson(key)}:${sortedJson(of)}`).join(',')}}`;
}

/** The steps to a key: those of a path (`$.a.b`), or the key itself. */
function stepsTo(key: string): PathStep[] {
  const steps = pathSteps(key);
  return steps?.length ? steps : [key];
}
const isBag = (value: unknown): value is Record<PathStep, unknown> => value !== null && typeof value === 'object';
/** Sets a property as JSON has it, also one named `__proto__`. */
const setProperty = (of: object, name: PathStep, value: unknown): void => {
  Object.defineProperty(of, name, { value, enumerable: true, configurable: true, writable: true });
};
const property = (of: unknown, name: PathStep): unknown =>
  isBag(of) && Object.hasOwn(of, name) ? of[name] : undefined;

const hasPath = (bag: unknown, key: string): boolean =>
  isBag(bag) && stepsTo(key).reduce(property, bag as unknown) !== undefined;

function removeKeys(bag: Value | undefined, keys: Value | undefined): string | null {
  const object = parsed(bag);
  if (!isBag(object)) return null;
  for (const key of asArray(keys) ?? []) {
    const steps = stepsTo(String(key));
    const owner = steps.slice(0, -1).reduce(property, object as unknown);
    if (isBag(owner)) delete owner[steps.at(-1)!];
  }
  return writeJson(object);
}

function setKey(bag: Value | undefined, key: string, value: Value | undefined): string | null {
  const object = parsed(bag) ?? {};
  if (!isBag(object) || Array.isArray(object)) return null;
  const steps = stepsTo(key);
  let at = object as object;
  for (const step of steps.slice(0, -1)) {
    if (!isBag(property(at, step))) setProperty(at, step, {});
    at = property(at, step) as object;
  }
  setProperty(at, steps.at(-1)!, parsed(value));
  return writeJson(object);
}

function zipBag(keys: Value | undefined, values: Value | undefined): string | null {
  const [names, cells] = [asArray(keys), asArray(values)];
  return (
    names &&
    writeJson(
      Object.fromEntries(names.filter((name) => typeof name === 'string').map((name, i) => [name, cells?.[i] ?? null])),
    )
  );
}

function shift(array: Value | undefined, n: number, fill: Value | undefined): string | null {
  const list = asArray(array);
  return list && writeJson(list.map((_, i) => (i + n >= 0 && i + n < list.length ? list[i + n] : parsed(fill))));
}

function rotate(array: Value | undefined, n: number): string | null {
  const list = asArray(array);
  return list && writeJson(list.map((_, i) => list[(((i + n) % list.length) + list.length) % list.length]));
}

function splitArray(array: Value | undefined, at: Value | undefined): string | null {
  const list = asArray(array);
  if (!list) return null;
  const points = (asArray(at) ?? [parsed(at)]).map(Number).map((index) => (index < 0 ? list.length + index : index));
  const edges = [0, ...points, list.length];
  return writeJson(edges.slice(0, -1).map((from, i) => list.slice(from, Math.max(from, edges[i + 1]!))));
}

function arrayIff(conditions: Value | undefined, yes: Value | undefined, no: Value | undefined): string | null {
  const list = asArray(conditions);
  const pick = (values: unknown, i: number): unknown => (Array.isArray(values) ? (values[i] ?? null) : values);
  const [a, b] = [parsed(yes), parsed(no)];
  return (
    list &&
    writeJson(
      list.map((test, i) =>
        test === null || (typeof test !== 'boolean' && typeof test !== 'number') ? null : pick(test ? a : b, i),
      ),
    )
  );
}

function zip(arrays: unknown[][]): string {
  const lists = arrays.map((array) => (Array.isArray(array) ? array : []));
  const length = Math.max(0, ...lists.map((list) => list.length));
  return writeJson(Array.from({ length }, (_, i) => lists.map((list) => list[i] ?? null)));
}

function treePaths(value: unknown, prefix: string): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value)
    .flatMap(([key, inner]) => {
      const path = Array.isArray(value) ? `${prefix}[0]` : `${prefix}['${key}']`;
      return [path, ...treePaths(inner, path)];
    })
    .filter((path, i, all) => all.indexOf(path) === i);
}

/** All keys of the bags, each with the first value it has; what is no bag is passed over. */
function mergeBags(bags: readonly unknown[], most: number): string {
  const merged = new Map<string, unknown>();
  for (const bag of bags) {
    if (bag === null || typeof bag !== 'object' || Array.isArray(bag)) continue;
    for (const [key, value] of Object.entries(bag)) {
      if (!merged.has(key) && merged.size < most) merged.set(key, value);
    }
  }
  return writeJson(Object.fromEntries(merged));
}

/** The place (from 1) of the first value whose weight, with that of all before it, reaches the percentile of the whole. */
function weightedRank(weights: readonly number[], percentile: number): bigint {
  const wanted = (weights.reduce((sum, weight) => sum + weight, 0) * percentile) / 100;
  let sum = 0;
  const at = weights.findIndex((weight) => {
    sum += weight;
    return sum >= wanted && weight > 0;
  });
  return BigInt(at < 0 ? weights.length : at + 1);
}

/** The place of the nth equal element among `length` (-1: all) from `start` (negative: from the end); -1 for none. */
function arrayIndex(list: unknown[] | null, value: unknown, start: number, length: number, nth: number): bigint | null {
  if (!list) return null;
  if (nth < 1 || length < -1) return -1n;
  const from = start < 0 ? Math.max(list.length + start, 0) : start;
  const end = length === -1 ? list.length : Math.min(list.length, from + length);
  const [number, text] = [numberOf(value), writeJson(value)];
  let left = nth;
  for (let at = from; at < end; at++) {
    const same = number === undefined ? writeJson(list[at]) === text : numberOf(list[at]) === number;
    if (same && --left === 0) return BigInt(at);
  }
  return -1n;
}
