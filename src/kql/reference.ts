import { FAMILIES } from './functions/index.js';
import { REFUSED } from './functions/refused.js';
import type { RegistryRow } from './functions/registry.js';
import { GRAPH_OPERATORS, OPERATORS, SEVERAL } from './lower/operators/index.js';
import { DIFFERS, REFUSED_OPERATORS } from './lower/operators/notes.js';
import { PLUGIN_DIFFERS } from './lower/plugins/differs.js';
import { PLUGINS, PLUGINS_OF_SEVERAL_TABLES } from './lower/plugins/index.js';
import { REFUSED_PLUGINS } from './lower/plugins/refused.js';
import { SPECIAL_FUNCTIONS } from './lower/special-functions.js';
import { official } from './parse/official.js';
import { pluginSymbols } from './parse/plugins.js';

/** The reference pages, made from the registry and held against the official parser's own lists. */

/** Names of the symbols in one of the parser's lists (a C# list, transpiled to an array or an object). */
const names = (list: Iterable<{ readonly Name: string }>): string[] =>
  (official().Bridge.toArray(list) as { readonly Name: string }[]).map((of) => of.Name);

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
const visibleRows = (): RegistryRow[] =>
  Object.values(FAMILIES)
    .flat()
    .filter((row) => !row.internal);

function rowLine(row: RegistryRow): string {
  const mark = row.differs ? `differs: ${row.differs}` : 'full';
  const how = 'js' in row && row.js ? 'JavaScript' : 'duckdb' in row ? 'SQL' : 'rewriting';
  const examples = row.examples.map(([kql, result]) => `${code(kql)} → ${code(result)}`).join('<br>');
  const aliases = row.aliases?.length ? ` (${row.aliases.map(code).join(', ')})` : '';
  return `| ${code(row.name)}${aliases} | ${how} | ${mark} | ${examples} |`;
}

/** The rows a list of the parser's speaks of: window functions stand among the scalar ones there. */
const rowsOf = (kinds: readonly RegistryRow['kind'][]): RegistryRow[] =>
  visibleRows().filter((row) => kinds.includes(row.kind));

/** How the names of one of the parser's lists stand: run as Kusto does, run with a difference, or not run. */
function standing(listed: readonly string[], rows: readonly RegistryRow[]) {
  const byName = new Map(rows.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row] as const)));
  const runs = (name: string): boolean => byName.has(name) || name in SPECIAL_FUNCTIONS || SYNTAX.has(name);
  const run = listed.filter(runs);
  const differing = run.filter((name) => byName.get(name)?.differs);
  return { run: run.length, differing: differing.length, refused: listed.filter((name) => !runs(name)).sort() };
}

const countLine = (what: string, listed: readonly string[], { run, differing, refused }: ReturnType<typeof standing>) =>
  `| ${what} | ${listed.length} | ${run} | ${run - differing} | ${differing} | ${refused.length} |`;

function refusedLine(name: string): string {
  const refused = REFUSED[name];
  const why = refused?.code === 'needs-cloud' ? 'needs a service outside this machine: ' : '';
  return `| ${code(name)} | ${refused ? `${why}${refused.instead}` : 'not supported yet'} |`;
}

/** Functions that are syntax of their own in the parser and lowered as such. */
const SYNTAX = new Set(['toscalar', 'totable', 'materialize', 'table', 'percentiles', 'percentilesw']);

