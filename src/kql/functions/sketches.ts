import { trawlError } from '../../util/errors.js';
import { hashed } from './hashes.js';
import { aggregates, type SqlArgument, type SqlTemplate, scalars } from './registry.js';
import { ARITHMETIC, type DigestType, digestType } from './sketch/digest-values.js';
import { countHll, type Hll, hllJson, hllOf, mergeHlls, readHll } from './sketch/hll.js';
import { intersections } from './sketch/intersections.js';
import {
  type Centroid,
  type Digest,
  digestOf,
  mergeDigests,
  percentileOf,
  percentRankOf,
  rankOf,
} from './sketch/tdigest.js';
import { digestJson, readDigest } from './sketch/tdigest-json.js';
import { readJson } from './text/json.js';

type Cell = string | bigint | number | boolean | null;

const OWN_STATE =
  "The state is one of our own: a set of Kusto's own hashes while it is small, then registers of another form.";
const OWN_DIGEST = 'The state is exact for up to 1,024 different values; Kusto may merge neighbours earlier.';

const NUMBERS = /-?(?:inf|nan|\d[\d.eE+-]*)/gi;
const realOf = (text: string): number =>
  /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);

/** The values in JSON text, of a real those that are numbers. */
const valuesIn = (type: DigestType, json: string): (number | bigint)[] =>
  (json.match(NUMBERS) ?? []).map((text) => (type === 'real' ? realOf(text) : BigInt(text)));

const isNumber = ({ mean }: Centroid): boolean => !Number.isNaN(Number(mean));

/** `[[value, weight], …]` */
function weightedDigest(type: DigestType, json: string): Digest | null {
  const cells = valuesIn(type, json);
  const values: Centroid[] = [];
  for (let i = 0; i + 1 < cells.length; i += 2) values.push({ mean: cells[i]!, weight: Number(cells[i + 1]) });
  return digestOf(type, values.filter(isNumber));
}

/** Every `step`th of `count` sorted values, and the last: each but the last stands for those up to the next. */
function sampledDigest(type: DigestType, json: string, count: number, step: number): Digest | null {
  const means = valuesIn(type, json);
  const last = means.length - 1;
  const values = means.map(
    (mean, i): Centroid => ({ mean, weight: i === last ? 1 : Math.min(step, count - 1 - i * step) }),
  );
  return digestOf(type, values.filter(isNumber));
}

const hllText = (hll: Hll | null): string | null => hll && hllJson(hll);
const digestText = (digest: Digest | null): string | null => digest && digestJson(digest);

/** The sketches among the elements of a JSON array. */
const elementsOf = <T>(json: Cell | undefined, read: (of: unknown) => T | undefined): T[] =>
  (JSON.parse(String(json)) as unknown[]).flatMap((of) => read(of) ?? []);

const digestsOf = (json: Cell | undefined): Digest[] =>
  (readJson(String(json)) as unknown[]).flatMap((of) => readDigest(of) ?? []);

/** A function of a digest and a JSON value of the digest's type; null when either is none. */
const ofValue =
  (of: (digest: Digest, value: bigint | number) => number) =>
  (json: Cell, valueJson: Cell): number | null => {
    const digest = json === null ? undefined : readDigest(String(json));
    const value =
      digest && valueJson !== null ? ARITHMETIC[digest.type].read(JSON.parse(String(valueJson))) : undefined;
    return digest && value !== undefined ? of(digest, value) : null;
  };

function percentiles(json: Cell | undefined, percentages: readonly number[]): string[] | null {
  const digest = json === null ? undefined : readDigest(String(json));
  return digest ? percentages.map((of) => ARITHMETIC[digest.type].json(percentileOf(digest, of))) : null;
}

/** The hashes of a group's different values. */
function hllState(value: SqlArgument, condition: string | undefined, accuracy: SqlArgument | undefined): string {
  const level = accuracy ? Number(accuracy.literal?.value ?? Number.NaN) : 1;
  if (!(level >= 0 && level <= 4))
    throw trawlError('bad-argument', { what: 'the accuracy', why: 'it is a constant from 0 to 4' });
  const filter = `FILTER (${value.sql} IS NOT NULL${condition ? ` AND ${condition}` : ''})`;
  const hashes = `list_transform(list(DISTINCT ${value.sql}) ${filter}, lambda v: ${hashed({ ...value, sql: 'v' })})`;
  const halves = `flatten(list_transform(${hashes}, lambda h: kql_halves(h)))`;
  return `CAST(kql_js_hll_of(CAST(to_json(${halves}) AS VARCHAR), ${level}) AS JSON)`;
}

/** Sorted values that go to JavaScript at most. */
const MOST_READ = 100_000;

