import { ADDRESS_KEYS } from './address-keys.js';
import { AGGREGATES } from './aggregates.js';
import { CONDITIONALS } from './conditional.js';
import { CONVERSIONS } from './conversion.js';
import { CONVERT } from './convert.js';
import { DATETIME } from './datetime.js';
import { DISTRIBUTIONS } from './distributions.js';
import { DYNAMIC } from './dynamic.js';
import { ENCODINGS } from './encoding.js';
import { EXTRACTING } from './extract.js';
import { GEOSPATIAL } from './geo/geospatial.js';
import { GRAPH_AGGREGATES, GRAPH_PARTS } from './graph.js';
import { GRAPH_READERS } from './graph-readers.js';
import { HASHES } from './hashes.js';
import { IP } from './ip.js';
import { MATH } from './math.js';
import { NATIVE_LIST_AGGREGATES, NATIVE_LISTS } from './native-lists.js';
import { OPERATORS } from './operators.js';
import { TEXT_PARSERS } from './parse-text.js';
import { AGGREGATE_PARTS, OPERATOR_PARTS } from './pattern.js';
import { PATTERN_AGGREGATES, PATTERN_PARTS } from './patterns/index.js';
import { QUERY_READERS } from './reading-query.js';
import type { AggregateFunction, RegistryRow, ScalarFunction, WindowFunction } from './registry.js';
import { scanParts } from './scan.js';
import { ELEMENTWISE_SERIES } from './series/elementwise.js';
import { SERIES_FILLS } from './series/fill.js';
import { SERIES_MEASURES } from './series/measures.js';
import { SERIES_MODELS } from './series/models.js';
import { SESSION_AGGREGATES, SESSION_PARTS } from './session-starts.js';
import { SKETCH_AGGREGATES, SKETCHES } from './sketches.js';
import { STRINGS } from './string.js';
import { REPLACING } from './string-replace.js';
import { SEARCHING } from './string-search.js';
import { WINDOWS } from './window.js';

/** All families, in the order of the reference page. */
export const FAMILIES: Readonly<Record<string, readonly RegistryRow[]>> = {
  Operators: OPERATORS,
  Conversion: CONVERSIONS,
  Conditional: CONDITIONALS,
  String: STRINGS,
  'Searching in texts': SEARCHING,
  'Replacing in texts': REPLACING,
  'Extracting from texts': EXTRACTING,
  'Taking texts apart': TEXT_PARSERS,
  Encodings: ENCODINGS,
  Hashes: HASHES,
  'Date and time': DATETIME,
  Mathematical: MATH,
  'Distributions and tests': DISTRIBUTIONS,
  Units: CONVERT,
  Dynamic: DYNAMIC,
  Series: [...ELEMENTWISE_SERIES, ...SERIES_FILLS, ...SERIES_MEASURES, ...SERIES_MODELS],
  Geospatial: GEOSPATIAL,
  'Sketches of groups': SKETCHES,
  'IP addresses': IP,
  'Address keys': ADDRESS_KEYS,
  'Native lists': [...NATIVE_LISTS, ...NATIVE_LIST_AGGREGATES],
  'Reading the query': QUERY_READERS,
  'Graph patterns': GRAPH_READERS,
  'Parts of operators': [
    ...OPERATOR_PARTS,
    ...SESSION_PARTS,
    ...GRAPH_PARTS,
    ...scanParts((name) => scalarFunction(name)),
  ],
  'Parts of operators, aggregates': [...AGGREGATE_PARTS, ...SESSION_AGGREGATES, ...GRAPH_AGGREGATES],
  'Parts of plugins': PATTERN_PARTS,
  'Parts of plugins, aggregates': PATTERN_AGGREGATES,
  Window: WINDOWS,
  Aggregation: AGGREGATES,
  'Aggregation to sketches': SKETCH_AGGREGATES,
};

function byName<K extends RegistryRow['kind']>(kind: K): ReadonlyMap<string, Extract<RegistryRow, { kind: K }>> {
  const map = new Map<string, Extract<RegistryRow, { kind: K }>>();
  for (const row of Object.values(FAMILIES).flat()) {
    if (row.kind !== kind) continue;
    for (const name of [row.name, ...(row.aliases ?? [])]) {
      if (map.has(name)) throw new Error(`the registry has two ${kind} rows named ${name}`);
      map.set(name, row as Extract<RegistryRow, { kind: K }>);
    }
  }
  return map;
}

const SCALAR_ROWS = byName('scalar');
const AGGREGATE_ROWS = byName('aggregate');
const WINDOW_ROWS = byName('window');

/** The row of a scalar function or operator, by its name or an alias. */
export const scalarFunction = (name: string): ScalarFunction | undefined => SCALAR_ROWS.get(name);
/** The row of an aggregate function. */
export const aggregateFunction = (name: string): AggregateFunction | undefined => AGGREGATE_ROWS.get(name);
/** The row of a window function. */
export const windowFunction = (name: string): WindowFunction | undefined => WINDOW_ROWS.get(name);
/** All scalar functions that run in JavaScript. */
export const javascriptFunctions = (): readonly ScalarFunction[] =>
  [...new Set(SCALAR_ROWS.values())].filter((row) => row.js);