/** docs/reference/functions.md. */
export function functionsPage(): string {
  const { Functions, Aggregates } = official().Kusto;
  const [functions, aggregates] = [names(Functions.All), names(Aggregates.All)];
  const scalar = standing(functions, rowsOf(['scalar', 'window']));
  const aggregate = standing(aggregates, rowsOf(['aggregate']));
  const families = Object.entries(FAMILIES).flatMap(([family, rows]) => {
    const shown = rows.filter((row) => !row.internal);
    if (shown.length === 0) return [];
    return [
      `## ${family}`,
      '',
      '| name | runs as | as Kusto | examples |',
      '|---|---|---|---|',
      ...shown.map(rowLine),
      '',
    ];
  });
  return [
    '# Functions',
    '',
    'Made by `npm run docs` from the function registry (`src/kql/functions/`); every example is a test. A function that runs as',
    'JavaScript is called for each row (about 0.3 µs and more), the others are SQL inside the engine; those that read the query',
    'rather than values are rewritten to what they come to.',
    '',
    '| | known to the official parser | run here | as Kusto | with a difference | refused by name |',
    '|---|---|---|---|---|---|',
    countLine('functions', functions, scalar),
    countLine('aggregates', aggregates, aggregate),
    '',
    ...families,
    '## Refused by name',
    '',
    '| name | why, and what to do instead |',
    '|---|---|',
    ...[...scalar.refused, ...aggregate.refused].map(refusedLine),
    '',
  ].join('\n');
}

/** Operators that start a query or are lowered as sources, beside those of the table. */
const SOURCE_OPERATORS = [
  'FindOperator',
  'PrintOperator',
  'RangeOperator',
  'MakeGraphOperator',
  'GraphMarkComponentsOperator',
];
const word = (kind: string): string =>
  WORDS[kind] ??
  kind
    .replace(/Operator$/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase();
const WORDS: Readonly<Record<string, string>> = {
  FilterOperator: 'where',
  GetSchemaOperator: 'getschema',
  ReduceByOperator: 'reduce',
  PartitionByOperator: '__partitionby',
};
const NOT_OPERATORS = new Set(['BadQueryOperator', 'CustomCommandOperator', 'ExecuteAndCacheOperator']);

/** docs/reference/operators.md. */
export function operatorsPage(): string {
  const all = [...official().kinds.values()].filter((kind) => /Operator$/.test(kind) && !NOT_OPERATORS.has(kind));
  const known = new Set([OPERATORS, GRAPH_OPERATORS, SEVERAL].flatMap(Object.keys).concat(SOURCE_OPERATORS));
  const [run, refused] = [all.filter((kind) => known.has(kind)), all.filter((kind) => !known.has(kind))];
  const plugins = pluginSymbols().map((of) => of.Name);
  const ours = plugins.filter((name) => PLUGINS[name] || PLUGINS_OF_SEVERAL_TABLES[name]);
  return [
    '# Operators and plugins',
    '',
    'Made by `npm run docs` from `src/kql/lower/operators/` and `plugins/`.',
    '',
    '| | known to the official parser | run here | refused by name |',
    '|---|---|---|---|',
    `| tabular operators | ${all.length} | ${run.length} | ${refused.length} |`,
    `| plugins of evaluate | ${plugins.length} | ${ours.length} | ${plugins.length - ours.length} |`,
    '',
    '| operator | as Kusto |',
    '|---|---|',
    ...run.map((kind) => `| ${code(word(kind))} | ${DIFFERS[kind] ? `differs: ${DIFFERS[kind]}` : 'full'} |`).sort(),
    '',
    '| refused by name | instead |',
    '|---|---|',
    ...refused.map((kind) => `| ${code(word(kind))} | ${REFUSED_OPERATORS[kind] ?? ''} |`).sort(),
    '',
    '| plugin | as Kusto |',
    '|---|---|',
    ...ours
      .map((name) => `| ${code(name)} | ${PLUGIN_DIFFERS[name] ? `differs: ${PLUGIN_DIFFERS[name]}` : 'full'} |`)
      .sort(),
    '',
    '| plugin refused by name | instead |',
    '|---|---|',
    ...plugins
      .filter((name) => !ours.includes(name))
      .map((name) => `| ${code(name)} | ${REFUSED_PLUGINS[name] ?? ''} |`)
      .sort(),
    '',
  ].join('\n');
}