/** Weighted values go to JavaScript as they are, plain ones sorted; of very many, those at even steps stand for all. */
const digestState: SqlTemplate = ([value, weight]) => {
  const type = digestType(value!.type);
  if (!type)
    throw trawlError('bad-argument', { what: 'tdigest()', why: `values of type ${value!.type} have no percentiles` });
  const own = type === 'real' ? `CAST(${value!.sql} AS DOUBLE)` : `CAST(${value!.sql} AS BIGINT)`;
  const filter = `FILTER (${value!.sql} IS NOT NULL${weight ? ` AND ${weight.sql} IS NOT NULL` : ''})`;
  if (weight) {
    const pairs = `list([CAST(${own} AS VARCHAR), CAST(${weight.sql} AS VARCHAR)]) ${filter}`;
    return `CAST(kql_js_tdigest_of_weighted(CAST(to_json(${pairs}) AS VARCHAR), '${type}') AS JSON)`;
  }
  const sorted = `list(${own} ORDER BY ${own}) ${filter}`;
  const step = `(1 + len(${sorted}) // ${MOST_READ})`;
  const sample = `list_append((${sorted})[1:len(${sorted})-1:${step}], (${sorted})[len(${sorted})])`;
  return `CAST(kql_js_tdigest_of(CAST(to_json(${sample}) AS VARCHAR), '${type}', len(${sorted}), ${step}) AS JSON)`;
};

const jsonArray = (args: readonly SqlArgument[]): string =>
  `CAST(json_array(${args.map((arg) => arg.sql).join(', ')}) AS VARCHAR)`;
/** What isn't finite is no JSON. */
const finite = ({ sql, type }: SqlArgument): string =>
  type === 'real' ? `CASE WHEN isfinite(${sql}) THEN ${sql} END` : sql;
const merged =
  (name: string): SqlTemplate =>
  (args) =>
    `CAST(kql_js_${name}_merged(${jsonArray(args)}) AS JSON)`;
const mergedGroup =
  (name: string): SqlTemplate =>
  ([value]) =>
    `CAST(kql_js_${name}_merged(CAST(to_json(list(${value!.sql}) FILTER (${value!.sql} IS NOT NULL)) AS VARCHAR)) AS JSON)`;

export const SKETCHES = scalars([
  {
    name: 'dcount_hll',
    args: ['dynamic'],
    returns: 'long',
    js: (json) => {
      const hll = json === null ? undefined : readHll(String(json));
      return hll ? BigInt(countHll(hll)) : null;
    },
    examples: [
      ['toscalar(range x from 1 to 100 step 1 | summarize h = hll(x % 7) | project dcount_hll(h))', '7'],
      ['dcount_hll(todynamic(tostring(toscalar(range x from 1 to 9 step 1 | summarize hll(x)))))', '9'],
    ],
  },
  {
    name: 'hll_merge',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: merged('hll'),
    differs: OWN_STATE,
    examples: [
      [
        'toscalar(range x from 1 to 10 step 1 | summarize a = hll(x), b = hll(x + 5) | project dcount_hll(hll_merge(a, b)))',
        '15',
      ],
    ],
  },
  {
    name: 'hll_merged',
    args: ['string'],
    returns: 'dynamic',
    internal: true,
    js: (json) => (json === null ? null : hllText(mergeHlls(elementsOf(json, readHll)))),
    examples: [],
  },
  {
    name: 'hll_intersections',
    args: ['dynamic'],
    returns: 'dynamic',
    internal: true,
    js: (json) => {
      const sketches = json === null ? [] : (JSON.parse(String(json)) as unknown[]).map(readHll);
      const counts = sketches.every((of) => of !== undefined) ? intersections(sketches) : undefined;
      return counts ? JSON.stringify(counts) : null;
    },
    examples: [],
  },
  {
    name: 'hll_of',
    args: ['string', 'int'],
    returns: 'dynamic',
    internal: true,
    js: (json, accuracy) =>
      json === null ? null : hllText(hllOf(JSON.parse(String(json)) as number[], Number(accuracy))),
    examples: [],
  },
  {
    name: 'percentile_tdigest',
    args: ['dynamic', 'real'],
    returns: 'dynamic',
    js: (json, percentage) => percentiles(json ?? null, [Number(percentage)])?.[0] ?? null,
    examples: [
      [
        'toscalar(range x from 1 to 100 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 95, typeof(long)))',
        '95',
      ],
      ['toscalar(print d = 1d | summarize t = tdigest(d) | project percentile_tdigest(t, 50))', '1.00:00:00'],
    ],
  },
  {
    name: 'percentiles_array_tdigest',
    args: (index) => (index === 0 ? 'dynamic' : 'any'),
    returns: 'dynamic',
    duckdb: ([digest, ...rest]) => {
      const array = rest[0]?.type === 'dynamic' ? rest[0].sql : `json_array(${rest.map(finite).join(', ')})`;
      return `CAST(kql_js_tdigest_percentiles(${digest!.sql}, ${array}) AS JSON)`;
    },
    examples: [
      [
        'toscalar(range x from 1 to 100 step 1 | summarize t = tdigest(x) | project percentiles_array_tdigest(t, 5, 50, 95))',
        '[5,50,95]',
      ],
      [
        'toscalar(range x from 1 to 100 step 1 | summarize t = tdigest(x) | project percentiles_array_tdigest(t, dynamic([5, 50])))',
        '[5,50]',
      ],
    ],
  },
  {
    name: 'tdigest_percentiles',
    args: ['dynamic', 'dynamic'],
    returns: 'dynamic',
    internal: true,
    js: (json, percentages) => {
      const wanted: unknown = percentages === null ? null : JSON.parse(String(percentages));
      const found = Array.isArray(wanted) ? percentiles(json ?? null, wanted.map(Number)) : null;
      return found && `[${found.join(',')}]`;
    },
    examples: [],
  },
  {
    name: 'rank_tdigest',
    args: ['dynamic', 'dynamic'],
    returns: 'real',
    js: (json, value) => ofValue(rankOf)(json ?? null, value ?? null),
    examples: [
      ['toscalar(range x from 1 to 1000 step 1 | summarize t = tdigest(x) | project rank_tdigest(t, 685))', '685.0'],
    ],
  },
  {
    name: 'percentrank_tdigest',
    args: ['dynamic', 'dynamic'],
    returns: 'real',
    js: (json, value) => ofValue(percentRankOf)(json ?? null, value ?? null),
    examples: [
      [
        'toscalar(range x from 1 to 1000 step 1 | summarize t = tdigest(x) | project percentrank_tdigest(t, 685))',
        '68.5',
      ],
    ],
  },
  {
    name: 'tdigest_merge',
    aliases: ['merge_tdigest'],
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: merged('tdigest'),
    differs: OWN_DIGEST,
    examples: [
      [
        'toscalar(range x from 1 to 10 step 1 | summarize a = tdigest(x), b = tdigest(x + 10) | project percentile_tdigest(merge_tdigest(a, b), 100, typeof(long)))',
        '20',
      ],
    ],
  },
  {
    name: 'tdigest_merged',
    args: ['string'],
    returns: 'dynamic',
    internal: true,
    js: (json) => (json === null ? null : digestText(mergeDigests(digestsOf(json)))),
    examples: [],
  },
  {
    name: 'tdigest_of',
    args: ['string', 'string', 'long', 'long'],
    returns: 'dynamic',
    internal: true,
    js: (json, type, count, step) =>
      json === null ? null : digestText(sampledDigest(type as DigestType, String(json), Number(count), Number(step))),
    examples: [],
  },
  {
    name: 'tdigest_of_weighted',
    args: ['string', 'string'],
    returns: 'dynamic',
    internal: true,
    js: (json, type) => (json === null ? null : digestText(weightedDigest(type as DigestType, String(json)))),
    examples: [],
  },
]);

