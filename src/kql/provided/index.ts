import type { Schema, StoredFunction } from '../lower/context.js';
import { analyze } from '../parse/analyze.js';
import type { Column } from '../types.js';
import { asimFunction } from './asim.js';
import { FILE_PROFILE } from './file-profile.js';
import { withStandardColumns } from './standard-columns.js';
import { WATCHLIST, watchlist } from './watchlist.js';

/**
 * The schema with what every Sentinel or Defender workspace has beside its tables, as far as this text names it:
 * ASIM's parsers, watchlists, FileProfile, standard columns. They have no data here and say so in a warning.
 */
export function withProvided(text: string, schema: Schema): Schema {
  const base = withStandardColumns(text, schema);
  const own = new Set(schema.functions.map((of) => of.name));
  const words = new Set(text.match(/[A-Za-z_]\w*/g));
  const found = [...words].flatMap((word): StoredFunction[] => {
    if (own.has(word)) return [];
    if (word === FILE_PROFILE.name) return [FILE_PROFILE];
    const asim = asimFunction(word);
    return asim ? [asim] : [];
  });
  const full = found.length > 0 ? { ...base, functions: [...base.functions, ...found] } : base;
  return words.has(WATCHLIST) && !own.has(WATCHLIST) ? withWatchlist(text, full) : full;
}

/** What a watchlist holds is not known: the columns that the query reads and no table has are taken to be its own. */
function withWatchlist(text: string, schema: Schema): Schema {
  const columns: Column[] = [];
  const using = (type: Column['type']): Schema => ({
    ...schema,
    functions: [...schema.functions, watchlist(columns.map(({ name }) => ({ name, type })))],
  });
  for (;;) {
    const unknown = unknownNames(text, using('string')).filter((name) => !columns.some((of) => of.name === name));
    if (unknown.length === 0) break;
    columns.push(...unknown.map((name): Column => ({ name, type: 'string' })));
  }
  return errors(text, using('string')) <= errors(text, using('dynamic')) ? using('string') : using('dynamic');
}

const problems = (text: string, schema: Schema) =>
  analyze(text, schema).diagnostics.filter((of) => of.severity === 'error');

const errors = (text: string, schema: Schema): number => problems(text, schema).length;

/** Names that the official binder does not know, bare or in brackets. */
function unknownNames(text: string, schema: Schema): string[] {
  const names = problems(text, schema).map((of) => {
    const place = of.span ? text.substr(of.span.start, of.span.length) : '';
    return /^(?:([A-Za-z_]\w*)|\[(['"])(.+)\2\])$/.exec(place);
  });
  return [...new Set(names.flatMap((match) => (match ? [match[1] ?? match[3]!] : [])))];
}
