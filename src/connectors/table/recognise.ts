import { knownColumnNames, knownSchema, knownTables } from '../../tables/known.js';
import { looseName } from './names.js';

/** A table that a source's columns may belong to; `share` of their weight are columns of the table. */
export interface Candidate {
  readonly table: string;
  readonly share: number;
}

export type Recognised =
  | { readonly table: string; readonly share: number }
  /** Several fit about equally well, or none well enough. */
  | { readonly candidates: readonly Candidate[] };

/** Less than this share of the columns is no match. */
const ENOUGH = 0.6;
/** The best must be ahead of the second by this much. */
const MARGIN = 0.1;
/** With so few columns that tell anything, the choice is a guess. */
const TELLING_COLUMNS = 2;
/** A column of more tables than this tells little. */
const COMMON = 200;

/** Loose column names to the tables that have them. */
let tablesByColumn: Map<string, string[]> | undefined;

function index(): Map<string, string[]> {
  if (tablesByColumn) return tablesByColumn;
  tablesByColumn = new Map();
  for (const table of knownTables())
    for (const column of new Set(knownColumnNames(table).map(looseName))) {
      const tables = tablesByColumn.get(column);
      if (tables) tables.push(table);
      else tablesByColumn.set(column, [table]);
    }
  return tablesByColumn;
}

/**
 * The known table that a source's column names belong to. Between tables that fit equally well decide `fileName`, and
 * which columns hold nested values (`nested`): they must be dynamic in the table.
 */
export function recognise(names: readonly string[], fileName: string, nested: Iterable<string> = []): Recognised {
  const columns = [...new Set(names.filter((name) => name.trim() !== '').map(looseName))];
  const weights = new Map<string, number>();
  let total = 0;
  let telling = 0;
  for (const column of columns) {
    const tables = index().get(column) ?? [];
    const weight = tables.length > COMMON ? 0.2 : 1;
    total += weight;
    if (weight === 1 && tables.length > 0) telling++;
    for (const table of tables) weights.set(table, (weights.get(table) ?? 0) + weight);
  }
  const candidates = [...weights]
    .map(([table, weight]) => ({ table, share: weight / total }))
    .sort((a, b) => b.share - a.share || widthOf(a.table) - widthOf(b.table))
    .slice(0, 20);
  const named = candidates.find(({ table, share }) => share >= 0.5 && isNamed(fileName, table));
  if (named) return named;
  const [best, second] = candidates;
  const clear =
    best && best.share >= ENOUGH && telling >= TELLING_COLUMNS && best.share - (second?.share ?? 0) >= MARGIN;
  if (clear) return best;
  const exact = exactMatch(candidates, names) ?? nestedMatch(candidates, [...nested]);
  return exact ?? { candidates: candidates.filter(({ share }) => share >= ENOUGH).slice(0, 5) };
}

/** Among tables of which some only resemble: the one that has the names letter for letter, if it is one. */
function exactMatch(candidates: readonly Candidate[], names: readonly string[]): Candidate | undefined {
  const scored = candidates
    .filter(({ share }) => share >= ENOUGH)
    .map((candidate) => {
      const schema = knownSchema(candidate.table) ?? {};
      return { candidate, hits: names.filter((name) => Object.hasOwn(schema, name)).length / names.length };
    })
    .sort((a, b) => b.hits - a.hits);
  const [best, second] = scored;
  return best && best.hits >= 0.8 && best.hits - (second?.hits ?? 0) >= MARGIN ? best.candidate : undefined;
}

/** Among the best tables the only one that can hold the nested values. */
function nestedMatch(candidates: readonly Candidate[], nested: readonly string[]): Candidate | undefined {
  const [best] = candidates;
  if (!best || best.share < ENOUGH || nested.length === 0) return undefined;
  const holds = ({ table }: Candidate): boolean =>
    nested.every((name) => (knownSchema(table)?.[name] ?? 'dynamic') === 'dynamic');
  const holding = candidates.filter(({ share }) => best.share - share < MARGIN).filter(holds);
  return holding.length === 1 ? holding[0] : undefined;
}

const widthOf = (table: string): number => knownColumnNames(table).length;

/** `VMConnection.json`, `CommonSecurityLog-akamai.csv`, `query_data (SigninLogs).csv` */
const isNamed = (fileName: string, table: string): boolean =>
  fileName.split(/[^A-Za-z0-9_]+/).some((part) => part === table);

/** The custom table that a file is named after: `Foo_CL.json`. */
export function customTable(fileName: string): string | undefined {
  return /^([A-Za-z]\w*_CL)(?![A-Za-z0-9_])/.exec(fileName)?.[1];
}