export const SKETCH_AGGREGATES = aggregates([
  {
    name: 'hll',
    args: (index) => (index === 0 ? 'any' : 'long'),
    returns: 'dynamic',
    duckdb: ([value, accuracy]) => hllState(value!, undefined, accuracy),
    differs: OWN_STATE,
    examples: [
      ['print x = 0 | summarize hll(x)', '[[1024,14],["3803688792395291579"],[]]'],
      ['range x from 1 to 5000 step 1 | summarize h = hll(x, 4) | project dcount_hll(h)', '5000'],
      ['range x from 1 to 100000 step 1 | summarize h = hll(x) | project abs(dcount_hll(h) - 100000) < 2400', 'True'],
    ],
  },
  {
    name: 'hll_if',
    args: (index) => (index === 0 ? 'any' : index === 1 ? 'bool' : 'long'),
    conditions: [1],
    returns: 'dynamic',
    duckdb: ([value, condition, accuracy]) => hllState(value!, condition!.sql, accuracy),
    differs: OWN_STATE,
    examples: [['range x from 1 to 10 step 1 | summarize h = hll_if(x, x > 4) | project dcount_hll(h)', '6']],
  },
  {
    name: 'hll_merge',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: mergedGroup('hll'),
    differs: OWN_STATE,
    examples: [
      [
        'range x from 1 to 100 step 1 | summarize h = hll(x) by x % 3 | summarize m = hll_merge(h) | project dcount_hll(m)',
        '100',
      ],
    ],
  },
  {
    name: 'tdigest',
    args: ['any', 'long'],
    returns: 'dynamic',
    duckdb: digestState,
    differs: OWN_DIGEST,
    examples: [
      ['datatable(x:long)[5, 1, 5] | summarize tdigest(x)', '[[7],[1,5],[1,2]]'],
      ['datatable(x:long, w:long)[5, 10, 1, 2] | summarize tdigest(x, w)', '[[7],[1,5],[2,10]]'],
      [
        'range x from 1 to 100000 step 1 | summarize t = tdigest(x) | project abs(percentile_tdigest(t, 50, typeof(long)) - 50000) < 500',
        'True',
      ],
    ],
  },
  {
    name: 'tdigest_merge',
    aliases: ['merge_tdigest'],
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: mergedGroup('tdigest'),
    differs: OWN_DIGEST,
    examples: [
      [
        'range x from 1 to 100 step 1 | summarize t = tdigest(x) by x % 3 | summarize m = tdigest_merge(t) | project percentile_tdigest(m, 50)',
        '50',
      ],
    ],
  },
]);
