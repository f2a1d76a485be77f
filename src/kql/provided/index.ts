import type { Schema, StoredFunction } from '../lower/context.js';
import { analyze } from '../parse/analyze.js';
import { WATCHLIST_FUNCTION, watchlistOf } from '../parse/watchlist-symbol.js';
import { wordsOf } from '../parse/words.js';
import type { Column } from '../types.js';
import { asimFunction } from './asim.js';
import { FILE_PROFILE } from './file-profile.js';
import { withStandardColumns } from './standard-columns.js';
import { WATCHLIST_ALIASES } from './watchlist-aliases.js';

const FIXED: readonly StoredFunction[] = [FILE_PROFILE, WATCHLIST_ALIASES];

/**
 * The schema with what every Sentinel or Defender workspace has beside its tables, as far as this text names it:
 * ASIM's parsers, watchlists, FileProfile, standard columns. What has no data here says so in a warning.
 */
export function withProvided(text: string, schema: Schema): Schema {
  // what saved functions name counts as well
  const all = [text, ...schema.functions.map((of) => of.body)].join('\n');
  const base = withStandardColumns(all, schema);
  const own = new Set(schema.functions.map((of) => of.name));
  const words = wordsOf(all);
  const found = [...words].flatMap((word): StoredFunction[] => {
    if (own.has(word)) return [];
    const fixed = FIXED.find((of) => of.name === word);
    if (fixed) return [fixed];
    const asim = asimFunction(word);
    return asim ? [asim] : [];
  });
  const full = found.length > 0 ? { ...base, functions: [...base.functions, ...found] } : base;
  return words.has(WATCHLIST_FUNCTION) && !own.has(WATCHLIST_FUNCTION) ? withWatchlists(text, full) : full;
}

/**
 * The schema with watchlists. What one that isn't there would hold is not known: the columns that the query reads and nothing
 * else has are taken to be its own.
 */
function withWatchlists(text: string, schema: Schema): Schema {
  const watchlists = schema.watchlists ?? [];
  const known = { ...schema, watchlists };
  if (areAllThere(text, watchlists)) return known;
  const columns: Column[] = [];
  const using = (type: Column['type']): Schema => ({
    ...known,
    assumedWatchlistColumns: columns.map(({ name }) => ({ name, type })),
  });
  for (;;) {
    const unknown = unknownNames(text, using('string')).filter((name) => !columns.some((of) => of.name === name));
    if (unknown.length === 0) break;
    columns.push(...unknown.map((name): Column => ({ name, type: 'string' })));
  }
  return errors(text, using('string')) <= errors(text, using('dynamic')) ? using('string') : using('dynamic');
}

/** Whether each call names, as a text, a watchlist that is there. */
function areAllThere(text: string, lists: Schema['watchlists'] & {}): boolean {
  const calls = text.match(/_GetWatchlist\b/g)?.length ?? 0;
  const aliases = [...text.matchAll(/_GetWatchlist\s*\(\s*(?:"([^"\\]*)"|'([^'\\]*)')/g)].map((of) => of[1] ?? of[2]!);
  return aliases.length === calls && aliases.every((alias) => watchlistOf(lists, alias) !== undefined);
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
